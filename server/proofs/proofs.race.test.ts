import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { allocateFunds } from '#contract/funds.ts'
import { amountFromMinor } from '#contract/money.ts'
import { checkCode, sendCode } from '#contract/proofs.ts'
import { sql } from '#server/db/query.ts'
import { createTestApp, type Client, type TestApp } from '#server/testing/app.ts'
import { mountStage, newStage, type Stage } from '#server/testing/sensitive.ts'

const rounds = 3
let app: TestApp
let stage: Stage
let person: Client
let partnerId: string
const order = (yuan = 200) => ({ body: { from: 'top-up' as const, items: [{ customerId: '11111111-1111-4111-8111-111111111111', amount: amountFromMinor(BigInt(yuan) * 100n) }] } })
const all = <T>(count: number, work: (n: number) => Promise<T>) => Promise.all(Array.from({ length: count }, (_, n) => work(n)))

beforeAll(async () => {
  stage = newStage()
  app = await createTestApp([mountStage(stage)], { poolMax: 20 })
})
afterAll(() => app.close())
beforeEach(async () => {
  Object.assign(stage, newStage())
  const partner = await app.newPartner()
  partnerId = partner.id
  person = partner.admin
})

async function openProof(client = person, input = order()): Promise<string> {
  const { problem } = await client.call(allocateFunds, input)
  return problem.proof?.proofId ?? ''
}
async function newCode(proofId: string, client = person): Promise<string> {
  expect((await client.call(sendCode, { params: { id: proofId }, body: { channel: 'sms' } })).status).toBe(200)
  return /Code (\d{6})/.exec(app.sms.sent.at(-1)?.text ?? '')?.[1] ?? ''
}
const check = (proofId: string, code: string, client = person) => client.call(checkCode, { params: { id: proofId }, body: { code } })
const executions = (proofId: string) => app.database.inGlobal((tx) => tx.rows(sql`select 1 from installation where key = ${`executed:${proofId}`}`))
const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0')

test('of a hundred parallel guesses five are compared, and the right code is then too late', async () => {
  for (let round = 0; round < rounds; round += 1) {
    const partner = await app.newPartner()
    const proofId = await openProof(partner.admin)
    const code = await newCode(proofId, partner.admin)
    const answers = await all(100, () => check(proofId, wrong(code), partner.admin))
    const codes = answers.map(({ problem }) => problem.code)
    expect(codes.filter((one) => one === 'code_wrong')).toHaveLength(4)
    expect(new Set(codes)).toEqual(new Set(['code_wrong', 'proof_locked']))
    expect((await check(proofId, code, partner.admin)).problem.code).toBe('proof_locked')
    const [row] = await app.inTenant(partner.id, (tx) => tx.rows<{ guesses: number; wrong: number }>(sql`
      select guesses, (select count(*)::int from log_entries where partner_id = ${partner.id} and operation = 'proof.wrong') as wrong from proofs where id = ${proofId}`))
    expect(row).toEqual({ guesses: 5, wrong: 5 })
  }
})

test('of fifty parallel checks with the right code exactly one succeeds', async () => {
  for (let round = 0; round < rounds; round += 1) {
    const partner = await app.newPartner()
    const proofId = await openProof(partner.admin)
    const code = await newCode(proofId, partner.admin)
    const answers = await all(50, () => check(proofId, code, partner.admin))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    const [guard] = await app.inTenant(partner.id, (tx) => tx.rows<{ n: number }>(sql`select cardinality(guesses) as n from verification_guards where partner_id = ${partner.id}`))
    expect(guard?.n).toBe(0)
  }
})

test('of a hundred parallel repeats with one checked proof, under many keys, exactly one executes', async () => {
  const proofId = await openProof()
  await check(proofId, await newCode(proofId))
  const answers = await all(100, () => person.call(allocateFunds, order(), { proof: proofId }))
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  expect(await executions(proofId)).toHaveLength(1)
})

test('a hundred identical requests under one key have one effect and one answer', async () => {
  const proofId = await openProof()
  await check(proofId, await newCode(proofId))
  const key = randomUUID()
  const answers = await all(100, () => person.call(allocateFunds, order(), { proof: proofId, key }))
  const done = answers.filter(({ status }) => status === 200)
  expect(new Set(done.map(({ text }) => text)).size).toBe(1)
  expect(answers.filter(({ status }) => status !== 200).every(({ problem }) => problem.code === 'in_progress' || problem.code === 'busy')).toBe(true)
  expect(done.filter(({ headers }) => headers.get('idempotent-replayed') === null)).toHaveLength(1)
  expect(await executions(proofId)).toHaveLength(1)
  expect((await person.call(allocateFunds, order(201), { key, proof: proofId })).problem.code).toBe('idempotency_mismatch')
})

test('of a hundred parallel sends for one person one leaves', async () => {
  const proofIds = await all(3, (n) => openProof(person, order(n + 1)))
  const before = app.sms.sent.length + app.email.sent.length
  const answers = await all(100, (n) => person.call(sendCode, { params: { id: proofIds[n % 3] ?? '' }, body: { channel: n % 2 ? 'sms' : 'email' } }))
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  expect(app.sms.sent.length + app.email.sent.length - before).toBe(1)
})

test('two proofs for the same unchanged form asked at once are one proof', async () => {
  const ids = await all(20, () => openProof())
  expect(new Set(ids).size).toBe(1)
})

test('wrong codes over several proofs at once lock the person after ten, not later', async () => {
  const proofIds: string[] = []
  const codes: string[] = []
  for (const yuan of [1, 2, 3]) {
    const proofId = await openProof(person, order(yuan))
    proofIds.push(proofId)
    codes.push(await newCode(proofId))
    app.travel(61)
  }
  await all(60, (n) => check(proofIds[n % 3] ?? '', wrong(codes[n % 3] ?? '')))
  const [row] = await app.inTenant(partnerId, (tx) => tx.rows<{ compared: number; locked: boolean }>(sql`select
    (select count(*)::int from log_entries where partner_id = ${partnerId} and operation = 'proof.wrong') as compared,
    (select locked_until is not null from verification_guards where partner_id = ${partnerId}) as locked`))
  expect(row?.locked).toBe(true)
  expect(row?.compared).toBeLessThanOrEqual(10)
})

test('of twenty different operations that a person asks for at once three can be confirmed, the others are void', async () => {
  for (let round = 0; round < rounds; round += 1) {
    const partner = await app.newPartner()
    await openProof(partner.admin, order(100))
    expect((await all(20, (n) => partner.admin.call(allocateFunds, order(200 + n)))).map(({ problem }) => problem.code)).toEqual(Array.from({ length: 20 }, () => 'proof_required'))
    expect(await app.inTenant(partner.id, (tx) => tx.rows(sql`select state, count(*)::int as count from proofs where partner_id = ${partner.id} group by state order by state`))).toEqual([{ state: 'open', count: 3 }, { state: 'void', count: 18 }])
  }
})
