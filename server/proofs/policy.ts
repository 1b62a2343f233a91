import type { SensitiveOperation } from '#contract/operations.ts'
import type { PartnerType } from '#contract/people.ts'

type Rule = 'always' | 'switch'
const sellers = { CSP: 'switch', DISTRIBUTOR: 'switch', RESELLER: 'switch' } as const
const everybody = { CSP: 'always', DISTRIBUTOR: 'always', RESELLER: 'always', SUBSIDY: 'always', GOVCLOUD: 'always', MARKETPLACE: 'always' } as const

/** Which operation exists for which partner type, and whether the partner's switch may lower the code to a question. */
const policy: Record<SensitiveOperation, Partial<Record<PartnerType, Rule>>> = {
  'funds.allocate': sellers,
  'funds.reclaim': sellers,
  'verification.off': everybody,
  'verification.require': everybody,
  'notice.takeover': sellers,
  'notice.bill': { CSP: 'switch', DISTRIBUTOR: 'switch' },
  'coupon.voucher.issue': { ...sellers, SUBSIDY: 'switch' },
  'coupon.voucher.reclaim': { ...sellers, SUBSIDY: 'switch' },
  'coupon.cash.issue': { SUBSIDY: 'switch' },
  'coupon.cash.reclaim': { SUBSIDY: 'switch' },
  'coupon.delivery.issue': { GOVCLOUD: 'switch' },
  'coupon.delivery.reclaim': { GOVCLOUD: 'switch' },
  'coupon.quota.issue': { DISTRIBUTOR: 'switch' },
  'coupon.quota.reclaim': { DISTRIBUTOR: 'switch' },
}

/** @returns whether only an authenticator will do for this operation now. What decides about authenticators and codes needs one as soon as anything does:
 *  a message would undo what was put beyond its reach. */
export function needsAuthenticator(operation: SensitiveOperation, { requiredOperations }: { requiredOperations: readonly string[] }): boolean {
  return requiredOperations.includes(operation) || requiredOperations.length > 0 && (operation === 'verification.require' || operation === 'verification.off')
}

/** @returns how the operation is confirmed for this partner now; undefined when it does not exist for the type. */
export function confirmationOf(operation: SensitiveOperation, partner: { type: PartnerType; verificationOn: boolean; requiredOperations: readonly string[] }): 'code' | 'click' | undefined {
  const rule = policy[operation][partner.type]
  if (rule === undefined) return undefined
  return rule === 'always' || partner.verificationOn || needsAuthenticator(operation, partner) ? 'code' : 'click'
}
