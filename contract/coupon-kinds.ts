import type { PartnerType } from './people.ts'

// Without schemas, because the frame around every page asks it.

export const couponKinds = ['VOUCHER', 'CASH', 'DELIVERY'] as const
export type CouponKind = (typeof couponKinds)[number]

/** Which partner type issues which kind, and which it sees. A solution provider only sees the delivery coupons of its resale customers. */
export const mayIssueKinds: Record<PartnerType, readonly CouponKind[]> = {
  CSP: ['VOUCHER'], DISTRIBUTOR: ['VOUCHER'], RESELLER: ['VOUCHER'], SUBSIDY: ['VOUCHER', 'CASH'], GOVCLOUD: ['DELIVERY'], MARKETPLACE: [],
}
export const maySeeKinds: Record<PartnerType, readonly CouponKind[]> = { ...mayIssueKinds, CSP: ['VOUCHER', 'DELIVERY'] }

/** At most so many customers per issue, and coupons or resellers per batch. */
export const issueMax = 10
export const couponBatchMax = 100
