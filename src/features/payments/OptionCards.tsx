import { useTranslation } from '#src/i18n/use-translation.ts'
import { RadioCards } from '#src/components/RadioCards.tsx'
import type { Option } from './rules.ts'

type Props = { legend?: string; options: readonly Option[]; value: Option | undefined; onChange: (option: Option) => void; /** Numbers of the statements that stand in the way of an option. */ missing: (option: Option) => readonly string[] }

/** How it is paid out: whether an invoice is needed and when it arrives, or why an option cannot be chosen. */
export function OptionCards({ legend, options, value, onChange, missing }: Props) {
  const { t } = useTranslation()
  return (
    <div className="payout-options">
      <RadioCards
        legend={legend ?? t('payments.form.option')} value={value} onChange={onChange}
        options={options.map((option) => {
          const numbers = missing(option)
          return { value: option, label: t(`payments.option.${option}`), note: t(`payments.option_note.${option}`), disabledReason: numbers.length > 0 ? t('payments.option_not_offered', { numbers: numbers.join(t('common.list_separator')) }) : undefined }
        })}
      />
    </div>
  )
}
