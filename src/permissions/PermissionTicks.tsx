import './permissions.css'
import { useId } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import type { Permission } from '#contract/people.ts'
import { Checkbox } from '#src/components/Checkbox.tsx'
import { grouped, permissionKey } from './groups.ts'

type Props = {
  /** What the ticks mean, under their title. */
  note: string
  /** Everything that is offered. */
  offered: readonly Permission[]
  isTicked: (permission: Permission) => boolean
  /** A tick that cannot change. */
  isFixed: (permission: Permission) => boolean
  onChange: (permission: Permission, isWanted: boolean) => void
}

/** Permissions to tick, by the groups of the menu. */
export function PermissionTicks({ note, offered, isTicked, isFixed, onChange }: Props) {
  const { t } = useTranslation()
  const id = useId()
  return (
    <section aria-labelledby={id}>
      <p className="label" id={id}>{t('permissions.title')}</p>
      <p className="caption">{note}</p>
      <div className="permission-groups">
        {grouped(offered).map((group) => (
          <fieldset key={group.key} className="permission-group">
            <legend>{t(`permissions.group.${group.key}`)}</legend>
            {group.permissions.map((permission) => (
              <Checkbox key={permission} label={t(permissionKey[permission])} isChecked={isTicked(permission)} isDisabled={isFixed(permission)} onChange={(isWanted) => onChange(permission, isWanted)}>
                <span>{t(permissionKey[permission])}</span>
              </Checkbox>
            ))}
          </fieldset>
        ))}
      </div>
    </section>
  )
}
