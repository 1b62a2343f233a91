import type { RowRefusal } from '#contract/errors.ts'
import { amountMaxMinor } from '#contract/money.ts'
import type { PartnerState } from '#contract/people.ts'

/** Why a row cannot be done; `other` is the position, from 1, of the row it repeats. Amounts are minor units. */
export type RowReason = { row: number; code: RowRefusal['code']; max?: bigint; other?: number; isLotLimit?: true }
export type AllocateItem = { customerId: string; amount: bigint }
export type ReclaimItem = AllocateItem & { lotId: string | null }
type Recipient = { isResale: boolean; /** What is left of earlier allocations. */ balance: bigint }
type Giver = { isResale: boolean; reclaimable: bigint }
type NamedLot = { accountId: string; remaining: bigint }

/** Partners that are restricted, frozen or gone move no money. */
export const mayMoveMoney = (state: PartnerState): boolean => state === 'ACTIVE'

/** Ids are compared as the database does: `A` and `a` are one, so that no customer slips in twice. */
export const sameId = (id: string): string => id.toLowerCase()

/** @param customers by id, one for each item. @returns every row that must be refused, in order; empty when all may be done. */
export function refuseAllocations(items: readonly AllocateItem[], customers: ReadonlyMap<string, Recipient>): RowReason[] {
  return items.flatMap(({ customerId, amount }, row): RowReason[] => {
    const customer = customers.get(customerId)
    const other = repeats(items, row)
    if (other !== undefined) return [{ row, code: 'duplicate', other }]
    if (!customer?.isResale) return [{ row, code: 'not_resale' }]
    // A balance has to stay an amount that one movement can carry, or it could not be taken back in one.
    const max = amountMaxMinor - customer.balance
    return amount > max ? [{ row, code: 'amount', max }] : []
  })
}

/** @param customers by id, one for each item. @param lots the named lots that exist, by id; each must be of the row's customer.
 *  @returns every row that must be refused, in order; empty when all may be done. */
export function refuseReclaims(items: readonly ReclaimItem[], customers: ReadonlyMap<string, Giver & { accountId: string }>, lots: ReadonlyMap<string, NamedLot>): RowReason[] {
  return items.flatMap((item, row): RowReason[] => {
    const customer = customers.get(item.customerId)
    const other = repeats(items, row)
    if (other !== undefined) return [{ row, code: 'duplicate', other }]
    if (!customer?.isResale) return [{ row, code: 'not_resale' }]
    const lot = item.lotId === null ? undefined : lots.get(item.lotId)
    if (item.lotId !== null && lot?.accountId !== customer.accountId) return [{ row, code: 'lot_unknown' }]
    if (lot?.remaining === 0n) return [{ row, code: 'lot_empty' }]
    if (customer.reclaimable === 0n) return [{ row, code: 'nothing_to_reclaim' }]
    if (lot && lot.remaining < customer.reclaimable) return item.amount > lot.remaining ? [{ row, code: 'above_reclaimable', max: lot.remaining, isLotLimit: true }] : []
    return item.amount > customer.reclaimable ? [{ row, code: 'above_reclaimable', max: customer.reclaimable }] : []
  })
}

/** @returns the sum in minor units, or undefined when it is more than one movement may carry. */
export function totalOf(items: readonly { amount: bigint }[]): bigint | undefined {
  const total = items.reduce((sum, { amount }) => sum + amount, 0n)
  return total > amountMaxMinor ? undefined : total
}

/** @returns the largest amount of the rows, in minor units. */
export const largestOf = (items: readonly { amount: bigint }[]): bigint => items.reduce((largest, { amount }) => (amount > largest ? amount : largest), 0n)

function repeats(items: readonly AllocateItem[], row: number): number | undefined {
  const first = items.findIndex(({ customerId }) => customerId === items[row]?.customerId)
  return first < row ? first + 1 : undefined
}
