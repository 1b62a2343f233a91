import { useTranslation } from '#src/i18n/use-translation.ts'
import { dayPresets } from './filter-text.ts'
import { Labelled } from './Labelled.tsx'
import { TextInput } from './TextInput.tsx'

type Range = { from: string | undefined; to: string | undefined }
type Props = Range & {
  onChange: (range: Range) => void
  /** Pressed a usual range; without it the buttons are absent. */
  onPreset?: (range: Range) => void
  hasPresets?: boolean
  error?: string | undefined
}

/** Two days with the platform's own calendar, and the usual ranges as buttons. */
export function DateRange({ from, to, onChange, onPreset, hasPresets = true, error }: Props) {
  const { t } = useTranslation()
  const day = (text: string) => (text === '' ? undefined : text)
  return (
    <div className="date-range">
      {hasPresets && onPreset && (
        <div className="presets">
          {dayPresets().map((preset) => (
            <button key={preset.key} type="button" className="row-action" onClick={() => onPreset({ from: preset.from, to: undefined })}>{t(`common.filter.${preset.key}`)}</button>
          ))}
        </div>
      )}
      <Labelled label={t('common.filter.from')}>{(wiring) => <TextInput {...wiring} type="date" value={from ?? ''} max={to} onChange={(text) => onChange({ from: day(text), to })} />}</Labelled>
      <Labelled label={t('common.filter.to')} error={error}>{(wiring) => <TextInput {...wiring} type="date" value={to ?? ''} min={from} onChange={(text) => onChange({ from, to: day(text) })} />}</Labelled>
    </div>
  )
}
