import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link } from 'react-router'
import type { Customer, Reclaimable } from '#contract/customers.ts'
import { BigFigure } from '#src/components/BigFigure.tsx'
import { Ledger } from '#src/components/Ledger.tsx'
import { Meter } from '#src/components/Meter.tsx'
import { MoneyText } from '#src/components/MoneyText.tsx'
import { formatClock, formatMoney, zoneName } from '#src/lib/format.ts'
import { paths } from '#src/paths.ts'

/** What the customer has, and beside it line by line how much of that can be taken back. */
export function BalancePanel({ customer, reclaimable }: { customer: Customer; reclaimable: Reclaimable }) {
  const { t } = useTranslation()
  const { balance, own, held, unsettled, arrears, asOf } = reclaimable
  const minus = [['own', own], ['held', held], ['unsettled', unsettled], ['arrears', arrears]] as const
  return (
    <section className="panel balance" aria-label={t('customer_page.balance_panel')}>
      <div className="left">
        <span className="caption">{t('customer_page.account_balance')}</span>
        <BigFigure amount={balance} />
        <p className="caption">{t('customer_page.balance_parts', { allocated: formatMoney(customer.balance ?? '0.00'), own: formatMoney(own) })}</p>
        <dl className="pair">
          <div><dt className="caption">{t('customers.field.expenditure')}</dt><dd><MoneyText amount={customer.monthExpenditure} /></dd></div>
          <div><dt className="caption">{t('customers.field.budget_used')}</dt><dd>{customer.budget ? <Meter percent={customer.budget.usedPercent} /> : <span className="quiet">{t('customers.no_budget')}</span>}</dd></div>
          <div><dt className="caption">{t('customer_page.allocations')}</dt><dd>{t('customer_page.allocations_count', { count: customer.allocations })}</dd></div>
          <div><dt className="caption">{t('customer_page.open_lots')}</dt><dd>{t('customer_page.open_lots_count', { count: customer.openLots })}</dd></div>
        </dl>
      </div>
      <div className="right">
        <Ledger
          lines={[
            { key: 'balance', label: <Link to={paths.customer(customer.id, 'funds')}>{t('customer_page.account_balance')}</Link>, amount: balance },
            ...minus.map(([key, amount]) => ({ key, label: t(`customer_page.minus_${key}`), amount, isMinus: true })),
          ]}
          sum={{ label: t('customer_page.reclaimable'), amount: reclaimable.reclaimable }}
          note={<>
            {isBelowZero(reclaimable) && <>{t('customer_page.reclaimable_none')} </>}
            {t('customer_page.reclaimable_as_of', { time: `${formatClock(asOf)} (${zoneName(asOf)})` })}
          </>}
        />
      </div>
    </section>
  )
}

/** The lines would end below zero, so the sum says 0.00: that needs a word. Differences of cents do not matter here. */
const isBelowZero = ({ balance, own, held, unsettled, arrears }: Reclaimable): boolean =>
  Number(balance) - Number(own) - Number(held) - Number(unsettled) - Number(arrears) < -0.005
