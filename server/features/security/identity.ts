import type { Parsed, Reply } from '#contract/endpoint.ts'
import type { checkIdentityCode, OwnChange, sendIdentityCode } from '#contract/security.ts'
import { writeLog } from '#server/audit/write.ts'
import type { Actor } from '#server/auth/actor.ts'
import { sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import type { Caller } from '#server/http/context.ts'
import type { Deps } from '#server/http/deps.ts'
import { Refusal } from '#server/http/refusal.ts'
import { openingLife, proofLife, sendsPerProof } from '#server/limits.ts'
import { takeLimit } from '#server/db/limit.ts'
import { verifiedContacts } from '#server/proofs/contacts.ts'
import { lockedUntil, personLocked } from '#server/proofs/guard.ts'
import { storeCode, type CodeOf } from '#server/proofs/public-codes.ts'
import { personKey, takeSlots, toOwnContact } from '#server/proofs/slots.ts'
import { deliver, makeCode, told } from './deliver.ts'
import { authorOf, withCode } from './guess.ts'
import { openForm } from './store.ts'

const memberOf = ({ partner, member }: Actor) => ({ partnerId: partner.id, memberId: member.id })
/** Whichever contact it went to: the newest code of this change in this sign-in is the one. */
const identityCode = (change: OwnChange, { sessionId, member }: Actor): CodeOf => ({ purpose: `identity:${change}`, subject: sessionId, destination: member.id })

/** Sends the code of step 1 to a current, verified contact of the person and nowhere else.
 *  Refuses with no_channel, proof_locked, sends_used_up, too_many_requests or send_failed. */
export async function sendIdentity(deps: Deps, { body: { change, channel } }: Parsed<typeof sendIdentityCode>, caller: Caller): Promise<Reply<typeof sendIdentityCode>> {
  const { actor, request } = caller
  const member = memberOf(actor)
  const prepared = await deps.database.inTenant(member.partnerId, async (tx, now) => {
    await refuseLocked(tx, now, actor)
    const { all, language } = await verifiedContacts(tx, actor)
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

/** Opens the form of one change, in this sign-in, for ten minutes. Refuses with code_wrong, code_expired or proof_locked. */
export async function checkIdentity(deps: Deps, { body: { change, code } }: Parsed<typeof checkIdentityCode>, caller: Caller): Promise<Reply<typeof checkIdentityCode>> {
  const { actor, request } = caller
  return await withCode(deps, caller, code, async () => identityCode(change, actor), async (tx, now) => {
    const openUntil = new Date(now.getTime() + openingLife * 1000)
    await openForm(tx, actor, change, openUntil)
    const [person] = await tx.rows<{ channel: 'sms' | 'email' | null }>(sql`select last_channel as channel from members where partner_id = ${actor.partner.id} and id = ${actor.member.id}`)
    await writeLog(tx, now, authorOf(actor), request, [{ operation: 'profile.opened', objectKind: 'member', confirmedBy: person?.channel ?? 'none', details: { changed: change } }])
    return { openUntil: openUntil.toISOString() }
  })
}

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
