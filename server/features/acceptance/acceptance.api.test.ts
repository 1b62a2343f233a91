import { afterAll, beforeAll, expect, test } from 'vitest'
import { acceptInvite, getMyPartner, openInvite, registerByInvite, sendInviteCode, viewInvite } from '#contract/acceptance.ts'
import { queryCustomers } from '#contract/customers.ts'
import { queryLinks, revokeLink } from '#contract/invites.ts'
import { features } from '#server/app.ts'
import { open } from '#server/auth/seal.ts'
import { sql } from '#server/db/query.ts'
import { createTestApp, type TestApp, type TestPartner } from '#server/testing/app.ts'
import { consentTo, customLink, customerPassword, mailInvite, newAccount, newGuest, newMobile, registerWith, signInGuest, smsCode } from '#server/testing/visitor.ts'

let app: TestApp
let partner: TestPartner
beforeAll(async () => {
  app = await createTestApp(features)
  app.deps.settings.trustedProxyHops = 1
  partner = await app.newPartner()
})
afterAll(() => app.close())

const day = 86_400
type Row = Record<string, unknown>
const rows = (query: ReturnType<typeof sql>, of = partner): Promise<Row[]> => app.inTenant(of.id, (tx) => tx.rows<Row>(query))
const invitation = async (id: string, of = partner) => (await rows(sql`select state, cause, account_name, associated_at, customer_id, registered_at from invitations where partner_id = ${of.id} and id = ${id}`, of))[0]
const everything = async () => JSON.stringify(await rows(sql`select (select json_agg(i order by i.id) from invitations i) as i, (select json_agg(l order by l.id) from invite_links l) as l, (select json_agg(t order by t.token_hash) from invite_tokens t) as t,
  (select json_agg(s order by s.id) from customer_sessions s) as s, (select count(*)::int from log_entries) as log, (select json_agg(m order by m.name, m.subject) from limits m) as m`))
let place = 0
const guestAnywhere = () => newGuest(app, `198.51.100.${(place += 1) % 250}`)

test('whoever fetches a link three times, as mail scanners do, changes nothing', async () => {
  const mail = await mailInvite(app, partner)
  const link = await customLink(partner.admin)
  const before = await everything()
  for (const { token } of [mail, mail, mail, link, link]) expect((await guestAnywhere().call(viewInvite, { body: { token } })).body.state).toBe('open')
  for (const method of ['GET', 'HEAD']) await app.request(`/invite/${mail.token}`, { method })
  expect(await everything()).toBe(before)
})

test('the page tells partner, type and the masked number, and of a void link nothing', async () => {
  const { token, mobile } = await mailInvite(app, partner, { type: 'REFERRAL' })
  const { body, headers } = await guestAnywhere().call(viewInvite, { body: { token } })
  expect(body).toMatchObject({ state: 'open', via: 'mail', partnerName: 'Test Partner', associationType: 'REFERRAL', mobileMasked: `137****${mobile.slice(-4)}`, signedIn: null })
  expect(headers.get('referrer-policy')).toBe('no-referrer')
  expect((await guestAnywhere().call(viewInvite, { body: { token: 'x'.repeat(43) } })).body).toEqual({ state: 'invalid' })
})

test('a mail invitation is opened once; a link counts a look a minute of each address', async () => {
  const mail = await mailInvite(app, partner)
  const link = await customLink(partner.admin)
  for (let time = 0; time < 3; time += 1) for (const { token } of [mail, link]) await newGuest(app, '203.0.113.7').call(openInvite, { body: { token } })
  await newGuest(app, '203.0.113.8').call(openInvite, { body: { token: link.token } })
  expect(await invitation(mail.id)).toMatchObject({ state: 'OPENED' })
  expect(await rows(sql`select count(*)::int as n from log_entries where partner_id = ${partner.id} and operation = 'invite.opened' and source = 'customer'`)).toEqual([{ n: 1 }])
  const opened = async () => (await partner.admin.call(queryLinks, { body: {} })).body.items.find(({ id }) => id === link.id)?.opened
  expect(await opened()).toBe(2)
  app.travel(61)
  await newGuest(app, '203.0.113.7').call(openInvite, { body: { token: link.token } })
  expect(await opened()).toBe(3)
})

