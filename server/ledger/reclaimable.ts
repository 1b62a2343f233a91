import type { Reclaimable } from '#contract/customers.ts'
import { amountFromMinor, fromMinor } from '#contract/money.ts'

/** What decides how much may be taken back from a customer. Minor units, none below zero. */
export type ReclaimFacts = {
  /** What is left of the allocations: the balance of the customer's account, and the sum of its lots. */
  allocated: bigint
  /** The customer's own top-ups. */
  own: bigint
  /** Held by orders in progress. */
  held: bigint
  /** Consumption that is posted but not settled. */
  unsettled: bigint
  arrears: bigint
}

/** @returns the largest amount a reclaim may take: balance − own − held − unsettled − arrears, where balance is allocated + own; never below
 *  zero, and so never above what is left in the lots. Minor units. */
export function reclaimableOf({ allocated, held, unsettled, arrears }: Omit<ReclaimFacts, 'own'>): bigint {
  const left = allocated - held - unsettled - arrears
  return left > 0n ? left : 0n
}

/** @param asOf when the facts were read. @returns the explanation line by line, as screens show it. */
export function presentReclaimable(facts: ReclaimFacts, asOf: Date): Reclaimable {
  return {
    balance: fromMinor(facts.allocated + facts.own), own: fromMinor(facts.own), held: fromMinor(facts.held), unsettled: fromMinor(facts.unsettled),
    arrears: fromMinor(facts.arrears), reclaimable: amountFromMinor(reclaimableOf(facts)), asOf: asOf.toISOString(),
  }
}
