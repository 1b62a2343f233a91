import { useTranslation } from '#src/i18n/use-translation.ts'
import type { CouponKind } from '#contract/coupon-kinds.ts'
import { Tabs } from '#src/components/Tabs.tsx'
import type { Key } from '#src/i18n/i18n.ts'
import { paths } from '#src/paths.ts'
import { useSession } from '#src/session/use-session.ts'
import { mayOpen, type NavItem } from '#src/layout/navigation.ts'

/** The pages that exist for every kind. */
export const tabPaths = { quotas: paths.coupons, issued: paths.couponsIssued, records: paths.couponRecords } as const

export type CouponTab = keyof typeof tabPaths | 'issuedQuotas' | 'whitelist'
type Entry = Pick<NavItem, 'needs' | 'isFor'> & { key: CouponTab; label: Key; to: (query: { kind?: CouponKind }) => string }
/** The tabs in their order. Some are of partners of one type only. */
const entries: readonly Entry[] = [
  { key: 'quotas', label: 'coupons.tab.quotas', to: tabPaths.quotas },
  { key: 'issued', label: 'coupons.tab.issued', to: tabPaths.issued },
  { key: 'issuedQuotas', label: 'reseller_quotas.tab', to: () => paths.issuedQuotas(), needs: 'coupon.quota', isFor: (type) => type === 'DISTRIBUTOR' },
  { key: 'records', label: 'coupons.tab.records', to: tabPaths.records },
  { key: 'whitelist', label: 'whitelist.tab', to: () => paths.couponWhitelist(), needs: 'coupon.whitelist', isFor: (type) => type === 'SUBSIDY' },
]

/** The pages about coupons. @param kind goes along to the pages that exist for every kind. */
export function CouponTabs({ current, kind }: { current: CouponTab; kind?: CouponKind }) {
  const { t } = useTranslation()
  const session = useSession()
  const shown = entries.filter((entry) => mayOpen(entry, session))
  return <Tabs label={t('coupons.tabs')} tabs={shown.map(({ key, label, to }) => ({ key, label: t(label), to: to({ ...(kind && { kind }) }), isCurrent: key === current }))} />
}
