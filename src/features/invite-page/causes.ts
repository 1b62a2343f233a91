import type { InviteCause } from '#contract/invites.ts'

type Remedy = {
  advice: 'again' | 'pay' | 'cancel_contract' | 'phone' | 'report' | 'referral' | 'new_invitation' | 'mail_invitation' | 'other_account' | 'ask_partner'
  /** What the customer can try on the page itself: the same again, again after having done something, or with another account. */
  retry: 'again' | 'after' | 'other-account' | undefined
}

/** What a customer can do about a cause; the partner's side of it is in the contract. */
export const remedyOf: Record<InviteCause, Remedy> = {
  SYSTEM_BUSY: { advice: 'again', retry: 'again' },
  LINK_UNKNOWN: { advice: 'new_invitation', retry: undefined },
  LINK_EXPIRED: { advice: 'new_invitation', retry: undefined },
  LINK_USED: { advice: 'new_invitation', retry: undefined },
  LINK_REVOKED: { advice: 'new_invitation', retry: undefined },
  CODE_USED: { advice: 'new_invitation', retry: undefined },
  ACTIVITY_ENDED: { advice: 'mail_invitation', retry: undefined },
  NO_RESALE: { advice: 'referral', retry: undefined },
  PHONE_DIFFERS: { advice: 'phone', retry: 'other-account' },
  ACCOUNT_TOO_OLD: { advice: 'report', retry: 'other-account' },
  UNPAID_BILLS: { advice: 'pay', retry: 'after' },
  CREDIT_ACCOUNT: { advice: 'referral', retry: 'other-account' },
  ENTERPRISE_MEMBERS: { advice: 'referral', retry: 'other-account' },
  RESERVED_INSTANCES: { advice: 'referral', retry: 'other-account' },
  SERVICE_CONTRACT: { advice: 'referral', retry: 'other-account' },
  SPECIAL_CONTRACT: { advice: 'cancel_contract', retry: 'after' },
  REPORTED_BY_OTHER: { advice: 'other_account', retry: 'other-account' },
  ALREADY_ASSOCIATED: { advice: 'other_account', retry: 'other-account' },
  IS_PARTNER: { advice: 'other_account', retry: 'other-account' },
  VENDOR_INTERNAL: { advice: 'other_account', retry: 'other-account' },
  CONSUMER_CLOUD: { advice: 'other_account', retry: 'other-account' },
  REPORTED_BY_VENDOR: { advice: 'other_account', retry: 'other-account' },
  REWARD_PROGRAM: { advice: 'other_account', retry: 'other-account' },
  PARTNER_BLOCKED: { advice: 'ask_partner', retry: undefined },
  DISTRIBUTOR_LEFT: { advice: 'ask_partner', retry: undefined },
}
