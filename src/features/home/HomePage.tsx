import './home.css'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from '#src/i18n/use-translation.ts'
import type { Answer } from '#contract/endpoint.ts'
import { getHome } from '#contract/home.ts'
import { query } from '#src/api/query.ts'
import { ErrorState } from '#src/components/ErrorState.tsx'
import { Page } from '#src/components/Page.tsx'
import { PageHead } from '#src/components/PageHead.tsx'
import { Skeleton } from '#src/components/Skeleton.tsx'
import { formatTime, zoneName } from '#src/lib/format.ts'
import { useCan } from '#src/session/use-session.ts'
import { Balances } from './Balances.tsx'
import { CustomerFigures } from './CustomerFigures.tsx'
import { EcosystemManager } from './EcosystemManager.tsx'
import { LatestAdjustments } from './LatestAdjustments.tsx'
import { TrendPanel } from './TrendPanel.tsx'
import { Deadlines, Todos } from './Work.tsx'

/** What there is, what waits, what ends soon, and what moved last. Every number leads to the list that shows exactly its rows. */
export function HomePage() {
  const { t } = useTranslation()
  const result = useQuery(query(getHome, {}))
  const home = result.data
  return (
    <Page name="home">
      <PageHead title={t('home.title')} meta={home && t('home.as_of', { time: `${formatTime(home.asOf)} (${zoneName(home.asOf)})` })} />
      {home ? <Content home={home} /> : result.error ? <ErrorState error={result.error} onRetry={() => void result.refetch()} /> : <Skeleton lines={12} />}
      <div className="foot">{t('common.amounts_in')}</div>
    </Page>
  )
}

function Content({ home }: { home: Answer<typeof getHome> }) {
  const seesFunds = home.balances !== null
  const seesCustomers = useCan('customer.view')
  return (
    <>
      {home.balances && <Balances balances={home.balances} />}
      <div className="two home">
        <div>
          <div className="home-work">
            <Todos todos={home.todos} seesCustomers={seesCustomers} />
            {/* Without the right to see customers, that none of theirs ends soon would be no news. */}
            {(seesCustomers || home.deadlines.length > 0) && <Deadlines deadlines={home.deadlines} asOf={home.asOf} />}
          </div>
          <TrendPanel months={home.trend} monthExpenditure={home.monthExpenditure} asOf={home.asOf} hasFunds={seesFunds} />
          {seesFunds && <LatestAdjustments rows={home.latest} />}
        </div>
        <aside>
          <CustomerFigures figures={home.customers} hasLinks={seesCustomers} />
          <EcosystemManager manager={home.ecosystemManager} />
        </aside>
      </div>
    </>
  )
}
