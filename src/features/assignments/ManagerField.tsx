import { useTranslation } from '#src/i18n/use-translation.ts'
import type { ManagerRow } from '#contract/assignments.ts'
import { Labelled } from '#src/components/Labelled.tsx'
import { Select } from '#src/components/Select.tsx'
import { asOptions, useChoices } from './use-choices.ts'

type Props = {
  label: string
  empty: string
  value: string
  /** Somebody who is no longer active but is the one it is about. */
  also?: ManagerRow['manager'] | undefined
  /** Cannot be chosen here. */
  without?: string
  error?: string | undefined
  onChange: (id: string) => void
}

/** One of the active account managers. */
export function ManagerField({ label, empty, value, also, without, error, onChange }: Props) {
  const { t } = useTranslation()
  const { managers, isKnown } = useChoices()
  const all = also && managers.every(({ id }) => id !== also.id) ? [also, ...managers] : managers
  return (
    <Labelled label={label} isRequired error={error} hint={isKnown && all.length === 0 ? t('assignments.assigning.no_managers') : undefined}>
      {(wiring) => <Select {...wiring} value={value} options={asOptions(all.filter(({ id }) => id !== without))} empty={empty} onChange={onChange} />}
    </Labelled>
  )
}
