import './incentives.css'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { useParams, useSearchParams } from 'react-router'
import type { Answer } from '#contract/endpoint.ts'
import { BarKey, getStatement, type IncentiveLine } from '#contract/incentives.ts'
import { query } from '#src/api/query.ts'
import { Button } from '#src/components/Button.tsx'
import { ButtonLink } from '#src/components/ButtonLink.tsx'
import { CopyButton } from '#src/components/CopyButton.tsx'
import { ErrorState } from '#src/components/ErrorState.tsx'
import { Page } from '#src/components/Page.tsx'
import { PageHead } from '#src/components/PageHead.tsx'
import { RevealProvider } from '#src/components/RevealProvider.tsx'
import { Section } from '#src/components/Section.tsx'
import { Skeleton } from '#src/components/Skeleton.tsx'
import { useSelection } from '#src/components/use-selection.ts'
import { formatCount, formatMonth } from '#src/lib/format.ts'
import { paths } from '#src/paths.ts'
import { useCan } from '#src/session/use-session.ts'
import { IncentiveDialogs, type OpenDialog } from './IncentiveDialogs.tsx'
import { LinesTable } from './LinesTable.tsx'
import { NoIncentives } from './NoIncentives.tsx'
import { requestPlace } from './request-of.ts'
import { mainAct, whyNotConfirm } from './rules.ts'
import { StatementFacts } from './StatementFacts.tsx'
import { StateCell } from './StateCell.tsx'
import { useLineList } from './use-line-list.ts'
import { Waterfall } from './Waterfall.tsx'

const LineDrawer = lazy(async () => ({ default: (await import('./LineDrawer.tsx')).LineDrawer }))

type Details = Answer<typeof getStatement>

/** One statement: what it comes to and why, until when it waits, and its lines. */
export const StatementPage = () => (useCan('incentive.view') ? <OneStatement /> : <NoIncentives />)

function OneStatement() {
  const { t } = useTranslation()
  const { id = '' } = useParams()
  const statement = useQuery(query(getStatement, { params: { id } }))
  const lines = useLineList(id)
  const selection = useSelection<IncentiveLine>((row) => row.id)
  const [open, setOpen] = useState<OpenDialog>()
  const { list, result: { data }, exportRequest, isFiltered } = lines
  const count = data && t(isFiltered ? 'incentives.lines_count_filtered' : 'incentives.lines_count', { count: data.total, replace: { count: formatCount(data.total) } })
  const giveFeedback = (line: IncentiveLine) => setOpen({ at: 'feedback', line })
  return (
    <RevealProvider key={id} page={`/incentives/${id}`} viewKey={list.viewKey}>
      <Page name="incentive">
        <Head statement={statement.data} onOpen={setOpen} />
        {!statement.data && (statement.error ? <ErrorState error={statement.error} onRetry={() => void statement.refetch()} /> : <Skeleton lines={12} />)}
        {statement.data && (
          <>
            <Composition statement={statement.data} />
            <Section title={t('incentives.lines')} note={count} anchor="lines">
              <LinesTable lines={lines} isOfStatement selection={selection} onExport={(ids) => setOpen({ at: 'export', ids })} onFeedback={giveFeedback} />
            </Section>
          </>
        )}
        <Suspense>{!open && <LineDrawer onFeedback={giveFeedback} />}</Suspense>
        <IncentiveDialogs open={open} exported={{ request: exportRequest, total: data?.total }} onClose={() => setOpen(undefined)} />
      </Page>
    </RevealProvider>
  )
}

function Composition({ statement }: { statement: Details }) {
  const { t } = useTranslation()
  const bar = useBarInView()
  return (
    <>
      <StatementFacts statement={statement} />
      {statement.bars && <Waterfall title={t('incentives.composition_one')} bars={statement.bars} linesOf={(one) => paths.incentive(statement.id, { bar: one })} current={bar} isBrief />}
    </>
  )
}

/** The bar that the address names. Once one was opened its lines come into view and take the focus, because they stand below the chart. */
function useBarInView(): BarKey | undefined {
  const [search] = useSearchParams()
  const bar = BarKey.options.find((one) => one === search.get('bar'))
  useEffect(() => {
    if (!bar) return
    const section = document.querySelector<HTMLElement>('#lines')
    section?.scrollIntoView({ block: 'start' })
    section?.focus({ preventScroll: true })
  }, [bar])
  return bar
}

/** Number, state and what can be done; the title alone while the statement is on its way. */
function Head({ statement, onOpen }: { statement: Details | undefined; onOpen: (dialog: OpenDialog) => void }) {
  const { t } = useTranslation()
  return (
    <PageHead
      title={statement?.number ?? t('incentives.statement')} crumb={{ to: paths.incentives({ tab: 'statements' }), label: t('incentives.title') }}
      beside={statement && <><CopyButton text={statement.number} what={t('incentives.field.number')} /><StateCell row={statement} /></>}
      meta={statement && <Meta statement={statement} />} actions={statement && <Actions statement={statement} onOpen={onOpen} />}
    />
  )
}

function Meta({ statement: { program, period } }: { statement: Details }) {
  const { t } = useTranslation()
  return <><span>{program.name}</span><span>{formatMonth(period)}</span>{program.associationType && <span>{t(`customers.type.${program.associationType}`)}</span>}<span>{t(`incentives.kind.${program.kind}`)}</span></>
}

function Actions({ statement, onOpen }: { statement: Details; onOpen: (dialog: OpenDialog) => void }) {
  const { t } = useTranslation()
  const [mayConfirm, mayRequest, mayExport] = [useCan('incentive.confirm'), useCan('incentive.request'), useCan('data.export')]
  const act = mainAct(statement, { confirm: mayConfirm, request: mayRequest })
  const why = whyNotConfirm(statement, mayConfirm)
  const confirm = mayConfirm && (act === 'confirm' || statement.state === 'ESTIMATED') && (
    <Button variant="primary" disabledReason={why && t(`incentives.why.${why}`)} onPress={() => onOpen({ at: 'confirm', ids: [statement.id] })}>{t('incentives.confirm')}</Button>
  )
  return (
    <>
      <span className="only-desk"><Button variant="bare" icon="print" onPress={() => window.print()}>{t('incentives.print')}</Button></span>
      {mayExport && <span className="only-desk"><Button icon="download" onPress={() => onOpen({ at: 'export', ids: [] })}>{t('incentives.export')}</Button></span>}
      {act === 'request' ? <ButtonLink variant="primary" to={requestPlace([statement])}>{t('incentives.request')}</ButtonLink> : confirm}
    </>
  )
}
