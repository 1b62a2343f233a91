import { createHmac } from 'node:crypto'
import { guessesPerProof } from '#server/limits.ts'
import { isSameMac } from '#server/proofs/digest.ts'
import { keyedHash, type Secrets } from '#server/auth/secrets.ts'
import { sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { Refusal } from '#server/http/refusal.ts'
import type { InvitePurpose } from '#server/messages/invite-code.ts'

type Keys = Pick<Secrets, 'code'>
/** What a code is for: one purpose behind one link, sent to one number. A code of another opens nothing here. */
export type CodeOf = { purpose: InvitePurpose; tokenHash: string; /** E.164 */ mobile: string }
/** A guess that was counted. */
export type Guess = { mac: string; guesses: number }

const macOf = (secrets: Keys, { purpose, tokenHash, mobile }: CodeOf, code: string): string =>
  `${secrets.code.id}:${createHmac('sha256', secrets.code.key).update(`invite\n${purpose}\n${tokenHash}\n${mobile}\n${code}`).digest('base64url')}`
const placeOf = (secrets: Keys, { purpose, tokenHash, mobile }: CodeOf) => sql`purpose = ${purpose} and subject = ${tokenHash} and destination_hash = ${keyedHash(secrets, mobile)}`

/** Keeps a new code as a keyed hash; an earlier one for the same is void. */
export async function storeCode(tx: Tx, now: Date, secrets: Keys, of: CodeOf, { code, reference, expiresAt }: { code: string; reference: string; expiresAt: Date }): Promise<void> {
  await tx.run(sql`insert into public_codes (purpose, subject, destination_hash, code_mac, reference, guesses, sent_at, expires_at)
    values (${of.purpose}, ${of.tokenHash}, ${keyedHash(secrets, of.mobile)}, ${macOf(secrets, of, code)}, ${reference}, 0, ${now}::timestamptz, ${expiresAt}::timestamptz)
    on conflict (purpose, subject, destination_hash) do update set code_mac = excluded.code_mac, reference = excluded.reference, guesses = 0, sent_at = excluded.sent_at, expires_at = excluded.expires_at`)
}

/** Counts a guess. To be committed before it is compared, so that parallel guesses are not free. Refuses with code_expired where no guess is left. */
export async function takeGuess(tx: Tx, now: Date, secrets: Keys, of: CodeOf): Promise<Guess> {
  const [guess] = await tx.rows<Guess>(sql`update public_codes set guesses = guesses + 1 where ${placeOf(secrets, of)} and guesses < ${guessesPerProof}::int and expires_at > ${now}::timestamptz returning code_mac as mac, guesses`)
  if (guess) return guess
  const [row] = await tx.rows<{ usedUp: boolean }>(sql`select guesses >= ${guessesPerProof}::int as "usedUp" from public_codes where ${placeOf(secrets, of)} and expires_at > ${now}::timestamptz`)
  throw new Refusal('code_expired', { ...(row?.usedUp && { sentence: 'code_used_up' }), attemptsLeft: 0 })
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
}
