import type { ReportCause, ReviewCause } from '#contract/prospects.ts'

/** An account at the vendor with the reported number. */
export type KnownAccount = { isAssociated: boolean; facts: readonly string[]; registeredAt: Date }
/** What is known of a number besides its accounts. */
export type Standing = { /** Who has it reserved. */ holder: 'nobody' | 'own' | 'other'; /** Prospects of the partner that count. */ used: number; max: number; /** Accounts registered before are old. */ oldBefore: Date }
export type Finding = { kind: 'free' } | { kind: 'refused'; cause: ReportCause } | { kind: 'review'; cause: ReviewCause }

/** Decides about a report: what can never be comes before what a review may allow. The limit stands last of the refusals, so that nobody frees a place
 *  for a report that cannot be. A number may have several accounts; one that is in the way is enough. */
export function judgeReport(accounts: readonly KnownAccount[], { holder, used, max, oldBefore }: Standing): Finding {
  const has = (fact: string): boolean => accounts.some(({ facts }) => facts.includes(fact))
  const isFollowed = ({ facts }: KnownAccount): boolean => facts.includes('FOLLOWED_BY_SALES')
  const spends = ({ facts }: KnownAccount): boolean => facts.includes('CASH_SPEND')
  const refusals: [boolean, ReportCause][] = [
    [holder === 'own', 'OWN_DUPLICATE'], [accounts.some(({ isAssociated }) => isAssociated), 'ALREADY_ASSOCIATED'], [holder === 'other', 'REPORTED_BY_OTHER'],
    [has('OTHER_SITE'), 'OTHER_SITE'], [has('CONSUMER_CLOUD'), 'CONSUMER_CLOUD'], [has('ENTERPRISE_MEMBER'), 'ENTERPRISE_MEMBER'], [has('VENDOR_CONTRACT'), 'VENDOR_CONTRACT'],
    [accounts.some((account) => spends(account) && !isFollowed(account)), 'CASH_SPEND'], [used >= max, 'LIMIT_REACHED'],
  ]
  const refusal = refusals.find(([holds]) => holds)
  if (refusal) return { kind: 'refused', cause: refusal[1] }
  const reviews: [boolean, ReviewCause][] = [
    [accounts.some((account) => isFollowed(account) && (spends(account) || account.registeredAt < oldBefore)), 'FOLLOWED_BY_SALES'],
    [has('REPORTED_BY_VENDOR'), 'REPORTED_BY_VENDOR'], [has('OWNED_BY_VENDOR_SALES'), 'OWNED_BY_VENDOR_SALES'], [has('OTHER_COUNTRY'), 'OTHER_COUNTRY'],
  ]
  const review = reviews.find(([holds]) => holds)
  return review ? { kind: 'review', cause: review[1] } : { kind: 'free' }
}
