import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { getMyPartner } from '#contract/acceptance.ts'
import { getCustomerBills, getCustomerNotices, putCustomerBills, putCustomerNotices, type NoticeTemplate } from '#contract/company.ts'
import type { Endpoint, Input } from '#contract/endpoint.ts'
import { allocateFunds } from '#contract/funds.ts'
import { Amount } from '#contract/money.ts'
import { getMyBills, getMyNotices, putMyNotices } from '#contract/my.ts'
import { queryLog } from '#contract/operation-log.ts'
import { features } from '#server/app.ts'
import { sql } from '#server/db/query.ts'
import { recordExpenditure } from '#server/ledger/expenditure.ts'
import { readWanted } from '#server/messages/choices.ts'
import { createTestApp, type Client, type Reply, type TestApp, type TestPartner } from '#server/testing/app.ts'
import { check, send } from '#server/testing/confirm.ts'
import { customLink, newGuest, newMobile, registerWith, type Guest } from '#server/testing/visitor.ts'

const on = { sms: true, email: true, inApp: true }
const full: NoticeTemplate = { balance: on, expiry: on, security: on, product: on }
const without = (sms: boolean, email: boolean): NoticeTemplate => ({ ...full, balance: { sms, email, inApp: true } })
let app: TestApp
let partner: TestPartner
let guest: Guest
let shop: string
let shops = 0
beforeAll(async () => { app = await createTestApp(features) })
beforeEach(async () => {
  partner = await app.newPartner({ topUp: 100_000_00n })
  guest = newGuest(app, `192.0.2.${shops += 1}`)
  const { token } = await customLink(partner.admin, 'RESALE')
  await registerWith(app, guest, { token, mobile: newMobile(), type: 'RESALE', accountName: `noticeshop${shops}` })
  const [row] = await app.inTenant(partner.id, (tx) => tx.rows<{ id: string }>(sql`update customers set email = 'shop@customer.example', state = 'NORMAL', freeze_cause = null where partner_id = ${partner.id} returning id`))
  shop = row?.id ?? ''
  // The cookie came with the registration; the value against forged requests comes with the session.
  guest.csrf = JSON.parse(await (await app.request('/api/my/session', { headers: { cookie: `customer=${guest.token}` } })).text()).csrf
})
afterAll(() => app.close())

async function confirmed<E extends Endpoint>(endpoint: E, input: Input<E>, client: Client = partner.admin): Promise<Reply<E>> {
  app.travel(61)
  const asked = await client.call(endpoint, input)
  const proof = asked.problem.proof?.proofId
  if (proof === undefined) return asked
  await check(client, proof, await send(app, client, proof))
  return await client.call(endpoint, input, { proof })
}
const takeOver = (isTakenOver: boolean, template: NoticeTemplate, version: number) => confirmed(putCustomerNotices, { body: { isTakenOver, template, version } })
const channels = async (kind: string, before = 0): Promise<string[]> =>
  (await app.inTenant(partner.id, (tx) => tx.rows<{ channel: string }>(sql`select channel from messages where partner_id = ${partner.id} and kind = ${kind} order by channel`))).map(({ channel }) => channel).slice(before)
const allocate = async (customerId = shop) => {
  await app.inTenant(partner.id, (tx) => tx.run(sql`update messages set kind = 'done' where partner_id = ${partner.id} and kind = 'FU-04'`))
  expect((await confirmed(allocateFunds, { body: { from: 'top-up', items: [{ customerId, amount: Amount.parse('1.00') }] } })).status).toBe(200)
  return await channels('FU-04')
}

test('a customer chooses which messages it gets, and gets exactly these', async () => {
  expect((await guest.call(getMyNotices, {})).body).toEqual({ isTakenOver: false, template: full })
  expect(await allocate()).toEqual(['email', 'sms'])
  expect((await guest.call(putMyNotices, { body: { template: without(false, true) } })).status).toBe(200)
  expect(await allocate()).toEqual(['email'])
  await guest.call(putMyNotices, { body: { template: without(false, false) } })
  expect(await allocate()).toEqual([])
  expect((await guest.call(putMyNotices, { body: { template: full } }, { 'x-csrf': 'wrong' })).problem.code).toBe('csrf')
})

test('taken over, the partner’s template is in force and the customer cannot change its own, which is back as it was afterwards', async () => {
  await guest.call(putMyNotices, { body: { template: without(false, true) } })
  const { status, body } = await takeOver(true, without(true, false), 0)
  expect([status, body]).toEqual([200, { isTakenOver: true, template: without(true, false), customers: 1, version: 1 }])
  expect((await guest.call(getMyNotices, {})).body).toEqual({ isTakenOver: true, template: without(true, false) })
  expect((await guest.call(putMyNotices, { body: { template: full } })).problem.detail).toBe('Your partner settles which messages you get. You cannot change this.')
  expect(await allocate()).toEqual(['sms'])
  expect((await takeOver(false, without(true, false), 1)).status).toBe(200)
  expect((await guest.call(getMyNotices, {})).body).toEqual({ isTakenOver: false, template: without(false, true) })
  expect(await allocate()).toEqual(['email'])
})

