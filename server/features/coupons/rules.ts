import type { CouponKind, InvoiceRecipient, IssueReason } from '#contract/coupons.ts'
import type { RowRefusal } from '#contract/errors.ts'
import { amountMaxMinor } from '#contract/money.ts'
import type { PartnerState, PartnerType } from '#contract/people.ts'

/** Why a row cannot be done: its code, the sentence where that is more exact, and what the sentence tells. */
export type RowReason = { row: number; code: RowRefusal['code']; sentence?: string; facts?: Record<string, string> }

/** Partners that are restricted, frozen or gone move neither money nor coupons. */
export const mayMoveCoupons = (state: PartnerState): boolean => state === 'ACTIVE'
/** Ids are compared as the database does, so that no customer or coupon slips in twice. */
export const sameId = (id: string): string => id.toLowerCase()

/** What decides whether a customer may get a coupon of a quota. */
export type Receiver = {
  id: string; number: string; associationType: 'RESALE' | 'REFERRAL'
  /** The account or company of the partner itself. */
  isPartner: boolean
  /** Has its contract with another company of the vendor than the partner. */
  isOtherEntity: boolean
  /** On the partner's present whitelist. */
  isWhitelisted: boolean
}
export type IssueFrom = {
  partnerType: PartnerType; invoiceRecipient: InvoiceRecipient; associationType: 'RESALE' | 'REFERRAL' | null; customerNumbers: readonly string[]
  /** None of the customers that the quota names is one of the partner. */
  namesNobody: boolean
  onlyCustomer: { id: string; number: string } | null
}
type Why = { reason: IssueReason; sentence?: string; facts?: Record<string, string> }

/** @returns why this customer may not get a coupon of the quota; undefined: it may. What lies with the quota comes before what lies with the customer. */
export function whyNot(receiver: Receiver, from: IssueFrom): Why | undefined {
  if (from.namesNobody) return { reason: 'quota_customer' }
  if (receiver.isPartner) return { reason: 'self_issue' }
  if (from.onlyCustomer !== null && from.onlyCustomer.id !== receiver.id) return { reason: 'only_original', facts: { customer: from.onlyCustomer.number } }
  if (from.customerNumbers.length > 0 && !from.customerNumbers.includes(receiver.number)) return { reason: 'outside_limit', sentence: 'outside_customers' }
  if (from.associationType !== null && from.associationType !== receiver.associationType) return { reason: 'outside_limit', sentence: from.associationType === 'RESALE' ? 'outside_resale' : 'outside_referral' }
  if (from.partnerType === 'SUBSIDY' && !receiver.isWhitelisted) return { reason: 'not_whitelisted' }
  return from.invoiceRecipient === 'USER' && (receiver.associationType === 'RESALE' || receiver.isOtherEntity) ? { reason: 'invoice_user' } : undefined
}

/** @param receivers in the order asked for. @returns every row that must be refused, in order; empty when all may get one. */
export function refuseIssue(receivers: readonly Receiver[], from: IssueFrom): RowReason[] {
  return receivers.flatMap((receiver, row): RowReason[] => {
    if (receivers.findIndex(({ id }) => id === receiver.id) < row) return [{ row, code: 'duplicate', sentence: 'issue_twice' }]
    const why = whyNot(receiver, from)
    return why ? [{ row, code: why.reason, ...(why.sentence !== undefined && { sentence: why.sentence }), ...(why.facts && { facts: why.facts }) }] : []
  })
}

export type ToReclaim = { id: string; kind: CouponKind; isForeign: boolean; state: 'INACTIVE' | 'ACTIVE' | 'USED' | 'EXPIRED' | 'RECLAIMED'; balance: bigint }
/** @param coupons in the order asked for. @returns every row that must be refused, in order. */
export function refuseReclaims(coupons: readonly ToReclaim[]): RowReason[] {
  return coupons.flatMap(({ id, isForeign, state, balance }, row): RowReason[] => {
    const first = coupons.findIndex((other) => other.id === id)
    if (first < row) return [{ row, code: 'duplicate', sentence: 'coupon_twice', facts: { other: String(first + 1) } }]
    if (isForeign) return [{ row, code: 'coupon_foreign' }]
    if (state === 'RECLAIMED') return [{ row, code: 'coupon_reclaimed' }]
    if (state === 'USED' || state === 'ACTIVE' && balance === 0n) return [{ row, code: 'coupon_empty' }]
    return state === 'ACTIVE' ? [] : [{ row, code: 'coupon_closed' }]
  })
}

/** @returns face value times customers in minor units, or undefined when it is more than one movement may carry. */
export function totalOf(faceValue: bigint, customers: number): bigint | undefined {
  const total = faceValue * BigInt(customers)
  return total > amountMaxMinor ? undefined : total
}

/** @param chosen what the coupons are limited to; nothing: as the quota. @param allowed of the quota; nothing: everything.
 *  @returns the limits of the coupons, or undefined when something was chosen that the quota does not allow. */
export function narrow<T extends string>(chosen: readonly T[], allowed: readonly T[]): T[] | undefined {
  if (chosen.length === 0) return [...allowed]
  return allowed.length === 0 || chosen.every((one) => allowed.includes(one)) ? [...new Set(chosen)].toSorted() : undefined
}
