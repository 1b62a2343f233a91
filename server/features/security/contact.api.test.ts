import { afterAll, beforeAll, expect, test } from 'vitest'
import { changeContact, changePassword, checkIdentityCode, sendContactCode, sendIdentityCode } from '#contract/security.ts'
import { getSession } from '#contract/session.ts'
import { turnVerificationOff } from '#contract/profile.ts'
import { sendCode } from '#contract/proofs.ts'
import { open } from '#server/auth/seal.ts'
import { sql } from '#server/db/query.ts'
import { mountProfile } from '#server/features/profile/routes.ts'
import { createTestApp, type Client, type TestApp } from '#server/testing/app.ts'
import { newestCode, wrong } from '#server/testing/confirm.ts'
import { newMobile } from '#server/testing/visitor.ts'
import { mountSecurity } from './routes.ts'
import { contactCode, identityCode, openForm, takeContact } from './testing-security.ts'

let app: TestApp
beforeAll(async () => { app = await createTestApp([mountProfile, mountSecurity]) })
afterAll(() => app.close())

const contactsOf = async (partnerId: string, id: string) => (await app.inTenant(partnerId, (tx) => tx.rows<{ mobile: string; email: string; verified: boolean }>(sql`select mobile, email, mobile_verified and email_verified as verified from members where id = ${id}`)))[0]
const noticesOf = (partnerId: string) => app.inTenant(partnerId, async (tx) => (await tx.rows<{ kind: string; channel: string; sealed: Uint8Array }>(sql`select kind, channel, sealed from messages where partner_id = ${partnerId} order by kind, channel`))
  .map(({ kind, channel, sealed }) => ({ kind, channel, ...JSON.parse(open(sealed)) })))
const logged = (partnerId: string) => app.inTenant(partnerId, async (tx) => (await tx.rows<{ operation: string }>(sql`select operation from log_entries where partner_id = ${partnerId} order by seq`)).map(({ operation }) => operation))
const change = (person: Client, code: string, what: 'mobile' | 'email' = 'mobile') => person.call(changeContact, { body: { change: what, code } })

test('a person changes the mobile: the new number is proven, the old one is told at once, other sign-ins and open proofs end', async () => {
  const partner = await app.newPartner()
  const { admin } = partner
  const before = await contactsOf(partner.id, admin.memberId)
  const other = await app.signIn(partner.id, admin.memberId)
  const { problem } = await admin.call(turnVerificationOff, { body: {} })
  const mobile = newMobile()
  await openForm(app, admin, 'mobile')
  const spelled = `${mobile.slice(3, 6)} ${mobile.slice(6, 10)} ${mobile.slice(10)}`
  const code = await contactCode(app, admin, 'mobile', spelled)
  expect(app.sms.sent.at(-1)).toMatchObject({ to: mobile, template: { kind: 'code-setting', params: { action: 'confirm your new mobile' } } })
  const done = await change(admin, code)
  expect([done.status, done.body]).toEqual([200, { masked: `137****${mobile.slice(-4)}`, endedSignIns: 1 }])
  expect(await contactsOf(partner.id, admin.memberId)).toEqual({ ...before, mobile, verified: true })
  expect((await other.call(getSession, {})).status).toBe(401)
  expect((await admin.call(getSession, {})).status).toBe(200)
  expect((await admin.call(sendCode, { params: { id: problem.proof?.proofId ?? '' }, body: { channel: 'email' } })).problem.code).toBe('proof_closed')
  expect(await noticesOf(partner.id)).toMatchObject([{ kind: 'PR-02', channel: 'sms', to: before?.mobile, text: expect.stringContaining('Your mobile was changed on'), template: { kind: 'security' } }])
  expect((await logged(partner.id)).filter((one) => one.startsWith('profile.'))).toEqual(['profile.identity_code', 'profile.opened', 'profile.contact_code', 'profile.contact'])
  const kept = JSON.stringify(await app.inTenant(partner.id, (tx) => tx.rows(sql`select details from log_entries where partner_id = ${partner.id}`)))
  expect([kept.includes(mobile.slice(3)), kept.includes(`137****${mobile.slice(-4)}`)]).toEqual([false, true])
})

test('a person changes the mail address; the old address is told, and the new one may be spelled in capitals', async () => {
  const partner = await app.newPartner()
  const before = await contactsOf(partner.id, partner.admin.memberId)
  expect((await takeContact(app, partner.admin, 'email', ' New.One@Partner.Example ')).body.masked).toBe('n***@partner.example')
  expect(await contactsOf(partner.id, partner.admin.memberId)).toEqual({ ...before, email: 'new.one@partner.example', verified: true })
  expect(await noticesOf(partner.id)).toMatchObject([{ kind: 'PR-02', channel: 'email', to: before?.email, subject: 'Contact changed' }])
})

