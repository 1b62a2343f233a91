import './operation-log.css'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { useSearchParams } from 'react-router'
import { Button } from '#src/components/Button.tsx'
import { EmptyState } from '#src/components/EmptyState.tsx'
import { Page } from '#src/components/Page.tsx'
import { PageHead } from '#src/components/PageHead.tsx'
import { Tabs } from '#src/components/Tabs.tsx'
import { formatCount } from '#src/lib/format.ts'
import { paths } from '#src/paths.ts'
import { useCan, useSession } from '#src/session/use-session.ts'
import { OperationsList } from './OperationsList.tsx'
import { RevealsList } from './RevealsList.tsx'
import { useOperations, useReveals } from './use-logs.ts'

const ExportDialog = lazy(async () => ({ default: (await import('#src/components/ExportDialog.tsx')).ExportDialog }))

/** Who did what, and who looked at which full value. */
export function OperationLogPage() {
  const { t } = useTranslation()
  const [search] = useSearchParams()
  const [isExporting, setExporting] = useState(false)
  const mayView = useCan('log.view')
  const mayExport = useCan('data.export')
  const isReveals = search.get('tab') === 'reveals'
  const note = useOwnNote(isReveals)
  const operations = useOperations(mayView && !isReveals)
  const reveals = useReveals(mayView && isReveals)
  if (!mayView) return <Page name="operation-log"><PageHead title={t('log.title')} /><EmptyState kind="no-right" title={t('log.no_right_title')} text={t('log.no_right_text')} /></Page>
  const { list, result } = isReveals ? reveals : operations
  const total = result.data?.total
  return (
    <Page name="operation-log">
      <PageHead
        title={t('log.title')} count={total === undefined ? undefined : t(list.isFiltered ? 'log.count_filtered' : 'log.count', { count: total, replace: { count: formatCount(total) } })}
        meta={note} actions={mayExport && <Button icon="download" onPress={() => setExporting(true)}>{t('log.export')}</Button>}
      />
      <Tabs label={t('log.tabs')} tabs={[
        { key: 'operations', to: paths.operationLog(), label: t('log.tab_operations'), isCurrent: !isReveals },
        { key: 'reveals', to: paths.revealRecords(), label: t('log.tab_reveals'), isCurrent: isReveals },
      ]} />
      {isReveals ? <RevealsList reveals={reveals} /> : <OperationsList operations={operations} />}
      {isExporting && (
        <Suspense>
          <ExportDialog
            request={isReveals ? { content: 'reveal-records', filter: reveals.list.filter } : { content: 'operation-log', filter: operations.list.filter }}
            total={total} onClose={() => setExporting(false)}
          />
        </Suspense>
      )}
    </Page>
  )
}

/** Who sees only what they did themselves is told so. */
function useOwnNote(isReveals: boolean): string | undefined {
  const { t } = useTranslation()
  const { member } = useSession()
  const seesAll = useCan('log.view.all')
  if (isReveals) return member.roles.includes('administrator') ? undefined : t('log.own_reveals')
  return seesAll ? undefined : t('log.own_only')
}
