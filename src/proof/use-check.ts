import { type RefObject, useReducer, useRef, useState } from 'react'
import { checkCode, type ProofChannel, sendCode } from '#contract/proofs.ts'
import { ApiError } from '#src/api/api-error.ts'
import { call } from '#src/api/call.ts'
import { serverNow } from '#src/lib/clock.ts'
import type { Check } from './prove-identity.ts'
import { firstStep, nextStep, type Step } from './steps.ts'

type Checking = {
  step: Step
  channel: ProofChannel | undefined
  setChannel: (channel: ProofChannel) => void
  code: string
  setCode: (code: string) => void
  /** Asks for a code. Two presses at once send one request. */
  send: () => void
  /** Hands the code in, or takes the click, and lets the operation go on. */
  confirm: () => void
  codeField: RefObject<HTMLInputElement | null>
  sendButton: RefObject<HTMLButtonElement | null>
  /** A request is on its way that must not be disturbed. */
  isRunning: boolean
}

/** What the security check does. @param open the check that waits. */
export function useCheck({ proof, phase, confirm: carryOut }: Check): Checking {
  const [step, tell] = useReducer(nextStep, proof, (first) => firstStep(first, serverNow()))
  const [channel, setChannel] = useState<ProofChannel | undefined>(proof.sent?.channel ?? proof.preferred ?? proof.channels[0]?.channel)
  const [code, setCode] = useState('')
  const codeField = useRef<HTMLInputElement>(null)
  const sendButton = useRef<HTMLButtonElement>(null)
  const isPressed = useRef(false)

  const refused = (error: unknown) => {
    isPressed.current = false
    tell(error instanceof ApiError ? { type: 'refused', problem: error.failure } : { type: 'unreachable' })
    codeField.current?.focus()
  }
  const send = async () => {
    if (!channel || isPressed.current) return
    isPressed.current = true
    tell({ type: 'sending' })
    try {
      const { sendsUsed, sendsMax, attemptsLeft, ...sent } = await call(sendCode, { params: { id: proof.proofId }, body: { channel } })
      isPressed.current = false
      setCode('')
      tell({ type: 'sent', sent, sendsUsed, sendsMax, attemptsLeft })
      codeField.current?.focus()
    } catch (error) { refused(error) }
  }
  const confirm = async () => {
    if (isPressed.current) return
    if (step.at === 'code') {
      if (code.length !== 6) {
        tell({ type: 'malformed' })
        codeField.current?.focus()
        return
      }
      isPressed.current = true
      tell({ type: 'checking' })
      try {
        await call(checkCode, { params: { id: proof.proofId }, body: { code } })
      } catch (error) {
        setCode('')
        return refused(error)
      }
    }
    isPressed.current = true
    carryOut()
  }
  return {
    step, channel, setChannel, code, setCode, codeField, sendButton, send: () => void send(), confirm: () => void confirm(),
    isRunning: phase !== 'confirming' || (step.at === 'code' && step.doing === 'checking'),
  }
}
