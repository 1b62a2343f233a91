import { type ReactNode, useId } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'

export type FieldWiring = { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true; 'aria-required'?: true }

type Props = {
  label: string
  isRequired?: boolean
  hint?: ReactNode
  error?: string | undefined
  /** Beside the label, right. */
  aside?: ReactNode
  children: (wiring: FieldWiring) => ReactNode
}

/** Label above, field, hint or error below, wired by id so that a screen reader and a role locator both find the field. */
export function Labelled({ label, isRequired = false, hint, error, aside, children }: Props) {
  const { t } = useTranslation()
  const id = useId()
  const below = error ?? hint
  return (
    <div className={`form-field ${error ? 'wrong' : ''}`}>
      <div className="label-row">
        <label className="label" htmlFor={id}>{label}{isRequired && <span className="required" aria-hidden="true" title={t('common.required')}> *</span>}</label>
        {aside}
      </div>
      {children({ id, ...(below && { 'aria-describedby': `${id}-help` }), ...(error && { 'aria-invalid': true }), ...(isRequired && { 'aria-required': true }) })}
      <p className={error ? 'field-error' : 'field-hint'} id={`${id}-help`} aria-live="polite">{below}</p>
    </div>
  )
}
