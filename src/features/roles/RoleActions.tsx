import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link, useSearchParams } from 'react-router'
import { IconButton } from '#src/components/IconButton.tsx'
import { Menu, type MenuItem } from '#src/components/Menu.tsx'
import { useCan } from '#src/session/use-session.ts'
import type { OnOpen } from './open.ts'
import type { RoleRow } from './role-rows.ts'

type Props = { row: RoleRow; /** Why there can be no other role now. */ full: string | undefined; onOpen: OnOpen }

/** What to do with one role: the details in sight, everything that changes something in the menu. */
export function RoleActions({ row, full, onOpen }: Props) {
  const { t } = useTranslation()
  const [search] = useSearchParams()
  const open = new URLSearchParams(search)
  open.set('open', row.id)
  return (
    <>
      <Link className="row-action" to={{ search: String(open) }} preventScrollReset>{t('roles.act.details')}<span className="hidden-text"> {row.name}</span></Link>
      <RoleMenu row={row} full={full} onOpen={onOpen} />
    </>
  )
}

/** The menu of one role; nothing for who may only look. A built-in role can only be copied. */
export function RoleMenu({ row, full, onOpen }: Props) {
  const { t } = useTranslation()
  const mayManage = useCan('org.role')
  if (!mayManage) return null
  const label = t('common.more_actions', { row: row.name })
  const copy: MenuItem = { key: 'copy', label: t('roles.act.copy'), disabledReason: full, onPress: () => onOpen({ at: 'copy', row }) }
  const items: MenuItem[] = row.kind === 'built_in' ? [copy] : [
    { key: 'edit', label: t('roles.act.edit'), onPress: () => onOpen({ at: 'edit', role: row.role }) },
    copy,
    { key: 'delete', label: t('roles.act.delete'), isDanger: true, onPress: () => onOpen({ at: 'delete', role: row.role }) },
  ]
  return <Menu items={items} label={label}>{(trigger) => <IconButton icon="more" label={label} {...trigger} />}</Menu>
}
