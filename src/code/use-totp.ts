import { type RefObject, useRef, useState } from 'react'
import { ApiError, Cancelled } from '#src/api/api-error.ts'
import { type Trouble, troubleOf } from './trouble.ts'

/** The six digits of an app, typed: what their field needs, and what becomes of them. */
export type TotpEntry = {
  field: { code: string; onCode: (code: string) => void; codeField: RefObject<HTMLInputElement | null>; trouble: Trouble | undefined; attemptsLeft: number | undefined }
  /** Whether the field holds six digits; if not, it says so and takes the focus. */
  isComplete: () => boolean
  /** Shows why handing the code in was refused. */
  refuse: (error: unknown) => void
  forget: () => void
}

type State = { trouble: Trouble | undefined; attemptsLeft: number | undefined }
const nothing: State = { trouble: undefined, attemptsLeft: undefined }

/** One code of an authenticator app. */
export function useTotp(): TotpEntry {
  const [code, setCode] = useState('')
  const [state, setState] = useState(nothing)
  const codeField = useRef<HTMLInputElement>(null)
  const say = (next: State) => {
    setState(next)
    codeField.current?.focus()
  }
  return {
    field: { code, onCode: setCode, codeField, ...state },
    isComplete: () => {
      if (code.length === 6) return true
      say({ ...state, trouble: { kind: 'malformed' } })
      return false
    },
    refuse: (error) => {
      if (error instanceof Cancelled) return
      if (!(error instanceof ApiError)) return say({ ...state, trouble: { kind: 'unreachable' } })
      setCode('')
      say({ trouble: troubleOf(error.failure), attemptsLeft: error.failure.attemptsLeft })
    },
    forget: () => {
      setCode('')
      setState(nothing)
    },
  }
}
