import { afterAll, beforeAll, expect, test } from 'vitest'
import { getProspect, reportProspect } from '#contract/prospects.ts'
import { sql } from '#server/db/query.ts'
import { mountProspects } from '#server/features/prospects/routes.ts'
import { sendWaiting } from '#server/messages/worker.ts'
import { createTestApp, type TestApp, type TestPartner } from '#server/testing/app.ts'
import { runCommand } from './run.ts'

let app: TestApp
let partner: TestPartner
beforeAll(async () => {
  app = await createTestApp([mountProspects])
  partner = await app.newPartner()
})
afterAll(() => app.close())

async function admin(words: readonly string[], reason = '资料不全，详见 https://evil.cn') {
  const [out, errors]: [string[], string[]] = [[], []]
  const code = await runCommand([...words, ...(words[0] === 'prospect:list' ? [] : ['--operator', 'ops.lin', '--reason', reason])], {
    open: async () => ({ ...app.engine, close: async () => undefined }),
    publicUrl: 'https://console.test', print: (line) => out.push(line), printError: (line) => errors.push(line), readInput: async () => '', prepareMessages: () => undefined,
  })
  return { code, out: out.join('\n'), errors: errors.join('\n') }
}

let places = 0
/** A report that needs a review. @returns its id and number. */
async function underReview(): Promise<{ id: string; mobile: string }> {
  const mobile = `1380000${String((places += 1)).padStart(4, '0')}`
  await app.database.inGlobal((tx, now) => tx.run(sql`insert into cloud_accounts (id, name, mobile, language, registered_at, facts) values (gen_random_uuid(), 'somebody', ${`+86${mobile}`}, 'zh-CN', ${now}::timestamptz, '{REPORTED_BY_VENDOR}')`))
  const { body, text } = await partner.admin.call(reportProspect, { body: { name: '云海科技有限公司', mobile, review: { reason: '老客户介绍' } } })
  if (body.result !== 'under_review') throw new Error(text)
  return { id: body.prospect.id, mobile }
}
const get = async (id: string) => (await partner.admin.call(getProspect, { params: { id } })).body
const review = (id: string, ...how: string[]) => admin(['prospect:review', '--partner', partner.account, '--prospect', id, ...how])
const messages = () => app.inTenant(partner.id, (tx) => tx.rows<{ kind: string; due: Date; to: string }>(sql`select kind, due_at as due, to_masked as to from messages where partner_id = ${partner.id} order by at, id`))

test('the vendor sees what waits, masked, and approves it for 15 days from then; the reporter hears of it in working hours', async () => {
  const { id, mobile } = await underReview()
  const { out } = await admin(['prospect:list', '--partner', partner.account])
  expect(out).toContain(`${id}  `)
  expect(out).toMatch(/云海\*\*\*公司 {2}138\*\*\*\*\d{4} {2}REPORTED_BY_VENDOR {2}老客户介绍/)
  expect(await review(id)).toMatchObject({ code: 1, errors: 'Either --approve or --reject.' })
  expect(await review(id, '--approve')).toMatchObject({ code: 0, errors: '' })
  const prospect = await get(id)
  expect(prospect).toMatchObject({ state: 'REPORTED', rejectReason: null })
  expect(Math.abs(Date.parse(prospect.expiresAt ?? '') - Date.now() - 15 * 24 * 3600 * 1000)).toBeLessThan(60_000)
  expect(await review(id, '--reject')).toMatchObject({ code: 1, errors: `${partner.account} has no report ${id} under review.` })
  const rival = await app.newPartner()
  expect((await rival.admin.call(reportProspect, { body: { name: '云海', mobile } })).body).toEqual({ result: 'refused', cause: 'REPORTED_BY_OTHER' })
  const [message] = await messages()
  expect(message).toMatchObject({ kind: 'IN-06', to: expect.stringMatching(/^p\*\*\*@/) })
  const log = await app.inTenant(partner.id, (tx) => tx.rows(sql`select source, object_kind, object_number, details from log_entries where partner_id = ${partner.id} and operation = 'prospect.reviewed'`))
  expect(log).toEqual([{ source: 'vendor', object_kind: 'prospect', object_number: id, details: expect.objectContaining({ after: 'REPORTED', operator: 'ops.lin', name: '云海***公司' }) }])
})

test('a rejected report keeps its reason, frees the number for anybody and counts no more', async () => {
  const { id, mobile } = await underReview()
  expect(await review(id, '--reject')).toMatchObject({ code: 0, out: `Report ${id} rejected.` })
  expect(await get(id)).toMatchObject({ state: 'REJECTED', rejectReason: '资料不全，详见 https://evil.cn', expiresAt: null, inviteAt: null })
  const rival = await app.newPartner()
  expect((await rival.admin.call(reportProspect, { body: { name: '云海', mobile } })).body).toMatchObject({ result: 'review_offered' })
  expect(await app.database.inGlobal((tx) => tx.rows(sql`select 1 from reservations where prospect_id = ${id}`))).toEqual([])
  await app.inTenant(partner.id, (tx, now) => tx.run(sql`update messages set due_at = ${now}, at = ${now} where partner_id = ${partner.id}`))
  await sendWaiting({ database: app.database, channels: app.deps.channels, onError: () => undefined }, [partner.id])
  const mail = app.email.sent.find(({ subject }) => subject === 'Report rejected')
  expect(mail?.text).toContain('Reason: 资料不全，详见 https：//evil．cn')
  expect(mail?.text).toContain('https://console.test/customers/development')
  expect(mail?.text).not.toContain('云海科技')
})

test('nobody decides about a report of another partner', async () => {
  const { id } = await underReview()
  const other = await app.newPartner()
  expect(await admin(['prospect:review', '--partner', other.account, '--prospect', id, '--approve'])).toMatchObject({ code: 1, errors: `${other.account} has no report ${id} under review.` })
  expect((await get(id)).state).toBe('UNDER_REVIEW')
})
