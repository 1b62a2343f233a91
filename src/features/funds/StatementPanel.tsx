import { useTranslation } from '#src/i18n/use-translation.ts'
import type { Answer } from '#contract/endpoint.ts'
import type { queryTransactions, TransactionFilter } from '#contract/funds.ts'
import { filterText } from '#src/components/filter-text.ts'
import { MoneyText } from '#src/components/MoneyText.tsx'

/** Opening balance, what came in, what went out, closing balance: for the days in view, whatever the other filters. @param range while it
 *  loads, undefined. */
export function StatementPanel({ range, filter: { account, from, to } }: { range: Answer<typeof queryTransactions>['range'] | undefined; filter: TransactionFilter }) {
  const { t } = useTranslation()
  const days = from || to ? filterText({ kind: 'days', key: 'time', label: '', from, to, onChange: () => undefined }) : t('funds.all_time')
  const parts = [['opening', range?.opening, ''], ['in', range?.in, '+'], ['out', range?.out, '−'], ['closing', range?.closing, '=']] as const
  return (
    <section className="panel statement" aria-label={t('funds.statement')}>
      <p className="caption">{t('funds.statement_range', { account: t(`funds.account.${account}`), range: days })}</p>
      <dl>
        {parts.map(([key, amount, sign]) => (
          <div key={key}>
            <dt>{sign && <span aria-hidden="true">{sign}</span>}{key === 'in' || key === 'out' ? t(`funds.field.${key}`) : t(`funds.${key}`)}</dt>
            <dd className={key === 'closing' ? 'strong' : undefined}>{amount === undefined ? <i className="skeleton" /> : <MoneyText amount={amount} />}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
