import { useSearchParams } from 'react-router'
import type { CouponKind } from '#contract/coupon-kinds.ts'
import { useCouponRights } from '#src/coupons/use-coupon-rights.ts'

/** @returns the kind that the address names, else the usual one of the partner; undefined for somebody who may see none. */
export function useKind(): CouponKind | undefined {
  const [search] = useSearchParams()
  const { kinds } = useCouponRights()
  return kinds.find((one) => one === search.get('kind')) ?? kinds[0]
}
