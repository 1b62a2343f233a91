import { useTranslation } from '#src/i18n/use-translation.ts'
import type { Customer, Reclaimable } from '#contract/customers.ts'
import { Facts } from '#src/components/Facts.tsx'
import { HelpTip } from '#src/components/HelpTip.tsx'
import { MaskedText } from '#src/components/MaskedText.tsx'
import { Meter } from '#src/components/Meter.tsx'
import { MoneyText } from '#src/components/MoneyText.tsx'
import { StatusTag } from '#src/components/StatusTag.tsx'
import { Time } from '#src/components/Time.tsx'
import { useCan } from '#src/session/use-session.ts'

/** The column of facts beside the money: contact, association, budget, what is pending. */
export function CustomerFacts({ customer, onEditTag }: { customer: Customer; onEditTag: () => void }) {
  const { t } = useTranslation()
  const mayTag = useCan('customer.tag')
  const dash = <span className="quiet">–</span>
  return (
    <aside>
      <Part title={t('customer_page.contact')}>
        <Facts facts={[
          { key: 'account', label: t('customers.field.account_name'), value: <MaskedText id={customer.id} field="accountName" masked={customer.accountNameMasked} label={t('customers.field.account_name')} /> },
          { key: 'mobile', label: t('customers.field.mobile'), value: customer.mobileMasked === null
            ? <>{t('customers.no_mobile')}<HelpTip what={t('customers.no_mobile')} text={t('customers.no_mobile_help')} /></>
            : <MaskedText id={customer.id} field="mobile" masked={customer.mobileMasked} label={t('customers.field.mobile')} /> },
          { key: 'email', label: t('customers.field.email'), value: customer.emailMasked === null ? dash : <MaskedText id={customer.id} field="email" masked={customer.emailMasked} label={t('customers.field.email')} /> },
        ]}
        />
      </Part>
      <Part title={t('customer_page.association')}>
        <Facts facts={[
          { key: 'type', label: t('customers.field.type'), value: t(`customers.type.${customer.associationType}`) },
          { key: 'at', label: t('customers.field.associated_at'), value: <Time at={customer.associatedAt} look="day" /> },
          { key: 'tag', label: t('customers.field.tag'), value: <>
            {customer.tag === '' ? <span className="quiet">{t('customer_page.no_tag')}</span> : <StatusTag isLabel>{customer.tag}</StatusTag>}
            {mayTag && <button type="button" className="row-action" aria-label={t('customers.edit_tag')} onClick={onEditTag}>{t('customers.edit_tag')}</button>}
          </> },
          { key: 'expiry', label: t('customers.field.next_expiry'), value: customer.nextExpiry ? <Time at={customer.nextExpiry} look="day" /> : dash },
        ]}
        />
      </Part>
      <Part title={t('customer_page.budget')}><Budget customer={customer} /></Part>
      {customer.reclaimable && <Part title={t('customer_page.pending')}><Pending reclaimable={customer.reclaimable} /></Part>}
    </aside>
  )
}

const Part = ({ title, children }: { title: string; children: React.ReactNode }) => (
  <section><div className="section-head"><h2>{title}</h2></div>{children}</section>
)

function Budget({ customer: { budget, budgetWhenUsedUp, associationType } }: { customer: Customer }) {
  const { t } = useTranslation()
  if (!budget) return <p className="aside-text">{t(associationType === 'REFERRAL' ? 'customer_page.budget_referral' : 'customer_page.budget_none')}</p>
  return (
    <Facts facts={[
      { key: 'type', label: t('customer_page.budget_type'), value: t(`customer_page.budget_types.${budget.type}`) },
      { key: 'amount', label: t('customer_page.budget_amount'), value: <MoneyText amount={budget.amount} /> },
      { key: 'used', label: t('customers.field.budget_used'), value: <Meter percent={budget.usedPercent} /> },
      ...(budgetWhenUsedUp ? [{ key: 'then', label: t('customer_page.budget_when_used_up'), value: t(`customer_page.budget_then.${budgetWhenUsedUp}`) }] : []),
    ]}
    />
  )
}

function Pending({ reclaimable }: { reclaimable: Reclaimable }) {
  const { t } = useTranslation()
  const facts = (['held', 'unsettled', 'arrears'] as const).filter((key) => reclaimable[key] !== '0.00')
  if (facts.length === 0) return <p className="aside-text">{t('customer_page.pending_none')}</p>
  return <Facts facts={facts.map((key) => ({ key, label: t(`customer_page.pending_${key}`), value: <MoneyText amount={reclaimable[key]} /> }))} />
}
