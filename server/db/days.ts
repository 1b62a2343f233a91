import { sql, type SQL } from './query.ts'
import type { Tx } from './transaction.ts'

// Days and months of a partner are those of its time zone; the database knows every zone's past and future offsets.

/** @param day YYYY-MM-DD. @param timeZone IANA name. @returns the instant at which the day begins. */
const dayStart = (day: string, timeZone: string): SQL => sql`(${day}::date::timestamp at time zone ${timeZone}::text)`

/** @returns the instant at which the day is over: not part of it any more. */
const dayEnd = (day: string, timeZone: string): SQL => sql`((${day}::date + 1)::timestamp at time zone ${timeZone}::text)`

/** @param column an instant. @returns conditions for the days from and to, both included. */
export const inDays = (column: SQL, from: string | undefined, to: string | undefined, timeZone: string): SQL[] => [
  ...(from === undefined ? [] : [sql`${column} >= ${dayStart(from, timeZone)}`]),
  ...(to === undefined ? [] : [sql`${column} < ${dayEnd(to, timeZone)}`]),
]

/** The same for the first instant at which something is over: what ends with a day is over when the next begins. Leaves the column alone, so that an index can answer. */
export const endingInDays = (column: SQL, from: string | undefined, to: string | undefined, timeZone: string): SQL[] => [
  ...(from === undefined ? [] : [sql`${column} > ${dayStart(from, timeZone)}`]),
  ...(to === undefined ? [] : [sql`${column} <= ${dayEnd(to, timeZone)}`]),
]

/** @returns a source of twelve rows `m(month)`, first days of the months up to the one of `now`, oldest first. */
export const lastTwelveMonths = (now: Date, timeZone: string): SQL =>
  sql`(select (date_trunc('month', ${now}::timestamptz at time zone ${timeZone}::text) - make_interval(months => 11 - i))::date as month from generate_series(0, 11) i) m`

/** @param day YYYY-MM-DD. @returns the instants at which the day begins, and at which it is over. */
export async function boundsOf(tx: Tx, day: string, timeZone: string): Promise<{ from: Date; to: Date }> {
  const [row] = await tx.rows<{ from: Date; to: Date }>(sql`select ${dayStart(day, timeZone)} as from, ${dayEnd(day, timeZone)} as to`)
  if (!row) throw new Error('a row without a source is one row')
  return row
}

/** @returns all conditions in one; true without any. */
export const every = (conditions: readonly SQL[]): SQL => (conditions.length === 0 ? sql`true` : sql.join([...conditions], sql` and `))
