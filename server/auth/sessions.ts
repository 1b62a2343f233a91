import { createHash, createHmac, randomBytes, randomUUID } from 'node:crypto'
import * as z from 'zod/mini'
import { PartnerState, PartnerType, Locale, Role } from '#contract/people.ts'
import { sql, type SQL } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import type { RequestFacts } from '#server/http/context.ts'
import { sessionAbsolute, sessionsPerPerson } from '#server/limits.ts'
import type { Actor } from './actor.ts'
import { permissionsOf, reachOf } from './permissions.ts'

/** An opaque token of 256 random bits. The server keeps only its hash. */
export const newToken = (): string => randomBytes(32).toString('base64url')
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('base64url')
/** The value of `X-CSRF`: bound to the session, worthless without its cookie. */
export const csrfOf = (key: Uint8Array, sessionId: string): string => createHmac('sha256', key).update(sessionId).digest('base64url')

type SessionTimes = { idleEndsAt: Date; absoluteEndsAt: Date }
export type Signed = { actor: Actor; times: SessionTimes }

const SessionRow = z.object({
  id: z.string(), member_id: z.string(), started_at: z.date(), seen_at: z.date(),
  partner_id: z.string(), account: z.string(), partner_name: z.string(), type: PartnerType, partner_state: PartnerState, verification_on: z.boolean(), required_operations: z.array(z.string()), time_zone: z.string(),
  login: z.string(), name: z.string(), roles: z.array(Role), custom_roles: z.array(z.object({ id: z.string(), name: z.string(), permissions: z.array(z.string()) })), language: Locale, extra_permissions: z.array(z.string()), removed_permissions: z.array(z.string()), state: z.string(),
})
type Settings = { csrfKey: Uint8Array; idleSeconds: number }

/** @returns the statement that finds who calls and raises the partner's fence for the rest of the transaction; its rows are for readSession. */
export const openSession = (token: string): SQL => sql`select * from open_session(${hashToken(token)})`

/** Who called lately, as they were then. It decides nothing: every request reads the session anew, and what was asked on behalf of somebody who has changed
 *  since is thrown away. @returns places for so many callers. */
export class RecentCallers {
  readonly #byToken = new Map<string, { text: string; actor: Actor }>()
  readonly #max: number
  constructor(max = 1000) {
    this.#max = max
  }
  of(token: string): Actor | undefined {
    return this.#byToken.get(hashToken(token))?.actor
  }
  /** @param text all that the database says of the caller. @returns the caller as built before from the same. */
  same(token: string, text: string): Actor | undefined {
    const known = this.#byToken.get(hashToken(token))
    return known?.text === text ? known.actor : undefined
  }
  keep(token: string, text: string, actor: Actor): void {
    const [oldest] = this.#byToken.size >= this.#max ? this.#byToken.keys() : []
    if (oldest !== undefined) this.#byToken.delete(oldest)
    this.#byToken.set(hashToken(token), { text, actor })
  }
}

/** @param found what openSession found in this transaction: it is asked anew for each request. @param isActivity whether this request is the person's own
 *  act and so prolongs the idle end. @param recent keeps who called with this token.
 *  @returns undefined when there is no such session, it ended, or the member is disabled. */
export async function readSession(tx: Tx, now: Date, found: readonly unknown[], settings: Settings, isActivity: boolean, recent?: { callers: RecentCallers; token: string }): Promise<Signed | undefined> {
  if (found.length === 0) return undefined
  const session = SessionRow.parse(found[0])
  if (session.state !== 'ACTIVE') return undefined
  const absoluteEndsAt = new Date(session.started_at.getTime() + sessionAbsolute * 1000)
  const idleEnd = (seen: Date) => new Date(Math.min(seen.getTime() + settings.idleSeconds * 1000, absoluteEndsAt.getTime()))
  if (idleEnd(session.seen_at) <= now) return undefined
  // Written at most every ten seconds, so that reading a list does not write a row each time; and with the commit, because nobody waits for it.
  const isSeen = isActivity && now.getTime() - session.seen_at.getTime() > 10_000
  if (isSeen) tx.last(sql`update sessions set seen_at = ${now} where id = ${session.id}`)
  const times = { idleEndsAt: idleEnd(isSeen ? now : session.seen_at), absoluteEndsAt }
  const { seen_at: _whenever, ...facts } = session
  const text = JSON.stringify(facts)
  const known = recent?.callers.same(recent.token, text)
  if (known) return { times, actor: known }
  const actor = actorOf(session, settings)
  recent?.callers.keep(recent.token, text, actor)
  return { times, actor }
}

