import type { OwnChange } from '#contract/security.ts'
import type { Actor } from '#server/auth/actor.ts'
import type { Contacts, Kind } from '#server/auth/notices.ts'
import { sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'

/** Locks the person's row: of two changes by one person the second waits. @returns undefined when the sign-in has ended meanwhile. */
export async function lockPerson(tx: Tx, { partner, member, sessionId }: Actor): Promise<Contacts | undefined> {
  const [contacts] = await tx.rows<Contacts>(sql`select mobile, email, mobile_verified as "mobileVerified", email_verified as "emailVerified", language from members where partner_id = ${partner.id} and id = ${member.id} for no key update`)
  const signedIn = await tx.rows(sql`select 1 from sessions where id = ${sessionId}`)
  return signedIn.length === 0 ? undefined : contacts
}

/** Opens the form of one change in one sign-in. */
export async function openForm(tx: Tx, { partner, member, sessionId }: Actor, change: OwnChange, openUntil: Date): Promise<void> {
  await tx.run(sql`insert into openings (partner_id, member_id, session_id, change, open_until) values (${partner.id}, ${member.id}, ${sessionId}, ${change}, ${openUntil})
    on conflict (partner_id, member_id, session_id, change) do update set open_until = excluded.open_until, sealed_value = null`)
}

type Opening = { openUntil: Date; sealedValue: Uint8Array | null }
/** @returns the form of this change, if it is open in this sign-in. */
export async function findForm(tx: Tx, now: Date, { partner, member, sessionId }: Actor, change: OwnChange): Promise<Opening | undefined> {
  const [opening] = await tx.rows<Opening>(sql`select open_until as "openUntil", sealed_value as "sealedValue" from openings
    where partner_id = ${partner.id} and member_id = ${member.id} and session_id = ${sessionId} and change = ${change} and open_until > ${now}`)
  return opening
}

/** Keeps the new contact until its code comes. @param sealed what `seal` returned. */
export async function keepValue(tx: Tx, { partner, member, sessionId }: Actor, change: Kind, sealed: Uint8Array): Promise<void> {
  await tx.run(sql`update openings set sealed_value = ${sealed} where partner_id = ${partner.id} and member_id = ${member.id} and session_id = ${sessionId} and change = ${change}`)
}

/** Uses a form up. @returns whether it was open: of many requests one gets it. */
export async function takeForm(tx: Tx, now: Date, { partner, member, sessionId }: Actor, change: OwnChange): Promise<boolean> {
  const used = await tx.run(sql`delete from openings where partner_id = ${partner.id} and member_id = ${member.id} and session_id = ${sessionId} and change = ${change} and open_until > ${now}`)
  return used > 0
}

/** Ends whatever forms the person opened, in any sign-in. */
export async function voidOpenings(tx: Tx, { partner, member }: Actor): Promise<void> {
  await tx.run(sql`delete from openings where partner_id = ${partner.id} and member_id = ${member.id}`)
}

/** @returns whether another member of the partner has this contact. */
export async function isContactTaken(tx: Tx, { partner, member }: Actor, change: Kind, value: string): Promise<boolean> {
  const column = change === 'mobile' ? sql`mobile` : sql`email`
  return (await tx.rows(sql`select 1 from members where partner_id = ${partner.id} and id <> ${member.id} and ${column} = ${value} limit 1`)).length > 0
}

/** Two members who take one contact queue at the partner's row. */
export async function lockPartner(tx: Tx, partnerId: string): Promise<void> {
  await tx.rows(sql`select 1 from partners where id = ${partnerId} for no key update`)
}

/** Sets the contact, proven by a code. @param before what it replaces. @returns whether it still was that. */
export async function setContact(tx: Tx, { partner, member }: Actor, change: Kind, before: string | null, value: string): Promise<boolean> {
  const [column, verified] = change === 'mobile' ? [sql`mobile`, sql`mobile_verified`] : [sql`email`, sql`email_verified`]
  const changed = await tx.run(sql`update members set ${column} = ${value}, ${verified} = true where partner_id = ${partner.id} and id = ${member.id} and ${column} is not distinct from ${before}::text`)
  return changed > 0
}

/** Whatever waited for a confirmation by this person, in any sign-in: forms, proofs, and links to a new password. */
export async function voidWaiting(tx: Tx, partnerId: string, memberId: string): Promise<void> {
  await tx.run(sql`delete from openings where partner_id = ${partnerId} and member_id = ${memberId}`)
  await tx.run(sql`update proofs set state = 'void', code_mac = null where partner_id = ${partnerId} and member_id = ${memberId} and state in ('open','passed')`)
  await tx.run(sql`delete from set_ups where partner_id = ${partnerId} and member_id = ${memberId}`)
}

export async function readPasswordHash(tx: Tx, partnerId: string, memberId: string): Promise<string | undefined> {
  const [row] = await tx.rows<{ hash: string }>(sql`select password_hash as hash from logins where partner_id = ${partnerId} and member_id = ${memberId}`)
  return row?.hash
}

export async function setPasswordHash(tx: Tx, now: Date, partnerId: string, memberId: string, hash: string): Promise<void> {
  await tx.run(sql`update logins set password_hash = ${hash}, password_set_at = ${now}::timestamptz where partner_id = ${partnerId} and member_id = ${memberId}`)
  await tx.run(sql`update members set awaits_password = false where partner_id = ${partnerId} and id = ${memberId} and awaits_password`)
}

/** @returns whether the database knows this zone too: it computes days in it. */
export async function isZoneOfDatabase(tx: Tx, timeZone: string): Promise<boolean> {
  return await tx.savepoint(() => tx.rows(sql`select now() at time zone ${timeZone}`)).then(() => true, () => false)
}
