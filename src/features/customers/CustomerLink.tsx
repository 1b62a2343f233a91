import { Link } from 'react-router'
import { paths } from '#src/paths.ts'
import { prefetchCustomer } from './customer-query.ts'

/** The way to a customer's page, whose data are on their way before the press ends. @param text masked or clear. */
export const CustomerLink = ({ id, text }: { id: string; text: string }) => (
  <Link
    data-open to={paths.customer(id)}
    onPointerEnter={() => prefetchCustomer(id, true)} onPointerDown={() => prefetchCustomer(id)} onFocus={() => prefetchCustomer(id, true)}
  >
    {text}
  </Link>
)