test('an invited company registers with the code, becomes the frozen resale customer of the manager who invited it, and sees its partner', async () => {
  const manager = await partner.addMember({ role: 'manager', name: '赵明' })
  const invite = await mailInvite(app, partner, { managerId: manager.memberId, name: '溪桥软件有限公司' })
  const guest = guestAnywhere()
  const { body, status } = await registerWith(app, guest, { ...invite, type: 'RESALE', accountName: 'xiqiao.soft' })
  expect([status, body]).toEqual([200, { accountName: 'xiqiao.soft', outcome: { result: 'associated', partnerName: 'Test Partner', associationType: 'RESALE', isFrozen: true } }])
  expect(await invitation(invite.id)).toMatchObject({ state: 'ASSOCIATED', cause: null, account_name: 'xiqiao.soft', customer_id: expect.any(String), registered_at: expect.any(Date) })
  expect(await rows(sql`select state, customer_id is not null as has from prospects where partner_id = ${partner.id} and id = ${invite.prospectId}`)).toEqual([{ state: 'ASSOCIATED', has: true }])
  expect(await rows(sql`select 1 from reservations where prospect_id = ${invite.prospectId}`)).toEqual([])

  const list = await manager.call(queryCustomers, { body: { lookup: { mobile: invite.mobile } } })
  expect(list.body.items).toMatchObject([{ nameMasked: '溪桥***公司', associationType: 'RESALE', state: 'ACCOUNT_FROZEN', freezeCause: 'NEW_ASSOCIATION', manager: { id: manager.memberId }, balance: '0.00' }])
  expect(await rows(sql`select how, ended_how, manager_id from assignments where partner_id = ${partner.id} and customer_id = ${list.body.items[0]?.id ?? ''}::uuid`)).toEqual([{ how: 'invitation', ended_how: null, manager_id: manager.memberId }])
  const mine = await guest.call(getMyPartner, {})
  expect(mine.body).toMatchObject({ accountName: 'xiqiao.soft', partner: { name: 'Test Partner', associationType: 'RESALE', state: 'ACCOUNT_FROZEN', balance: '0.00', number: list.body.items[0]?.number, contact: { name: '赵明' } } })
  expect(mine.body.partner?.agreements.map(({ document, version }) => `${document} ${version}`)).toEqual(['agreement 2026-11', 'notice R-2026-11', 'privacy 2026-11'])
  expect((await guest.call(viewInvite, { body: { token: invite.token } })).body.state).toBe('invalid')
})

test('customer, inviter and manager are told: the customer at once, members in working hours', async () => {
  const manager = await partner.addMember({ role: 'manager', email: 'told@partner.example' })
  const invite = await mailInvite(app, partner, { managerId: manager.memberId, email: 'told@prospect.example' })
  await registerWith(app, guestAnywhere(), { ...invite, type: 'RESALE' })
  const told = await app.inTenant(partner.id, (tx) => tx.rows<{ kind: string; channel: string; sealed: Uint8Array }>(sql`select kind, channel, sealed from messages where partner_id = ${partner.id} order by kind, channel`))
  const texts = told.map(({ kind, channel, sealed }) => ({ kind, channel, ...JSON.parse(open(sealed)) })).filter(({ to }) => ['told@partner.example', 'told@prospect.example', invite.mobile].includes(to))
  expect(texts.map(({ kind, channel }) => `${kind} ${channel}`)).toEqual(['AS-01 email', 'AS-01 sms', 'IN-03 email'])
  expect(texts[0].text).toContain('http://console.test/my/partner')
  expect(texts[1].template).toMatchObject({ kind: 'association' })
})

test('a customer who comes through a custom link has its label as tag and belongs to the manager who made it; the link counts', async () => {
  const manager = await partner.addMember({ role: 'manager' })
  const link = await customLink(manager, 'REFERRAL', '华东巡展')
  const mobile = newMobile()
  const { body } = await registerWith(app, guestAnywhere(), { token: link.token, mobile, type: 'REFERRAL' })
  expect(body).toMatchObject({ accountName: expect.stringMatching(/^user_[0-9a-f]{12}$/), outcome: { result: 'associated', isFrozen: false } })
  expect((await manager.call(queryCustomers, { body: { lookup: { mobile } } })).body.items).toMatchObject([{ tag: '华东巡展', state: 'NORMAL', balance: null, manager: { id: manager.memberId } }])
  expect((await manager.call(queryLinks, { body: { filter: { label: '巡展' } } })).body.items).toMatchObject([{ registered: 1, associated: 1, lastUsedAt: expect.any(String) }])
  expect(await rows(sql`select kind, state, label from invitations where partner_id = ${partner.id} and link_id = ${link.id}`)).toEqual([{ kind: 'CUSTOM', state: 'ASSOCIATED', label: '华东巡展' }])
})

