import type { Locale } from '#contract/people.ts'
import type { MemberRoles } from '#server/auth/permissions.ts'
import { createSetUp } from '#server/auth/set-up.ts'
import { sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { authenticatorNotices, contactNotices } from '#server/auth/notices.ts'
import { maskEmail, maskMobile, maskName } from '#server/masking/mask.ts'
import type { Masked } from '#contract/masked.ts'
import { administratorMails } from '#server/messages/administrators.ts'
import { enqueueNotices, type Notice } from '#server/messages/enqueue.ts'

// What members are told when somebody changes them, and the links that reach them.

type Partner = { id: string; account: string; name: string; timeZone: string }
/** As far as messages need a member. */
type Told = { id: string; login: string; email: string | null; mobile: string | null; emailVerified: boolean; mobileVerified: boolean; language: Locale }

/** A set-up link, and where it went. `url` is null where a mail carries it: then nobody but the member sees it. */
export type SentLink = { sentTo: Masked | null; url: string | null; expiresAt: Date }

/** Makes a member's link and mails it (OG-01 for the first password, OG-02 after a reset), or tells it once where there is no mail address.
 *  @param told.lifeSeconds how long it lives. @param told.by clear name of who did it. @param told.mails whether the installation sends mails. */
export async function sendSetUpLink(tx: Tx, now: Date, partner: Partner, member: Told, told: { kind: 'OG-01' | 'OG-02'; lifeSeconds: number; by: string; publicUrl: string; mails: boolean }): Promise<SentLink> {
  const email = told.mails ? member.email : null
  const url = `${told.publicUrl}/set-up#${await createSetUp(tx, now, partner.id, member.id, told.lifeSeconds, email !== null)}`
  const expiresAt = new Date(now.getTime() + told.lifeSeconds * 1000)
  const facts = { partner: partner.name, by: maskName(told.by), at: now, timeZone: partner.timeZone }
  const notices: Notice[] = []
  if (email !== null) {
    const to = { partnerId: partner.id, channel: 'email' as const, to: email, toMasked: maskEmail(email), locale: member.language }
    const link = { ...facts, account: partner.account, login: member.login, url, until: expiresAt }
    notices.push(told.kind === 'OG-01' ? { ...to, kind: 'OG-01', params: link } : { ...to, kind: 'OG-02', params: link })
  }
  if (told.kind === 'OG-02' && member.mobile !== null && member.mobileVerified) {
    notices.push({ partnerId: partner.id, channel: 'sms', kind: 'OG-02', to: member.mobile, toMasked: maskMobile(member.mobile), locale: member.language, params: { ...facts, account: partner.account, login: member.login, url: null, until: expiresAt } })
  }
  await enqueueNotices(tx, now, notices)
  return { sentTo: maskEmail(email), url: email === null ? url : null, expiresAt }
}

type Change = { what: 'rights' | 'disabled' | 'enabled'; given: MemberRoles; /** Clear name. */ by: string }
/** OG-03: the member reads that rights or the account changed, where its mail address is verified. */
export async function noteChange(tx: Tx, now: Date, partner: Partner, member: Told, told: Change): Promise<void> {
  if (member.email !== null && member.emailVerified) await enqueueNotices(tx, now, [rightsNotice(now, partner, { email: member.email, language: member.language }, told)])
}

const rightsNotice = (now: Date, partner: Pick<Partner, 'id' | 'name' | 'timeZone'>, { email, language }: { email: string; language: Locale }, { what, given, by }: Change): Notice => ({
  partnerId: partner.id, kind: 'OG-03', channel: 'email', to: email, toMasked: maskEmail(email), locale: language,
  params: { what, roles: given.roles, customRoles: given.customRoles.map(({ name }) => name), partner: partner.name, by: maskName(by), at: now, timeZone: partner.timeZone },
})

/** OG-03 to everybody who has a custom role, whose permissions were changed. @param by clear name of who did it. */
export async function noteRole(tx: Tx, now: Date, partner: Pick<Partner, 'id' | 'name' | 'timeZone'>, roleId: string, by: string): Promise<void> {
  const told = await tx.rows<{ email: string; language: Locale } & MemberRoles>(sql`
    select email, language, roles, member_custom_roles(partner_id, custom_role_ids) as "customRoles" from members
     where partner_id = ${partner.id}::uuid and ${roleId}::uuid = any(custom_role_ids) and state = 'ACTIVE' and email is not null and email_verified order by id`)
  await enqueueNotices(tx, now, told.map(({ email, language, ...given }) => rightsNotice(now, partner, { email, language }, { what: 'rights', given, by })))
}

/** PR-02: whoever is still reached at a contact that was verified hears that it was changed. @param before as it was. */
export async function noteContacts(tx: Tx, now: Date, partner: Partner, before: Told, changed: { mobile?: string | undefined; email?: string | undefined }): Promise<void> {
  const kinds = (['mobile', 'email'] as const).filter((kind) => changed[kind] !== undefined)
  await enqueueNotices(tx, now, kinds.flatMap((kind) => contactNotices(partner, before, kind, now)))
}

/** PR-09: the member reads, wherever it is reached, that somebody removed all its authenticators. @param by clear name of who did it. */
export const noteCleared = (tx: Tx, now: Date, partner: Pick<Partner, 'id' | 'timeZone'>, member: Omit<Told, 'id' | 'login'>, by: string): Promise<void> =>
  enqueueNotices(tx, now, authenticatorNotices(partner, member, { what: 'cleared', by }, now))

/** Ends the lock of a member's verification, counts wrong codes anew, and tells the member and the administrators (PR-05). @param by clear name of who did it.
 *  @returns whether there was a lock. */
export async function unlockVerification(tx: Tx, now: Date, partner: Pick<Partner, 'id' | 'timeZone'>, member: { id: string; name: string }, by: string): Promise<boolean> {
  const ended = await tx.run(sql`update verification_guards set locked_until = null, hour_from = ${now}::timestamptz, day_from = ${now}::timestamptz
    where partner_id = ${partner.id}::uuid and member_id = ${member.id}::uuid and locked_until > ${now}::timestamptz`)
  if (ended === 0) return false
  const recipients = await administratorMails(tx, partner.id, member.id)
  await enqueueNotices(tx, now, recipients.map(({ email, language }) => ({
    partnerId: partner.id, kind: 'PR-05', channel: 'email', to: email, toMasked: maskEmail(email), locale: language,
    params: { state: 'unlocked', person: maskName(member.name), by: maskName(by), at: now, timeZone: partner.timeZone },
  })))
  return true
}
