import type { Answer, Endpoint, Input } from '#contract/endpoint.ts'
import { Problem } from '#contract/errors.ts'
import { getSession } from '#contract/session.ts'
import { serverNow } from '#src/lib/clock.ts'
import { type Confirmed, proveIdentity } from '#src/proof/prove-identity.ts'
import { signInAgain } from '#src/session/sign-in-again.ts'
import { ApiError, isOutcomeUnknown, Unreachable } from './api-error.ts'
import { csrfValue, isOpened, noteActivity, rememberSession } from './credentials.ts'
import { takeEarly } from './early.ts'

export type CallOptions = {
  signal?: AbortSignal
  /** The key of an operation that must happen at most once. With it, a lost answer is asked for again under the same key. */
  idempotencyKey?: string
  /** Told while the result is not known, and when it is again. */
  onUnknown?: (isUnknown: boolean) => void
}

/** Seconds between the questions for a lost answer; after the last one the person asks again by a button. */
const askAgainAfter = [1, 2, 4, 8, 15]

/** Sends a request of the contract: the only place that talks to the server. Asks the person for a security check or for signing in again
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
  const { url, body } = address(endpoint, input)
  const headers: Record<string, string> = { Accept: 'application/json', 'Accept-Language': document.documentElement.lang }
  if (body !== undefined) headers['Content-Type'] = 'application/json'
  if (endpoint.method !== 'GET' && csrfValue()) headers['X-CSRF'] = csrfValue()
  if (options.idempotencyKey) headers['Idempotency-Key'] = options.idempotencyKey
  if (proofId) headers['X-Proof-Id'] = proofId
  const answer = await receive(takeEarly(endpoint.method, url, body) ?? fetch(url, {
    method: endpoint.method, headers, credentials: 'same-origin',
    ...(body !== undefined && { body: JSON.stringify(body) }), ...(options.signal && { signal: options.signal }),
  }), options.signal)
  if (!endpoint.background && !endpoint.isPublic) noteActivity(serverNow())
  const parsed: unknown = endpoint.response.parse(answer)
  // oxlint-disable-next-line typescript/consistent-type-assertions -- the endpoint's own schema has just parsed it; TypeScript cannot follow the generic
  return parsed as Answer<E>
}

async function receive(request: Promise<Response>, signal: AbortSignal | undefined): Promise<unknown> {
  let response: Response
  let content: unknown
  try {
    response = await request
    content = await response.json()
  } catch (error) {
    if (signal?.aborted) throw error
    throw new Unreachable(error)
  }
  if (response.ok) return content
  const problem = Problem.safeParse(content)
  // A proxy's own page instead of our answer says nothing about what the server did.
  if (!problem.success) throw new Unreachable(problem.error)
  throw new ApiError(problem.data)
}

type Parts = { params?: Record<string, string>; query?: Record<string, string | number | boolean | undefined>; body?: unknown }

function address(endpoint: Endpoint, input: unknown): { url: string; body: unknown } {
  // oxlint-disable-next-line typescript/consistent-type-assertions -- Input<E> has exactly these parts; the generic hides it
  const { params = {}, query = {}, body } = input as Parts
  const path = endpoint.path.replace(/:([a-zA-Z]+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value))
  return { url: search.size > 0 ? `${path}?${search}` : path, body }
}
