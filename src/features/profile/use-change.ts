import { useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { getProfile } from '#contract/profile.ts'
import { changeContact, changePassword, sendContactCode } from '#contract/security.ts'
import { listSignIns } from '#contract/session.ts'
import { ApiError, isOutcomeUnknown } from '#src/api/api-error.ts'
import { call } from '#src/api/call.ts'
import { useApiMutation } from '#src/api/use-api-mutation.ts'
import { type CodeEntry, useCode } from '#src/code/use-code.ts'
import { fieldMessage } from '#src/components/form-error.ts'
import { newPasswordProblem, type NewPasswordProblem, type NewPasswordText } from '#src/components/NewPassword.tsx'
import { showToast } from '#src/components/toast.ts'
import { type ChangeStep, cleanContact, type ContactChange, isContact, overBy } from './change.ts'
import { type Identity, useIdentity } from './use-identity.ts'

export type Change = {
  kind: ContactChange
  step: ChangeStep
  identity: Identity
  /** Back to choosing. @param isLapsed whether an earlier check counts no more. */
  startOver: (isLapsed: boolean) => void
  value: { text: string; problem: string | undefined; put: (text: string) => void; code: CodeEntry }
  password: { text: NewPasswordText; problem: NewPasswordProblem | undefined; put: (text: NewPasswordText) => void }
  /** Does what the button of the present step says. */
  goOn: () => void
  isBusy: boolean
  /** Something typed would be lost. */
  isDirty: boolean
  /** A refusal that belongs to no field. */
  error: Error | undefined
  /** No answer came, so it may have happened. */
  isUnknown: boolean
}

/** Changes one own contact or the password: who it is, the new value, and that it is reachable. @param change what. */
export function useChange(change: ContactChange): Change {
  const { t } = useTranslation()
  const [step, setStep] = useState<ChangeStep>({ at: 'choose', isLapsed: false })
  /** Takes the refusals that end the step, whichever request met them. */
  const isOver = (error: unknown): boolean => {
    const next = overBy(error, change)
    if (next) setStep(next)
    return next !== undefined
  }
  const done = (masked: Extract<ChangeStep, { at: 'done' }>['masked'], endedSignIns: number) => {
    setStep({ at: 'done', masked, endedSignIns })
    showToast({ tone: 'success', title: t(`profile.change.changed.${change}`), ...(endedSignIns > 0 && { text: t('profile.change.ended', { count: endedSignIns }) }) })
  }
  const contact = useNewContact(change === 'password' ? undefined : change, isOver, done)
  const identity = useIdentity(change, step, {
    goTo: setStep, isOver,
    opened: (openUntil) => {
      // A code from before counts no more in a form that was opened anew.
      contact.value.code.forget()
      setStep({ at: 'form', openUntil })
    },
  })
  const password = useNewPassword(isOver, done)
  const last = change === 'password' ? password : contact
  const goOn = () => {
    if (step.at === 'identity') identity.goOn()
    if (step.at === 'form') last.goOn()
  }
  return {
    kind: change, step, identity, startOver: (isLapsed) => setStep({ at: 'choose', isLapsed }),
    value: contact.value, password: password.field, goOn,
    isBusy: identity.isBusy || last.isBusy, isDirty: step.at === 'form' && last.isTyped, error: step.at === 'form' ? last.error : undefined, isUnknown: step.at === 'form' && last.isUnknown,
  }
}

type Done = (masked: Extract<ChangeStep, { at: 'done' }>['masked'], endedSignIns: number) => void

function useNewContact(kind: 'mobile' | 'email' | undefined, isOver: (error: unknown) => boolean, done: Done) {
  const { t } = useTranslation()
  const change = kind ?? 'mobile'
  const [text, setText] = useState('')
  const [problem, setProblem] = useState<string>()
  const value = cleanContact(change, text)
  /** What the server says about the new contact itself stands at its field. */
  const isAboutValue = (error: unknown): boolean => {
    if (isOver(error)) return true
    if (!(error instanceof ApiError)) return false
    const { detail, fields } = error.failure
    const field = fields?.find(({ path }) => path === 'value')
    if (!field) return false
    setProblem(field.message || detail)
    document.querySelector<HTMLInputElement>('.change [name=value]')?.focus()
    return true
  }
  const code = useCode(() => call(sendContactCode, { body: { change, value } }), isAboutValue)
  const save = useApiMutation(changeContact, {
    invalidates: [getProfile, listSignIns],
    onSuccess: ({ masked, endedSignIns }) => done(masked, endedSignIns),
    onError: (error) => {
      // A colleague has taken the contact meanwhile: its code is worth nothing now.
      if (isAboutValue(error)) code.forget()
      else if (!isOutcomeUnknown(error)) code.refuse(error)
    },
  })
  const put = (next: string) => {
    setText(next)
    setProblem(undefined)
    // The code proves the contact it was sent to, not the one that stands here now.
    if (code.field.sent && cleanContact(change, next) !== value) code.forget()
  }
  const askForCode = () => {
    if (isContact(change, value)) return code.field.onSend()
    setProblem(fieldMessage(value === '' ? 'required' : change, t(`profile.${change}`)))
    document.querySelector<HTMLInputElement>('.change [name=value]')?.focus()
  }
  return {
    value: { text, problem, put, code: { ...code, field: { ...code.field, onSend: askForCode } } },
    goOn: () => { if (code.isComplete()) save.submit({ body: { change, code: code.field.code } }) },
    isBusy: save.isBusy, isTyped: text !== '', error: undefined, isUnknown: isOutcomeUnknown(save.error),
  }
}

function useNewPassword(isOver: (error: unknown) => boolean, done: Done) {
  const [text, put] = useState<NewPasswordText>({ password: '', again: '' })
  const [problem, setProblem] = useState<NewPasswordProblem>()
  const point = (found: NewPasswordProblem) => {
    setProblem(found)
    document.querySelector<HTMLInputElement>(`.change [name=${found.at}]`)?.focus()
  }
  const [error, setError] = useState<Error>()
  const save = useApiMutation(changePassword, {
    invalidates: [getProfile, listSignIns],
    onSuccess: ({ endedSignIns }) => done(undefined, endedSignIns),
    onError: (refusal) => {
      const field = refusal instanceof ApiError ? refusal.failure.fields?.find(({ path }) => path === 'password') : undefined
      if (isOver(refusal) || isOutcomeUnknown(refusal)) return
      if (field && refusal instanceof ApiError) point({ at: 'password', text: field.message || refusal.failure.detail })
      else setError(refusal)
    },
  })
  const goOn = () => {
    const found = newPasswordProblem(text)
    setProblem(undefined)
    setError(undefined)
    if (found) point(found)
    else save.submit({ body: { password: text.password } })
  }
  return { field: { text, problem, put }, goOn, isBusy: save.isBusy, isTyped: text.password !== '' || text.again !== '', error, isUnknown: isOutcomeUnknown(save.error) }
}
