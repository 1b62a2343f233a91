import { sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'

const key = 'books_closed'

/** @returns whether a check of the books failed and nobody opened them again: then no money may move. */
export async function booksClosed(tx: Tx): Promise<boolean> {
  const [row] = await tx.rows<{ value: string }>(sql`select value from installation where key = ${key}`)
  return row !== undefined && row.value !== 'open'
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
