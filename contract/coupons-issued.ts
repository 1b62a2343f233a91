import * as z from 'zod/mini'
import { couponBatchMax, CouponKind, CouponScope } from './coupons.ts'
import { endpoint } from './endpoint.ts'
import { Masked } from './masked.ts'
import { Amount, Figure } from './money.ts'
import { Day, Id, Instant, listOf, pageFields } from './page.ts'

export const CouponState = z.enum(['INACTIVE', 'ACTIVE', 'USED', 'EXPIRED', 'RECLAIMED'])
export type CouponState = z.infer<typeof CouponState>

export const Coupon = z.object({
  id: Id, number: z.string(), kind: CouponKind,
  customer: z.object({ id: Id, number: z.string(), nameMasked: Masked }),
  /** faceValue = balance + used + returned; what lapses counts as returned to nobody and stands in `lapsed`. */
  faceValue: Amount, balance: Amount, minOrder: Amount, maxShare: z.nullable(z.int()), scope: CouponScope,
  issuedAt: Instant, /** In force to before this instant. */ validUntil: Instant,
  /** Null: somebody else issued it, and it can only be looked at. */
  quota: z.nullable(z.object({ id: Id, number: z.string() })),
  issuerName: z.nullable(z.string()),
  state: CouponState, remark: z.string(),
  /** ACTIVE with a balance, of an own quota. */
  isReclaimable: z.boolean(),
})
export type Coupon = z.infer<typeof Coupon>
export const CouponSort = z.enum(['-issuedAt', 'issuedAt', 'validUntil', '-validUntil', '-balance', 'balance'])
export type CouponSort = z.infer<typeof CouponSort>
const Number = z.string().check(z.trim(), z.maxLength(40))
export const CouponFilter = z.strictObject({
  kind: z.optional(CouponKind), number: z.optional(Number), quotaId: z.optional(Id), quotaNumber: z.optional(Number), state: z.optional(CouponState),
  customerId: z.optional(Id), customerNumber: z.optional(z.string().check(z.trim(), z.regex(/^[0-9 ]{1,20}$/, 'number'))),
  issuedFrom: z.optional(Day), issuedTo: z.optional(Day), expiryFrom: z.optional(Day), expiryTo: z.optional(Day),
  /** Full number of an order that a coupon paid for. */
  orderNumber: z.optional(Number),
  /** ACTIVE with a balance, and ending within seven days. */
  endsSoon: z.optional(z.boolean()),
})
export type CouponFilter = z.infer<typeof CouponFilter>
/** Personal, so never in an address: any part of the name, the mobile number or its last four digits. */
export const CouponLookup = z.strictObject({
  name: z.optional(z.string().check(z.trim(), z.minLength(2, 'name_part'), z.maxLength(64, 'name_part'))),
  mobile: z.optional(z.string().check(z.trim(), z.minLength(4, 'last4_or_full'), z.maxLength(64, 'last4_or_full'))),
})
/** Without EXPIRED ones that ended more than six months ago: those are in the records only. */
export const queryCoupons = endpoint({
  method: 'POST', path: '/api/coupons/query', reads: true,
  body: z.strictObject({
    ...pageFields, sort: z._default(CouponSort, '-issuedAt'), filter: z._default(CouponFilter, {}), lookup: z.optional(CouponLookup),
    /** Opaque id of an earlier look-up of the same person. Used only without `lookup`. */
    view: z.optional(Id),
  }),
  response: z.object({
    ...listOf(Coupon).shape, view: z.nullable(Id), lookupKinds: z.array(z.enum(['name', 'mobile', 'email'])),
    /** Over all pages. */
    totals: z.object({ faceValue: Figure, balance: Figure }),
  }),
})
export const CouponUse = z.object({ orderNumber: z.string(), amount: Amount, at: Instant })
export const getCoupon = endpoint({
  method: 'GET', path: '/api/coupons/:id', params: z.strictObject({ id: Id }),
  response: z.object({
    ...Coupon.shape, used: Amount, returned: Amount, lapsed: Amount,
    /** When it was used up, reclaimed, returned or lapsed. */
    endedAt: z.nullable(Instant), uses: z.array(CouponUse),
  }),
})

