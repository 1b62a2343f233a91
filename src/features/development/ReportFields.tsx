import { type UseFormReturn, useController, useWatch } from 'react-hook-form'
import { useTranslation } from '#src/i18n/use-translation.ts'
import type { reportProspect } from '#contract/prospects.ts'
import { ApiError } from '#src/api/api-error.ts'
import type { ApiMutation } from '#src/api/use-api-mutation.ts'
import { Field } from '#src/components/Field.tsx'
import { FormError } from '#src/components/FormError.tsx'
import { OutcomeNotice } from '#src/components/OutcomeNotice.tsx'
import { RadioCards } from '#src/components/RadioCards.tsx'
import { Select } from '#src/components/Select.tsx'
import { TextInput } from '#src/components/TextInput.tsx'
import { fieldOf, type ReportForm } from './report-form.ts'
import { TypeChoice } from './TypeChoice.tsx'
import type { Desk } from './use-desk.ts'
import type { ProspectList } from './use-prospect-list.ts'

type Props = {
  form: UseFormReturn<ReportForm>
  desk: Desk
  canSend: boolean
  /** Whom the prospect can be given to; undefined for a manager, who reports for themself. */
  managers: ProspectList['managers'] | undefined
  report: ApiMutation<typeof reportProspect>
}

/** The fields of a report, and what the server refused of them. */
export function ReportFields({ form: { control, formState }, desk, canSend, managers, report }: Props) {
  const { t } = useTranslation()
  const isSending = useWatch({ control, name: 'send' }) === 'yes'
  const { field: send } = useController({ control, name: 'send' })
  const { field: type } = useController({ control, name: 'type' })
  const atField = report.error instanceof ApiError && (report.error.failure.fields ?? []).some(({ path }) => fieldOf(path) !== undefined)
  return (
    <fieldset className="form" disabled={report.outcome !== 'known'}>
      <RadioCards
        legend={t('development.form.send')} value={send.value} onChange={send.onChange}
        options={[
          { value: 'yes', label: t('development.form.send_yes'), note: t('development.form.send_yes_note'), disabledReason: canSend ? undefined : t(desk.maySend ? 'development.why.blocked' : 'development.why.no_send') },
          { value: 'no', label: t('development.form.send_no'), note: t('development.form.send_no_note') },
        ]}
      />
      {isSending && <TypeChoice ref={type.ref} types={desk.types} value={type.value === '' ? undefined : type.value} onChange={type.onChange} isWrong={formState.errors.type !== undefined} />}
      <Field control={control} name="name" label={t('development.field.name')} isRequired hint={t('development.form.name_hint')}>{(input) => <TextInput {...input} maxLength={64} />}</Field>
      <Field control={control} name="mobile" label={t('development.field.mobile')} isRequired hint={t('development.form.mobile_hint')}>{(input) => <TextInput {...input} inputMode="tel" maxLength={32} />}</Field>
      <Field control={control} name="email" label={t('development.field.email')} isRequired={isSending} hint={t(isSending ? 'development.form.email_hint' : 'development.form.email_optional_hint')}>
        {(input) => <TextInput {...input} inputMode="email" autoCapitalize="none" spellCheck={false} maxLength={64} />}
      </Field>
      {managers && managers.length > 0 && (
        <Field control={control} name="managerId" label={t('development.field.manager')}>
          {(input) => <Select {...input} options={managers.map(({ id, nameMasked }) => ({ value: id, label: nameMasked }))} empty={t('development.form.manager_none')} />}
        </Field>
      )}
      <OutcomeNotice outcome={report.outcome} onAskAgain={report.askAgain} />
      {!atField && <FormError error={report.error} />}
    </fieldset>
  )
}
