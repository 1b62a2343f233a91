import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link } from 'react-router'
import type { Prospect } from '#contract/prospects.ts'
import { MaskedText } from '#src/components/MaskedText.tsx'
import { paths } from '#src/paths.ts'
import { useCan } from '#src/session/use-session.ts'

/** The prospect's name; once it is a customer, the way to that customer. */
export function NameCell({ row }: { row: Prospect }) {
  const { t } = useTranslation()
  const seesCustomers = useCan('customer.view')
  const to = row.customer && seesCustomers ? paths.customer(row.customer.id) : undefined
  return (
    <span className="prospect-name">
      <MaskedText id={row.id} field="name" masked={row.nameMasked} label={t('development.field.name')}>{(text) => (to ? <Link data-open to={to}>{text}</Link> : text)}</MaskedText>
    </span>
  )
}
