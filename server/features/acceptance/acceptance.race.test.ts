import { afterAll, beforeAll, expect, test } from 'vitest'
import { acceptInvite, registerByInvite, sendInviteCode } from '#contract/acceptance.ts'
import { createLink } from '#contract/invites.ts'
import { features } from '#server/app.ts'
import { sql } from '#server/db/query.ts'
import { createTestApp, type TestApp, type TestPartner } from '#server/testing/app.ts'
import { consentTo, customLink, customerPassword, mailInvite, newAccount, newGuest, newMobile, signInGuest, smsCode, type Guest } from '#server/testing/visitor.ts'

let app: TestApp
let partner: TestPartner
beforeAll(async () => {
  app = await createTestApp(features, { poolMax: 20 })
  app.deps.settings.trustedProxyHops = 1
  partner = await app.newPartner()
})
afterAll(() => app.close())

const many = <T>(count: number, work: (index: number) => Promise<T>): Promise<T[]> => Promise.all(Array.from({ length: count }, (_, index) => work(index)))
const customersOf = (of: TestPartner, id: string) => app.inTenant(of.id, (tx) => tx.rows(sql`select id from customers where partner_id = ${of.id} and id = ${id}`))

test('fifty acceptances of one mail invitation at once are one association', async () => {
  const account = await newAccount(app)
  const invite = await mailInvite(app, partner, { mobile: account.mobile ?? '' })
  const guest = await signInGuest(app, account.name)
  await guest.call(sendInviteCode, { body: { token: invite.token } })
  const code = smsCode(app)
  const answers = await many(50, () => guest.call(acceptInvite, { body: { token: invite.token, code, ...consentTo('RESALE') } }))
  expect(answers.filter(({ status, body }) => status === 200 && body.result === 'associated')).toHaveLength(1)
  expect(answers.filter(({ status }) => status >= 500)).toEqual([])
  const [counted] = await app.inTenant(partner.id, (tx) => tx.rows<Record<string, number>>(sql`select (select count(*)::int from customers where id = ${account.id}) as customers, (select count(*)::int from agreements where customer_id = ${account.id}) as agreements,
    (select count(*)::int from log_entries where customer_id = ${account.id} and operation = 'customer.associated') as logged, (select count(*)::int from accounts where owner_id = ${account.id}) as accounts`))
  expect(counted).toEqual({ customers: 1, agreements: 3, logged: 1, accounts: 2 })
})

test('fifty different accounts behind one mail invitation: one gets it', async () => {
  const mobile = newMobile()
  const invite = await mailInvite(app, partner, { mobile })
  const accounts = await many(5, () => newAccount(app, { mobile }))
  const guests: Guest[] = []
  for (const { name } of accounts) guests.push(await signInGuest(app, name))
  await guests[0]?.call(sendInviteCode, { body: { token: invite.token } })
  const code = smsCode(app)
  const answers = await Promise.all(guests.flatMap((guest) => Array.from({ length: 10 }, () => guest.call(acceptInvite, { body: { token: invite.token, code, ...consentTo('RESALE') } }))))
  expect(answers.filter(({ status, body }) => status === 200 && body.result === 'associated')).toHaveLength(1)
  expect(await app.inTenant(partner.id, (tx) => tx.rows(sql`select 1 from customers where partner_id = ${partner.id} and mobile = ${mobile}`))).toHaveLength(1)
})

test('two partners who take one account at once: one gets it, the other learns that it is somebody else\'s', async () => {
  const rival = await app.newPartner()
  const [ours, theirs] = [await customLink(partner.admin), await customLink(rival.admin)]
  for (let round = 0; round < 10; round += 1) {
    const account = await newAccount(app)
    const guest = await signInGuest(app, account.name)
    const answers = await Promise.all([ours, theirs].map(({ token }) => guest.call(acceptInvite, { body: { token, ...consentTo('REFERRAL') } })))
    expect(answers.map(({ body }) => (body.result === 'failed' ? body.cause : body.result)).toSorted()).toEqual(['ALREADY_ASSOCIATED', 'associated'])
    expect([...(await customersOf(partner, account.id)), ...(await customersOf(rival, account.id))]).toHaveLength(1)
  }
})

test('a hundred wrong codes at once are five guesses, and the right one comes too late', async () => {
  const link = await customLink(partner.admin)
  const mobile = newMobile()
  await newGuest(app).call(sendInviteCode, { body: { token: link.token, mobile } })
  const right = smsCode(app)
  const form = (code: string) => ({ body: { token: link.token, mobile, code, password: customerPassword, ...consentTo('REFERRAL') } })
  const answers = await many(100, (index) => newGuest(app).call(registerByInvite, form(String((Number(right) + 1 + index) % 1_000_000).padStart(6, '0'))))
  expect(answers.filter(({ problem }) => problem.code === 'code_wrong')).toHaveLength(5)
  expect(new Set(answers.map(({ problem }) => problem.code))).toEqual(new Set(['code_wrong', 'code_expired']))
  expect((await newGuest(app).call(registerByInvite, form(right))).problem.code).toBe('code_expired')
})

test('a right code used by many at once opens one account', async () => {
  const invite = await mailInvite(app, partner)
  await newGuest(app).call(sendInviteCode, { body: { token: invite.token, mobile: invite.mobile } })
  const body = { token: invite.token, mobile: invite.mobile, code: smsCode(app), password: customerPassword, ...consentTo('RESALE') }
  const answers = await many(20, () => newGuest(app).call(registerByInvite, { body }))
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  expect(await app.database.inGlobal((tx) => tx.rows(sql`select 1 from cloud_accounts where mobile = ${invite.mobile}`))).toHaveLength(1)
})

test('codes that are asked for at once for one number are one SMS', async () => {
  const link = await customLink(partner.admin)
  const before = app.sms.sent.length
  const answers = await many(30, () => newGuest(app).call(sendInviteCode, { body: { token: link.token, mobile: newMobile().replace(/\d$/, '0') } }))
  expect(app.sms.sent.length - before).toBe(answers.filter(({ status }) => status === 200).length)
  const same = newMobile()
  const once = await many(30, (index) => newGuest(app, `203.0.113.${index}`).call(sendInviteCode, { body: { token: link.token, mobile: same } }))
  expect(once.filter(({ status }) => status === 200)).toHaveLength(1)
})

test('of 150 custom links asked for at once exactly a hundred come about', async () => {
  const busy = await app.newPartner()
  const answers = await many(150, (index) => busy.admin.call(createLink, { body: { kind: 'CUSTOM', associationType: 'REFERRAL', label: `展位 ${index}` } }))
  const codes = answers.map(({ status }) => status)
  expect([codes.filter((status) => status === 200).length, codes.filter((status) => status === 429).length]).toEqual([100, 50])
  expect(await app.inTenant(busy.id, (tx) => tx.rows(sql`select count(*)::int as n from invite_links where partner_id = ${busy.id}`))).toEqual([{ n: 100 }])
})

test('a general link asked for by many tabs at once is one link', async () => {
  const answers = await many(20, () => partner.admin.call(createLink, { body: { kind: 'GENERAL', associationType: 'RESALE' } }))
  expect([answers.every(({ status }) => status === 200), new Set(answers.map(({ body }) => body.url)).size]).toEqual([true, 1])
})
