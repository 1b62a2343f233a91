import { randomUUID } from 'node:crypto'
import type { Locale } from '#contract/people.ts'
import { sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import type { RequestFacts, Visitor } from '#server/http/context.ts'
import type { Deps } from '#server/http/deps.ts'
import { Refusal } from '#server/http/refusal.ts'
import { sessionAbsolute, sessionsPerPerson } from '#server/limits.ts'
import { csrfOf, hashToken, newToken } from './sessions.ts'

/** A signed-in customer: read anew for every request. */
export type Customer = {
  sessionId: string; csrf: string; absoluteEndsAt: Date
  account: { id: string; name: string; mobile: string | null; email: string | null; language: Locale; /** Whose customer it is. */ partnerId: string | null }
}
type Row = Customer['account'] & { sessionId: string; startedAt: Date; seenAt: Date }
type Settings = Pick<Deps, 'secrets' | 'settings'>

/** Lets the rest of the transaction see the rows of this partner. For callers who are no members: a token or a customer's own account says whose rows. */
export async function raiseFence(tx: Tx, partnerId: string): Promise<void> {
  await tx.run(sql`select set_config('app.partner_ids', ${`{${partnerId}}`}::text, true)`)
}

/** @param isActivity whether the request is the person's own act and so prolongs the idle end.
 *  @returns who is signed in with the customer's cookie; undefined when nobody is. */
export async function readCustomer(tx: Tx, now: Date, { secrets, settings }: Settings, token: string | undefined, isActivity: boolean): Promise<Customer | undefined> {
  if (token === undefined) return undefined
  const [row] = await tx.rows<Row>(sql`select s.id as "sessionId", s.started_at as "startedAt", s.seen_at as "seenAt", a.id, a.name, a.mobile, a.email, a.language, a.partner_id as "partnerId"
    from customer_sessions s join cloud_accounts a on a.id = s.account_id where s.token_hash = ${hashToken(token)} and a.password_hash is not null`)
  if (!row) return undefined
  const { sessionId, startedAt, seenAt, ...account } = row
  const absoluteEndsAt = new Date(startedAt.getTime() + sessionAbsolute * 1000)
  if (absoluteEndsAt <= now || seenAt.getTime() + settings.idleSeconds * 1000 <= now.getTime()) return undefined
  if (isActivity && now.getTime() - seenAt.getTime() > 10_000) await tx.run(sql`update customer_sessions set seen_at = ${now} where id = ${sessionId}`)
  return { sessionId, csrf: customerCsrf(secrets.csrf, sessionId), absoluteEndsAt, account }
}

/** As readCustomer. Refuses with `not_signed_in`, and with `csrf` a change without the value that belongs to the session. */
export async function demandCustomer(tx: Tx, now: Date, deps: Settings, visitor: Visitor, use: 'read' | 'poll' | 'change'): Promise<Customer> {
  const customer = await readCustomer(tx, now, deps, visitor.token, use !== 'poll')
  if (!customer) throw new Refusal('not_signed_in')
  if (use === 'change' && visitor.csrf !== customer.csrf) throw new Refusal('csrf')
  return customer
}

/** A member's session with the same id would have another value. */
const customerCsrf = (key: Uint8Array, sessionId: string): string => csrfOf(key, `customer:${sessionId}`)

/** Starts a session; of more than five the oldest ends. @param previous the token that the browser still holds; its session ends.
 *  @returns the token for the customer's cookie, once. */
export async function startCustomerSession(tx: Tx, now: Date, accountId: string, request: RequestFacts, previous: string | undefined): Promise<string> {
  const token = newToken()
  await endCustomerSession(tx, previous)
  await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`sessions:${accountId}`}, 0))`)
  await tx.run(sql`delete from customer_sessions where id in (select id from customer_sessions where account_id = ${accountId} order by started_at desc, id offset ${sessionsPerPerson - 1}::int)`)
  await tx.run(sql`insert into customer_sessions (id, token_hash, account_id, started_at, seen_at, address, agent)
    values (${randomUUID()}::uuid, ${hashToken(token)}, ${accountId}::uuid, ${now}::timestamptz, ${now}::timestamptz, ${request.address}, ${request.agent})`)
  return token
}

/** Ends the session behind a token, if there is one. */
export async function endCustomerSession(tx: Tx, token: string | undefined): Promise<void> {
  if (token !== undefined) await tx.run(sql`delete from customer_sessions where token_hash = ${hashToken(token)}`)
}
