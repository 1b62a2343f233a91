import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link } from 'react-router'
import type { Statement } from '#contract/incentives.ts'
import { CopyButton } from '#src/components/CopyButton.tsx'
import { MoneyText } from '#src/components/MoneyText.tsx'
import type { Column } from '#src/components/table-types.ts'
import { formatMonth } from '#src/lib/format.ts'
import { paths } from '#src/paths.ts'
import { StateCell } from './StateCell.tsx'
import { UntilCell } from './Until.tsx'

/** @returns the list's columns. Widths fit a 1440 wide screen in both languages. */
export function useStatementColumns(): readonly Column<Statement>[] {
  const { t } = useTranslation()
  return [
    { key: 'number', header: t('incentives.field.number'), width: 146, card: 'lead', isFixed: true, cell: (row) => <span className="cell"><Link data-open to={paths.incentive(row.id)}>{row.number}</Link><CopyButton text={row.number} what={t('incentives.field.number')} /></span> },
    { key: 'period', header: t('incentives.field.period'), width: 78, sort: 'period', cell: (row) => formatMonth(row.period) },
    { key: 'program', header: t('incentives.field.program'), width: 114, cell: (row) => <span className="stack wrap"><span>{row.program.name}</span><span>{t(row.program.associationType ? `customers.type.${row.program.associationType}` : `incentives.kind.${row.program.kind}`)}</span></span> },
    { key: 'type', header: t('incentives.field.type'), width: 92, isHiddenByDefault: true, cell: (row) => (row.program.associationType ? t(`customers.type.${row.program.associationType}`) : <span className="quiet">–</span>) },
    { key: 'amount', header: t('incentives.field.amount'), width: 100, isNumber: true, sort: 'amount', cell: (row) => <MoneyText amount={row.amount} isStrong /> },
    { key: 'confirmed', header: t('incentives.field.confirmed_short'), width: 92, isNumber: true, cell: (row) => <MoneyText amount={row.confirmedAmount} /> },
    { key: 'state', header: t('incentives.field.state'), width: 104, card: 'state', isFixed: true, cell: (row) => <StateCell row={row} /> },
    { key: 'until', header: t('incentives.field.until'), width: 188, card: 'full', sort: 'confirmUntil', isFixed: true, cell: (row) => <UntilCell deadline={row.deadline} isOpen={row.state === 'PENDING_CONFIRMATION'} /> },
    { key: 'feedback', header: t('incentives.field.feedback'), width: 74, cell: (row) => <FeedbackCounts counts={row.feedback} /> },
    { key: 'frozen', header: t('incentives.field.frozen'), width: 80, isNumber: true, cell: (row) => <MoneyText amount={row.frozen} /> },
    { key: 'lines', header: t('incentives.field.lines'), width: 72, isNumber: true, isHiddenByDefault: true, cell: (row) => row.lines },
  ]
}

/** How many lines have feedback, by what became of it; a dash without any. */
function FeedbackCounts({ counts: { open, answered, closed } }: { counts: Statement['feedback'] }) {
  const { t } = useTranslation()
  if (open + answered + closed === 0) return <span className="quiet">–</span>
  return (
    <span className="stack">
      {open > 0 && <span>{t('incentives.feedback_counts.open', { count: open })}</span>}
      {answered > 0 && <span>{t('incentives.feedback_counts.answered', { count: answered })}</span>}
      {open + answered === 0 && <span>{t('incentives.feedback_counts.closed', { count: closed })}</span>}
    </span>
  )
}
