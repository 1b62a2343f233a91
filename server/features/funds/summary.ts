import { amountFromMinor, fromMinor } from '#contract/money.ts'
import type { SensitiveOperation } from '#contract/operations.ts'
import type { Fact, Note, Summary } from '#contract/proofs.ts'
import { maskCompany } from '#server/masking/mask.ts'
import { largestOf } from './rules.ts'

export type SummaryRow = { customer: { id: string; number: string; name: string; isFrozen: boolean }; /** Minor units. */ amount: bigint }
type Change = { label: 'available' | 'customer_balance' | 'top-up' | 'credit'; from: bigint; to: bigint }

const idTail = (number: string): string => number.slice(-4)

/** @param facts what is bound beside the rows. @returns the summary of a money operation. The rows stand in the order of the customers' numbers, so
 *  that sending them in another order freezes the same. */
export function summarizeRows(operation: SensitiveOperation, rows: readonly SummaryRow[], total: bigint, facts: readonly Fact[], notes: readonly Note[]): Summary {
  const sorted = rows.toSorted((a, b) => (a.customer.number < b.customer.number ? -1 : 1))
  const [single] = sorted.length === 1 ? sorted : []
  return {
    operation, total: amountFromMinor(total), count: rows.length, largest: amountFromMinor(largestOf(rows)),
    facts: [...facts, ...(single ? [{ kind: 'party' as const, label: 'customer', nameMasked: maskCompany(single.customer.name), idTail: idTail(single.customer.number) }] : [])],
    items: sorted.map(({ customer, amount }) => ({ nameMasked: maskCompany(customer.name), idTail: idTail(customer.number), amount: amountFromMinor(amount) })),
    notes: [...notes],
  }
}

/** @returns a balance before and after, in minor units, as a note that surrounds the operation. */
export const changeNote = ({ label, from, to }: Change): Note => ({ kind: 'change', label, from: fromMinor(from), to: fromMinor(to) })

/** @returns the notes that a frozen customer may receive money but still cannot buy. */
export function frozenNotes(rows: readonly SummaryRow[]): Note[] {
  const count = rows.filter(({ customer }) => customer.isFrozen).length
  return count > 0 ? [{ kind: 'notice', notice: 'frozen_cannot_buy', count }] : []
}
