import type { Statement } from '#contract/incentives.ts'
import { paths } from '#src/paths.ts'
import { isQuarterly } from './rules.ts'

/** @returns the address of the request form with these statements ticked. */
export const requestOf = (ids: readonly string[]): string => paths.incentivePayments({ do: 'request', ids: ids.join('.') })

/** @returns the address at which these statements are requested: project incentives by quarter, all others by the form, where they are ticked. */
export function requestPlace(rows: readonly Pick<Statement, 'id' | 'isNegative' | 'program'>[]): string {
  const ids = rows.filter((row) => !isQuarterly(row)).map(({ id }) => id)
  return ids.length === 0 && rows.length > 0 ? paths.incentiveQuarters() : requestOf(ids)
}
