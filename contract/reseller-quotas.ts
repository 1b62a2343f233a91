import * as z from 'zod/mini'
import { couponBatchMax, remarkMax } from './coupons.ts'
import { endpoint } from './endpoint.ts'
import { lookupAnswer } from './invites.ts'
import { Masked } from './masked.ts'
import { Amount, Figure, PositiveAmount } from './money.ts'
import { Day, Id, Instant, listOf, pageFields } from './page.ts'
import { PartnerState } from './people.ts'

// Voucher quota that a distributor gives to its resellers, and takes back as far as they have not issued it.

/** `account` is what people quote as the reseller's ID. */
const ResellerRef = z.object({ id: Id, account: z.string(), nameMasked: Masked })
const NamePart = z.strictObject({ name: z.string().check(z.trim(), z.minLength(2, 'name_part'), z.maxLength(64, 'name_part')) })
export const Reseller = z.object({
  ...ResellerRef.shape, state: PartnerState,
  /** Of voucher quota that the distributor issued to it and that is in force. */ quotaLeft: Amount,
  /** Null: may be chosen. The sentence says why not, in the language of the request. */ refused: z.nullable(z.string()),
})
export type Reseller = z.infer<typeof Reseller>
/** The distributor's own resellers for the picker, by name. */
export const queryResellers = endpoint({
  method: 'POST', path: '/api/coupons/resellers/query', reads: true,
  body: z.strictObject({ ...pageFields, lookup: z.optional(NamePart), /** The chosen ones, to show their rows again. */ resellerIds: z.optional(z.array(Id).check(z.minLength(1), z.maxLength(couponBatchMax, 'rows_max'))) }),
  response: listOf(Reseller),
})

export const IssuedQuotaState = z.enum(['ACTIVE', 'USED_UP', 'EXPIRED', 'RECLAIMED'])
export type IssuedQuotaState = z.infer<typeof IssuedQuotaState>
export const IssuedQuota = z.object({
  id: Id, number: z.string(), /** The distributor's own quota. */ source: z.object({ id: Id, number: z.string() }), reseller: ResellerRef,
  /** amount = used + left + reclaimed; `used` is what the reseller's customers have of it in vouchers. */
  amount: Amount, used: Amount, left: Amount, reclaimed: Amount,
  validTo: Instant, issuedAt: Instant, state: IssuedQuotaState, isReclaimable: z.boolean(),
})
export type IssuedQuota = z.infer<typeof IssuedQuota>
export const IssuedQuotaSort = z.enum(['-issuedAt', 'issuedAt', '-left', 'left'])
export type IssuedQuotaSort = z.infer<typeof IssuedQuotaSort>
export const IssuedQuotaFilter = z.strictObject({
  number: z.optional(z.string().check(z.trim(), z.maxLength(40))), quotaNumber: z.optional(z.string().check(z.trim(), z.maxLength(40))), resellerId: z.optional(Id),
  state: z.optional(IssuedQuotaState), from: z.optional(Day), to: z.optional(Day),
})
export type IssuedQuotaFilter = z.infer<typeof IssuedQuotaFilter>
export const queryIssuedQuotas = endpoint({
  method: 'POST', path: '/api/coupons/quota-issues/query', reads: true,
  body: z.strictObject({ ...pageFields, sort: z._default(IssuedQuotaSort, '-issuedAt'), filter: z._default(IssuedQuotaFilter, {}), /** Any part of the reseller's name. */ lookup: z.optional(NamePart), /** Opaque id of an earlier look-up of the same person. Used only without `lookup`. */ view: z.optional(Id) }),
  response: z.object({ ...listOf(IssuedQuota).shape, ...lookupAnswer, /** Over all pages. */ totals: z.object({ amount: Figure, left: Figure }) }),
})

const remark = z._default(z.string().check(z.trim(), z.maxLength(remarkMax, 'too_long')), '')
const QuotasIssued = z.object({
  items: z.array(z.object({ quotaId: Id, number: z.string(), reseller: ResellerRef, amount: Amount })), total: Amount, quota: z.object({ id: Id, number: z.string(), left: Amount }),
})
/** Gives each reseller an amount of one voucher quota, all or none: validity and limits are those of the quota. */
export const issueQuotas = endpoint({
  method: 'POST', path: '/api/coupons/quota-issues', proof: 'coupon.quota.issue', idempotent: true,
  body: z.strictObject({ quotaId: Id, items: z.array(z.strictObject({ resellerId: Id, amount: PositiveAmount })).check(z.minLength(1, 'rows_min'), z.maxLength(couponBatchMax, 'rows_max')), remark }), response: QuotasIssued,
})

const quotaIds = z.array(Id).check(z.minLength(1, 'rows_min'), z.maxLength(couponBatchMax, 'rows_max'))
/** What a reclaim would bring back now, in the order asked for. `refused` holds the sentence that would refuse the row. */
export const expectQuotaReclaim = endpoint({
  method: 'POST', path: '/api/coupons/quota-reclaims/expected', reads: true, body: z.strictObject({ quotaIds }),
  response: z.object({ items: z.array(z.object({ quotaId: Id, number: z.string(), sourceNumber: z.string(), reseller: ResellerRef, amount: Amount, expected: Amount, refused: z.nullable(z.string()) })), total: Figure }),
})
const QuotasReclaimed = z.object({
  /** `expected` as the proof's summary showed it, `actual` what was left at execution. */
  items: z.array(z.object({ quotaId: Id, number: z.string(), sourceNumber: z.string(), reseller: ResellerRef, expected: Amount, actual: Amount })), expectedTotal: Amount, actualTotal: Amount,
})
/** Always the whole remainder of each, all of them or none. */
export const reclaimQuotas = endpoint({
  method: 'POST', path: '/api/coupons/quota-reclaims', proof: 'coupon.quota.reclaim', idempotent: true, body: z.strictObject({ quotaIds, remark }), response: QuotasReclaimed,
})
