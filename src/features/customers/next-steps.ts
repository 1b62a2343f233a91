import type { Customer } from '#contract/customers.ts'

export type NextStep = { key: 'manager' | 'budget' | 'unfreeze' | 'allocate'; isDone: boolean }

/** What comes after the association of a resale customer, in order, until it can buy.
 *  @returns undefined where nothing of it is left to do, and for referral customers. A budget is a choice: missing it keeps nobody. */
export function nextSteps({ associationType, freezeCause, state, manager, budget, allocations }: Pick<Customer, 'associationType' | 'freezeCause' | 'state' | 'manager' | 'budget' | 'allocations'>): NextStep[] | undefined {
  const isNew = freezeCause === 'NEW_ASSOCIATION' || (state === 'NORMAL' && allocations === 0)
  if (associationType !== 'RESALE' || !isNew) return undefined
  return [
    { key: 'manager', isDone: manager !== null }, { key: 'budget', isDone: budget !== null },
    { key: 'unfreeze', isDone: state === 'NORMAL' }, { key: 'allocate', isDone: allocations > 0 },
  ]
}

const place = 'next-steps-dismissed'
/** So many are remembered; the oldest fall out. */
const keptMax = 200

/** @returns the ids of customers whose panel this person has closed in this browser. */
export function dismissedSteps(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(place) ?? '[]')
    return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string') : []
  } catch {
    return []
  }
}

/** Remembers that the panel of a customer was closed. @param id of the customer, which says nothing about it. */
export function dismissSteps(id: string): void {
  localStorage.setItem(place, JSON.stringify([id, ...dismissedSteps().filter((one) => one !== id)].slice(0, keptMax)))
}
