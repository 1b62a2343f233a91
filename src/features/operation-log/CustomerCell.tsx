import { Link } from 'react-router'
import type { LogEntry } from '#contract/operation-log.ts'
import { formatCustomerNumber } from '#src/lib/format.ts'
import { paths } from '#src/paths.ts'
import { useCan } from '#src/session/use-session.ts'

/** The customer of an entry, masked: the log has no eye. One without an id is not the reader's to open. */
export function CustomerCell({ customer }: { customer: Pick<NonNullable<LogEntry['customer']>, 'id' | 'nameMasked' | 'number'> }) {
  const seesCustomers = useCan('customer.view')
  return (
    <span className="stack">
      {seesCustomers && customer.id !== null ? <Link data-open to={paths.customer(customer.id)}>{customer.nameMasked}</Link> : <span>{customer.nameMasked}</span>}
      <span>{formatCustomerNumber(customer.number)}</span>
    </span>
  )
}
