import { queryCouponRecords } from '#contract/coupons-issued.ts'
import { getQuota, getQuotaChoices, queryQuotas } from '#contract/coupons.ts'
import { queryLog } from '#contract/operation-log.ts'
import { queryIssuedQuotas, queryResellers } from '#contract/reseller-quotas.ts'

/** What a movement of quota makes stale. */
export const staleByQuota = [queryIssuedQuotas, queryResellers, queryQuotas, getQuota, getQuotaChoices, queryCouponRecords, queryLog]