const couponIds = z.array(Id).check(z.minLength(1, 'rows_min'), z.maxLength(couponBatchMax, 'rows_max'))
/** What a reclaim would bring back now, in the order asked for. `refused` holds the sentence that would refuse the row. */
export const expectReclaim = endpoint({
  method: 'POST', path: '/api/coupons/expected/query', reads: true, body: z.strictObject({ couponIds }),
  response: z.object({
    items: z.array(z.object({
      couponId: Id, number: z.string(), nameMasked: Masked, customerNumber: z.string(), faceValue: Amount, expected: Amount,
      /** The quota that gets it; null when that is no longer in force, and the balance lapses. */
      quotaNumber: z.nullable(z.string()), refused: z.nullable(z.string()),
    })),
    total: Figure,
  }),
})
/** `expected` as the proof's summary showed it, `actual` what was left at execution. */
export const CouponsReclaimed = z.object({
  items: z.array(z.object({ couponId: Id, number: z.string(), nameMasked: Masked, expected: Amount, actual: Amount, quotaNumber: z.nullable(z.string()) })),
  expectedTotal: Amount, actualTotal: Amount,
})
export type CouponsReclaimed = z.infer<typeof CouponsReclaimed>
export const ReclaimBody = z.strictObject({ couponIds, remark: z._default(z.string().check(z.trim(), z.maxLength(200, 'too_long')), '') })
export type ReclaimBody = z.infer<typeof ReclaimBody>
/** Always the whole balance of each coupon, all of them or none. */
export const reclaimCoupons = {
  VOUCHER: endpoint({ method: 'POST', path: '/api/coupons/vouchers/reclaims', proof: 'coupon.voucher.reclaim', idempotent: true, body: ReclaimBody, response: CouponsReclaimed }),
  CASH: endpoint({ method: 'POST', path: '/api/coupons/cash/reclaims', proof: 'coupon.cash.reclaim', idempotent: true, body: ReclaimBody, response: CouponsReclaimed }),
  DELIVERY: endpoint({ method: 'POST', path: '/api/coupons/delivery/reclaims', proof: 'coupon.delivery.reclaim', idempotent: true, body: ReclaimBody, response: CouponsReclaimed }),
} as const

export const CouponOperation = z.enum([
  'quota_granted', 'quota_withdrawn', 'issued', 'reclaimed', 'returned_expiry', 'returned_disassociation', 'returned_withdrawal', 'lapsed', 'quota_issued', 'quota_reclaimed',
])
export type CouponOperation = z.infer<typeof CouponOperation>
export const CouponRecord = z.object({
  id: Id, at: Instant, operation: CouponOperation, kind: CouponKind,
  /** Number of the coupon, or of the quota that the operation is about. */
  number: z.string(), sourceQuotaNumber: z.nullable(z.string()),
  /** The customer or the reseller. */
  party: z.nullable(z.object({ /** Of a customer. */ id: z.nullable(Id), number: z.nullable(z.string()), nameMasked: Masked })),
  /** What was to move, and what did. */
  amount: Amount, actual: Amount,
  /** Null unless a member did it. */
  operatorMasked: z.nullable(Masked), initiator: z.enum(['member', 'system', 'vendor', 'distributor']),
  /** Seen by the partner that issued only. */
  remark: z.string(), result: z.enum(['success', 'lapsed']),
})
export type CouponRecord = z.infer<typeof CouponRecord>
export const CouponRecordSort = z.enum(['-at', 'at'])
export const CouponRecordFilter = z.strictObject({
  kind: z.optional(CouponKind), from: z.optional(Day), to: z.optional(Day), operation: z.optional(CouponOperation), number: z.optional(Number), quotaNumber: z.optional(Number), sourceQuotaNumber: z.optional(Number),
  customerId: z.optional(Id), customerNumber: z.optional(z.string().check(z.trim(), z.regex(/^[0-9 ]{1,20}$/, 'number'))), operatorId: z.optional(Id),
})
export type CouponRecordFilter = z.infer<typeof CouponRecordFilter>
/** Any part of the name of the customer or reseller: personal, so never in an address. */
export const CouponParty = z.string().check(z.trim(), z.minLength(2, 'name_part'), z.maxLength(64, 'name_part'))
export const queryCouponRecords = endpoint({
  method: 'POST', path: '/api/coupons/records/query', reads: true,
  body: z.strictObject({
    ...pageFields, sort: z._default(CouponRecordSort, '-at'), filter: z._default(CouponRecordFilter, {}),
    party: z.optional(CouponParty),
  }),
  response: listOf(CouponRecord),
})
/** People who issued or reclaimed, for the filter. */
export const getCouponChoices = endpoint({ method: 'GET', path: '/api/coupons/choices', response: z.object({ operators: z.array(z.object({ id: Id, nameMasked: Masked })) }) })
/** A row that both the list and the customer's own page know. */
export const MyCoupon = z.object({
  number: z.string(), kind: CouponKind, faceValue: Amount, balance: Amount, minOrder: Amount, maxShare: z.nullable(z.int()), scope: CouponScope, validUntil: Instant,
  state: z.enum(['INACTIVE', 'ACTIVE', 'USED', 'EXPIRED']),
})
export const getMyCoupons = endpoint({ method: 'GET', path: '/api/my/coupons', isPublic: true, response: z.object({ items: z.array(MyCoupon) }) })
