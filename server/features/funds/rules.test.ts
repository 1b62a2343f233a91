import { expect, test } from 'vitest'
import { amountMaxMinor } from '#contract/money.ts'
import { largestOf, mayMoveMoney, refuseAllocations, refuseReclaims, sameId, totalOf } from './rules.ts'

const receivers = new Map([
  ['resale', { isResale: true, balance: 0n }], ['referral', { isResale: false, balance: 0n }], ['rich', { isResale: true, balance: amountMaxMinor - 5n }],
])
const givers = new Map([
  ['full', { isResale: true, reclaimable: 100n, accountId: 'a' }], ['poor', { isResale: true, reclaimable: 0n, accountId: 'b' }], ['referral', { isResale: false, reclaimable: 0n, accountId: 'c' }],
])
const lots = new Map([['open', { accountId: 'a', remaining: 40n }], ['empty', { accountId: 'a', remaining: 0n }], ['large', { accountId: 'a', remaining: 500n }], ['theirs', { accountId: 'b', remaining: 9n }]])
const reclaim = (customerId: string, amount: bigint, lotId: string | null = null) => refuseReclaims([{ customerId, amount, lotId }], givers, lots)

test('everything that is wrong with a batch of allocations is said at once, row by row', () => {
  const rows = ['resale', 'referral', 'resale', 'rich'].map((customerId) => ({ customerId, amount: 6n }))
  expect(refuseAllocations(rows, receivers)).toEqual([
    { row: 1, code: 'not_resale' }, { row: 2, code: 'duplicate', other: 1 }, { row: 3, code: 'amount', max: 5n },
  ])
})

test('a balance may be filled up to the last cent that can be shown', () => {
  expect(refuseAllocations([{ customerId: 'rich', amount: 5n }], receivers)).toEqual([])
})

test('a reclaim may take all that is reclaimable and not a cent more', () => {
  expect(reclaim('full', 100n)).toEqual([])
  expect(reclaim('full', 101n)).toEqual([{ row: 0, code: 'above_reclaimable', max: 100n }])
})

test('a reclaim from a named lot is bound by the lot and by what is reclaimable', () => {
  expect(reclaim('full', 40n, 'open')).toEqual([])
  expect(reclaim('full', 41n, 'open')).toEqual([{ row: 0, code: 'above_reclaimable', max: 40n, isLotLimit: true }])
  expect(reclaim('full', 101n, 'large')).toEqual([{ row: 0, code: 'above_reclaimable', max: 100n }])
  expect(reclaim('full', 1n, 'empty')).toEqual([{ row: 0, code: 'lot_empty' }])
})

test('the lot of another customer does not exist for this one', () => {
  expect(reclaim('full', 1n, 'theirs')).toEqual([{ row: 0, code: 'lot_unknown' }])
  expect(reclaim('full', 1n, 'never made')).toEqual([{ row: 0, code: 'lot_unknown' }])
})

test('a customer with nothing to give, a referral customer and a repeated customer are each refused with their reason', () => {
  const items = [{ customerId: 'poor', amount: 1n, lotId: null }, { customerId: 'referral', amount: 1n, lotId: null }, { customerId: 'full', amount: 1n, lotId: null }, { customerId: 'full', amount: 1n, lotId: 'open' }]
  expect(refuseReclaims(items, givers, lots)).toEqual([{ row: 0, code: 'nothing_to_reclaim' }, { row: 1, code: 'not_resale' }, { row: 3, code: 'duplicate', other: 3 }])
})

test('one customer written in capitals and in small letters is the same customer', () => {
  expect(sameId('5F3A0000-0000-4000-8000-00000000000A')).toBe('5f3a0000-0000-4000-8000-00000000000a')
})

test('a sum that no single movement may carry is not a sum', () => {
  expect(totalOf([{ amount: amountMaxMinor }])).toBe(amountMaxMinor)
  expect(totalOf([{ amount: amountMaxMinor }, { amount: 1n }])).toBeUndefined()
})

test('the largest row of a batch is the one that stands out', () => {
  expect(largestOf([{ amount: 3n }, { amount: 7n }, { amount: 5n }])).toBe(7n)
})

test('only an active partner moves money', () => {
  expect((['ACTIVE', 'RESTRICTED', 'FROZEN', 'LEFT'] as const).filter(mayMoveMoney)).toEqual(['ACTIVE'])
})
