import { useForm, useWatch } from 'react-hook-form'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { Locale } from '#contract/people.ts'
import { inviteSpecialist, querySpecialists, SpecialistWay } from '#contract/specialists.ts'
import { ApiError } from '#src/api/api-error.ts'
import { useApiMutation } from '#src/api/use-api-mutation.ts'
import { Button } from '#src/components/Button.tsx'
import { Field } from '#src/components/Field.tsx'
import { checkWith } from '#src/components/check-with.ts'
import { FormError } from '#src/components/FormError.tsx'
import { ModalShell } from '#src/components/ModalShell.tsx'
import { Notice } from '#src/components/Notice.tsx'
import { RadioCards } from '#src/components/RadioCards.tsx'
import { Select } from '#src/components/Select.tsx'
import { TextInput } from '#src/components/TextInput.tsx'
import { showToast } from '#src/components/toast.ts'
import { language } from '#src/i18n/i18n.ts'
import { InviteForm } from './invite-form.ts'

const inputs = { MOBILE: { type: 'tel', inputMode: 'tel' }, EMAIL: { type: 'email', inputMode: 'email' }, ACCOUNT: { type: 'text', inputMode: 'text' } } as const

/** Invites one person: over which way, at which address, and in which language the message is. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const initial: InviteForm = { way: 'MOBILE', value: '', name: '', language: language() }
  const form = useForm({ resolver: checkWith(InviteForm), defaultValues: initial })
  const way = useWatch({ control: form.control, name: 'way' })
  const send = useApiMutation(inviteSpecialist, {
    invalidates: [querySpecialists],
    onSuccess: () => {
      showToast({ tone: 'success', title: t('specialists.invite.done'), isBrief: true })
      onClose()
    },
    onError: (error) => {
      for (const { path, code } of error instanceof ApiError ? (error.failure.fields ?? []) : []) {
        const field = (['name', 'value'] as const).find((name) => name === path.split('.').at(-1))
        if (field) form.setError(field, { message: code }, { shouldFocus: true })
      }
    },
  })
  const isAtField = (['name', 'value'] as const).some((name) => form.formState.errors[name])
  const choose = (next: SpecialistWay) => {
    form.setValue('way', next, { shouldDirty: true })
    form.setValue('value', '')
    form.clearErrors('value')
  }
  return (
    <ModalShell
      title={t('specialists.invite.title')} onClose={onClose} isDirty={form.formState.isDirty && !send.isBusy} isLocked={send.isBusy}
      footer={(close) => <><Button onPress={close}>{t('common.cancel')}</Button><Button variant="primary" type="submit" form="invite-specialist" isBusy={send.isBusy}>{t('specialists.invite.submit')}</Button></>}
    >
      <form id="invite-specialist" className="form specialist-ways" noValidate onSubmit={(event) => void form.handleSubmit((values) => send.submit({ body: values }))(event)}>
        <RadioCards legend={t('specialists.field.way')} value={way} onChange={choose} options={SpecialistWay.options.map((value) => ({ value, label: t(`specialists.way.${value}`) }))} />
        <Field control={form.control} name="value" label={t(`specialists.invite.value.${way}`)} hint={t(`specialists.invite.hint.${way}`)} isRequired>{(input) => <TextInput {...input} {...inputs[way]} spellCheck={false} autoCapitalize="none" maxLength={64} />}</Field>
        <Field control={form.control} name="name" label={t('specialists.field.name')} isRequired>{(input) => <TextInput {...input} maxLength={64} />}</Field>
        <Field control={form.control} name="language" label={t('specialists.field.language')}>{(input) => <Select {...input} options={Locale.options.map((value) => ({ value, label: t(`specialists.language.${value}`) }))} />}</Field>
        <Notice>{t('specialists.invite.note')}</Notice>
        {!isAtField && <FormError error={send.error} />}
      </form>
    </ModalShell>
  )
}
