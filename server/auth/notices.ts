import type { Locale } from '#contract/people.ts'
import type { AuthenticatorKind } from '#contract/proofs.ts'
import { maskEmail, maskMobile, maskName } from '#server/masking/mask.ts'
import type { Notice } from '#server/messages/enqueue.ts'

/** A member's contacts, as they are kept: E.164 and lower case. */
export type Contacts = { mobile: string | null; email: string | null; mobileVerified: boolean; emailVerified: boolean; language: Locale }
export type Kind = 'mobile' | 'email'

type Partner = { id: string; timeZone: string }
type Address = { channel: 'sms' | 'email'; to: string; toMasked: string }
const sms = (to: string): Address => ({ channel: 'sms', to, toMasked: maskMobile(to) })
const mail = (to: string): Address => ({ channel: 'email', to, toMasked: maskEmail(to) })

/** @returns the verified contacts, SMS first. */
const addresses = ({ mobile, email, mobileVerified, emailVerified }: Contacts): Address[] =>
  [...(mobile !== null && mobileVerified ? [sms(mobile)] : []), ...(email !== null && emailVerified ? [mail(email)] : [])]

/** That a contact was changed (PR-02), to the contact that was: whoever took the account over does not read that one. Where there was none of this kind,
 *  the other one is told. Leaves at once, also at night. @param before the contacts before the change. */
export function contactNotices(partner: Partner, before: Contacts, what: Kind, now: Date): Notice[] {
  const known = addresses(before)
  const told = known.find(({ channel }) => channel === (what === 'mobile' ? 'sms' : 'email')) ?? known[0]
  return told ? [{ partnerId: partner.id, kind: 'PR-02', ...told, locale: before.language, params: { what, at: now, timeZone: partner.timeZone } }] : []
}

/** That the password was changed, reset or replaced by a unified ID (PR-03), to every contact. */
export const passwordNotices = (partner: Partner, contacts: Contacts, how: 'changed' | 'reset' | 'unified', now: Date): Notice[] =>
  addresses(contacts).map((told) => ({ partnerId: partner.id, kind: 'PR-03', ...told, locale: contacts.language, params: { how, at: now, timeZone: partner.timeZone } }))

/** That an authenticator was added or removed, or that somebody removed all of them (PR-09), to every contact. @param told.name what the person calls it. @param told.by clear name. */
export const authenticatorNotices = (partner: Partner, contacts: Contacts, told: { what: 'added' | 'removed'; kind: AuthenticatorKind; name: string } | { what: 'cleared'; by: string }, now: Date): Notice[] => {
  const params = { ...(told.what === 'cleared' ? { ...told, by: maskName(told.by) } : told), at: now, timeZone: partner.timeZone }
  return addresses(contacts).map((to) => ({ partnerId: partner.id, kind: 'PR-09', ...to, locale: contacts.language, params }))
}
