import type { Ref } from 'react'
import type { FieldWiring } from './Labelled.tsx'
import { Icon } from './Icon.tsx'

type Props<V extends string> = Partial<FieldWiring> & {
  value: V | ''
  options: readonly { value: V; label: string }[]
  onChange: (value: V | '') => void
  onBlur?: () => void
  /** The words of the empty choice; without them there is none. */
  empty?: string
  name?: string
  disabled?: boolean
  ref?: Ref<HTMLSelectElement>
  'aria-label'?: string
}

/** One choice of a few: the platform's own list, which every phone and screen reader knows. */
export function Select<V extends string>({ value, options, onChange, empty, ...rest }: Props<V>) {
  return (
    <span className="field select">
      <select {...rest} value={value} onChange={(event) => onChange(options.find((option) => option.value === event.target.value)?.value ?? '')}>
        {empty !== undefined && <option value="">{empty}</option>}
        {options.map((option) => <option key={option.value} value={option.value}>{option.label}</option>)}
      </select>
      <Icon name="down" />
    </span>
  )
}
