import { sql, type SQL } from '#server/db/query.ts'

const formats = new Map<string, Intl.DateTimeFormat>()

/** @param timeZone IANA name of the partner's zone. @returns the day as numbers carry it, `yymmdd`, as it is in that zone. */
export function dayPart(at: Date, timeZone: string): string {
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('en-US', { timeZone, year: '2-digit', month: '2-digit', day: '2-digit' })
  formats.set(timeZone, format)
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]))
  return `${parts.get('year')}${parts.get('month')}${parts.get('day')}`
}

/** @param sequence a name of our own, never input. @returns SQL that draws the next number people quote: prefix, day and at least six digits. */
export const nextNumber = (prefix: 'TX' | 'B' | 'LT' | 'IV' | 'HO' | 'CQ' | 'CP', sequence: 'transaction_numbers' | 'batch_numbers' | 'lot_numbers' | 'invitation_numbers' | 'handover_numbers' | 'quota_numbers' | 'coupon_numbers', day: string): SQL =>
  sql`${prefix + day}::text || to_char(nextval(${sequence}::text::regclass), 'FM999999000000')`
