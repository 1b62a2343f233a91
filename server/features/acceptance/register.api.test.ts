import { afterAll, beforeAll, expect, test } from 'vitest'
import { getMyPartner, registerByInvite, sendInviteCode, viewInvite } from '#contract/acceptance.ts'
import { features } from '#server/app.ts'
import { sql } from '#server/db/query.ts'
import { createTestApp, type TestApp, type TestPartner } from '#server/testing/app.ts'
import { consentTo, customLink, customerPassword, mailInvite, newAccount, newGuest, newMobile, registerWith, smsCode } from '#server/testing/visitor.ts'

let app: TestApp
let partner: TestPartner
beforeAll(async () => {
  app = await createTestApp(features)
  app.deps.settings.trustedProxyHops = 1
  partner = await app.newPartner()
})
afterAll(() => app.close())

let place = 0
const guestAnywhere = () => newGuest(app, `198.51.100.${(place += 1) % 250}`)

test('an account whose association fails stays, signed in, and is told why', async () => {
  const other = await app.newPartner()
  const link = await customLink(other.admin, 'RESALE', '无代售')
  await app.database.inGlobal((tx) => tx.run(sql`update partners set may_resell = false where id = ${other.id}`))
  const guest = guestAnywhere()
  const { body } = await registerWith(app, guest, { token: link.token, mobile: newMobile(), type: 'RESALE', accountName: 'stays.here' })
  expect(body).toEqual({ accountName: 'stays.here', outcome: { result: 'failed', cause: 'NO_RESALE' } })
  expect((await guest.call(getMyPartner, {})).body).toEqual({ accountName: 'stays.here', partner: null })
})

test('an account name belongs to one, a number to at most five, and the same code serves again after a taken name', async () => {
  const link = await customLink(partner.admin, 'REFERRAL', '重名')
  await newAccount(app, { name: 'taken.name' })
  const mobile = newMobile()
  const guest = guestAnywhere()
  await guest.call(sendInviteCode, { body: { token: link.token, mobile } })
  const form = { token: link.token, mobile, code: smsCode(app), password: customerPassword, ...consentTo('REFERRAL') }
  const taken = await guest.call(registerByInvite, { body: { ...form, accountName: 'Taken.Name' } })
  expect([taken.status, taken.problem.code, taken.problem.fields]).toEqual([409, 'account_taken', [expect.objectContaining({ path: 'accountName' })]])
  expect((await guest.call(registerByInvite, { body: { ...form, accountName: 'free.name' } })).status).toBe(200)
  for (let more = 0; more < 4; more += 1) await newAccount(app, { mobile })
  app.travel(61)
  await guest.call(sendInviteCode, { body: { token: link.token, mobile } })
  const sixth = await guest.call(registerByInvite, { body: { ...form, code: smsCode(app) } })
  expect([sixth.problem.code, sixth.problem.fields]).toEqual(['account_taken', [expect.objectContaining({ path: 'mobile', code: 'accounts_per_mobile' })]])
})

test('a weak password, other documents or a landline cost no guess', async () => {
  const link = await customLink(partner.admin, 'REFERRAL', '填写')
  const mobile = newMobile()
  const guest = guestAnywhere()
  await guest.call(sendInviteCode, { body: { token: link.token, mobile } })
  const form = { token: link.token, mobile, code: '000000', password: customerPassword, ...consentTo('REFERRAL') }
  expect((await guest.call(registerByInvite, { body: { ...form, password: 'password1' } })).problem.fields).toMatchObject([{ path: 'password', code: 'password' }])
  expect((await guest.call(registerByInvite, { body: { ...form, ...consentTo('RESALE') } })).problem.code).toBe('documents_changed')
  for (const typed of ['010 1234 5678', '+447911123456']) expect((await guest.call(registerByInvite, { body: { ...form, mobile: typed } })).problem.fields).toMatchObject([{ path: 'mobile', code: 'mobile' }])
  expect(await app.database.inGlobal((tx) => tx.rows(sql`select guesses from public_codes order by sent_at desc limit 1`))).toEqual([{ guesses: 0 }])
})

test('a number gets a code a minute and five an hour; a network address thirty an hour; nothing is kept of either in the clear', async () => {
  const link = await customLink(partner.admin, 'REFERRAL', '限制')
  const mobile = newMobile()
  const ask = async (guest = guestAnywhere(), to = mobile) => await guest.call(sendInviteCode, { body: { token: link.token, mobile: to } })
  expect((await ask()).status).toBe(200)
  expect((await ask()).problem).toMatchObject({ code: 'too_many_requests', retryAfter: expect.any(Number) })
  for (let more = 0; more < 4; more += 1) {
    app.travel(61)
    expect((await ask()).status).toBe(200)
  }
  app.travel(61)
  expect((await ask()).problem.code).toBe('too_many_requests')
  const office = newGuest(app, '203.0.113.99')
  const statuses: number[] = []
  for (let person = 0; person < 31; person += 1) statuses.push((await ask(office, newMobile())).status)
  expect([statuses.slice(0, 30).every((status) => status === 200), statuses[30]]).toEqual([true, 429])
  const kept = JSON.stringify(await app.database.inGlobal((tx) => tx.rows(sql`select subject from limits union all select subject || destination_hash || code_mac from public_codes`)))
  expect([kept.includes(mobile), kept.includes(mobile.slice(3))]).toEqual([false, false])
})

test('no token, code, cookie or full number of all this stands in a log line or in the partner\'s log', async () => {
  const link = await customLink(partner.admin, 'REFERRAL', '日志')
  const invite = await mailInvite(app, partner)
  const guest = guestAnywhere()
  await registerWith(app, guest, { ...invite, type: 'RESALE' })
  await guest.call(viewInvite, { body: { token: link.token } })
  const entries = JSON.stringify(await app.inTenant(partner.id, (tx) => tx.rows(sql`select to_jsonb(e)::text as entry from log_entries e where partner_id = ${partner.id}`)))
  for (const secret of [invite.token, link.token, guest.token ?? 'missing', invite.mobile, invite.mobile.slice(3), customerPassword]) expect([app.logged.join('').includes(secret), entries.includes(secret)]).toEqual([false, false])
})
