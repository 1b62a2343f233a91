import type { Ref } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { type Amount, parseAmount } from '#contract/money.ts'
import { formatMoney } from '#src/lib/format.ts'
import type { FieldWiring } from './Labelled.tsx'
import { TextInput } from './TextInput.tsx'

type Props = Partial<FieldWiring> & {
  /** What is in the field, as typed. Read it with parseAmount. */
  value: string
  onChange: (text: string) => void
  onBlur?: () => void
  /** The largest amount the server would accept; makes the Max button. */
  max?: Amount | undefined
  name?: string
  disabled?: boolean
  ref?: Ref<HTMLInputElement>
  'aria-label'?: string
}

/** An amount in yuan: takes what people paste, shows what was understood, right-aligned with the unit inside. A text field, so the mouse
 *  wheel changes nothing. */
export function AmountInput({ value, onChange, onBlur, max, ...rest }: Props) {
  const { t } = useTranslation()
  const amount = parseAmount(value)
  const tidy = () => {
    // Leaving the field is no change: what was said about its amount stays.
    if (amount && formatMoney(amount) !== value) onChange(formatMoney(amount))
    onBlur?.()
  }
  return (
    <span className="amount-input">
      <TextInput
        {...rest} className="amount" inputMode="decimal" value={value} onChange={onChange} onBlur={tidy}
        after={<>
          <span className="unit" aria-hidden="true">{t('common.unit')}</span>
          {max && <button type="button" className="row-action" onClick={() => onChange(formatMoney(max))}>{t('common.max')}</button>}
        </>}
      />
      {/* Stays while there is an amount: a line that left on blur would move the button away from under the pointer. */}
      {amount && <span className="amount-read" role="status">{t('common.amount_read', { amount: formatMoney(amount) })}</span>}
    </span>
  )
}
