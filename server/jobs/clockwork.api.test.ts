import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { takeLimit } from '#server/db/limit.ts'
import { sql } from '#server/db/query.ts'
import { booksClosed, openBooks } from '#server/ledger/books.ts'
import { createTestApp, type TestApp } from '#server/testing/app.ts'
import { checkLedger } from './ledger-check.ts'
import { sweep } from './sweep.ts'

let app: TestApp
beforeAll(async () => { app = await createTestApp([]) })
afterAll(() => app.close())

test('books that balance stay open; one wrong cent closes them for everybody, is told once and stands in the log', async () => {
  const [partner] = [await app.newPartner({ topUp: 1_000n }), await app.newPartner({ topUp: 1_000n })]
  const told: string[] = []
  const check = () => checkLedger(app.database, ({ message }) => void told.push(message))
  await check()
  expect(await app.database.inGlobal(booksClosed)).toBe(false)

  await app.inTenant(partner.id, (tx) => tx.run(sql`update accounts set balance = balance + 1 where partner_id = ${partner.id} and kind = 'top-up'`))
  await check()
  await check()
  expect(await app.database.inGlobal(booksClosed)).toBe(true)
  expect(told).toEqual(['the books do not balance in 1 places; money operations are stopped'])
  const rows = await app.inTenant(partner.id, (tx) => tx.rows(sql`select operation, result, source, details from log_entries where partner_id = ${partner.id} and operation = 'ledger.mismatch'`))
  expect(rows).toEqual([{ operation: 'ledger.mismatch', result: 'failed', source: 'system', details: expect.objectContaining({ rule: 'balance', difference: '1' }) }])

  // Opening them without having found the cause lasts until the next look.
  expect(await app.database.inGlobal(openBooks)).toBe(true)
  expect(await app.database.inGlobal(booksClosed)).toBe(false)
  await check()
  expect(await app.database.inGlobal(booksClosed)).toBe(true)
})

test('the sweep removes what is over and nothing that still counts', async () => {
  const partner = await app.newPartner()
  const member = partner.admin.memberId
  const count = (table: string) => app.inTenant(partner.id, async (tx) => (await tx.rows<{ count: number }>(sql`select count(*)::int as count from ${sql.identifier(table)} where partner_id = ${partner.id}`))[0]?.count)
  const put = () => app.inTenant(partner.id, async (tx, now) => {
    await tx.run(sql`insert into request_keys (partner_id, member_id, endpoint, key, input_digest, at) values (${partner.id}, ${member}, 'POST /x', ${randomUUID()}, 'd', ${now})`)
    await tx.run(sql`insert into views (partner_id, id, member_id, sealed, at) values (${partner.id}, ${randomUUID()}, ${member}, 'x', ${now})`)
    await tx.run(sql`insert into proofs (partner_id, id, member_id, session_id, operation, needs, state, summary, input_digest, digest, created_at, expires_at, guesses, sends)
      values (${partner.id}, ${randomUUID()}, ${member}, ${randomUUID()}, 'funds.allocate', 'code', 'used', '{}', 'i', 'd', ${now}, ${now}, 0, 0)`)
    for (const state of ['sent', 'queued']) await tx.run(sql`insert into messages (partner_id, id, kind, channel, to_masked, state, attempts, at, due_at) values (${partner.id}, ${randomUUID()}, 'FU-04', 'sms', '*', ${state}, 0, ${now}, ${now})`)
    await tx.run(sql`insert into set_ups (token_hash, partner_id, member_id, expires_at) values (${randomUUID()}, ${partner.id}, ${member}, ${new Date(now.getTime() + 60_000)})`)
    const account = randomUUID()
    await tx.run(sql`insert into cloud_accounts (id, name, language, registered_at) values (${account}, 'sweeper', 'zh-CN', ${now})`)
    await tx.run(sql`insert into customer_sessions (id, token_hash, account_id, started_at, seen_at, address, agent) values (${randomUUID()}, ${randomUUID()}, ${account}, ${now}, ${now}, '', '')`)
    await tx.run(sql`insert into public_codes (purpose, subject, destination_hash, code_mac, reference, guesses, sent_at, expires_at) values ('register', 's', 'd', 'm', 'AB', 0, ${now}, ${new Date(now.getTime() + 60_000)})`)
    await tx.run(sql`insert into challenges (partner_id, member_id, session_id, purpose, sealed, expires_at) values (${partner.id}, ${member}, ${randomUUID()}, 'enrol', 'x', ${new Date(now.getTime() + 60_000)})`)
    await takeLimit(tx, now, 'test', randomUUID(), 3600, 5)
  })
  const limits = () => app.database.inGlobal(async (tx) => (await tx.rows<{ count: number }>(sql`select count(*)::int as count from limits where name = 'test'`))[0]?.count)
  const outside = () => app.database.inGlobal(async (tx) => (await tx.rows<{ count: number }>(sql`select (select count(*) from customer_sessions)::int + (select count(*) from public_codes)::int as count`))[0]?.count)
  const left = async () => [await outside(), await count('sessions'), await count('request_keys'), await count('views'), await count('proofs'), await count('messages'), await limits(), await count('set_ups'), await count('challenges')]
  const travelled = async (seconds: number) => {
    app.travel(seconds)
    await sweep(app.database)
    return await left()
  }
  await put()
  await sweep(app.database)
  expect(await left()).toEqual([2, 1, 1, 1, 1, 2, 1, 1, 1])
  expect(await travelled(12 * 3600 + 60)).toEqual([0, 0, 1, 1, 1, 2, 1, 0, 0])
  expect(await travelled(12 * 3600)).toEqual([0, 0, 1, 1, 1, 2, 0, 0, 0])
  expect(await travelled(6 * 24 * 3600)).toEqual([0, 0, 0, 1, 1, 2, 0, 0, 0])
  expect(await travelled(24 * 24 * 3600)).toEqual([0, 0, 0, 0, 1, 2, 0, 0, 0])
  expect(await travelled(60 * 24 * 3600)).toEqual([0, 0, 0, 0, 0, 1, 0, 0, 0])
})
