import { useTranslation } from '#src/i18n/use-translation.ts'
import { Tabs } from '#src/components/Tabs.tsx'
import { paths } from '#src/paths.ts'

/** The pages about the partner's money. */
export function FundsTabs({ current }: { current: 'overview' | 'adjustments' | 'transactions' }) {
  const { t } = useTranslation()
  const addresses = { overview: paths.funds(), adjustments: paths.adjustments(), transactions: paths.transactions() }
  return <Tabs label={t('funds.tabs')} tabs={(['overview', 'adjustments', 'transactions'] as const).map((key) => ({ key, to: addresses[key], label: t(`funds.${key}`), isCurrent: key === current }))} />
}
