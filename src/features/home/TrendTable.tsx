import { useTranslation } from '#src/i18n/use-translation.ts'
import { MoneyText } from '#src/components/MoneyText.tsx'
import { formatMonth } from '#src/lib/format.ts'
import type { Month } from './trend.ts'

/** The figures of the chart, newest first. */
export function TrendTable({ months, hasFunds }: { months: readonly Month[]; hasFunds: boolean }) {
  const { t } = useTranslation()
  const newest = months.at(-1)?.month
  return (
    <div className="trend-table" role="region" aria-label={t('home.table')} tabIndex={0}>
      <table className="plain-table" aria-label={t('home.table')}>
        <thead>
          <tr>
            <th scope="col">{t('home.month')}</th>
            <th scope="col" className="num">{t('home.expenditure')}</th>
            {hasFunds && <><th scope="col" className="num">{t('home.allocated_series')}</th><th scope="col" className="num">{t('home.reclaimed_series')}</th></>}
          </tr>
        </thead>
        <tbody>
          {months.toReversed().map(({ month, expenditure, allocated, reclaimed }) => (
            <tr key={month}>
              <td>{month === newest ? t('home.so_far', { month: formatMonth(month) }) : formatMonth(month)}</td>
              <td className="num"><MoneyText amount={expenditure} /></td>
              {hasFunds && <><td className="num"><MoneyText amount={allocated} /></td><td className="num"><MoneyText amount={reclaimed} /></td></>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
