import type { Problem } from '#contract/errors.ts'

/** The server refused. `failure` says why, in the person's language, with the request id to quote. */
export class ApiError extends Error {
  readonly failure: Problem
  constructor(failure: Problem) {
    super(`${failure.code}: ${failure.detail}`)
    this.name = 'ApiError'
    this.failure = failure
  }
}

/** No answer came back. Whether the server acted is not known. */
export class Unreachable extends Error {
  constructor(cause: unknown) {
    super('No answer from the server', { cause })
    this.name = 'Unreachable'
  }
}

/** The person closed the security check or the sign-in dialog. Nothing was done; nobody shows this. */
export class Cancelled extends Error {
  constructor() {
    super('Cancelled by the person')
    this.name = 'Cancelled'
  }
}

const unknownOutcome = new Set(['outcome_unknown', 'in_progress', 'busy', 'closing'])

/** @returns whether the operation may have happened although no final answer came: ask again with the same key, never anew. */
export const isOutcomeUnknown = (error: unknown): boolean =>
  error instanceof Unreachable || (error instanceof ApiError && unknownOutcome.has(error.failure.code))

/** @returns whether an answer ends an intent; closing the security check does, too. A key outlives lost answers, bugs of the server and ended
 *  sessions. */
export const isFinal = (error: unknown): boolean =>
  error instanceof Cancelled || error instanceof ApiError && !unknownOutcome.has(error.failure.code) && !['internal', 'not_signed_in', 'proof_required', 'csrf'].includes(error.failure.code)
