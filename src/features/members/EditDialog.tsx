import { useQuery } from '@tanstack/react-query'
import { useForm } from 'react-hook-form'
import { useTranslation } from '#src/i18n/use-translation.ts'
import type { Answer } from '#contract/endpoint.ts'
import { getMember, type Member, putMember, queryMembers } from '#contract/members.ts'
import { getSession } from '#contract/session.ts'
import { ApiError } from '#src/api/api-error.ts'
import { query } from '#src/api/query.ts'
import { useApiMutation } from '#src/api/use-api-mutation.ts'
import { checkWith } from '#src/components/check-with.ts'
import { Button } from '#src/components/Button.tsx'
import { ErrorState } from '#src/components/ErrorState.tsx'
import { Field } from '#src/components/Field.tsx'
import { FormError } from '#src/components/FormError.tsx'
import { ModalShell } from '#src/components/ModalShell.tsx'
import { Notice } from '#src/components/Notice.tsx'
import { Skeleton } from '#src/components/Skeleton.tsx'
import { TextInput } from '#src/components/TextInput.tsx'
import { showToast } from '#src/components/toast.ts'
import { nameOf } from './labels.ts'
import { EditForm, toChange } from './member-form.ts'
import { hasOpenContacts } from './why-not.ts'

const fields = ['name', 'mobile', 'email', 'department'] as const
type Details = Answer<typeof getMember>

/** Changes name, contacts and department, once the present data are there. */
export function EditDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(query(getMember, { params: { id: member.id } }))
  if (data) return <EditFields member={data} onClose={onClose} />
  return <ModalShell title={t('members.edit.title')} onClose={onClose} footer={(close) => <Button onPress={close}>{t('common.cancel')}</Button>}>{error ? <ErrorState error={error} onRetry={() => void refetch()} isInline /> : <Skeleton lines={5} />}</ModalShell>
}

/** The present name and contacts are masked, so these fields start empty and an empty one keeps what is there. */
function EditFields({ member, onClose }: { member: Details; onClose: () => void }) {
  const { t } = useTranslation()
  const form = useForm({ resolver: checkWith(EditForm), defaultValues: { name: '', mobile: '', email: '', department: member.department } })
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
        <Field control={form.control} name="department" label={t('members.field.department')}>{(input) => <TextInput {...input} maxLength={64} />}</Field>
        <Notice>{t(isOpen ? 'members.edit.note' : member.isSelf ? 'members.edit.own' : 'members.edit.master')}</Notice>
        {!isAtField && <FormError error={save.error} />}
      </form>
    </ModalShell>
  )
}
