import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { allocateFunds } from '#contract/funds.ts'
import { sendCode } from '#contract/proofs.ts'
import { getSession } from '#contract/session.ts'
import { createTestApp, type TestApp } from '#server/testing/app.ts'
import { ask, check, order, send, wrong } from '#server/testing/confirm.ts'
import { mountStage, newStage } from '#server/testing/sensitive.ts'
import { sql } from './query.ts'

// On the embedded database the host's clock is the database's, so this is about PostgreSQL.
let app: TestApp
beforeAll(async () => { app = await createTestApp([mountStage(newStage())]) })
afterAll(() => app.close())
afterEach(() => { vi.useRealTimers() })

/** Sets the clock of this process, and of nothing else, by so many hours. */
const setHost = (hours: number) => {
  vi.useFakeTimers({ toFake: ['Date'] })
  vi.setSystemTime(Date.now() + hours * 3_600_000)
}

test.each([[1], [-1]])('a server whose clock is off by %i h ends nothing early and prolongs nothing', async (hours) => {
  const partner = await app.newPartner()
  const person = partner.admin
  const proof = await ask(person)
  const code = await send(app, person, proof.proofId)
  setHost(hours)
  const session = (await person.call(getSession, {})).body
  expect(Math.abs(Date.parse(session.idleEndsAt) - Date.parse(session.now) - 30 * 60_000)).toBeLessThan(10_000)
  expect((await check(person, proof.proofId, code)).status).toBe(200)
  expect((await person.call(allocateFunds, order(200), { proof: proof.proofId })).status).toBe(200)

  app.travel(61)
  const late = await ask(person, order(300))
  const last = await send(app, person, late.proofId)
  expect((await person.call(sendCode, { params: { id: late.proofId }, body: { channel: 'sms' } })).problem.code).toBe('too_many_requests')
  app.travel(601)
  expect((await check(person, late.proofId, last)).problem.code).toBe('code_expired')
  const again = await send(app, person, late.proofId)
  expect((await check(person, late.proofId, again)).status).toBe(200)
  app.travel(121)
  expect((await person.call(allocateFunds, order(300), { proof: late.proofId })).problem.proof?.why).toBe('expired')

  for (const yuan of [1, 2]) {
    app.travel(61)
    const { proofId } = await ask(person, order(yuan))
    const right = await send(app, person, proofId)
    for (let guess = 0; guess < 5; guess += 1) await check(person, proofId, wrong(right))
  }
  const locked = await ask(person, order(3))
  expect((await person.call(sendCode, { params: { id: locked.proofId }, body: { channel: 'email' } })).problem.code).toBe('proof_locked')
  const rows = await app.inTenant(partner.id, (tx) => tx.rows<{ at: Date }>(sql`select at from log_entries where partner_id = ${partner.id} order by seq`))
  expect(rows.map(({ at }) => at.getTime())).toEqual(rows.map(({ at }) => at.getTime()).toSorted((a, b) => a - b))
})

test('a session that is over stays over, however far back the server’s clock is', async () => {
  const { admin } = await app.newPartner()
  app.travel(30 * 60 + 1)
  setHost(-12)
  expect((await admin.call(getSession, {})).status).toBe(401)
})