function actorOf(session: z.infer<typeof SessionRow>, settings: Settings): Actor {
  const { type, partner_state: state, language, roles, custom_roles: customRoles } = session
  return {
    sessionId: session.id, csrf: csrfOf(settings.csrfKey, session.id),
    partner: { id: session.partner_id, account: session.account, name: session.partner_name, type, state, verificationOn: session.verification_on, requiredOperations: session.required_operations, timeZone: session.time_zone },
    member: { id: session.member_id, login: session.login, name: session.name, roles, customRoles: customRoles.map(({ id, name }) => ({ id, name })), language },
    reach: reachOf({ roles, customRoles }),
    permissions: permissionsOf({ roles, customRoles, extra: session.extra_permissions, removed: session.removed_permissions }),
  }
}

/** Starts a session; of more than five the oldest ends. @returns the token for the cookie, once. */
export async function startSession(tx: Tx, now: Date, partnerId: string, memberId: string, request: RequestFacts): Promise<{ token: string; endedOldest: boolean }> {
  const token = newToken()
  // First, because it also makes sign-ins of one person queue: those that begin at once would not see each other, and all would stay.
  await tx.run(sql`update members set last_sign_in_at = ${now} where partner_id = ${partnerId} and id = ${memberId}`)
  const ended = await tx.run(sql`delete from sessions where id in (
    select id from sessions where partner_id = ${partnerId} and member_id = ${memberId} order by started_at desc, id offset ${sessionsPerPerson - 1}::int)`)
  await tx.run(sql`insert into sessions (id, token_hash, partner_id, member_id, started_at, seen_at, address, agent)
    values (${randomUUID()}, ${hashToken(token)}, ${partnerId}, ${memberId}, ${now}, ${now}, ${request.address}, ${request.agent})`)
  return { token, endedOldest: ended > 0 }
}

/** Ends every session of a person, and nothing that waits for a code can still be confirmed. For whoever is somebody else now, or is reached elsewhere.
 *  @returns how many sessions ended. */
export async function endEverySession(tx: Tx, partnerId: string, memberId: string): Promise<number> {
  const ended = await tx.run(sql`delete from sessions where partner_id = ${partnerId}::uuid and member_id = ${memberId}::uuid`)
  await tx.run(sql`update proofs set state = 'void', code_mac = null where partner_id = ${partnerId}::uuid and member_id = ${memberId}::uuid and state in ('open','passed')`)
  return ended
}

/** Ends sessions of one person at once, on every server, and voids what they were about to confirm. @param which one id, or all but `except`. @returns how many ended. */
export async function endSessions(tx: Tx, partnerId: string, memberId: string, which: { id: string } | { except: string }): Promise<number> {
  const chosen = 'id' in which ? sql`id = ${which.id}` : sql`id <> ${which.except}`
  const ended = await tx.rows<{ id: string }>(sql`delete from sessions where partner_id = ${partnerId} and member_id = ${memberId} and ${chosen} returning id`)
  for (const { id } of ended) {
    // oxlint-disable-next-line no-await-in-loop -- at most five, inside one transaction with one connection
    await tx.run(sql`update proofs set state = 'void', code_mac = null where partner_id = ${partnerId} and session_id = ${id} and state in ('open','passed')`)
  }
  return ended.length
}
