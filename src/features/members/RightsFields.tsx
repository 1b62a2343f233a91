import type { ReactNode } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import type { Permission } from '#contract/people.ts'
import { defaultPermissions } from '#contract/roles.ts'
import { Labelled } from '#src/components/Labelled.tsx'
import { Select } from '#src/components/Select.tsx'
import { PermissionTicks } from '#src/permissions/PermissionTicks.tsx'
import { givenBy, isGiven, type Rights, type Roles, withPermission, withRole } from './rights.ts'
import { RoleTicks } from './RoleTicks.tsx'

type Props = {
  roles: Roles
  rights: Rights
  onChange: (rights: Rights) => void
  directorId: string
  onDirector: (directorId: string) => void
  /** Whether what the roles have by themselves can be taken away; else their ticks are fixed. */
  mayTake?: boolean
  /** Whether anything can be given on top, and somebody be made administrator. */
  mayGive?: boolean
  /** Why the roles cannot change now. */
  roleLocked?: string | undefined
  /** What is wrong with the roles. */
  error?: string | undefined
  /** What follows from the choice of roles, told right below it. */
  notices?: ReactNode
}

const always: readonly Permission[] = defaultPermissions

/** The roles of a member, the director of an account manager, and the permissions by the groups of the menu. */
export function RightsFields({ roles, rights, onChange, directorId, onDirector, mayTake = false, mayGive = true, roleLocked, error, notices }: Props) {
  const { t } = useTranslation()
  const given = givenBy(roles, rights)
  const isAdministrator = rights.roles.includes('administrator')
  // An administrator without some right could not hand it to anybody else either.
  const isFixed = (permission: Permission) => (given.has.includes(permission) ? isGiven(rights, given, permission) && (!mayTake || isAdministrator || always.includes(permission)) : !mayGive)
  const note = isAdministrator ? 'all' : mayTake ? 'open_note' : mayGive ? 'fixed_note' : 'given_by_administrators'
  const isAny = rights.roles.length + rights.customRoleIds.length > 0
  return (
    <div className="form member-rights">
      <RoleTicks roles={roles} rights={rights} onChange={(choice, isWanted) => onChange(withRole(roles, rights, choice, isWanted))} locked={roleLocked} mayGive={mayGive} error={error} />
      {notices}
      {rights.roles.includes('manager') && (
        <Labelled label={t('members.rights.director')} hint={t('members.rights.director_hint')}>
          {(wiring) => <Select {...wiring} value={directorId} onChange={onDirector} empty={t('members.rights.no_director')} options={roles.directors.map(({ id, nameMasked }) => ({ value: id, label: nameMasked }))} />}
        </Labelled>
      )}
      {isAny && (
        <PermissionTicks
          note={t(`members.rights.${note}`)} offered={[...given.has, ...given.mayGet]} isFixed={isFixed}
          isTicked={(permission) => isGiven(rights, given, permission)} onChange={(permission, isWanted) => onChange(withPermission(rights, given, permission, isWanted))}
        />
      )}
    </div>
  )
}
