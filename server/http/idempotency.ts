import { createHash } from 'node:crypto'
import type { Actor } from '#server/auth/actor.ts'
import { sqlState } from '#server/db/errors.ts'
import { sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { Refusal } from './refusal.ts'

/** A final answer: what a repeat under the same key gets byte for byte. */
export type Stored = { status: number; body: string }

/** Takes the key for this transaction. A rival under the same key is waited for.
 *  @param endpoint method and path with its ids. @returns the stored answer of an earlier request, or undefined: the key is ours now.
 *  Refuses with `idempotency_mismatch` when the earlier input differed, and with `in_progress` when the rival takes too long. */
export async function claimKey(tx: Tx, now: Date, actor: Actor, endpoint: string, key: string, inputDigest: string): Promise<Stored | undefined> {
  let claimed: number
  try {
    claimed = await tx.run(sql`insert into request_keys (partner_id, member_id, endpoint, key, input_digest, at)
      values (${actor.partner.id}, ${actor.member.id}, ${endpoint}, ${key}, ${inputDigest}, ${now}) on conflict do nothing`)
  } catch (error) {
    if (sqlState(error) === '55P03') throw new Refusal('in_progress', { retryAfter: 1 })
    throw error
  }
  if (claimed > 0) return undefined
  const stored = await findAnswer(tx, actor, endpoint, key, inputDigest)
  if (!stored) throw new Refusal('in_progress', { retryAfter: 1 })
  return stored
}

/** Looks without taking the key: a request that only asks for a proof leaves it free. @returns the stored answer of an earlier request.
 *  Refuses as claimKey does. */
export async function findAnswer(tx: Tx, actor: Actor, endpoint: string, key: string, inputDigest: string): Promise<Stored | undefined> {
  const [row] = await tx.rows<{ input_digest: string; status: number | null; body: string | null }>(sql`
    select input_digest, status, body from request_keys where partner_id = ${actor.partner.id} and member_id = ${actor.member.id} and endpoint = ${endpoint} and key = ${key}`)
  if (!row) return undefined
  if (row.status === null || row.body === null) throw new Refusal('in_progress', { retryAfter: 1 })
  if (row.input_digest !== inputDigest) throw new Refusal('idempotency_mismatch')
  return { status: row.status, body: row.body }
}

/** Keeps the answer under the key, in the transaction of the effect, with its commit. */
export function storeAnswer(tx: Tx, actor: Actor, endpoint: string, key: string, answer: Stored): void {
  tx.last(sql`update request_keys set status = ${answer.status}, body = ${answer.body}
    where partner_id = ${actor.partner.id} and member_id = ${actor.member.id} and endpoint = ${endpoint} and key = ${key}`)
}

/** Takes the key and keeps the answer in one, with the commit. Fails with 23505 when a rival was there first. */
export function claimWithAnswer(tx: Tx, now: Date, actor: Actor, endpoint: string, key: string, inputDigest: string, answer: Stored): void {
  tx.last(sql`insert into request_keys (partner_id, member_id, endpoint, key, input_digest, status, body, at)
    values (${actor.partner.id}, ${actor.member.id}, ${endpoint}, ${key}, ${inputDigest}, ${answer.status}, ${answer.body}, ${now})`)
}

/** @returns what the ledger keeps of a key: enough to recognise it, not to replay it. */
export const hashKey = (key: string): string => createHash('sha256').update(key).digest('hex')
