import { useForm } from 'react-hook-form'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { addToWhitelist, queryWhitelist } from '#contract/coupon-whitelist.ts'
import { ApiError } from '#src/api/api-error.ts'
import { useApiMutation } from '#src/api/use-api-mutation.ts'
import { Button } from '#src/components/Button.tsx'
import { checkWith } from '#src/components/check-with.ts'
import { Field } from '#src/components/Field.tsx'
import { FormError } from '#src/components/FormError.tsx'
import { ModalShell } from '#src/components/ModalShell.tsx'
import { TextInput } from '#src/components/TextInput.tsx'
import { showToast } from '#src/components/toast.ts'

/** Puts one customer on the whitelist, by its exact name or account. */
export function AddDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const form = useForm({ resolver: checkWith(addToWhitelist.body), defaultValues: { value: '' } })
  const add = useApiMutation(addToWhitelist, {
    invalidates: [queryWhitelist],
    onSuccess: ({ nameMasked }) => {
      showToast({ tone: 'success', title: t('whitelist.add.done', { name: nameMasked }), isBrief: true })
      onClose()
    },
    onError: (error) => {
      const code = codeAtField(error)
      if (code) form.setError('value', { message: code }, { shouldFocus: true })
    },
  })
  return (
    <ModalShell
      title={t('whitelist.add.title')} onClose={onClose} isDirty={form.formState.isDirty && !add.isBusy} isLocked={add.isBusy}
      footer={(close) => <><Button onPress={close}>{t('common.cancel')}</Button><Button variant="primary" type="submit" form="whitelist-add" isBusy={add.isBusy}>{t('whitelist.add.submit')}</Button></>}
    >
      <form id="whitelist-add" className="form" noValidate onSubmit={(event) => void form.handleSubmit((body) => add.submit({ body }))(event)}>
        <Field control={form.control} name="value" label={t('whitelist.add.value')} isRequired hint={t('whitelist.add.hint')}>{(input) => <TextInput {...input} maxLength={128} />}</Field>
        {codeAtField(add.error) === undefined && <FormError error={add.error} />}
      </form>
    </ModalShell>
  )
}

/** What is wrong with the only field, if that is what the server says: then it is told there and not once more as the form's error, which would take the focus from who corrects it. */
function codeAtField(error: unknown): string | undefined {
  if (!(error instanceof ApiError)) return undefined
  const [field] = error.failure.fields ?? []
  if (error.failure.code === 'masked_value') return 'whitelist_masked'
  return error.failure.code === 'conflict' ? 'whitelist_listed' : field?.path === 'value' || field?.path === 'body.value' ? field.code : undefined
}
