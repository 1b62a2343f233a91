import { useTranslation } from '#src/i18n/use-translation.ts'
import type { Answer } from '#contract/endpoint.ts'
import { fromMinor, toMinor } from '#contract/money.ts'
import { getMyBills } from '#contract/my.ts'
import { formatMonth, formatMoney } from '#src/lib/format.ts'
import { PartFailed } from './PartFailed.tsx'
import { useAsked } from './use-asked.ts'

type Bills = Answer<typeof getMyBills>

/** What the customer used month by month, newest first, as far as the partner shows it. */
export function MyBills() {
  const { t } = useTranslation()
  const { answer, error, again } = useAsked(getMyBills, {})
  return (
    <section className="my-section" aria-labelledby="my-bills">
      <h2 id="my-bills">{t('my.bills')}</h2>
      {error && <PartFailed words={t('my.bills_failed')} error={error} onRetry={again} />}
      {!answer && !error && <div className="skeletons" role="status" aria-busy="true" aria-label={t('my.loading')}><i className="skeleton" /><i className="skeleton" /></div>}
      {answer && (answer.months.some(({ isUsed }) => isUsed) ? <Months bills={answer} /> : <p className="second">{t('my.bills_empty')}</p>)}
    </section>
  )
}

function Months({ bills: { amounts, months } }: { bills: Bills }) {
  const { t } = useTranslation()
  const hasAmounts = amounts === 'list'
  const used = months.toReversed().filter(({ isUsed }) => isUsed)
  const minor = used.reduce((sum, { amount }) => sum + (amount === null ? 0n : toMinor(amount)), 0n)
  return (
    <>
      <p className="second">{t(`my.bills_note.${amounts}`)}</p>
      <table className="plain-table my-bills" aria-label={t('my.bills')}>
        <thead><tr><th scope="col">{t('my.month')}</th><th scope="col" className={hasAmounts ? 'num' : undefined}>{t(hasAmounts ? 'my.amount' : 'my.usage')}</th></tr></thead>
        <tbody>{used.map(({ month, amount }) => <tr key={month}><th scope="row">{formatMonth(month)}</th><td className={hasAmounts ? 'num' : undefined}>{amount === null ? t('my.used') : formatMoney(amount)}</td></tr>)}</tbody>
        {hasAmounts && <tfoot><tr><th scope="row">{t('my.total')}</th><td className="num">{formatMoney(fromMinor(minor))}</td></tr></tfoot>}
      </table>
    </>
  )
}
