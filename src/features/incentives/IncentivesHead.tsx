import { useQuery } from '@tanstack/react-query'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { getIncentiveOverview } from '#contract/incentives.ts'
import { query } from '#src/api/query.ts'
import { Button } from '#src/components/Button.tsx'
import { ButtonLink } from '#src/components/ButtonLink.tsx'
import { PageHead } from '#src/components/PageHead.tsx'
import { Tabs } from '#src/components/Tabs.tsx'
import { paths } from '#src/paths.ts'
import { useCan } from '#src/session/use-session.ts'
import { incentiveTabs, type IncentiveTab } from './incentive-tabs.ts'
import { requestOf } from './request-of.ts'

/** Title, tabs and the one primary action, alike over every tab. */
export function IncentivesHead({ tab, count, onExport }: { tab: IncentiveTab; count?: string | undefined; onExport?: () => void }) {
  const { t } = useTranslation()
  const [mayRequest, mayExport] = [useCan('incentive.request'), useCan('data.export')]
  const figures = useQuery({ ...query(getIncentiveOverview, {}), staleTime: 60_000 }).data?.figures
  const isNothing = figures !== undefined && (figures === null || figures.payable === '0.00')
  return (
    <>
      <PageHead
        title={t('incentives.title')} count={count}
        actions={(
          <>
            {mayExport && onExport && <span className="only-desk"><Button icon="download" onPress={() => onExport()}>{t('incentives.export')}</Button></span>}
            {mayRequest && <ButtonLink variant="primary" to={requestOf([])} disabledReason={isNothing ? t('incentives.why_nothing') : undefined}>{t('incentives.request')}</ButtonLink>}
          </>
        )}
      />
      <Tabs label={t('incentives.tabs')} tabs={incentiveTabs.map((key) => ({ key, to: paths.incentives({ tab: key === 'overview' ? undefined : key }), label: t(`incentives.tab.${key}`), isCurrent: key === tab }))} />
    </>
  )
}
