import type { Answer, Endpoint, Input } from '#contract/endpoint.ts'
import { Problem } from '#contract/errors.ts'
import { ApiError, Unreachable } from './api-error.ts'
import { takeEarly } from './early.ts'

/** Sends one request of the contract: the only place that talks to the server. @param options.headers tell who asks.
 *  @returns the answer, parsed by the contract. Throws ApiError or Unreachable. */
export async function request<E extends Endpoint>(endpoint: E, input: Input<E>, { headers, signal }: { headers: Record<string, string>; signal?: AbortSignal }): Promise<Answer<E>> {
  const { url, body } = address(endpoint, input)
  const answer = await receive(takeEarly(endpoint.method, url, body) ?? fetch(url, {
    method: endpoint.method, credentials: 'same-origin',
    headers: { Accept: 'application/json', 'Accept-Language': document.documentElement.lang, ...(body !== undefined && { 'Content-Type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }), ...(signal && { signal }),
  }), signal)
  const parsed: unknown = endpoint.response.parse(answer)
  // oxlint-disable-next-line typescript/consistent-type-assertions -- the endpoint's own schema has just parsed it; TypeScript cannot follow the generic
  return parsed as Answer<E>
}

async function receive(sent: Promise<Response>, signal: AbortSignal | undefined): Promise<unknown> {
  let response: Response
  let content: unknown
  try {
    response = await sent
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
