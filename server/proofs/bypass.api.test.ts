import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { allocateFunds } from '#contract/funds.ts'
import { sendCode } from '#contract/proofs.ts'
import { getSession, setUpPassword } from '#contract/session.ts'
import { createSetUp } from '#server/auth/set-up.ts'
import { sql } from '#server/db/query.ts'
import { createApi } from '#server/http/app.ts'
import { createTestApp, testPassword, type Client, type TestApp, type TestPartner } from '#server/testing/app.ts'
import { ask, check, newestCode, order, send, wrong } from '#server/testing/confirm.ts'
import { mountStage, newStage, type Stage } from '#server/testing/sensitive.ts'

const origin = 'http://console.test'
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

const stateOf = async (proofId: string) => (await app.inTenant(partner.id, (tx) => tx.rows<{ state: string; guesses: number; sends: number }>(sql`select state, guesses, sends from proofs where id = ${proofId}`)))[0]
const raw = (path: string, body: unknown, headers: Record<string, string> = {}) => app.request(path, {
  method: 'POST', body: JSON.stringify(body), headers: { cookie: `session=${person.token}`, origin, 'content-type': 'application/json', 'x-csrf': app.csrfOf(person), 'idempotency-key': crypto.randomUUID(), 'accept-language': 'en-US', ...headers },
})

test('nothing but the header, once, holds a proof up; no other way leads around it', async () => {
  const { proofId } = await ask(person)
  await check(person, proofId, await send(app, person, proofId))
  const { body } = order(200)
  const codeOf = async (response: Response) => JSON.parse(await response.text()).code
  for (const headers of [{ 'x-proof-id': `${proofId}, ${proofId}` }, { 'x-proof-id': `${proofId};` }, { 'x-proof': proofId }, { cookie: `session=${person.token}; x-proof-id=${proofId}` }, { 'x-http-method-override': 'PUT' }, { 'x-original-url': '/api/session' }]) {
    expect([headers, await codeOf(await raw('/api/funds/allocations', body, headers))]).toEqual([headers, 'proof_required'])
  }
  for (const extra of [{ proofId }, { 'X-Proof-Id': proofId }, { confirmed: true }, { needs: 'click' }]) expect(await codeOf(await raw('/api/funds/allocations', { ...body, ...extra }))).toBe('unknown_field')
  expect(await codeOf(await raw(`/api/funds/allocations?proofId=${proofId}`, body))).toBe('unknown_field')
  for (const path of ['/api/funds/allocations/', '/API/funds/allocations', '/api/v1/funds/allocations', '/api//funds/allocations', '/api/funds/%61llocations/x', '/api/funds/allocations.json']) expect([path, (await raw(path, body)).status]).toEqual([path, 404])
  expect((await raw('/api/funds/allocations', body, { 'content-type': 'application/x-www-form-urlencoded' })).status).toBe(415)
  expect(stage.executed).toEqual([])
  expect((await person.call(allocateFunds, order(200), { proof: proofId })).status).toBe(200)
})

test('another sign-in, address, browser, language, channel or spelling gives no guess back', async () => {
  const { proofId } = await ask(person)
  const code = await send(app, person, proofId)
  const disguises: [path: string, headers: Record<string, string>][] = [
    [`/api/proofs/${proofId}/check`, { 'x-forwarded-for': '203.0.113.9', 'user-agent': 'another', forwarded: 'for=203.0.113.9' }], [`/api/proofs/${proofId.toUpperCase()}/check`, {}],
    [`/api/proofs/${encodeURIComponent(proofId)}/check`, { 'accept-language': 'zh-CN' }], [`/api/proofs/%${proofId.charCodeAt(0).toString(16)}${proofId.slice(1)}/check`, { 'x-real-ip': '203.0.113.10' }],
  ]
  for (const [at, [path, headers]] of disguises.entries()) {
    const problem = JSON.parse(await (await raw(path, { code: wrong(code) }, headers)).text())
    expect([path, problem.code, problem.attemptsLeft]).toEqual([path, 'code_wrong', 4 - at])
  }
  app.travel(61)
  const newer = await send(app, person, proofId, 'email')
  expect((await check(person, proofId, wrong(newer))).problem.code).toBe('proof_locked')
  expect((await check(person, proofId, newer)).problem.code).toBe('proof_locked')
  // The person's own count goes on over another sign-in and another proof.
  const again = await app.signIn(partner.id, person.memberId)
  app.travel(61)
  const next = await ask(again, order(7))
  const last = await send(app, again, next.proofId)
  for (let guess = 0; guess < 5; guess += 1) await check(again, next.proofId, wrong(last))
  app.travel(61)
  const third = await ask(again, order(8))
  expect((await again.call(sendCode, { params: { id: third.proofId }, body: { channel: 'sms' } })).problem).toMatchObject({ code: 'proof_locked', status: 423 })
})

test('the right code works under any spelling of the proof’s id', async () => {
  const { proofId } = await ask(person)
  const code = await send(app, person, proofId)
  expect((await check(person, proofId.toUpperCase(), code)).status).toBe(200)
})