test('a mail invitation ends with its seventh day, to the second', async () => {
  const last = await mailInvite(app, partner)
  const late = await mailInvite(app, partner)
  const guest = guestAnywhere()
  app.travel(7 * day - 1)
  // The clock of the test runs on while it works, so the end is set a second later than that.
  await app.inTenant(partner.id, (tx, now) => tx.run(sql`update invitations set expires_at = ${new Date(now.getTime() + 1000)}::timestamptz + case when id = ${last.id} then interval '60 seconds' else interval '0' end where partner_id = ${partner.id} and id in (${last.id}, ${late.id})`))
  expect((await guest.call(viewInvite, { body: { token: last.token } })).body.state).toBe('open')
  app.travel(2)
  const over = await guest.call(viewInvite, { body: { token: late.token } })
  expect(over.body).toEqual({ state: 'expired', at: expect.any(String) })
  const refused = await guest.call(sendInviteCode, { body: { token: late.token, mobile: late.mobile } })
  expect([refused.status, refused.problem.code, refused.problem.facts]).toEqual([409, 'link_closed', { state: 'expired' }])
  expect((await registerWith(app, guest, { ...last, type: 'RESALE' })).body.outcome.result).toBe('associated')
  app.travel(-7 * day - 1)
})

test('a revoked link is void for the next request, also for a code that was sent before', async () => {
  const link = await customLink(partner.admin)
  const mobile = newMobile()
  const guest = guestAnywhere()
  await guest.call(sendInviteCode, { body: { token: link.token, mobile } })
  await partner.admin.call(revokeLink, { params: { id: link.id }, body: {} })
  expect((await guest.call(viewInvite, { body: { token: link.token } })).body).toEqual({ state: 'invalid' })
  const { problem } = await guest.call(registerByInvite, { body: { token: link.token, mobile, code: smsCode(app), password: customerPassword, ...consentTo('REFERRAL') } })
  expect([problem.code, problem.facts]).toEqual(['link_closed', { state: 'invalid' }])
})

test('another number than the reported one gets no code and no account, and the partner sees why', async () => {
  const invite = await mailInvite(app, partner)
  const sent = app.sms.sent.length
  const asked = await guestAnywhere().call(sendInviteCode, { body: { token: invite.token, mobile: newMobile() } })
  const given = await guestAnywhere().call(registerByInvite, { body: { token: invite.token, mobile: newMobile(), code: '123456', password: customerPassword, ...consentTo('RESALE') } })
  for (const { problem } of [asked, given]) expect([problem.code, problem.fields]).toEqual(['invalid_input', [expect.objectContaining({ path: 'mobile', code: 'phone_differs' })]])
  expect(app.sms.sent).toHaveLength(sent)
  expect(await invitation(invite.id)).toMatchObject({ state: 'FAILED', cause: 'PHONE_DIFFERS', account_name: null })
  expect(await rows(sql`select state, cause from prospects where partner_id = ${partner.id} and id = ${invite.prospectId}`)).toEqual([{ state: 'ASSOCIATION_FAILED', cause: 'PHONE_DIFFERS' }])
  // The cure: the right number.
  expect((await registerWith(app, guestAnywhere(), { ...invite, type: 'RESALE' })).body.outcome.result).toBe('associated')
  expect(await invitation(invite.id)).toMatchObject({ state: 'ASSOCIATED', cause: null })
})

test('the hidden digits of the reported number cannot be found by trying', async () => {
  const invite = await mailInvite(app, partner)
  const tried: number[] = []
  for (let time = 0; time < 32; time += 1) tried.push((await guestAnywhere().call(sendInviteCode, { body: { token: invite.token, mobile: newMobile() } })).status)
  expect([tried.slice(0, 30).every((status) => status === 400), tried.slice(30)]).toEqual([true, [429, 429]])
})

test('a code of one link or purpose opens nothing at another, and asks for the same whether the number is known or not', async () => {
  const [one, other] = [await customLink(partner.admin, 'REFERRAL', '一'), await customLink(partner.admin, 'REFERRAL', '二')]
  const { mobile: known } = await newAccount(app)
  const guest = guestAnywhere()
  const toKnown = await guest.call(sendInviteCode, { body: { token: one.token, mobile: known ?? '' } })
  const code = smsCode(app)
  const toNobody = await guest.call(sendInviteCode, { body: { token: one.token, mobile: newMobile() } })
  expect([toKnown.status, Object.keys(toKnown.body)]).toEqual([toNobody.status, Object.keys(toNobody.body)])
  const elsewhere = await guest.call(registerByInvite, { body: { token: other.token, mobile: known ?? '', code, password: customerPassword, ...consentTo('REFERRAL') } })
  expect(elsewhere.problem.code).toBe('code_expired')
  const otherNumber = await guest.call(registerByInvite, { body: { token: one.token, mobile: newMobile(), code, password: customerPassword, ...consentTo('REFERRAL') } })
  expect(otherNumber.problem.code).toBe('code_expired')
  expect((await guest.call(registerByInvite, { body: { token: one.token, mobile: known ?? '', code, password: customerPassword, ...consentTo('REFERRAL') } })).status).toBe(200)
})

