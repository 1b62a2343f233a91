import { type CouponKind, mayIssueKinds, maySeeKinds } from '#contract/coupon-kinds.ts'
import { useSession } from '#src/session/use-session.ts'

type Rights = {
  /** Kinds that the partner sees, the usual one first. */
  kinds: readonly CouponKind[]
  /** Kinds that the person may issue, whatever the state of the partner. */
  issuable: readonly CouponKind[]
  mayReclaim: boolean
  /** Kinds of which coupons can be taken back at all: what others issue is only seen. */
  reclaimable: readonly CouponKind[]
  /** A distributor's quota goes to resellers, too. */
  mayGive: boolean
  /** The partner may neither issue nor reclaim now. */
  isRestricted: boolean
}

/** @returns what the signed-in person may do about coupons; the server decides again. */
export function useCouponRights(): Rights {
  const { permissions, partner } = useSession()
  return {
    kinds: permissions.includes('coupon.view') ? maySeeKinds[partner.type] : [],
    issuable: permissions.includes('coupon.issue') ? mayIssueKinds[partner.type] : [],
    reclaimable: permissions.includes('coupon.reclaim') ? mayIssueKinds[partner.type] : [],
    mayReclaim: permissions.includes('coupon.reclaim') && mayIssueKinds[partner.type].length > 0,
    mayGive: permissions.includes('coupon.quota') && partner.type === 'DISTRIBUTOR',
    isRestricted: partner.state !== 'ACTIVE',
  }
}
