import type { Answer, Endpoint, Input } from '#contract/endpoint.ts'
import { getSession } from '#contract/session.ts'
import { serverNow } from '#src/lib/clock.ts'
import { type Confirmed, proveIdentity } from '#src/proof/prove-identity.ts'
import { signInAgain } from '#src/session/sign-in-again.ts'
import { ApiError, isOutcomeUnknown } from './api-error.ts'
import { csrfValue, isOpened, noteActivity, rememberSession } from './credentials.ts'
import { request } from './request.ts'

export type CallOptions = {
  signal?: AbortSignal
  /** The key of an operation that must happen at most once. With it, a lost answer is asked for again under the same key. */
  idempotencyKey?: string
  /** Told while the result is not known, and when it is again. */
  onUnknown?: (isUnknown: boolean) => void
}

/** Seconds between the questions for a lost answer; after the last one the person asks again by a button. */
const askAgainAfter = [1, 2, 4, 8, 15]

/** Sends a request of the contract for a member of a partner. Asks the person for a security check or for signing in again
 *  when the server wants it, and then repeats the same request.
 *  @returns the answer, parsed by the contract. Throws ApiError, Unreachable or Cancelled. */
export async function call<E extends Endpoint>(endpoint: E, input: Input<E>, options: CallOptions = {}): Promise<Answer<E>> {
  const round: Round = { confirmed: undefined, asked: 0, csrfRenewed: false }
  try {
    for (;;) {
      try {
        return await send(endpoint, input, options, round.confirmed?.proofId)
      } catch (error) {
        await prepareRepeat(endpoint, options, round, error)
      }
    }
  } finally {
    round.confirmed?.finish()
    if (round.asked > 0) options.onUnknown?.(false)
  }
}

type Round = { confirmed: Confirmed | undefined; asked: number; csrfRenewed: boolean }

/** Does what makes the same request worth sending again; throws the error when nothing does. */
async function prepareRepeat(endpoint: Endpoint, options: CallOptions, round: Round, error: unknown): Promise<void> {
  if (options.idempotencyKey && isOutcomeUnknown(error)) return waitAndAsk(options, round, error)
  if (!(error instanceof ApiError)) throw error
  const { code, proof } = error.failure
  if (proof) {
    round.confirmed = await proveIdentity(proof)
  } else if (code === 'not_signed_in' && isOpened() && !endpoint.isPublic && !endpoint.background) {
    // A proof belongs to its sign-in, so the one in hand is worth nothing afterwards.
    round.confirmed?.finish()
    round.confirmed = undefined
    await signInAgain()
  } else if (code === 'csrf' && !round.csrfRenewed) {
    round.csrfRenewed = true
    rememberSession(await send(getSession, {}, {}, undefined))
  } else {
    throw error
  }
}

async function waitAndAsk(options: CallOptions, round: Round, error: unknown): Promise<void> {
  const seconds = askAgainAfter[round.asked]
  round.confirmed?.unknown()
  options.onUnknown?.(true)
  round.asked += 1
  if (seconds === undefined) throw error
  await new Promise((resolve) => {
    const timer = setTimeout(resolve, seconds * 1000)
    addEventListener('online', () => { clearTimeout(timer); resolve(undefined) }, { once: true })
  })
}

async function send<E extends Endpoint>(endpoint: E, input: Input<E>, options: CallOptions, proofId: string | undefined): Promise<Answer<E>> {
  const headers: Record<string, string> = {}
  if (endpoint.method !== 'GET' && csrfValue()) headers['X-CSRF'] = csrfValue()
  if (options.idempotencyKey) headers['Idempotency-Key'] = options.idempotencyKey
  if (proofId) headers['X-Proof-Id'] = proofId
  const answer = await request(endpoint, input, { headers, ...(options.signal && { signal: options.signal }) })
  if (!endpoint.background && !endpoint.isPublic) noteActivity(serverNow())
  return answer
}
