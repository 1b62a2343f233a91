import { useTranslation } from '#src/i18n/use-translation.ts'
import type { CouponState } from '#contract/coupons-issued.ts'
import { couponBatchMax } from '#contract/coupon-kinds.ts'
import type { WhyNot } from './coupon-rules.ts'

/** @returns how to say why a coupon cannot be reclaimed. */
export function useWhyNot(): (reason: WhyNot | undefined, state?: CouponState) => string | undefined {
  const { t } = useTranslation()
  return (reason, state = 'ACTIVE') => {
    switch (reason) {
      case undefined: return undefined
      case 'none': return t('coupons.coupon.none_reclaimable')
      case 'coupon_state': return t('coupons.reason.coupon_state', { state: t(`coupons.coupon.state.${state}`) })
      case 'too_many': return t('coupons.reason.too_many', { max: couponBatchMax })
      case 'no_reclaim': case 'partner_state': case 'foreign': case 'no_balance': return t(`coupons.reason.${reason}`)
    }
  }
}
