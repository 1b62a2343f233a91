import { formatMonth, today } from './format.ts'

/** @param chosen stays a choice, however long ago it is. @returns the months of the last two years, newest first. */
export function monthsBack(chosen: string | undefined): { value: string; label: string }[] {
  const [year = 0, month = 0] = today().split('-').map(Number)
  const months = Array.from({ length: 24 }, (_, back) => new Date(Date.UTC(year, month - 1 - back, 1)).toISOString().slice(0, 7))
  return (chosen === undefined || months.includes(chosen) ? months : [...months, chosen]).map((value) => ({ value, label: formatMonth(value) }))
}
