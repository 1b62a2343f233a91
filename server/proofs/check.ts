import type { LogFacts } from '#server/http/context.ts'
import { writeLog } from '#server/audit/write.ts'
import type { Actor } from '#server/auth/actor.ts'
import type { Secrets } from '#server/auth/secrets.ts'
import { sql } from '#server/db/query.ts'
import type { Database, Tx } from '#server/db/transaction.ts'
import type { RequestFacts } from '#server/http/context.ts'
import { Refusal } from '#server/http/refusal.ts'
import { guessesPerProof, passedLife } from '#server/limits.ts'
import { enqueueNotices } from '#server/messages/enqueue.ts'
import { lockNotices } from '#server/messages/administrators.ts'
import { codeMac, isSameMac } from './digest.ts'
import { lockGuard, lockIfDue, openGuard, personLocked, storeGuard, withoutGuess } from './guard.ts'

type Caller = { actor: Actor; request: RequestFacts }
type Guess = { mac: string; digest: string; guesses: number; takenAt: Date }

/** Hands a code in. The guess is counted and committed before anything is compared, so that neither a crash nor a hundred parallel
 *  requests get one for free. @param code six ASCII digits. @returns until when the proof may be executed.
 *  Refuses with code_wrong, code_expired, proof_locked, proof_closed or not_found. */
export async function checkProof(database: Database, secrets: Secrets, caller: Caller, proofId: string, code: string): Promise<{ passedUntil: Date }> {
  const partnerId = caller.actor.partner.id
  const guess = await database.inTenant(partnerId, (tx, now) => takeGuess(tx, now, caller, proofId))
  if (guess instanceof Refusal) throw guess
  const isRight = isSameMac(guess.mac, codeMac(secrets, proofId, guess.digest, code))
  const outcome = await database.inTenant(partnerId, (tx, now) => (isRight ? passProof(tx, now, caller, proofId, guess) : noteWrong(tx, now, caller, proofId, guess)))
  if (outcome instanceof Refusal) throw outcome
  return outcome
}

/** A refusal is returned, not thrown: what was written about it must stay. */
async function takeGuess(tx: Tx, now: Date, { actor, request }: Caller, proofId: string): Promise<Guess | Refusal> {
  const partnerId = actor.partner.id
  const guard = await openGuard(tx, now, partnerId, actor.member.id)
  if (guard instanceof Date) {
    await writeLog(tx, now, author(actor), request, [entry('proof.limit', proofId, 'refused', { reason: 'locked' })])
    return personLocked(guard, now)
  }
  const [row] = await tx.rows<{ code_mac: string; digest: string; guesses: number }>(sql`
    update proofs set guesses = guesses + 1
     where partner_id = ${partnerId} and id = ${proofId} and member_id = ${actor.member.id} and session_id = ${actor.sessionId}
       and state = 'open' and needs = 'code' and guesses < ${guessesPerProof} and code_mac is not null and code_expires_at > ${now} and expires_at > ${now}
    returning code_mac, digest, guesses`)
  if (!row) return await whyNoGuess(tx, now, actor, proofId)
  await storeGuard(tx, partnerId, actor.member.id, { ...guard, guesses: [...guard.guesses, now] })
  return { mac: row.code_mac, digest: row.digest, guesses: row.guesses, takenAt: now }
}

async function whyNoGuess(tx: Tx, now: Date, actor: Actor, proofId: string): Promise<Refusal> {
  const [row] = await tx.rows<{ state: string; needs: string; guesses: number; expires_at: Date; code_mac: string | null; code_expires_at: Date | null }>(sql`
    select state, needs, guesses, expires_at, code_mac, code_expires_at from proofs
     where partner_id = ${actor.partner.id} and id = ${proofId} and member_id = ${actor.member.id} and session_id = ${actor.sessionId}`)
  if (!row) return new Refusal('not_found')
  if (row.state === 'locked' || row.guesses >= guessesPerProof) return new Refusal('proof_locked', { sentence: 'attempts_used_up', attemptsLeft: 0 })
  if (row.state !== 'open' || row.needs !== 'code' || row.expires_at <= now) return new Refusal('proof_closed', { facts: { why: row.state === 'used' ? 'used' : 'expired' }, sentence: row.state === 'used' ? 'proof_used' : 'proof_expired' })
  return new Refusal('code_expired', { attemptsLeft: guessesPerProof - row.guesses })
}

async function passProof(tx: Tx, now: Date, { actor, request }: Caller, proofId: string, guess: Guess): Promise<{ passedUntil: Date } | Refusal> {
  const partnerId = actor.partner.id
  const guard = await lockGuard(tx, now, partnerId, actor.member.id)
  await storeGuard(tx, partnerId, actor.member.id, withoutGuess(guard, guess.takenAt))
  const passedUntil = new Date(now.getTime() + passedLife * 1000)
  const passed = await tx.run(sql`update proofs set state = 'passed', passed_until = ${passedUntil}
    where partner_id = ${partnerId} and id = ${proofId} and member_id = ${actor.member.id} and session_id = ${actor.sessionId} and state = 'open' and code_mac = ${guess.mac}`)
  // Another request with the right code was first, or a newer code replaced this one meanwhile.
  if (passed === 0) return new Refusal('proof_closed', { facts: { why: 'expired' }, sentence: 'proof_expired' })
  await writeLog(tx, now, author(actor), request, [entry('proof.passed', proofId, 'success', {})])
  return { passedUntil }
}

async function noteWrong(tx: Tx, now: Date, { actor, request }: Caller, proofId: string, guess: Guess): Promise<Refusal> {
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
