import type { CouponState } from '#contract/coupons-issued.ts'
import type { QuotaState } from '#contract/coupons.ts'
import type { Tone } from '#src/components/StatusTag.tsx'

type Look = { tone: Tone; isPlain: boolean }

/** How the state of a quota looks: the expected one is quiet. */
export const quotaLook = {
  NOT_STARTED: { tone: 'info', isPlain: false }, ACTIVE: { tone: 'success', isPlain: true }, USED_UP: { tone: 'neutral', isPlain: false }, EXPIRED: { tone: 'neutral', isPlain: false }, RECLAIMED: { tone: 'warning', isPlain: false },
} as const satisfies Record<QuotaState, Look>

/** How the state of a coupon looks. */
export const couponLook = {
  INACTIVE: { tone: 'info', isPlain: false }, ACTIVE: { tone: 'success', isPlain: true }, USED: { tone: 'neutral', isPlain: true }, EXPIRED: { tone: 'neutral', isPlain: false }, RECLAIMED: { tone: 'warning', isPlain: false },
} as const satisfies Record<CouponState, Look>
