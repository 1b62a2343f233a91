import fc from 'fast-check'
import { expect, test } from 'vitest'
import { narrow, refuseIssue, refuseReclaims, totalOf, whyNot, type IssueFrom, type Receiver, type ToReclaim } from './rules.ts'

const customer: Receiver = { id: 'a', number: '1000000001', associationType: 'RESALE', isPartner: false, isOtherEntity: false, isWhitelisted: false }
const from: IssueFrom = { partnerType: 'CSP', invoiceRecipient: 'PARTNER', associationType: null, customerNumbers: [], namesNobody: false, onlyCustomer: null }
const coupon: ToReclaim = { id: 'a', kind: 'VOUCHER', isForeign: false, state: 'ACTIVE', balance: 1n }

test.each<[string, Partial<Receiver>, Partial<IssueFrom>, string | undefined]>([
  ['an ordinary customer', {}, {}, undefined],
  ['the partner itself, although it is on the whitelist', { isPartner: true, isWhitelisted: true }, { partnerType: 'SUBSIDY' }, 'self_issue'],
  ['somebody else than the customer it came back from', {}, { onlyCustomer: { id: 'b', number: '2' } }, 'only_original'],
  ['the customer it came back from', {}, { onlyCustomer: { id: 'a', number: '1000000001' } }, undefined],
  ['a customer that the quota does not name', {}, { customerNumbers: ['9'] }, 'outside_limit'],
  ['a referral customer of a quota for resale', { associationType: 'REFERRAL' }, { associationType: 'RESALE' }, 'outside_limit'],
  ['anybody, of a quota for customers of somebody else', {}, { customerNumbers: ['9'], namesNobody: true }, 'quota_customer'],
  ['a subsidy partner\'s customer that is not on the whitelist', {}, { partnerType: 'SUBSIDY' }, 'not_whitelisted'],
  ['a subsidy partner\'s customer on the whitelist', { isWhitelisted: true }, { partnerType: 'SUBSIDY' }, undefined],
  ['a resale customer where the user gets the invoice', {}, { invoiceRecipient: 'USER' }, 'invoice_user'],
  ['a referral customer where the user gets the invoice', { associationType: 'REFERRAL' }, { invoiceRecipient: 'USER' }, undefined],
  ['a referral customer of another contracting entity where the user gets the invoice', { associationType: 'REFERRAL', isOtherEntity: true }, { invoiceRecipient: 'USER' }, 'invoice_user'],
])('%s gets a coupon or hears why not', (_who, who, what, reason) => {
  expect(whyNot({ ...customer, ...who }, { ...from, ...what })?.reason).toBe(reason)
})

test('a customer that stands there twice is refused at its second place only', () => {
  expect(refuseIssue([customer, { ...customer, id: 'b' }, customer], from)).toMatchObject([{ row: 2, code: 'duplicate' }])
})

test('only an active coupon with a balance, of an own quota, can be taken back', () => {
  const states = ['INACTIVE', 'ACTIVE', 'USED', 'EXPIRED', 'RECLAIMED'] as const
  expect(states.map((state) => refuseReclaims([{ ...coupon, state }])[0]?.code)).toEqual(['coupon_closed', undefined, 'coupon_empty', 'coupon_closed', 'coupon_reclaimed'])
  expect(refuseReclaims([{ ...coupon, balance: 0n }, { ...coupon, id: 'b', isForeign: true }, coupon]).map(({ row, code }) => [row, code])).toEqual([[0, 'coupon_empty'], [1, 'coupon_foreign'], [2, 'duplicate']])
})

test('a total is what one movement may carry, or none', () => {
  expect([totalOf(1n, 10), totalOf(999_999_999_999n, 1), totalOf(999_999_999_999n, 2)]).toEqual([10n, 999_999_999_999n, undefined])
})

test('limits only ever get narrower', () => {
  const some = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'))
  fc.assert(fc.property(some, some, (chosen, allowed) => {
    const limits = narrow(chosen, allowed)
    const isInside = allowed.length === 0 || chosen.every((one) => allowed.includes(one))
    expect(limits === undefined).toBe(!isInside)
    expect(limits === undefined || allowed.length === 0 || limits.length > 0 && limits.every((one) => allowed.includes(one))).toBe(true)
  }))
})
