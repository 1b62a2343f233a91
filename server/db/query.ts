import { sql, type SQL } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'

const dialect = new PgDialect()

/** A statement ready for either engine. */
export type Statement = { text: string; values: unknown[] }

/** @param query a statement composed with drizzle's `sql` tag. @returns its text with numbered places, and the values. */
export function toStatement(query: SQL): Statement {
  const { sql: text, params } = dialect.sqlToQuery(query)
  return { text, values: params }
}

/** Passes an array as one parameter, for `= any(${list(ids)}::uuid[])`. The `sql` tag alone would spread it over many places. */
export const list = (values: readonly (string | Date | null)[] | readonly bigint[]) => sql.param(values.map((value) => (typeof value === 'bigint' ? value.toString() : value)))

/** Passes a value as jsonb, the same on both engines. */
export const json = (value: unknown): SQL => sql`${JSON.stringify(value)}::jsonb`

export { sql, type SQL }
