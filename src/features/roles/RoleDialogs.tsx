import { useTranslation } from '#src/i18n/use-translation.ts'
import { createRole, putRole } from '#contract/roles.ts'
import { DeleteQuestion } from './DeleteQuestion.tsx'
import type { Open } from './open.ts'
import { RoleDialog } from './RoleDialog.tsx'
import { cut, holdable, type Roles } from './role-rows.ts'

/** The one dialog over the page. */
export function RoleDialogs({ open, roles, onClose }: { open: Open; roles: Roles; onClose: () => void }) {
  const { t } = useTranslation()
  const shared = { roles, onClose }
  switch (open.at) {
    case 'create': return <RoleDialog {...shared} at="create" endpoint={createRole} start={{ name: '', description: '', permissions: holdable(roles, []) }} toInput={(body) => ({ body })} />
    case 'edit': return <RoleDialog {...shared} at="edit" endpoint={putRole} start={open.role} toInput={(body) => ({ params: { id: open.role.id }, body })} />
    case 'copy': return <RoleDialog {...shared} at="copy" endpoint={createRole} start={{ name: cut(t('roles.form.copy_name', { name: open.row.name })), description: open.row.kind === 'custom' ? open.row.description : '', permissions: holdable(roles, open.row.permissions) }} toInput={(body) => ({ body })} />
    case 'delete': return <DeleteQuestion role={open.role} onClose={onClose} />
  }
}
