import { couponBatchMax } from '#contract/coupons.ts'
import { type Amount, parseAmount, toMinor } from '#contract/money.ts'
import type { IssuedQuota } from '#contract/reseller-quotas.ts'

/** One reseller of the form, with what was typed for it. */
export type Share = { id: string; typed: string }
export type ShareProblem = 'required' | 'amount'

/** @returns what is wrong with the amount of each reseller, by its id. */
export const wrongShares = (shares: readonly Share[]): Map<string, ShareProblem> => new Map(shares.flatMap(({ id, typed }): [string, ShareProblem][] => {
  if (typed.trim() === '') return [[id, 'required']]
  const amount = parseAmount(typed)
  return amount === undefined || toMinor(amount) === 0n ? [[id, 'amount']] : []
}))

/** @returns the sum of what can be read of the typed amounts, in minor units. */
export const totalOf = (shares: readonly Share[]): bigint => shares.reduce((sum, { typed }) => {
  const amount = parseAmount(typed)
  return amount === undefined ? sum : sum + toMinor(amount)
}, 0n)

/** @returns those of the ticked quotas that can be reclaimed, and what is left of them in minor units. */
export function reclaimableOf(rows: readonly IssuedQuota[]): { rows: IssuedQuota[]; total: bigint } {
  const found = rows.filter((row) => row.isReclaimable)
  return { rows: found, total: found.reduce((sum, { left }) => sum + toMinor(left), 0n) }
}

export type WhyNot = 'partner_state' | 'state' | 'source' | 'none' | 'too_many'
/** @returns why this quota cannot be reclaimed now, or undefined. The server decides again. */
export function whyNotReclaim({ isReclaimable, state }: Pick<IssuedQuota, 'isReclaimable' | 'state'>, isRestricted: boolean): WhyNot | undefined {
  if (isRestricted) return 'partner_state'
  return isReclaimable ? undefined : state === 'ACTIVE' ? 'source' : 'state'
}
/** As whyNotReclaim, for ticked quotas: those that can be reclaimed are. */
export const whyNotReclaimBatch = (count: number, isRestricted: boolean): WhyNot | undefined => (isRestricted ? 'partner_state' : count === 0 ? 'none' : count > couponBatchMax ? 'too_many' : undefined)

/** @returns by how much less came back than was expected, in minor units; negative where more did. */
export const shortfall = ({ expected, actual }: { expected: Amount; actual: Amount }): bigint => toMinor(expected) - toMinor(actual)
/** @returns what the rows would bring back, in minor units; a row that would be refused brings nothing. */
export const expectedTotal = (rows: readonly { expected: Amount; problem: string | undefined }[]): bigint => rows.reduce((sum, { expected, problem }) => sum + (problem === undefined ? toMinor(expected) : 0n), 0n)
