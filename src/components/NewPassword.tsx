import { useTranslation } from '#src/i18n/use-translation.ts'
import { Labelled } from './Labelled.tsx'
import { TextInput } from './TextInput.tsx'

export type NewPasswordText = { password: string; again: string }
/** What can be told before the server is asked, which also knows the common passwords; or its own sentence. */
export type NewPasswordProblem = { at: 'password' | 'again'; why: 'short' | 'different' } | { at: 'password'; text: string }

/** @returns what is wrong with a password typed twice, by the rules that need no server. */
export function newPasswordProblem({ password, again }: NewPasswordText): NewPasswordProblem | undefined {
  if ([...password].length < 8) return { at: 'password', why: 'short' }
  return password === again ? undefined : { at: 'again', why: 'different' }
}

/** A new password, twice. The fields are named `password` and `again`. */
export function NewPassword({ value, onChange, problem, isLarge = false }: { value: NewPasswordText; onChange: (value: NewPasswordText) => void; problem: NewPasswordProblem | undefined; isLarge?: boolean }) {
  const { t } = useTranslation()
  const wrong = (at: 'password' | 'again') => (problem?.at !== at ? undefined : 'text' in problem ? problem.text : t(`session.password_${problem.why}`))
  return (
    <>
      <Labelled label={t('session.new_password')} hint={t('session.password_rule')} error={wrong('password')}>
        {(wiring) => <TextInput {...wiring} isLarge={isLarge} name="password" type="password" autoComplete="new-password" maxLength={128} value={value.password} onChange={(password) => onChange({ ...value, password })} />}
      </Labelled>
      <Labelled label={t('session.password_again')} error={wrong('again')}>
        {(wiring) => <TextInput {...wiring} isLarge={isLarge} name="again" type="password" autoComplete="new-password" maxLength={128} value={value.again} onChange={(again) => onChange({ ...value, again })} />}
      </Labelled>
    </>
  )
}
