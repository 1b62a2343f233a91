import { useTranslation } from '#src/i18n/use-translation.ts'
import type { Quota } from '#contract/coupons.ts'
import { formatMoney } from '#src/lib/format.ts'
import { usePhone } from '#src/lib/use-media.ts'
import { lastDay } from './last-day.ts'

/** @returns the choices of a list of quotas, and what stands below the closed list: a phone has no room in it for the last day of the one that is chosen. */
export function useQuotaOptions(quotas: readonly Quota[], chosen: Quota | undefined): { options: { value: string; label: string }[]; hint: string | undefined } {
  const { t } = useTranslation()
  const isPhone = usePhone()
  const labelOf = (quota: Quota) => {
    const words = { number: quota.number, left: formatMoney(quota.left) }
    return isPhone && quota.id === chosen?.id ? t('coupons.issuing.quota_option_short', words) : t('coupons.issuing.quota_option', { ...words, day: lastDay(quota.validTo) })
  }
  return { options: quotas.map((quota) => ({ value: quota.id, label: labelOf(quota) })), hint: isPhone && chosen ? t('coupons.issuing.quota_until', { day: lastDay(chosen.validTo) }) : undefined }
}
