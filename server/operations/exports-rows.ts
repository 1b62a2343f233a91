import type { ExportRequest } from '#contract/exports.ts'
import type { Actor } from '#server/auth/actor.ts'
import type { Tx } from '#server/db/transaction.ts'
import type { Cell } from './csv.ts'
import type { ExportWords } from './exports-words.ts'

/** The most rows a file has. */
export const exportRowsMax = 100_000
/** Rows read at a time: some hundred keep the memory flat. */
export const chunkRows = 500

/** What was asked for has more rows than a file may have. */
export class TooManyRows extends Error {
  override readonly name = 'TooManyRows'
}

export type Asked<C extends ExportRequest['content']> = Extract<ExportRequest, { content: C }>
/** What the reader of one list works with. */
export type Reading = { tx: Tx; now: Date; actor: Actor; word: ExportWords; time: (instant: string | null) => Cell; locks: ReadonlyMap<string, Date> }

/** One formatter per file: making one costs more than formatting a thousand times. The zone itself is named in the first line. */
export function timeCell(timeZone: string): (instant: string | null) => Cell {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' })
  return (instant) => ({ text: instant === null ? null : format.format(new Date(instant)) })
}

export const text = (value: string | null): Cell => ({ text: value })

/** @returns the ids in parts, one after the other. Refuses with TooManyRows more than a file may have. */
export function* parts(ids: readonly string[]): Generator<string[]> {
  refuseTooMany(ids.length)
  for (let from = 0; from < ids.length; from += chunkRows) yield ids.slice(from, from + chunkRows)
}

/** Refuses with TooManyRows more than a file may have. */
export function refuseTooMany(rows: number): void {
  if (rows > exportRowsMax) throw new TooManyRows()
}
