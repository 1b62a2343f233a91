import { type ReactNode, useId } from 'react'

type Props<V extends string> = {
  legend: string
  options: readonly { value: V; label: ReactNode; note?: ReactNode; disabledReason?: string | undefined }[]
  value: V | undefined
  onChange: (value: V) => void
  isDisabled?: boolean
  /** Filter popovers use plain lines instead of cards. */
  look?: 'cards' | 'lines'
}

/** One choice of a few, all of them visible. */
export function RadioCards<V extends string>({ legend, options, value, onChange, isDisabled = false, look = 'cards' }: Props<V>) {
  const name = useId()
  return (
    <fieldset className={`radio-${look}`} disabled={isDisabled}>
      <legend className="label">{legend}</legend>
      <div className="choices">
        {options.map((option) => (
          <label key={option.value} className={`choice ${option.value === value ? 'on' : ''}`}>
            <input
              type="radio" name={name} checked={option.value === value} disabled={option.disabledReason !== undefined}
              onChange={() => onChange(option.value)}
            />
            <span className="stack"><span>{option.label}</span>{(option.disabledReason ?? option.note) && <span>{option.disabledReason ?? option.note}</span>}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
