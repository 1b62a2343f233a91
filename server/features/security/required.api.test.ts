import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SensitiveOperation } from '#contract/operations.ts'
import { allocateFunds } from '#contract/funds.ts'
import { turnVerificationOff, turnVerificationOn } from '#contract/profile.ts'
import { askPasskey, checkPasskey, checkTotp, sendCode } from '#contract/proofs.ts'
import { listAuthenticators, removeAuthenticator, requireAuthenticators } from '#contract/security.ts'
import { open } from '#server/auth/seal.ts'
import { sql } from '#server/db/query.ts'
import { mountProfile } from '#server/features/profile/routes.ts'
import { createTestApp, type Client, type TestApp } from '#server/testing/app.ts'
import { ask, check, order, send } from '#server/testing/confirm.ts'
import { firstApp, firstKey, openByTotp, shownCode, type SoftPasskey } from '#server/testing/soft-authenticators.ts'
import { mountStage, newStage } from '#server/testing/sensitive.ts'
import { mountSecurity } from './routes.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp([mountSecurity, mountProfile, mountStage(newStage())])
})
afterAll(() => app.close())

const byKey = async (person: Client, id: string, passkey: SoftPasskey) =>
  await person.call(checkPasskey, { params: { id }, body: { assertion: passkey.answer((await person.call(askPasskey, { params: { id }, body: {} })).body.options) } })

/** Requires an authenticator for operations, confirmed by a passkey. */
async function demand(person: Client, passkey: SoftPasskey, operations: SensitiveOperation[]): Promise<void> {
  const asked = await person.call(requireAuthenticators, { body: { operations } })
  const proof = asked.problem.proof?.proofId ?? ''
  await byKey(person, proof, passkey)
  const done = await person.call(requireAuthenticators, { body: { operations } }, { proof })
  expect([done.status, done.body.requiredFor]).toEqual([200, operations])
}

test('an administrator requires authenticators for an operation: messages no longer confirm it, an authenticator does', async () => {
  const partner = await app.newPartner()
  const { passkey } = await firstKey(app, partner.admin)
  await demand(partner.admin, passkey, ['funds.allocate'])
  const { status, problem } = await partner.admin.call(requireAuthenticators, { body: { operations: [] } })
  expect([status, problem.proof]).toMatchObject([403, { needs: 'code', needsAuthenticator: true, channels: [], preferred: 'passkey', summary: { facts: [{ text: 'verification.require' }, { label: 'required', text: 'none' }] } }])
  const asked = await ask(partner.admin)
  expect(asked).toMatchObject({ needsAuthenticator: true, channels: [], authenticators: [{ kind: 'passkey' }], preferred: 'passkey' })
  const sent = await partner.admin.call(sendCode, { params: { id: asked.proofId }, body: { channel: 'sms' } })
  expect([sent.status, sent.problem.code, sent.problem.detail]).toEqual([409, 'no_channel', 'An administrator requires an authenticator app or a passkey for this operation. Codes by message do not confirm it.'])
  expect((await check(partner.admin, asked.proofId, '123456')).problem.code).toBe('no_channel')
  await byKey(partner.admin, asked.proofId, passkey)
  expect((await partner.admin.call(allocateFunds, order(200), { proof: asked.proofId })).status).toBe(200)
  const logged = await app.inTenant(partner.id, (tx) => tx.rows(sql`select confirmed_by, details from log_entries where partner_id = ${partner.id} and operation = 'verification.require'`))
  expect(logged).toEqual([{ confirmed_by: 'passkey', details: { before: '', after: 'funds.allocate', proof: expect.any(String) } }])
  // Every administrator hears of it.
  expect(await app.inTenant(partner.id, (tx) => tx.rows(sql`select kind from messages where partner_id = ${partner.id} and kind = 'PR-04'`))).toEqual([{ kind: 'PR-04' }])
})

