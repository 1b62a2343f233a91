import type { Parsed, Reply } from '#contract/endpoint.ts'
import type { ConfirmMethod } from '#contract/proofs.ts'
import type { askIdentityPasskey, checkIdentityCode, OwnChange, sendIdentityCode } from '#contract/security.ts'
import { writeLog } from '#server/audit/write.ts'
import type { Actor } from '#server/auth/actor.ts'
import { hasUnifiedId } from '#server/auth/identities.ts'
import { sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import type { Caller } from '#server/http/context.ts'
import type { Deps } from '#server/http/deps.ts'
import { Refusal } from '#server/http/refusal.ts'
import { openingLife, proofLife, sendsPerProof } from '#server/limits.ts'
import { takeLimit } from '#server/db/limit.ts'
import { askPasskeyFor, hasAuthenticator } from '#server/proofs/authenticators.ts'
import type { Way } from '#server/proofs/check.ts'
import { waysOf } from '#server/proofs/contacts.ts'
import { lockedUntil, personLocked } from '#server/proofs/guard.ts'
import { relyingParty } from '#server/proofs/passkeys.ts'
import { storeCode, type CodeOf } from '#server/proofs/public-codes.ts'
import { personKey, takeSlots, toOwnContact } from '#server/proofs/slots.ts'
import { deliver, makeCode, told } from './deliver.ts'
import { authorOf, withCode, withWay } from './guess.ts'
import { lockPerson, openForm } from './store.ts'

const memberOf = ({ partner, member }: Actor) => ({ partnerId: partner.id, memberId: member.id })
/** Whichever contact it went to: the newest code of this change in this sign-in is the one. */
const identityCode = (change: OwnChange, { sessionId, member }: Actor): CodeOf => ({ purpose: `identity:${change}`, subject: sessionId, destination: member.id })

/** Sends the code of step 1 to a current, verified contact of the person and nowhere else.
 *  Refuses with no_channel, proof_locked, sends_used_up, too_many_requests, send_failed, or conflict what a unified ID manages. */
export async function sendIdentity(deps: Deps, { body: { change, channel } }: Parsed<typeof sendIdentityCode>, caller: Caller): Promise<Reply<typeof sendIdentityCode>> {
  const { actor, request } = caller
  const member = memberOf(actor)
  const prepared = await deps.database.inTenant(member.partnerId, async (tx, now) => {
    await refuseLocked(tx, now, actor)
    await refuseUnified(tx, actor, change)
    const { all, authenticators, language } = await waysOf(tx, actor)
    if (change === 'authenticator' && authenticators.length > 0) throw opensByAuthenticator()
    const contact = all.find((candidate) => candidate.channel === channel)
    if (!contact || !deps.channels[channel]) throw noContact(actor)
    if (await takeLimit(tx, now, 'send.identity', `${actor.sessionId}:${change}`, proofLife, sendsPerProof)) throw new Refusal('sends_used_up')
    await takeSlots(tx, now, toOwnContact({ ...deps, ...deps.settings }, member, contact.address))
    const made = makeCode(deps, now)
    await storeCode(tx, now, deps.secrets, identityCode(change, actor), made)
    await tx.run(sql`update members set last_channel = ${channel} where partner_id = ${member.partnerId} and id = ${member.memberId}`)
    await writeLog(tx, now, authorOf(actor), request, [{ operation: 'profile.identity_code', objectKind: 'member', confirmedBy: channel, details: { changed: change, destination: contact.masked, reference: made.reference } }])
    return { contact, language, made, now }
  })
  const { contact, language, made, now } = prepared
  try {
    await deliver(deps, { channel, address: contact.address, purpose: change, locale: language, timeZone: actor.partner.timeZone, made, now })
  } catch {
    await freeWait(deps, member, 'send.wait.person')
    throw new Refusal('send_failed')
  }
  return { channel, sentTo: contact.masked, ...told(made, now) }
}

/** Opens the form of one change, in this sign-in, for ten minutes, by the code of a message. Refuses with code_wrong, code_expired, proof_locked, no_channel, or conflict what a unified ID manages. */
export const checkIdentity = (deps: Deps, { body: { change, code } }: Parsed<typeof checkIdentityCode>, caller: Caller): Promise<Opened> =>
  withCode(deps, caller, code, async (tx) => {
    await refuseUnified(tx, caller.actor, change)
    return identityCode(change, caller.actor)
  }, async (tx, now) => {
    const [person] = await tx.rows<{ channel: ConfirmMethod | null }>(sql`select last_channel as channel from members where partner_id = ${caller.actor.partner.id} and id = ${caller.actor.member.id}`)
    return await open(tx, now, caller, change, person?.channel === 'sms' || person?.channel === 'email' ? person.channel : 'none')
  })

/** The same by an authenticator. Refuses with code_wrong, code_expired, too_many_requests, proof_locked or no_channel. */
export const checkIdentityBy = <Found>(deps: Deps, caller: Caller, change: OwnChange, way: Way<Found>): Promise<Opened> =>
  withWay(deps, caller, change, {
    // What is refused whatever the code is refused before it: else the answer would tell a right one, without using it up.
    async find(tx, now) {
      await refuseUnified(tx, caller.actor, change)
      return await way.find(tx, now)
    },
    compare: (tx, now, found) => way.compare(tx, now, found),
  }, async (tx, now, by) => {
    const { partner, member } = caller.actor
    await tx.run(sql`update members set last_channel = ${by} where partner_id = ${partner.id} and id = ${member.id} and last_channel is distinct from ${by}::text`)
    return await open(tx, now, caller, change, by)
  })

/** A challenge for a passkey, for this change in this sign-in. Refuses with no_channel or proof_locked. */
export const askIdentity = ({ database, settings }: Deps, { body: { change } }: Parsed<typeof askIdentityPasskey>, { actor }: Caller): Promise<Reply<typeof askIdentityPasskey>> =>
  database.inTenant(actor.partner.id, async (tx, now) => {
    await refuseLocked(tx, now, actor)
    await refuseUnified(tx, actor, change)
    return { options: await askPasskeyFor(tx, now, actor, relyingParty(settings), `identity:${change}`) }
  })

type Opened = Reply<typeof checkIdentityCode>
/** Locks the person: an authenticator that is added this moment makes a message too weak for the next one. */
async function open(tx: Tx, now: Date, { actor, request }: Caller, change: OwnChange, by: ConfirmMethod | 'none'): Promise<Opened> {
  if (!await lockPerson(tx, actor)) throw new Refusal('not_signed_in')
  await refuseUnified(tx, actor, change)
  if (change === 'authenticator' && by !== 'totp' && by !== 'passkey' && await hasAuthenticator(tx, actor)) throw opensByAuthenticator()
  const openUntil = new Date(now.getTime() + openingLife * 1000)
  await openForm(tx, actor, change, openUntil)
  await writeLog(tx, now, authorOf(actor), request, [{ operation: 'profile.opened', objectKind: 'member', confirmedBy: by, details: { changed: change } }])
  return { openUntil: openUntil.toISOString() }
}

/** Contacts and password of a unified ID are changed where that is managed; authenticators are this product's own. */
async function refuseUnified(tx: Tx, { partner, member }: Actor, change: OwnChange): Promise<void> {
  if (change !== 'authenticator' && await hasUnifiedId(tx, { partnerId: partner.id, memberId: member.id })) throw new Refusal('conflict', { sentence: 'managed_by_unified' })
}

/** Else an authenticator would be no stronger than the message that takes it away. */
const opensByAuthenticator = (): Refusal => new Refusal('no_channel', { sentence: 'opens_by_authenticator' })

/** Whoever has no contact left is told who can help: a member's administrator, or the ecosystem manager of the master account. */
const noContact = ({ member }: Actor): Refusal => new Refusal('no_channel', member.login === '' ? { sentence: 'no_contact_master' } : {})

/** Refuses with proof_locked while the person's verification is locked. */
export async function refuseLocked(tx: Tx, now: Date, { partner, member }: Actor): Promise<void> {
  const locked = await lockedUntil(tx, now, partner.id, member.id)
  if (locked) throw personLocked(locked, now)
}

/** A send that failed counts; only the wait does not, so that the person may try another way at once. */
export async function freeWait({ database }: Deps, member: { partnerId: string; memberId: string }, name: 'send.wait.person' | 'send.wait.contact'): Promise<void> {
  await database.inGlobal((tx) => tx.run(sql`delete from limits where name = ${name} and subject = ${personKey(member)}`))
}
