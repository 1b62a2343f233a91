import type { OwnChange } from '#contract/security.ts'
import { writeLog } from '#server/audit/write.ts'
import { secondsUntil, takeLimit } from '#server/db/limit.ts'
import { sql } from '#server/db/query.ts'
import type { Caller, LogFacts } from '#server/http/context.ts'
import type { Deps } from '#server/http/deps.ts'
import { Refusal } from '#server/http/refusal.ts'
import type { Tx } from '#server/db/transaction.ts'
import { guessesPerProof, proofLife } from '#server/limits.ts'
import { lockNotices } from '#server/messages/administrators.ts'
import { enqueueNotices } from '#server/messages/enqueue.ts'
import { lockGuard, lockIfDue, openGuard, personLocked, storeGuard, withoutGuess } from '#server/proofs/guard.ts'
import type { Way } from '#server/proofs/check.ts'
import { compareCode, spendCode, takeGuess, type CodeOf, type Guess } from '#server/proofs/public-codes.ts'
import { personKey } from '#server/proofs/slots.ts'

type Taken = { of: CodeOf; guess: Guess; at: Date }

/** Hands in a code of a signed-in person. The guess counts for the code and for the person, as those of proofs do, and is committed before it is compared.
 *  @param find says in the same transaction which code is meant, and refuses by throwing. @param effect what the code opens, in one transaction with its use.
 * 
 *  Refuses with code_wrong, code_expired and proof_locked. */
export async function withCode<T>(deps: Deps, caller: Caller, code: string, find: (tx: Tx, now: Date) => Promise<CodeOf>, effect: (tx: Tx, now: Date, of: CodeOf) => Promise<T>): Promise<T> {
  const { database, secrets } = deps
  const partnerId = caller.actor.partner.id
  const taken = await database.inTenant(partnerId, (tx, now) => take(tx, now, deps, caller, find))
  if (taken instanceof Refusal) throw taken
  const wrong = compareCode(secrets, taken.of, taken.guess, code)
  if (wrong) throw await database.inTenant(partnerId, (tx, now) => noteMiss(tx, now, caller, taken.of.purpose.replace(/^\w+:/, ''), taken.guess.guesses, wrong))
  return await database.inTenant(partnerId, async (tx, now) => {
    const guard = await lockGuard(tx, now, partnerId, caller.actor.member.id)
    if (guard.lockedUntil && guard.lockedUntil > now) throw personLocked(guard.lockedUntil, now)
    await storeGuard(tx, partnerId, caller.actor.member.id, withoutGuess(guard, taken.at))
    await spendCode(tx, secrets, taken.of, taken.guess)
    return await effect(tx, now, taken.of)
  })
}

/** A lock is returned, not thrown: what was written about it must stay. */
async function take(tx: Tx, now: Date, { secrets }: Deps, { actor, request }: Caller, find: (tx: Tx, now: Date) => Promise<CodeOf>): Promise<Taken | Refusal> {
  const [partnerId, memberId] = [actor.partner.id, actor.member.id]
  const guard = await openGuard(tx, now, partnerId, memberId)
  if (guard instanceof Date) return await noteLocked(tx, now, { actor, request }, guard)
  const of = await find(tx, now)
  const guess = await takeGuess(tx, now, secrets, of)
  await storeGuard(tx, partnerId, memberId, { ...guard, guesses: [...guard.guesses, now] })
  return { of, guess, at: now }
}

async function noteLocked(tx: Tx, now: Date, { actor, request }: Caller, until: Date): Promise<Refusal> {
  await writeLog(tx, now, authorOf(actor), request, [{ operation: 'proof.limit', objectKind: 'member', result: 'refused', details: { reason: 'locked' } }])
  return personLocked(until, now)
}

/** @returns what the person is told of a wrong guess: that it was, or that it was one too many of theirs. */
async function noteMiss(tx: Tx, now: Date, { actor, request }: Caller, changed: string, attempt: number, wrong: Refusal): Promise<Refusal> {
  const locked = await lockIfDue(tx, now, actor.partner.id, actor.member.id)
  const entries: LogFacts[] = [{ operation: 'profile.identity_wrong', objectKind: 'member', result: 'refused', details: { changed, attempt } }]
  if (locked) {
    entries.push({ operation: 'verification.locked', objectKind: 'member', result: 'refused', details: { until: locked.toISOString() } })
    await enqueueNotices(tx, now, await lockNotices(tx, actor, locked))
  }
  await writeLog(tx, now, authorOf(actor), request, entries)
  return locked ? personLocked(locked, now) : wrong
}

/** Who stands in the log. */
export const authorOf = ({ partner, member }: Caller['actor']) => ({ partnerId: partner.id, memberId: member.id, name: member.name, source: 'console' as const })

type Counted<Found> = { found: Found; guesses: number; at: Date }

/** As withCode, by something that was enrolled and not sent: an authenticator, or the first code of a new one. Five guesses in half an hour for one change, and the person's own.
 *  Refuses with code_wrong, too_many_requests, proof_locked, and as the way does. */
export async function withWay<Found, Right, T>({ database }: Deps, caller: Caller, change: OwnChange, way: Way<Found, Right>, effect: (tx: Tx, now: Date, right: Right) => Promise<T>): Promise<T> {
  const { partner, member } = caller.actor
  const subject = `${personKey({ partnerId: partner.id, memberId: member.id })}:${change}`
  const counted = await database.inTenant(partner.id, (tx, now) => count(tx, now, caller, subject, way))
  if (counted instanceof Refusal) throw counted
  const outcome = await database.inTenant(partner.id, async (tx, now) => {
    const guard = await lockGuard(tx, now, partner.id, member.id)
    if (guard.lockedUntil && guard.lockedUntil > now) return personLocked(guard.lockedUntil, now)
    const right = await way.compare(tx, now, counted.found)
    if (right === undefined) return await noteMiss(tx, now, caller, change, counted.guesses, wrongGuess(counted.guesses))
    await storeGuard(tx, partner.id, member.id, withoutGuess(guard, counted.at))
    await tx.run(sql`delete from limits where name = ${guessLimit} and subject = ${subject}`)
    return { done: await effect(tx, now, right) }
  })
  if (outcome instanceof Refusal) throw outcome
  return outcome.done
}

const guessLimit = 'identity.guess'
const wrongGuess = (guesses: number): Refusal => new Refusal('code_wrong', { attemptsLeft: guessesPerProof - guesses, facts: { attemptsLeft: String(guessesPerProof - guesses) } })

async function count<Found>(tx: Tx, now: Date, caller: Caller, subject: string, way: Way<Found, unknown>): Promise<Counted<Found> | Refusal> {
  const { partner, member } = caller.actor
  const guard = await openGuard(tx, now, partner.id, member.id)
  if (guard instanceof Date) return await noteLocked(tx, now, caller, guard)
  const found = await way.find(tx, now)
  const free = await takeLimit(tx, now, guessLimit, subject, proofLife, guessesPerProof)
  if (free) throw new Refusal('too_many_requests', { sentence: 'guesses_used_up', retryAfter: secondsUntil(free, now), facts: { until: free.toISOString(), limit: guessLimit } })
  const [taken] = await tx.rows<{ guesses: number }>(sql`select cardinality(taken)::int as guesses from limits where name = ${guessLimit} and subject = ${subject}`)
  await storeGuard(tx, partner.id, member.id, { ...guard, guesses: [...guard.guesses, now] })
  return { found, guesses: taken?.guesses ?? guessesPerProof, at: now }
}
