import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { useTranslation } from '#src/i18n/use-translation.ts'
import type { Input } from '#contract/endpoint.ts'
import { getMember, queryMembers } from '#contract/members.ts'
import type { Permission } from '#contract/people.ts'
import { type createRole, defaultPermissions, listRoles, type putRole } from '#contract/roles.ts'
import { ApiError } from '#src/api/api-error.ts'
import { useApiMutation } from '#src/api/use-api-mutation.ts'
import { checkWith } from '#src/components/check-with.ts'
import { Button } from '#src/components/Button.tsx'
import { Field } from '#src/components/Field.tsx'
import { FormError } from '#src/components/FormError.tsx'
import { ModalShell } from '#src/components/ModalShell.tsx'
import { Notice } from '#src/components/Notice.tsx'
import { TextInput } from '#src/components/TextInput.tsx'
import { showToast } from '#src/components/toast.ts'
import { PermissionTicks } from '#src/permissions/PermissionTicks.tsx'
import { descriptionMax, isSameSet, RoleForm, type RoleWish } from './role-form.ts'
import { nameMax, type Roles } from './role-rows.ts'

type Body = Input<typeof createRole>['body']
type Props<E extends typeof createRole | typeof putRole> = {
  at: 'create' | 'edit' | 'copy'
  endpoint: E
  roles: Roles
  /** What the form begins with. */
  start: RoleWish & { members?: number }
  toInput: (body: Body) => Input<E>
  onClose: () => void
}

const always: readonly Permission[] = defaultPermissions

/** The name, the description and the permissions of a custom role: a new one, a copy, or one that is changed. */
export function RoleDialog<E extends typeof createRole | typeof putRole>({ at, endpoint, roles, start, toInput, onClose }: Props<E>) {
  const { t } = useTranslation()
  const [permissions, setPermissions] = useState(start.permissions)
  const form = useForm({ resolver: checkWith(RoleForm), defaultValues: { name: start.name, description: start.description } })
  const words = at === 'edit' ? 'edit' : 'create'
  const save = useApiMutation(endpoint, {
    invalidates: [listRoles, queryMembers, getMember],
    onSuccess: () => {
      showToast({ tone: 'success', title: t(at === 'edit' ? 'roles.form.changed' : 'roles.form.created'), text: t(at === 'edit' ? 'roles.form.changed_text' : 'roles.form.created_text') })
      onClose()
    },
    onError: (error) => {
      for (const { path, code } of error instanceof ApiError ? (error.failure.fields ?? []) : []) {
        const field = (['name', 'description'] as const).find((name) => name === path.split('.').at(-1))
        if (field) form.setError(field, { message: code }, { shouldFocus: true })
      }
    },
  })
  const isDirty = form.formState.isDirty || !isSameSet(permissions, start.permissions)
  const isAtField = form.formState.errors.name !== undefined || form.formState.errors.description !== undefined
  const tick = (permission: Permission, isWanted: boolean) => setPermissions((present) => [...present.filter((one) => one !== permission), ...(isWanted ? [permission] : [])])
  const submit = form.handleSubmit((values) => save.submit(toInput({ ...values, permissions: [...permissions] })))
  return (
    <ModalShell
      title={t(`roles.form.${at}_title`)} onClose={onClose} isDirty={isDirty && !save.isBusy} isLocked={save.isBusy}
      footer={(close) => <><Button onPress={close}>{t('common.cancel')}</Button><Button variant="primary" type="submit" form="role-form" isBusy={save.isBusy}>{t(`roles.form.${words}_submit`)}</Button></>}
    >
      <form id="role-form" className="form" noValidate onSubmit={(event) => void submit(event)}>
        <Field control={form.control} name="name" label={t('roles.form.name')} isRequired>{(input) => <TextInput {...input} maxLength={nameMax} />}</Field>
        <Field control={form.control} name="description" label={t('roles.form.description')} hint={t('roles.form.description_hint')}>{(input) => <TextInput {...input} maxLength={descriptionMax} />}</Field>
        <PermissionTicks
          note={t('roles.form.note')} offered={[...always, ...roles.grantable]} isTicked={(one) => always.includes(one) || permissions.includes(one)} isFixed={(one) => always.includes(one)} onChange={tick}
        />
        {at === 'edit' && start.members !== undefined && start.members > 0 && <Notice>{t('roles.form.bites', { count: start.members })}</Notice>}
        {!isAtField && <FormError error={save.error} />}
      </form>
    </ModalShell>
  )
}
