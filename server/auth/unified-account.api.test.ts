import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { resetMemberPassword } from '#contract/members.ts'
import { getProfile, putLanguage } from '#contract/profile.ts'
import { changePassword, checkIdentityCode, resetPassword, sendIdentityCode, sendResetCode } from '#contract/security.ts'
import { setUpPassword, signIn } from '#contract/session.ts'
import { features } from '#server/app.ts'
import { sql } from '#server/db/query.ts'
import { createTestApp, testPassword, type Client, type TestApp, type TestPartner } from '#server/testing/app.ts'
import { startIssuer, type Issuer } from '#server/testing/issuer.ts'
import { consoleOrigin, link, loginOf, newBrowser, operate } from '#server/testing/unified.ts'
import { newGuest } from '#server/testing/visitor.ts'
import { createSetUp } from './set-up.ts'
import { createUnifiedProvider } from './unified-provider.ts'

let app: TestApp
let issuer: Issuer
let partner: TestPartner
let people = 0
beforeAll(async () => {
  app = await createTestApp(features)
  issuer = await startIssuer(consoleOrigin)
  app.deps.unified = createUnifiedProvider(issuer.settings, consoleOrigin)
})
beforeEach(async () => {
  partner = await app.newPartner()
  await app.database.inGlobal((tx) => tx.run(sql`delete from limits`))
})
afterAll(async () => {
  await issuer.close()
  await app.close()
})

type Linked = { login: string; subject: string; before: Client; now: Client }
async function newLinked(): Promise<Linked> {
  const before = await partner.addMember({ role: 'manager' })
  people += 1
  const subject = `subject-${people}`
  const login = await link(app, issuer, partner, before, subject)
  return { login, subject, before, now: await app.signIn(partner.id, before.memberId) }
}
const typed = (login: string, password = testPassword) => newGuest(app).call(signIn, { body: { account: partner.account, member: login, password } })
const operations = () => app.inTenant(partner.id, async (tx) => (await tx.rows<{ operation: string; source: string; details: Record<string, unknown> }>(sql`select operation, source, details from log_entries where partner_id = ${partner.id} order by seq`)))
const sentSoFar = () => app.sms.sent.length + app.email.sent.length

test('linking ends the password, open links and every sign-in, tells the person and is logged without the subject', async () => {
  const member = await partner.addMember({ role: 'manager' })
  const token = await app.inTenant(partner.id, (tx, now) => createSetUp(tx, now, partner.id, member.memberId, 3600))
  const login = await loginOf(app, partner, member)
  expect((await typed(login)).status).toBe(200)
  await link(app, issuer, partner, member, 'subject-of-link')
  expect((await member.call(getProfile, {})).status).toBe(401)
  expect((await newGuest(app).call(setUpPassword, { body: { token, password: 'a brand new password' } })).status).toBe(404)
  expect((await operations()).at(-1)).toMatchObject({ operation: 'session.identity_linked', source: 'vendor', details: { operator: 'vendor.li', member: 'L***' } })
  expect(JSON.stringify(await operations())).not.toContain('subject-of-link')
  expect(await app.inTenant(partner.id, (tx) => tx.rows(sql`select kind, channel from messages where partner_id = ${partner.id} order by channel`))).toEqual([{ kind: 'PR-03', channel: 'email' }, { kind: 'PR-03', channel: 'sms' }])
  expect(await newBrowser(app).signIn('subject-of-link')).toBe('/')
})

test('a password opens nothing for a unified account, and the answer is that of a wrong one', async () => {
  const { login } = await newLinked()
  const plain = await loginOf(app, partner, await partner.addMember({ role: 'manager' }))
  const [unified, wrong] = [await typed(login), await typed(plain, 'a wrong password')]
  expect(unified.status).toBe(401)
  const { requestId: _one, ...said } = unified.problem
  const { requestId: _other, ...saidToWrong } = wrong.problem
  expect(said).toEqual(saidToWrong)
  // Also the right one, should a hash ever be left.
  await app.inTenant(partner.id, (tx) => tx.run(sql`update logins set password_hash = (select password_hash from logins where partner_id = ${partner.id} and login = ${plain}) where partner_id = ${partner.id} and login = ${login}`))
  expect([(await typed(login)).status, (await typed(plain)).status]).toEqual([401, 200])
  expect((await operations()).filter(({ operation }) => operation === 'session.failed')).toHaveLength(3)
})

test('a forgotten password is answered alike and sends nothing', async () => {
  const { login } = await newLinked()
  const plain = await loginOf(app, partner, await partner.addMember({ role: 'manager' }))
  const before = sentSoFar()
  const who = { account: partner.account, member: login }
  const answered = await newGuest(app).call(sendResetCode, { body: { ...who, channel: 'sms' } })
  expect([answered.status, sentSoFar()]).toEqual([200, before])
  const known = await newGuest(app).call(sendResetCode, { body: { account: partner.account, member: plain, channel: 'sms' } })
  expect([known.status, sentSoFar(), Object.keys(known.body)]).toEqual([200, before + 1, Object.keys(answered.body)])
  expect((await newGuest(app).call(resetPassword, { body: { ...who, code: '000000', password: 'a brand new password' } })).problem.code).toBe('code_wrong')
})

