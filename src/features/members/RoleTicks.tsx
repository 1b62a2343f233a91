import { type ReactNode, useId } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { Role } from '#contract/people.ts'
import { isChosen, type Rights, type RoleChoice, type Roles, whyNotBeside } from './rights.ts'

type Props = {
  roles: Roles
  rights: Rights
  onChange: (choice: RoleChoice, isWanted: boolean) => void
  /** Why no role can change now. */
  locked: string | undefined
  mayGive: boolean
  error: string | undefined
}

/** One to three roles to tick, built-in ones and those of the partner. What cannot be ticked beside the others says why. */
export function RoleTicks({ roles, rights, onChange, locked, mayGive, error }: Props) {
  const { t } = useTranslation()
  const id = useId()
  const card = (key: string, choice: RoleChoice, label: ReactNode, note: string) => {
    const isOn = isChosen(rights, choice)
    const beside = whyNotBeside(rights, choice)
    const isForAdministrators = 'role' in choice && choice.role === 'administrator' && !mayGive
    const reason = isForAdministrators ? t('members.why.by_administrators') : locked ?? (beside && t(`members.rights.why.${beside}`))
    return (
      <label key={key} className={`choice ${isOn ? 'on' : ''}`}>
        <input type="checkbox" className="check" checked={isOn} disabled={reason !== undefined} onChange={(event) => onChange(choice, event.target.checked)} />
        <span className="stack"><span>{label}</span><span>{isOn && locked === undefined ? note : reason ?? note}</span></span>
      </label>
    )
  }
  return (
    <fieldset className="radio-cards" aria-describedby={`${id}-help`}>
      <legend className="label">{t('members.rights.roles')}</legend>
      <div className="choices">
        {Role.options.map((role) => card(role, { role }, t(`roles.name.${role}`), t(`roles.note.${role}`)))}
        {roles.custom.map((role) => card(role.id, { customRoleId: role.id }, role.name, role.description || t('roles.kind.custom')))}
      </div>
      <p id={`${id}-help`} className={error ? 'field-error' : 'field-hint'} aria-live="polite">{error ?? t('members.rights.roles_hint')}</p>
    </fieldset>
  )
}
