import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PasskeyCreation } from '#contract/passkeys.ts'
import { getProfile } from '#contract/profile.ts'
import { endSignIns } from '#contract/session.ts'
import {
  addPasskey, addTotp, askIdentityPasskey, beginPasskey, beginTotp, changePassword, checkIdentityCode, checkIdentityPasskey, checkIdentityTotp, listAuthenticators, previewMessage, removeAuthenticator, renameAuthenticator, sendIdentityCode,
} from '#contract/security.ts'
import { allocateFunds } from '#contract/funds.ts'
import { checkTotp } from '#contract/proofs.ts'
import { open } from '#server/auth/seal.ts'
import { sql } from '#server/db/query.ts'
import { mountProfile } from '#server/features/profile/routes.ts'
import { createTestApp, type Client, type TestApp } from '#server/testing/app.ts'
import { ask, order, wrong } from '#server/testing/confirm.ts'
import { addApp, addKey, firstApp, firstKey, openByPasskey, openByTotp, shownCode, softPasskey } from '#server/testing/soft-authenticators.ts'
import { mountStage, newStage } from '#server/testing/sensitive.ts'
import { mountSecurity } from './routes.ts'
import { identityCode, openForm, takeContact } from './testing-security.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp([mountSecurity, mountProfile, mountStage(newStage())])
})
afterAll(() => app.close())

const listed = async (person: Client) => (await person.call(listAuthenticators, {})).body
const why = ({ status, problem }: { status: number; problem: { code?: string; detail?: string } }) => [status, problem.code]
const notices = async (partnerId: string) => (await app.inTenant(partnerId, (tx) => tx.rows<{ sealed: Uint8Array; channel: string }>(sql`select sealed, channel from messages where partner_id = ${partnerId} and kind = 'PR-09' order by at, channel`)))
  .map(({ sealed, channel }) => [channel, String(JSON.parse(open(sealed)).text)] as const)

test('a person adds an app behind a code, is told so everywhere, and finds it in the list', async () => {
  const { admin, id } = await app.newPartner()
  expect(await listed(admin)).toMatchObject({ items: [], max: 10, requiredFor: [], mayRequire: true, opensBy: 'message', openUntil: null, passkeyHost: 'console.test' })
  await openForm(app, admin, 'authenticator')
  expect((await listed(admin)).openUntil).not.toBeNull()
  const { body: begun } = await admin.call(beginTotp, { body: {} })
  expect(begun.secret).toMatch(/^[A-Z2-7]{32}$/)
  expect(new URL(begun.uri)).toMatchObject({ protocol: 'otpauth:', host: 'totp' })
  expect(Object.fromEntries(new URL(begun.uri).searchParams)).toMatchObject({ secret: begun.secret, issuer: 'Partner Center', algorithm: 'SHA1', digits: '6', period: '30' })
  const { body } = await admin.call(addTotp, { body: { name: ' Work phone ', code: await shownCode(app, begun.secret) } })
  expect(body).toMatchObject({ kind: 'totp', name: 'Work phone', lastUsedAt: null })
  expect(await listed(admin)).toMatchObject({ items: [{ id: body.id, name: 'Work phone' }], opensBy: 'authenticator', openUntil: null })
  const told = await notices(id)
  expect(told.map(([channel]) => channel).toSorted()).toEqual(['email', 'sms'])
  for (const [, text] of told) expect(text).toContain('The authenticator app “Work phone” was added to your account')
  const [entry] = await app.inTenant(id, (tx) => tx.rows(sql`select object_kind, object_number, details from log_entries where partner_id = ${id} and operation = 'profile.authenticator_added'`))
  expect(entry).toEqual({ object_kind: 'authenticator', object_number: body.id, details: { kind: 'totp', name: 'Work phone' } })
})

test('a stolen session adds and removes nothing without a code', async () => {
  const { admin } = await app.newPartner()
  const attempts = async () => [
    why(await admin.call(beginTotp, { body: {} })), why(await admin.call(addTotp, { body: { name: 'Mine', code: '123456' } })), why(await admin.call(beginPasskey, { body: {} })),
    why(await admin.call(addPasskey, { body: { name: 'Mine', attestation: softPasskey().create(creation) } })),
  ]
  // oxlint-disable-next-line typescript/consistent-type-assertions -- as much of it as the device reads
  const creation = { challenge: 'AAAA', rp: { id: 'console.test', name: '' } } as PasskeyCreation
  for (const refused of await attempts()) expect(refused).toEqual([409, 'conflict'])
  // A form for another change opens nothing here.
  await openForm(app, admin, 'password')
  for (const refused of await attempts()) expect(refused).toEqual([409, 'conflict'])
  const { id } = await firstApp(app, admin)
  expect(why(await admin.call(removeAuthenticator, { params: { id } }))).toEqual([409, 'conflict'])
  expect((await listed(admin)).items).toHaveLength(1)
})

