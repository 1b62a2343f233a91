import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link, useSearchParams } from 'react-router'
import type { Coupon } from '#contract/coupons-issued.ts'
import { ButtonLink } from '#src/components/ButtonLink.tsx'
import { overPage } from '#src/components/use-modal-route.ts'
import { useCouponRights } from '#src/coupons/use-coupon-rights.ts'
import { paths } from '#src/paths.ts'
import { whyNotReclaim } from './coupon-rules.ts'
import { useOpenAddress } from './use-open-address.ts'
import { useWhyNot } from './use-why-not.ts'

/** What can be done with an issued coupon. */
export function CouponActions({ row }: { row: Coupon }) {
  const { t } = useTranslation()
  const [search] = useSearchParams()
  const open = useOpenAddress()
  const rights = useCouponRights()
  const say = useWhyNot()
  return (
    <>
      {rights.reclaimable.includes(row.kind) && (
        <ButtonLink variant="row" to={paths.reclaimCoupons({ kind: row.kind, over: 'issued', ids: [row.id], keep: search.toString() })} state={overPage} disabledReason={say(whyNotReclaim(rights, row), row.state)}>{t('coupons.reclaim')}</ButtonLink>
      )}
      <Link className="row-action" to={open(row.id)} preventScrollReset>{t('coupons.details')}</Link>
    </>
  )
}
