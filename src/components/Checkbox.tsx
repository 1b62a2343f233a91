import type { ReactNode } from 'react'

type Props = { isChecked: boolean; isMixed?: boolean; onChange: (isChecked: boolean) => void; label: string; children?: ReactNode; isDisabled?: boolean; /** The id of the words that say why it cannot be ticked now; it stays reachable, so that a keyboard finds them. */ whyNotId?: string | undefined }

/** A tick box. @param label its name; with children they are shown and name it. */
export function Checkbox({ isChecked, isMixed = false, onChange, label, children, isDisabled = false, whyNotId }: Props) {
  return (
    <label className="check-label">
      <input
        type="checkbox" className="check" checked={isChecked} disabled={isDisabled} {...(!children && { 'aria-label': label })}
        ref={(input) => { if (input) input.indeterminate = isMixed }} onChange={(event) => { if (!whyNotId) onChange(event.target.checked) }}
        {...(whyNotId !== undefined && { 'aria-disabled': true, 'aria-describedby': whyNotId })}
      />
      {children}
    </label>
  )
}