test('as soon as there is an authenticator no message opens the form any more, not even one on its way or a form that is open elsewhere', async () => {
  const partner = await app.newPartner()
  const { admin } = partner
  const thief = await app.signIn(partner.id, admin.memberId)
  await openForm(app, thief, 'authenticator')
  const late = await app.signIn(partner.id, admin.memberId)
  const code = await identityCode(app, late, 'authenticator')
  const { secret } = await firstApp(app, admin)
  expect(why(await thief.call(beginTotp, { body: {} }))).toEqual([409, 'conflict'])
  expect(why(await late.call(checkIdentityCode, { body: { change: 'authenticator', code } }))).toEqual([409, 'no_channel'])
  const sent = app.sms.sent.length
  const { status, problem } = await admin.call(sendIdentityCode, { body: { change: 'authenticator', channel: 'sms' } })
  expect([status, problem.code, problem.detail]).toEqual([409, 'no_channel', 'You have an authenticator app or a passkey. Confirm with that one that it is you.'])
  expect(app.sms.sent.length).toBe(sent)
  await openByTotp(app, admin, secret)
  const { passkey } = await addKey(admin)
  await openByPasskey(admin, passkey)
  await addApp(app, admin, 'Second phone')
  expect((await listed(admin)).items.map(({ kind, name }) => [kind, name])).toEqual([['totp', 'My phone'], ['passkey', 'My key'], ['totp', 'Second phone']])
})

test('one opening adds one authenticator, for ten minutes, in this sign-in', async () => {
  const partner = await app.newPartner()
  const { admin } = partner
  const other = await app.signIn(partner.id, admin.memberId)
  await openForm(app, admin, 'authenticator')
  expect(why(await other.call(beginTotp, { body: {} }))).toEqual([409, 'conflict'])
  const { body: { secret } } = await admin.call(beginTotp, { body: {} })
  app.travel(601)
  expect(why(await admin.call(addTotp, { body: { name: 'Late', code: await shownCode(app, secret) } }))).toEqual([409, 'conflict'])
  const first = await firstKey(app, admin)
  expect(why(await admin.call(beginPasskey, { body: {} }))).toEqual([409, 'conflict'])
  await openByPasskey(admin, first.passkey)
  expect((await admin.call(removeAuthenticator, { params: { id: first.id } })).status).toBe(200)
  expect(why(await admin.call(removeAuthenticator, { params: { id: first.id } }))).toEqual([404, 'not_found'])
})

test('wrong first codes are counted like all others, and the first code that was right confirms nothing more', async () => {
  const partner = await app.newPartner()
  const { admin } = partner
  await openForm(app, admin, 'authenticator')
  const { body: { secret } } = await admin.call(beginTotp, { body: {} })
  const code = await shownCode(app, secret)
  for (const left of [4, 3, 2]) expect((await admin.call(addTotp, { body: { name: 'Phone', code: wrong(code) } })).problem).toMatchObject({ code: 'code_wrong', attemptsLeft: left })
  const guard = async () => (await app.inTenant(partner.id, (tx) => tx.rows<{ count: number }>(sql`select cardinality(guesses)::int as count from verification_guards where member_id = ${admin.memberId}`)))[0]?.count
  expect(await guard()).toBe(3)
  expect((await admin.call(addTotp, { body: { name: 'Phone', code } })).status).toBe(200)
  expect(await guard()).toBe(3)
  const { proofId } = await ask(admin)
  expect((await admin.call(checkTotp, { params: { id: proofId }, body: { code } })).problem.code).toBe('code_wrong')
})

