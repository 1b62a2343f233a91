import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { type Permission, Role } from '#contract/people.ts'
import { Checkbox } from '#src/components/Checkbox.tsx'
import { Labelled } from '#src/components/Labelled.tsx'
import { RadioCards } from '#src/components/RadioCards.tsx'
import { Select } from '#src/components/Select.tsx'
import { permissionKey } from './labels.ts'
import { factsOf, grouped, isGiven, type Rights, type Roles, withPermission, withRole } from './rights.ts'

type Props = {
  roles: Roles
  rights: Rights
  onChange: (rights: Rights) => void
  directorId: string
  onDirector: (directorId: string) => void
  /** Whether what the role has by itself can be taken away; else its ticks are fixed. */
  mayTake?: boolean
  /** Whether anything can be given on top, and somebody be made administrator. */
  mayGive?: boolean
  /** Why the role cannot change now. */
  roleLocked?: string | undefined
}

/** The role of a member, the director of an account manager, and the permissions by the groups of the menu. */
export function RightsFields({ roles, rights, onChange, directorId, onDirector, mayTake = false, mayGive = true, roleLocked }: Props) {
  const { t } = useTranslation()
  return (
    <div className="form member-rights">
      <RadioCards
        legend={t('members.rights.role')} value={rights.role} onChange={(role) => onChange(withRole(rights, role, factsOf(roles, role)))}
        options={Role.options.map((role) => ({ value: role, label: t(`members.role.${role}`), note: t(`members.role_note.${role}`), disabledReason: role === rights.role ? undefined : (roleLocked ?? (role === 'administrator' && !mayGive ? t('members.why.by_administrators') : undefined)) }))}
      />
      {rights.role === 'manager' && (
        <Labelled label={t('members.rights.director')} hint={t('members.rights.director_hint')}>
          {(wiring) => <Select {...wiring} value={directorId} onChange={onDirector} empty={t('members.rights.no_director')} options={roles.directors.map(({ id, nameMasked }) => ({ value: id, label: nameMasked }))} />}
        </Labelled>
      )}
      <PermissionFields roles={roles} rights={rights} onChange={onChange} mayTake={mayTake} mayGive={mayGive} />
    </div>
  )
}

function PermissionFields({ roles, rights, onChange, mayTake, mayGive }: Pick<Props, 'roles' | 'rights' | 'onChange'> & { mayTake: boolean; mayGive: boolean }) {
  const { t } = useTranslation()
  const id = useId()
  const facts = factsOf(roles, rights.role)
  // An administrator without some right could not hand it to anybody else either.
  const isFixed = (permission: Permission) => (facts.has.includes(permission) ? isGiven(rights, facts, permission) && (!mayTake || rights.role === 'administrator' || permission === 'home.view') : !mayGive)
  const note = rights.role === 'administrator' ? 'all' : mayTake ? 'open_note' : mayGive ? 'fixed_note' : 'given_by_administrators'
  return (
    <section aria-labelledby={id}>
      <p className="label" id={id}>{t('members.rights.permissions')}</p>
      <p className="caption">{t(`members.rights.${note}`)}</p>
      <div className="permission-groups">
        {grouped([...facts.has, ...facts.mayGet]).map((group) => (
          <fieldset key={group.key} className="permission-group">
            <legend>{t(`members.group.${group.key}`)}</legend>
            {group.permissions.map((permission) => (
              <Checkbox
                key={permission} label={t(permissionKey[permission])} isChecked={isGiven(rights, facts, permission)} isDisabled={isFixed(permission)}
                onChange={(isWanted) => onChange(withPermission(rights, facts, permission, isWanted))}
              >
                <span>{t(permissionKey[permission])}</span>
              </Checkbox>
            ))}
          </fieldset>
        ))}
      </div>
    </section>
  )
}
