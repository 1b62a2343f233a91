import { useTranslation } from '#src/i18n/use-translation.ts'
import { useSearchParams } from 'react-router'
import type { Coupon } from '#contract/coupons-issued.ts'
import { couponBatchMax, type CouponKind } from '#contract/coupon-kinds.ts'
import { fromMinor } from '#contract/money.ts'
import { ButtonLink } from '#src/components/ButtonLink.tsx'
import { overPage } from '#src/components/use-modal-route.ts'
import type { Selection } from '#src/components/use-selection.ts'
import { useCouponRights } from '#src/coupons/use-coupon-rights.ts'
import { formatMoney } from '#src/lib/format.ts'
import { paths } from '#src/paths.ts'
import { reclaimableOf, whyNotReclaimBatch } from './coupon-rules.ts'
import { useWhyNot } from './use-why-not.ts'

/** How many of the ticked coupons can be reclaimed, and what they hold. */
export function SelectionText({ selection }: { selection: Selection<Coupon> }) {
  const { t } = useTranslation()
  const { rows, total } = reclaimableOf(selection.rows)
  const amount = formatMoney(fromMinor(total))
  if (rows.length === 0) return t('coupons.coupon.none_reclaimable')
  return rows.length === selection.count ? t('coupons.coupon.selected', { amount }) : t('coupons.coupon.selected_mixed', { count: rows.length, amount })
}

/** Takes back those of the ticked coupons that can be, as the words beside say. */
export function ReclaimChosen({ kind, selection }: { kind: CouponKind; selection: Selection<Coupon> }) {
  const { t } = useTranslation()
  const [search] = useSearchParams()
  const rights = useCouponRights()
  const say = useWhyNot()
  const { rows } = reclaimableOf(selection.rows)
  return (
    <ButtonLink isSmall to={paths.reclaimCoupons({ kind, over: 'issued', ids: rows.slice(0, couponBatchMax).map((row) => row.id), keep: search.toString() })} state={overPage} disabledReason={say(whyNotReclaimBatch(rights, rows.length))}>
      {t('coupons.coupon.batch_reclaim')}
    </ButtonLink>
  )
}
