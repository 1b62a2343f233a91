import { zodResolver } from '@hookform/resolvers/zod'
import { useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { getMember, type Member, putMember, queryMembers } from '#contract/members.ts'
import { getSession } from '#contract/session.ts'
import { ApiError } from '#src/api/api-error.ts'
import { useApiMutation } from '#src/api/use-api-mutation.ts'
import { Button } from '#src/components/Button.tsx'
import { Field } from '#src/components/Field.tsx'
import { FormError } from '#src/components/FormError.tsx'
import { ModalShell } from '#src/components/ModalShell.tsx'
import { Notice } from '#src/components/Notice.tsx'
import { TextInput } from '#src/components/TextInput.tsx'
import { showToast } from '#src/components/toast.ts'
import { nameOf } from './labels.ts'
import { EditForm, toChange } from './member-form.ts'
import { hasOpenContacts } from './why-not.ts'

const fields = ['name', 'mobile', 'email'] as const

/** Changes name and contacts. The present ones are masked, so the fields start empty and an empty one keeps what is there. */
export function EditDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const { t } = useTranslation()
  const form = useForm({ resolver: zodResolver(EditForm), defaultValues: { name: '', mobile: '', email: '' } })
  const save = useApiMutation(putMember, {
    invalidates: [queryMembers, getMember, getSession],
    onSuccess: () => {
      showToast({ tone: 'success', title: t('members.edit.done'), isBrief: true })
      onClose()
    },
    onError: (error) => {
      for (const { path, code } of error instanceof ApiError ? (error.failure.fields ?? []) : []) {
        const field = fields.find((name) => name === path.split('.').at(-1))
        if (field) form.setError(field, { message: code }, { shouldFocus: true })
      }
    },
  })
  const submit = form.handleSubmit((values) => {
    const change = toChange(member, values)
    if (change) save.submit(change)
    else form.setError('name', { message: 'nothing_to_change' }, { shouldFocus: true })
  })
  const isOpen = hasOpenContacts(member)
  const isAtField = fields.some((name) => form.formState.errors[name])
  const hint = (value: string | null) => (value === null ? t('members.edit.none') : t('members.edit.keep', { value }))
  return (
    <ModalShell
      title={t('members.edit.title')} onClose={onClose} isDirty={form.formState.isDirty && !save.isBusy} isLocked={save.isBusy}
      footer={(close) => <><Button onPress={close}>{t('common.cancel')}</Button><Button variant="primary" type="submit" form="edit-member" isBusy={save.isBusy}>{t('members.edit.submit')}</Button></>}
    >
      <form id="edit-member" className="form" noValidate onSubmit={(event) => void submit(event)}>
        <p className="second">{t('members.edit.of', { name: nameOf(member) })}</p>
        <Field control={form.control} name="name" label={t('members.field.name')} hint={hint(member.nameMasked)}>{(input) => <TextInput {...input} maxLength={64} />}</Field>
        {isOpen && (
          <>
            <Field control={form.control} name="mobile" label={t('members.field.mobile')} hint={hint(member.mobileMasked)}>{(input) => <TextInput {...input} type="tel" inputMode="tel" />}</Field>
            <Field control={form.control} name="email" label={t('members.field.email')} hint={hint(member.emailMasked)}>{(input) => <TextInput {...input} type="email" inputMode="email" spellCheck={false} autoCapitalize="none" />}</Field>
          </>
        )}
        <Notice>{t(isOpen ? 'members.edit.note' : member.isSelf ? 'members.edit.own' : 'members.edit.master')}</Notice>
        {!isAtField && <FormError error={save.error} />}
      </form>
    </ModalShell>
  )
}
