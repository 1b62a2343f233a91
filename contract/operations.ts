import * as z from 'zod/mini'

/** The closed list of operations that need a proof, as far as they are built. Nothing else asks a signed-in person for a code. */
export const SensitiveOperation = z.enum([
  'funds.allocate', 'funds.reclaim', 'verification.off', 'verification.require', 'notice.takeover', 'notice.bill',
  'coupon.voucher.issue', 'coupon.voucher.reclaim', 'coupon.cash.issue', 'coupon.cash.reclaim', 'coupon.delivery.issue', 'coupon.delivery.reclaim', 'coupon.quota.issue', 'coupon.quota.reclaim',
])
export type SensitiveOperation = z.infer<typeof SensitiveOperation>
/** Those for which an administrator may require an authenticator app or a passkey. */
export const requirable = [
  'funds.allocate', 'funds.reclaim', 'verification.off', 'notice.takeover', 'notice.bill',
  'coupon.voucher.issue', 'coupon.voucher.reclaim', 'coupon.cash.issue', 'coupon.cash.reclaim', 'coupon.delivery.issue', 'coupon.delivery.reclaim', 'coupon.quota.issue', 'coupon.quota.reclaim',
] as const satisfies readonly SensitiveOperation[]
