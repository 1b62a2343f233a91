import type { RowRefusal } from '#contract/errors.ts'
import { amountMaxMinor } from '#contract/money.ts'
import type { PartnerState } from '#contract/people.ts'
import type { QuotaState } from '#contract/coupons.ts'

/** Why a row cannot be done: its code, and the sentence with its facts where that is more exact. */
export type RowReason = { row: number; code: RowRefusal['code']; sentence?: string; facts?: Record<string, string> }

/** Distributors that are restricted, frozen or gone move no quota. */
export const mayMoveQuota = (state: PartnerState): boolean => state === 'ACTIVE'
/** @returns whether a reseller in this state may get quota; giving it back is always possible. */
export const mayGetQuota = (state: PartnerState): boolean => state === 'ACTIVE' || state === 'RESTRICTED'
/** Ids are compared as the database does, so that nobody slips in twice. */
export const sameId = (id: string): string => id.toLowerCase()

const twice = (ids: readonly string[], row: number): RowReason | undefined => {
  const first = ids.indexOf(ids[row] ?? '')
  return first < row ? { row, code: 'duplicate', sentence: 'coupon_twice', facts: { other: String(first + 1) } } : undefined
}

/** @param resellers in the order asked for. @returns every row that must be refused. */
export function refuseIssues(resellers: readonly { id: string; state: PartnerState }[]): RowReason[] {
  const ids = resellers.map(({ id }) => id)
  return resellers.flatMap(({ state }, row): RowReason[] => {
    const double = twice(ids, row)
    return double ? [double] : mayGetQuota(state) ? [] : [{ row, code: 'reseller_closed' }]
  })
}

export type ToReclaim = { id: string; state: QuotaState; left: bigint; /** Whether the distributor's quota takes what comes back. */ isSourceOpen: boolean }
/** @returns why this quota cannot be taken back now; undefined: it can. */
export function whyNotReclaimable({ state, left, isSourceOpen }: Omit<ToReclaim, 'id'>): RowRefusal['code'] | undefined {
  if (state !== 'ACTIVE' || left === 0n) return 'quota_closed'
  return isSourceOpen ? undefined : 'source_closed'
}

/** @param quotas in the order asked for. @returns every row that must be refused. */
export function refuseReclaims(quotas: readonly ToReclaim[]): RowReason[] {
  const ids = quotas.map(({ id }) => id)
  return quotas.flatMap((quota, row): RowReason[] => {
    const double = twice(ids, row)
    if (double) return [double]
    const code = whyNotReclaimable(quota)
    return code === undefined ? [] : [{ row, code }]
  })
}

/** @returns the sum in minor units; undefined when it is more than one movement may carry. */
export function totalOf(amounts: readonly bigint[]): bigint | undefined {
  const total = amounts.reduce((sum, amount) => sum + amount, 0n)
  return total > amountMaxMinor ? undefined : total
}
