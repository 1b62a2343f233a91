import { sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'

const areDirectors = sql`'director' = any(roles) and state = 'ACTIVE'`

/** @returns the partner's active directors, by name. */
export const readDirectors = (tx: Tx, partnerId: string): Promise<{ id: string; name: string }[]> =>
  tx.rows(sql`select id, name from members where partner_id = ${partnerId} and ${areDirectors} order by name, id`)

/** @returns whether the id is that of an active director of the partner, who stays one to the end of the transaction. */
export async function isDirector(tx: Tx, partnerId: string, id: string): Promise<boolean> {
  return (await tx.rows(sql`select 1 from members where partner_id = ${partnerId} and id = ${id}::uuid and ${areDirectors} for share`)).length > 0
}
