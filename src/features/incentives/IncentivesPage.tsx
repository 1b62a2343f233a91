import './incentives.css'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { useSearchParams } from 'react-router'
import { getIncentiveOverview, type IncentiveLine, type Statement } from '#contract/incentives.ts'
import { query } from '#src/api/query.ts'
import { Button } from '#src/components/Button.tsx'
import { ButtonLink } from '#src/components/ButtonLink.tsx'
import { ErrorState } from '#src/components/ErrorState.tsx'
import { Page } from '#src/components/Page.tsx'
import { PageHead } from '#src/components/PageHead.tsx'
import { RevealProvider } from '#src/components/RevealProvider.tsx'
import { Skeleton } from '#src/components/Skeleton.tsx'
import { Tabs } from '#src/components/Tabs.tsx'
import { useListState } from '#src/components/use-list-state.ts'
import { useSelection } from '#src/components/use-selection.ts'
import { formatCount } from '#src/lib/format.ts'
import { paths } from '#src/paths.ts'
import { useCan } from '#src/session/use-session.ts'
import { FreezeFilter, FreezesTab } from './FreezesTab.tsx'
import { IncentiveDialogs, type OpenDialog } from './IncentiveDialogs.tsx'
import { LineDrawer } from './LineDrawer.tsx'
import { LinesTable } from './LinesTable.tsx'
import { NoIncentives } from './NoIncentives.tsx'
import { OverviewTab } from './OverviewTab.tsx'
import { requestOf } from './StatementActions.tsx'
import { StatementsTable } from './StatementsTable.tsx'
import { useLineList } from './use-line-list.ts'
import { useStatementList } from './use-statement-list.ts'

const tabs = ['overview', 'statements', 'lines', 'freezes'] as const
type Tab = (typeof tabs)[number]

/** What was earned: the figures, every statement, every line, and why something is frozen. */
export const IncentivesPage = () => (useCan('incentive.view') ? <Incentives /> : <NoIncentives />)

function Incentives() {
  const [search] = useSearchParams()
  const tab = tabs.find((one) => one === search.get('tab')) ?? (search.has('open') ? 'lines' : search.has('todo') ? 'statements' : 'overview')
  // Each list reads the address by its own filters, so each tab is a page of its own.
  switch (tab) {
    case 'overview': return <Overview />
    case 'statements': return <Statements />
    case 'lines': return <Lines />
    case 'freezes': return <Freezes />
  }
}

function Overview() {
  const overview = useQuery(query(getIncentiveOverview, {}))
  return (
    <Page name="incentives">
      <Head tab="overview" />
      {overview.data ? <OverviewTab overview={overview.data} /> : overview.error ? <ErrorState error={overview.error} onRetry={() => void overview.refetch()} /> : <Skeleton lines={12} />}
    </Page>
  )
}

function Statements() {
  const { t } = useTranslation()
  const statements = useStatementList('all')
  const selection = useSelection<Statement>((row) => row.id)
  const [open, setOpen] = useState<OpenDialog>()
  const { list, result: { data }, exportRequest } = statements
  return (
    <Page name="incentives">
      <Head tab="statements" count={data && t(list.isFiltered ? 'incentives.count_filtered' : 'incentives.count', { count: data.total, replace: { count: formatCount(data.total) } })} onExport={() => setOpen({ at: 'export', ids: [] })} />
      <StatementsTable statements={statements} selection={selection} onConfirm={(ids) => setOpen({ at: 'confirm', ids })} onExport={(ids) => setOpen({ at: 'export', ids })} />
      <IncentiveDialogs open={open} exported={{ request: exportRequest, total: data?.total }} onConfirmed={selection.clear} onClose={() => setOpen(undefined)} />
    </Page>
  )
}

function Lines() {
  const { t } = useTranslation()
  const lines = useLineList()
  const selection = useSelection<IncentiveLine>((row) => row.id)
  const [open, setOpen] = useState<OpenDialog>()
  const { list, result: { data }, exportRequest, isFiltered } = lines
  return (
    <RevealProvider page="/incentives" viewKey={list.viewKey}>
      <Page name="incentives">
        <Head tab="lines" count={data && t(isFiltered ? 'incentives.lines_count_filtered' : 'incentives.lines_count', { count: data.total, replace: { count: formatCount(data.total) } })} onExport={() => setOpen({ at: 'export', ids: [] })} />
        <LinesTable lines={lines} selection={selection} onExport={(ids) => setOpen({ at: 'export', ids })} onFeedback={(line) => setOpen({ at: 'feedback', line })} />
        {!open && <LineDrawer onFeedback={(line) => setOpen({ at: 'feedback', line })} />}
        <IncentiveDialogs open={open} exported={{ request: exportRequest, total: data?.total }} onClose={() => setOpen(undefined)} />
      </Page>
    </RevealProvider>
  )
}

function Freezes() {
  const list = useListState({ filter: FreezeFilter })
  return <RevealProvider page="/incentives" viewKey={list.viewKey}><Page name="incentives"><Head tab="freezes" /><FreezesTab list={list} /></Page></RevealProvider>
}

/** Title, tabs and the one primary action, alike over every tab. */
function Head({ tab, count, onExport }: { tab: Tab; count?: string | undefined; onExport?: () => void }) {
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
            {mayExport && onExport && <span className="only-desk"><Button icon="download" onPress={onExport}>{t('incentives.export')}</Button></span>}
            {mayRequest && <ButtonLink variant="primary" to={requestOf([])} disabledReason={isNothing ? t('incentives.why_nothing') : undefined}>{t('incentives.request')}</ButtonLink>}
          </>
        )}
      />
      <Tabs label={t('incentives.tabs')} tabs={tabs.map((key) => ({ key, to: paths.incentives({ tab: key === 'overview' ? undefined : key }), label: t(`incentives.tab.${key}`), isCurrent: key === tab }))} />
    </>
  )
}
