import { sql } from './query.ts'
import type { Tx } from './transaction.ts'

/** The time at this very statement, which lies after `now` by as long as the transaction has waited for locks. For rules that meet at a border second: read
 *  behind the lock, it decides for everybody in one order.
 *  @param now the transaction's time, by the clock of the installation. */
export async function momentOf(tx: Tx, now: Date): Promise<Date> {
  const [row] = await tx.rows<{ ms: string }>(sql`select (extract(epoch from clock_timestamp() - now()) * 1000)::bigint::text as ms`)
  return new Date(now.getTime() + Number(row?.ms ?? 0))
}
