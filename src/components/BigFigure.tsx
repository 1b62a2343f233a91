import { useTranslation } from '#src/i18n/use-translation.ts'
import type { Amount, Figure } from '#contract/money.ts'
import { formatMoney } from '#src/lib/format.ts'

/** The one large figure of a panel, with its unit. */
export function BigFigure({ amount }: { amount: Amount | Figure }) {
  const { t } = useTranslation()
  return <p className="figure">{formatMoney(amount)}<small>{t('common.unit')}</small></p>
}
