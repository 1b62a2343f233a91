import { sql, type SQL } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'

const formats = new Map<string, Intl.DateTimeFormat>()

/** @param timeZone IANA name of the partner's zone. @returns the day as numbers carry it, `yymmdd`, as it is in that zone. */
export function dayPart(at: Date, timeZone: string): string {
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('en-US', { timeZone, year: '2-digit', month: '2-digit', day: '2-digit' })
  formats.set(timeZone, format)
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]))
  return `${parts.get('year')}${parts.get('month')}${parts.get('day')}`
}

type Sequence = 'transaction_numbers' | 'batch_numbers' | 'lot_numbers' | 'invitation_numbers' | 'handover_numbers' | 'quota_numbers' | 'coupon_numbers' | 'statement_numbers' | 'payment_numbers'

/** Draws numbers before they are used; what is not used is never used. @returns so many, as `numberOf` takes them. */
export const drawNumbers = async (tx: Tx, sequence: Sequence, count: number): Promise<string[]> =>
  (await tx.rows<{ drawn: string }>(sql`select nextval(${sequence}::text::regclass)::text as drawn from generate_series(1, ${count}::int)`)).map(({ drawn }) => drawn)

/** @returns the number as people quote it, the same as `nextNumber` makes it. */
export const numberOf = (prefix: 'TX' | 'B', day: string, drawn: string): string => `${prefix}${day}${drawn.padStart(6, '0')}`

/** @param sequence a name of our own, never input. @returns SQL that draws the next number people quote: prefix, day and at least six digits. */
export const nextNumber = (prefix: 'TX' | 'B' | 'LT' | 'IV' | 'HO' | 'CQ' | 'CP' | 'IS' | 'PR', sequence: Sequence, day: string): SQL =>
  sql`${prefix + day}::text || to_char(nextval(${sequence}::text::regclass), 'FM999999000000')`
