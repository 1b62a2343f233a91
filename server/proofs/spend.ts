import type { ConfirmedBy } from '#contract/operation-log.ts'
import type { Actor } from '#server/auth/actor.ts'
import { sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import type { Frozen, Why } from './freeze.ts'

type Spent = { confirmedBy: ConfirmedBy }

/** Uses the proof up for exactly what it froze: of any number of parallel requests one gets the row.
 *  @returns how it was confirmed, or why this proof does not fit. */
export async function spendProof(tx: Tx, now: Date, actor: Actor, proofId: string, frozen: Frozen): Promise<Spent | Why> {
  const { needs, needsAuthenticator } = frozen.confirmation
  // How it was passed is compared with what is required now, whatever was required when it was frozen.
  const [spent] = await tx.rows<{ needs: string; passed_by: ConfirmedBy | null }>(sql`
    update proofs set state = 'used', used_at = ${now}, code_mac = null
     where partner_id = ${actor.partner.id} and id = ${proofId} and member_id = ${actor.member.id} and session_id = ${actor.sessionId}
       and operation = ${frozen.summary.operation} and digest = ${frozen.digest} and (passed_by in ('totp', 'passkey') or not ${needsAuthenticator}::boolean)
       and (state = 'passed' and passed_until > ${now} or state = 'open' and needs = 'click' and ${needs}::text = 'click' and expires_at > ${now})
    returning needs, passed_by`)
  if (spent) return { confirmedBy: spent.needs === 'click' ? 'click' : spent.passed_by ?? 'none' }
  return await whyUnfit(tx, now, actor, proofId, frozen)
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
