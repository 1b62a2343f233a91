import { useTranslation } from '#src/i18n/use-translation.ts'
import type { Customer } from '#contract/customers.ts'
import { MoneyText } from '#src/components/MoneyText.tsx'
import { Section } from '#src/components/Section.tsx'
import { formatClock, formatMoney, formatMonth, zoneName } from '#src/lib/format.ts'

const height = 96

/** Twelve months of expenditure as bars, and the same figures as a table. The present month is open, because it is not over. */
export function Trend({ customer: { expenditureTrend: trend, asOf } }: { customer: Customer }) {
  const { t } = useTranslation()
  const highest = trend.reduce((best, one) => (Number(one.amount) > Number(best.amount) ? one : best), trend[0] ?? { month: '', amount: '0.00' })
  const top = Number(highest.amount)
  return (
    <Section title={t('customer_page.expenditure_trend')} note={t('customer_page.trend_note', { time: `${formatClock(asOf).slice(0, 5)} (${zoneName(asOf)})` })}>
      {top <= 0 ? <p className="quiet lots-none">{t('customer_page.trend_none')}</p> : (
        <>
          <p className="caption spent-top">{t('customer_page.trend_highest', { amount: formatMoney(highest.amount) })}</p>
          <svg className="spent-bars" viewBox={`0 0 ${trend.length * 10} ${height}`} preserveAspectRatio="none" role="img" aria-label={t('customer_page.trend_chart', { month: formatMonth(highest.month), amount: formatMoney(highest.amount) })}>
            {trend.map((one, index) => {
              const tall = Math.max(Number(one.amount) > 0 ? 2 : 0.5, (Math.max(0, Number(one.amount)) / top) * (height - 1))
              return <rect key={one.month} className={index === trend.length - 1 ? 'present' : undefined} x={index * 10 + 2.8} width={4.4} y={height - tall} height={tall}><title>{`${formatMonth(one.month)} ${formatMoney(one.amount)}`}</title></rect>
            })}
          </svg>
          <div className="spent-months" aria-hidden="true">{trend.map((one) => <span key={one.month}>{one.month.slice(5).replace(/^0/, '') === '1' ? one.month.slice(0, 4) : one.month.slice(5)}</span>)}</div>
          <details className="spent-table">
            <summary>{t('customer_page.trend_table')}</summary>
            <table className="plain-table compact" aria-label={t('customer_page.expenditure_trend')}>
              <thead><tr><th scope="col">{t('customer_page.month')}</th><th scope="col" className="num">{t('customer_page.month_amount')}</th></tr></thead>
              <tbody>
                {trend.map((one, index) => (
                  <tr key={one.month}><td>{index === trend.length - 1 ? t('customer_page.so_far', { month: formatMonth(one.month) }) : formatMonth(one.month)}</td><td className="num"><MoneyText amount={one.amount} /></td></tr>
                ))}
              </tbody>
            </table>
          </details>
        </>
      )}
    </Section>
  )
}
