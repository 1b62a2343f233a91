import { getCustomer } from '#contract/customers.ts'
import { getCoupon, queryCouponRecords, queryCoupons } from '#contract/coupons-issued.ts'
import type { CouponKind } from '#contract/coupon-kinds.ts'
import { type CouponsIssued, getQuota, getQuotaChoices, issueCoupons, queryQuotas } from '#contract/coupons.ts'
import type { Input } from '#contract/endpoint.ts'
import { getHome } from '#contract/home.ts'
import { queryLog } from '#contract/operation-log.ts'
import { type ApiMutation, useApiMutation } from '#src/api/use-api-mutation.ts'

/** What a movement of coupons makes stale. */
export const staleByCoupons = [queryQuotas, getQuota, getQuotaChoices, queryCoupons, getCoupon, queryCouponRecords, getCustomer, getHome, queryLog]
export type IssueInput = Input<(typeof issueCoupons)[CouponKind]>
type Handlers = { onDone: (issued: CouponsIssued) => void; onRefused: (error: Error) => void }

/** Issues coupons of a kind. The kind of a form never changes while it is open: each has an operation of its own. */
export const useIssue = (kind: CouponKind, { onDone, onRefused }: Handlers): ApiMutation<(typeof issueCoupons)[CouponKind]> =>
  useApiMutation<(typeof issueCoupons)[CouponKind]>(issueCoupons[kind], { invalidates: staleByCoupons, onSuccess: onDone, onError: onRefused })
