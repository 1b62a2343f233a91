import { expect, onTestFinished, test } from 'vitest'
import { allocateFunds } from '#contract/funds.ts'
import { Amount } from '#contract/money.ts'
import { createTestApp, type TestApp } from '#server/testing/app.ts'
import { mountFunds } from './routes.ts'
import { confirm } from './testing-confirm.ts'

/** Transactions that the database has ended. With the application's one connection the count is exact, and includes two for each look. */
async function readCommits(app: TestApp): Promise<number> {
  await app.engine.query('select pg_stat_force_next_flush()')
  const { rows: [row] } = await app.engine.query('select (xact_commit + xact_rollback)::int as count from pg_stat_database where datname = current_database()')
  return Number(row?.['count'])
}

// Every commit that writes waits for the disk, so a further one is felt by everybody.
test('an operation that is asked for and confirmed takes two transactions, for one customer as for fifty', async () => {
  const app = await createTestApp([mountFunds], { poolMax: 1 })
  onTestFinished(() => app.close())
  const { id, admin } = await app.newPartner({ verificationOn: false, topUp: 1000_00n })
  const customers = await Promise.all(Array.from({ length: 50 }, () => app.addCustomer(id)))
  const allocate = async (count: number) => {
    const before = await readCommits(app)
    const items = customers.slice(0, count).map((customer) => ({ customerId: customer.id, amount: Amount.parse('1.00') }))
    expect((await confirm(admin, allocateFunds, { body: { from: 'top-up', items } })).status).toBe(200)
    return (await readCommits(app)) - before - 2
  }
  await allocate(1)
  expect([await allocate(1), await allocate(50)]).toEqual([2, 2])
})
