import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { AmountInput } from '#src/components/AmountInput.tsx'
import { Button } from '#src/components/Button.tsx'
import { Labelled } from '#src/components/Labelled.tsx'
import { formatMoney } from '#src/lib/format.ts'
import { movable } from './rules.ts'

/** One amount for every row. @param onFill gets it, written with separators. */
export function SameAmount({ onFill }: { onFill: (text: string) => void }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [isWrong, setWrong] = useState(false)
  const amount = movable(text)
  const fill = () => {
    setWrong(amount === undefined)
    if (amount) onFill(formatMoney(amount))
  }
  // Enter in this field fills the rows; it does not submit the form around it.
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement)) return
    event.preventDefault()
    fill()
  }
  return (
    <div className="same-amount" onKeyDown={onKeyDown}>
      <Labelled label={t('funds.same_amount')} error={isWrong && !amount ? t('errors.field.amount') : undefined}>
        {(wiring) => <AmountInput {...wiring} value={text} onChange={setText} />}
      </Labelled>
      <Button onPress={fill}>{t('funds.fill_all')}</Button>
    </div>
  )
}
