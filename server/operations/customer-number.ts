import { randomInt } from 'node:crypto'
import { list, sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'

/** @returns a customer ID of ten digits that the partner has not given yet; drawn, so that it tells nothing of how many customers there are. */
export async function freeCustomerNumber(tx: Tx, partnerId: string): Promise<string> {
  const drawn = Array.from({ length: 8 }, () => `2${String(randomInt(1_000_000_000)).padStart(9, '0')}`)
  const [free] = await tx.rows<{ number: string }>(sql`select n.number from unnest(${list(drawn)}::text[]) as n(number)
    where not exists (select 1 from customers c where c.partner_id = ${partnerId} and c.number = n.number) limit 1`)
  if (!free) throw new Error('no customer number is free')
  return free.number
}
