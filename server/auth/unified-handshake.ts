import { createHash, timingSafeEqual } from 'node:crypto'
import * as z from 'zod/mini'
import { sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { handshakeLife } from '#server/limits.ts'
import { openIfOurs, seal } from './seal.ts'
import type { Expected } from './unified-provider.ts'

/** What a browser keeps, unreadable, between leaving for the provider and coming back. */
const Handshake = z.strictObject({ purpose: z.literal('unified'), state: z.string(), nonce: z.string(), verifier: z.string(), next: z.string(), at: z.number() })
export type Handshake = z.infer<typeof Handshake>

/** @returns the value of the cookie. @param next as ownPath gave it. */
export const sealHandshake = (now: Date, expected: Expected, next: string): string =>
  Buffer.from(seal(JSON.stringify({ purpose: 'unified', ...expected, next, at: now.getTime() } satisfies Handshake))).toString('base64url')

/** @param cookie what the browser sent. @returns undefined for anything but a handshake of this installation that began in the last ten minutes. */
export function openHandshake(now: Date, cookie: string | undefined): Handshake | undefined {
  if (cookie === undefined || cookie.length > 4096) return undefined
  try {
    const text = openIfOurs(Buffer.from(cookie, 'base64url'))
    const handshake = text === undefined ? undefined : Handshake.safeParse(JSON.parse(text)).data
    if (handshake === undefined) return undefined
    const age = now.getTime() - handshake.at
    return age >= 0 && age <= handshakeLife * 1000 ? handshake : undefined
  } catch {
    // Bytes that were changed.
    return undefined
  }
}

/** @param state of the answer. @returns whether the answer belongs to this handshake. */
export const isAnswerTo = ({ state }: Handshake, answered: string): boolean => {
  const [one, other] = [state, answered].map((text) => createHash('sha256').update(text).digest())
  return one !== undefined && other !== undefined && timingSafeEqual(one, other)
}

/** Uses a handshake up, also when the browser still has it: it is remembered for longer than it lives. @returns whether it was unused; of many one gets it. */
export const takeHandshake = async (tx: Tx, now: Date, { state }: Handshake): Promise<boolean> =>
  await tx.run(sql`insert into limits (name, subject, taken) values ('unified.used', ${createHash('sha256').update(state).digest('base64url')}, array[${now}::timestamptz]) on conflict (name, subject) do nothing`) > 0

/** @param next where somebody wants to go after signing in. @returns the path, query and fragment if that is a page of this console, else the first page. */
export function ownPath(next: string | undefined): string {
  if (next === undefined || next.length > 1000 || !/^\/(?![/\\])/.test(next)) return '/'
  // Read as browsers read it: they drop tabs and line breaks, take \ for / and leave dots out.
  const own = 'https://console.invalid'
  const url = URL.parse(next, own)
  if (url === null || url.origin !== own || url.username !== '' || /^\/[/\\]|^\/(?:api|dev|health)(?:\/|$)/i.test(url.pathname)) return '/'
  return `${url.pathname}${url.search}${url.hash}`
}
