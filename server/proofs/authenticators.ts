import type { AuthenticatorKind } from '#contract/proofs.ts'
import type { PasskeyAssertion, PasskeyOptions } from '#contract/passkeys.ts'
import type { Actor } from '#server/auth/actor.ts'
import { openIfOurs } from '#server/auth/seal.ts'
import { sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { Refusal } from '#server/http/refusal.ts'
import { passkeyLife } from '#server/limits.ts'
import { keepChallenge, takeChallenge, type Purpose } from './challenges.ts'
import type { Way } from './check.ts'
import { askForPasskey, verifyPasskey, type Passkey, type RelyingParty } from './passkeys.ts'
import { totpStep } from './totp.ts'

const ownedBy = ({ partner, member }: Actor) => sql`partner_id = ${partner.id} and member_id = ${member.id}`

/** @returns whether the person has an authenticator, of this kind or of any. */
export const hasAuthenticator = async (tx: Tx, actor: Actor, kind?: AuthenticatorKind): Promise<boolean> =>
  (await tx.rows(sql`select 1 from authenticators where ${ownedBy(actor)} and kind = coalesce(${kind ?? null}::text, kind) limit 1`)).length > 0

/** @returns the person's passkeys, the oldest first. */
export const passkeysOf = (tx: Tx, actor: Actor): Promise<Passkey[]> => tx.rows<Passkey>(sql`
  select id, credential_id as "credentialId", public_key as "publicKey", counter, transports from authenticators where ${ownedBy(actor)} and kind = 'passkey' order by created_at, id`)

const none = (): Refusal => new Refusal('no_channel', { sentence: 'no_authenticator' })

/** The six digits of one of the person's apps. Refuses with no_channel where there is none. */
export const byTotp = (actor: Actor, code: string): Way<void> => ({
  async find(tx) {
    if (!await hasAuthenticator(tx, actor, 'totp')) throw none()
  },
  compare: async (tx, now) => (await takeTotp(tx, now, actor, code) ? 'totp' : undefined),
})

/** Takes the time step of a code. @returns whether it was one of the person's, and the first with it: the conditional update lets one of many through. */
async function takeTotp(tx: Tx, now: Date, actor: Actor, code: string): Promise<boolean> {
  const apps = await tx.rows<{ id: string; sealed: Uint8Array }>(sql`select id, sealed_secret as sealed from authenticators where ${ownedBy(actor)} and kind = 'totp' order by created_at, id`)
  for (const { id, sealed } of apps) {
    const secret = openIfOurs(sealed)
    const step = secret === undefined ? undefined : totpStep(secret, code, now)
    if (step === undefined) continue
    // oxlint-disable-next-line no-await-in-loop -- at most ten, and the first that fits is the last
    const taken = await tx.run(sql`update authenticators set last_step = ${step}::bigint, last_used_at = ${now}::timestamptz where ${ownedBy(actor)} and id = ${id} and last_step < ${step}::bigint`)
    if (taken > 0) return true
  }
  return false
}

/** Asks for a passkey of the person: the challenge is good once, for this purpose in this sign-in. Refuses with no_channel where there is none, or where this console can have none. */
export async function askPasskeyFor(tx: Tx, now: Date, actor: Actor, party: RelyingParty | undefined, purpose: Purpose): Promise<PasskeyOptions> {
  const passkeys = await passkeysOf(tx, actor)
  if (passkeys.length === 0) throw none()
  if (!party) throw new Refusal('no_channel', { sentence: 'passkey_host' })
  const options = await askForPasskey(party, passkeys)
  await keepChallenge(tx, actor, purpose, options.challenge, new Date(now.getTime() + passkeyLife * 1000))
  return options
}

/** A signature of one of the person's passkeys. The challenge is used up with the guess. Refuses with code_expired without one that lives. */
export const byPasskey = (actor: Actor, party: RelyingParty | undefined, purpose: Purpose, assertion: PasskeyAssertion): Way<string> => ({
  async find(tx, now) {
    const challenge = await takeChallenge(tx, now, actor, purpose)
    if (challenge === undefined) throw new Refusal('code_expired', { sentence: 'challenge_gone' })
    return challenge
  },
  async compare(tx, now, challenge) {
    const passkey = (await passkeysOf(tx, actor)).find(({ credentialId }) => credentialId === assertion.id)
    const counter = passkey && party ? await verifyPasskey(party, challenge, passkey, actor.member.id, assertion) : undefined
    if (!passkey || counter === undefined) return undefined
    // A copy of the device counts on its own: a counter that does not grow is the sign of one. Devices without a counter stay at 0.
    const used = await tx.run(sql`update authenticators set counter = ${counter}::bigint, last_used_at = ${now}::timestamptz
      where ${ownedBy(actor)} and id = ${passkey.id} and (counter < ${counter}::bigint or counter = 0 and ${counter}::bigint = 0)`)
    return used > 0 ? 'passkey' : undefined
  },
})
