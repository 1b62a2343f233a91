import { useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { type Control, useForm, useWatch } from 'react-hook-form'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { createMember, queryMembers } from '#contract/members.ts'
import { Locale } from '#contract/people.ts'
import { listRoles } from '#contract/roles.ts'
import { ApiError } from '#src/api/api-error.ts'
import { useApiMutation } from '#src/api/use-api-mutation.ts'
import { checkWith } from '#src/components/check-with.ts'
import { Button } from '#src/components/Button.tsx'
import { Field } from '#src/components/Field.tsx'
import { FormError } from '#src/components/FormError.tsx'
import { ModalShell } from '#src/components/ModalShell.tsx'
import { Select } from '#src/components/Select.tsx'
import { TextInput } from '#src/components/TextInput.tsx'
import { language } from '#src/i18n/i18n.ts'
import { useSession } from '#src/session/use-session.ts'
import { Consequences } from './Consequences.tsx'
import { LinkTold, type Told } from './LinkTold.tsx'
import { firstFields, MemberForm, toCreate } from './member-form.ts'
import type { Rights } from './rights.ts'
import { RightsFields } from './RightsFields.tsx'
import { RolesAreComing } from './RolesAreComing.tsx'
import { useRoles } from './use-roles.ts'

const noRights: Rights = { roles: ['manager'], customRoleIds: [], extra: [], removed: [] }

/** Creates a member in two steps: who it is, then what it may do. Afterwards it tells where the link to set the password went. */
export function CreateDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const [step, setStep] = useState<1 | 2>(1)
  const [rights, setRights] = useState(noRights)
  const [told, setTold] = useState<Told>()
  const [isMissing, setMissing] = useState(false)
  const hasRole = rights.roles.length + rights.customRoleIds.length > 0
  const box = useRef<HTMLFormElement>(null)
  const roles = useRoles()
  const empty: MemberForm = { login: '', name: '', mobile: '', email: '', department: '', language: language(), directorId: '' }
  const form = useForm({ resolver: checkWith(MemberForm), defaultValues: empty })
  const directorId = useWatch({ control: form.control, name: 'directorId' })
  const goTo = (next: 1 | 2) => {
    flushSync(() => setStep(next))
    const fields = next === 1 ? ['input'] : ['.role-step input:checked', '.role-step input:enabled']
    fields.map((field) => box.current?.querySelector<HTMLElement>(field)).find((field) => field)?.focus()
  }
  const create = useApiMutation(createMember, {
    invalidates: [queryMembers, listRoles],
    onSuccess: setTold,
    onError: (error) => {
      for (const { path, code } of error instanceof ApiError ? (error.failure.fields ?? []) : []) {
        const field = firstFields.find((name) => name === path.split('.').at(-1))
        if (!field) continue
        goTo(1)
        form.setError(field, { message: code }, { shouldFocus: true })
      }
    },
  })
  const next = async () => {
    if (!await form.trigger(firstFields, { shouldFocus: true })) return
    create.reset()
    goTo(2)
  }
  const submit = form.handleSubmit((values) => {
    setMissing(!hasRole)
    if (hasRole) create.submit(toCreate(values, rights))
  }, () => goTo(1))
  const again = () => {
    form.reset(empty)
    setRights(noRights)
    create.reset()
    flushSync(() => setTold(undefined))
    goTo(1)
  }
  return (
    <ModalShell
      title={told ? t('members.create.done_title') : t('members.create_member')} onClose={onClose} isLocked={create.isBusy && !told} isDirty={!told && !create.isBusy && (form.formState.isDirty || rights !== noRights)}
      footer={(close) => <Footer step={step} isTold={told !== undefined} isBusy={create.isBusy} isReady={roles.data !== undefined} close={close} onBack={() => goTo(1)} onAgain={again} />}
    >
      {told ? <LinkTold told={told} /> : (
        <form
          ref={box} id="member-form" className="form" noValidate
          onSubmit={(event) => {
            event.preventDefault()
            void (step === 1 ? next() : submit())
          }}
        >
          <p className="caption" role="status">{t('members.create.step', { step, name: t(step === 1 ? 'members.create.step_data' : 'members.create.step_role') })}</p>
          {/* What was typed stays in the page, so that Back finds it. */}
          <div className="form" hidden={step === 2}><DataFields control={form.control} /></div>
          {step === 2 && <RightsStep roles={roles} rights={rights} onChange={setRights} directorId={directorId} onDirector={(id) => form.setValue('directorId', id)} isMissing={isMissing && !hasRole} />}
          {step === 2 && <FormError error={create.error} />}
        </form>
      )}
    </ModalShell>
  )
}

