import { describe, expect, test } from 'vitest'
import { Amount } from '#contract/money.ts'
import { reclaimableOf, whyNotReclaim, whyNotReclaimBatch } from './coupon-rules.ts'
import { expectedTotal, shortfall, totalShortfall } from './reclaim-rules.ts'

const amount = (text: string) => Amount.parse(text)
const may = { mayReclaim: true, isRestricted: false }
const coupon = { isReclaimable: true, state: 'ACTIVE', balance: amount('10.00'), quota: { id: 'q', number: 'CQ1' } } as const

describe('why a coupon cannot be reclaimed', () => {
  test.each([
    ['nothing speaks against one with a balance', may, coupon, undefined],
    ['somebody may not at all', { ...may, mayReclaim: false }, coupon, 'no_reclaim'],
    ['the company is restricted', { ...may, isRestricted: true }, coupon, 'partner_state'],
    ['its state does not allow it', may, { ...coupon, isReclaimable: false, state: 'EXPIRED' as const }, 'coupon_state'],
    ['somebody else issued it', may, { ...coupon, isReclaimable: false, quota: null }, 'foreign'],
    ['nothing is left on it', may, { ...coupon, isReclaimable: false }, 'no_balance'],
  ])('%s', (_, who, one, reason) => expect(whyNotReclaim(who, one)).toBe(reason))

  test('of ticked ones those that can be are, at most a hundred', () => {
    expect(whyNotReclaimBatch(may, 0)).toBe('none')
    expect(whyNotReclaimBatch(may, 100)).toBeUndefined()
    expect(whyNotReclaimBatch(may, 101)).toBe('too_many')
    expect(reclaimableOf([coupon, { ...coupon, isReclaimable: false }])).toEqual({ rows: [coupon], total: 10_00n })
  })
})

test('a row that would be refused brings nothing', () => {
  expect(expectedTotal([{ expected: amount('10.00'), problem: undefined }, { expected: amount('5.00'), problem: 'used up' }])).toBe(10_00n)
})

test('what is missing is counted per coupon and in total', () => {
  expect(shortfall({ expected: amount('10.00'), actual: amount('7.50') })).toBe(2_50n)
  expect(totalShortfall({ expectedTotal: amount('20.00'), actualTotal: amount('17.50') })).toBe(2_50n)
})
