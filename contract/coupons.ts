import * as z from 'zod/mini'
import { couponKinds, issueMax } from './coupon-kinds.ts'
import { endpoint } from './endpoint.ts'
import { Masked } from './masked.ts'
import { Amount, Figure, PositiveAmount } from './money.ts'
import { Day, Id, Instant, listOf, pageFields } from './page.ts'

export { couponBatchMax, couponKinds, issueMax, mayIssueKinds, maySeeKinds } from './coupon-kinds.ts'
export const CouponKind = z.enum(couponKinds)
export type CouponKind = z.infer<typeof CouponKind>

export const remarkMax = 200
/** Days before its end at which a coupon or quota counts as ending. */
export const couponEndsSoonDays = 7

export const OrderType = z.enum(['NEW', 'RENEWAL', 'CHANGE'])
export type OrderType = z.infer<typeof OrderType>
export const Product = z.string().check(z.trim(), z.minLength(1, 'required'), z.maxLength(64, 'too_long'))
/** What a coupon may pay for. An empty list limits nothing. */
export const CouponScope = z.object({ products: z.array(z.string()), orderTypes: z.array(OrderType) })
export type CouponScope = z.infer<typeof CouponScope>
/** Whom the quota may reach: customers by their IDs, and the kind of their association. */
export const QuotaScope = z.object({ ...CouponScope.shape, customers: z.array(z.object({ id: z.nullable(Id), number: z.string(), nameMasked: z.nullable(Masked) })), associationType: z.nullable(z.enum(['RESALE', 'REFERRAL'])) })
export type QuotaScope = z.infer<typeof QuotaScope>

export const QuotaState = z.enum(['NOT_STARTED', 'ACTIVE', 'USED_UP', 'EXPIRED', 'RECLAIMED'])
export type QuotaState = z.infer<typeof QuotaState>
export const QuotaSource = z.enum(['vendor', 'distributor', 'incentive'])
export type QuotaSource = z.infer<typeof QuotaSource>
/** Who gets the invoice for what a coupon of the quota pays. `USER`: neither for resale customers nor for referral customers of another contracting entity. */
export const InvoiceRecipient = z.enum(['PARTNER', 'USER'])
export type InvoiceRecipient = z.infer<typeof InvoiceRecipient>

export const Quota = z.object({
  id: Id, number: z.string(), kind: CouponKind, source: QuotaSource,
  /** left = granted − withdrawn − issued + returned. `withdrawn` is what the grantor took back, which ends the quota. */
  granted: Amount, withdrawn: Amount, /** Ever, so that what came back and was issued again counts again. */ issued: Figure, returned: Figure, left: Amount,
  /** In force from the first instant to before the second. */
  validFrom: Instant, validTo: Instant,
  scope: QuotaScope, invoiceRecipient: InvoiceRecipient,
  /** It came back from this customer, and may be issued to nobody else. Id and name only where the person sees the customer. */
  onlyFor: z.nullable(z.object({ id: z.nullable(Id), number: z.string(), nameMasked: z.nullable(Masked) })),
  state: QuotaState,
  /** Of a kind that this partner type issues, and in force with something left. */
  isIssuable: z.boolean(),
})
export type Quota = z.infer<typeof Quota>
export const QuotaSort = z.enum(['validTo', '-validTo', '-left', 'left', '-granted', 'granted'])
export type QuotaSort = z.infer<typeof QuotaSort>
const Number = z.string().check(z.trim(), z.maxLength(40))
export const QuotaFilter = z.strictObject({
  kind: z.optional(CouponKind), number: z.optional(Number), state: z.optional(QuotaState), source: z.optional(QuotaSource),
  /** Quotas that are in force on some day of the range. */
  validFrom: z.optional(Day), validTo: z.optional(Day),
  leftMin: z.optional(Amount), leftMax: z.optional(Amount),
  /** In force, with something left, and ending within seven days. */
  endsSoon: z.optional(z.boolean()),
})
export type QuotaFilter = z.infer<typeof QuotaFilter>
export const queryQuotas = endpoint({
  method: 'POST', path: '/api/coupons/quotas/query', reads: true,
  body: z.strictObject({ ...pageFields, sort: z._default(QuotaSort, 'validTo'), filter: z._default(QuotaFilter, {}) }),
  response: z.object({ ...listOf(Quota).shape, /** Over all pages. */ totals: z.object({ granted: Figure, left: Figure }) }),
})

