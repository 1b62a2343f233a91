import { useTranslation } from '#src/i18n/use-translation.ts'
import type { ManagerRow } from '#contract/assignments.ts'
import { Button } from '#src/components/Button.tsx'
import { ButtonLink } from '#src/components/ButtonLink.tsx'
import { IconButton } from '#src/components/IconButton.tsx'
import { Menu, type MenuItem } from '#src/components/Menu.tsx'
import { paths } from '#src/paths.ts'
import { useCan } from '#src/session/use-session.ts'
import type { OpenDialog } from './AssignmentsPage.tsx'

/** What can be done with one manager's customers. Who only looks sees the list and the history. */
export function ManagerActions({ row, onOpen }: { row: ManagerRow; onOpen: (dialog: OpenDialog) => void }) {
  const { t } = useTranslation()
  const mayAssign = useCan('org.assign')
  const managerId = row.manager.id
  const label = t('common.more_actions', { row: `${row.manager.nameMasked} ${row.login}` })
  const items: MenuItem[] = [
    ...(mayAssign ? [{ key: 'handover', label: t('assignments.hand_over'), onPress: () => onOpen({ at: 'handover', manager: row.manager }) }] : []),
    { key: 'history', label: t('assignments.history'), to: paths.assignments({ tab: 'history', managerId }) },
  ]
  return (
    <>
      {mayAssign && <Button variant="row" disabledReason={row.isActive ? undefined : t('assignments.inactive_reason')} onPress={() => onOpen({ at: 'assign', manager: row.manager })}>{t('assignments.assign')}</Button>}
      <ButtonLink variant="row" to={paths.managed(managerId)}>{t('assignments.view_customers')}</ButtonLink>
      <Menu items={items} label={label}>{(trigger) => <IconButton icon="more" label={label} {...trigger} />}</Menu>
    </>
  )
}
