import { afterAll, beforeAll, expect, test } from 'vitest'
import { confirmStatements, createFeedback } from '#contract/incentives.ts'
import { sql } from '#server/db/query.ts'
import { runIncentives } from '#server/jobs/incentives.ts'
import { createTestApp, type TestApp, type TestPartner } from '#server/testing/app.ts'
import { confirmNow, newStatement, payments } from '#server/testing/incentives.ts'
import { mountIncentives } from './routes.ts'

let app: TestApp
beforeAll(async () => { app = await createTestApp([mountIncentives], { poolMax: 30 }) })
afterAll(() => app.close())

const run = () => runIncentives(app.database, { onError: (error) => { throw error }, publicUrl: undefined })
const logged = ({ id }: TestPartner, operation: string) => app.inTenant(id, async (tx) => (await tx.rows(sql`select 1 from log_entries where partner_id = ${id} and operation = ${operation} and result = 'success'`)).length)

test('of a hundred people who confirm at once one does, and everybody else reads that it is confirmed', async () => {
  const partner = await app.newPartner()
  const { id } = await newStatement(app, partner)
  const answers = await Promise.all(Array.from({ length: 100 }, () => partner.admin.call(confirmStatements, { body: { statementIds: [id] } })))
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  expect(new Set(answers.filter(({ status }) => status !== 200).map(({ problem }) => problem.rows?.[0]?.code))).toEqual(new Set(['already_confirmed']))
  expect(await logged(partner, 'incentive.confirmed')).toBe(1)
})

test('at the end of a deadline a statement is confirmed or lapses, never both, and the log says the same', async () => {
  const outcomes = new Set<string>()
  for (let round = 0; round < 20; round += 1) {
    const partner = await app.newPartner()
    const { id } = await newStatement(app, partner)
    // The border lies a moment ahead, so that some come before it and some after.
    await app.inTenant(partner.id, (tx, now) => tx.run(sql`update incentive_statements set is_provisional = false, confirm_until = ${new Date(now.getTime() + 200)} where id = ${id}`))
    const tries = Array.from({ length: 12 }, (_, index) => new Promise((resolve) => { setTimeout(resolve, index * 10 + round * 12) }).then(() => Promise.all([partner.admin.call(confirmStatements, { body: { statementIds: [id] } }), run()])))
    const answers = (await Promise.all(tries)).map(([answer]) => answer)
    await run()
    const confirmed = answers.filter(({ status }) => status === 200).length
    const [row] = await app.inTenant(partner.id, (tx) => tx.rows<{ state: string; at: Date | null; until: Date }>(sql`select state, confirmed_at as at, confirm_until as until from incentive_statements where id = ${id}`))
    expect([row?.state, await logged(partner, 'incentive.confirmed'), await logged(partner, 'incentive.lapsed')]).toEqual(confirmed === 1 ? ['CONFIRMED', 1, 0] : ['LAPSED', 0, 1])
    expect((row?.at?.getTime() ?? 0) < (row?.until.getTime() ?? 0)).toBe(true)
    outcomes.add(row?.state ?? '')
  }
  // The later a round begins, the more of it lies behind the border.
  expect([...outcomes].toSorted()).toEqual(['CONFIRMED', 'LAPSED'])
})

test('two servers that remind at once remind once', async () => {
  const partner = await app.newPartner()
  const { id } = await newStatement(app, partner)
  await app.inTenant(partner.id, (tx, now) => tx.run(sql`update incentive_statements set is_provisional = false, confirm_day = (${now}::timestamptz at time zone 'Asia/Shanghai')::date + 1, confirm_until = ${new Date(now.getTime() + 86_400_000)} where id = ${id}`))
  await Promise.all(Array.from({ length: 6 }, run))
  const rows = await app.inTenant(partner.id, (tx) => tx.rows<{ channel: string }>(sql`select channel from messages where partner_id = ${partner.id} and kind = 'IC-02' order by 1`))
  expect(rows.map(({ channel }) => channel)).toEqual(['email', 'sms'])
})

test('a payment that is requested many times at once takes a statement once, and what it sets off once', async () => {
  const partner = await app.newPartner()
  const [good, bad] = [await newStatement(app, partner, { lines: [{ incentive: 90_00n }] }), await newStatement(app, partner, { period: '2026-09', isNegative: true, lines: [{ incentive: -20_00n }] })]
  await confirmNow(app, partner, good.id, bad.id)
  const answers = await Promise.all(Array.from({ length: 30 }, () => payments(app, partner).take([good.id])))
  const taken = answers.flatMap(({ taken: one }) => ('refused' in one ? [] : [one.total]))
  expect(taken).toEqual([70_00n])
  expect(await app.inTenant(partner.id, (tx) => tx.rows(sql`select sum(requested)::bigint as requested, count(distinct payment_request_id)::int as requests from incentive_statements where partner_id = ${partner.id}`))).toEqual([{ requested: 70_00n, requests: 1 }])
})

test('feedback and a confirmation at once: what is confirmed has no feedback that came after', async () => {
  const partner = await app.newPartner()
  const { id, lineIds: [lineId = ''] } = await newStatement(app, partner)
  const [confirmed, ...feedback] = await Promise.all([partner.admin.call(confirmStatements, { body: { statementIds: [id] } }), ...Array.from({ length: 10 }, () => partner.admin.call(createFeedback, { params: { id: lineId }, body: { opinion: '金额不符' } }))])
  expect(confirmed.status).toBe(200)
  const given = feedback.filter(({ status }) => status === 200).length
  expect(given).toBeLessThanOrEqual(1)
  expect(await app.inTenant(partner.id, (tx) => tx.rows(sql`select count(*)::int as count from incentive_feedbacks where partner_id = ${partner.id}`))).toEqual([{ count: given }])
})
