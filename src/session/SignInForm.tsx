import { type FormEvent, useRef, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { type Session, signIn } from '#contract/session.ts'
import { call } from '#src/api/call.ts'
import { Button } from '#src/components/Button.tsx'
import { FormError } from '#src/components/FormError.tsx'
import { Labelled } from '#src/components/Labelled.tsx'
import { TextInput } from '#src/components/TextInput.tsx'

type Props = { button: string; /** False where another way leads. */ isPrimary?: boolean; /** Gets the session; until it is through, the form takes no second attempt. */ onDone: (session: Session) => Promise<void> }

/** Account, member and password. What was typed stays after a refusal, except the password's wrongness. */
export function SignInForm({ button, isPrimary = true, onDone }: Props) {
  const { t } = useTranslation()
  const [fields, setFields] = useState({ account: '', member: '', password: '' })
  const [isTried, setTried] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<Error>()
  const form = useRef<HTMLFormElement>(null)
  const put = (patch: Partial<typeof fields>) => setFields((present) => ({ ...present, ...patch }))
  const missing = { account: isTried && fields.account.trim() === '', password: isTried && fields.password === '' }

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (isBusy) return
    const empty = fields.account.trim() === '' ? 'account' : fields.password === '' ? 'password' : undefined
    if (empty) return form.current?.querySelector<HTMLInputElement>(`[name=${empty}]`)?.focus()
    setBusy(true)
    setError(undefined)
    const member = fields.member.trim()
    try {
      await onDone(await call(signIn, { body: { account: fields.account.trim(), password: fields.password, ...(member && { member }) } }))
    } catch (caught) {
      setError(caught instanceof Error ? caught : new Error(String(caught)))
    } finally {
      setBusy(false)
    }
  }
  return (
    <form ref={form} noValidate onSubmit={(event) => void submit(event)} className="sign-form">
      <Labelled label={t('session.account')} error={missing.account ? t('session.enter_account') : undefined}>
        {(wiring) => <TextInput {...wiring} isLarge name="account" autoComplete="organization" autoCapitalize="none" spellCheck={false} maxLength={64} value={fields.account} onChange={(account) => put({ account })} />}
      </Labelled>
      <Labelled label={t('session.member')} hint={t('session.member_hint')}>
        {(wiring) => <TextInput {...wiring} isLarge name="member" autoComplete="username" autoCapitalize="none" spellCheck={false} maxLength={64} value={fields.member} onChange={(member) => put({ member })} />}
      </Labelled>
      <Labelled label={t('session.password')} error={missing.password ? t('session.enter_password') : undefined}>
        {(wiring) => <TextInput {...wiring} isLarge name="password" type="password" autoComplete="current-password" maxLength={128} value={fields.password} onChange={(password) => put({ password })} />}
      </Labelled>
      <FormError error={error} />
      <Button type="submit" variant={isPrimary ? 'primary' : 'secondary'} className="full" isBusy={isBusy}>{isBusy ? t('session.signing_in') : button}</Button>
    </form>
  )
}
