import { useState } from 'react'
import type { ConfirmMethod } from '#contract/proofs.ts'
import { askIdentityPasskey, checkIdentityCode, checkIdentityPasskey, checkIdentityTotp, type OwnChange, sendIdentityCode } from '#contract/security.ts'
import { call } from '#src/api/call.ts'
import { useApiMutation } from '#src/api/use-api-mutation.ts'
import { PasskeyStopped, signWithPasskey } from '#src/code/passkeys.ts'
import { type CodeEntry, useCode } from '#src/code/use-code.ts'
import { type PasskeyEntry, usePasskey } from '#src/code/use-passkey.ts'
import { type TotpEntry, useTotp } from '#src/code/use-totp.ts'
import type { ChangeStep, IdentityStep } from './change.ts'

export type Identity = {
  /** Takes a way; a passkey opens the browser's dialog at once. */
  choose: (way: ConfirmMethod) => void
  message: CodeEntry
  app: TotpEntry
  passkey: PasskeyEntry
  /** Hands the typed code in. */
  goOn: () => void
  /** The server looks at what was handed in. */
  isBusy: boolean
}
type Turns = {
  goTo: (step: IdentityStep) => void
  /** Takes the refusals that end the step. */
  isOver: (error: unknown) => boolean
  opened: (openUntil: string) => void
}

/** Checks who it is before something of the person's own is changed. @param change what it opens. @param step where the person is. */
export function useIdentity(change: OwnChange, step: ChangeStep, { goTo, isOver, opened }: Turns): Identity {
  const [isSigned, setSigned] = useState(false)
  const way = step.at === 'identity' ? step.way : undefined
  const message = useCode(() => call(sendIdentityCode, { body: { change, channel: way === 'email' ? 'email' : 'sms' } }), isOver)
  const app = useTotp()
  const passkey = usePasskey(isOver)
  const onSuccess = ({ openUntil }: { openUntil: string }) => opened(openUntil)
  const checkCode = useApiMutation(checkIdentityCode, { invalidates: [], onSuccess, onError: (error) => { if (!isOver(error)) message.refuse(error) } })
  const checkTotp = useApiMutation(checkIdentityTotp, { invalidates: [], onSuccess, onError: (error) => { if (!isOver(error)) app.refuse(error) } })
  const sign = async (isGone: () => boolean) => {
    try {
      const { options } = await call(askIdentityPasskey, { body: { change } })
      if (isGone()) throw new PasskeyStopped()
      const assertion = await signWithPasskey(options)
      if (isGone()) throw new PasskeyStopped()
      setSigned(true)
      opened((await call(checkIdentityPasskey, { body: { change, assertion } })).openUntil)
    } finally {
      setSigned(false)
    }
  }
  return {
    message, app, passkey, isBusy: checkCode.isBusy || checkTotp.isBusy || isSigned,
    choose: (next) => {
      if (next === 'passkey') return passkey.run(sign)
      passkey.forget()
      message.forget()
      app.forget()
      goTo({ at: 'identity', way: next })
    },
    goOn: () => {
      if (way === 'totp' && app.isComplete()) checkTotp.submit({ body: { change, code: app.field.code } })
      if (way !== 'totp' && message.isComplete()) checkCode.submit({ body: { change, code: message.field.code } })
    },
  }
}
