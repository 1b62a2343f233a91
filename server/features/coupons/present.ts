import type { Reply } from '#contract/endpoint.ts'
import { mayIssueKinds, type getQuota, type queryQuotas } from '#contract/coupons.ts'
import type { getCoupon, queryCouponRecords, queryCoupons } from '#contract/coupons-issued.ts'
import { amountFromMinor, fromMinor } from '#contract/money.ts'
import type { Actor } from '#server/auth/actor.ts'
import { maskCompany, maskName } from '#server/masking/mask.ts'
import { quotaStateOf } from '#server/operations/coupon-quotas.ts'
import { couponStateOf } from '#server/operations/coupon-takings.ts'
import type { CouponRow, UseRow } from './coupon-store.ts'
import type { MovementRow, NamedCustomer, QuotaRow } from './quota-store.ts'
import type { RecordRow } from './record-store.ts'

type QuotaItem = Reply<typeof queryQuotas>['items'][number]

/** @param named those of the customers that quotas name whom the person may see, by ID. @returns one quota. */
export function presentQuota(row: QuotaRow, named: ReadonlyMap<string, NamedCustomer>, actor: Pick<Actor, 'partner'>, now: Date): QuotaItem {
  const state = quotaStateOf(row, now)
  const seen = (number: string) => {
    const customer = named.get(number)
    return { id: customer?.id ?? null, number, nameMasked: customer ? maskCompany(customer.name) : null }
  }
  return {
    id: row.id, number: row.number, kind: row.kind, source: row.source,
    granted: amountFromMinor(row.granted), withdrawn: amountFromMinor(row.withdrawn), issued: fromMinor(row.issued), returned: fromMinor(row.returned), left: amountFromMinor(row.left),
    validFrom: row.validFrom.toISOString(), validTo: row.validTo.toISOString(),
    scope: {
      products: row.products, orderTypes: row.orderTypes, associationType: row.associationType,
      customers: row.customerNumbers.map(seen),
    },
    invoiceRecipient: row.invoiceRecipient,
    onlyFor: row.onlyNumber === null ? null : seen(row.onlyNumber),
    state, isIssuable: state === 'ACTIVE' && mayIssueKinds[actor.partner.type].includes(row.kind),
  }
}

/** Each movement of a quota in the words of its list. */
const movementKinds = {
  quota_granted: 'grant', quota_withdrawn: 'withdraw', issued: 'issue', reclaimed: 'return', returned_expiry: 'return', returned_disassociation: 'return', returned_withdrawal: 'return', lapsed: 'return', quota_issued: 'reseller_issue', quota_reclaimed: 'reseller_return',
} as const

/** @returns the movements as the quota's details show them. */
export const presentMovements = (rows: readonly MovementRow[]): Reply<typeof getQuota>['movements'] => rows.map(({ at, operation, number, amount, leftAfter }) => {
  const kind = movementKinds[operation]
  return { at: at.toISOString(), kind, number: kind === 'grant' || kind === 'withdraw' ? null : number, amount: fromMinor(amount), leftAfter: amountFromMinor(leftAfter) }
})

/** @returns one issued coupon. */
export function presentCoupon(row: CouponRow, now: Date): Reply<typeof queryCoupons>['items'][number] {
  const state = couponStateOf(row, now)
  return {
    id: row.id, number: row.number, kind: row.kind, customer: { id: row.customerId, number: row.customerNumber, nameMasked: maskCompany(row.customerName) },
    faceValue: amountFromMinor(row.faceValue), balance: amountFromMinor(row.balance), minOrder: amountFromMinor(row.minOrder), maxShare: row.maxShare, scope: { products: row.products, orderTypes: row.orderTypes },
    issuedAt: row.issuedAt.toISOString(), validUntil: row.validUntil.toISOString(), quota: row.quotaId === null || row.quotaNumber === null ? null : { id: row.quotaId, number: row.quotaNumber }, issuerName: row.issuerName,
    state, remark: row.remark, isReclaimable: state === 'ACTIVE' && row.balance > 0n && row.quotaId !== null,
  }
}

/** @returns the coupon with where its value went. */
export const presentCouponDetail = (row: CouponRow, uses: readonly UseRow[], now: Date): Reply<typeof getCoupon> => ({
  ...presentCoupon(row, now), used: amountFromMinor(row.used), returned: amountFromMinor(row.returned), lapsed: amountFromMinor(row.lapsed), endedAt: row.endedAt?.toISOString() ?? null,
  uses: uses.map(({ orderNumber, amount, at }) => ({ orderNumber, amount: amountFromMinor(amount), at: at.toISOString() })),
})

/** @returns one operation record. */
export const presentRecord = (row: RecordRow): Reply<typeof queryCouponRecords>['items'][number] => ({
  id: row.id, at: row.at.toISOString(), operation: row.operation, kind: row.kind, number: row.number, sourceQuotaNumber: row.sourceQuotaNumber,
  party: row.customerName !== null ? { id: row.customerId, number: row.customerNumber, nameMasked: maskCompany(row.customerName) } : row.resellerName === null ? null : { id: null, number: null, nameMasked: maskCompany(row.resellerName) },
  amount: amountFromMinor(row.amount), actual: amountFromMinor(row.actual), operatorMasked: row.operatorName === null ? null : maskName(row.operatorName), initiator: row.initiator, remark: row.remark,
  result: row.operation === 'lapsed' || row.operation.startsWith('returned') && row.quotaChange === 0n ? 'lapsed' : 'success',
})
