import { formatDay } from '#src/lib/format.ts'

/** @param end the instant from which something is over. @returns the last instant before it: its day is the last one, as people read it. */
export const lastInstant = (end: string): string => new Date(Date.parse(end) - 1).toISOString()

/** @param end the instant from which something is over. @returns its last day in the partner's time zone, `YYYY-MM-DD`. */
export const lastDay = (end: string): string => formatDay(lastInstant(end))
