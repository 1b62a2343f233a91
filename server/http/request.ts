import { randomUUID } from 'node:crypto'
import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context as Call } from 'hono'
import { getCookie } from 'hono/cookie'
import type { Endpoint, Parsed } from '#contract/endpoint.ts'
import type { Locale } from '#contract/people.ts'
import { invalidInput } from './problem.ts'
import type { RequestFacts } from './context.ts'
import type { Deps } from './deps.ts'
import { bodyBytesMax, parseBody } from './json.ts'
import { Refusal } from './refusal.ts'

/** What the middleware learned of a call, kept for the log and for errors. */
export type Vars = { Variables: { facts: RequestFacts; timeZone: string; who: { partner: string; member: string } | undefined } }
export type AppCall = Call<Vars>

/** @returns the address of the browser: of the connection, or as far behind it as there are configured proxies. Nobody else's word counts. */
function addressOf(c: AppCall, hops: number): string {
  const forwarded = (c.req.header('x-forwarded-for') ?? '').split(',').map((part) => part.trim()).filter(Boolean)
  const claimed = hops > 0 ? forwarded.at(-hops) : undefined
  if (claimed !== undefined && /^[0-9a-fA-F.:]{2,45}$/.test(claimed)) return claimed
  try {
    return getConnInfo(c).remote.address ?? 'unknown'
  } catch {
    return 'unknown'
  }
}

/** @returns the language that the browser asks for: Chinese unless English is preferred. */
export function localeOf(header: string | undefined): Locale {
  const first = (header ?? '').split(',').map((part) => part.trim().toLowerCase()).find((part) => part.startsWith('zh') || part.startsWith('en'))
  return first?.startsWith('en') ? 'en-US' : 'zh-CN'
}

/** Facts of one call. The request id is ours; a client's would let somebody write into another's trace. */
export const factsOf = (c: AppCall, deps: Deps): RequestFacts => ({
  id: randomUUID(), address: addressOf(c, deps.settings.trustedProxyHops), locale: localeOf(c.req.header('accept-language')),
  // oxlint-disable-next-line no-control-regex -- control characters must not reach the log
  agent: (c.req.header('user-agent') ?? '').replace(/[\u0000-\u001f\u007f]/g, ' ').slice(0, 200),
})

/** Refuses with `csrf` a request that changes or asks with a body and does not come from this console. */
export function checkOrigin(c: AppCall, deps: Deps): void {
  const origin = c.req.header('origin')
  const site = c.req.header('sec-fetch-site')
  const isOurs = origin === undefined ? site === 'same-origin' : origin === deps.settings.publicUrl || deps.settings.otherOrigins.includes(origin)
  if (!isOurs) throw new Refusal('csrf')
}

/** @returns the parsed body of a request. Refuses other types, other charsets, compression and more than 256 KiB. */
export async function readBody(c: AppCall): Promise<unknown> {
  const type = c.req.header('content-type') ?? ''
  if (!/^application\/json(;\s*charset=utf-8)?$/i.test(type)) throw new Refusal('unsupported_media')
  if ((c.req.header('content-encoding') ?? 'identity') !== 'identity') throw new Refusal('unsupported_media')
  if (Number(c.req.header('content-length') ?? 0) > bodyBytesMax) throw new Refusal('too_large')
  const bytes = await readBytes(c)
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Refusal('malformed')
  }
  return parseBody(text)
}

async function readBytes(c: AppCall): Promise<Uint8Array> {
  // Of a length that was announced no more can come, and it is read without a stream being made of it.
  if (c.req.header('content-length') !== undefined) {
    const whole = new Uint8Array(await c.req.arrayBuffer())
    if (whole.byteLength > bodyBytesMax) throw new Refusal('too_large')
    return whole
  }
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of c.req.raw.body ?? []) {
    size += chunk.byteLength
    if (size > bodyBytesMax) throw new Refusal('too_large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** Parses what the endpoint declares. @param body as readBody gave it. Refuses what the contract does not allow, naming each field. */
export function parseInput<E extends Endpoint>(endpoint: E, c: AppCall, body: unknown): Parsed<E> {
  const parts: Record<string, unknown> = {}
  const given = { params: c.req.param(), query: readQuery(c), body }
  for (const part of ['params', 'query', 'body'] as const) {
    const schema = endpoint[part]
    if (!schema) {
      if (part === 'query' && Object.keys(given.query).length > 0) throw new Refusal('unknown_field', { fields: Object.keys(given.query).map((path) => ({ path, code: 'unknown_field', message: '' })) })
      continue
    }
    const parsed = schema.safeParse(given[part])
    if (!parsed.success) throw part === 'params' ? new Refusal('not_found') : invalidInput(parsed.error.issues)
    parts[part] = parsed.data
  }
  // oxlint-disable-next-line typescript/consistent-type-assertions -- each part was parsed by the endpoint's own schema just above
  return parts as Parsed<E>
}

function readQuery(c: AppCall): Record<string, string> {
  const all = c.req.queries()
  for (const [path, values] of Object.entries(all)) if (values.length > 1) throw new Refusal('invalid_input', { fields: [{ path, code: 'invalid', message: '' }] })
  return c.req.query()
}

export const cookieName = (deps: Deps): string => (deps.settings.publicUrl.startsWith('https://') ? '__Host-session' : 'session')
export const customerCookieName = (deps: Deps): string => (deps.settings.publicUrl.startsWith('https://') ? '__Host-customer' : 'customer')
/** @returns the session's token, from the cookie and from nowhere else. */
export const tokenOf = (c: AppCall, deps: Deps): string | undefined => getCookie(c, cookieName(deps))

/** @returns the request key. Refuses one that is missing or not 16 to 255 printable characters. */
export function requestKey(c: AppCall): string {
  const key = c.req.header('idempotency-key')
  if (key === undefined || !/^[\x21-\x7e]{16,255}$/.test(key)) throw new Refusal('idempotency_key_missing')
  return key
}

/** @returns the id of the proof that the caller holds up, if it is one id. */
export function proofIdOf(c: AppCall): string | undefined {
  const id = c.req.header('x-proof-id')
  return id !== undefined && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id) ? id.toLowerCase() : undefined
}
