import { useRef, useState } from 'react'
import type { Masked } from '#contract/masked.ts'
import { ApiError, Cancelled } from '#src/api/api-error.ts'
import { learnServerTime } from '#src/lib/clock.ts'
import type { CodeFieldProps } from './CodeField.tsx'
import { type Trouble, troubleOf } from './trouble.ts'
import type { Sent } from './use-trouble.ts'

type Answer = { sentTo?: Masked; reference: string; resendAt: string; expiresAt: string; now: string }
type State = { sent: Sent | null; trouble: Trouble | undefined; attemptsLeft: number | undefined; isSending: boolean; isRepeated: boolean }

export type CodeEntry = {
  /** What the code field needs. */
  field: CodeFieldProps
  /** Whether the field holds a whole code for one that was sent; if not, it says so and takes the focus. */
  isComplete: () => boolean
  /** Shows why handing the code in was refused. */
  refuse: (error: unknown) => void
  /** The code that was sent is for something else by now. */
  forget: () => void
}

const nothing: State = { sent: null, trouble: undefined, attemptsLeft: undefined, isSending: false, isRepeated: false }

/** One code that is asked for and typed. @param ask has a code sent. @param isElsewhere takes a refusal that is not about the code, shows it in its
 *  own place and returns true. */
export function useCode(ask: () => Promise<Answer>, isElsewhere: (error: unknown) => boolean = () => false): CodeEntry {
  const [state, setState] = useState(nothing)
  const [code, setCode] = useState('')
  const codeField = useRef<HTMLInputElement>(null)
  const sendButton = useRef<HTMLButtonElement>(null)
  const isPressed = useRef(false)
  const refuse = (error: unknown) => {
    if (error instanceof Cancelled) return
    setState((before) => refused(before, error))
    if (error instanceof ApiError) setCode('')
    codeField.current?.focus()
  }
  const send = async () => {
    if (isPressed.current) return
    isPressed.current = true
    setState((before) => ({ ...before, isSending: true, trouble: undefined }))
    try {
      const { now, sentTo = null, reference, resendAt, expiresAt } = await ask()
      learnServerTime(now)
      setCode('')
      setState({ ...nothing, isRepeated: true, sent: { sentTo, reference, sentAt: now, resendAt, expiresAt } })
      codeField.current?.focus()
    } catch (error) {
      setState((before) => ({ ...before, isSending: false }))
      if (!isElsewhere(error)) refuse(error)
    } finally {
      isPressed.current = false
    }
  }
  const isComplete = () => {
    if (code.length === 6 && state.sent) return true
    if (state.sent) setState((before) => ({ ...before, trouble: { kind: 'malformed' } }))
    codeField.current?.focus()
    return false
  }
  return {
    field: { ...state, code, onCode: setCode, onSend: () => void send(), codeField, sendButton },
    isComplete, refuse,
    forget: () => {
      setState((before) => ({ ...nothing, isRepeated: before.isRepeated }))
      setCode('')
    },
  }
}

function refused(before: State, error: unknown): State {
  if (!(error instanceof ApiError)) return { ...before, trouble: { kind: 'unreachable' } }
  const trouble = troubleOf(error.failure)
  const isWorthless = trouble.kind === 'code_expired' || trouble.kind === 'wrong_last'
  return { ...before, trouble, attemptsLeft: error.failure.attemptsLeft, sent: isWorthless ? null : before.sent }
}
