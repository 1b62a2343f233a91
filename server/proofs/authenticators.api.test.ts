import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { allocateFunds } from '#contract/funds.ts'
import { askPasskey, checkPasskey, checkTotp, sendCode, type ProofRequired } from '#contract/proofs.ts'
import { askIdentityPasskey, beginPasskey, checkIdentityTotp } from '#contract/security.ts'
import { sql } from '#server/db/query.ts'
import { mountSecurity } from '#server/features/security/routes.ts'
import { openForm } from '#server/features/security/testing-security.ts'
import { createTestApp, type Client, type TestApp, type TestPartner } from '#server/testing/app.ts'
import { ask, check, order, send, wrong } from '#server/testing/confirm.ts'
import { addApp, addKey, firstApp, firstKey, openByTotp, shownCode, softPasskey, type SoftPasskey } from '#server/testing/soft-authenticators.ts'
import { mountStage, newStage } from '#server/testing/sensitive.ts'

let app: TestApp
const stage = newStage()
beforeAll(async () => {
  app = await createTestApp([mountStage(stage), mountSecurity])
})
afterAll(() => app.close())

const byCode = (client: Client, id: string, code: string) => client.call(checkTotp, { params: { id }, body: { code } })
const challenge = async (client: Client, id: string) => (await client.call(askPasskey, { params: { id }, body: {} })).body.options
const byKey = (client: Client, id: string, assertion: ReturnType<SoftPasskey['answer']>) => client.call(checkPasskey, { params: { id }, body: { assertion } })
const state = async ({ id }: TestPartner, proofId: string) => (await app.inTenant(id, (tx) => tx.rows<{ state: string; guesses: number; passed_by: string | null }>(sql`select state, guesses, passed_by from proofs where id = ${proofId}`)))[0]
const told = ({ status, problem }: { status: number; problem: { code: string; attemptsLeft?: number | undefined } }) => [status, problem.code, problem.attemptsLeft]

test('a person confirms by the code of an app, the record says so, and the modal offers the app first the next time', async () => {
  const { admin, id } = await app.newPartner()
  const { secret } = await firstApp(app, admin, 'Work phone')
  const asked = await ask(admin)
  expect(asked).toMatchObject({ needs: 'code', needsAuthenticator: false, authenticators: [{ kind: 'totp', name: 'Work phone' }], channels: [{ channel: 'sms' }, { channel: 'email' }] })
  expect((await byCode(admin, asked.proofId, await shownCode(app, secret))).status).toBe(200)
  expect((await admin.call(allocateFunds, order(200), { proof: asked.proofId })).status).toBe(200)
  const logged = await app.inTenant(id, (tx) => tx.rows<{ operation: string; confirmed_by: string }>(sql`select operation, confirmed_by from log_entries where partner_id = ${id} and operation in ('proof.passed', 'funds.allocate') order by seq`))
  expect(logged).toEqual([{ operation: 'proof.passed', confirmed_by: 'totp' }, { operation: 'funds.allocate', confirmed_by: 'totp' }])
  expect((await ask(admin, order(300))).preferred).toBe('totp')
})

test('a person confirms by a passkey, again and again with a counter that grows', async () => {
  const { admin, id } = await app.newPartner()
  const { passkey } = await firstKey(app, admin)
  for (const yuan of [10, 20]) {
    const { proofId } = await ask(admin, order(yuan))
    const options = await challenge(admin, proofId)
    expect(options).toMatchObject({ rpId: 'console.test', userVerification: 'required', timeout: 300_000, allowCredentials: [{ id: passkey.id, type: 'public-key', transports: ['usb'] }] })
    expect((await byKey(admin, proofId, passkey.answer(options))).status).toBe(200)
    expect((await admin.call(allocateFunds, order(yuan), { proof: proofId })).status).toBe(200)
  }
  const logged = await app.inTenant(id, (tx) => tx.rows<{ confirmed_by: string }>(sql`select confirmed_by from log_entries where partner_id = ${id} and operation = 'funds.allocate'`))
  expect(logged).toEqual([{ confirmed_by: 'passkey' }, { confirmed_by: 'passkey' }])
})

