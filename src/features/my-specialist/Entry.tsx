import { useTranslation } from '#src/i18n/use-translation.ts'
import { Button } from '#src/components/Button.tsx'
import { fieldMessage } from '#src/components/form-error.ts'
import { Labelled } from '#src/components/Labelled.tsx'
import { TextInput } from '#src/components/TextInput.tsx'
import type { Draft, DraftField } from './drafts.ts'

type Props = { draft: Draft; /** From 1, among those of its kind. */ place: number; faults: Partial<Record<DraftField, string>>; onChange: (next: Draft) => void; onRemove: () => void }

/** The fields of one job, certificate, training or project. */
export function Entry({ draft, place, faults, onChange, onRemove }: Props) {
  const { t } = useTranslation()
  const { kind } = draft
  const name = t('my_specialist.entry', { kind: t(`my_specialist.kind.${kind}`), place })
  const field = (key: DraftField, label: string, hint?: string, isRequired = false) => {
    const code = faults[key]
    return (
      <Labelled label={label} hint={hint} isRequired={isRequired} error={code === undefined ? undefined : fieldMessage(code, label)}>
        {(wiring) => <TextInput {...wiring} value={draft[key]} maxLength={key === 'note' ? 200 : key === 'from' || key === 'to' ? 10 : 64} onChange={(text) => onChange({ ...draft, [key]: text })} />}
      </Labelled>
    )
  }
  return (
    <fieldset className="my-entry" data-entry={draft.key}>
      <legend className="hidden-text">{name}</legend>
      {field('title', t(`my_specialist.title_of.${kind}`), undefined, true)}
      {field('organization', t(`my_specialist.organization_of.${kind}`), undefined, true)}
      {field('from', t(`my_specialist.from_of.${kind}`), t('my_specialist.month_hint'), true)}
      {field('to', t(`my_specialist.to_of.${kind}`), t(`my_specialist.to_hint.${kind}`))}
      <div className="my-wide">{field('note', t('my_specialist.note'))}</div>
      <div className="my-wide"><Button variant="row" aria-label={t('my_specialist.remove_of', { name })} onPress={onRemove}>{t('my_specialist.remove')}</Button></div>
    </fieldset>
  )
}
