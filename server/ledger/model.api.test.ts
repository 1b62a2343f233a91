import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Refusal } from '#server/http/refusal.ts'
import { createTestApp, type TestApp } from '#server/testing/app.ts'
import { findMismatches } from './invariants.ts'
import { booksOf } from './testing-books.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp([])
})
afterAll(() => app.close())

const customersMax = 3
const cents = fc.bigInt({ min: 1n, max: 60n })
const customer = fc.integer({ min: 0, max: customersMax - 1 })
const source = fc.constantFrom('top-up', 'credit')
const step = fc.oneof(
  fc.record({ kind: fc.constant('give'), source, to: fc.uniqueArray(customer, { minLength: 1 }), amount: cents }),
  fc.record({ kind: fc.constant('takeBack'), from: customer, amount: cents }),
  fc.record({ kind: fc.constant('spend'), from: customer, amount: cents }),
)

/** The same books in the smallest form: what is left of each lot, in order. */
class Model {
  readonly partner = { 'top-up': 200n, credit: 0n }
  readonly lots: { source: 'top-up' | 'credit'; spent: bigint; reclaimed: bigint; remaining: bigint }[][] = Array.from({ length: customersMax }, () => [])
  spent = 0n

  balance(place: number): bigint {
    return (this.lots[place] ?? []).reduce((sum, { remaining }) => sum + remaining, 0n)
  }
  give(from: 'top-up' | 'credit', to: readonly number[], amount: bigint): boolean {
    const needed = amount * BigInt(to.length)
    if (this.partner[from] + (from === 'credit' ? 150n : 0n) < needed) return false
    this.partner[from] -= needed
    for (const place of to) this.lots[place]?.push({ source: from, spent: 0n, reclaimed: 0n, remaining: amount })
    return true
  }
  takeBack(place: number, amount: bigint): boolean {
    if (this.balance(place) < amount) return false
    let left = amount
    for (const lot of (this.lots[place] ?? []).toReversed()) {
      const taken = lot.remaining < left ? lot.remaining : left
      lot.remaining -= taken
      lot.reclaimed += taken
      this.partner[lot.source] += taken
      left -= taken
    }
    return true
  }
  spend(place: number, amount: bigint): boolean {
    if (this.balance(place) < amount) return false
    let left = amount
    for (const lot of this.lots[place] ?? []) {
      const taken = lot.remaining < left ? lot.remaining : left
      lot.remaining -= taken
      lot.spent += taken
      left -= taken
    }
    this.spent += amount
    return true
  }
}

test('after any sequence of operations, done or refused, the books say what a few lists in memory say', { timeout: 120_000 }, async () => {
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
    const { id: partnerId } = await app.newPartner({ topUp: 200n, credit: 150n })
    const customers = await Promise.all(Array.from({ length: customersMax }, () => app.addCustomer(partnerId)))
    const at = (place: number) => customers[place] ?? { id: '', accountId: '' }
    const books = booksOf(app.database, partnerId)
    const model = new Model()
    for (const one of steps) {
      const [expected, done] = one.kind === 'give' ? [model.give(one.source, one.to, one.amount), books.give(one.source, one.to.map(at), one.amount)]
        : one.kind === 'spend' ? [model.spend(one.from, one.amount), books.spend(at(one.from), one.amount)] : [model.takeBack(one.from, one.amount), books.takeBack(at(one.from), one.amount)]
      const happened = await Promise.resolve(done).then(() => true, (error: unknown) => {
        if (error instanceof Refusal) return false
        throw error
      })
      expect(happened).toBe(expected)
    }
    expect(await books.balances(customers)).toEqual({
      partner: { 'top-up': model.partner['top-up'], credit: model.partner.credit, rebate: 0n, outside: model.spent - 200n, 'coupon-outside': 0n }, customers: customers.map((_, place) => model.balance(place)),
    })
    for (const [place, one] of customers.entries()) {
      expect((await books.lotsOf(one)).map(({ source: from, spent, reclaimed, remaining }) => ({ source: from, spent, reclaimed, remaining }))).toEqual(model.lots[place])
    }
    expect(await app.inTenant(partnerId, findMismatches)).toEqual([])
  }), { numRuns: 15 })
})
