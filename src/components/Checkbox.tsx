import type { ReactNode } from 'react'

type Props = { isChecked: boolean; isMixed?: boolean; onChange: (isChecked: boolean) => void; label: string; children?: ReactNode; isDisabled?: boolean }

/** A tick box. @param label its name; with children they are shown and name it. */
export function Checkbox({ isChecked, isMixed = false, onChange, label, children, isDisabled = false }: Props) {
  return (
    <label className="check-label">
      <input
        type="checkbox" className="check" checked={isChecked} disabled={isDisabled} {...(!children && { 'aria-label': label })}
        ref={(input) => { if (input) input.indeterminate = isMixed }} onChange={(event) => onChange(event.target.checked)}
      />
      {children}
    </label>
  )
}
