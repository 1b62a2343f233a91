import { useTranslation } from '#src/i18n/use-translation.ts'
import type { Answer } from '#contract/endpoint.ts'
import type { getMember } from '#contract/members.ts'
import { PermissionList } from '#src/permissions/PermissionList.tsx'

/** What a member may do, and where that differs from the roles. */
export function PermissionWords({ member: { permissions, extraPermissions, removedPermissions } }: { member: Pick<Answer<typeof getMember>, 'permissions' | 'extraPermissions' | 'removedPermissions'> }) {
  const { t } = useTranslation()
  return <PermissionList permissions={permissions} also={[{ key: 'added', label: t('members.drawer.added'), permissions: extraPermissions }, { key: 'taken', label: t('members.drawer.taken'), permissions: removedPermissions }]} />
}
