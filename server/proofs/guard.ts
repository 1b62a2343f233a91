import { sql, list } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { secondsUntil } from '#server/db/limit.ts'
import { Refusal } from '#server/http/refusal.ts'
import { wrongPerDay, wrongPerHour } from '#server/limits.ts'

// The one place that counts guesses of codes, per person, over all proofs, sessions and channels. Nothing refills it: not a
// new proof, a resend, another channel or another sign-in.

export type Guard = { guesses: Date[]; hourFrom: Date; dayFrom: Date; lockedUntil: Date | null }
type GuardRow = { guesses: Date[]; hour_from: Date; day_from: Date; locked_until: Date | null }

/** Locks the person's counter for this transaction. @returns it as it stands, without what lies more than a day back. */
export async function lockGuard(tx: Tx, now: Date, partnerId: string, memberId: string): Promise<Guard> {
  const start = new Date(0)
  await tx.run(sql`insert into verification_guards (partner_id, member_id, guesses, hour_from, day_from) values (${partnerId}, ${memberId}, '{}'::timestamptz[], ${start}, ${start}) on conflict do nothing`)
  const [row] = await tx.rows<GuardRow>(sql`select guesses, hour_from, day_from, locked_until from verification_guards where partner_id = ${partnerId} and member_id = ${memberId} for update`)
  if (!row) throw new Error('the guard of a person is missing')
  return { guesses: row.guesses.filter((at) => at.getTime() > now.getTime() - wrongPerDay.window * 1000), hourFrom: row.hour_from, dayFrom: row.day_from, lockedUntil: row.locked_until }
}

/** Writes the counter back. */
export async function storeGuard(tx: Tx, partnerId: string, memberId: string, guard: Guard): Promise<void> {
  await tx.run(sql`update verification_guards set guesses = ${list(guard.guesses)}::timestamptz[], hour_from = ${guard.hourFrom}, day_from = ${guard.dayFrom}, locked_until = ${guard.lockedUntil}
    where partner_id = ${partnerId} and member_id = ${memberId}`)
}

/** As lockGuard, for a guess that comes next: a lock that is due is written down first. @returns the counter, or until when the person is locked. */
export async function openGuard(tx: Tx, now: Date, partnerId: string, memberId: string): Promise<Guard | Date> {
  const guard = await lockGuard(tx, now, partnerId, memberId)
  if (guard.lockedUntil && guard.lockedUntil > now) return guard.lockedUntil
  const overdue = lockDue(guard, now)
  if (!overdue?.lockedUntil) return guard
  await storeGuard(tx, partnerId, memberId, overdue)
  return overdue.lockedUntil
}

/** After a wrong guess: locks the person when it was one too many. @returns until when, or undefined. */
export async function lockIfDue(tx: Tx, now: Date, partnerId: string, memberId: string): Promise<Date | undefined> {
  const guard = await lockGuard(tx, now, partnerId, memberId)
  const locked = guard.lockedUntil && guard.lockedUntil > now ? undefined : lockDue(guard, now)
  if (locked) await storeGuard(tx, partnerId, memberId, locked)
  return locked?.lockedUntil ?? undefined
}

/** @returns until when the person's verification is locked, or undefined. */
export async function lockedUntil(tx: Tx, now: Date, partnerId: string, memberId: string): Promise<Date | undefined> {
  const [row] = await tx.rows<{ locked_until: Date | null }>(sql`select locked_until from verification_guards where partner_id = ${partnerId} and member_id = ${memberId}`)
  return row?.locked_until && row.locked_until > now ? row.locked_until : undefined
}

/** Pure: whether these wrong guesses lock the person now. A lock that ended is not counted again for the hour, but the day goes on.
 *  @returns the guard with its new lock, or undefined when there is none. */
function lockDue(guard: Guard, now: Date): Guard | undefined {
  const within = (seconds: number, from: Date) => guard.guesses.filter((at) => at > from && at.getTime() > now.getTime() - seconds * 1000).length
  if (within(wrongPerDay.window, guard.dayFrom) >= wrongPerDay.max) return { ...guard, hourFrom: now, dayFrom: now, lockedUntil: new Date(now.getTime() + wrongPerDay.lock * 1000) }
  if (within(wrongPerHour.window, guard.hourFrom) >= wrongPerHour.max) return { ...guard, hourFrom: now, lockedUntil: new Date(now.getTime() + wrongPerHour.lock * 1000) }
  return undefined
}

/** Pure: takes one guess back, because it was right. */
export const withoutGuess = (guard: Guard, at: Date): Guard => {
  const position = guard.guesses.findIndex((guess) => guess.getTime() === at.getTime())
  return position < 0 ? guard : { ...guard, guesses: guard.guesses.toSpliced(position, 1) }
}

/** @returns the refusal that tells the person until when. */
export const personLocked = (until: Date, now: Date): Refusal => new Refusal('proof_locked', { sentence: 'person_locked', retryAfter: secondsUntil(until, now), facts: { until: until.toISOString() } })
