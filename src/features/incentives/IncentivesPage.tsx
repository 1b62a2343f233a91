import './incentives.css'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { useSearchParams } from 'react-router'
import { getIncentiveOverview } from '#contract/incentives.ts'
import { query } from '#src/api/query.ts'
import { ErrorState } from '#src/components/ErrorState.tsx'
import { Page } from '#src/components/Page.tsx'
import { Skeleton } from '#src/components/Skeleton.tsx'
import { useCan } from '#src/session/use-session.ts'
import { type IncentiveTab, incentiveTabs } from './incentive-tabs.ts'
import { IncentivesHead } from './IncentivesHead.tsx'
import { NoIncentives } from './NoIncentives.tsx'

const OverviewTab = lazy(async () => ({ default: (await import('./OverviewTab.tsx')).OverviewTab }))
const StatementsTab = lazy(async () => ({ default: (await import('./StatementsTab.tsx')).StatementsTab }))
const LinesTab = lazy(async () => ({ default: (await import('./LinesTab.tsx')).LinesTab }))
const FreezesTab = lazy(async () => ({ default: (await import('./FreezesTab.tsx')).FreezesTab }))

/** What was earned: the figures, every statement, every line, and why something is frozen. */
export const IncentivesPage = () => (useCan('incentive.view') ? <Incentives /> : <NoIncentives />)

/** Each list reads the address by its own filters, so each tab is a page of its own. */
function Incentives() {
  const tab = useTab()
  return (
    <Suspense fallback={<Page name="incentives"><IncentivesHead tab={tab} /><Skeleton lines={12} /></Page>}>
      {tab === 'overview' && <Overview />}
      {tab === 'statements' && <StatementsTab />}
      {tab === 'lines' && <LinesTab />}
      {tab === 'freezes' && <FreezesTab />}
    </Suspense>
  )
}

/** The tab in the address. A link to one line leads to the lines, one to what has to be done to the statements. */
function useTab(): IncentiveTab {
  const [search] = useSearchParams()
  return incentiveTabs.find((one) => one === search.get('tab')) ?? (search.has('open') ? 'lines' : search.has('todo') ? 'statements' : 'overview')
}

function Overview() {
  const { data, error, refetch } = useQuery(query(getIncentiveOverview, {}))
  return (
    <Page name="incentives">
      <IncentivesHead tab="overview" />
      {data ? <OverviewTab overview={data} /> : error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={12} />}
    </Page>
  )
}
