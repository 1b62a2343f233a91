import { type FormEvent, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { parseAmount } from '#contract/money.ts'
import { formatMoney } from '#src/lib/format.ts'
import { AmountInput } from './AmountInput.tsx'
import { Button } from './Button.tsx'
import { DateRange } from './DateRange.tsx'
import { fieldMessage } from './form-error.ts'
import type { Filter } from './filter-types.ts'
import { Labelled } from './Labelled.tsx'
import { RadioCards } from './RadioCards.tsx'
import { TextInput } from './TextInput.tsx'

type Of<K extends Filter['kind']> = Extract<Filter, { kind: K }>

/** The panel of a filter. A choice applies at once; what is typed applies with the button or Enter. @param onDone closes the panel. */
export function FilterEditor({ filter, onDone }: { filter: Filter; onDone: () => void }) {
  switch (filter.kind) {
    case 'choice': return <ChoiceEditor filter={filter} onDone={onDone} />
    case 'days': return <DaysEditor filter={filter} onDone={onDone} />
    case 'amounts': return <AmountsEditor filter={filter} onDone={onDone} />
    case 'numbers': return <NumbersEditor filter={filter} onDone={onDone} />
    case 'text': return <TextEditor filter={filter} onDone={onDone} />
  }
}

function ChoiceEditor({ filter, onDone }: { filter: Of<'choice'>; onDone: () => void }) {
  const { t } = useTranslation()
  return (
    <div className="filter-editor">
      <RadioCards
        look="lines" legend={filter.label} value={filter.value ?? ''} options={[{ value: '', label: t('common.any') }, ...filter.options]}
        onChange={(value) => { filter.onChange(value === '' ? undefined : value); onDone() }}
      />
    </div>
  )
}

function DaysEditor({ filter, onDone }: { filter: Of<'days'>; onDone: () => void }) {
  const [range, setRange] = useState({ from: filter.from, to: filter.to })
  const { t } = useTranslation()
  const isWrong = range.from !== undefined && range.to !== undefined && range.from > range.to
  const apply = (next: typeof range) => { filter.onChange(next); onDone() }
  return (
    <EditorForm onSubmit={() => !isWrong && apply(range)}>
      <DateRange {...range} onChange={setRange} hasPresets={!filter.future} onPreset={apply} error={isWrong ? t('common.filter.order') : undefined} />
    </EditorForm>
  )
}

function AmountsEditor({ filter, onDone }: { filter: Of<'amounts'>; onDone: () => void }) {
  const { t } = useTranslation()
  const [min, setMin] = useState(filter.min ? formatMoney(filter.min) : '')
  const [max, setMax] = useState(filter.max ? formatMoney(filter.max) : '')
  const [low, high] = [parseAmount(min), parseAmount(max)]
  const minError = min && !low ? fieldMessage('amount_filter', filter.label) : undefined
  const maxError = max && !high ? fieldMessage('amount_filter', filter.label) : low && high && Number(low) > Number(high) ? t('common.filter.bounds') : undefined
  const apply = () => {
    if (minError || maxError) return
    filter.onChange({ min: low, max: high })
    onDone()
  }
  return (
    <EditorForm onSubmit={apply}>
      <Labelled label={t('common.filter.min')} error={minError}>{(wiring) => <AmountInput {...wiring} value={min} onChange={setMin} />}</Labelled>
      <Labelled label={t('common.filter.max')} error={maxError}>{(wiring) => <AmountInput {...wiring} value={max} onChange={setMax} />}</Labelled>
    </EditorForm>
  )
}

function NumbersEditor({ filter, onDone }: { filter: Of<'numbers'>; onDone: () => void }) {
  const { t } = useTranslation()
  const [min, setMin] = useState(filter.min?.toString() ?? '')
  const [max, setMax] = useState(filter.max?.toString() ?? '')
  const [low, high] = [wholeNumber(min), wholeNumber(max)]
  const minError = low === 'wrong' ? fieldMessage('percent', filter.label) : undefined
  const maxError = high === 'wrong' ? fieldMessage('percent', filter.label) : typeof low === 'number' && typeof high === 'number' && low > high ? t('common.filter.bounds') : undefined
  const apply = () => {
    if (low === 'wrong' || high === 'wrong' || maxError) return
    filter.onChange({ min: low, max: high })
    onDone()
  }
  const unit = filter.unit && <span className="unit">{filter.unit}</span>
  return (
    <EditorForm onSubmit={apply}>
      <Labelled label={t('common.filter.min')} error={minError}>{(wiring) => <TextInput {...wiring} inputMode="numeric" className="amount" value={min} onChange={setMin} after={unit} />}</Labelled>
      <Labelled label={t('common.filter.max')} error={maxError}>{(wiring) => <TextInput {...wiring} inputMode="numeric" className="amount" value={max} onChange={setMax} after={unit} />}</Labelled>
    </EditorForm>
  )
}

function TextEditor({ filter, onDone }: { filter: Of<'text'>; onDone: () => void }) {
  const [text, setText] = useState(filter.value ?? '')
  const [error, setError] = useState<string>()
  const apply = () => {
    const wanted = (filter.clean?.(text) ?? text).trim()
    const refusal = wanted === '' ? undefined : filter.check?.(wanted)
    setError(fieldMessage(refusal, filter.label))
    if (refusal !== undefined) return
    filter.onChange(wanted === '' ? undefined : wanted)
    onDone()
  }
  return (
    <EditorForm onSubmit={apply}>
      <Labelled label={filter.label} hint={filter.hint} error={error}>{(wiring) => <TextInput {...wiring} value={text} onChange={setText} maxLength={64} spellCheck={false} />}</Labelled>
    </EditorForm>
  )
}

function EditorForm({ onSubmit, children }: { onSubmit: () => void; children: React.ReactNode }) {
  const { t } = useTranslation()
  const submit = (event: FormEvent) => { event.preventDefault(); onSubmit() }
  return <form className="filter-editor" noValidate onSubmit={submit}>{children}<div className="editor-acts"><Button type="submit" isSmall>{t('common.apply')}</Button></div></form>
}

/** @returns undefined for an empty field. */
function wholeNumber(text: string): number | undefined | 'wrong' {
  const cleaned = text.normalize('NFKC').replace(/[\s%,]/g, '')
  if (cleaned === '') return undefined
  return /^\d{1,4}$/.test(cleaned) && Number(cleaned) <= 1000 ? Number(cleaned) : 'wrong'
}
