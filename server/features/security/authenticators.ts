import { randomUUID } from 'node:crypto'
import type { Parsed, Reply } from '#contract/endpoint.ts'
import type { addPasskey, addTotp, Authenticator, beginPasskey, beginTotp } from '#contract/security.ts'
import { writeLog } from '#server/audit/write.ts'
import type { Actor } from '#server/auth/actor.ts'
import { seal } from '#server/auth/seal.ts'
import type { Tx } from '#server/db/transaction.ts'
import type { Caller } from '#server/http/context.ts'
import type { Deps } from '#server/http/deps.ts'
import { Refusal } from '#server/http/refusal.ts'
import { authenticatorsPerPerson, passkeyLife, secretLife } from '#server/limits.ts'
import { enqueueNotices } from '#server/messages/enqueue.ts'
import { passkeysOf } from '#server/proofs/authenticators.ts'
import { keepChallenge, readChallenge, takeChallenge, voidChallenges } from '#server/proofs/challenges.ts'
import type { Way } from '#server/proofs/check.ts'
import { askForNewPasskey, relyingParty, verifyNewPasskey } from '#server/proofs/passkeys.ts'
import { newTotpSecret, totpStep, totpUri } from '#server/proofs/totp.ts'
import { authenticatorNotices } from '#server/auth/notices.ts'
import { insertAuthenticator, listOwn, presentAuthenticator, type NewAuthenticator } from './authenticators-store.ts'
import { authorOf, withWay } from './guess.ts'
import { refuseLocked } from './identity.ts'
import { findForm, lockPerson, takeForm, voidOpenings } from './store.ts'

/** `why` tells it from the other conflicts: only this one is cured by another identity check. */
export const gone = (): Refusal => new Refusal('conflict', { sentence: 'opening_gone', facts: { why: 'opening_gone' } })
const challengeGone = (): Refusal => new Refusal('code_expired', { sentence: 'challenge_gone' })
/** How apps and devices call the account: the name to sign in with, which is no personal data. */
const labelOf = ({ partner, member }: Actor): string => (member.login === '' ? partner.account : `${partner.account} / ${member.login}`)

/** Refuses where the form is not open, and where the person has as many as one may have. @returns until when the form is open. */
async function demandForm(tx: Tx, now: Date, actor: Actor): Promise<Date> {
  await refuseLocked(tx, now, actor)
  const form = await findForm(tx, now, actor, 'authenticator')
  if (!form) throw gone()
  if ((await listOwn(tx, actor)).length >= authenticatorsPerPerson) throw new Refusal('conflict', { sentence: 'authenticators_full', facts: { max: String(authenticatorsPerPerson) } })
  return form.openUntil
}

/** Refuses with invalid_input a name that the person has given already, however it is written. */
export async function refuseSameName(tx: Tx, actor: Actor, name: string, exceptId?: string): Promise<void> {
  const same = (await listOwn(tx, actor)).some((one) => one.id !== exceptId && one.name.toLowerCase() === name.toLowerCase())
  if (same) throw new Refusal('invalid_input', { fields: [{ path: 'name', code: 'name_taken', message: '' }] })
}

/** Makes the secret of an app and tells it, once. It waits, sealed, for its first code. Refuses with conflict where no form is open, or proof_locked. */
export const startTotp = ({ database }: Deps, _input: Parsed<typeof beginTotp>, { actor }: Caller): Promise<Reply<typeof beginTotp>> =>
  database.inTenant(actor.partner.id, async (tx, now) => {
    const openUntil = await demandForm(tx, now, actor)
    const secret = newTotpSecret()
    const expiresAt = new Date(Math.min(now.getTime() + secretLife * 1000, openUntil.getTime()))
    await keepChallenge(tx, actor, 'enrol:totp', secret, expiresAt)
    return { secret, uri: totpUri(secret, labelOf(actor)), expiresAt: expiresAt.toISOString() }
  })

/** Adds the app with its first code, which is taken with it. A wrong one counts like every wrong code.
 *  Refuses with conflict, invalid_input, code_wrong, code_expired, too_many_requests or proof_locked. */
