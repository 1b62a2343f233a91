import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link, useSearchParams } from 'react-router'
import type { Quota } from '#contract/coupons.ts'
import { ButtonLink } from '#src/components/ButtonLink.tsx'
import { overPage } from '#src/components/use-modal-route.ts'
import { useCouponRights } from '#src/coupons/use-coupon-rights.ts'
import { paths } from '#src/paths.ts'
import { useOpenAddress } from './use-open-address.ts'

/** What can be done with a quota. Issuing waits for its state, and says so. */
export function QuotaActions({ row }: { row: Quota }) {
  const { t } = useTranslation()
  const [search] = useSearchParams()
  const open = useOpenAddress()
  const { issuable, isRestricted, mayGive } = useCouponRights()
  const reason = isRestricted ? t('coupons.reason.partner_state') : row.isIssuable ? undefined : t('coupons.reason.state', { state: t(`coupons.quota.state.${row.state}`) })
  return (
    <>
      {issuable.includes(row.kind) && <ButtonLink variant="row" to={paths.issueCoupons({ kind: row.kind, quota: row.id, keep: search.toString() })} state={overPage} disabledReason={reason}>{t('coupons.issue')}</ButtonLink>}
      {mayGive && row.kind === 'VOUCHER' && row.onlyFor === null && <ButtonLink variant="row" to={paths.issueQuota({ quota: row.id, keep: search.toString() })} state={overPage} disabledReason={reason}>{t('reseller_quotas.give')}</ButtonLink>}
      <Link className="row-action" to={open(row.id)} preventScrollReset>{t('coupons.details')}</Link>
    </>
  )
}
