import type { InviteView } from '#contract/acceptance.ts'
import type { AssociationType } from '#contract/customers.ts'
import type { InviteCause } from '#contract/invites.ts'

/** What a link offers, as far as rules ask. */
export type Offer = {
  via: 'mail' | 'link'; associationType: AssociationType
  /** Revoked, replaced by a newer one, or used. */
  isOver: boolean
  /** End of a mail invitation. */
  expiresAt: Date | null
  /** Of an activity link. */
  startsAt: Date | null; endsAt: Date | null
  /** The reported number of a mail invitation, E.164. */
  mobile: string | null
  partner: { isBlocked: boolean; mayResell: boolean; /** A reseller's distributor left the program: its mails count no more. */ distributorLeft: boolean }
}
/** The account that is to be associated. */
export type Candidate = { mobile: string | null; registeredAt: Date; facts: readonly string[]; isAssociated: boolean }
/** What is known of the candidate's number. */
export type Standing = { isReportedByOther: boolean; isReportedByThis: boolean; /** Accounts registered before are old. */ oldBefore: Date }

/** @returns what somebody who follows the link finds. An instant of an end is over. */
export function stateOf({ via, isOver, expiresAt, startsAt, endsAt, partner }: Offer, now: Date): InviteView['state'] {
  if (isOver) return 'invalid'
  if (expiresAt !== null && expiresAt <= now) return 'expired'
  if (endsAt !== null && endsAt <= now) return 'ended'
  if (startsAt !== null && startsAt > now) return 'not_started'
  return partner.isBlocked || (via === 'mail' && partner.distributorLeft) ? 'partner_blocked' : 'open'
}

const never = ['IS_PARTNER', 'VENDOR_INTERNAL', 'CONSUMER_CLOUD', 'REPORTED_BY_VENDOR', 'REWARD_PROGRAM'] as const
const notForResale = ['CREDIT_ACCOUNT', 'ENTERPRISE_MEMBERS', 'RESERVED_INSTANCES', 'SERVICE_CONTRACT'] as const

/** Decides whether an account may become the partner's customer. Whose number it is comes first, so that nothing is told of somebody who was not invited;
 *  then what lies with the partner; then what can never be; last what the customer can put right. @returns the cause that is in the way; null: none. */
export function causeOf(offer: Offer, candidate: Candidate, { isReportedByOther, isReportedByThis, oldBefore }: Standing, now: Date): InviteCause | null {
  const { via, associationType, partner } = offer
  const has = (fact: string) => candidate.facts.includes(fact)
  const isResale = associationType === 'RESALE'
  const causes: [boolean, InviteCause][] = [
    [via === 'mail' && candidate.mobile !== offer.mobile, 'PHONE_DIFFERS'],
    [isResale && !partner.mayResell, 'NO_RESALE'], [partner.isBlocked, 'PARTNER_BLOCKED'], [via === 'mail' && partner.distributorLeft, 'DISTRIBUTOR_LEFT'],
    [offer.endsAt !== null && offer.endsAt <= now, 'ACTIVITY_ENDED'],
    ...never.map((fact): [boolean, InviteCause] => [has(fact), fact]),
    [isReportedByOther, 'REPORTED_BY_OTHER'], [candidate.isAssociated, 'ALREADY_ASSOCIATED'],
    [!isReportedByThis && (candidate.registeredAt < oldBefore || has('CASH_SPEND')), 'ACCOUNT_TOO_OLD'],
    [has('UNPAID_BILLS'), 'UNPAID_BILLS'],
    ...notForResale.map((fact): [boolean, InviteCause] => [isResale && has(fact), fact]),
    [has('SPECIAL_CONTRACT'), 'SPECIAL_CONTRACT'],
  ]
  return causes.find(([holds]) => holds)?.[1] ?? null
}
