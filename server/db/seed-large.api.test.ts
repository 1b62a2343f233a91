import { expect, inject, onTestFinished, test } from 'vitest'
import { findMismatches } from '#server/ledger/invariants.ts'
import { createTestDatabase } from '#server/testing/postgres.ts'
import { migrate } from './migrate.ts'
import { openEmbedded, openPostgres, type Engine } from './open.ts'
import { sql } from './query.ts'
import { seedLarge } from './seed-large.ts'
import { createDatabase } from './transaction.ts'

async function openEngine(): Promise<Engine> {
  if (inject('engine') === 'embedded') {
    const engine = await openEmbedded(undefined)
    await migrate(engine)
    return engine
  }
  const { url, drop } = await createTestDatabase(inject('postgresUrl'))
  onTestFinished(drop)
  return openPostgres(url, { poolMax: 4, onError: () => undefined })
}

test('a large partner has the customers that were asked for, found by any part of a name, and books that agree', async () => {
  const engine = await openEngine()
  onTestFinished(() => engine.close())
  const database = createDatabase(engine)
  const { partnerId, logins } = await seedLarge(database, { account: 'large', customers: 730, password: 'demo-partner-center' })
  expect(logins).toContain('')
  await database.inTenant(partnerId, async (tx) => {
    expect(await findMismatches(tx)).toEqual([])
    expect(await tx.rows(sql`select total from customer_totals where partner_id = ${partnerId}`)).toEqual([{ total: 730 }])
    const [counts] = await tx.rows<{ withMoney: number; found: number; numbers: number; accounts: number; top_up: bigint }>(sql`
      select (select count(*)::int from accounts where partner_id = ${partnerId} and kind = 'customer' and balance > 0) as "withMoney",
        (select count(distinct customer_id)::int from customer_grams where partner_id = ${partnerId} and gram = '岚州') as found,
        (select count(distinct number)::int from customers where partner_id = ${partnerId}) as numbers, (select count(distinct account_name)::int from customers where partner_id = ${partnerId}) as accounts,
        (select balance from accounts where partner_id = ${partnerId} and kind = 'top-up') as top_up`)
    expect(counts?.withMoney).toBeGreaterThan(500)
    expect(counts?.found).toBeGreaterThan(5)
    expect(counts?.numbers).toBe(730)
    expect(counts?.accounts).toBe(730)
    expect(counts?.top_up).toBe(50_000_000_00n)
    const [last] = await tx.rows<{ balance_after: bigint }>(sql`select e.balance_after from entries e join accounts a on a.partner_id = e.partner_id and a.id = e.account_id where a.partner_id = ${partnerId} and a.kind = 'top-up' order by e.seq desc limit 1`)
    expect(last?.balance_after).toBe(50_000_000_00n)
  })
  await expect(seedLarge(database, { account: 'large', customers: 10, password: 'demo-partner-center' })).rejects.toThrow('exists')
})
