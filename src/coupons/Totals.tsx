import type { Figure, Amount } from '#contract/money.ts'
import { formatMoney } from '#src/lib/format.ts'
import { useTranslation } from '#src/i18n/use-translation.ts'

/** The sums over all pages of a list, above it. The first is the one that people come for. */
export function Totals({ figures, label }: { label: string; figures: readonly { key: string; label: string; amount: Amount | Figure | undefined }[] }) {
  const { t } = useTranslation()
  return (
    <section className="panel coupon-totals" aria-label={label}>
      <dl>
        {figures.map((one) => (
          <div key={one.key}>
            <dt>{one.label}</dt>
            <dd>{one.amount === undefined ? <i className="skeleton" /> : <>{formatMoney(one.amount)}<small>{t('common.unit')}</small></>}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
