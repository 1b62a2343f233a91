import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from '#server/db/query.ts'
import { createTestApp, type TestApp } from '#server/testing/app.ts'
import { startCustomerSession } from './customer-sessions.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp([])
})
afterAll(() => app.close())

const rounds = 5
const many = <T>(work: () => Promise<T>) => Promise.all(Array.from({ length: 15 }, work))

test('somebody who signs in fifteen times at once stays signed in five times', async () => {
  for (let round = 0; round < rounds; round += 1) {
    const { id, admin } = await app.newPartner()
    await many(() => app.signIn(id, admin.memberId))
    expect(await app.database.inGlobal((tx) => tx.rows(sql`select 1 from sessions where partner_id = ${id}`))).toHaveLength(5)
  }
})

test('so does a customer', async () => {
  const request = { id: randomUUID(), address: '127.0.0.1', agent: 'test', locale: 'zh-CN' } as const
  for (let round = 0; round < rounds; round += 1) {
    const account = randomUUID()
    await app.database.inGlobal((tx, now) => tx.run(sql`insert into cloud_accounts (id, name, mobile, email, language, registered_at) values (${account}::uuid, ${`account-${account.slice(0, 8)}`}, null, null, 'zh-CN', ${now}::timestamptz)`))
    await many(() => app.database.inGlobal((tx, now) => startCustomerSession(tx, now, account, request, undefined)))
    expect(await app.database.inGlobal((tx) => tx.rows(sql`select 1 from customer_sessions where account_id = ${account}::uuid`))).toHaveLength(5)
  }
})
