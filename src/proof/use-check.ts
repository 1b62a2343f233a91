import { type RefObject, useEffect, useReducer, useRef, useState } from 'react'
import { askPasskey, checkCode, checkPasskey, checkTotp, type ConfirmMethod, sendCode } from '#contract/proofs.ts'
import { ApiError } from '#src/api/api-error.ts'
import { call } from '#src/api/call.ts'
import { PasskeyFailed, PasskeyStopped, signWithPasskey, stopPasskey, whyNoPasskey } from '#src/code/passkeys.ts'
import { serverNow } from '#src/lib/clock.ts'
import type { Check } from './prove-identity.ts'
import { firstStep, firstWay, type Happening, nextStep, type Step } from './steps.ts'

export type Checking = {
  step: Step
  way: ConfirmMethod | undefined
  setWay: (way: ConfirmMethod) => void
  code: string
  setCode: (code: string) => void
  /** Asks for a code. Two presses at once send one request. */
  send: () => void
  /** Hands the code in, opens the browser's dialog for a passkey, or takes the click, and lets the operation go on. */
  confirm: () => void
  codeField: RefObject<HTMLInputElement | null>
  sendButton: RefObject<HTMLButtonElement | null>
  /** A request is on its way that must not be disturbed. */
  isRunning: boolean
}

const isUsable = (way: ConfirmMethod): boolean => way !== 'passkey' || whyNoPasskey() === undefined

/** What the security check does. @param open the check that waits. */
export function useCheck({ proof, phase, confirm: carryOut }: Check): Checking {
  const [step, tell] = useReducer(nextStep, proof, (first) => firstStep(first, serverNow()))
  const [way, choose] = useState(() => firstWay(proof, isUsable))
  const [code, setCode] = useState('')
  const codeField = useRef<HTMLInputElement>(null)
  const sendButton = useRef<HTMLButtonElement>(null)
  const isPressed = useRef(false)
  const params = { id: proof.proofId }
  const isGone = useClosing(step.at === 'code' && step.doing === 'signing')

  const refused = (error: unknown) => {
    isPressed.current = false
    if (error instanceof PasskeyStopped) tell({ type: 'stopped' })
    else if (error instanceof PasskeyFailed) tell({ type: 'failed' })
    else tell(error instanceof ApiError ? { type: 'refused', problem: error.failure } : { type: 'unreachable' })
    codeField.current?.focus()
  }
  const setWay = (next: ConfirmMethod) => {
    // A code by message works whichever of the two channels is chosen; one of an app is another code.
    if (isMessage(way) && isMessage(next)) return choose(next)
    choose(next)
    setCode('')
    tell({ type: 'chosen' })
  }
  const send = async () => {
    if (!isMessage(way) || isPressed.current) return
    isPressed.current = true
    tell({ type: 'sending' })
    try {
      const { sendsUsed, sendsMax, attemptsLeft, ...sent } = await call(sendCode, { params, body: { channel: way } })
      isPressed.current = false
      setCode('')
      tell({ type: 'sent', sent, sendsUsed, sendsMax, attemptsLeft })
      codeField.current?.focus()
    } catch (error) { refused(error) }
  }
  const confirm = async () => {
    if (isPressed.current) return
    if (step.at === 'code') {
      if (way !== 'passkey' && code.length !== 6) {
        tell({ type: 'malformed' })
        codeField.current?.focus()
        return
      }
      isPressed.current = true
      try {
        await handIn(way, params, code, tell, isGone)
      } catch (error) {
        setCode('')
        return refused(error)
      }
    }
    isPressed.current = true
    carryOut()
  }
  return {
    step, way, setWay, code, setCode, codeField, sendButton, send: () => void send(), confirm: () => void confirm(),
    isRunning: phase !== 'confirming' || (step.at === 'code' && step.doing === 'checking'),
  }
}

/** @returns once the server has taken what confirms it: the code, or what the device has signed. */
async function handIn(way: ConfirmMethod | undefined, params: { id: string }, code: string, tell: (happening: Happening) => void, isGone: RefObject<boolean>): Promise<void> {
  if (way === 'passkey') {
    tell({ type: 'signing' })
    const { options } = await call(askPasskey, { params, body: {} })
    if (isGone.current) throw new PasskeyStopped()
    const assertion = await signWithPasskey(options)
    if (isGone.current) throw new PasskeyStopped()
    tell({ type: 'checking' })
    await call(checkPasskey, { params, body: { assertion } })
  } else {
    tell({ type: 'checking' })
    await call(way === 'totp' ? checkTotp : checkCode, { params, body: { code } })
  }
}

const isMessage = (way: ConfirmMethod | undefined) => way === 'sms' || way === 'email'

/** The browser's dialog goes with the one that asked for it. @returns whether that one has gone. */
function useClosing(isSigning: boolean): RefObject<boolean> {
  const isOpen = useRef(isSigning)
  const isGone = useRef(false)
  useEffect(() => { isOpen.current = isSigning }, [isSigning])
  useEffect(() => {
    isGone.current = false
    return () => {
      isGone.current = true
      if (isOpen.current) stopPasskey()
    }
  }, [])
  return isGone
}
