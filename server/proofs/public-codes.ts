import { createHmac } from 'node:crypto'
import type { OwnChange } from '#contract/security.ts'
import { guessesPerProof, proofLife, wrongPerDay } from '#server/limits.ts'
import { keyedHash, type Secrets } from '#server/auth/secrets.ts'
import { secondsUntil, takeLimit } from '#server/db/limit.ts'
import { list, sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { Refusal } from '#server/http/refusal.ts'
import type { InvitePurpose } from '#server/messages/invite-code.ts'
import { isSameMac } from './digest.ts'

// Codes outside the proof: behind an invitation, for a change of one's own contact or password, for a forgotten password.

type Keys = Pick<Secrets, 'code'>
/** What a code is for: one purpose, one subject (a link, a session, a sign-in name) and one destination. A code of another opens nothing here. */
export type CodeOf = {
  purpose: InvitePurpose | `identity:${OwnChange}` | `contact:${'mobile' | 'email'}` | 'reset'
  /** Hash of a link's token, id of a session, or keyed hash of account and login. */
  subject: string
  /** As it is normalised, e.g. E.164; or who is meant, where one code counts whatever way it went. */
  destination: string
  /** What must not have changed between sending and handing in. */
  bound?: string
}
/** A guess that was counted. */
export type Guess = { mac: string; guesses: number }

const macOf = (secrets: Keys, { purpose, subject, destination, bound = '' }: CodeOf, code: string): string =>
  `${secrets.code.id}:${createHmac('sha256', secrets.code.key).update(`code\n${purpose}\n${subject}\n${destination}\n${bound}\n${code}`).digest('base64url')}`
const placeOf = (secrets: Keys, { purpose, subject, destination }: CodeOf) => sql`purpose = ${purpose} and subject = ${subject} and destination_hash = ${keyedHash(secrets, destination)}`

// Guesses belong to the flow and not to the code: a new code refills nothing. Five in half an hour, and by the day as many as a signed-in person has.
const flowOf = (secrets: Keys, { purpose, subject, destination }: CodeOf): string => keyedHash(secrets, `${purpose}\n${subject}\n${destination}`)
const flowLimits = [{ name: 'code.guess', window: proofLife, max: guessesPerProof }, { name: 'code.guess.day', window: wrongPerDay.window, max: wrongPerDay.max }] as const
const tellUntil = (until: Date) => ({ sentence: 'guesses_used_up', facts: { until: until.toISOString() } })

/** Keeps a new code as a keyed hash; an earlier one for the same is void. Refuses with too_many_requests where no guess is left for it. */
export async function storeCode(tx: Tx, now: Date, secrets: Keys, of: CodeOf, { code, reference, expiresAt }: { code: string; reference: string; expiresAt: Date }): Promise<void> {
  for (const { name, window, max } of flowLimits) {
    // oxlint-disable-next-line no-await-in-loop -- two, in one transaction with one connection
    const [full] = await tx.rows<{ at: Date | null }>(sql`select (array_agg(t order by t desc))[${max}::int] as at from limits l, unnest(l.taken) t
      where l.name = ${name} and l.subject = ${flowOf(secrets, of)} and t > ${new Date(now.getTime() - window * 1000)}::timestamptz`)
    if (full?.at) {
      const until = new Date(full.at.getTime() + window * 1000)
      throw new Refusal('too_many_requests', { ...tellUntil(until), retryAfter: secondsUntil(until, now) })
    }
  }
  await tx.run(sql`insert into public_codes (purpose, subject, destination_hash, code_mac, reference, guesses, sent_at, expires_at)
    values (${of.purpose}, ${of.subject}, ${keyedHash(secrets, of.destination)}, ${macOf(secrets, of, code)}, ${reference}, 0, ${now}::timestamptz, ${expiresAt}::timestamptz)
    on conflict (purpose, subject, destination_hash) do update set code_mac = excluded.code_mac, reference = excluded.reference, guesses = 0, sent_at = excluded.sent_at, expires_at = excluded.expires_at`)
}

/** Counts a guess. To be committed before it is compared, so that parallel guesses are not free. Refuses with code_expired where no guess is left. */
export async function takeGuess(tx: Tx, now: Date, secrets: Keys, of: CodeOf): Promise<Guess> {
  const [guess] = await tx.rows<{ mac: string }>(sql`update public_codes set guesses = least(guesses + 1, ${guessesPerProof}::int) where ${placeOf(secrets, of)} and expires_at > ${now}::timestamptz returning code_mac as mac`)
  for (const { name, window, max } of flowLimits) {
    // oxlint-disable-next-line no-await-in-loop -- two, in one transaction with one connection
    const until = guess && await takeLimit(tx, now, name, flowOf(secrets, of), window, max)
    if (until) throw new Refusal('code_expired', { ...tellUntil(until), attemptsLeft: 0 })
  }
  if (!guess) throw new Refusal('code_expired', { attemptsLeft: 0 })
  const [counted] = await tx.rows<{ guesses: number }>(sql`select cardinality(taken)::int as guesses from limits where name = 'code.guess' and subject = ${flowOf(secrets, of)}`)
  return { mac: guess.mac, guesses: counted?.guesses ?? guessesPerProof }
}

/** @returns undefined for the right code, else the refusal that says how many guesses are left. */
export function compareCode(secrets: Keys, of: CodeOf, guess: Guess, code: string): Refusal | undefined {
  if (isSameMac(guess.mac, macOf(secrets, of, code))) return undefined
  const left = guessesPerProof - guess.guesses
  return new Refusal('code_wrong', { attemptsLeft: left, facts: { attemptsLeft: String(left) } })
}

/** Uses a code that was compared: once, also of many who hold the right one. Refuses with code_expired. */
export async function spendCode(tx: Tx, secrets: Keys, of: CodeOf, guess: Guess): Promise<void> {
  const spent = await tx.run(sql`delete from public_codes where ${placeOf(secrets, of)} and code_mac = ${guess.mac}`)
  if (spent === 0) throw new Refusal('code_expired')
  await tx.run(sql`delete from limits where name = 'code.guess' and subject = ${flowOf(secrets, of)}`)
}

/** Voids every code of a subject, whatever it is for. */
export async function voidCodes(tx: Tx, subjects: readonly string[]): Promise<void> {
  await tx.run(sql`delete from public_codes where subject = any(${list(subjects)}::text[])`)
}
