import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { queryInvitations } from '#contract/invites.ts'
import { type Prospect, putProspectEmail, queryProspects } from '#contract/prospects.ts'
import { ApiError } from '#src/api/api-error.ts'
import { type ApiMutation, useApiMutation } from '#src/api/use-api-mutation.ts'
import { Button } from '#src/components/Button.tsx'
import { FormError } from '#src/components/FormError.tsx'
import { fieldMessage } from '#src/components/form-error.ts'
import { Labelled } from '#src/components/Labelled.tsx'
import { TextInput } from '#src/components/TextInput.tsx'
import { showToast } from '#src/components/toast.ts'
import { isEmail } from './report-form.ts'

/** Saves a prospect's mail address. @param onDone closes the form. */
export function useSaveEmail(onDone: () => void): ApiMutation<typeof putProspectEmail> {
  const { t } = useTranslation()
  return useApiMutation(putProspectEmail, {
    invalidates: [queryProspects, queryInvitations],
    onSuccess: () => {
      showToast({ tone: 'success', title: t('development.email.saved'), isBrief: true })
      onDone()
    },
  })
}

type FieldProps = { row: Prospect; save: ApiMutation<typeof putProspectEmail>; id?: string; text: string; onText: (text: string) => void; children?: ReactNode }

/** The one field of adding or changing a mail address. A present one is shown as its mask beside the empty field, never in it. */
export function EmailFields({ row, save, id, text, onText, children }: FieldProps) {
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
        else save.submit({ params: { id: row.id }, body: { email: text.trim() } })
      }}
    >
      <Labelled label={row.emailMasked === null ? t('development.field.email') : t('development.email.new')} hint={t('development.email.hint')} error={problem}>
        {(wiring) => <TextInput {...wiring} ref={field} value={text} onChange={onText} inputMode="email" autoCapitalize="none" spellCheck={false} maxLength={64} />}
      </Labelled>
      {!atField && <FormError error={save.error} />}
      {children}
    </form>
  )
}

/** The small form in the row. */
export function EmailForm({ row, onDone }: { row: Prospect; onDone: () => void }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const save = useSaveEmail(onDone)
  return (
    <EmailFields row={row} save={save} text={text} onText={setText}>
      <div className="editor-acts"><Button isSmall variant="primary" type="submit" isBusy={save.isBusy}>{t('development.email.save')}</Button></div>
    </EmailFields>
  )
}
