import { type FormEvent, type ReactNode, useRef, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import type * as z from 'zod/mini'
import { type CustomerSession, customerSignIn } from '#contract/acceptance.ts'
import { Button } from '#src/components/Button.tsx'
import { FormError } from '#src/components/FormError.tsx'
import { Labelled } from '#src/components/Labelled.tsx'
import { TextInput } from '#src/components/TextInput.tsx'
import { askAsCustomer, rememberCustomer } from './ask-as-customer.ts'
import { cleanNumber } from '#src/lib/clean.ts'
import { useAttempt } from './use-attempt.ts'

type Props = { onDone: (session: z.infer<typeof CustomerSession>) => void; /** Beside the button. */ aside?: ReactNode }

/** Account and password of a customer; what was typed stays after a refusal. @param onDone gets the session. */
export function CustomerSignInForm({ onDone, aside }: Props) {
  const { t } = useTranslation()
  const [fields, setFields] = useState({ account: '', password: '' })
  const [isTried, setTried] = useState(false)
  const { isBusy, error, run } = useAttempt()
  const form = useRef<HTMLFormElement>(null)
  const account = accountFrom(fields.account)
  const missing = { account: isTried && account === '', password: isTried && fields.password === '' }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    const empty = account === '' ? 'account' : fields.password === '' ? 'password' : undefined
    if (empty) return form.current?.querySelector<HTMLInputElement>(`[name=${empty}]`)?.focus()
    void run(async () => {
      const session = await askAsCustomer(customerSignIn, { body: { account, password: fields.password } })
      rememberCustomer(session.csrf)
      onDone(session)
    })
  }
  return (
    <form ref={form} noValidate className="public-form" onSubmit={submit}>
      <Labelled label={t('invite_page.sign_in.account')} error={missing.account ? t('invite_page.sign_in.account_missing') : undefined}>
        {(wiring) => <TextInput {...wiring} isLarge name="account" autoComplete="username" autoCapitalize="none" spellCheck={false} maxLength={64} value={fields.account} onChange={(text) => setFields((now) => ({ ...now, account: text }))} />}
      </Labelled>
      <Labelled label={t('invite_page.sign_in.password')} error={missing.password ? t('invite_page.sign_in.password_missing') : undefined}>
        {(wiring) => <TextInput {...wiring} isLarge name="password" type="password" autoComplete="current-password" maxLength={128} value={fields.password} onChange={(password) => setFields((now) => ({ ...now, password }))} />}
      </Labelled>
      <FormError error={error} />
      <div className="public-acts">
        {aside}
        <Button type="submit" variant="primary" isBusy={isBusy}>{isBusy ? t('invite_page.sign_in.busy') : t('invite_page.sign_in.button')}</Button>
      </div>
    </form>
  )
}

/** A mobile number may be typed as people write it; an account name stays as it is. */
function accountFrom(text: string): string {
  const number = cleanNumber(text)
  return /^1\d{10}$/.test(number) ? number : text.normalize('NFKC').trim()
}
