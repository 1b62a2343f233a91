import { useTranslation } from '#src/i18n/use-translation.ts'
import { formatMonth } from '#src/lib/format.ts'

/** The first and the last month of what is paid. */
export function Periods({ from, to }: { from: string; to: string }) {
  const { t } = useTranslation()
  return <span className="nowrap">{from === to ? formatMonth(from) : t('payments.periods', { from: formatMonth(from), to: formatMonth(to) })}</span>
}