test('every administrator reads what needs an authenticator from now on, and is not told of what stays', async () => {
  const partner = await app.newPartner()
  await partner.addMember({ role: 'administrator', email: 'second@partner.example' })
  await partner.addMember({ role: 'operator', email: 'third@partner.example' })
  const { passkey } = await firstKey(app, partner.admin)
  const told = () => app.inTenant(partner.id, async (tx) => (await tx.rows<{ sealed: Uint8Array }>(sql`select sealed from messages where partner_id = ${partner.id} and kind = 'PR-04' order by at`)).map(({ sealed }) => open(sealed)))
  await demand(partner.admin, passkey, ['funds.allocate'])
  expect((await told()).map((mail) => [mail.includes('Now: allocate.'), mail.includes('third@')])).toEqual([[true, false], [true, false]])
  await demand(partner.admin, passkey, ['funds.allocate'])
  expect(await told()).toHaveLength(2)
  await demand(partner.admin, passkey, [])
  expect((await told()).filter((mail) => mail.includes('Now: none.'))).toHaveLength(2)
})

test('a colleague without an authenticator is asked for one and can confirm nothing until there is', async () => {
  const partner = await app.newPartner()
  const { passkey } = await firstKey(app, partner.admin)
  await demand(partner.admin, passkey, ['funds.allocate'])
  const colleague = await partner.addMember({ role: 'operator', extra: ['funds.allocate'] })
  const asked = await ask(colleague)
  expect(asked).toMatchObject({ needs: 'code', needsAuthenticator: true, authenticators: [], channels: [], preferred: null })
  expect((await colleague.call(checkTotp, { params: { id: asked.proofId }, body: { code: '123456' } })).problem.code).toBe('no_channel')
  const { secret } = await firstApp(app, colleague)
  expect((await colleague.call(checkTotp, { params: { id: asked.proofId }, body: { code: await shownCode(app, secret) } })).status).toBe(200)
  expect((await colleague.call(allocateFunds, order(200), { proof: asked.proofId })).status).toBe(200)
})

test('a code that was sent, and one that was checked, are void as soon as the operation needs more', async () => {
  const partner = await app.newPartner()
  const { passkey } = await firstKey(app, partner.admin)
  const colleague = await partner.addMember({ role: 'operator', extra: ['funds.allocate'] })
  const [waiting, passed] = [await ask(colleague, order(1)), await ask(colleague, order(2))]
  app.travel(61)
  const code = await send(app, colleague, waiting.proofId)
  app.travel(61)
  await check(colleague, passed.proofId, await send(app, colleague, passed.proofId))
  await demand(partner.admin, passkey, ['funds.allocate'])
  expect((await check(colleague, waiting.proofId, code)).problem.code).toBe('proof_closed')
  for (const [yuan, proof] of [[1, waiting.proofId], [2, passed.proofId]] as const) {
    const { status, problem } = await colleague.call(allocateFunds, order(yuan), { proof })
    expect([status, problem.proof?.needsAuthenticator]).toEqual([403, true])
    expect(problem.proof?.proofId).not.toBe(proof)
  }
})

test('how a proof was passed is compared with what is required when it executes, whatever was required when it was frozen', async () => {
  const partner = await app.newPartner()
  const asked = await ask(partner.admin)
  app.travel(61)
  await check(partner.admin, asked.proofId, await send(app, partner.admin, asked.proofId))
  // As if the requirement had been committed between the reading of the session and the freezing of the proof.
  await app.inTenant(partner.id, (tx) => tx.run(sql`update partners set required_operations = '{funds.allocate}' where id = ${partner.id}`))
  const { status, problem } = await partner.admin.call(allocateFunds, order(200), { proof: asked.proofId })
  expect([status, problem.code, problem.proof?.needsAuthenticator]).toEqual([403, 'proof_required', true])
  await app.inTenant(partner.id, (tx) => tx.run(sql`update partners set required_operations = '{}' where id = ${partner.id}`))
  const again = await ask(partner.admin)
  expect([again.needsAuthenticator, again.channels.length]).toEqual([false, 2])
})

test('the switch turned off asks a question for other operations and still an authenticator for those that need one', async () => {
  const partner = await app.newPartner({ verificationOn: false })
  const { passkey } = await firstKey(app, partner.admin)
  expect((await ask(partner.admin)).needs).toBe('click')
  const question = await ask(partner.admin, order(5))
  await demand(partner.admin, passkey, ['funds.allocate'])
  expect((await partner.admin.call(allocateFunds, order(5), { proof: question.proofId })).problem.proof).toMatchObject({ needs: 'code', needsAuthenticator: true })
})

