import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { getInvitation, queryInvitations } from '#contract/invites.ts'
import { type Prospect, putProspectEmail, queryProspects } from '#contract/prospects.ts'
import { ApiError } from '#src/api/api-error.ts'
import { type ApiMutation, useApiMutation } from '#src/api/use-api-mutation.ts'
import { isEmail } from '#src/lib/contacts.ts'
import { FormError } from './FormError.tsx'
import { fieldMessage } from './form-error.ts'
import { Labelled } from './Labelled.tsx'
import { TextInput } from './TextInput.tsx'
import { showToast } from './toast.ts'

/** Whose address it is. `id` is the prospect's; the name of somebody who came through a link may be unknown. */
export type EmailOf = Pick<Prospect, 'id' | 'emailMasked'> & { nameMasked: Prospect['nameMasked'] | null }

/** Saves a prospect's mail address. @param onSaved goes on from the form. */
export function useSaveEmail(onSaved: () => void): ApiMutation<typeof putProspectEmail> {
  const { t } = useTranslation()
  return useApiMutation(putProspectEmail, {
    invalidates: [queryProspects, queryInvitations, getInvitation],
    onSuccess: () => {
      showToast({ tone: 'success', title: t('development.email.saved'), isBrief: true })
      onSaved()
    },
  })
}

type Props = { of: EmailOf; save: ApiMutation<typeof putProspectEmail>; id?: string; text: string; onText: (text: string) => void; children?: ReactNode }

/** The one field of adding or changing a mail address. A present one is shown as its mask beside the empty field, never in it. */
export function EmailFields({ of, save, id, text, onText, children }: Props) {
  const { t } = useTranslation()
  const [isTried, setTried] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const atField = save.error instanceof ApiError ? save.error.failure.fields?.find(({ path }) => path.endsWith('email')) : undefined
  useEffect(() => {
    if (atField) field.current?.focus()
  }, [atField])
  const problem = isTried && !isEmail(text) ? fieldMessage(text.trim() === '' ? '' : 'email', t('development.field.email')) : atField?.message
  return (
    <form
      id={id} className="form email-form" noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (!isEmail(text)) field.current?.focus()
        else save.submit({ params: { id: of.id }, body: { email: text.trim() } })
      }}
    >
      <Labelled label={of.emailMasked === null ? t('development.field.email') : t('development.email.new')} hint={t('development.email.hint')} error={problem}>
        {(wiring) => <TextInput {...wiring} ref={field} value={text} onChange={onText} inputMode="email" autoCapitalize="none" spellCheck={false} maxLength={64} />}
      </Labelled>
      {!atField && <FormError error={save.error} />}
      {children}
    </form>
  )
}
