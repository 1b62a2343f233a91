import { useTranslation } from '#src/i18n/use-translation.ts'
import type { ExportState, ExportTask } from '#contract/exports.ts'
import { CopyButton } from '#src/components/CopyButton.tsx'
import { StatusTag, type Tone } from '#src/components/StatusTag.tsx'
import type { Column } from '#src/components/table-types.ts'
import { Time } from '#src/components/Time.tsx'
import { formatCount } from '#src/lib/format.ts'

/** How a state looks: what is expected is quiet. */
const stateTone = {
  QUEUED: { tone: 'neutral', isPlain: true },
  RUNNING: { tone: 'info', isPlain: true },
  COMPLETED: { tone: 'success', isPlain: true },
  FAILED: { tone: 'danger', isPlain: false },
  EXPIRED: { tone: 'neutral', isPlain: true },
} as const satisfies Record<ExportState, { tone: Tone; isPlain: boolean }>

/** @returns the columns of the export history. */
export function useExportColumns(): Column<ExportTask>[] {
  const { t } = useTranslation()
  return [
    { key: 'number', header: t('exports.field.number'), width: 160, isFixed: true, card: 'full', cell: (row) => <span className="cell">{row.number}<CopyButton text={row.number} what={t('exports.field.number')} /></span> },
    { key: 'content', header: t('exports.field.content'), width: 138, card: 'lead', isFixed: true, cell: (row) => <span className="export-content">{t(`exports.content.${row.content}`)}</span> },
    { key: 'filter', header: t('exports.field.filter'), width: 188, card: 'full', cell: (row) => <span className="export-filter">{row.filterText || t('exports.no_filter')}</span> },
    { key: 'format', header: t('exports.field.format'), width: 64, card: 'skip', cell: (row) => row.format },
    { key: 'rows', header: t('exports.field.rows'), width: 76, isNumber: true, cell: (row) => (row.rows === null ? <span className="quiet">–</span> : formatCount(row.rows)) },
    { key: 'created', header: t('exports.field.created_at'), width: 108, cell: (row) => <span className="second"><Time at={row.createdAt} /></span> },
    { key: 'by', header: t('exports.field.created_by'), width: 84, cell: (row) => row.createdByMasked },
    {
      key: 'state', header: t('exports.field.state'), width: 100, card: 'state',
      cell: (row) => <span className="stack export-state"><StatusTag {...stateTone[row.state]}>{t(`exports.state.${row.state}`)}</StatusTag>{row.reason !== null && <span>{row.reason}</span>}</span>,
    },
    { key: 'expires', header: t('exports.field.expires_at'), width: 108, cell: (row) => (row.expiresAt === null ? <span className="quiet">–</span> : <span className="second"><Time at={row.expiresAt} /></span>) },
  ]
}
