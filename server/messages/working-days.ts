import { isStatutoryHoliday, publishedYears } from './china-holidays.ts'

// The one calendar of working days, of mainland China: what waits for working hours asks it, and every deadline that is counted in working days.

/** China has one clock, without summer time. */
const chinaOffset = 8 * 3_600_000
const dayLength = 24 * 3_600_000

/** @returns the day of an instant on China's clock, YYYY-MM-DD. */
export const chinaDayOf = (at: Date): string => new Date(at.getTime() + chinaOffset).toISOString().slice(0, 10)
/** @param day YYYY-MM-DD. @returns the instant at which it is over, 24:00 on China's clock: the first that does not belong to it. */
export const endOfChinaDay = (day: string): Date => new Date(Date.parse(`${day}T00:00:00Z`) + dayLength - chinaOffset)
/** @param days may be below zero. @returns the day so many days later. */
export const dayPlus = (day: string, days: number): string => new Date(Date.parse(`${day}T00:00:00Z`) + days * dayLength).toISOString().slice(0, 10)

/** @returns whether the holidays of the day's year have been published. Until then its statutory holidays and weekends are assumed. */
const isPublished = (day: string): boolean => publishedYears[day.slice(0, 4)] !== undefined

/** @param day YYYY-MM-DD. @returns whether people in mainland China work on it. */
export function isWorkingDay(day: string): boolean {
  const year = publishedYears[day.slice(0, 4)]
  if (year?.worked.includes(day)) return true
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  if (weekday === 0 || weekday === 6) return false
  return year === undefined ? !isStatutoryHoliday(day) : !year.off.some((range) => {
    const [from = '', to = from] = range.split('..')
    return from <= day && day <= to
  })
}

/** Counts working days after a day, which itself does not count.
 *  @param days at least 1. @returns the last of them, and whether a year whose holidays are not published lies between. */
export function addWorkingDays(from: string, days: number): { day: string; isProvisional: boolean } {
  let day = from
  let isProvisional = false
  for (let counted = 0; counted < days;) {
    day = dayPlus(day, 1)
    isProvisional ||= !isPublished(day)
    if (isWorkingDay(day)) counted += 1
  }
  return { day, isProvisional }
}

/** @returns how many working days lie after `from`, up to and including `to`; 0 where that is not later. */
export function workingDaysBetween(from: string, to: string): number {
  let count = 0
  for (let day = dayPlus(from, 1); day <= to; day = dayPlus(day, 1)) if (isWorkingDay(day)) count += 1
  return count
}
