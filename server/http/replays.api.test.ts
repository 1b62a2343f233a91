import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { allocateFunds } from '#contract/funds.ts'
import { signOut } from '#contract/session.ts'
import { OutcomeUnknown } from '#server/db/errors.ts'
import { sql } from '#server/db/query.ts'
import { createDatabase } from '#server/db/transaction.ts'
import { createApi } from '#server/http/app.ts'
import { createTestApp, type Client, type TestApp, type TestPartner } from '#server/testing/app.ts'
import { ask, check, order, send } from '#server/testing/confirm.ts'
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

/** A proof whose code was handed in. */
async function passed(client = person, input = order(200), key: string = randomUUID()): Promise<string> {
  const { proofId } = await ask(client, input, key)
  expect((await check(client, proofId, await send(app, client, proofId))).status).toBe(200)
  return proofId
}
const stored = () => app.inTenant(partner.id, (tx) => tx.rows<{ key: string; status: number }>(sql`select key, status from request_keys where partner_id = ${partner.id}`))

test('a request that only asked for a proof leaves its key free, so the corrected request may use it', async () => {
  const key = randomUUID()
  await ask(person, order(200), key)
  stage.refusing = true
  expect((await person.call(allocateFunds, order(300), { key })).problem.code).toBe('insufficient_funds')
  stage.refusing = false
  expect(await stored()).toEqual([])
  const proof = await passed(person, order(150), key)
  expect((await person.call(allocateFunds, order(150), { key, proof })).status).toBe(200)
  expect([stage.executed, await stored()]).toEqual([['150.00'], [{ key, status: 200 }]])
})

test('the same key with another body is refused and has no effect, with and without a proof', async () => {
  const key = randomUUID()
  const proof = await passed(person, order(200), key)
  await person.call(allocateFunds, order(200), { key, proof })
  for (const options of [{ key }, { key, proof }]) expect((await person.call(allocateFunds, order(201), options)).problem).toMatchObject({ status: 422, code: 'idempotency_mismatch' })
  const reordered = await person.call(allocateFunds, order(200), { key })
  expect([reordered.status, reordered.headers.get('idempotent-replayed'), stage.executed]).toEqual([200, 'true', ['200.00']])
})

test('another person, also of the same partner, uses the same key without noticing', async () => {
  const key = randomUUID()
  await person.call(allocateFunds, order(200), { key, proof: await passed(person, order(200), key) })
  for (const other of [await partner.addMember({ role: 'administrator' }), (await app.newPartner()).admin]) {
    const answer = await other.call(allocateFunds, order(300), { key, proof: await passed(other, order(300), key) })
    expect([answer.status, answer.headers.get('idempotent-replayed')]).toEqual([200, null])
  }
  expect(stage.executed).toEqual(['200.00', '300.00', '300.00'])
})

test('whoever signed out or lost the right gets no stored answer, and a checked proof moves nothing any more', async () => {
  const key = randomUUID()
  const operator = await partner.addMember({ role: 'operator', extra: ['funds.allocate'] })
  const done = await operator.call(allocateFunds, order(200), { key, proof: await passed(operator, order(200), key) })
  app.travel(61)
  const waiting = await passed(operator, order(5))
  await app.inTenant(partner.id, (tx) => tx.run(sql`update members set extra_permissions = '{}' where partner_id = ${partner.id} and id = ${operator.memberId}`))
  for (const refused of [await operator.call(allocateFunds, order(200), { key }), await operator.call(allocateFunds, order(5), { proof: waiting })]) {
    expect([refused.status, refused.problem.code, refused.text.includes(done.body.transferId)]).toEqual([403, 'no_permission', false])
  }
  await operator.call(signOut, {})
  expect((await operator.call(allocateFunds, order(200), { key })).status).toBe(401)
  expect(stage.executed).toEqual(['200.00'])
})

test('another server of the installation replays the answer byte for byte, six days later too, and only after its week asks anew', async () => {
  const key = randomUUID()
  const proof = await passed(person, order(200), key)
  const done = await person.call(allocateFunds, order(200), { key, proof })
  app.travel(6 * 24 * 3600)
  const later = await app.signIn(partner.id, person.memberId)
  const { app: other } = createApi(app.deps, [mountStage(stage)])
  const response = await other.request('/api/funds/allocations', {
    method: 'POST', body: JSON.stringify(order(200).body),
    headers: { cookie: `session=${later.token}`, origin: 'http://console.test', 'content-type': 'application/json', 'x-csrf': app.csrfOf(later), 'idempotency-key': key },
  })
  expect([response.status, await response.text(), response.headers.get('idempotent-replayed')]).toEqual([200, done.text, 'true'])
  expect(stage.executed).toEqual(['200.00'])
})

test('when the connection dies during COMMIT nobody says what became of it, and the same key tells the truth: done', async () => {
  const key = randomUUID()
  const proof = await passed(person, order(200), key)
  let isCut = false
  const engine = { ...app.engine, transact: async (...given: Parameters<typeof app.engine.transact>) => {
    const result = await app.engine.transact(...given)
    if (isCut) throw new OutcomeUnknown('cut')
    return result
  } }
  // oxlint-disable-next-line typescript/consistent-type-assertions -- a wrapper around a generic function cannot repeat its type parameter
  const { app: cut } = createApi({ ...app.deps, database: createDatabase(engine as typeof app.engine) }, [mountStage(stage)])
  const sendTo = (server: { request: typeof cut.request }) => server.request('/api/funds/allocations', {
    method: 'POST', body: JSON.stringify(order(200).body),
    headers: { cookie: `session=${person.token}`, origin: 'http://console.test', 'content-type': 'application/json', 'x-csrf': app.csrfOf(person), 'idempotency-key': key, 'x-proof-id': proof },
  })
  isCut = true
  const unknown = await sendTo(cut)
  expect([unknown.status, JSON.parse(await unknown.text()).code, unknown.headers.get('retry-after')]).toEqual([503, 'outcome_unknown', '1'])
  isCut = false
  const told = await sendTo(cut)
  expect([told.status, told.headers.get('idempotent-replayed'), stage.executed]).toEqual([200, 'true', ['200.00']])
})

test('a key that is already at work is answered 409 with a time to come back, or with the answer', async () => {
  const key = randomUUID()
  const proof = await passed(person, order(200), key)
  const answers = await Promise.all(Array.from({ length: 10 }, () => person.call(allocateFunds, order(200), { key, proof })))
  expect(answers.filter(({ status }) => status !== 200).map(({ problem, headers }) => [problem.code, headers.get('retry-after')])).toEqual(answers.filter(({ status }) => status !== 200).map(() => ['in_progress', '1']))
  expect(new Set(answers.filter(({ status }) => status === 200).map(({ text }) => text)).size).toBe(1)
  expect(stage.executed).toEqual(['200.00'])
})
