import type { FieldError, RefusalCode, RowRefusal } from '#contract/errors.ts'
import type { ProofRequired } from '#contract/proofs.ts'
import type { Context } from './context.ts'

export type RefusalMore = {
  /** Chooses a more exact sentence than the code's own, see sentences.ts. */
  sentence?: string
  fields?: FieldError[]
  rows?: RowRefusal[]
  /** Values for the sentence and for the screen, e.g. `{ available: '10.00' }`. Never personal data. */
  facts?: Record<string, string>
  proof?: ProofRequired
  attemptsLeft?: number
  /** Whole seconds. */
  retryAfter?: number
  /** What must stay although the refusal undoes its own transaction (a log row, a notice): runs in a transaction after it. */
  afterwards?: (context: Context) => Promise<void>
}

/** An expected failure: answered as a problem document with this code. Anything else that is thrown is a bug and answers 500. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly code: RefusalCode
  readonly more: RefusalMore
  constructor(code: RefusalCode, more: RefusalMore = {}) {
    super(code)
    this.code = code
    this.more = more
  }
}
