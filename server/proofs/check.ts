import type { ConfirmMethod } from '#contract/proofs.ts'
import { writeLog } from '#server/audit/write.ts'
import type { Actor } from '#server/auth/actor.ts'
import type { Secrets } from '#server/auth/secrets.ts'
import { sql } from '#server/db/query.ts'
import type { Database, Tx } from '#server/db/transaction.ts'
import type { Caller, LogFacts } from '#server/http/context.ts'
import { Refusal } from '#server/http/refusal.ts'
import { guessesPerProof, passedLife } from '#server/limits.ts'
import { enqueueNotices } from '#server/messages/enqueue.ts'
import { lockNotices } from '#server/messages/administrators.ts'
import { codeMac, isSameMac } from './digest.ts'
import { lockGuard, lockIfDue, openGuard, personLocked, storeGuard, withoutGuess } from './guard.ts'

type Taken = { mac: string | null; channel: ConfirmMethod | null; digest: string; guesses: number; takenAt: Date }
/** Something of the person's own that confirms: what is typed or signed, and with what it is compared. */
export type Way<Found, Right = ConfirmMethod> = {
  /** Asked in the transaction that counts the guess. Refuses by throwing what is no guess; then none is counted. */
  find(tx: Tx, now: Date): Promise<Found>
  /** @returns by what it was right, or undefined. What it takes of an authenticator commits with its effect. */
  compare(tx: Tx, now: Date, found: Found): Promise<Right | undefined>
}
/** By the newest code of a message, which must still live: it is found with the proof itself. */
type ProofWay<Found> = Omit<Way<Found>, 'find'> & { isMessage?: true; find(tx: Tx, now: Date, taken: Taken): Promise<Found> }

/** Hands a code in. @param code six ASCII digits. @returns until when the proof may be executed.
 *  Refuses with code_wrong, code_expired, no_channel, proof_locked, proof_closed or not_found. */
export const checkProof = (database: Database, secrets: Secrets, caller: Caller, proofId: string, code: string): Promise<{ passedUntil: Date }> =>
  checkBy(database, caller, proofId, {
    isMessage: true,
    find: async (_tx, _now, taken) => taken,
    compare: async (_tx, _now, { mac, channel, digest }) => (mac !== null && channel !== null && isSameMac(mac, codeMac(secrets, proofId, digest, code)) ? channel : undefined),
  })

/** Confirms a proof in one way. The guess is counted and committed before anything is compared, so that neither a crash nor a hundred parallel
 *  requests get one for free; all ways share the guesses of the proof and those of the person. Refuses as checkProof, and as the way does. */
export async function checkBy<Found>(database: Database, caller: Caller, proofId: string, way: ProofWay<Found>): Promise<{ passedUntil: Date }> {
  const partnerId = caller.actor.partner.id
  const guess = await database.inTenant(partnerId, (tx, now) => takeGuess(tx, now, caller, proofId, way))
  if (guess instanceof Refusal) throw guess
  const outcome = await database.inTenant(partnerId, async (tx, now) => {
    const by = await way.compare(tx, now, guess.found)
    return await (by === undefined ? noteWrong(tx, now, caller, proofId, guess.taken) : passProof(tx, now, caller, proofId, guess.taken, by))
  })
  if (outcome instanceof Refusal) throw outcome
  return outcome
}

/** A refusal is returned, not thrown: what was written about it must stay. */
async function takeGuess<Found>(tx: Tx, now: Date, { actor, request }: Caller, proofId: string, way: ProofWay<Found>): Promise<{ found: Found; taken: Taken } | Refusal> {
  const partnerId = actor.partner.id
  const guard = await openGuard(tx, now, partnerId, actor.member.id)
  if (guard instanceof Date) {
    await writeLog(tx, now, author(actor), request, [entry('proof.limit', proofId, 'refused', { reason: 'locked' })])
    return personLocked(guard, now)
  }
  const lives = way.isMessage ? sql`not needs_authenticator and code_mac is not null and code_expires_at > ${now}::timestamptz` : sql`true`
  const [row] = await tx.rows<{ code_mac: string | null; code_channel: ConfirmMethod | null; digest: string; guesses: number }>(sql`
    update proofs set guesses = guesses + 1
     where partner_id = ${partnerId} and id = ${proofId} and member_id = ${actor.member.id} and session_id = ${actor.sessionId}
       and state = 'open' and needs = 'code' and guesses < ${guessesPerProof} and expires_at > ${now} and ${lives}
    returning code_mac, code_channel, digest, guesses`)
  if (!row) return await whyNoGuess(tx, now, actor, proofId)
  const taken = { mac: row.code_mac, channel: row.code_channel, digest: row.digest, guesses: row.guesses, takenAt: now }
  const found = await way.find(tx, now, taken)
  await storeGuard(tx, partnerId, actor.member.id, { ...guard, guesses: [...guard.guesses, now] })
  return { found, taken }
}

