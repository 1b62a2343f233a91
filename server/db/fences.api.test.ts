import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findBrokenChains } from '#server/audit/verify.ts'
import { createTestApp, type TestApp, type TestPartner } from '#server/testing/app.ts'
import { sql } from './query.ts'

let app: TestApp
let partner: TestPartner
let other: TestPartner
beforeAll(async () => {
  app = await createTestApp([])
  partner = await app.newPartner({ topUp: 100_000n })
  other = await app.newPartner({ topUp: 100_000n })
})
afterAll(() => app.close())

const globalTables = ['activities', 'cloud_accounts', 'customer_sessions', 'identities', 'incentive_programs', 'installation', 'invite_tokens', 'limits', 'logins', 'partners', 'public_codes', 'reservations', 'schema_migrations', 'sessions', 'set_ups', 'specialist_accounts', 'specialist_tokens']
type TableRow = { name: string; fenced: boolean; first: string | null }
const tables = async () => (await app.engine.query(`
  select c.relname as name, c.relrowsecurity and c.relforcerowsecurity and exists (select 1 from pg_policy p where p.polrelid = c.oid) as fenced,
    (select a.attname from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0] where i.indrelid = c.oid and i.indisprimary) as first
  from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind = 'r' order by 1`)).rows.map((row): TableRow => ({ name: String(row['name']), fenced: row['fenced'] === true, first: row['first'] === null ? null : String(row['first']) }))

test('every table is on the closed list of global ones or fenced, with the partner first in its key', async () => {
  const all = await tables()
  expect(all.filter(({ fenced }) => !fenced).map(({ name }) => name)).toEqual(globalTables)
  expect(all.filter(({ fenced, first }) => fenced && first !== 'partner_id')).toEqual([])
  expect(all.length).toBeGreaterThan(20)
})

test('a query that forgets its filter finds nothing of another partner, for reading and for writing', async () => {
  await app.addCustomer(other.id)
  const mine = await app.addCustomer(partner.id)
  for (const { name } of (await tables()).filter(({ fenced }) => fenced)) {
    const [row] = await app.inTenant(partner.id, (tx) => tx.rows<{ foreign: number }>(sql`select count(*)::int as foreign from ${sql.raw(name)} where partner_id <> ${partner.id}`))
    expect([name, row?.foreign]).toEqual([name, 0])
  }
  expect(await app.inTenant(other.id, (tx) => tx.run(sql`update customers set tag = 'stolen' where id = ${mine.id}`))).toBe(0)
  await expect(app.inTenant(partner.id, (tx) => tx.run(sql`insert into preferences (partner_id, member_id, list, value) values (${other.id}, ${randomUUID()}, 'customers', '{}'::jsonb)`))).rejects.toThrow(/row-level security/)
})

test('the application can neither change nor remove what was booked or logged', async () => {
  for (const table of ['transfers', 'entries', 'adjustments', 'lot_moves', 'log_entries', 'log_heads']) {
    await expect(app.inTenant(partner.id, (tx) => tx.run(sql`update ${sql.raw(table)} set partner_id = partner_id`))).rejects.toThrow(/permission denied/)
    await expect(app.inTenant(partner.id, (tx) => tx.run(sql`delete from ${sql.raw(table)}`))).rejects.toThrow(/permission denied/)
  }
  await expect(app.inTenant(partner.id, (tx) => tx.run(sql`create table mine (x int)`))).rejects.toThrow(/permission denied/)
})

test('a transfer that does not sum to zero cannot be committed', async () => {
  const work = app.inTenant(partner.id, async (tx, now) => {
    const [account] = await tx.rows<{ id: string }>(sql`select id from accounts where partner_id = ${partner.id} and kind = 'top-up'`)
    const id = randomUUID()
    await tx.run(sql`insert into transfers (partner_id, id, number, kind, is_batch, request_id, confirmed_by, reason, at) values (${partner.id}, ${id}, ${id}, 'top_up', false, 'r', 'none', '', ${now})`)
    await tx.run(sql`insert into entries (partner_id, transfer_id, account_id, currency, amount, balance_after, at) values (${partner.id}, ${id}, ${account?.id ?? id}, 'CNY', 5, 5, ${now})`)
  })
  await expect(work).rejects.toThrow(/does not sum to zero/)
})

test('no balance goes below its bound, whatever the code says', async () => {
  await expect(app.inTenant(partner.id, (tx) => tx.run(sql`update accounts set balance = -1 where partner_id = ${partner.id} and kind = 'top-up'`))).rejects.toThrow(/accounts_balance/)
})

test('an error that somebody swallowed inside a transaction is never reported as success', async () => {
  const work = app.inTenant(partner.id, async (tx) => {
    await tx.run(sql`select 1 / 0`).catch(() => undefined)
    return 'done'
  })
  await expect(work).rejects.toThrow(/transaction|abort/)
})

test('a changed row of the operation log is found by name', async () => {
  const writes = (operation: string) => app.inTenant(partner.id, (tx, now) => tx.run(sql`insert into log_entries (partner_id, id, at, operation, result, confirmed_by, source, request_id, address, agent, details)
    values (${partner.id}, ${randomUUID()}, ${now}, ${operation}, 'success', 'none', 'system', 'r', '', '', '{}'::jsonb)`))
  for (const operation of ['a', 'b', 'c']) await writes(operation)
  const broken = () => app.inTenant(partner.id, (tx) => findBrokenChains(tx))
  expect(await broken()).toEqual([])
  const { rows: [row] } = await app.engine.query(`update log_entries set amount = 1 where partner_id = '${partner.id}' and operation = 'b' returning seq::text`)
  expect(await broken()).toMatchObject([{ partnerId: partner.id, seq: BigInt(String(row?.['seq'])), why: 'content' }])
})
