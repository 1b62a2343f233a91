import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { allocateFunds } from '#contract/funds.ts'
import { checkCode, sendCode } from '#contract/proofs.ts'
import { signOut } from '#contract/session.ts'
import { sql } from '#server/db/query.ts'
import { createTestApp, type Client, type TestApp, type TestPartner } from '#server/testing/app.ts'
import { ask, check, items, newestCode, order, send, wrong } from '#server/testing/confirm.ts'
import { mountStage, newStage, type Stage } from '#server/testing/sensitive.ts'

let app: TestApp
let stage: Stage
let partner: TestPartner
let person: Client

beforeAll(async () => {
  stage = newStage()
  app = await createTestApp([mountStage(stage)])
})
afterAll(() => app.close())
beforeEach(async () => {
  Object.assign(stage, newStage())
  partner = await app.newPartner()
  person = partner.admin
})

test('a person confirms by SMS and the same request executes once', async () => {
  const key = randomUUID()
  const proof = await ask(person, order(200), key)
  expect(proof).toMatchObject({ why: 'needed', needs: 'code', attemptsLeft: 5, sendsUsed: 0, summary: { total: '200.00', count: 1 } })
  expect(stage.executed).toEqual([])
  expect((await check(person, proof.proofId, await send(app, person, proof.proofId))).status).toBe(200)
  const done = await person.call(allocateFunds, order(200), { key, proof: proof.proofId })
  expect([done.status, stage.executed]).toEqual([200, ['200.00']])
  const again = await person.call(allocateFunds, order(200), { key, proof: proof.proofId })
  expect([again.status, again.text, again.headers.get('idempotent-replayed')]).toEqual([200, done.text, 'true'])
  expect((await person.call(allocateFunds, order(200), { proof: proof.proofId })).problem.proof?.why).toBe('used')
  expect(stage.executed).toEqual(['200.00'])
})

test('the code reaches only the contact that the server knows, and no answer carries it', async () => {
  const proof = await ask(person)
  const { status, text } = await person.call(sendCode, { params: { id: proof.proofId }, body: { channel: 'email' } })
  const code = newestCode(app, 'email')
  expect(status).toBe(200)
  expect(code).toMatch(/^\d{6}$/)
  expect(text).not.toContain(code)
  expect(app.logged.join()).not.toContain(code)
  const stored = await app.inTenant(partner.id, (tx) => tx.rows<{ all: string }>(sql`select row_to_json(p)::text as all from proofs p where id = ${proof.proofId}`))
  expect(stored[0]?.all).not.toContain(code)
  expect((await person.call(sendCode, { params: { id: proof.proofId }, body: { channel: 'email' } }, { raw: { channel: 'email', to: 'x@y.example' } })).problem.code).toBe('unknown_field')
})

test('the unchanged form finds its open proof with the guesses already spent', async () => {
  const first = await ask(person)
  await check(person, first.proofId, wrong(await send(app, person, first.proofId)))
  expect(await ask(person)).toMatchObject({ proofId: first.proofId, attemptsLeft: 4, sendsUsed: 1 })
})

test('rows in another order are the same operation, another amount is not and voids the code', async () => {
  const proof = await ask(person, order(100, 50))
  await check(person, proof.proofId, await send(app, person, proof.proofId))
  const changed = await person.call(allocateFunds, order(100, 51), { proof: proof.proofId })
  expect(changed.problem.proof).toMatchObject({ why: 'changed', summary: { total: '151.00' } })
  const original = await person.call(allocateFunds, order(100, 50), { proof: proof.proofId })
  expect(original.problem.code).toBe('proof_required')
  expect(stage.executed).toEqual([])

  const second = await ask(person, order(30, 20))
  app.travel(61)
  await check(person, second.proofId, await send(app, person, second.proofId))
  const reversed = { body: { from: 'top-up' as const, items: items(30, 20).toReversed() } }
  expect((await person.call(allocateFunds, reversed, { proof: second.proofId })).status).toBe(200)
})

