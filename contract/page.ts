import * as z from 'zod/mini'

export const pageSizes = [10, 20, 50, 100] as const

/** Page of a list, from 1. A page never holds more than 100 rows. */
export const pageFields = {
  page: z._default(z.int().check(z.minimum(1), z.maximum(100_000)), 1),
  pageSize: z._default(z.int().check(z.minimum(1), z.maximum(100)), 10),
}

/** The answer of every list. `total` counts all rows that match, not only this page. */
export const listOf = <T extends z.ZodMiniType>(item: T) => z.object({ items: z.array(item), total: z.int() })

/** An instant in UTC, ISO 8601 with milliseconds. */
export const Instant = z.iso.datetime({ precision: 3 })
/** A day in the partner's time zone, YYYY-MM-DD. */
export const Day = z.iso.date()
export const Id = z.uuid()

/** At most so many customers are assigned or reclaimed at once. */
export const assignmentBatchMax = 100
