import type { ReactNode } from 'react'

export type Column<Row> = {
  key: string
  header: string
  /** Beside the words of the head: the column's eye. */
  tools?: ReactNode
  cell: (row: Row) => ReactNode
  /** Money and counts: right-aligned. */
  isNumber?: boolean
  /** No figure to the eye, but sorted by size, e.g. a bar. */
  isSized?: boolean
  /** What the server sorts by; a leading minus means largest or newest first. */
  sort?: string
  /** Pixels; columns share what is left in proportion. 120 when not given. */
  width?: number
  /** Its place on a phone's card: `lead` on top left, `state` on top right, `value` labelled in two columns, `full` across, `skip` not at all. */
  card?: 'lead' | 'state' | 'value' | 'full' | 'skip'
  /** Cannot be hidden by the person. */
  isFixed?: boolean
  isHiddenByDefault?: boolean
}

/** @returns the columns in view: what the person chose, else all that are not hidden by default. */
export function columnsInView<Row>(columns: readonly Column<Row>[], chosen: readonly string[] | undefined): readonly Column<Row>[] {
  return columns.filter((column) => column.isFixed || (chosen ? chosen.includes(column.key) : !column.isHiddenByDefault))
}
