import { describe, expect, test } from 'vitest'
import { Amount } from '#contract/money.ts'
import { checkIssue, faceValueOf, issueTotal, type IssueValues, leftAfter, productsOf, shareOf } from './issue-rules.ts'

const whole: IssueValues = { faceValue: '100', minOrder: '0.00', validUntil: '2026-12-20', maxShare: '', orderTypes: [], products: [], remark: '' }
const known = { kind: 'VOUCHER', customers: 2, lastDay: '2026-12-31', today: '2026-11-30' } as const

describe('what the form refuses before it is sent', () => {
  test('somebody who filled everything in is told nothing', () => expect(checkIssue(whole, known)).toEqual({}))
  test.each([
    ['no face value', { faceValue: '' }, { faceValue: 'amount' }],
    ['a face value of nothing', { faceValue: '0.00' }, { faceValue: 'amount' }],
    ['a face value that all customers together cannot get in one operation', { faceValue: '9999999999.99' }, { faceValue: 'amount' }],
    ['no minimum order amount', { minOrder: '' }, { minOrder: 'amount_filter' }],
    ['no day', { validUntil: '' }, { validUntil: 'required' }],
    ['a day after the quota ends', { validUntil: '2027-01-01' }, { validUntil: 'until_quota' }],
    ['a day that is over', { validUntil: '2026-11-29' }, { validUntil: 'until_past' }],
    ['a remark of 201 characters', { remark: '备'.repeat(201) }, { remark: 'too_long' }],
  ])('%s is told at its field', (_, change, errors) => expect(checkIssue({ ...whole, ...change }, known)).toEqual(errors))

  test('the quota’s last day and today are good days', () => {
    for (const validUntil of ['2026-12-31', '2026-11-30']) expect(checkIssue({ ...whole, validUntil }, known)).toEqual({})
  })
  test('delivery coupons need their largest share, and vouchers have none', () => {
    expect(checkIssue(whole, { ...known, kind: 'DELIVERY' })).toEqual({ maxShare: 'share' })
    expect(checkIssue({ ...whole, maxShare: '100' }, { ...known, kind: 'DELIVERY' })).toEqual({})
  })
  test('nobody and eleven customers are refused, ten are not', () => {
    expect(checkIssue(whole, { ...known, customers: 0 })).toEqual({ customers: 'customers_min' })
    expect(checkIssue(whole, { ...known, customers: 11 })).toEqual({ customers: 'issue_max' })
    expect(checkIssue(whole, { ...known, customers: 10 })).toEqual({})
  })
})

test('the total is counted in minor units, and what is left may fall below nothing', () => {
  const face = faceValueOf('33.33')
  expect(issueTotal(face, 3)).toBe(99_99n)
  expect(issueTotal(undefined, 3)).toBe(0n)
  expect(leftAfter({ left: Amount.parse('50.00') }, issueTotal(face, 3))).toBe(-49_99n)
})

test.each([['1', 1], ['100', 100], [' 50 % ', 50], ['５０', 50], ['0', undefined], ['101', undefined], ['12.5', undefined], ['', undefined]])('the share %j is understood as %j percent', (text, share) => expect(shareOf(text)).toBe(share))

test('typed products are taken once each, whichever comma stands between them', () => expect(productsOf(' ECS，OBS, ECS、 RDS ;')).toEqual(['ECS', 'OBS', 'RDS']))
