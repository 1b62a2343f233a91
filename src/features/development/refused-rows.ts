import type { RowRefusal } from '#contract/errors.ts'
import type { Prospect } from '#contract/prospects.ts'

export type RefusedRow = { row: Prospect; reason: string }

/** @param refusals as the server gave them, by position. @param sent the rows of that request, in its order. @returns who was refused and why, each
 *  row once. */
export function refusedRows(refusals: readonly RowRefusal[] | undefined, sent: readonly Prospect[]): RefusedRow[] {
  const found = new Map<string, RefusedRow>()
  for (const { row: position, message } of refusals ?? []) {
    const row = sent[position]
    if (row && !found.has(row.id)) found.set(row.id, { row, reason: message })
  }
  return [...found.values()]
}
