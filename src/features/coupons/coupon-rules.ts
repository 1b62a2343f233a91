import type { Coupon } from '#contract/coupons-issued.ts'
import { couponBatchMax } from '#contract/coupon-kinds.ts'
import { toMinor } from '#contract/money.ts'

/** Who asks: whether the person may reclaim at all, and whether the partner may now. */
export type Reclaimer = { mayReclaim: boolean; isRestricted: boolean }
export type WhyNot = 'no_reclaim' | 'partner_state' | 'foreign' | 'coupon_state' | 'no_balance' | 'too_many' | 'none'

/** @returns why this coupon cannot be reclaimed now, or undefined. The server decides again. */
export function whyNotReclaim({ mayReclaim, isRestricted }: Reclaimer, coupon: Pick<Coupon, 'isReclaimable' | 'state' | 'balance' | 'quota'>): WhyNot | undefined {
  if (!mayReclaim) return 'no_reclaim'
  if (isRestricted) return 'partner_state'
  if (coupon.isReclaimable) return undefined
  if (coupon.state !== 'ACTIVE') return 'coupon_state'
  return coupon.quota === null ? 'foreign' : 'no_balance'
}

/** @returns those of the ticked coupons that can be reclaimed, and what they hold in minor units. */
export function reclaimableOf<C extends Pick<Coupon, 'isReclaimable' | 'balance'>>(rows: readonly C[]): { rows: C[]; total: bigint } {
  const found = rows.filter((row) => row.isReclaimable)
  return { rows: found, total: found.reduce((sum, row) => sum + toMinor(row.balance), 0n) }
}

/** As whyNotReclaim, for ticked coupons: those that can be reclaimed are. */
export function whyNotReclaimBatch({ mayReclaim, isRestricted }: Reclaimer, count: number): WhyNot | undefined {
  if (!mayReclaim) return 'no_reclaim'
  if (isRestricted) return 'partner_state'
  return count === 0 ? 'none' : count > couponBatchMax ? 'too_many' : undefined
}
