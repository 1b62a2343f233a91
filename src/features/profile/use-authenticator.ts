import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import type { Answer } from '#contract/endpoint.ts'
import { addPasskey, addTotp, beginPasskey, beginTotp, listAuthenticators, removeAuthenticator } from '#contract/security.ts'
import { ApiError, isOutcomeUnknown } from '#src/api/api-error.ts'
import { call } from '#src/api/call.ts'
import { useApiMutation } from '#src/api/use-api-mutation.ts'
import { makePasskey, PasskeyStopped } from '#src/code/passkeys.ts'
import { type PasskeyEntry, usePasskey } from '#src/code/use-passkey.ts'
import { type TotpEntry, useTotp } from '#src/code/use-totp.ts'
import { showToast } from '#src/components/toast.ts'
import { serverNow } from '#src/lib/clock.ts'
import { type Act, freeName } from './authenticator.ts'
import type { AuthenticatorList } from './Authenticators.tsx'
import { type ChangeStep, overBy } from './change.ts'
import { type Identity, useIdentity } from './use-identity.ts'
import { type NameEntry, useName } from './use-name.ts'

type AuthenticatorStep = Exclude<ChangeStep, { at: 'done' }>
export type AuthenticatorChange = {
  step: AuthenticatorStep
  identity: Identity
  /** Back to choosing. @param isLapsed whether an earlier check counts no more. */
  startOver: (isLapsed: boolean) => void
  name: NameEntry
  /** The secret of a new app, as soon as it is there, and the first code it shows. */
  app: { secret: Answer<typeof beginTotp> | undefined; code: TotpEntry }
  passkey: PasskeyEntry
  /** Does what the button of the present step says. */
  goOn: () => void
  isBusy: boolean
  isDirty: boolean
  /** A refusal that belongs to no field. */
  error: Error | undefined
  /** No answer came, so it may have happened. */
  isUnknown: boolean
}

/** Adds or removes one authenticator behind an identity check. @param onDone after it was done. */
export function useAuthenticator(act: Act, list: AuthenticatorList, onDone: () => void): AuthenticatorChange {
  const { t } = useTranslation()
  const kind = act.do === 'add' ? act.kind : 'totp'
  const [step, setStep] = useState<AuthenticatorStep>(() => firstStep(list))
  const name = useName(freeName(t(`authenticators.add.name_${kind}`), list.items))
  const [firstName] = useState(name.field.value)
  const isOver = (error: unknown): boolean => {
    const next = overBy(error, 'authenticator')
    if (next) setStep(next)
    return next !== undefined
  }
  const isElsewhere = (error: unknown): boolean => isOver(error) || name.refuse(error)
  const done = (title: string, text?: string) => {
    showToast({ tone: 'success', title, ...(text !== undefined && { text }) })
    onDone()
  }
  const identity = useIdentity('authenticator', step, { goTo: setStep, isOver, opened: (openUntil) => setStep({ at: 'form', openUntil }) })
  const app = useNewApp(act.do === 'add' && kind === 'totp' && step.at === 'form' ? step.openUntil : undefined, isElsewhere, () => done(t('authenticators.add.done_totp'), t('authenticators.add.done_text')))
  const passkey = useNewPasskey(isElsewhere, () => done(t('authenticators.add.done_passkey'), t('authenticators.add.done_text')))
  const remove = useApiMutation(removeAuthenticator, {
    invalidates: [listAuthenticators], onSuccess: () => act.do === 'remove' && done(t('authenticators.remove.done', { name: act.one.name })), onError: isOver,
  })
  const goOn = () => {
    if (step.at === 'identity') identity.goOn()
    if (step.at !== 'form') return
    if (act.do === 'remove') return remove.submit({ params: { id: act.one.id } })
    const read = name.read()
    if (read === undefined) return
    if (kind === 'totp') app.add(read)
    else passkey.add(read)
  }
  const error = app.error ?? (remove.error && !overBy(remove.error, 'authenticator') ? remove.error : undefined)
  return {
    step, identity, startOver: (isLapsed) => setStep({ at: 'choose', isLapsed }), name, app, passkey: passkey.entry, goOn,
    isBusy: identity.isBusy || app.isBusy || passkey.isBusy || remove.isBusy,
    isDirty: step.at === 'form' && act.do === 'add' && (name.field.value !== firstName || app.code.field.code !== ''),
    error: step.at === 'form' && !isOutcomeUnknown(error) ? error : undefined, isUnknown: step.at === 'form' && isOutcomeUnknown(error),
  }
}

/** A form that an earlier check has opened is still open. */
const firstStep = ({ openUntil }: AuthenticatorList): AuthenticatorStep =>
  openUntil !== null && Date.parse(openUntil) > serverNow() ? { at: 'form', openUntil } : { at: 'choose', isLapsed: false }

/** @param form until when the form is open; each one asks for a secret of its own. */
function useNewApp(form: string | undefined, isElsewhere: (error: unknown) => boolean, onAdded: () => void) {
  const code = useTotp()
  const [error, setError] = useState<Error>()
  const asked = useRef<string>(undefined)
  const [begun, setBegun] = useState<{ form: string | undefined; secret: Answer<typeof beginTotp> }>()
  const { submit } = useApiMutation(beginTotp, {
    invalidates: [],
    onSuccess: (secret) => setBegun({ form: asked.current, secret }),
    onError: (refusal) => { if (!isElsewhere(refusal)) setError(refusal) },
  })
  useEffect(() => {
    if (form === undefined || asked.current === form) return
    asked.current = form
    submit({ body: {} })
  }, [form, submit])
  const add = useApiMutation(addTotp, {
    invalidates: [listAuthenticators], onSuccess: onAdded,
    onError: (refusal) => {
      if (isElsewhere(refusal)) return code.forget()
      // The secret waited too long for its first code: another one takes its place.
      const isExpired = refusal instanceof ApiError && refusal.failure.code === 'code_expired'
      if (isExpired) {
        code.forget()
        submit({ body: {} })
      }
      if (isExpired || isOutcomeUnknown(refusal) || (refusal instanceof ApiError && !isAboutCode(refusal))) setError(refusal)
      else code.refuse(refusal)
    },
  })
  return {
    code, secret: begun?.form === form ? begun?.secret : undefined, error, isBusy: add.isBusy,
    add: (name: string) => {
      setError(undefined)
      if (code.isComplete()) add.submit({ body: { name, code: code.field.code } })
    },
  }
}

const isAboutCode = ({ failure }: ApiError): boolean => failure.code.startsWith('code_') || failure.code === 'too_many_requests' || failure.fields?.some(({ path }) => path === 'code') === true

function useNewPasskey(isElsewhere: (error: unknown) => boolean, onAdded: () => void) {
  const entry = usePasskey(isElsewhere)
  const [isBusy, setBusy] = useState(false)
  const client = useQueryClient()
  return {
    entry, isBusy,
    add: (name: string) => entry.run(async (isGone) => {
      const { options } = await call(beginPasskey, { body: {} })
      if (isGone()) throw new PasskeyStopped()
      const attestation = await makePasskey(options)
      if (isGone()) throw new PasskeyStopped()
      setBusy(true)
      try {
        await call(addPasskey, { body: { name, attestation } })
        onAdded()
        await client.invalidateQueries({ queryKey: [listAuthenticators.path] })
      } finally {
        setBusy(false)
      }
    }),
  }
}