test('a stolen session changes nothing without the code to a contact', async () => {
  const partner = await app.newPartner()
  const thief = await app.signIn(partner.id, partner.admin.memberId)
  const answers = [
    await thief.call(sendContactCode, { body: { change: 'mobile', value: newMobile() } }), await change(thief, '123456'), await thief.call(changePassword, { body: { password: 'a password of the thief' } }),
  ]
  for (const { status, problem } of answers) expect([status, problem.code, problem.detail]).toEqual([409, 'conflict', 'The identity check has ended. Please do it again.'])
  expect((await logged(partner.id)).filter((one) => one.startsWith('profile.'))).toEqual([])
})

test('the owner opens a form, and the thief\'s sign-in has no part in it', async () => {
  const partner = await app.newPartner()
  const thief = await app.signIn(partner.id, partner.admin.memberId)
  const code = await identityCode(app, partner.admin, 'mobile')
  expect((await thief.call(checkIdentityCode, { body: { change: 'mobile', code } })).problem.code).toBe('code_expired')
  expect((await partner.admin.call(checkIdentityCode, { body: { change: 'mobile', code } })).status).toBe(200)
  expect((await thief.call(sendContactCode, { body: { change: 'mobile', value: newMobile() } })).problem.code).toBe('conflict')
  const own = await contactCode(app, partner.admin, 'mobile', newMobile())
  expect((await change(thief, own)).problem.code).toBe('conflict')
})

test('a code of one purpose opens nothing of another, whichever pair is tried', async () => {
  const { admin } = await app.newPartner()
  const purposes = ['mobile', 'email', 'password'] as const
  for (const sent of purposes) {
    const code = await identityCode(app, admin, sent)
    for (const used of purposes.filter((one) => one !== sent)) {
      expect([sent, used, (await admin.call(checkIdentityCode, { body: { change: used, code } })).status]).not.toEqual([sent, used, 200])
      expect((await change(admin, code, used === 'password' ? 'mobile' : used)).status).not.toBe(200)
    }
    expect((await admin.call(checkIdentityCode, { body: { change: sent, code } })).status).toBe(200)
    app.travel(3600)
    await app.inTenant((await partnerOf(admin)), (tx, now) => tx.run(sql`update sessions set seen_at = ${now} where id = ${admin.sessionId}`))
  }
})
const partnerOf = async ({ sessionId }: Client) => (await app.database.inGlobal((tx) => tx.rows<{ id: string }>(sql`select partner_id as id from sessions where id = ${sessionId}`)))[0]?.id ?? ''

test('the code to the new contact does not open the form, and a proof\'s code opens nothing here', async () => {
  const partner = await app.newPartner()
  const { admin } = partner
  await openForm(app, admin, 'mobile')
  const code = await contactCode(app, admin, 'mobile', newMobile())
  expect((await admin.call(checkIdentityCode, { body: { change: 'mobile', code } })).problem.code).toBe('code_expired')
  expect((await change(admin, code, 'email')).problem.code).toBe('conflict')
  const { problem } = await admin.call(turnVerificationOff, { body: {} })
  app.travel(61)
  await admin.call(sendCode, { params: { id: problem.proof?.proofId ?? '' }, body: { channel: 'sms' } })
  expect((await change(admin, newestCode(app))).problem.code).toBe('code_wrong')
})

test('a new number asked for later needs its own code: the code of the first one sets nothing', async () => {
  const partner = await app.newPartner()
  const before = await contactsOf(partner.id, partner.admin.memberId)
  await openForm(app, partner.admin, 'mobile')
  const first = await contactCode(app, partner.admin, 'mobile', newMobile())
  await contactCode(app, partner.admin, 'mobile', newMobile())
  expect((await change(partner.admin, first)).problem.code).toBe('code_wrong')
  expect(await contactsOf(partner.id, partner.admin.memberId)).toEqual(before)
})

test('an opened form is used once, for one change, and closes after ten minutes', async () => {
  const { admin } = await app.newPartner()
  await openForm(app, admin, 'mobile')
  expect((await admin.call(sendContactCode, { body: { change: 'email', value: 'other@partner.example' } })).problem.code).toBe('conflict')
  const code = await contactCode(app, admin, 'mobile', newMobile())
  expect((await change(admin, code)).status).toBe(200)
  expect((await change(admin, code)).problem.code).toBe('conflict')
  expect((await admin.call(sendContactCode, { body: { change: 'mobile', value: newMobile() } })).problem.code).toBe('conflict')
  await openForm(app, admin, 'email')
  app.travel(601)
  expect((await admin.call(sendContactCode, { body: { change: 'email', value: 'late@partner.example' } })).problem.code).toBe('conflict')
})