test('a code of an app works once, for whatever it is shown', async () => {
  const partner = await app.newPartner()
  const { admin } = partner
  const { secret } = await firstApp(app, admin)
  const [one, other] = [await ask(admin, order(1)), await ask(admin, order(2))]
  const code = await shownCode(app, secret)
  expect((await byCode(admin, one.proofId, code)).status).toBe(200)
  expect(told(await byCode(admin, other.proofId, code))).toEqual([422, 'code_wrong', 4])
  // Nor one of a step before the newest that was taken.
  expect(told(await byCode(admin, other.proofId, await shownCode(app, secret, -1)))).toEqual([422, 'code_wrong', 3])
  expect((await admin.call(checkIdentityTotp, { body: { change: 'mobile', code } })).problem.code).toBe('code_wrong')
  app.travel(30)
  expect((await byCode(admin, other.proofId, await shownCode(app, secret))).status).toBe(200)
})

test('the clock of the phone may be one step off, and no more', async () => {
  const { admin } = await app.newPartner()
  const { secret } = await firstApp(app, admin)
  app.travel(120)
  const { proofId } = await ask(admin)
  for (const steps of [-2, 2]) expect((await byCode(admin, proofId, await shownCode(app, secret, steps))).problem.code).toBe('code_wrong')
  expect((await byCode(admin, proofId, await shownCode(app, secret, -1))).status).toBe(200)
  const next = await ask(admin, order(7))
  expect((await byCode(admin, next.proofId, await shownCode(app, secret, 1))).status).toBe(200)
})

test('wrong codes of a message, of an app and wrong signatures share the five of the proof', async () => {
  const partner = await app.newPartner()
  const { admin } = partner
  const { secret } = await firstApp(app, admin)
  await openByTotp(app, admin, secret)
  await addKey(admin)
  app.travel(61)
  const { proofId } = await ask(admin)
  const code = await send(app, admin, proofId)
  await check(admin, proofId, wrong(code))
  const shown = await shownCode(app, secret)
  await byCode(admin, proofId, wrong(shown))
  expect(told(await byKey(admin, proofId, softPasskey().answer(await challenge(admin, proofId))))).toEqual([422, 'code_wrong', 2])
  await byCode(admin, proofId, wrong(shown))
  expect(told(await byCode(admin, proofId, wrong(shown)))).toEqual([423, 'proof_locked', 0])
  expect(told(await byCode(admin, proofId, shown))).toEqual([423, 'proof_locked', 0])
  expect(told(await check(admin, proofId, code))).toEqual([423, 'proof_locked', 0])
  expect(await state(partner, proofId)).toEqual({ state: 'locked', guesses: 5, passed_by: null })
})

test('ten wrong codes of an app lock the person, for messages, passkeys and identity checks too', async () => {
  const { admin } = await app.newPartner()
  const { secret } = await firstApp(app, admin)
  const bad = wrong(await shownCode(app, secret))
  for (const yuan of [1, 2]) {
    const { proofId } = await ask(admin, order(yuan))
    for (let guess = 0; guess < 5; guess += 1) await byCode(admin, proofId, bad)
  }
  const { proofId } = await ask(admin, order(3))
  expect((await byCode(admin, proofId, await shownCode(app, secret, 1))).problem.code).toBe('proof_locked')
  expect((await admin.call(sendCode, { params: { id: proofId }, body: { channel: 'sms' } })).problem.code).toBe('proof_locked')
  expect((await admin.call(askPasskey, { params: { id: proofId }, body: {} })).problem.code).toBe('proof_locked')
  expect((await admin.call(checkIdentityTotp, { body: { change: 'password', code: await shownCode(app, secret, 1) } })).problem.code).toBe('proof_locked')
})

