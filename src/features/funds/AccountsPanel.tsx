import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link } from 'react-router'
import type { Answer } from '#contract/endpoint.ts'
import type { getAccounts, PartnerAccount } from '#contract/funds.ts'
import type { Figure } from '#contract/money.ts'
import { BigFigure } from '#src/components/BigFigure.tsx'
import { MoneyText } from '#src/components/MoneyText.tsx'
import { formatClock, zoneName } from '#src/lib/format.ts'
import { paths } from '#src/paths.ts'
import { useCan } from '#src/session/use-session.ts'

/** The partner's three accounts side by side, and below what customers still have of their allocations. */
export function AccountsPanel({ accounts: { topUp, credit, rebate, allocated, asOf } }: { accounts: Answer<typeof getAccounts> }) {
  const { t } = useTranslation()
  const maySeeCustomers = useCan('customer.view')
  return (
    <>
      <div className="panel accounts">
        <Account account="top-up" available={topUp.available} facts={[['held', topUp.held], ['own_balance', topUp.balance]]} />
        <Account account="credit" available={credit.available} facts={[['limit', credit.limit], ['used', credit.used]]} />
        <Account account="rebate" available={rebate.available} facts={[['held', rebate.held], ['own_balance', rebate.balance]]} />
        <p className="allocated">
          <span className="second">{t('funds.allocated')}</span>
          <MoneyText amount={allocated} isStrong />
          {maySeeCustomers && <Link to={paths.customers({ associationType: 'RESALE', sort: '-balance' })}>{t('funds.allocated_view')}</Link>}
        </p>
      </div>
      <p className="caption accounts-note">{t('funds.accounts_note', { time: `${formatClock(asOf)} (${zoneName(asOf)})` })}</p>
    </>
  )
}

type Props = { account: PartnerAccount; available: Figure; facts: readonly (readonly ['held' | 'own_balance' | 'limit' | 'used', Figure])[] }

function Account({ account, available, facts }: Props) {
  const { t } = useTranslation()
  const name = t(`funds.account.${account}`)
  return (
    <section aria-label={name}>
      <h2>{name}</h2>
      <BigFigure amount={available} />
      <dl>{facts.map(([key, amount]) => <div key={key}><dt>{t(`funds.${key}`)}</dt><dd><MoneyText amount={amount} /></dd></div>)}</dl>
      <p className="links"><Link to={paths.transactions({ account })} aria-label={t('funds.account_transactions', { account: name })}>{t('funds.transactions')}</Link></p>
    </section>
  )
}
