import { useState } from 'react'
import type { Statement } from '#contract/incentives.ts'
import { useSelection } from '#src/components/use-selection.ts'
import { IncentiveDialogs, type OpenDialog } from './IncentiveDialogs.tsx'
import { StatementsTable } from './StatementsTable.tsx'
import { useStatementList } from './use-statement-list.ts'

/** Statements that lapse when they are not confirmed in time. */
export function ProjectStatements() {
  const statements = useStatementList('projects')
  const selection = useSelection<Statement>((row) => row.id)
  const [open, setOpen] = useState<OpenDialog>()
  return (
    <>
      <StatementsTable statements={statements} selection={selection} onConfirm={(ids) => setOpen({ at: 'confirm', ids })} onExport={(ids) => setOpen({ at: 'export', ids })} />
      <IncentiveDialogs open={open} exported={{ request: statements.exportRequest, total: statements.result.data?.total }} onConfirmed={selection.clear} onClose={() => setOpen(undefined)} />
    </>
  )
}
