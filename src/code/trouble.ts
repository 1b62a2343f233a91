import type { Problem } from '#contract/errors.ts'

/** What is wrong right now, said beside the code field; the person can go on. */
export type Trouble =
  | { kind: 'wrong' } | { kind: 'code_expired' } | { kind: 'malformed' } | { kind: 'send_failed' } | { kind: 'unreachable' } | { kind: 'passed_late' }
  /** The browser's dialog ended without an answer, which is no error; or the device could not answer. */
  | { kind: 'passkey_stopped' } | { kind: 'passkey_failed' }
  /** The last attempt with this code was wrong; a new one is needed. */
  | { kind: 'wrong_last' }
  /** Asked too soon or too often: nothing can be sent for so many seconds. */
  | { kind: 'wait'; seconds: number }
  /** A refusal without a sentence of its own here; the server's is shown. */
  | { kind: 'other'; text: string }

/** @param refused what the server answered about a code. @returns what to say beside the field. */
export function troubleOf({ code, detail, attemptsLeft, retryAfter }: Pick<Problem, 'code' | 'detail' | 'attemptsLeft' | 'retryAfter'>): Trouble {
  switch (code) {
    case 'code_wrong': return { kind: attemptsLeft === 0 ? 'wrong_last' : 'wrong' }
    case 'code_expired': return { kind: 'code_expired' }
    case 'code_malformed': return { kind: 'malformed' }
    case 'send_failed': return { kind: 'send_failed' }
    case 'too_many_requests': return retryAfter === undefined ? { kind: 'other', text: detail } : { kind: 'wait', seconds: retryAfter }
    default: return { kind: 'other', text: detail }
  }
}
