import { useState } from 'react'
import { useTranslation } from 'react-i18next'
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
  return (
    <form
      className="same-amount" noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setWrong(amount === undefined)
        if (amount) onFill(formatMoney(amount))
      }}
    >
      <Labelled label={t('funds.same_amount')} error={isWrong && !amount ? t('errors.field.amount') : undefined}>
        {(wiring) => <AmountInput {...wiring} value={text} onChange={setText} />}
      </Labelled>
      <Button type="submit">{t('funds.fill_all')}</Button>
    </form>
  )
}
