import { useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import type { IncentiveLine } from '#contract/incentives.ts'
import { Page } from '#src/components/Page.tsx'
import { RevealProvider } from '#src/components/RevealProvider.tsx'
import { useSelection } from '#src/components/use-selection.ts'
import { formatCount } from '#src/lib/format.ts'
import { IncentiveDialogs, type OpenDialog } from './IncentiveDialogs.tsx'
import { IncentivesHead } from './IncentivesHead.tsx'
import { LineDrawer } from './LineDrawer.tsx'
import { LinesTable } from './LinesTable.tsx'
import { useLineList } from './use-line-list.ts'

/** Every line of every statement; the bars of the overview lead here. */
export function LinesTab() {
  const { t } = useTranslation()
  const lines = useLineList()
  const selection = useSelection<IncentiveLine>((row) => row.id)
  const [open, setOpen] = useState<OpenDialog>()
  const { list, result: { data }, exportRequest, isFiltered } = lines
  return (
    <RevealProvider page="/incentives" viewKey={list.viewKey}>
      <Page name="incentives">
        <IncentivesHead tab="lines" count={data && t(isFiltered ? 'incentives.lines_count_filtered' : 'incentives.lines_count', { count: data.total, replace: { count: formatCount(data.total) } })} onExport={() => setOpen({ at: 'export', ids: [] })} />
        <LinesTable lines={lines} selection={selection} onExport={(ids) => setOpen({ at: 'export', ids })} onFeedback={(line) => setOpen({ at: 'feedback', line })} />
        {!open && <LineDrawer onFeedback={(line) => setOpen({ at: 'feedback', line })} />}
        <IncentiveDialogs open={open} exported={{ request: exportRequest, total: data?.total }} onClose={() => setOpen(undefined)} />
      </Page>
    </RevealProvider>
  )
}