test('a fact that changed on the server makes the person look again; a balance that only surrounds it does not', async () => {
  const proof = await ask(person)
  await check(person, proof.proofId, await send(app, person, proof.proofId))
  stage.balanceNote = 5n
  stage.source = 'credit'
  expect((await person.call(allocateFunds, order(200), { proof: proof.proofId })).problem.proof?.why).toBe('changed')
  stage.source = 'top-up'
  const other = await ask(person, order(300))
  app.travel(61)
  await check(person, other.proofId, await send(app, person, other.proofId))
  stage.balanceNote = 7n
  expect((await person.call(allocateFunds, order(300), { proof: other.proofId })).status).toBe(200)
})

test('five wrong codes lock the proof, over resends, and the right one comes too late', async () => {
  const proof = await ask(person)
  let code = await send(app, person, proof.proofId)
  for (const left of [4, 3]) expect((await check(person, proof.proofId, wrong(code))).problem).toMatchObject({ code: 'code_wrong', attemptsLeft: left })
  app.travel(61)
  code = await send(app, person, proof.proofId, 'email')
  for (const left of [2, 1]) expect((await check(person, proof.proofId, wrong(code))).problem).toMatchObject({ code: 'code_wrong', attemptsLeft: left })
  expect((await check(person, proof.proofId, wrong(code))).problem.code).toBe('proof_locked')
  expect((await check(person, proof.proofId, code)).problem.code).toBe('proof_locked')
  expect((await person.call(allocateFunds, order(200), { proof: proof.proofId })).problem.proof?.why).toBe('locked')
})

test('ten wrong codes within an hour lock the person for half an hour, whatever the proof or sign-in', async () => {
  for (const amount of [1, 2]) {
    const proof = await ask(person, order(amount))
    const code = await send(app, person, proof.proofId)
    for (let guess = 0; guess < 5; guess += 1) await check(person, proof.proofId, wrong(code))
    app.travel(61)
  }
  const again = await app.signIn(partner.id, person.memberId)
  const proof = await ask(again, order(3))
  const refused = await again.call(sendCode, { params: { id: proof.proofId }, body: { channel: 'sms' } })
  expect(refused.problem).toMatchObject({ code: 'proof_locked', status: 423 })
  expect(refused.problem.retryAfter).toBeGreaterThan(1600)
  app.travel(31 * 60)
  const rested = await app.signIn(partner.id, person.memberId)
  const later = await ask(rested, order(4))
  expect((await check(rested, later.proofId, await send(app, rested, later.proofId))).status).toBe(200)
})

test('a code lives ten minutes and costs no guess afterwards', async () => {
  const proof = await ask(person)
  const code = await send(app, person, proof.proofId)
  app.travel(601)
  expect((await check(person, proof.proofId, code)).problem).toMatchObject({ code: 'code_expired', attemptsLeft: 5 })
})

test('a newer code voids the earlier one', async () => {
  const proof = await ask(person)
  const first = await send(app, person, proof.proofId)
  app.travel(61)
  const second = await send(app, person, proof.proofId)
  // One in a million times both are the same digits.
  expect((await check(person, proof.proofId, first === second ? wrong(first) : first)).problem.code).toBe('code_wrong')
  expect((await check(person, proof.proofId, second)).status).toBe(200)
})

test('a checked proof is good for two minutes', async () => {
  const proof = await ask(person)
  await check(person, proof.proofId, await send(app, person, proof.proofId))
  app.travel(121)
  expect((await person.call(allocateFunds, order(200), { proof: proof.proofId })).problem.proof?.why).toBe('expired')
  const next = await ask(person, order(201))
  await check(person, next.proofId, await send(app, person, next.proofId))
  app.travel(118)
  expect((await person.call(allocateFunds, order(201), { proof: next.proofId })).status).toBe(200)
})

