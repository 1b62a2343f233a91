import { sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'

const key = 'books_closed'

/** The same as a condition, for a statement that is needed anyway. */
export const areBooksClosed = sql`exists (select 1 from installation i where i.key = ${key} and i.value <> 'open')`

/** @returns whether a check of the books failed and nobody opened them again: then no money may move. */
export async function booksClosed(tx: Tx): Promise<boolean> {
  const [row] = await tx.rows<{ closed: boolean }>(sql`select ${areBooksClosed} as closed`)
  return row?.closed === true
}

/** Stops all movements of money until somebody looked. @returns false when the books were closed already. */
export async function closeBooks(tx: Tx, now: Date): Promise<boolean> {
  return (await tx.run(sql`insert into installation as i (key, value, at) values (${key}, 'closed', ${now})
    on conflict (key) do update set value = excluded.value, at = excluded.at where i.value = 'open'`)) > 0
}

/** Lets money move again, after the cause was found. @returns false when the books were not closed. */
export async function openBooks(tx: Tx, now: Date): Promise<boolean> {
  return (await tx.run(sql`update installation set value = 'open', at = ${now} where key = ${key} and value <> 'open'`)) > 0
}
