import { afterAll, beforeAll, expect, test } from 'vitest'
import { queryInvitations, sendInvitations } from '#contract/invites.ts'
import { queryProspects, reportProspect } from '#contract/prospects.ts'
import { sql } from '#server/db/query.ts'
import { mountProspects } from '#server/features/prospects/routes.ts'
import { createTestApp, type TestApp } from '#server/testing/app.ts'
import { mountInvitations } from './routes.ts'
import { newEmail, newMobile, reportOne } from './testing-invites.ts'

let app: TestApp
beforeAll(async () => { app = await createTestApp([mountProspects, mountInvitations]) })
afterAll(() => app.close())

const tally = (values: readonly string[]): Record<string, number> => Object.fromEntries([...new Set(values)].toSorted().map((value) => [value, values.filter((one) => one === value).length]))
/** Rows that count, without a call for each. */
const fill = (partnerId: string, memberId: string, count: number) => app.inTenant(partnerId, (tx, now) => tx.run(sql`insert into prospects (partner_id, id, name, mobile, email, state, reporter_id, reported_at, expires_at)
  select ${partnerId}::uuid, gen_random_uuid(), '云海科技', '+861360000' || lpad(n::text, 4, '0'), 'race' || n || '@customer.example', 'REPORTED', ${memberId}::uuid, ${now}::timestamptz, ${now}::timestamptz + interval '15 days' from generate_series(1, ${count}::int) n`))

test('of fifty reports at once exactly as many stand as there are places left', async () => {
  const partner = await app.newPartner()
  await fill(partner.id, partner.admin.memberId, 80)
  const answers = await Promise.all(Array.from({ length: 50 }, () => partner.admin.call(reportProspect, { body: { name: '云海科技', mobile: newMobile() } })))
  expect(tally(answers.map(({ body }) => body.result + ('cause' in body ? ` ${body.cause}` : '')))).toEqual({ 'refused LIMIT_REACHED': 30, reported: 20 })
  expect((await partner.admin.call(queryProspects, { body: {} })).body.used).toBe(100)
})

test('of twenty partners that report one number at once exactly one gets it', async () => {
  const partners = await Promise.all(Array.from({ length: 20 }, () => app.newPartner()))
  const mobile = newMobile()
  const answers = await Promise.all(partners.map(({ admin }) => admin.call(reportProspect, { body: { name: '云海科技', mobile } })))
  expect(tally(answers.map(({ body }) => body.result + ('cause' in body ? ` ${body.cause}` : '')))).toEqual({ 'refused REPORTED_BY_OTHER': 19, reported: 1 })
})

test('one number that a partner reports many times at once stands once', async () => {
  const partner = await app.newPartner()
  const mobile = newMobile()
  const answers = await Promise.all(Array.from({ length: 20 }, () => partner.admin.call(reportProspect, { body: { name: '云海科技', mobile } })))
  expect(tally(answers.map(({ body }) => body.result))).toEqual({ refused: 19, reported: 1 })
})

test('a prospect that twenty invite at once gets one mail', async () => {
  const partner = await app.newPartner()
  const { id } = await reportOne(partner.admin)
  const answers = await Promise.all(Array.from({ length: 20 }, () => partner.admin.call(sendInvitations, { body: { associationType: 'REFERRAL', prospectIds: [id] } })))
  expect(tally(answers.map(({ status }) => String(status)))).toEqual({ 200: 1, 409: 19 })
  expect((await partner.admin.call(queryInvitations, { body: {} })).body.total).toBe(1)
})

test('the 200 mails of a partner are exact under parallel batches', async () => {
  const partner = await app.newPartner()
  await fill(partner.id, partner.admin.memberId, 250)
  const ids = (await app.inTenant(partner.id, (tx) => tx.rows<{ id: string }>(sql`select id from prospects where partner_id = ${partner.id} order by id`))).map(({ id }) => id)
  const batches = Array.from({ length: 25 }, (_, place) => ids.slice(place * 10, place * 10 + 10))
  const answers = await Promise.all(batches.map((prospectIds) => partner.admin.call(sendInvitations, { body: { associationType: 'REFERRAL', prospectIds } })))
  expect(tally(answers.map(({ status }) => String(status)))).toEqual({ 200: 20, 429: 5 })
  expect((await partner.admin.call(queryInvitations, { body: {} })).body.total).toBe(200)
})

test('ten mails reach one address when thirty are sent at once, in batches of opposite order', async () => {
  const partners = await Promise.all(Array.from({ length: 15 }, () => app.newPartner()))
  const [one, two] = [newEmail(), newEmail()]
  const pairs = await Promise.all(partners.map(async ({ admin }) => [(await reportOne(admin, { email: one })).id, (await reportOne(admin, { email: two })).id]))
  const answers = await Promise.all(partners.map(({ admin }, place) => admin.call(sendInvitations, { body: { associationType: 'REFERRAL', prospectIds: place % 2 === 0 ? pairs[place] ?? [] : (pairs[place] ?? []).toReversed() } })))
  expect(tally(answers.map(({ status }) => String(status)))).toEqual({ 200: 10, 409: 5 })
})