test('what opens one flow opens no other', async () => {
  const { proofId } = await ask(person)
  const code = await send(app, person, proofId)
  const token = await app.inTenant(partner.id, (tx, now) => createSetUp(tx, now, partner.id, person.memberId, 1800))
  const setUp = (value: string) => person.call(setUpPassword, { body: { token: value, password: 'correct horse battery' } })
  for (const value of [code, code.padEnd(43, '0'), proofId, person.token]) expect((await setUp(value)).status).toBeGreaterThanOrEqual(400)
  expect((await app.request('/api/session', { headers: { cookie: `session=${token}` } })).status).toBe(401)
  expect((await check(person, proofId, token)).problem.code).toBe('code_malformed')
  for (const proof of [token, person.sessionId, crypto.randomUUID()]) expect((await person.call(allocateFunds, order(200), { proof })).problem.code).toBe('proof_required')
  // A code of one operation fits no other, nor another proof of the same person.
  const other = await ask(person, order(9))
  expect((await check(person, other.proofId, code)).problem.code).toBe('code_expired')
  expect(stage.executed).toEqual([])
  expect((await check(person, proofId, code)).status).toBe(200)
  // A new password voids what waits, also a checked proof, and signs nobody in.
  const set = await setUp(token)
  expect([set.status, set.headers.get('set-cookie'), (await stateOf(proofId))?.state, (await person.call(getSession, {})).status]).toEqual([200, null, 'void', 401])
  expect((await setUp(token)).problem.code).toBe('not_found')
  // The next link is bound to this person, voided by a newer one, and over after its life.
  const make = () => app.inTenant(partner.id, (tx, now) => createSetUp(tx, now, partner.id, person.memberId, 1800))
  const [older, newer] = [await make(), await make()]
  expect((await setUp(older)).problem.code).toBe('not_found')
  app.travel(1801)
  expect((await setUp(newer)).problem.code).toBe('not_found')
})

test('while the counters cannot be written, no code leaves, no guess is looked at and nobody signs in', async () => {
  const { proofId } = await ask(person)
  const before = app.sms.sent.length
  await app.engine.script('alter table limits rename to limits_away')
  const refused = await person.call(sendCode, { params: { id: proofId }, body: { channel: 'sms' } })
  const signIn = await raw('/api/session', { account: partner.account, member: '', password: testPassword })
  await app.engine.script('alter table limits_away rename to limits')
  expect([refused.status, refused.problem.code, signIn.status, signIn.headers.get('set-cookie')]).toEqual([500, 'internal', 500, null])
  expect([app.sms.sent.length - before, await stateOf(proofId)]).toEqual([0, { state: 'open', guesses: 0, sends: 0 }])

  const code = await send(app, person, proofId)
  await app.engine.script('alter table verification_guards rename to guards_away')
  const guess = await check(person, proofId, code)
  await app.engine.script('alter table guards_away rename to verification_guards')
  expect([guess.status, await stateOf(proofId)]).toEqual([500, { state: 'open', guesses: 0, sends: 1 }])
  expect((await check(person, proofId, code)).status).toBe(200)
})

test('a provider that hangs is given up within six seconds, the slot stays used, and everybody else goes on meanwhile', async () => {
  const { proofId } = await ask(person)
  const deliver = app.sms.send
  app.sms.send = () => new Promise(() => undefined)
  const from = performance.now()
  const sending = person.call(sendCode, { params: { id: proofId }, body: { channel: 'sms' } })
  const meanwhile = await Promise.all(Array.from({ length: 25 }, () => person.call(getSession, {})))
  const others = performance.now() - from
  const failed = await sending
  app.sms.send = deliver
  expect([failed.status, failed.problem.code, performance.now() - from < 6000]).toEqual([503, 'send_failed', true])
  expect([new Set(meanwhile.map(({ status }) => status)), others < 4000, await stateOf(proofId)]).toEqual([new Set([200]), true, { state: 'open', guesses: 0, sends: 1 }])
  expect((await person.call(sendCode, { params: { id: proofId }, body: { channel: 'email' } })).body.sendsUsed).toBe(2)
  expect((await check(person, proofId, newestCode(app, 'email'))).status).toBe(200)
})

test('an address is believed only as far behind the connection as there are proxies of ours', async () => {
  const [{ login } = { login: '' }] = await app.inTenant(partner.id, (tx) => tx.rows<{ login: string }>(sql`select login from members where id = ${person.memberId}`))
  const addressWith = async (hops: number, forwarded: string) => {
    const { app: server } = createApi({ ...app.deps, settings: { ...app.deps.settings, trustedProxyHops: hops } }, [])
    await server.request('/api/session', { method: 'POST', body: JSON.stringify({ account: partner.account, member: login, password: testPassword }), headers: { origin, 'content-type': 'application/json', 'x-forwarded-for': forwarded, 'x-real-ip': '198.51.100.1', forwarded: 'for=198.51.100.2' } })
    const [row] = await app.inTenant(partner.id, (tx) => tx.rows<{ address: string }>(sql`select address from sessions where member_id = ${person.memberId} order by started_at desc, seen_at desc limit 1`))
    app.travel(1)
    return row?.address
  }
  expect(await addressWith(0, '203.0.113.1, 203.0.113.2')).toBe('unknown')
  expect(await addressWith(1, '203.0.113.1, 203.0.113.2')).toBe('203.0.113.2')
  expect(await addressWith(2, '192.0.2.66, 203.0.113.1, 203.0.113.2')).toBe('203.0.113.1')
  expect(await addressWith(1, '203.0.113.1, "><script>')).toBe('unknown')
})
