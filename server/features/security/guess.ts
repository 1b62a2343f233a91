import { writeLog } from '#server/audit/write.ts'
import type { Caller, LogFacts } from '#server/http/context.ts'
import type { Deps } from '#server/http/deps.ts'
import { Refusal } from '#server/http/refusal.ts'
import type { Tx } from '#server/db/transaction.ts'
import { lockNotices } from '#server/messages/administrators.ts'
import { enqueueNotices } from '#server/messages/enqueue.ts'
import { lockGuard, lockIfDue, openGuard, personLocked, storeGuard, withoutGuess } from '#server/proofs/guard.ts'
import { compareCode, spendCode, takeGuess, type CodeOf, type Guess } from '#server/proofs/public-codes.ts'

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
  if (wrong) throw await database.inTenant(partnerId, (tx, now) => noteWrong(tx, now, caller, taken, wrong))
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
  if (guard instanceof Date) {
    await writeLog(tx, now, authorOf(actor), request, [{ operation: 'proof.limit', objectKind: 'member', result: 'refused', details: { reason: 'locked' } }])
    return personLocked(guard, now)
  }
  const of = await find(tx, now)
  const guess = await takeGuess(tx, now, secrets, of)
  await storeGuard(tx, partnerId, memberId, { ...guard, guesses: [...guard.guesses, now] })
  return { of, guess, at: now }
}

async function noteWrong(tx: Tx, now: Date, { actor, request }: Caller, { of, guess }: Taken, wrong: Refusal): Promise<Refusal> {
  const locked = await lockIfDue(tx, now, actor.partner.id, actor.member.id)
  const entries: LogFacts[] = [{ operation: 'profile.identity_wrong', objectKind: 'member', result: 'refused', details: { changed: of.purpose.replace(/^\w+:/, ''), attempt: guess.guesses } }]
  if (locked) {
    entries.push({ operation: 'verification.locked', objectKind: 'member', result: 'refused', details: { until: locked.toISOString() } })
    await enqueueNotices(tx, now, await lockNotices(tx, actor, locked))
  }
  await writeLog(tx, now, authorOf(actor), request, entries)
  return locked ? personLocked(locked, now) : wrong
}

/** Who stands in the log. */
export const authorOf = ({ partner, member }: Caller['actor']) => ({ partnerId: partner.id, memberId: member.id, name: member.name, source: 'console' as const })
