import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { allocateFunds } from '#contract/funds.ts'
import { sql } from '#server/db/query.ts'
import { createTestApp, type Client, type TestApp, type TestPartner } from '#server/testing/app.ts'
import { ask, check, order, send, wrong } from '#server/testing/confirm.ts'
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
