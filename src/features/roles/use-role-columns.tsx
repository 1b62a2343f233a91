import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link, useSearchParams } from 'react-router'
import type { Column } from '#src/components/table-types.ts'
import { Time } from '#src/components/Time.tsx'
import { MemberCount } from './MemberCount.tsx'
import type { RoleRow } from './role-rows.ts'

/** The columns of the roles. */
export function useRoleColumns(): Column<RoleRow>[] {
  const { t } = useTranslation()
  const none = <span className="quiet">–</span>
  return [
    { key: 'name', header: t('roles.field.name'), width: 400, card: 'lead', isFixed: true, cell: (row) => <NameCell row={row} /> },
    { key: 'kind', header: t('roles.field.kind'), width: 120, card: 'state', cell: (row) => (row.kind === 'built_in' ? <span className="quiet">{t('roles.kind.built_in')}</span> : t('roles.kind.custom')) },
    { key: 'permissions', header: t('roles.field.permissions'), width: 110, isNumber: true, cell: (row) => row.permissions.length },
    { key: 'members', header: t('roles.field.members'), width: 110, isNumber: true, cell: (row) => <MemberCount row={row} /> },
    { key: 'changedAt', header: t('roles.field.changed_at'), width: 150, cell: (row) => (row.kind === 'built_in' ? none : <Time at={row.role.changedAt} />) },
    { key: 'changedBy', header: t('roles.field.changed_by'), width: 110, card: 'skip', cell: (row) => (row.kind === 'built_in' ? none : row.role.changedByMasked ?? none) },
  ]
}

function NameCell({ row }: { row: RoleRow }) {
  const [search] = useSearchParams()
  const open = new URLSearchParams(search)
  open.set('open', row.id)
  return (
    <span className="stack role-name">
      <Link data-open to={{ search: String(open) }} preventScrollReset>{row.name}</Link>
      {row.description && <span>{row.description}</span>}
    </span>
  )
}
