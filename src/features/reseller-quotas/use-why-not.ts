import { useTranslation } from '#src/i18n/use-translation.ts'
import { couponBatchMax } from '#contract/coupons.ts'
import type { IssuedQuotaState } from '#contract/reseller-quotas.ts'
import type { WhyNot } from './quota-rules.ts'

/** @returns says in words why quota cannot be reclaimed. */
export function useWhyNot(): (why: WhyNot | undefined, state?: IssuedQuotaState) => string | undefined {
  const { t } = useTranslation()
  return (why, state = 'ACTIVE') => {
    switch (why) {
      case undefined: return undefined
      case 'partner_state': return t('coupons.reason.partner_state')
      case 'state': return t('reseller_quotas.reason.state', { state: t(`reseller_quotas.state.${state}`) })
      case 'source': return t('reseller_quotas.reason.source')
      case 'none': return t('reseller_quotas.none')
      case 'too_many': return t('reseller_quotas.too_many', { max: couponBatchMax })
    }
  }
}