test('a proof lives thirty minutes, however often a code is sent again', async () => {
  const proof = await ask(person)
  app.travel(29 * 60)
  const code = await send(app, person, proof.proofId)
  app.travel(61)
  expect((await check(person, proof.proofId, code)).problem.code).toBe('proof_closed')
  expect((await ask(person)).proofId).not.toBe(proof.proofId)
})

test('somebody else, another session and another partner meet a proof that does not exist', async () => {
  const proof = await ask(person)
  const code = await send(app, person, proof.proofId)
  const colleague = await partner.addMember({ role: 'administrator' })
  const elsewhere = await app.signIn(partner.id, person.memberId)
  const stranger = (await app.newPartner()).admin
  for (const other of [colleague, elsewhere, stranger]) {
    expect((await check(other, proof.proofId, code)).problem.code).toBe('not_found')
    expect((await other.call(sendCode, { params: { id: proof.proofId }, body: { channel: 'sms' } })).problem.code).toBe('not_found')
    expect((await other.call(allocateFunds, order(200), { proof: proof.proofId })).problem.proof?.why).toBe('needed')
  }
  expect((await check(person, proof.proofId, code)).status).toBe(200)
  for (const other of [colleague, elsewhere]) expect((await other.call(allocateFunds, order(200), { proof: proof.proofId })).problem.proof?.why).toBe('needed')
  await person.call(signOut, {})
  expect(stage.executed).toEqual([])
})

test('malformed codes are refused before they cost a guess', async () => {
  const proof = await ask(person)
  await send(app, person, proof.proofId)
  for (const code of ['12345', '1234567', 'abcdef', '１２３４５６', ' 12345', 123456, ['123456'], { code: '1' }, null, true]) {
    const { status } = await person.call(checkCode, { params: { id: proof.proofId }, body: { code: '' } }, { raw: { code } })
    expect(status).toBe(400)
  }
  expect((await ask(person)).attemptsLeft).toBe(5)
})

test('four sends a proof, a minute apart, each slot taken before the provider is asked', async () => {
  const proof = await ask(person)
  await send(app, person, proof.proofId)
  const soon = await person.call(sendCode, { params: { id: proof.proofId }, body: { channel: 'email' } })
  expect(soon.problem).toMatchObject({ code: 'too_many_requests', status: 429 })
  expect(Number(soon.headers.get('retry-after'))).toBe(soon.problem.retryAfter)
  for (let sends = 2; sends <= 4; sends += 1) {
    app.travel(61)
    await send(app, person, proof.proofId)
  }
  app.travel(61)
  expect((await person.call(sendCode, { params: { id: proof.proofId }, body: { channel: 'sms' } })).problem.code).toBe('sends_used_up')
})

test('a provider that fails costs the send, says so, and leaves the other channel open at once', async () => {
  const proof = await ask(person)
  app.sms.failing = true
  const failed = await person.call(sendCode, { params: { id: proof.proofId }, body: { channel: 'sms' } })
  app.sms.failing = false
  expect(failed.problem).toMatchObject({ code: 'send_failed', status: 503 })
  expect((await person.call(sendCode, { params: { id: proof.proofId }, body: { channel: 'email' } })).body.sendsUsed).toBe(2)
})

test('with the switch off the repeat itself is the confirmation, and nothing else of a proof changes', async () => {
  const calm = await app.newPartner({ verificationOn: false })
  const proof = await ask(calm.admin)
  expect(proof).toMatchObject({ needs: 'click', channels: [] })
  expect((await calm.admin.call(allocateFunds, order(201), { proof: proof.proofId })).problem.proof?.why).toBe('changed')
  const next = await ask(calm.admin)
  expect((await calm.admin.call(allocateFunds, order(200), { proof: next.proofId })).status).toBe(200)
  expect((await calm.admin.call(allocateFunds, order(200), { proof: next.proofId })).problem.proof?.why).toBe('used')
})

