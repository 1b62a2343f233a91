import type { ManagerSort } from '#contract/assignments.ts'

// Days are China time, which has had one offset since long before the first figure.
const zoneMs = 8 * 3_600_000
const dayMs = 86_400_000

/** @returns the day of an instant, China time, YYYY-MM-DD. */
export const dayOf = (at: Date): string => new Date(at.getTime() + zoneMs).toISOString().slice(0, 10)

/** @param day YYYY-MM-DD. @returns the day so many days later. */
export const plusDays = (day: string, days: number): string => new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10)

/** Furthest day of a plan, counted from today. */
const planDays = 90

/** @returns whether a handover may be planned for the day: today to ninety days ahead. */
export const isPlanDay = (day: string, now: Date): boolean => day >= dayOf(now) && day <= plusDays(dayOf(now), planDays)

/** Figures of one manager; money in minor units. `id: null`: whatever belongs to nobody. */
export type Figures = { customers: number; monthExpenditure: bigint; monthPerformance: bigint }

const noFigures: Figures = { customers: 0, monthExpenditure: 0n, monthPerformance: 0n }

/** @returns the sum. */
export const sumFigures = (rows: readonly Figures[]): Figures => rows.reduce((sum, row) => ({
  customers: sum.customers + row.customers, monthExpenditure: sum.monthExpenditure + row.monthExpenditure, monthPerformance: sum.monthPerformance + row.monthPerformance,
}), noFigures)

/** @returns the rows in the order asked for; equal ones by id, so that pages never overlap. */
export function sortManagers<T extends Figures & { id: string }>(rows: readonly T[], sort: ManagerSort): T[] {
  const direction = sort.startsWith('-') ? -1 : 1
  const value = (row: T) => (sort.endsWith('customers') ? BigInt(row.customers) : row.monthExpenditure)
  return rows.toSorted((a, b) => (value(a) === value(b) ? (a.id < b.id ? -1 : 1) : value(a) < value(b) ? -direction : direction))
}

export type RowReason = { row: number; code: 'already_assigned' | 'not_assigned' | 'duplicate' | 'in_plan'; /** Of a duplicate: the row before, from 1. */ other?: number; managerName?: string }
type Standing = { managerId: string | null; managerName: string | null; isPlanned: boolean }

/** @returns a reason for each row that names a customer for the second time. */
const refuseDuplicates = (ids: readonly string[]): RowReason[] => ids.flatMap((id, row) => {
  const first = ids.indexOf(id)
  return first < row ? [{ row, code: 'duplicate' as const, other: first + 1 }] : []
})

/** @param isChange whether customers of another manager may be taken along. @returns why rows cannot be given to the manager. */
export const refuseAssignments = (ids: readonly string[], known: ReadonlyMap<string, Standing>, managerId: string, isChange: boolean): RowReason[] => [
  ...refuseDuplicates(ids),
  ...ids.flatMap((id, row) => {
    const held = known.get(id)
    return held && held.managerId !== null && (!isChange || held.managerId === managerId) ? [{ row, code: 'already_assigned' as const, managerName: held.managerName ?? '' }] : []
  }),
]

/** @returns why rows cannot be taken from the manager, or, for a handover, planned away. */
export const refuseTaking = (ids: readonly string[], known: ReadonlyMap<string, Standing>, managerId: string, isPlan: boolean): RowReason[] => [
  ...refuseDuplicates(ids),
  ...ids.flatMap((id, row): RowReason[] => {
    const held = known.get(id)
    if (held?.managerId !== managerId) return [{ row, code: 'not_assigned' }]
    return isPlan && held.isPlanned ? [{ row, code: 'in_plan' }] : []
  }),
]
