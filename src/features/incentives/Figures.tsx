import type { ReactNode } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link } from 'react-router'
import type { Answer } from '#contract/endpoint.ts'
import type { getIncentiveOverview } from '#contract/incentives.ts'
import type { Figure } from '#contract/money.ts'
import { BigFigure } from '#src/components/BigFigure.tsx'
import { MoneyText } from '#src/components/MoneyText.tsx'
import { paths } from '#src/paths.ts'
import { useCan } from '#src/session/use-session.ts'

type Props = { figures: NonNullable<Answer<typeof getIncentiveOverview>['figures']> }

/** What can be requested, what is frozen, what is on its way; each panel has one leading figure. */
export function Figures({ figures: { amount, payable, frozen, inPayment, paidThisYear } }: Props) {
  const { t } = useTranslation()
  const mayRequest = useCan('incentive.request')
  return (
    <div className="panel incentive-figures">
      <Panel of="payable" amount={payable} fact={['amount', amount]}><Link to={paths.incentives({ tab: 'statements', todo: 'request' })}>{t('incentives.view_payable')}</Link></Panel>
      <Panel of="frozen" amount={frozen}><Link to={paths.incentives({ tab: 'freezes', state: 'frozen' })}>{t('incentives.view_freezes')}</Link></Panel>
      <Panel of="in_payment" amount={inPayment} fact={['paid_this_year', paidThisYear]}>{mayRequest && <Link to={paths.incentivePayments()}>{t('shell.incentive_payments')}</Link>}</Panel>
    </div>
  )
}

function Panel({ of, amount, fact, children }: { of: 'payable' | 'frozen' | 'in_payment'; amount: Figure; fact?: readonly ['amount' | 'paid_this_year', Figure]; children: ReactNode }) {
  const { t } = useTranslation()
  const name = t(`incentives.figure.${of}`)
  return (
    <section aria-label={name}>
      <h2>{name}</h2>
      <BigFigure amount={amount} />
      <p className="caption">{t(`incentives.figure_note.${of}`)}</p>
      <dl>{fact && <div><dt>{t(`incentives.figure.${fact[0]}`)}</dt><dd><MoneyText amount={fact[1]} /></dd></div>}</dl>
      <p className="links">{children}</p>
    </section>
  )
}
