import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link } from 'react-router'
import type { Member } from '#contract/members.ts'
import { formatCount } from '#src/lib/format.ts'
import { paths } from '#src/paths.ts'
import { useCan } from '#src/session/use-session.ts'

/** How many customers an account manager has, with the way to them; a dash for other roles, which have none of their own. */
export function CustomerCount({ member: { id, roles, customers }, isSentence = false }: { member: Pick<Member, 'id' | 'roles' | 'customers'>; /** With its noun, outside of a column. */ isSentence?: boolean }) {
  const { t } = useTranslation()
  const mayView = useCan('org.view')
  if (!roles.includes('manager')) return <span className="quiet">–</span>
  const text = isSentence ? t('members.drawer.customers', { count: customers, replace: { count: formatCount(customers) } }) : formatCount(customers)
  if (customers === 0 || !mayView) return text
  return <Link className="text-link" to={paths.managed(id)} {...(!isSentence && { 'aria-label': t('members.drawer.customers', { count: customers }) })}>{text}</Link>
}
