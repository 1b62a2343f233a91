import { type FormEvent, useRef, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import type { ProofChannel } from '#contract/proofs.ts'
import { resetPassword, sendResetCode } from '#contract/security.ts'
import { ApiError, isOutcomeUnknown } from '#src/api/api-error.ts'
import { call } from '#src/api/call.ts'
import { CodeField } from '#src/code/CodeField.tsx'
import { CodeHelp } from '#src/code/CodeHelp.tsx'
import { useCode } from '#src/code/use-code.ts'
import { Button } from '#src/components/Button.tsx'
import { NewPassword, newPasswordProblem, type NewPasswordProblem } from '#src/components/NewPassword.tsx'
import { Notice } from '#src/components/Notice.tsx'

type Props = { account: string; member: string; channel: ProofChannel; onBack: () => void; onDone: () => void }

/** The code and the new password. What is typed stays in memory only. */
export function ResetForm({ account, member, channel, onBack, onDone }: Props) {
  const { t } = useTranslation()
  const who = { account: account.trim(), ...(member.trim() && { member: member.trim() }) }
  const [password, setPassword] = useState({ password: '', again: '' })
  const [problem, setProblem] = useState<NewPasswordProblem>()
  const [isBusy, setBusy] = useState(false)
  const [isUnknown, setUnknown] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const code = useCode(() => call(sendResetCode, { body: { ...who, channel } }))
  const point = (found: NewPasswordProblem) => {
    setProblem(found)
    form.current?.querySelector<HTMLInputElement>(`[name=${found.at}]`)?.focus()
  }
  const refuse = (error: unknown) => {
    const field = error instanceof ApiError ? error.failure.fields?.find(({ path }) => path === 'password') : undefined
    if (isOutcomeUnknown(error)) setUnknown(true)
    else if (field && error instanceof ApiError) point({ at: 'password', text: field.message || error.failure.detail })
    else code.refuse(error)
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (isBusy || !code.field.sent || !code.isComplete()) return
    const found = newPasswordProblem(password)
    setProblem(undefined)
    if (found) return point(found)
    setBusy(true)
    setUnknown(false)
    try {
      await call(resetPassword, { body: { ...who, code: code.field.code, password: password.password } })
      onDone()
    } catch (error) {
      refuse(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <form ref={form} noValidate className="sign-form" onSubmit={(event) => void submit(event)}>
      <p className="caption">{t('forgotten_page.step', { n: 2 })}</p>
      <p className="second">{t('forgotten_page.code_step', { channel: t(`forgotten_page.by.${channel}`) })}</p>
      <input hidden readOnly type="text" name="username" autoComplete="username" value={who.member ?? who.account} />
      <div>
        <CodeField {...code.field} isLocked={isBusy} />
        <CodeHelp items={[t('code.tip.typed'), t('code.tip.channel'), t('code.tip.spam'), t('code.tip.wait')]} />
      </div>
      <NewPassword isLarge value={password} onChange={setPassword} problem={problem} />
      {isUnknown && <Notice tone="warning" isAlert>{t('forgotten_page.unknown')}</Notice>}
      <Button type="submit" variant="primary" className="full" isBusy={isBusy} disabledReason={!isBusy && !code.field.sent ? t('code.get_first') : undefined}>{t('forgotten_page.save')}</Button>
      <Button className="full" onPress={onBack}>{t('forgotten_page.back')}</Button>
    </form>
  )
}