test('the person changes contacts and password where the unified ID is managed, and nothing else', async () => {
  const { now } = await newLinked()
  const profile = await now.call(getProfile, {})
  expect(profile.body).toMatchObject({ kind: 'unified', manageUrl: issuer.settings.manageUrl, passwordSetAt: null })
  const before = sentSoFar()
  for (const change of ['mobile', 'email', 'password'] as const) {
    const asked = await now.call(sendIdentityCode, { body: { change, channel: 'sms' } })
    expect([change, asked.problem.code, asked.problem.detail]).toEqual([change, 'conflict', 'You sign in with your unified ID. Change mobile, mail address and password there.'])
  }
  expect(sentSoFar()).toBe(before)
  expect((await now.call(changePassword, { body: { password: 'a brand new password' } })).problem.code).toBe('conflict')
  expect((await now.call(sendIdentityCode, { body: { change: 'authenticator', channel: 'sms' } })).status).toBe(200)
  expect((await now.call(putLanguage, { body: { language: 'zh-CN' } })).status).toBe(200)
  expect((await partner.admin.call(getProfile, {})).body).toMatchObject({ kind: 'cloud', manageUrl: null })
})

test('a code that was sent before the link opens no form after it', async () => {
  const member = await partner.addMember({ role: 'manager' })
  expect((await member.call(sendIdentityCode, { body: { change: 'password', channel: 'sms' } })).status).toBe(200)
  const code = /\d{6}/.exec(app.sms.sent.at(-1)?.text ?? '')?.[0] ?? ''
  // Only the identity, as if the sign-ins had stayed.
  await app.inTenant(partner.id, (tx, now) => tx.run(sql`insert into identities (issuer, subject, partner_id, member_id, linked_at) values (${issuer.settings.issuer}, 'subject-of-code', ${partner.id}, ${member.memberId}, ${now})`))
  expect((await member.call(checkIdentityCode, { body: { change: 'password', code } })).problem.code).toBe('conflict')
})

test('no administrator and no operator gives a unified account a password', async () => {
  const { login, before } = await newLinked()
  expect((await partner.admin.call(resetMemberPassword, { params: { id: before.memberId }, body: {} })).problem).toMatchObject({ code: 'conflict', detail: 'This member signs in with a unified ID, so there is no password to reset.' })
  for (const option of ['--new-password', '--password-stdin']) {
    expect(await operate(app, issuer, 'member:set', '--partner', partner.account, '--member', login, option)).toEqual({ code: 1, said: `${partner.account} / ${login} signs in with a unified ID. member:identity --remove ends that.` })
  }
})

test('unlinking gives a link to a password, and the unified ID opens nothing any more', async () => {
  const { login, subject, now } = await newLinked()
  const remove = (of: string) => operate(app, undefined, 'member:identity', '--partner', partner.account, '--member', login, '--subject', of, '--remove')
  expect(await remove('subject-of-another')).toMatchObject({ code: 1, said: expect.stringContaining('is not linked with this unified ID') })
  const { code, said } = await remove(subject)
  const token = /\/set-up#([\w-]{43})/.exec(said)?.[1] ?? ''
  expect([code, (await now.call(getProfile, {})).status, await newBrowser(app).signIn(subject)]).toEqual([0, 401, '/sign-in?unified=unlinked'])
  expect((await typed(login)).status).toBe(401)
  expect((await newGuest(app).call(setUpPassword, { body: { token, password: 'a brand new password' } })).status).toBe(200)
  expect((await typed(login, 'a brand new password')).status).toBe(200)
  expect((await operations()).map(({ operation }) => operation)).toContain('session.identity_unlinked')
})

test('one unified ID is one person, and a person has one', async () => {
  const [one, other] = [await newLinked(), await newLinked()]
  const again = (login: string, subject: string) => operate(app, issuer, 'member:identity', '--partner', partner.account, '--member', login, '--subject', subject)
  const third = await loginOf(app, partner, await partner.addMember({ role: 'manager' }))
  expect(await again(third, one.subject)).toEqual({ code: 1, said: 'Somebody else is linked with this unified ID.' })
  expect(await again(other.login, 'subject-of-more')).toEqual({ code: 1, said: `${partner.account} / ${other.login} is linked with a unified ID already.` })
  expect(await again(third, 'with blanks in it')).toMatchObject({ code: 1, said: expect.stringContaining('--subject') })
  expect(await operate(app, undefined, 'member:identity', '--partner', partner.account, '--member', third, '--subject', 'subject-of-third')).toEqual({ code: 1, said: 'OIDC_ISSUER is not set.' })
  // Nothing of this touched the others.
  expect((await typed(third)).status).toBe(200)
  expect(await newBrowser(app).signIn(one.subject)).toBe('/')
})