test('a rule that refuses the confirmed repeat spends the proof, moves nothing and is replayed', async () => {
  const key = randomUUID()
  const proof = await ask(person, order(200), key)
  await check(person, proof.proofId, await send(app, person, proof.proofId))
  stage.refusing = true
  const refused = await person.call(allocateFunds, order(200), { key, proof: proof.proofId })
  expect(refused.problem.code).toBe('insufficient_funds')
  stage.refusing = false
  const replayed = await person.call(allocateFunds, order(200), { key, proof: proof.proofId })
  expect([replayed.text, replayed.headers.get('idempotent-replayed')]).toEqual([refused.text, 'true'])
  expect((await person.call(allocateFunds, order(200), { proof: proof.proofId })).problem.proof?.why).toBe('used')
})

test('what only shows while executing is undone to the last row and stored as the answer', async () => {
  const key = randomUUID()
  const proof = await ask(person, order(200), key)
  await check(person, proof.proofId, await send(app, person, proof.proofId))
  stage.refusingLate = true
  expect((await person.call(allocateFunds, order(200), { key, proof: proof.proofId })).problem.code).toBe('conflict')
  const left = await app.database.inGlobal((tx) => tx.rows(sql`select 1 from installation where key = ${`executed:${proof.proofId}`}`))
  expect(left).toEqual([])
})

test('a fault of the program moves nothing, keeps the proof, and the same request works afterwards', async () => {
  const key = randomUUID()
  const proof = await ask(person, order(200), key)
  await check(person, proof.proofId, await send(app, person, proof.proofId))
  stage.failing = true
  const failed = await person.call(allocateFunds, order(200), { key, proof: proof.proofId })
  expect(failed.problem).toMatchObject({ code: 'internal', status: 500 })
  expect(failed.text).not.toContain('fire')
  stage.failing = false
  expect((await person.call(allocateFunds, order(200), { key, proof: proof.proofId })).status).toBe(200)
})

test('a fourth open proof voids the oldest', async () => {
  const first = await ask(person, order(1))
  for (const amount of [2, 3, 4]) await ask(person, order(amount))
  expect((await ask(person, order(1))).proofId).not.toBe(first.proofId)
})

test('an unverified contact never receives a code, and a person without one is told', async () => {
  await app.inTenant(partner.id, (tx) => tx.run(sql`update members set mobile_verified = false, email_verified = false where partner_id = ${partner.id} and id = ${person.memberId}`))
  const proof = await ask(person)
  expect(proof.channels).toEqual([])
  expect((await person.call(sendCode, { params: { id: proof.proofId }, body: { channel: 'sms' } })).problem.code).toBe('no_channel')
})

test('no field, header or query of a request skips the proof', async () => {
  for (const headers of [{ 'x-verified': '1' }, { 'x-proof-skip': 'true' }, { 'x-proof-id': 'true' }] satisfies Record<string, string>[]) {
    expect((await person.call(allocateFunds, order(200), { headers })).problem.code).toBe('proof_required')
  }
  expect((await person.call(allocateFunds, order(200), { raw: { ...order(200).body, verified: true } })).problem.code).toBe('unknown_field')
  expect(stage.executed).toEqual([])
})

test('every step leaves a row in the operation log, and none holds the code', async () => {
  const proof = await ask(person)
  const code = await send(app, person, proof.proofId)
  await check(person, proof.proofId, wrong(code))
  await check(person, proof.proofId, code)
  await person.call(allocateFunds, order(200), { proof: proof.proofId })
  const rows = await app.inTenant(partner.id, (tx) => tx.rows<{ operation: string; confirmed_by: string; all: string }>(sql`select operation, confirmed_by, row_to_json(e)::text as all from log_entries e where partner_id = ${partner.id} order by seq`))
  expect(rows.map((row) => row.operation)).toEqual(['proof.frozen', 'proof.sent', 'proof.wrong', 'proof.passed', 'funds.allocate'])
  expect(rows.at(-1)?.confirmed_by).toBe('sms')
  expect(rows.map((row) => row.all).join()).not.toContain(code)
})
