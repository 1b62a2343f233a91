import type { StatementState } from '#contract/incentives.ts'

/** A statement as far as confirming needs. */
export type Confirmable = { id: string; number: string; period: string; /** As written. */ state: StatementState; net: bigint; /** Its deadline is not over. */ isInTime: boolean }
export type ConfirmRefusal = { row: number; code: 'duplicate' | 'already_confirmed' | 'statement_lapsed' | 'not_pending' | 'after_deadline'; /** From 1. */ other?: number }

/** @param ids as they were asked for, all of them among the group. @param group these and whatever else of their months can be confirmed. @returns what is refused, row by row, and the numbers that were left out. */
export function confirmRefusals(ids: readonly string[], group: readonly Confirmable[]): { rows: ConfirmRefusal[]; missing: string[] } {
  const byId = new Map(group.map((one) => [one.id, one]))
  const rows = ids.flatMap((id, row): ConfirmRefusal[] => {
    const first = ids.indexOf(id)
    if (first < row) return [{ row, code: 'duplicate', other: first + 1 }]
    const code = reasonOf(byId.get(id))
    return code === undefined ? [] : [{ row, code }]
  })
  return { rows, missing: group.filter(({ id }) => !ids.includes(id)).map(({ number }) => number).toSorted() }
}

function reasonOf(statement: Confirmable | undefined): ConfirmRefusal['code'] | undefined {
  switch (statement?.state) {
    case 'PENDING_CONFIRMATION': return statement.isInTime ? undefined : 'after_deadline'
    case 'LAPSED': return 'statement_lapsed'
    case 'CONFIRMED':
    case 'ISSUING':
    case 'ISSUED': return 'already_confirmed'
    default: return 'not_pending'
  }
}
