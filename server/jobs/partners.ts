import { sql } from '#server/db/query.ts'
import type { Database } from '#server/db/transaction.ts'

/** @returns the ids of all partners, for work that the clock starts and that goes over everybody. */
export async function allPartners(database: Database): Promise<string[]> {
  const rows = await database.inGlobal((tx) => tx.rows<{ id: string }>(sql`select id from partners order by id`))
  return rows.map(({ id }) => id)
}
