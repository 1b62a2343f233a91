import { useTranslation } from '#src/i18n/use-translation.ts'
import { useSearchParams } from 'react-router'
import type { CouponKind } from '#contract/coupon-kinds.ts'
import { ButtonLink } from '#src/components/ButtonLink.tsx'
import { overPage } from '#src/components/use-modal-route.ts'
import { useCouponRights } from '#src/coupons/use-coupon-rights.ts'
import { paths } from '#src/paths.ts'

/** The page's one primary button, for people who may issue the kind in view. @param isSecondary where the page's own stands above already. */
export function IssueLink({ kind, over, isSecondary = false }: { kind: CouponKind; over: 'quotas' | 'issued'; isSecondary?: boolean }) {
  const { t } = useTranslation()
  const [search] = useSearchParams()
  const { issuable, isRestricted } = useCouponRights()
  if (!issuable.includes(kind)) return null
  return (
    <ButtonLink variant={isSecondary ? 'secondary' : 'primary'} to={paths.issueCoupons({ kind, over, keep: search.toString() })} state={overPage} disabledReason={isRestricted ? t('coupons.reason.partner_state') : undefined}>
      {t('coupons.issue_title', { kind: t(`coupons.kind_in.${kind}`) })}
    </ButtonLink>
  )
}
