import type { Handover, previewAssignment, previewHandover } from '#contract/assignments.ts'
import type { Answer } from '#contract/endpoint.ts'
import type { RowRefusal } from '#contract/errors.ts'

/** How many days ahead a handover may be planned. */
export const planDays = 90

/** @param now milliseconds since 1970. @param days to move by. @returns the day in China, where figures are counted, as YYYY-MM-DD. */
export function chinaDay(now: number, days = 0): string {
  // China keeps one offset all year.
  return new Date(now + 8 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10)
}

/** @returns whether a handover may be planned for the day. */
export const isPlannable = (day: string, now: number): boolean => /^\d{4}-\d{2}-\d{2}$/.test(day) && day >= chinaDay(now) && day <= chinaDay(now, planDays)

export type RefusedRow<Row> = { row: Row; reason: string }

/** @param refusals as the server gave them, by position. @param sent the rows of that request, in its order. @returns who was refused and why, each
 *  row once. */
export function refusedRows<Row extends { id: string }>(refusals: readonly RowRefusal[] | undefined, sent: readonly Row[]): RefusedRow<Row>[] {
  const found = new Map<string, RefusedRow<Row>>()
  for (const { row: position, message } of refusals ?? []) {
    const row = sent[position]
    if (row && !found.has(row.id)) found.set(row.id, { row, reason: message })
  }
  return [...found.values()]
}

type Present = Answer<typeof previewAssignment>['items'][number]

/** @param items the customers with whoever has them now. @param managerId who is to get them. @returns those that change hands, and how many are that
 *  manager's already. */
export function split(items: readonly Present[], managerId: string): { changing: Present[]; unchanged: number } {
  const changing = items.filter((item) => item.manager?.id !== managerId)
  return { changing, unchanged: items.length - changing.length }
}

/** @returns whether the list must be asked again by itself: something moves, or is due. */
export const isMoving = (handovers: readonly Pick<Handover, 'state' | 'day'>[], now: number): boolean =>
  handovers.some(({ state, day }) => state === 'RUNNING' || (state === 'PLANNED' && day <= chinaDay(now)))

/** @returns why a previewed handover cannot be confirmed, if so. Somebody without customers may still have reports and invitations to hand over. */
export function whyNotHandOver({ planned, customers, prospects, invitations }: Pick<Answer<typeof previewHandover>, 'planned' | 'customers' | 'prospects' | 'invitations'>): 'planned' | 'nothing' | undefined {
  if (planned > 0) return 'planned'
  return customers + prospects + invitations === 0 ? 'nothing' : undefined
}
