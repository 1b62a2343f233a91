import type { Answer } from '#contract/endpoint.ts'
import type { getFundsTargets } from '#contract/funds.ts'
import { type Amount, amountMaxMinor, type Figure, parseAmount, toMinor } from '#contract/money.ts'

export type Move = 'allocate' | 'reclaim'
export type Targets = Answer<typeof getFundsTargets>
/** A customer as the allocate and reclaim forms show it. */
export type Target = Targets['items'][number]
/** Why no amount can be entered for a customer at all. */
export type Block = 'not_resale' | 'nothing_to_reclaim'

/** @returns why money cannot be moved for this customer whatever the amount, as far as the form knows; the server decides again. */
export function blockOf(move: Move, { isResale, reclaimable }: Pick<Target, 'isResale' | 'reclaimable'>): Block | undefined {
  if (!isResale) return 'not_resale'
  return move === 'reclaim' && reclaimable.reclaimable === '0.00' ? 'nothing_to_reclaim' : undefined
}

/** @param lotId one open lot, or undefined for all of them. @returns the largest amount that the server would take back. */
export function limitOf({ reclaimable: { reclaimable }, lots }: Pick<Target, 'reclaimable' | 'lots'>, lotId: string | undefined): Amount {
  const lot = lots.find(({ id }) => id === lotId)
  return lot && toMinor(lot.remaining) < toMinor(reclaimable) ? lot.remaining : reclaimable
}

/** @param text as typed. @returns an amount that can be moved: more than zero. */
export function movable(text: string): Amount | undefined {
  const amount = parseAmount(text)
  return amount === '0.00' ? undefined : amount
}

/** @returns the sum in minor units; what is missing counts nothing. */
export const sumOf = (amounts: readonly (Amount | Figure | undefined)[]): bigint => amounts.reduce((sum, amount) => sum + (amount === undefined ? 0n : toMinor(amount)), 0n)

/** @param total minor units. @returns whether one operation cannot carry so much. */
export const isAboveMax = (total: bigint): boolean => total > amountMaxMinor