export const QuotaMovementKind = z.enum(['grant', 'withdraw', 'issue', 'return', 'reseller_issue', 'reseller_return'])
export const getQuota = endpoint({
  method: 'GET', path: '/api/coupons/quotas/:id', params: z.strictObject({ id: Id }),
  response: z.object({
    ...Quota.shape,
    /** The newest hundred; `number` is that of the coupon or of the reseller's quota, null for the quota itself. A manager sees those of the own customers. */
    movements: z.array(z.object({ at: Instant, kind: QuotaMovementKind, number: z.nullable(z.string()), /** Signed as it changes what is left. */ amount: z.string(), leftAfter: Amount })),
    movementTotal: z.int(),
  }),
})
/** Quotas of which coupons of a kind can be issued now, the one that ends first at the top. */
export const getQuotaChoices = endpoint({
  method: 'GET', path: '/api/coupons/quotas/choices', query: z.strictObject({ kind: CouponKind }),
  response: z.object({ items: z.array(Quota) }),
})

/** What is issued. The scope may only narrow the quota's; left out it is the quota's own. */
export const IssueBody = z.strictObject({
  quotaId: Id, faceValue: PositiveAmount, minOrder: Amount,
  /** The last day, in the partner's time zone; at most the quota's. */
  validUntil: Day,
  /** Percent of an order. Of delivery coupons, and required there. */
  maxShare: z.optional(z.int().check(z.minimum(1, 'share'), z.maximum(100, 'share'))),
  orderTypes: z._default(z.array(OrderType).check(z.maxLength(3)), []), products: z._default(z.array(Product).check(z.maxLength(50)), []),
  customerIds: z.array(Id).check(z.minLength(1, 'rows_min'), z.maxLength(issueMax, 'issue_max')),
  remark: z._default(z.string().check(z.trim(), z.maxLength(remarkMax, 'too_long')), ''),
})
export type IssueBody = z.infer<typeof IssueBody>
export const CouponsIssued = z.object({
  items: z.array(z.object({ couponId: Id, number: z.string(), customerId: Id, customerNumber: z.string(), nameMasked: Masked, faceValue: Amount })),
  total: Amount, quota: z.object({ id: Id, number: z.string(), left: Amount }),
})
export type CouponsIssued = z.infer<typeof CouponsIssued>
// Each kind has an operation of its own, and so an address of its own: the proof of one kind is no good for another.
export const issueCoupons = {
  VOUCHER: endpoint({ method: 'POST', path: '/api/coupons/vouchers/issues', proof: 'coupon.voucher.issue', idempotent: true, body: IssueBody, response: CouponsIssued }),
  CASH: endpoint({ method: 'POST', path: '/api/coupons/cash/issues', proof: 'coupon.cash.issue', idempotent: true, body: IssueBody, response: CouponsIssued }),
  DELIVERY: endpoint({ method: 'POST', path: '/api/coupons/delivery/issues', proof: 'coupon.delivery.issue', idempotent: true, body: IssueBody, response: CouponsIssued }),
} as const

/** Why a customer may not get a coupon of the quota: the same reasons that refuse its row. */
export const IssueReason = z.enum(['outside_limit', 'not_whitelisted', 'invoice_user', 'only_original', 'self_issue', 'quota_customer'])
export type IssueReason = z.infer<typeof IssueReason>
export const CandidateLookup = z.strictObject({
  /** Any part of the name, the account name or the tag, or the full ID. */
  name: z.string().check(z.trim(), z.minLength(2, 'name_part'), z.maxLength(64, 'name_part')),
})
/** Customers for the picker, newest first. */
export const queryCandidates = endpoint({
  method: 'POST', path: '/api/coupons/candidates/query', reads: true,
  body: z.strictObject({ ...pageFields, quotaId: Id, lookup: z.optional(CandidateLookup), tag: z.optional(z.string().check(z.minLength(1), z.maxLength(64))), /** The chosen ones, to show their rows again. */ customerIds: z.optional(z.array(Id).check(z.minLength(1), z.maxLength(issueMax))) }),
  response: listOf(z.object({
    id: Id, number: z.string(), nameMasked: Masked, accountNameMasked: Masked, tag: z.string(), associationType: z.enum(['RESALE', 'REFERRAL']),
    /** Null: may be chosen. `message` says it in the language of the request. */
    refused: z.nullable(z.object({ reason: IssueReason, message: z.string() })),
  })),
})