test('an existing customer signs in and accepts a mail invitation with a code to its own, reported number', async () => {
  const account = await newAccount(app)
  const invite = await mailInvite(app, partner, { mobile: account.mobile ?? '' })
  const guest = await signInGuest(app, account.name, guestAnywhere())
  const consent = { token: invite.token, ...consentTo('RESALE') }
  const { body: view } = await guest.call(viewInvite, { body: { token: invite.token } })
  expect(view).toMatchObject({ signedIn: { accountNameMasked: expect.stringContaining('***'), csrf: guest.csrf } })
  const bare = await guest.call(acceptInvite, { body: consent })
  expect(bare.problem.fields).toMatchObject([{ path: 'code', code: 'required' }])
  await guest.call(sendInviteCode, { body: { token: invite.token } })
  const code = smsCode(app)
  const wrong = await guest.call(acceptInvite, { body: { ...consent, code: code === '000000' ? '000001' : '000000' } })
  expect([wrong.status, wrong.problem.code, wrong.problem.attemptsLeft]).toEqual([422, 'code_wrong', 4])
  // What the page's own registration would ask for is another purpose.
  expect((await guest.call(registerByInvite, { body: { ...consent, mobile: account.mobile ?? '', code, password: customerPassword } })).problem.code).toBe('code_expired')
  expect((await guest.call(acceptInvite, { body: { ...consent, code } })).body).toMatchObject({ result: 'associated', isFrozen: true })
  expect(await rows(sql`select operation, object_kind from log_entries where partner_id = ${partner.id} and customer_id = ${account.id} and source = 'customer' and operation <> 'account.signed_in'`)).toEqual([{ operation: 'customer.associated', object_kind: 'customer' }])
})

test('an account with another number than the reported one is not associated, whoever it is', async () => {
  const invite = await mailInvite(app, partner)
  const guest = await signInGuest(app, (await newAccount(app)).name, guestAnywhere())
  expect((await guest.call(acceptInvite, { body: { token: invite.token, code: '123456', ...consentTo('RESALE') } })).body).toEqual({ result: 'failed', cause: 'PHONE_DIFFERS' })
  expect(await invitation(invite.id)).toMatchObject({ state: 'FAILED', cause: 'PHONE_DIFFERS', account_name: null })
})

test('a signed-in customer accepts only with the value of its own session, and nobody without one', async () => {
  const link = await customLink(partner.admin)
  const guest = await signInGuest(app, (await newAccount(app)).name, guestAnywhere())
  const body = { token: link.token, ...consentTo('REFERRAL') }
  expect((await guest.call(acceptInvite, { body }, { 'x-csrf': 'something else' })).problem.code).toBe('csrf')
  expect((await guest.call(acceptInvite, { body }, { origin: 'https://evil.example' })).problem.code).toBe('csrf')
  expect((await guestAnywhere().call(acceptInvite, { body })).problem.code).toBe('not_signed_in')
  expect((await guest.call(acceptInvite, { body })).body.result).toBe('associated')
  // A repeated request hears the same; nothing happens twice.
  expect((await guest.call(acceptInvite, { body })).body.result).toBe('associated')
})

test.each(['UNPAID_BILLS', 'CREDIT_ACCOUNT', 'SPECIAL_CONTRACT', 'IS_PARTNER', 'REWARD_PROGRAM'] as const)('an account with %s hears why it cannot be, and the partner sees it', async (fact) => {
  const link = await customLink(partner.admin, 'RESALE', fact)
  const account = await newAccount(app, { facts: [fact] })
  const guest = await signInGuest(app, account.name, guestAnywhere())
  expect((await guest.call(acceptInvite, { body: { token: link.token, ...consentTo('RESALE') } })).body).toEqual({ result: 'failed', cause: fact })
  expect(await rows(sql`select state, cause, account_name from invitations where partner_id = ${partner.id} and link_id = ${link.id}`)).toEqual([{ state: 'FAILED', cause: fact, account_name: account.name }])
  await app.database.inGlobal((tx) => tx.run(sql`update cloud_accounts set facts = '{}' where id = ${account.id}`))
  expect((await guest.call(acceptInvite, { body: { token: link.token, ...consentTo('RESALE') } })).body.result).toBe('associated')
  expect(await rows(sql`select state, cause from invitations where partner_id = ${partner.id} and link_id = ${link.id}`)).toEqual([{ state: 'ASSOCIATED', cause: null }])
})

