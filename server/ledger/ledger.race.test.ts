import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from '#server/db/query.ts'
import { Refusal } from '#server/http/refusal.ts'
import { createTestApp, type TestApp } from '#server/testing/app.ts'
import { findMismatches } from './invariants.ts'
import { booksOf, type TestCustomer } from './testing-books.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp([], { poolMax: 20 })
})
afterAll(() => app.close())

const rounds = 5

async function openBooks(topUp: bigint, count: number, credit = 0n) {
  const { id: partnerId } = await app.newPartner({ topUp, credit })
  const customers = await Promise.all(Array.from({ length: count }, () => app.addCustomer(partnerId)))
  const books = booksOf(app.database, partnerId)
  // Opens every connection before the start, so that the calls really meet.
  await Promise.all(Array.from({ length: 20 }, () => books.within((tx) => tx.rows(sql`select 1`))))
  return { partnerId, customers, books, one: (place: number): TestCustomer => customers[place % count] ?? { id: '', accountId: '' } }
}

/** Runs all at once. @returns how many were done; anything but a refusal is a failure of the test. */
async function countDone(calls: readonly Promise<unknown>[]): Promise<number> {
  const outcomes = await Promise.allSettled(calls)
  for (const outcome of outcomes) if (outcome.status === 'rejected' && !(outcome.reason instanceof Refusal)) throw outcome.reason
  return outcomes.filter(({ status }) => status === 'fulfilled').length
}

const agree = async (partnerId: string) => expect(await app.inTenant(partnerId, findMismatches)).toEqual([])

test('of a hundred colleagues who spend the same last 10.00 at once, exactly one succeeds', { timeout: 120_000 }, async () => {
  for (let round = 0; round < rounds; round += 1) {
    const { partnerId, books, customers, one } = await openBooks(10_00n, 10)
    expect(await countDone(Array.from({ length: 100 }, (_, place) => books.give('top-up', [one(place)], 10_00n)))).toBe(1)
    const { partner, customers: held } = await books.balances(customers)
    expect(partner).toMatchObject({ 'top-up': 0n })
    expect(held.reduce((sum, balance) => (sum ?? 0n) + (balance ?? 0n), 0n)).toBe(10_00n)
    await agree(partnerId)
  }
})

test('fifty allocations meet fifty reclaims of the same accounts: all are done and nobody waits for ever', { timeout: 120_000 }, async () => {
  const { partnerId, books, customers, one } = await openBooks(1000_00n, 5)
  await books.give('top-up', customers, 100_00n)
  const started = performance.now()
  const calls = Array.from({ length: 100 }, (_, place) => (place % 2 === 0 ? books.give('top-up', [one(place)], 1_00n) : books.takeBack(one(place), 1_00n)))
  expect(await countDone(calls)).toBe(100)
  expect(performance.now() - started).toBeLessThan(10_000)
  expect(await books.balances(customers)).toMatchObject({ partner: { 'top-up': 500_00n } })
  await agree(partnerId)
})

test('batches that name the same customers in opposite order, and single allocations between them, never deadlock', { timeout: 120_000 }, async () => {
  const { partnerId, books, customers, one } = await openBooks(100_000n, 8)
  const calls = Array.from({ length: 60 }, (_, place) => {
    if (place % 3 === 0) return books.give('top-up', customers, 10n)
    return place % 3 === 1 ? books.give('top-up', customers.toReversed(), 10n) : books.give('top-up', [one(place)], 10n)
  })
  expect(await countDone(calls)).toBe(60)
  expect(await books.balances(customers)).toMatchObject({ partner: { 'top-up': 100_000n - 40n * 80n - 20n * 10n } })
  await agree(partnerId)
})

test('a batch that needs everything and single allocations of the same money: what was done is exactly what is gone', { timeout: 120_000 }, async () => {
  for (let round = 0; round < rounds; round += 1) {
    const { partnerId, books, customers, one } = await openBooks(400n, 4)
    const batch = books.give('top-up', customers, 100n)
    const done = await countDone([batch, ...Array.from({ length: 20 }, (_, place) => books.give('top-up', [one(place)], 100n))])
    const isBatchDone = (await Promise.allSettled([batch]))[0]?.status === 'fulfilled'
    expect(done).toBe(isBatchDone ? 1 : 4)
    expect(await books.balances([])).toMatchObject({ partner: { 'top-up': 0n } })
    await agree(partnerId)
  }
})

test('a customer who spends while everything is reclaimed: no cent is spent and returned at once', { timeout: 120_000 }, async () => {
  for (let round = 0; round < rounds; round += 1) {
    const { partnerId, books, one } = await openBooks(1000n, 1, 1000n)
    const customer = one(0)
    await books.give('top-up', [customer], 500n)
    await books.give('credit', [customer], 500n)
    await countDone([
      ...Array.from({ length: 10 }, () => books.takeBack(customer, 1000n)), ...Array.from({ length: 20 }, () => books.spend(customer, 70n)), ...Array.from({ length: 20 }, () => books.takeBack(customer, 90n)),
    ])
    const { partner, customers: [left] } = await books.balances([customer])
    const spent = (partner['outside'] ?? 0n) + 1000n
    expect((partner['top-up'] ?? 0n) + (partner['credit'] ?? 0n) + (left ?? 0n) + spent).toBe(1000n)
    const lots = await books.lotsOf(customer)
    expect(lots.reduce((sum, lot) => sum + lot.spent, 0n)).toBe(spent)
    await agree(partnerId)
  }
})