test('five wrong codes of an identity check are enough for half an hour, a right one in between starts anew', async () => {
  const { admin } = await app.newPartner()
  const { secret } = await firstApp(app, admin)
  const bad = async () => wrong(await shownCode(app, secret))
  for (let guess = 0; guess < 4; guess += 1) await admin.call(checkIdentityTotp, { body: { change: 'mobile', code: await bad() } })
  await openByTotp(app, admin, secret, 'mobile')
  for (const left of [4, 3, 2, 1, 0]) expect((await admin.call(checkIdentityTotp, { body: { change: 'mobile', code: await bad() } })).problem).toMatchObject({ code: 'code_wrong', attemptsLeft: left })
  app.travel(31)
  const { status, problem } = await admin.call(checkIdentityTotp, { body: { change: 'mobile', code: await shownCode(app, secret) } })
  expect([status, problem.code]).toEqual([429, 'too_many_requests'])
  for (const seconds of [900, 900]) {
    await listed(admin)
    app.travel(seconds)
  }
  await openByTotp(app, admin, secret, 'mobile')
})

test('contacts and the password can be changed behind an authenticator, and its answer to one change opens no other', async () => {
  const { admin } = await app.newPartner()
  const { passkey } = await firstKey(app, admin)
  const { body: { options } } = await admin.call(askIdentityPasskey, { body: { change: 'mobile' } })
  const assertion = passkey.answer(options)
  expect((await admin.call(checkIdentityPasskey, { body: { change: 'password', assertion } })).problem.code).toBe('code_expired')
  await admin.call(askIdentityPasskey, { body: { change: 'password' } })
  expect((await admin.call(checkIdentityPasskey, { body: { change: 'password', assertion } })).problem.code).toBe('code_wrong')
  expect((await admin.call(changePassword, { body: { password: 'an altogether new one' } })).problem.code).toBe('conflict')
  await openByPasskey(admin, passkey, 'password')
  expect((await admin.call(changePassword, { body: { password: 'an altogether new one' } })).status).toBe(200)
  expect((await admin.call(getProfile, {})).body).toMatchObject({ kind: 'cloud', manageUrl: null, passwordSetAt: expect.stringMatching(/^\d{4}-/) })
  // Messages stay a way for these.
  expect((await takeContact(app, admin, 'email', 'next@partner.example')).status).toBe(200)
})

test('who changes contacts elsewhere, by a unified ID, is told so before a code is looked at: no answer says whether it was right', async () => {
  const partner = await app.newPartner()
  const { secret } = await firstApp(app, partner.admin)
  await app.inTenant(partner.id, (tx, now) => tx.run(sql`insert into identities (issuer, subject, partner_id, member_id, linked_at) values ('https://id.example', ${partner.admin.memberId}, ${partner.id}, ${partner.admin.memberId}, ${now})`))
  app.travel(31)
  const code = await shownCode(app, secret)
  for (const typed of [...Array.from({ length: 11 }, () => wrong(code)), code]) {
    for (const way of [checkIdentityTotp, checkIdentityCode]) {
      const { status, problem } = await partner.admin.call(way, { body: { change: 'mobile', code: typed } })
      expect([status, problem.code, problem.detail]).toEqual([409, 'conflict', expect.stringContaining('unified ID')])
    }
  }
  expect((await partner.admin.call(checkIdentityTotp, { body: { change: 'authenticator', code } })).status).toBe(200)
})

test('names are distinct, of 1 to 32 plain characters, and can be changed; at most ten', async () => {
  const partner = await app.newPartner()
  const { admin } = partner
  const first = await firstKey(app, admin, 'Key 1')
  for (let number = 2; number <= 10; number += 1) {
    await openByPasskey(admin, first.passkey)
    await addKey(admin, `Key ${number}`)
  }
  await openByPasskey(admin, first.passkey)
  expect((await admin.call(beginTotp, { body: {} })).problem).toMatchObject({ code: 'conflict', detail: 'You can have at most 10. Remove one first.' })
  const rename = (name: string, person = admin) => person.call(renameAuthenticator, { params: { id: first.id }, body: { name } })
  for (const name of ['', ' ', 'x'.repeat(33), 'evil.example', 'a\u202eb', 'KEY 2']) expect([name, (await rename(name)).status]).toEqual([name, 400])
  expect((await rename('Office key')).body.name).toBe('Office key')
  expect((await rename('Office key')).status).toBe(200)
  const colleague = await partner.addMember({ role: 'administrator' })
  expect((await rename('Taken over', colleague)).status).toBe(404)
  expect((await colleague.call(removeAuthenticator, { params: { id: first.id } })).status).toBe(404)
})