test('the same contact, a colleague\'s, a mask and what is no contact are refused, and nothing tells whose it is', async () => {
  const partner = await app.newPartner()
  const [mobile, email] = [newMobile(), 'colleague@partner.example']
  await partner.addMember({ role: 'manager', mobile, email, name: 'Colleague' })
  const own = await contactsOf(partner.id, partner.admin.memberId)
  await openForm(app, partner.admin, 'mobile')
  const sentSoFar = app.sms.sent.length
  const refusalOf = async (value: string) => {
    app.travel(61)
    const { status, text, problem } = await partner.admin.call(sendContactCode, { body: { change: 'mobile', value } })
    expect(text).not.toContain('Colleague')
    return [status, problem.code, problem.fields?.[0]?.path, problem.fields?.[0]?.code]
  }
  expect(await refusalOf(own?.mobile ?? '')).toEqual([400, 'invalid_input', 'value', 'same'])
  expect(await refusalOf(mobile)).toEqual([400, 'invalid_input', 'value', 'contact_taken'])
  expect(await refusalOf('138****5678')).toEqual([400, 'masked_value', 'value', 'invalid'])
  for (const value of ['+85261234567', '010-12345678', 'x@y.example', '12']) expect(await refusalOf(value)).toEqual([400, 'invalid_input', 'value', 'mobile'])
  expect(app.sms.sent).toHaveLength(sentSoFar)
  // Trying a colleague's number costs a slot, so numbers cannot be tried one after the other.
  expect(await app.database.inGlobal((tx) => tx.rows(sql`select cardinality(taken) as taken from limits where name = 'send.wait.contact' and subject = ${`${partner.id}:${partner.admin.memberId}`}`))).toEqual([{ taken: 1 }])
  // Another partner's member may have the same number.
  expect((await takeContact(app, (await app.newPartner()).admin, 'mobile', mobile)).status).toBe(200)
})

test('five guesses a change, whatever codes are sent, counted for the person like those of proofs: ten wrong ones lock every confirmation', async () => {
  const partner = await app.newPartner()
  const { admin } = partner
  const codes: string[] = []
  const resends: string[] = []
  for (const change of ['mobile', 'email'] as const) {
    const code = await identityCode(app, admin, change)
    for (let guess = 0; guess < 5; guess += 1) codes.push((await admin.call(checkIdentityCode, { body: { change, code: wrong(code) } })).problem.code)
    codes.push((await admin.call(checkIdentityCode, { body: { change, code } })).problem.code)
    app.travel(61)
    resends.push((await admin.call(sendIdentityCode, { body: { change, channel: 'sms' } })).problem.code)
  }
  expect(resends).toEqual(['too_many_requests', 'proof_locked'])
  expect(codes).toEqual([...Array(5).fill('code_wrong'), 'code_expired', ...Array(4).fill('code_wrong'), 'proof_locked', 'proof_locked'])
  expect((await admin.call(sendIdentityCode, { body: { change: 'password', channel: 'email' } })).problem.code).toBe('proof_locked')
  expect(await logged(partner.id)).toContain('verification.locked')
  expect((await noticesOf(partner.id)).map(({ kind }) => kind)).toEqual(['PR-05'])
})

test('a code comes to a verified contact only; four a form; and whoever has none is told who can help', async () => {
  const partner = await app.newPartner()
  const bare = await partner.addMember({ role: 'manager', mobile: null })
  expect((await bare.call(sendIdentityCode, { body: { change: 'mobile', channel: 'sms' } })).problem).toMatchObject({ status: 409, code: 'no_channel' })
  await app.inTenant(partner.id, (tx) => tx.run(sql`update members set email_verified = false where id = ${bare.memberId}`))
  expect((await bare.call(sendIdentityCode, { body: { change: 'mobile', channel: 'email' } })).problem.code).toBe('no_channel')
  for (let send = 0; send < 4; send += 1) await identityCode(app, partner.admin, 'email', send % 2 === 0 ? 'sms' : 'email')
  app.travel(61)
  expect((await partner.admin.call(sendIdentityCode, { body: { change: 'email', channel: 'sms' } })).problem.code).toBe('sends_used_up')
})

test('a provider that fails is told, and another channel may be tried at once', async () => {
  const { admin } = await app.newPartner()
  app.sms.failing = true
  expect((await admin.call(sendIdentityCode, { body: { change: 'mobile', channel: 'sms' } })).problem.code).toBe('send_failed')
  app.sms.failing = false
  expect((await admin.call(sendIdentityCode, { body: { change: 'mobile', channel: 'email' } })).status).toBe(200)
  expect((await admin.call(sendIdentityCode, { body: { change: 'mobile', channel: 'sms' } })).problem.code).toBe('too_many_requests')
})

test('the new contact rests encrypted until it is proven', async () => {
  const partner = await app.newPartner()
  await openForm(app, partner.admin, 'mobile')
  const mobile = newMobile()
  await contactCode(app, partner.admin, 'mobile', mobile)
  for (const table of ['openings', 'public_codes', 'limits', 'log_entries']) {
    const { rows } = await app.engine.query(`select coalesce(string_agg(t::text, ' '), '') as text from ${table} t`)
    expect([table, String(rows[0]?.['text']).includes(mobile.slice(3))]).toEqual([table, false])
  }
})