const lies: [string, Parameters<SoftPasskey['answer']>[1]][] = [
  ['another site asked for it', { origin: 'http://console.evil' }], ['another port asked for it', { origin: 'http://console.test:81' }], ['it was made for another host', { rpId: 'evil.test' }],
  ['the user was not verified', { isVerified: false }], ['it answers another challenge', { challenge: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' }], ['it was made to enrol', { type: 'webauthn.create' }],
  ['its counter stands still', { counter: 1 }], ['its counter goes back to nothing', { counter: 0 }], ['it says that it is somebody else', { userHandle: 'AAAAAAAAAAAAAAAAAAAAAA' }],
]
test.each(lies)('a signature is refused and costs a guess when %s', async (_why, lie) => {
  const partner = await app.newPartner()
  const { passkey } = await firstKey(app, partner.admin)
  const { proofId } = await ask(partner.admin)
  expect(told(await byKey(partner.admin, proofId, passkey.answer(await challenge(partner.admin, proofId), lie)))).toEqual([422, 'code_wrong', 4])
  expect((await byKey(partner.admin, proofId, passkey.answer(await challenge(partner.admin, proofId)))).status).toBe(200)
})

test('a challenge is answered once, within five minutes, and by nothing that was signed for another', async () => {
  const partner = await app.newPartner()
  const { admin } = partner
  const { passkey } = await firstKey(app, admin)
  const [one, other] = [await ask(admin, order(1)), await ask(admin, order(2))]
  const answer = passkey.answer(await challenge(admin, one.proofId))
  expect((await byKey(admin, one.proofId, answer)).status).toBe(200)
  // It was for the other proof, and without a challenge of its own nothing is compared.
  expect(told(await byKey(admin, other.proofId, answer))).toEqual([422, 'code_expired', undefined])
  await challenge(admin, other.proofId)
  expect(told(await byKey(admin, other.proofId, answer))).toEqual([422, 'code_wrong', 4])
  // The wrong answer used the challenge up.
  expect(told(await byKey(admin, other.proofId, answer))).toEqual([422, 'code_expired', undefined])
  const options = await challenge(admin, other.proofId)
  app.travel(301)
  expect(told(await byKey(admin, other.proofId, passkey.answer(options)))).toEqual([422, 'code_expired', undefined])
  expect((await state(partner, other.proofId))?.guesses).toBe(1)
  expect((await byKey(admin, other.proofId, passkey.answer(await challenge(admin, other.proofId)))).status).toBe(200)
})

test('what was signed to check an identity or to enrol confirms no operation, and the other way round', async () => {
  const { admin } = await app.newPartner()
  const { passkey } = await firstKey(app, admin)
  const { proofId } = await ask(admin)
  const identity = (await admin.call(askIdentityPasskey, { body: { change: 'authenticator' } })).body.options
  expect((await byKey(admin, proofId, passkey.answer(identity))).problem.code).toBe('code_expired')
  await challenge(admin, proofId)
  expect((await byKey(admin, proofId, passkey.answer(identity))).problem.code).toBe('code_wrong')
  expect((await admin.call(beginPasskey, { body: {} })).problem.code).toBe('conflict')
})

test('a proof of somebody else, of another sign-in or of another partner does not exist, whatever is shown for it', async () => {
  const [partner, foreign] = [await app.newPartner(), await app.newPartner()]
  const { admin } = partner
  const { passkey } = await firstKey(app, admin)
  const colleague = await partner.addMember({ role: 'administrator' })
  const [theirs, outside] = [await firstKey(app, colleague), await firstKey(app, foreign.admin)]
  const second = await app.signIn(partner.id, admin.memberId)
  const { proofId } = await ask(admin)
  const options = await challenge(admin, proofId)
  for (const [person, key] of [[second, passkey], [colleague, theirs.passkey], [foreign.admin, outside.passkey]] as const) {
    expect((await byKey(person, proofId, key.answer(options))).problem.code).toBe('not_found')
    expect((await person.call(askPasskey, { params: { id: proofId }, body: {} })).problem.code).toBe('not_found')
    expect((await byCode(person, proofId, '123456')).problem.code).toBe('not_found')
  }
  // A colleague's passkey does not sign for the person.
  expect((await byKey(admin, proofId, theirs.passkey.answer(options))).problem.code).toBe('code_wrong')
  expect((await byKey(admin, proofId, theirs.passkey.answer(await challenge(admin, proofId), { id: passkey.id }))).problem.code).toBe('code_wrong')
  expect((await byKey(admin, proofId, passkey.answer(await challenge(admin, proofId)))).status).toBe(200)
})

test('without an authenticator there is nothing to confirm with, and no guess is lost', async () => {
  const partner = await app.newPartner()
  const { proofId, authenticators } = await ask(partner.admin)
  expect(authenticators).toEqual([])
  for (const reply of [await byCode(partner.admin, proofId, '123456'), await partner.admin.call(askPasskey, { params: { id: proofId }, body: {} })]) expect([reply.status, reply.problem.code]).toEqual([409, 'no_channel'])
  expect(await state(partner, proofId)).toEqual({ state: 'open', guesses: 0, passed_by: null })
  for (const code of ['12345', '1234567', 'abcdef', '１２３４５６', 123456, ['123456'], null, true, ' 12345']) {
    const { status } = await partner.admin.call(checkTotp, { params: { id: proofId }, body: { code: '123456' } }, { raw: { code } })
    expect([code, status]).toEqual([code, 400])
  }
})

test('passkeys belong to a host with a name: a console at a bare address offers none', async () => {
  const { admin } = await app.newPartner()
  await firstKey(app, admin)
  const { proofId } = await ask(admin)
  const { settings } = app.deps
  const named = settings.publicUrl
  Object.assign(settings, { publicUrl: 'http://127.0.0.1:3000', otherOrigins: [named] })
  try {
    expect((await challenge(admin, proofId)).rpId).toBe('console.test')
    Object.assign(settings, { otherOrigins: ['http://127.0.0.1:3000', 'http://[::1]:3000'] })
    const { status, problem } = await admin.call(askPasskey, { params: { id: proofId }, body: {} }, { headers: { origin: 'http://127.0.0.1:3000' } })
    expect([status, problem.code, problem.detail.includes('localhost')]).toEqual([409, 'no_channel', true])
  } finally {
    Object.assign(settings, { publicUrl: named, otherOrigins: [] })
  }
})

test('secrets and challenges rest sealed, and no answer but the one to the person holds a secret', async () => {
  const partner = await app.newPartner()
  const { admin } = partner
  await openForm(app, admin, 'authenticator')
  const { secret } = await addApp(app, admin)
  await openByTotp(app, admin, secret)
  const { passkey } = await addKey(admin)
  const { proofId } = await ask(admin, order(9), randomUUID())
  const options = await challenge(admin, proofId)
  const code = await shownCode(app, secret)
  const listed = JSON.stringify(await ask(admin, order(9)) satisfies ProofRequired)
  const { rows } = await app.engine.query(`select coalesce(string_agg(a::text, ' '), '') || (select coalesce(string_agg(c::text, ' '), '') from challenges c) || (select coalesce(string_agg(l::text, ' '), '') from log_entries l) as text from authenticators a`)
  const held = JSON.stringify(rows)
  for (const clear of [secret, Buffer.from(secret).toString('hex'), options.challenge, Buffer.from(options.challenge).toString('hex')]) expect([clear, held.includes(clear), app.logged.join().includes(clear), listed.includes(clear)]).toEqual([clear, false, false, false])
  expect(app.logged.join().includes(code)).toBe(false)
  expect(held.includes(passkey.id)).toBe(true)
})
