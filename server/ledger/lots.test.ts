import fc from 'fast-check'
import { expect, test } from 'vitest'
import { takeFrom, type OpenLot } from './lots.ts'

const lot = (id: string, remaining: bigint): OpenLot => ({ id, number: `LT-${id}`, accountId: 'account', source: 'top-up', sourceAccountId: 'source', remaining })
const lots = fc.array(fc.bigInt({ min: 0n, max: 1000n }), { maxLength: 8 }).map((remaining) => remaining.map((one, place) => lot(String(place), one)))
const sum = (parts: readonly bigint[]) => parts.reduce((total, part) => total + part, 0n)

test('a customer who spends 70.00 uses up the first lot before the second is touched', () => {
  const takings = takeFrom([lot('first', 50_00n), lot('second', 50_00n), lot('third', 50_00n)], 70_00n)
  expect(takings.map(({ lot: { id }, amount }) => [id, amount])).toEqual([['first', 50_00n], ['second', 20_00n]])
})

test('more than the lots hold is never taken in silence', () => {
  expect(() => takeFrom([lot('only', 10n)], 11n)).toThrow('the lots hold 1 less')
})

test('whatever the lots, exactly the amount is taken, from a front part of them, and from none more than it holds', () => {
  fc.assert(fc.property(lots, fc.integer({ min: 0, max: 100 }), (some, percent) => {
    const amount = (sum(some.map(({ remaining }) => remaining)) * BigInt(percent)) / 100n
    const takings = takeFrom(some, amount)
    expect(sum(takings.map((taking) => taking.amount))).toBe(amount)
    expect(takings.every((taking) => taking.amount > 0n && taking.amount <= taking.lot.remaining)).toBe(true)
    // Everything before the last lot touched is used up.
    const last = takings.at(-1)
    const before = last ? some.slice(0, some.indexOf(last.lot)).filter(({ remaining }) => remaining > 0n) : []
    expect(takings.slice(0, -1).map(({ lot: one, amount: taken }) => [one, taken])).toEqual(before.map((one) => [one, one.remaining]))
  }))
})