test('an account that is older than seven days, reported by another partner or somebody else\'s customer is not taken over', async () => {
  const rival = await app.newPartner()
  const link = await customLink(partner.admin, 'REFERRAL', '旧账号')
  const tryAs = async (name: string) => (await (await signInGuest(app, name, guestAnywhere())).call(acceptInvite, { body: { token: link.token, ...consentTo('REFERRAL') } })).body
  expect(await tryAs((await newAccount(app, { ageDays: 8 })).name)).toEqual({ result: 'failed', cause: 'ACCOUNT_TOO_OLD' })
  const reported = await newAccount(app)
  await mailInvite(app, rival, { mobile: reported.mobile ?? '' })
  expect(await tryAs(reported.name)).toEqual({ result: 'failed', cause: 'REPORTED_BY_OTHER' })
  const taken = await newAccount(app)
  const theirs = await customLink(rival.admin)
  await (await signInGuest(app, taken.name, guestAnywhere())).call(acceptInvite, { body: { token: theirs.token, ...consentTo('REFERRAL') } })
  expect(await tryAs(taken.name)).toEqual({ result: 'failed', cause: 'ALREADY_ASSOCIATED' })
  // Reported by this partner, an old account may come.
  const old = await newAccount(app, { ageDays: 400 })
  await mailInvite(app, partner, { mobile: old.mobile ?? '' })
  expect(await tryAs(old.name)).toMatchObject({ result: 'associated' })
})

test('a customer who was reported and comes through a link settles the report, and the mail that waits for it is void', async () => {
  const account = await newAccount(app)
  const invite = await mailInvite(app, partner, { mobile: account.mobile ?? '' })
  const link = await customLink(partner.admin, 'REFERRAL', '另一条路')
  await (await signInGuest(app, account.name, guestAnywhere())).call(acceptInvite, { body: { token: link.token, ...consentTo('REFERRAL') } })
  expect(await invitation(invite.id)).toMatchObject({ state: 'REPLACED' })
  expect(await rows(sql`select state, customer_id from prospects where partner_id = ${partner.id} and id = ${invite.prospectId}`)).toEqual([{ state: 'ASSOCIATED', customer_id: account.id }])
})

test('a partner that may not resell, is frozen, or lost its distributor cannot accept, and is told so', async () => {
  const other = await app.newPartner({ type: 'RESELLER' })
  const invite = await mailInvite(app, other)
  const [mailed, walked] = [await newAccount(app, { mobile: invite.mobile }), await newAccount(app)]
  const link = await customLink(other.admin, 'RESALE', '三种')
  const [byMail, byLink] = [await signInGuest(app, mailed.name, guestAnywhere()), await signInGuest(app, walked.name, guestAnywhere())]
  const acceptMail = async () => {
    app.travel(61)
    await byMail.call(sendInviteCode, { body: { token: invite.token } })
    return (await byMail.call(acceptInvite, { body: { token: invite.token, code: smsCode(app), ...consentTo('RESALE') } })).body
  }
  const acceptLink = async () => (await byLink.call(acceptInvite, { body: { token: link.token, ...consentTo('RESALE') } })).body
  const grant = (change: ReturnType<typeof sql>) => app.database.inGlobal((tx) => tx.run(sql`update partners set ${change} where id = ${other.id}`))
  await grant(sql`may_resell = false`)
  expect([await acceptMail(), await acceptLink()]).toEqual([{ result: 'failed', cause: 'NO_RESALE' }, { result: 'failed', cause: 'NO_RESALE' }])
  await grant(sql`may_resell = true, state = 'FROZEN'`)
  expect(await acceptLink()).toEqual({ result: 'failed', cause: 'PARTNER_BLOCKED' })
  expect((await guestAnywhere().call(viewInvite, { body: { token: link.token } })).body).toEqual({ state: 'partner_blocked' })
  await grant(sql`state = 'ACTIVE', distributor_left = true`)
  expect((await guestAnywhere().call(viewInvite, { body: { token: invite.token } })).body).toEqual({ state: 'partner_blocked' })
  expect(await acceptLink()).toMatchObject({ result: 'associated' })
})
