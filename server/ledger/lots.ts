import type { FundsSource } from '#contract/customers.ts'
import { list, sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'

/** A lot with something left, as far as taking from it needs. */
export type OpenLot = { id: string; number: string; accountId: string; source: FundsSource; sourceAccountId: string; /** Minor units. */ remaining: bigint }
export type Taking = { lot: OpenLot; /** Minor units, more than zero. */ amount: bigint }

/** @param lots in the order they are to be taken. @param amount minor units. @returns how much is taken from each lot that is needed.
 *  Throws if the lots hold less: callers have decided under the customer's lock that they hold enough. */
export function takeFrom(lots: readonly OpenLot[], amount: bigint): Taking[] {
  const takings: Taking[] = []
  let left = amount
  for (const lot of lots) {
    if (left === 0n) break
    const taken = lot.remaining < left ? lot.remaining : left
    if (taken > 0n) takings.push({ lot, amount: taken })
    left -= taken
  }
  if (left > 0n) throw new Error(`the lots hold ${left} less than the account`)
  return takings
}

const columns = sql`l.id, l.number, l.account_id as "accountId", l.source, l.source_account_id as "sourceAccountId", l.remaining`

/** Reads the lots that taking these amounts may touch. The rows themselves are not locked: a lot changes only under the lock of its customer.
 *  @param asked one element per customer: the amount in minor units, and the one lot to take from, or null for newest first.
 *  @returns for null the newest open lots that together hold the amount (newest first); for a named lot that lot, also when it is empty. A named lot
 *  of another customer is left out. */
export async function readLotsToReclaim(tx: Tx, partnerId: string, asked: readonly { customerId: string; amount: bigint; lotId: string | null }[]): Promise<OpenLot[]> {
  return await tx.rows<OpenLot>(sql`select ${columns} from lots_to_reclaim(${partnerId}::uuid,
    ${list(asked.map((one) => one.customerId))}::uuid[], ${list(asked.map((one) => one.amount))}::bigint[], ${list(asked.map((one) => one.lotId))}::uuid[]) l order by l.seq desc`)
}

/** As readLotsToReclaim, for spending. @param amount minor units. @returns the oldest open lots that together hold the amount, oldest first. */
export async function readLotsToSpend(tx: Tx, partnerId: string, accountId: string, amount: bigint): Promise<OpenLot[]> {
  return await tx.rows<OpenLot>(sql`
    select ${columns} from (
      select l.*, sum(l.remaining) over (order by l.seq) - l.remaining as older from lots l where l.partner_id = ${partnerId} and l.account_id = ${accountId} and l.remaining > 0
    ) l where l.older < ${amount}::bigint order by l.seq`)
}