test('what decides about codes and authenticators needs an authenticator as soon as anything does', async () => {
  const partner = await app.newPartner()
  const { admin } = partner
  expect((await admin.call(turnVerificationOff, { body: {} })).problem.proof?.needsAuthenticator).toBe(false)
  const { passkey } = await firstKey(app, admin)
  const before = await admin.call(requireAuthenticators, { body: { operations: ['notice.takeover'] } })
  expect(before.problem.proof).toMatchObject({ needsAuthenticator: false, authenticators: [{ kind: 'passkey' }] })
  await demand(admin, passkey, ['notice.takeover'])
  expect((await admin.call(turnVerificationOff, { body: {} })).problem.proof?.needsAuthenticator).toBe(true)
  expect((await admin.call(requireAuthenticators, { body: { operations: [] } })).problem.proof?.needsAuthenticator).toBe(true)
  expect((await ask(admin)).needsAuthenticator).toBe(false)
  expect((await admin.call(turnVerificationOn, { body: {} })).status).toBe(200)
})

test('only an administrator who has an authenticator requires them, and only for operations that the partner has', async () => {
  const partner = await app.newPartner({ type: 'RESELLER' })
  const { admin } = partner
  expect((await admin.call(requireAuthenticators, { body: { operations: ['funds.allocate'] } })).problem).toMatchObject({ code: 'conflict', detail: 'Add an authenticator app or a passkey of your own before you require them.' })
  expect((await admin.call(listAuthenticators, {})).body.mayRequireFor).toEqual(['funds.allocate', 'funds.reclaim', 'verification.off', 'notice.takeover', 'coupon.voucher.issue', 'coupon.voucher.reclaim'])
  await firstKey(app, admin)
  for (const operations of [['notice.bill'], ['verification.require']] satisfies SensitiveOperation[][]) expect([operations, (await admin.call(requireAuthenticators, { body: { operations } })).problem.code]).toEqual([operations, 'invalid_input'])
  expect((await admin.call(requireAuthenticators, { body: { operations: [] } }, { raw: { operations: ['everything'] } })).status).toBe(400)
  const director = await partner.addMember({ role: 'director' })
  await firstKey(app, director)
  expect((await director.call(requireAuthenticators, { body: { operations: [] } })).problem.code).toBe('no_permission')
  expect((await director.call(listAuthenticators, {})).body).toMatchObject({ mayRequire: false, requiredFor: [] })
})

test('rows in another order are the same requirement, other operations are not', async () => {
  const partner = await app.newPartner()
  const { admin } = partner
  const { passkey } = await firstKey(app, admin)
  const { problem } = await admin.call(requireAuthenticators, { body: { operations: ['funds.allocate', 'funds.reclaim'] } })
  const proof = problem.proof?.proofId ?? ''
  expect(problem.proof?.summary.facts.slice(1)).toEqual([{ kind: 'text', label: 'required', text: 'funds.allocate' }, { kind: 'text', label: 'required', text: 'funds.reclaim' }])
  await byKey(admin, proof, passkey)
  expect((await admin.call(requireAuthenticators, { body: { operations: ['funds.reclaim', 'funds.allocate', 'funds.allocate'] } }, { proof })).body.requiredFor).toEqual(['funds.allocate', 'funds.reclaim'])
  const more = (await admin.call(requireAuthenticators, { body: { operations: ['funds.reclaim'] } })).problem.proof?.proofId ?? ''
  await byKey(admin, more, passkey)
  expect((await admin.call(requireAuthenticators, { body: { operations: [] } }, { proof: more })).problem).toMatchObject({ code: 'proof_required', proof: { why: 'changed' } })
})

test('the last authenticator among the administrators stays while something needs one', async () => {
  const partner = await app.newPartner()
  const { admin } = partner
  const { secret, id } = await firstApp(app, admin)
  const colleague = await partner.addMember({ role: 'administrator' })
  const theirs = await firstKey(app, colleague)
  await demand(colleague, theirs.passkey, ['funds.allocate'])
  await openByTotp(app, admin, secret)
  expect((await admin.call(removeAuthenticator, { params: { id } })).status).toBe(200)
  const again = await firstApp(app, admin)
  await app.inTenant(partner.id, (tx) => tx.run(sql`update members set state = 'DISABLED' where id = ${colleague.memberId}`))
  await openByTotp(app, admin, again.secret)
  expect((await admin.call(removeAuthenticator, { params: { id: again.id } })).problem).toMatchObject({ code: 'conflict', detail: expect.stringContaining('you are the only administrator who has one') })
  expect((await admin.call(listAuthenticators, {})).body.items).toHaveLength(1)
})
