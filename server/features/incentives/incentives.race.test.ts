import { afterAll, beforeAll, expect, test } from 'vitest'
import { confirmStatements, createFeedback } from '#contract/incentives.ts'
import { sql } from '#server/db/query.ts'
import { runIncentives } from '#server/jobs/incentives.ts'
import { adjustLine } from '#server/operations/incentive-corrections.ts'
import { freezeUnpaid, notePaid } from '#server/operations/incentive-freezes.ts'
import { createTestApp, type TestApp, type TestPartner } from '#server/testing/app.ts'
import { confirmNow, newStatement, payments, toldOf } from '#server/testing/incentives.ts'
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

test('two people who confirm while the vendor holds the statement: one confirms, the other reads that it is confirmed', async () => {
  const partner = await app.newPartner()
  const { id } = await newStatement(app, partner)
  const asked = await app.inTenant(partner.id, async (tx) => {
    await tx.rows(sql`select 1 from incentive_statements where partner_id = ${partner.id} and id = ${id}::uuid for no key update`)
    const both = [partner.admin.call(confirmStatements, { body: { statementIds: [id] } }), partner.admin.call(confirmStatements, { body: { statementIds: [id] } })]
    await expect.poll(async () => (await app.database.inGlobal((other) => other.rows<{ count: number }>(sql`select count(distinct pid)::int as count from pg_locks where not granted`)))[0]?.count, { timeout: 5000 }).toBeGreaterThanOrEqual(both.length)
    return both
  })
  const answers = await Promise.all(asked)
  expect(answers.map(({ status, problem }) => (status === 200 ? 'confirmed' : problem.rows?.[0]?.code)).toSorted()).toEqual(['already_confirmed', 'confirmed'])
})

test('who changes lines of the same customers in the opposite order waits for the other, and the sums of each customer are those of its lines', async () => {
  for (let round = 0; round < 6; round += 1) {
    const partner = await app.newPartner()
    const customers = await Promise.all([app.addCustomer(partner.id), app.addCustomer(partner.id)])
    const lines = customers.map(({ id: customerId }) => ({ customerId }))
    const { lineNumbers: [first = '', second = ''], id } = await newStatement(app, partner, { lines })
    const [other, later] = [await newStatement(app, partner, { lines: lines.toReversed() }), await newStatement(app, partner, { lines })]
    const adjust = (numbers: readonly string[]) => app.inTenant(partner.id, async (tx, now) => {
      for (const number of numbers) expect(await adjustLine(tx, now, partner.id, { number, amount: 1n, reason: '补发', operator: 'vendor.li' })).toMatchObject({ line: number })
    })
    const unpaid = customers.map(({ id: customerId }) => app.inTenant(partner.id, async (tx, now) => {
      await freezeUnpaid(tx, now, toldOf(partner), { customerId, period: '2026-10', explanation: '未付款' })
      await notePaid(tx, new Date(now.getTime() - 3 * 86_400_000), partner.id, { customerId, period: '2026-10' })
    }))
    await Promise.all([adjust([first, second]), adjust([second, first]), ...unpaid])
    expect((await partner.admin.call(confirmStatements, { body: { statementIds: [id, other.id, later.id] } })).status).toBe(200)
    await Promise.all([run(), run(), ...[[id, other.id], [later.id, other.id, id]].map((ids) => payments(app, partner).take(ids))])
    expect([round, await app.inTenant(partner.id, (tx) => tx.rows(sql`
      select l.customer_id, l.lines, l.net, l.adjusted from (select customer_id, count(*)::int as lines, sum(net)::bigint as net, sum(adjusted)::bigint as adjusted from incentive_lines where partner_id = ${partner.id} group by 1) l
        left join (select customer_id, sum(lines)::int as lines, sum(net)::bigint as net, sum(adjusted)::bigint as adjusted from incentive_customer_groups where partner_id = ${partner.id} group by 1) g on g.customer_id = l.customer_id
       where (l.lines, l.net, l.adjusted) is distinct from (g.lines, g.net, g.adjusted)`))]).toEqual([round, []])
  }
}, 60_000)

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