type RightsStepProps = { roles: ReturnType<typeof useRoles>; rights: Rights; onChange: (rights: Rights) => void; directorId: string; onDirector: (id: string) => void; isMissing: boolean }

function RightsStep({ roles, rights, isMissing, ...rest }: RightsStepProps) {
  const { t } = useTranslation()
  const isAdministrator = useSession().member.roles.includes('administrator')
  return (
    <div className="form role-step">
      {roles.data
        ? <RightsFields {...rest} roles={roles.data} rights={rights} mayGive={isAdministrator} error={isMissing ? t('members.rights.role_missing') : undefined} notices={<Consequences roles={roles.data} rights={rights} />} />
        : <RolesAreComing roles={roles} />}
    </div>
  )
}

function DataFields({ control }: { control: Control<MemberForm> }) {
  const { t } = useTranslation()
  return (
    <>
      <Field control={control} name="login" label={t('members.field.login')} isRequired hint={t('members.create.login_hint')}>{(input) => <TextInput {...input} maxLength={32} spellCheck={false} autoCapitalize="none" />}</Field>
      <Field control={control} name="name" label={t('members.field.name')} isRequired>{(input) => <TextInput {...input} maxLength={64} />}</Field>
      <Field control={control} name="mobile" label={t('members.field.mobile')} hint={t('members.create.contact_hint')}>{(input) => <TextInput {...input} type="tel" inputMode="tel" />}</Field>
      <Field control={control} name="email" label={t('members.field.email')} hint={t('members.create.email_hint')}>{(input) => <TextInput {...input} type="email" inputMode="email" spellCheck={false} autoCapitalize="none" />}</Field>
      <Field control={control} name="department" label={t('members.field.department')}>{(input) => <TextInput {...input} maxLength={64} />}</Field>
      <Field control={control} name="language" label={t('members.field.language')}>{(input) => <Select {...input} options={Locale.options.map((value) => ({ value, label: t(`members.language.${value}`) }))} />}</Field>
    </>
  )
}

type FooterProps = { step: 1 | 2; isTold: boolean; isBusy: boolean; isReady: boolean; close: () => void; onBack: () => void; onAgain: () => void }

/** The buttons of the step in view. Each has its key: a button that turned into another under the press would do its work, too. */
function Footer({ step, isTold, isBusy, isReady, close, onBack, onAgain }: FooterProps) {
  const { t } = useTranslation()
  if (isTold) return [<Button key="again" onPress={onAgain}>{t('members.create.another')}</Button>, <Button key="done" variant="primary" onPress={close}>{t('members.told.close')}</Button>]
  const cancel = <Button key="cancel" onPress={close}>{t('common.cancel')}</Button>
  if (step === 1) return [cancel, <Button key="next" variant="primary" type="submit" form="member-form">{t('members.create.next')}</Button>]
  // The cross does the same, and on a phone three buttons would leave little room for the rights.
  const cancelHere = <Button key="cancel" className="only-desk" onPress={close}>{t('common.cancel')}</Button>
  return [cancelHere, <Button key="back" onPress={onBack}>{t('members.create.back')}</Button>, isReady && <Button key="submit" variant="primary" type="submit" form="member-form" isBusy={isBusy}>{t('members.create.submit')}</Button>]
}
