import './incentives.css'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { useSearchParams } from 'react-router'
import { getIncentiveOverview, type IncentiveLine, type Statement } from '#contract/incentives.ts'
import { query } from '#src/api/query.ts'
import { ErrorState } from '#src/components/ErrorState.tsx'
import { Page } from '#src/components/Page.tsx'
import { RevealProvider } from '#src/components/RevealProvider.tsx'
import { Skeleton } from '#src/components/Skeleton.tsx'
import { useSelection } from '#src/components/use-selection.ts'
import { formatCount } from '#src/lib/format.ts'
import { useCan } from '#src/session/use-session.ts'
import { type IncentiveTab, incentiveTabs } from './incentive-tabs.ts'
import { IncentiveDialogs, type OpenDialog } from './IncentiveDialogs.tsx'
import { IncentivesHead } from './IncentivesHead.tsx'
import { NoIncentives } from './NoIncentives.tsx'
import { useFreezeList } from './use-freeze-list.ts'
import { useLineList } from './use-line-list.ts'
import { useStatementList } from './use-statement-list.ts'

const OverviewTab = lazy(async () => ({ default: (await import('./OverviewTab.tsx')).OverviewTab }))
const StatementsTable = lazy(async () => ({ default: (await import('./StatementsTable.tsx')).StatementsTable }))
const LinesTable = lazy(async () => ({ default: (await import('./LinesTable.tsx')).LinesTable }))
const LineDrawer = lazy(async () => ({ default: (await import('./LineDrawer.tsx')).LineDrawer }))
const FreezesTable = lazy(async () => ({ default: (await import('./FreezesTable.tsx')).FreezesTable }))

/** What was earned: the figures, every statement, every line, and why something is frozen. */
export const IncentivesPage = () => (useCan('incentive.view') ? <Incentives /> : <NoIncentives />)

/** The tab in the address. A link to one line leads to the lines, one to what has to be done to the statements. */
function useTab(): IncentiveTab {
  const [search] = useSearchParams()
  return incentiveTabs.find((one) => one === search.get('tab')) ?? (search.has('open') ? 'lines' : search.has('todo') ? 'statements' : 'overview')
}

function Incentives() {
  const { t } = useTranslation()
  const tab = useTab()
  const [statements, lines, freezes] = [useStatementList('all', tab === 'statements'), useLineList(undefined, tab === 'lines'), useFreezeList(tab === 'freezes')]
  const [chosen, chosenLines] = [useSelection<Statement>((row) => row.id), useSelection<IncentiveLine>((row) => row.id)]
  const [open, setOpen] = useState<OpenDialog>()
  const exportThese = (ids: readonly string[] = []) => setOpen({ at: 'export', ids })
  const giveFeedback = (line: IncentiveLine) => setOpen({ at: 'feedback', line })
  const exported = tab === 'lines' ? lines : statements
  const count = {
    overview: () => undefined,
    statements: (total: number) => t(statements.list.isFiltered ? 'incentives.count_filtered' : 'incentives.count', { count: total, replace: { count: formatCount(total) } }),
    lines: (total: number) => t(lines.isFiltered ? 'incentives.lines_count_filtered' : 'incentives.lines_count', { count: total, replace: { count: formatCount(total) } }),
    freezes: (total: number) => t(freezes.list.isFiltered ? 'incentives.freezes_count_filtered' : 'incentives.freezes_count', { count: total, replace: { count: formatCount(total) } }),
  }
  const inView = tab === 'freezes' ? freezes : exported
  const total = inView.result.data?.total
  return (
    <RevealProvider page="/incentives" viewKey={`${tab} ${inView.list.viewKey}`}>
      <Page name="incentives">
        <IncentivesHead tab={tab} count={total === undefined ? undefined : count[tab](total)} {...((tab === 'statements' || tab === 'lines') && { onExport: exportThese })} />
        <Suspense fallback={<Skeleton lines={12} />}>
          {tab === 'overview' && <Overview />}
          {tab === 'statements' && <StatementsTable statements={statements} selection={chosen} onConfirm={(ids) => setOpen({ at: 'confirm', ids })} onExport={exportThese} />}
          {tab === 'lines' && <LinesTable lines={lines} selection={chosenLines} onExport={exportThese} onFeedback={giveFeedback} />}
          {tab === 'freezes' && <FreezesTable freezes={freezes} />}
        </Suspense>
        <Suspense>{tab === 'lines' && !open && <LineDrawer onFeedback={giveFeedback} />}</Suspense>
        <IncentiveDialogs open={open} exported={{ request: exported.exportRequest, total: exported.result.data?.total }} onConfirmed={chosen.clear} onClose={() => setOpen(undefined)} />
      </Page>
    </RevealProvider>
  )
}

function Overview() {
  const { data, error, refetch } = useQuery(query(getIncentiveOverview, {}))
  return data ? <OverviewTab overview={data} /> : error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={12} />
}