test('a passkey is made for this console by a verified user, once', async () => {
  const partner = await app.newPartner()
  const { admin } = partner
  await openForm(app, admin, 'authenticator')
  const passkey = softPasskey()
  const begin = async () => (await admin.call(beginPasskey, { body: {} })).body.options
  const add = (attestation: ReturnType<typeof passkey.create>) => admin.call(addPasskey, { body: { name: 'Key', attestation } })
  expect(await begin()).toMatchObject({ rp: { id: 'console.test', name: 'Partner Center' }, attestation: 'none', excludeCredentials: [], authenticatorSelection: { residentKey: 'discouraged', userVerification: 'required' }, timeout: 300_000 })
  const certificate = new Map<number | string, number | Buffer | string>([['alg', -7], ['sig', Buffer.alloc(8)], ['x5c', Buffer.alloc(8)]])
  for (const lie of [{ bytes: 1024 }, { bytes: 5000 }, { origin: 'http://console.evil' }, { rpId: 'evil.test' }, { isVerified: false }, { challenge: 'AAAA' }, { type: 'webauthn.get' }, { format: ['packed', certificate] satisfies [string, typeof certificate] }, { format: ['android-safetynet', new Map()] satisfies [string, typeof certificate] }]) {
    const { status, problem } = await add(passkey.create(await begin(), lie))
    expect([Object.keys(lie), status, problem.code, problem.detail]).toEqual([Object.keys(lie), 409, 'conflict', 'The passkey could not be confirmed and was not added. Please try again.'])
  }
  const options = await begin()
  expect((await add(passkey.create(options))).status).toBe(200)
  expect((await add(passkey.create(options))).problem.code).toBe('conflict')
  await openByPasskey(admin, passkey)
  const again = await begin()
  expect(again.excludeCredentials).toEqual([{ id: passkey.id, type: 'public-key', transports: ['usb'] }])
  expect((await admin.call(addPasskey, { body: { name: 'Copy', attestation: passkey.create(again) } })).problem.detail).toBe('This passkey was added already.')
})

test('removing an authenticator voids what the person was about to confirm and is told to every contact', async () => {
  const partner = await app.newPartner()
  const { admin } = partner
  const { secret, id } = await firstApp(app, admin)
  const { proofId } = await ask(admin)
  expect((await admin.call(checkTotp, { params: { id: proofId }, body: { code: await shownCode(app, secret) } })).status).toBe(200)
  await openByTotp(app, admin, secret)
  expect((await admin.call(removeAuthenticator, { params: { id } })).status).toBe(200)
  expect((await admin.call(allocateFunds, order(200), { proof: proofId })).problem).toMatchObject({ code: 'proof_required', proof: { why: 'expired', authenticators: [] } })
  expect((await notices(partner.id)).filter(([, text]) => text.includes('“My phone” was removed from your account'))).toHaveLength(2)
  expect(await listed(admin)).toMatchObject({ items: [], opensBy: 'message', openUntil: null })
  // The last one is gone, so a message opens the form again.
  await firstApp(app, admin)
})

test('a sign-in that ended adds nothing', async () => {
  const partner = await app.newPartner()
  const { admin } = partner
  const other = await app.signIn(partner.id, admin.memberId)
  await openForm(app, other, 'authenticator')
  await admin.call(endSignIns, { body: { which: 'others' } })
  expect((await other.call(beginTotp, { body: {} })).status).toBe(401)
})

test('a sample of a code message is shown in either language and zone, about nobody', async () => {
  const { admin } = await app.newPartner()
  const { body } = await admin.call(previewMessage, { body: { language: 'en-US', timeZone: 'Europe/London' } })
  expect(body.sms).toMatch(/^\[Partner Center\] You are about to allocate 12,000\.00 CNY to 云海\*\*\*公司 \(ID \.\.8841\)\. Code 123456, reference AB, valid 10 minutes\./)
  expect(body.mail.text).toMatch(/Requested: \d{4}-\d\d-\d\d \d\d:\d\d:\d\d GMT\+0[01]:00/)
  expect((await admin.call(previewMessage, { body: { language: 'zh-CN' } })).body.mail).toMatchObject({ subject: expect.stringContaining('安全验证：向云海***公司'), text: expect.stringContaining('GMT+08:00') })
  expect((await admin.call(previewMessage, { body: { language: 'zh-CN', timeZone: '+08:00' } })).problem.code).toBe('invalid_input')
})
