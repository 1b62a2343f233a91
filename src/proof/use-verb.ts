import { useTranslation } from '#src/i18n/use-translation.ts'
import type { Amount } from '#contract/money.ts'
import type { Summary } from '#contract/proofs.ts'
import { formatMoney } from '#src/lib/format.ts'

const names = {
  'funds.allocate': 'funds_allocate', 'funds.reclaim': 'funds_reclaim', 'verification.off': 'verification_off', 'verification.require': 'verification_require', 'notice.takeover': 'notice_takeover', 'notice.bill': 'notice_bill',
  'coupon.voucher.issue': 'coupon_voucher_issue', 'coupon.voucher.reclaim': 'coupon_voucher_reclaim', 'coupon.cash.issue': 'coupon_cash_issue', 'coupon.cash.reclaim': 'coupon_cash_reclaim',
  'coupon.delivery.issue': 'coupon_delivery_issue', 'coupon.delivery.reclaim': 'coupon_delivery_reclaim', 'coupon.quota.issue': 'coupon_quota_issue', 'coupon.quota.reclaim': 'coupon_quota_reclaim',
} as const

/** @returns the decisive sum: what moves, or what is expected to where only the execution knows. */
export const totalOf = ({ total, notes }: Summary): Amount | null => total ?? notes.find((note) => note.kind === 'expected')?.total ?? null

/** @returns the words of the button: verb, count and amount, from the frozen summary. */
export function useVerb(summary: Summary): string {
  const { t } = useTranslation()
  const name = names[summary.operation]
  const sum = totalOf(summary)
  const total = sum ? formatMoney(sum) : ''
  const [only] = summary.items.length > 0 ? summary.items : summary.notes.flatMap((note) => (note.kind === 'expected' ? note.items : []))
  if (summary.count > 1 || !only) return summary.count > 1 ? t(`proof.verb_batch.${name}`, { count: summary.count, total }) : t(`proof.verb.${name}`, { total, payee: '' })
  return t(`proof.verb.${name}`, { total, payee: only.nameMasked })
}

/** @returns the words over the decisive sum. */
export function useTotalLabel(summary: Summary): string {
  const { t } = useTranslation()
  const name = names[summary.operation]
  return summary.count > 1 ? t(`proof.total_batch.${name}`) : t(`proof.total.${name}`)
}
