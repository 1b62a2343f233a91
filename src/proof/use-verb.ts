import { useTranslation } from '#src/i18n/use-translation.ts'
import type { Summary } from '#contract/proofs.ts'
import { formatMoney } from '#src/lib/format.ts'

const names = { 'funds.allocate': 'funds_allocate', 'funds.reclaim': 'funds_reclaim', 'verification.off': 'verification_off', 'verification.require': 'verification_require', 'notice.takeover': 'notice_takeover', 'notice.bill': 'notice_bill' } as const

/** @returns the words of the button: verb, count and amount, from the frozen summary. */
export function useVerb(summary: Summary): string {
  const { t } = useTranslation()
  const name = names[summary.operation]
  const total = summary.total ? formatMoney(summary.total) : ''
  const [only] = summary.items
  if (summary.count > 1 || !only) return summary.count > 1 ? t(`proof.verb_batch.${name}`, { count: summary.count, total }) : t(`proof.verb.${name}`, { total, payee: '' })
  return t(`proof.verb.${name}`, { total, payee: only.nameMasked })
}

/** @returns the words over the decisive sum. */
export function useTotalLabel(summary: Summary): string {
  const { t } = useTranslation()
  const name = names[summary.operation]
  return summary.count > 1 ? t(`proof.total_batch.${name}`) : t(`proof.total.${name}`)
}
