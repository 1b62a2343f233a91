import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link } from 'react-router'
import { formatCount } from '#src/lib/format.ts'
import { paths } from '#src/paths.ts'
import type { RoleRow } from './role-rows.ts'

/** How many members have a role, with the way to them. @param isSentence with its noun, outside of a column. */
export function MemberCount({ row: { kind, id, members }, isSentence = false }: { row: RoleRow; isSentence?: boolean }) {
  const { t } = useTranslation()
  const words = t('roles.members', { count: members, replace: { count: formatCount(members) } })
  const text = isSentence ? words : formatCount(members)
  if (members === 0) return text
  return <Link className="text-link" to={paths.members(kind === 'built_in' ? { role: id } : { customRoleId: id })} {...(!isSentence && { 'aria-label': words })}>{text}</Link>
}
