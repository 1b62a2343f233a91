import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link } from 'react-router'
import type { IncentiveLine } from '#contract/incentives.ts'
import { MaskedText } from '#src/components/MaskedText.tsx'
import { formatCustomerNumber } from '#src/lib/format.ts'
import { paths } from '#src/paths.ts'
import { useCan } from '#src/session/use-session.ts'

type Customer = Pick<NonNullable<IncentiveLine['customer']>, 'id' | 'number' | 'nameMasked'>

/** Whose line it is: the masked name with its eye over the customer ID, or why there is nobody. */
export function CustomerCell({ customer, noCustomer }: { customer: Customer | null; noCustomer: IncentiveLine['noCustomer'] }) {
  const { t } = useTranslation()
  const maySee = useCan('customer.view')
  if (!customer) return <span className="no-customer quiet">{noCustomer ? t(`incentives.no_customer.${noCustomer}`) : '–'}</span>
  return (
    <span className="stack">
      <MaskedText id={customer.id} field="name" masked={customer.nameMasked} label={t('incentives.field.customer')}>{(text) => (maySee ? <Link to={paths.customer(customer.id)}>{text}</Link> : text)}</MaskedText>
      <span>{formatCustomerNumber(customer.number)}</span>
    </span>
  )
}
