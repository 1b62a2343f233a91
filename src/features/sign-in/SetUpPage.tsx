import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { setUpPassword } from '#contract/session.ts'
import { ApiError } from '#src/api/api-error.ts'
import { call } from '#src/api/call.ts'
import { Button } from '#src/components/Button.tsx'
import { FormError } from '#src/components/FormError.tsx'
import { Mark } from '#src/components/Mark.tsx'
import { NewPassword, newPasswordProblem, type NewPasswordProblem } from '#src/components/NewPassword.tsx'
import { LanguageButton } from '#src/layout/LanguageButton.tsx'
import { ThemeButton } from '#src/layout/ThemeButton.tsx'
import { paths } from '#src/paths.ts'

type Done = { account: string; member: string }

/** Behind a set-up link: a person chooses the password. The token leaves the address bar at once and stays in memory only. */
export function SetUpPage() {
  const { t } = useTranslation()
  const [token] = useState(() => location.hash.slice(1))
  const [done, setDone] = useState<Done>()
  useEffect(() => { document.title = `${t('session.set_up')} · ${t('common.product')}` }, [t])
  useEffect(() => history.replaceState(history.state, '', paths.setUp()), [])
  return (
    <div className="sign-page" data-page="set-up">
      <div className="top-right"><LanguageButton /><ThemeButton /></div>
      <main className="sign">
        <div className="sign-brand"><Mark /><b>{t('common.product')}</b></div>
        <h1 tabIndex={-1}>{t('session.set_up')}</h1>
        {done ? <SetUpDone done={done} /> : <PasswordForm token={token} onDone={setDone} />}
      </main>
    </div>
  )
}

function SetUpDone({ done }: { done: Done }) {
  const { t } = useTranslation()
  return (
    <div role="status">
      <p>{done.member ? t('session.set_up_done_member', done) : t('session.set_up_done', { account: done.account })}</p>
      <a className="button primary full" href={paths.signIn()}>{t('session.sign_in')}</a>
    </div>
  )
}

function PasswordForm({ token, onDone }: { token: string; onDone: (done: Done) => void }) {
  const { t } = useTranslation()
  const [fields, setFields] = useState({ password: '', again: '' })
  const [problem, setProblem] = useState<NewPasswordProblem>()
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<Error>()
  const form = useRef<HTMLFormElement>(null)
  const point = (found: NewPasswordProblem) => {
    setProblem(found)
    form.current?.querySelector<HTMLInputElement>(`[name=${found.at}]`)?.focus()
  }
  // Which passwords are common only the server knows: it says so at the field.
  const refuse = (caught: Error) => {
    const field = caught instanceof ApiError ? caught.failure.fields?.find(({ path }) => path === 'password') : undefined
    if (field && caught instanceof ApiError) point({ at: 'password', text: field.message || caught.failure.detail })
    else setError(caught)
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (isBusy) return
    const found = newPasswordProblem(fields)
    setProblem(undefined)
    if (found) return point(found)
    setBusy(true)
    setError(undefined)
    try {
      onDone(await call(setUpPassword, { body: { token, password: fields.password } }))
    } catch (caught) {
      refuse(caught instanceof Error ? caught : new Error(String(caught)))
    } finally {
      setBusy(false)
    }
  }
  return (
    <form ref={form} noValidate className="sign-form" onSubmit={(event) => void submit(event)}>
      <NewPassword isLarge value={fields} onChange={setFields} problem={problem} />
      <FormError error={error} />
      <Button type="submit" variant="primary" className="full" isBusy={isBusy}>{t('session.set_password')}</Button>
    </form>
  )
}
