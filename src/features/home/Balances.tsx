import type { ReactNode } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link } from 'react-router'
import type { Answer } from '#contract/endpoint.ts'
import type { getHome } from '#contract/home.ts'
import { type Figure, fromMinor, toMinor } from '#contract/money.ts'
import { BigFigure } from '#src/components/BigFigure.tsx'
import { formatMoney } from '#src/lib/format.ts'
import { paths } from '#src/paths.ts'
import { useCan } from '#src/session/use-session.ts'

type Props = { balances: NonNullable<Answer<typeof getHome>['balances']> }

/** The partner's money, and what the customers still have of it; each figure with the way to its records. */
export function Balances({ balances: { topUpAvailable, creditAvailable, creditLimit, allocated } }: Props) {
  const { t } = useTranslation()
  const seesCustomers = useCan('customer.view')
  const used = fromMinor(toMinor(creditLimit) - toMinor(creditAvailable))
  return (
    <section className="panel balances" aria-label={t('home.balances')}>
      <Balance label={t('home.top_up')} amount={topUpAvailable} note={t('home.top_up_note')}>
        <Link to={paths.transactions({ account: 'top-up' })} aria-label={`${t('home.top_up')} ${t('home.see_transactions')}`}>{t('home.see_transactions')}</Link>
        <Link to={paths.funds()}>{t('home.see_accounts')}</Link>
      </Balance>
      <Balance label={t('home.credit')} amount={creditAvailable} note={`${t('home.credit_limit')} ${formatMoney(creditLimit)}　${t('home.credit_used')} ${formatMoney(used)}`}>
        <Link to={paths.transactions({ account: 'credit' })} aria-label={`${t('home.credit')} ${t('home.see_transactions')}`}>{t('home.see_transactions')}</Link>
      </Balance>
      <Balance label={t('home.allocated')} amount={allocated} note={t('home.allocated_note')}>
        {seesCustomers && <Link to={paths.customers({ associationType: 'RESALE', sort: '-balance' })}>{t('home.see_balances')}</Link>}
        <Link to={paths.adjustments()}>{t('home.see_adjustments')}</Link>
      </Balance>
    </section>
  )
}

const Balance = ({ label, amount, note, children }: { label: string; amount: Figure; note: string; children: ReactNode }) => (
  <div className="panel-body">
    <h2>{label}</h2>
    <BigFigure amount={amount} />
    <p className="caption">{note}</p>
    <p className="links">{children}</p>
  </div>
)
