import { useTranslation } from 'react-i18next'
import type { Answer } from '#contract/endpoint.ts'
import type { getMember } from '#contract/members.ts'
import type { Permission } from '#contract/people.ts'
import { permissionKey } from './labels.ts'
import { grouped } from './rights.ts'

/** What a member may do, in words by the groups of the menu, and where that differs from the role. */
export function PermissionWords({ member: { permissions, extraPermissions, removedPermissions } }: { member: Pick<Answer<typeof getMember>, 'permissions' | 'extraPermissions' | 'removedPermissions'> }) {
  const { t } = useTranslation()
  const words = (list: readonly Permission[]) => list.map((permission) => t(permissionKey[permission])).join(t('common.list_separator'))
  return (
    <dl className="permission-words">
      {grouped(permissions).map((group) => <div key={group.key}><dt>{t(`members.group.${group.key}`)}</dt><dd>{words(group.permissions)}</dd></div>)}
      {extraPermissions.length > 0 && <div className="differs"><dt>{t('members.drawer.added')}</dt><dd>{words(extraPermissions)}</dd></div>}
      {removedPermissions.length > 0 && <div className="differs"><dt>{t('members.drawer.taken')}</dt><dd>{words(removedPermissions)}</dd></div>}
    </dl>
  )
}
