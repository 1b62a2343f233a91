import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link } from 'react-router'
import type { Customer } from '#contract/customers.ts'
import { EmptyState } from '#src/components/EmptyState.tsx'
import { Section } from '#src/components/Section.tsx'
import { paths } from '#src/paths.ts'
import { useCan } from '#src/session/use-session.ts'
import { CustomerAdjustments } from './CustomerAdjustments.tsx'
import { LotsList } from './LotsList.tsx'

/** The customer's lots and what was given and taken back. */
export function FundsTab({ customer }: { customer: Customer }) {
  const { t } = useTranslation()
  const maySeeFunds = useCan('funds.view')
  if (!customer.reclaimable) return <EmptyState kind="nothing" title={t('customer_page.referral_title')} text={t('customer_page.referral_text')} />
  return (
    <div className="funds-tab">
      <Section title={t('customer_page.lots')} note={t('customer_page.lots_note')}><LotsList customer={customer} /></Section>
      {maySeeFunds && (
        <Section title={t('customer_page.adjustments')} action={<Link to={paths.adjustments({ customerNumber: customer.number })}>{t('customer_page.adjustments_all')}</Link>}>
          <CustomerAdjustments customer={customer} />
        </Section>
      )}
    </div>
  )
}
