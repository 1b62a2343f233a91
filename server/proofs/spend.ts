import type { ConfirmedBy } from '#contract/operation-log.ts'
import type { Actor } from '#server/auth/actor.ts'
import { sql, type SQL } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import type { Frozen, Why } from './freeze.ts'

export type Spent = { confirmedBy: ConfirmedBy }

/** Uses the proof up for exactly what it froze: of any number of parallel requests one gets the row.
 *  @returns how it was confirmed, or why this proof does not fit. */
export async function spendProof(tx: Tx, now: Date, actor: Actor, proofId: string, frozen: Frozen): Promise<Spent | Why> {
  const [spent] = await tx.rows<{ confirmedBy: ConfirmedBy | null }>(sql`select ${used(now, actor, proofId, frozen)} as "confirmedBy"`)
  if (spent?.confirmedBy) return { confirmedBy: spent.confirmedBy }
  return await whyUnfit(tx, now, actor, proofId, frozen)
}

const used = (now: Date, actor: Actor, proofId: string, { summary, digest, confirmation }: Frozen): SQL =>
  sql`use_proof(${actor.partner.id}::uuid, ${proofId}::uuid, ${actor.member.id}::uuid, ${actor.sessionId}::uuid, ${summary.operation}, ${digest}, ${confirmation.needs}, ${confirmation.needsAuthenticator}::boolean, ${now}::timestamptz)`

/** What a proof says before it is used, for spendLast. @returns how it would be confirmed; undefined for one that does not fit. */
export async function foreseeSpent(tx: Tx, actor: Actor, proofId: string): Promise<Spent | undefined> {
  const [row] = await tx.rows<{ needs: string; state: string; passed_by: ConfirmedBy | null }>(sql`
    select needs, state, passed_by from proofs where partner_id = ${actor.partner.id} and id = ${proofId} and member_id = ${actor.member.id} and session_id = ${actor.sessionId}`)
  if (row?.state !== 'passed' && row?.state !== 'open') return undefined
  if (row.needs === 'click') return { confirmedBy: 'click' }
  return row.state === 'passed' ? { confirmedBy: row.passed_by ?? 'none' } : undefined
}

/** As spendProof, with the commit, for a proof that was seen to be confirmed so. Fails with PC003 when it does not fit, and everything with it. */
export function spendLast(tx: Tx, now: Date, actor: Actor, proofId: string, frozen: Frozen, { confirmedBy }: Spent): void {
  tx.last(sql`select insist(${used(now, actor, proofId, frozen)} = ${confirmedBy})`)
}

/** A business rule refused the repeat: the confirmation is spent all the same, if it was one for this input.
 *  @returns how it was confirmed, or undefined when there was nothing to spend. */
export async function spendOnRefusal(tx: Tx, now: Date, actor: Actor, proofId: string, inputDigest: string): Promise<Spent | undefined> {
  const [spent] = await tx.rows<{ needs: string; passed_by: ConfirmedBy | null }>(sql`
    update proofs set state = 'used', used_at = ${now}, code_mac = null
     where partner_id = ${actor.partner.id} and id = ${proofId} and member_id = ${actor.member.id} and session_id = ${actor.sessionId} and input_digest = ${inputDigest}
       and (state = 'passed' and passed_until > ${now} or state = 'open' and needs = 'click' and expires_at > ${now})
    returning needs, passed_by`)
  return spent && { confirmedBy: spent.needs === 'click' ? 'click' : spent.passed_by ?? 'none' }
}

async function whyUnfit(tx: Tx, now: Date, actor: Actor, proofId: string, frozen: Frozen): Promise<Why> {
  const [row] = await tx.rows<{ state: string; digest: string; expires_at: Date; passed_until: Date | null }>(sql`
    select state, digest, expires_at, passed_until from proofs where partner_id = ${actor.partner.id} and id = ${proofId} and member_id = ${actor.member.id} and session_id = ${actor.sessionId}`)
  if (!row) return 'needed'
  if (row.state === 'used') return 'used'
  if (row.state === 'locked') return 'locked'
  if (row.state === 'passed' ? row.passed_until !== null && row.passed_until <= now : row.expires_at <= now) return 'expired'
  if (row.digest !== frozen.digest) return 'changed'
  return row.state === 'void' ? 'expired' : 'needed'
}

/** A repeat that differs from what was frozen voids the old proof and its code, so that the original request is refused with it too. */
export async function voidProof(tx: Tx, actor: Actor, proofId: string): Promise<void> {
  await tx.run(sql`update proofs set state = 'void', code_mac = null
    where partner_id = ${actor.partner.id} and id = ${proofId} and member_id = ${actor.member.id} and session_id = ${actor.sessionId} and state in ('open','passed')`)
}
