import { useState } from 'react'

export type Selection<Row> = {
  count: number
  rows: readonly Row[]
  has: (id: string) => boolean
  toggle: (row: Row) => void
  /** Ticks or unticks all rows of the page in view. */
  togglePage: (rows: readonly Row[], isChosen: boolean) => void
  /** Unticks rows that something was done with: what is remembered of them is not so any more. */
  drop: (ids: readonly string[]) => void
  clear: () => void
}

/** Ticked rows. They survive paging, sorting and filtering, because the rows themselves are remembered. @param key a row's id.
 *  @param initial rows that are ticked from the start. */
export function useSelection<Row>(key: (row: Row) => string, initial: readonly Row[] = []): Selection<Row> {
  const [chosen, setChosen] = useState<ReadonlyMap<string, Row>>(() => new Map(initial.map((row) => [key(row), row])))
  const change = (act: (next: Map<string, Row>) => void) => setChosen((present) => {
    const next = new Map(present)
    act(next)
    return next
  })
  return {
    count: chosen.size,
    rows: [...chosen.values()],
    has: (id) => chosen.has(id),
    toggle: (row) => change((next) => { if (!next.delete(key(row))) next.set(key(row), row) }),
    togglePage: (rows, isChosen) => change((next) => {
      for (const row of rows) {
        if (isChosen) next.set(key(row), row)
        else next.delete(key(row))
      }
    }),
    drop: (ids) => change((next) => { for (const id of ids) next.delete(id) }),
    clear: () => setChosen(new Map()),
  }
}
