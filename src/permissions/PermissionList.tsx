import './permissions.css'
import type { ReactNode } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import type { Permission } from '#contract/people.ts'
import { grouped, permissionKey } from './groups.ts'

type Props = { permissions: readonly Permission[]; /** What stands apart from them, under a head of its own. */ also?: readonly { key: string; label: ReactNode; permissions: readonly Permission[] }[] }

/** Permissions in words, by the groups of the menu. */
export function PermissionList({ permissions, also = [] }: Props) {
  const { t } = useTranslation()
  const words = (list: readonly Permission[]) => list.map((permission) => t(permissionKey[permission])).join(t('common.list_separator'))
  return (
    <dl className="permission-words">
      {grouped(permissions).map((group) => <div key={group.key}><dt>{t(`permissions.group.${group.key}`)}</dt><dd>{words(group.permissions)}</dd></div>)}
      {also.map((one) => one.permissions.length > 0 && <div key={one.key} className="differs"><dt>{one.label}</dt><dd>{words(one.permissions)}</dd></div>)}
    </dl>
  )
}