/** @returns why this proof takes no guess now. */
async function whyNoGuess(tx: Tx, now: Date, actor: Actor, proofId: string): Promise<Refusal> {
  const [row] = await tx.rows<{ state: string; needs: string; needs_authenticator: boolean; guesses: number; expires_at: Date }>(sql`
    select state, needs, needs_authenticator, guesses, expires_at from proofs
     where partner_id = ${actor.partner.id} and id = ${proofId} and member_id = ${actor.member.id} and session_id = ${actor.sessionId}`)
  if (!row) return new Refusal('not_found')
  if (row.state === 'locked' || row.guesses >= guessesPerProof) return new Refusal('proof_locked', { sentence: 'attempts_used_up', attemptsLeft: 0 })
  if (row.state !== 'open' || row.needs !== 'code' || row.expires_at <= now) return new Refusal('proof_closed', { facts: { why: row.state === 'used' ? 'used' : 'expired' }, sentence: row.state === 'used' ? 'proof_used' : 'proof_expired' })
  if (row.needs_authenticator) return new Refusal('no_channel', { sentence: 'authenticator_needed' })
  return new Refusal('code_expired', { attemptsLeft: guessesPerProof - row.guesses })
}

/** Refuses by throwing where the person's proof takes no guess now. */
export async function refuseClosed(tx: Tx, now: Date, actor: Actor, proofId: string): Promise<void> {
  const [open] = await tx.rows(sql`select 1 from proofs where partner_id = ${actor.partner.id} and id = ${proofId} and member_id = ${actor.member.id} and session_id = ${actor.sessionId}
    and state = 'open' and needs = 'code' and guesses < ${guessesPerProof}::int and expires_at > ${now}::timestamptz`)
  if (!open) throw await whyNoGuess(tx, now, actor, proofId)
}

async function passProof(tx: Tx, now: Date, { actor, request }: Caller, proofId: string, guess: Taken, by: ConfirmMethod): Promise<{ passedUntil: Date } | Refusal> {
  const [partnerId, memberId] = [actor.partner.id, actor.member.id]
  const guard = await lockGuard(tx, now, partnerId, memberId)
  await storeGuard(tx, partnerId, memberId, withoutGuess(guard, guess.takenAt))
  const passedUntil = new Date(now.getTime() + passedLife * 1000)
  const isMessage = by === 'sms' || by === 'email'
  const isNewest = isMessage ? sql`code_mac = ${guess.mac}` : sql`true`
  const passed = await tx.run(sql`update proofs set state = 'passed', passed_until = ${passedUntil}, passed_by = ${by}
    where partner_id = ${partnerId} and id = ${proofId} and member_id = ${memberId} and session_id = ${actor.sessionId} and state = 'open' and ${isNewest}`)
  // Another request with the right code was first, or a newer code replaced this one meanwhile.
  if (passed === 0) return new Refusal('proof_closed', { facts: { why: 'expired' }, sentence: 'proof_expired' })
  // Of a message the sending wrote it down.
  if (!isMessage) await tx.run(sql`update members set last_channel = ${by} where partner_id = ${partnerId} and id = ${memberId} and last_channel is distinct from ${by}::text`)
  await writeLog(tx, now, author(actor), request, [{ ...entry('proof.passed', proofId, 'success', {}), confirmedBy: by }])
  return { passedUntil }
}

async function noteWrong(tx: Tx, now: Date, { actor, request }: Caller, proofId: string, guess: Taken): Promise<Refusal> {
  const partnerId = actor.partner.id
  const locked = await lockIfDue(tx, now, partnerId, actor.member.id)
  const entries = [entry('proof.wrong', proofId, 'refused', { attempt: guess.guesses })]
  if (guess.guesses >= guessesPerProof) {
    await tx.run(sql`update proofs set state = 'locked', code_mac = null where partner_id = ${partnerId} and id = ${proofId} and state = 'open'`)
    entries.push(entry('proof.locked', proofId, 'refused', { attempts: guess.guesses }))
  }
  if (locked) {
    entries.push({ operation: 'verification.locked', objectKind: 'member', result: 'refused', details: { until: locked.toISOString() } })
    await enqueueNotices(tx, now, await lockNotices(tx, actor, locked))
  }
  await writeLog(tx, now, author(actor), request, entries)
  if (locked) return personLocked(locked, now)
  if (guess.guesses >= guessesPerProof) return new Refusal('proof_locked', { sentence: 'attempts_used_up', attemptsLeft: 0 })
  const attemptsLeft = guessesPerProof - guess.guesses
  return new Refusal('code_wrong', { attemptsLeft, facts: { attemptsLeft: String(attemptsLeft) } })
}

const author = (actor: Actor) => ({ partnerId: actor.partner.id, memberId: actor.member.id, name: actor.member.name, source: 'console' as const })
const entry = (operation: LogFacts['operation'], proofId: string, result: NonNullable<LogFacts['result']>, details: NonNullable<LogFacts['details']>): LogFacts => ({ operation, objectKind: 'proof', objectNumber: proofId, result, details })
