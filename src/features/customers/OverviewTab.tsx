import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link } from 'react-router'
import type { Customer } from '#contract/customers.ts'
import { MoneyText } from '#src/components/MoneyText.tsx'
import { Notice } from '#src/components/Notice.tsx'
import { Section } from '#src/components/Section.tsx'
import { paths } from '#src/paths.ts'
import { BalancePanel } from './BalancePanel.tsx'
import { CustomerFacts } from './CustomerFacts.tsx'
import { LotsPreview } from './LotsPreview.tsx'
import { NextSteps, useNextSteps } from './NextSteps.tsx'
import { Trend } from './Trend.tsx'

/** What somebody wants to know at a glance: the money, where it went, how to reach the customer. */
export function OverviewTab({ customer, onEditTag }: { customer: Customer; onEditTag: () => void }) {
  const { t } = useTranslation()
  const { steps, dismiss } = useNextSteps(customer)
  return (
    <>
      {steps ? <NextSteps customer={customer} steps={steps} onDismiss={dismiss} /> : <Frozen customer={customer} />}
      <div className="two">
        <div>
          {customer.reclaimable ? <BalancePanel customer={customer} reclaimable={customer.reclaimable} /> : <ReferralPanel customer={customer} />}
          {customer.reclaimable && (
            <Section title={t('customer_page.lots')} note={t('customer_page.lots_note')} action={<Link to={paths.customer(customer.id, 'funds')}>{t('customer_page.lots_all')}</Link>}>
              <LotsPreview customer={customer} />
            </Section>
          )}
          <Trend customer={customer} />
        </div>
        <CustomerFacts customer={customer} onEditTag={onEditTag} />
      </div>
    </>
  )
}

/** What a frozen account means for the customer, and that money may come first. */
function Frozen({ customer: { state, freezeCause } }: { customer: Customer }) {
  const { t } = useTranslation()
  if (state === 'NORMAL') return null
  return (
    <div className="frozen-note">
      <Notice tone={state === 'RESOURCES_FROZEN' ? 'danger' : 'warning'}>
        {freezeCause && <b className="strong">{t('customer_page.frozen_title', { state: t(`customers.state.${state}`), cause: t(`customers.cause.${freezeCause}`) })}</b>}
        {t(state === 'RESOURCES_FROZEN' ? 'customer_page.frozen_RESOURCES' : 'customer_page.frozen_ACCOUNT')}
      </Notice>
    </div>
  )
}

function ReferralPanel({ customer }: { customer: Customer }) {
  const { t } = useTranslation()
  return (
    <section className="panel panel-body referral" aria-labelledby="referral-title">
      <h2 id="referral-title">{t('customer_page.referral_title')}</h2>
      <p className="second">{t('customer_page.referral_text')}</p>
      <dl className="pair"><div><dt className="caption">{t('customers.field.expenditure')}</dt><dd><MoneyText amount={customer.monthExpenditure} /></dd></div></dl>
    </section>
  )
}