export const finishTotp = (deps: Deps, { body: { name, code } }: Parsed<typeof addTotp>, caller: Caller): Promise<Authenticator> => {
  const { actor } = caller
  const first: Way<string, { secret: string; step: bigint }> = {
    async find(tx, now) {
      await demandForm(tx, now, actor)
      await refuseSameName(tx, actor, name)
      const secret = await readChallenge(tx, now, actor, 'enrol:totp')
      if (secret === undefined) throw challengeGone()
      return secret
    },
    async compare(_tx, now, secret) {
      const step = totpStep(secret, code, now)
      return step === undefined ? undefined : { secret, step }
    },
  }
  return withWay(deps, caller, 'authenticator', first, async (tx, now, { secret, step }) => {
    if (await takeChallenge(tx, now, actor, 'enrol:totp') !== secret) throw challengeGone()
    return await enrol(tx, now, caller, { kind: 'totp', name, sealedSecret: seal(secret), lastStep: step })
  })
}

/** What the browser needs to make a passkey. Refuses with conflict where no form is open or this console can have none, or proof_locked. */
export const startPasskey = ({ database, settings }: Deps, _input: Parsed<typeof beginPasskey>, { actor }: Caller): Promise<Reply<typeof beginPasskey>> =>
  database.inTenant(actor.partner.id, async (tx, now) => {
    const openUntil = await demandForm(tx, now, actor)
    const party = relyingParty(settings)
    if (!party) throw new Refusal('conflict', { sentence: 'passkey_host' })
    const options = await askForNewPasskey(party, { memberId: actor.member.id, name: labelOf(actor), passkeys: await passkeysOf(tx, actor) })
    await keepChallenge(tx, actor, 'enrol', options.challenge, new Date(Math.min(now.getTime() + passkeyLife * 1000, openUntil.getTime())))
    return { options }
  })

/** Adds the passkey that answered. Its challenge is used up, whatever comes of it. Refuses with conflict, invalid_input, code_expired or proof_locked. */
export async function finishPasskey({ database, settings }: Deps, { body: { name, attestation } }: Parsed<typeof addPasskey>, caller: Caller): Promise<Authenticator> {
  const { actor } = caller
  const challenge = await database.inTenant(actor.partner.id, async (tx, now) => {
    await demandForm(tx, now, actor)
    await refuseSameName(tx, actor, name)
    return await takeChallenge(tx, now, actor, 'enrol')
  })
  const party = relyingParty(settings)
  if (challenge === undefined || !party) throw challengeGone()
  const passkey = await verifyNewPasskey(party, challenge, attestation)
  if (!passkey) throw new Refusal('conflict', { sentence: 'passkey_refused' })
  return await database.inTenant(actor.partner.id, (tx, now) => enrol(tx, now, caller, { kind: 'passkey', name, ...passkey }))
}

/** One opening adds one authenticator, and ends what was opened or asked before it: by a message, that was enough only as long as there was none. */
async function enrol(tx: Tx, now: Date, { actor, request }: Caller, made: NewAuthenticator): Promise<Authenticator> {
  const contacts = await lockPerson(tx, actor)
  if (!contacts) throw new Refusal('not_signed_in')
  await demandForm(tx, now, actor)
  await refuseSameName(tx, actor, made.name)
  if (!await takeForm(tx, now, actor, 'authenticator')) throw gone()
  const row = await insertAuthenticator(tx, now, actor, randomUUID(), made)
  if (!row) throw new Refusal('conflict', { sentence: 'passkey_known' })
  await voidOpenings(tx, actor)
  await voidChallenges(tx, actor.partner.id, actor.member.id)
  await enqueueNotices(tx, now, authenticatorNotices(actor.partner, contacts, { what: 'added', kind: made.kind, name: made.name }, now))
  await writeLog(tx, now, authorOf(actor), request, [{ operation: 'profile.authenticator_added', objectKind: 'authenticator', objectNumber: row.id, details: { kind: made.kind, name: made.name } }])
  return presentAuthenticator(row)
}
