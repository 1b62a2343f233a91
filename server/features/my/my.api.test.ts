import { afterAll, beforeAll, expect, test } from 'vitest'
import { customerSignIn, customerSignOut, getCustomerSession, getMyPartner } from '#contract/acceptance.ts'
import { queryCustomers } from '#contract/customers.ts'
import { getHome } from '#contract/home.ts'
import { getSession } from '#contract/session.ts'
import { features } from '#server/app.ts'
import { hashPassword } from '#server/auth/password.ts'
import { sql } from '#server/db/query.ts'
import { createTestApp, type TestApp, type TestPartner } from '#server/testing/app.ts'
import { customerPassword, newAccount, newGuest, newMobile, signInGuest } from '#server/testing/visitor.ts'

let app: TestApp
let partner: TestPartner
beforeAll(async () => {
  app = await createTestApp(features)
  app.deps.settings.trustedProxyHops = 1
  partner = await app.newPartner()
})
afterAll(() => app.close())

test('a customer signs in with its name or its number, stays in over requests, and signs out', async () => {
  const account = await newAccount(app)
  for (const typed of [account.name.toUpperCase(), `${account.name} `, account.mobile?.slice(3) ?? '']) {
    const guest = await signInGuest(app, typed)
    expect((await guest.call(getCustomerSession, {})).body).toMatchObject({ accountName: account.name, mobileMasked: expect.stringContaining('****'), csrf: guest.csrf })
    expect((await guest.call(customerSignOut, {}, { 'x-csrf': 'wrong' })).problem.code).toBe('csrf')
    const old = guest.token
    expect((await guest.call(customerSignOut, {})).status).toBe(200)
    expect(guest.token).toBeUndefined()
    guest.token = old
    expect((await guest.call(getCustomerSession, {})).problem.code).toBe('not_signed_in')
  }
})

test('a number that several accounts have signs nobody in', async () => {
  const mobile = newMobile()
  await newAccount(app, { mobile })
  await newAccount(app, { mobile })
  expect((await newGuest(app).call(customerSignIn, { body: { account: mobile, password: customerPassword } })).problem.code).toBe('wrong_credentials')
})

test('an unknown account and a wrong password get one answer, and after ten failures within a quarter of an hour neither is looked at', async () => {
  const { name } = await newAccount(app)
  for (const account of ['nobody.at.all', name]) {
    const answers: string[] = []
    for (let time = 0; time < 11; time += 1) {
      const { problem } = await newGuest(app, `198.51.100.${time}`).call(customerSignIn, { body: { account, password: 'not the password' } })
      answers.push(problem.code)
      app.travel(61)
    }
    expect(answers).toEqual([...Array.from({ length: 10 }, () => 'wrong_credentials'), 'too_many_requests'])
  }
  expect((await newGuest(app, '198.51.100.77').call(customerSignIn, { body: { account: name, password: customerPassword } })).problem.code).toBe('too_many_requests')
  app.travel(15 * 60)
  expect((await newGuest(app, '198.51.100.77').call(customerSignIn, { body: { account: name, password: customerPassword } })).status).toBe(200)
})

test('a member is nobody on the customer\'s side and a customer nobody in the console, under either cookie', async () => {
  const guest = await signInGuest(app, (await newAccount(app)).name)
  const { token: member } = partner.admin
  for (const cookie of [`session=${member}`, `customer=${member}`]) {
    for (const endpoint of [getCustomerSession, getMyPartner]) expect((await newGuest(app).call(endpoint, {}, { cookie })).problem.code).toBe('not_signed_in')
  }
  for (const cookie of [`customer=${guest.token}`, `session=${guest.token}`]) {
    for (const path of [getSession.path, getHome.path]) expect((await app.request(path, { headers: { cookie } })).status).toBe(401)
    expect((await newGuest(app).call(queryCustomers, { body: {} }, { cookie })).problem.code).toBe('not_signed_in')
  }
})

test('a session ends after the idle time and after half a day; a sign-in is new each time and at most five run', async () => {
  const { name, id } = await newAccount(app)
  const first = await signInGuest(app, name)
  const fixed = newGuest(app)
  fixed.token = 'a token that somebody planted'
  await signInGuest(app, name, fixed)
  expect(fixed.token).not.toBe('a token that somebody planted')
  for (let more = 0; more < 4; more += 1) {
    app.travel(1)
    await signInGuest(app, name)
  }
  expect((await first.call(getCustomerSession, {})).problem.code).toBe('not_signed_in')
  expect(await app.database.inGlobal((tx) => tx.rows(sql`select count(*)::int as n from customer_sessions where account_id = ${id}`))).toEqual([{ n: 5 }])
  const idle = await signInGuest(app, name)
  app.travel(1801)
  expect((await idle.call(getMyPartner, {})).problem.code).toBe('not_signed_in')
  const busy = await signInGuest(app, name)
  for (let quarter = 0; quarter < 47; quarter += 1) {
    app.travel(900)
    expect((await busy.call(getMyPartner, {})).status).toBe(200)
  }
  app.travel(1000)
  expect((await busy.call(getMyPartner, {})).problem.code).toBe('not_signed_in')
})

test('the customer sees its partner, whom to call and what is left of its money; a referral customer no money', async () => {
  const manager = await partner.addMember({ role: 'manager', name: '钱一' })
  const resale = await app.addCustomer(partner.id, { managerId: manager.memberId, accountName: 'mine.resale' })
  const referral = await app.addCustomer(partner.id, { associationType: 'REFERRAL', accountName: 'mine.referral' })
  const hash = await hashPassword(customerPassword)
  await app.database.inGlobal((tx) => tx.run(sql`update cloud_accounts set password_hash = ${hash} where id in (${resale.id}, ${referral.id})`))
  await app.inTenant(partner.id, (tx) => tx.run(sql`update accounts set balance = 12345 where partner_id = ${partner.id} and id = ${resale.accountId}`))
  const one = await (await signInGuest(app, 'mine.resale')).call(getMyPartner, {})
  expect(one.body.partner).toMatchObject({ name: 'Test Partner', number: resale.number, associationType: 'RESALE', state: 'NORMAL', balance: '123.45', contact: { name: '钱一' }, agreements: [] })
  const other = await (await signInGuest(app, 'mine.referral')).call(getMyPartner, {})
  expect(other.body.partner).toMatchObject({ associationType: 'REFERRAL', balance: null, contact: null, contacts: [{ name: 'Lin Wei' }] })
  expect(await app.inTenant(partner.id, (tx) => tx.rows(sql`select operation, source from log_entries where partner_id = ${partner.id} and customer_id = ${resale.id}`))).toContainEqual({ operation: 'account.signed_in', source: 'customer' })
})