test('referral customers keep their own choice, and the welcome and every code go out whatever is switched off', async () => {
  const none = { sms: false, email: false, inApp: false }
  await takeOver(true, { balance: none, expiry: none, security: none, product: none }, 0)
  const { token } = await customLink(partner.admin, 'RESALE')
  await registerWith(app, newGuest(app, '192.0.2.250'), { token, mobile: newMobile(), type: 'RESALE', accountName: `welcomed${shops}` })
  expect((await channels('AS-01')).length).toBe(2)
  const other = await app.addCustomer(partner.id, { associationType: 'REFERRAL' })
  await app.inTenant(partner.id, async (tx) => {
    const wants = await readWanted(tx, partner.id, 'OG-07', [shop, other.id])
    expect([wants(shop, 'email'), wants(other.id, 'email')]).toEqual([false, true])
  })
})

test('what is confirmed is what was frozen: the summary names each topic that changes, an old reading and an empty change are refused', async () => {
  const asked = await partner.admin.call(putCustomerNotices, { body: { isTakenOver: true, template: without(true, false), version: 0 } })
  expect(asked.problem.proof?.summary.facts).toEqual([
    { kind: 'text', label: 'operation', text: 'notice.takeover' }, { kind: 'text', label: 'takeover', text: 'takeover_on' },
    { kind: 'text', label: 'notice_balance_before', text: 'channels_sms_email_in_app' }, { kind: 'text', label: 'notice_balance_after', text: 'channels_sms_in_app' },
  ])
  expect(asked.problem.proof?.summary.notes).toEqual([{ kind: 'notice', notice: 'notices_taken_over', count: 1 }])
  expect((await partner.admin.call(getCustomerNotices, {})).body.version).toBe(0)
  expect((await partner.admin.call(putCustomerNotices, { body: { isTakenOver: false, template: full, version: 0 } })).problem.detail).toBe('Nothing was changed.')
  await takeOver(true, full, 0)
  expect((await partner.admin.call(putCustomerNotices, { body: { isTakenOver: false, template: full, version: 0 } })).problem.code).toBe('stale')
  const log = (await partner.admin.call(queryLog, { body: { filter: { operation: 'notice.takeover' } } })).body.items
  // The two refusals are there, too.
  expect(log.map(({ result, confirmedBy }) => [result, confirmedBy])).toEqual([['refused', 'none'], ['success', 'sms'], ['refused', 'none']])
})

test('without the permission, or for a partner that has no such operation, there is nothing to read or to change', async () => {
  const operator = await partner.addMember({ role: 'operator' })
  for (const endpoint of [getCustomerNotices, getCustomerBills]) expect((await operator.call(endpoint, {})).problem.code).toBe('no_permission')
  expect((await operator.call(putCustomerNotices, { body: { isTakenOver: true, template: full, version: 0 } })).problem.code).toBe('no_permission')
  const settler = await partner.addMember({ role: 'operator', extra: ['profile.notice'] })
  expect((await settler.call(getCustomerNotices, {})).status).toBe(200)
  const reseller = await app.newPartner({ type: 'RESELLER' })
  expect([(await reseller.admin.call(getCustomerNotices, {})).status, (await reseller.admin.call(getCustomerBills, {})).problem.code]).toEqual([200, 'no_permission'])
  expect((await reseller.admin.call(putCustomerBills, { body: { areShown: true, amounts: 'list', version: 0 } })).problem.code).toBe('no_permission')
  const government = await app.newPartner({ type: 'SUBSIDY' })
  expect((await government.admin.call(putCustomerNotices, { body: { isTakenOver: true, template: full, version: 0 } })).problem.code).toBe('no_permission')
})

test('bills are there for resale customers when the partner shows them, with amounts or without, and nowhere else', async () => {
  await app.inTenant(partner.id, (tx, now) => recordExpenditure(tx, now, { partnerId: partner.id, timeZone: 'Asia/Shanghai', customerId: shop, amount: 12_345n, at: now }))
  const bills = () => guest.call(getMyBills, {})
  expect([(await bills()).status, (await guest.call(getMyPartner, {})).body.partner?.billsShown]).toEqual([404, false])
  const asked = await partner.admin.call(putCustomerBills, { body: { areShown: true, amounts: 'list', version: 0 } })
  expect(asked.problem.proof?.summary.facts.slice(1)).toEqual([{ kind: 'text', label: 'bills_before', text: 'bills_hidden' }, { kind: 'text', label: 'bills_after', text: 'bills_list' }])
  expect((await bills()).status).toBe(404)
  expect((await confirmed(putCustomerBills, { body: { areShown: true, amounts: 'list', version: 0 } })).body).toEqual({ areShown: true, amounts: 'list', customers: 1, version: 1 })
  const shown = (await bills()).body
  expect([shown.months.length, shown.months.at(-1), shown.months[0]?.amount, (await guest.call(getMyPartner, {})).body.partner?.billsShown]).toEqual([12, { month: shown.months.at(-1)?.month, amount: '123.45', isUsed: true }, '0.00', true])
  await confirmed(putCustomerBills, { body: { areShown: true, amounts: 'none', version: 1 } })
  expect((await bills()).body.months.map(({ amount, isUsed }) => [amount, isUsed]).slice(-2)).toEqual([[null, false], [null, true]])
  expect((await bills()).text).not.toContain('123')
  await app.inTenant(partner.id, (tx) => tx.run(sql`update customers set association_type = 'REFERRAL' where partner_id = ${partner.id}`))
  expect((await bills()).status).toBe(404)
})
