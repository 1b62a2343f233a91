import { openIfOurs, seal } from '#server/auth/seal.ts'
import type { Actor } from '#server/auth/actor.ts'
import { sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import type { OwnChange } from '#contract/security.ts'

/** What a challenge is for. One of another purpose, person or sign-in is unknown. */
export type Purpose = `proof:${string}` | `identity:${OwnChange}` | 'enrol' | 'enrol:totp'

const placeOf = ({ partner, member, sessionId }: Actor, purpose: Purpose) =>
  sql`partner_id = ${partner.id} and member_id = ${member.id} and session_id = ${sessionId} and purpose = ${purpose}`

/** Keeps what waits for its answer, sealed; an earlier one for the same is void. */
export async function keepChallenge(tx: Tx, { partner, member, sessionId }: Actor, purpose: Purpose, text: string, expiresAt: Date): Promise<void> {
  await tx.run(sql`insert into challenges (partner_id, member_id, session_id, purpose, sealed, expires_at) values (${partner.id}, ${member.id}, ${sessionId}, ${purpose}, ${seal(text)}, ${expiresAt}::timestamptz)
    on conflict (partner_id, member_id, session_id, purpose) do update set sealed = excluded.sealed, expires_at = excluded.expires_at`)
}

/** @returns what waits, and leaves it there: for what may be answered more than once. */
export async function readChallenge(tx: Tx, now: Date, actor: Actor, purpose: Purpose): Promise<string | undefined> {
  const [kept] = await tx.rows<{ sealed: Uint8Array }>(sql`select sealed from challenges where ${placeOf(actor, purpose)} and expires_at > ${now}::timestamptz`)
  return kept && openIfOurs(kept.sealed)
}

/** @returns what waited, once: of any number who answer it one gets it. */
export async function takeChallenge(tx: Tx, now: Date, actor: Actor, purpose: Purpose): Promise<string | undefined> {
  const [kept] = await tx.rows<{ sealed: Uint8Array; lives: boolean }>(sql`delete from challenges where ${placeOf(actor, purpose)} returning sealed, expires_at > ${now}::timestamptz as lives`)
  return kept?.lives ? openIfOurs(kept.sealed) : undefined
}

/** Whatever waited of a person, in any sign-in, is void. */
export async function voidChallenges(tx: Tx, partnerId: string, memberId: string): Promise<void> {
  await tx.run(sql`delete from challenges where partner_id = ${partnerId}::uuid and member_id = ${memberId}::uuid`)
}
