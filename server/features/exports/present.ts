import type { Reply } from '#contract/endpoint.ts'
import type { createExport } from '#contract/exports.ts'
import { maskName } from '#server/masking/mask.ts'
import type { ExportRow } from '#server/operations/exports-store.ts'
import { exportWords } from '#server/operations/exports-words.ts'

/** @returns one row of the export history. What was filtered by and the reason of a failure are in the language the export was asked for in; where
 *  nothing was, the text is empty, for the reader's own word. */
export const presentExport = (row: ExportRow): Reply<typeof createExport> => ({
  id: row.id, number: row.number, content: row.content, filterText: row.filterText === exportWords(row.language).label('none') ? '' : row.filterText, format: 'CSV', rows: row.rows,
  createdAt: row.createdAt.toISOString(), createdByMasked: maskName(row.creatorName), state: row.state,
  reason: row.reason === null ? null : exportWords(row.language).reason(row.reason), expiresAt: row.expiresAt?.toISOString() ?? null,
})
