import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { getInvitation, type Invitation, queryInvitations } from '#contract/invites.ts'
import { putProspectEmail, queryProspects } from '#contract/prospects.ts'
import { ApiError } from '#src/api/api-error.ts'
import { useApiMutation } from '#src/api/use-api-mutation.ts'
import { Button } from '#src/components/Button.tsx'
import { FormError } from '#src/components/FormError.tsx'
import { Labelled } from '#src/components/Labelled.tsx'
import { ModalShell } from '#src/components/ModalShell.tsx'
import { TextInput } from '#src/components/TextInput.tsx'
import { showToast } from '#src/components/toast.ts'
import { useCan } from '#src/session/use-session.ts'
import type { OnOpen } from './open.ts'

/** Changes the address that a prospect is written to. Nothing is sent by it; whoever came because a mail failed is offered the next one. */
export function EmailDialog({ row, onOpen, onClose }: { row: Invitation; onOpen: OnOpen; onClose: () => void }) {
  const { t } = useTranslation()
  const maySend = useCan('invite.send')
  const [email, setEmail] = useState('')
  const [isTried, setTried] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const save = useApiMutation(putProspectEmail, {
    invalidates: [queryInvitations, getInvitation, queryProspects],
    onSuccess: () => {
      showToast({ tone: 'success', title: t('invites.email.saved'), isBrief: true })
      if (row.state === 'SEND_FAILED' && maySend) onOpen({ at: 'resend', rows: [row], isNew: true })
      else onClose()
    },
  })
  const refused = save.error instanceof ApiError ? save.error.failure.fields?.find(({ path }) => path.endsWith('email'))?.message : undefined
  const isWrong = !/^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(email.trim()) || email.trim().length > 64
  useEffect(() => {
    if (refused) field.current?.focus()
  }, [refused, save.error])
  return (
    <ModalShell
      title={t('invites.email.title')} onClose={onClose} size="question" isDirty={email !== '' && !save.isBusy} isLocked={save.isBusy}
      footer={(close) => <><Button onPress={close}>{t('common.cancel')}</Button><Button variant="primary" type="submit" form="email-form" isBusy={save.isBusy}>{t('invites.email.save')}</Button></>}
    >
      <form
        id="email-form" className="form" noValidate
        onSubmit={(event) => {
          event.preventDefault()
          setTried(true)
          if (isWrong || row.prospectId === null) field.current?.focus()
          else save.submit({ params: { id: row.prospectId }, body: { email: email.trim() } })
        }}
      >
        <p className="second">{t('invites.email.of', { name: [row.nameMasked, row.emailMasked].filter(Boolean).join(' · ') })}</p>
        <Labelled label={t('invites.email.label')} isRequired hint={t('invites.email.hint')} error={refused ?? (isTried && isWrong ? t('invites.email.invalid') : undefined)}>
          {(wiring) => <TextInput {...wiring} ref={field} value={email} onChange={setEmail} type="email" inputMode="email" spellCheck={false} autoCapitalize="none" />}
        </Labelled>
        {!refused && <FormError error={save.error} />}
      </form>
    </ModalShell>
  )
}
