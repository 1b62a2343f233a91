import { type ReactNode, useId } from 'react'

type Props = { name: string; isTicked: boolean; onChange: (isTicked: boolean) => void; error?: string | undefined; children: ReactNode; /** Under the words, outside of the name. */ more?: ReactNode }

/** A tick box that must be ticked, with what is wrong beside it. */
export function Tick({ name, isTicked, onChange, error, children, more }: Props) {
  const id = useId()
  return (
    <div className="tick">
      <label className="check-label">
        <input type="checkbox" className="check" name={name} checked={isTicked} aria-required="true" {...(error && { 'aria-invalid': true, 'aria-describedby': `${id}-error` })} onChange={(event) => onChange(event.target.checked)} />
        <span>{children}</span>
      </label>
      {more}
      <p className="field-error" id={`${id}-error`}>{error}</p>
    </div>
  )
}
