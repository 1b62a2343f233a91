import '#src/coupons/coupons.css'
import type { ReactNode } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link } from 'react-router'
import type { CouponKind } from '#contract/coupon-kinds.ts'
import { EmptyState } from '#src/components/EmptyState.tsx'
import { Page } from '#src/components/Page.tsx'
import { PageHead } from '#src/components/PageHead.tsx'
import { useCouponRights } from '#src/coupons/use-coupon-rights.ts'
import { CouponTabs, tabPaths } from '#src/coupons/CouponTabs.tsx'
import { useKind } from './use-kind.ts'

type Props = { tab: keyof typeof tabPaths; /** Draws the page of a kind. Another kind is another page: nothing ticked or typed goes along. */ children: (kind: CouponKind) => ReactNode }

/** Asks which kind the page is about, and says so to people who may see none. */
export function CouponsFrame({ tab, children }: Props) {
  const { t } = useTranslation()
  const kind = useKind()
  if (kind) return children(kind)
  return (
    <Page name="no-right">
      <PageHead title={t(`coupons.title.${tab}.VOUCHER`)} />
      <EmptyState kind="no-right" title={t('common.state.no_right_title')} text={t('common.state.no_right_text')} />
    </Page>
  )
}

/** The tabs, and the choice of the kind where the partner has several. */
export function CouponsNav({ tab, kind }: { tab: keyof typeof tabPaths; kind: CouponKind }) {
  const { t } = useTranslation()
  const { kinds } = useCouponRights()
  return (
    <>
      <CouponTabs current={tab} kind={kind} />
      {kinds.length > 1 && (
        <nav className="kind-choice" aria-label={t('coupons.kinds')}>
          {kinds.map((one) => <Link key={one} to={tabPaths[tab]({ kind: one })} {...(one === kind && { 'aria-current': 'true' })}>{t(`coupons.kind.${one}`)}</Link>)}
        </nav>
      )}
    </>
  )
}
