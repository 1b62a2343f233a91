import { useTranslation } from '#src/i18n/use-translation.ts'
import { useSearchParams } from 'react-router'
import { Drawer } from '#src/components/Drawer.tsx'
import { EmptyState } from '#src/components/EmptyState.tsx'
import { Facts } from '#src/components/Facts.tsx'
import { Time } from '#src/components/Time.tsx'
import { PermissionList } from '#src/permissions/PermissionList.tsx'
import { MemberCount } from './MemberCount.tsx'
import type { OnOpen } from './open.ts'
import { RoleMenu } from './RoleActions.tsx'
import type { RoleRow } from './role-rows.ts'

/** What the role that the address names by `open` is and may do. @param rows undefined until they are known. */
export function RoleDrawer({ rows, full, onOpen }: { rows: readonly RoleRow[] | undefined; full: string | undefined; onOpen: OnOpen }) {
  const { t } = useTranslation()
  const [search, setSearch] = useSearchParams()
  const id = search.get('open')
  if (id === null || !rows) return null
  const row = rows.find((one) => one.id === id)
  const close = () => setSearch((present) => {
    const next = new URLSearchParams(present)
    next.delete('open')
    return next
  }, { replace: true, preventScrollReset: true })
  return (
    <Drawer title={t('roles.drawer.title')} onClose={close}>
      {row ? <Content row={row} full={full} onOpen={onOpen} /> : <EmptyState kind="nothing" title={t('roles.drawer.gone')} text={t('roles.drawer.gone_text')} />}
    </Drawer>
  )
}

function Content({ row, full, onOpen }: { row: RoleRow; full: string | undefined; onOpen: OnOpen }) {
  const { t } = useTranslation()
  return (
    <div className="role">
      <div className="role-top"><span className="quiet">{t(`roles.kind.${row.kind}`)}</span><RoleMenu row={row} full={full} onOpen={onOpen} /></div>
      <Facts facts={[
        { key: 'name', label: t('roles.field.name'), value: row.name },
        { key: 'description', label: t('roles.field.description'), value: row.description || <span className="quiet">–</span> },
        { key: 'members', label: t('roles.field.members'), value: <MemberCount row={row} isSentence /> },
        ...(row.kind === 'built_in' ? [] : [
          { key: 'changedAt', label: t('roles.field.changed_at'), value: <Time at={row.role.changedAt} /> },
          { key: 'changedBy', label: t('roles.field.changed_by'), value: row.role.changedByMasked ?? <span className="quiet">–</span> },
        ]),
      ]}
      />
      <section>
        <h3>{t('roles.drawer.permissions')}</h3>
        <PermissionList permissions={row.permissions} also={[{ key: 'mayGet', label: t('roles.drawer.may_get'), permissions: row.mayGet }]} />
      </section>
      {row.kind === 'built_in' && <p className="caption">{t('roles.drawer.built_in_note')}</p>}
    </div>
  )
}
