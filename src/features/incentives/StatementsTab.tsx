import { useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import type { Statement } from '#contract/incentives.ts'
import { Page } from '#src/components/Page.tsx'
import { useSelection } from '#src/components/use-selection.ts'
import { formatCount } from '#src/lib/format.ts'
import { IncentiveDialogs, type OpenDialog } from './IncentiveDialogs.tsx'
import { IncentivesHead } from './IncentivesHead.tsx'
import { StatementsTable } from './StatementsTable.tsx'
import { useStatementList } from './use-statement-list.ts'

/** Every statement, to look at, to confirm and to request. */
export function StatementsTab() {
  const { t } = useTranslation()
  const statements = useStatementList('all')
  const selection = useSelection<Statement>((row) => row.id)
  const [open, setOpen] = useState<OpenDialog>()
  const { list, result: { data }, exportRequest } = statements
  return (
    <Page name="incentives">
      <IncentivesHead tab="statements" count={data && t(list.isFiltered ? 'incentives.count_filtered' : 'incentives.count', { count: data.total, replace: { count: formatCount(data.total) } })} onExport={() => setOpen({ at: 'export', ids: [] })} />
      <StatementsTable statements={statements} selection={selection} onConfirm={(ids) => setOpen({ at: 'confirm', ids })} onExport={(ids) => setOpen({ at: 'export', ids })} />
      <IncentiveDialogs open={open} exported={{ request: exportRequest, total: data?.total }} onConfirmed={selection.clear} onClose={() => setOpen(undefined)} />
    </Page>
  )
}
