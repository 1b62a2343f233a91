import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toMinor } from '#contract/money.ts'
import { presentReclaimable, reclaimableOf } from './reclaimable.ts'

const minor = fc.bigInt({ min: 0n, max: 100_000_00n })
const facts = fc.record({ allocated: minor, own: minor, held: minor, unsettled: minor, arrears: minor })

test('a partner reads why 60.00 of a balance of 150.00 can be taken back', () => {
  expect(presentReclaimable({ allocated: 100_00n, own: 50_00n, held: 20_00n, unsettled: 15_00n, arrears: 5_00n }, new Date('2026-03-01T00:00:00Z'))).toEqual({
    balance: '150.00', own: '50.00', held: '20.00', unsettled: '15.00', arrears: '5.00', reclaimable: '60.00', asOf: '2026-03-01T00:00:00.000Z',
  })
})

test('a customer who owes more than is left gives nothing back, and never a negative amount', () => {
  expect(reclaimableOf({ allocated: 10_00n, held: 4_00n, unsettled: 0n, arrears: 6_01n })).toBe(0n)
  expect(reclaimableOf({ allocated: 10_00n, held: 4_00n, unsettled: 0n, arrears: 5_99n })).toBe(1n)
})

test('whatever the facts, the lines add up, the customer keeps its own money, and no more is taken than the lots hold', () => {
  fc.assert(fc.property(facts, (some) => {
    const shown = presentReclaimable(some, new Date(0))
    const left = [shown.own, shown.held, shown.unsettled, shown.arrears].reduce((rest, line) => rest - toMinor(line), toMinor(shown.balance))
    expect(toMinor(shown.reclaimable)).toBe(left > 0n ? left : 0n)
    expect(toMinor(shown.reclaimable)).toBeLessThanOrEqual(some.allocated)
  }))
})
