// The days on which most of mainland China does not work although they are no weekend, and the weekend days that are worked instead, year by year, from the notice of
// the General Office of the State Council on the holidays of that year (国务院办公厅关于某年部分节假日安排的通知). Years from 2024 to 2026. The notice of the next year
// appears in the autumn: add its entry here; deadlines that were provisional are then moved by the server where that is later.

export type HolidayYear = { /** Of the notice. */ issued: string; /** Days as `from` or `from..to`, both included. */ off: readonly string[]; worked: readonly string[] }

export const publishedYears: Readonly<Record<string, HolidayYear>> = {
  2024: {
    issued: '2023-10-25',
    off: ['2024-01-01', '2024-02-10..2024-02-17', '2024-04-04..2024-04-06', '2024-05-01..2024-05-05', '2024-06-10', '2024-09-15..2024-09-17', '2024-10-01..2024-10-07'],
    worked: ['2024-02-04', '2024-02-18', '2024-04-07', '2024-04-28', '2024-05-11', '2024-09-14', '2024-09-29', '2024-10-12'],
  },
  2025: {
    issued: '2024-11-12',
    off: ['2025-01-01', '2025-01-28..2025-02-04', '2025-04-04..2025-04-06', '2025-05-01..2025-05-05', '2025-05-31..2025-06-02', '2025-10-01..2025-10-08'],
    worked: ['2025-01-26', '2025-02-08', '2025-04-27', '2025-09-28', '2025-10-11'],
  },
  2026: {
    issued: '2025-11-04',
    off: ['2026-01-01..2026-01-03', '2026-02-15..2026-02-23', '2026-04-04..2026-04-06', '2026-05-01..2026-05-05', '2026-06-19..2026-06-21', '2026-09-25..2026-09-27', '2026-10-01..2026-10-07'],
    worked: ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'],
  },
}

/** The first day of the Spring Festival, the Dragon Boat Festival and the Mid-Autumn Festival of the years to come, from the old calendar. A table, because the calendar
 *  that comes with the language takes the new moon of 6 February 2027, four minutes before midnight, for one of the next day. */
const festivals: Readonly<Record<string, readonly [spring: string, dragonBoat: string, midAutumn: string]>> = {
  2027: ['2027-02-06', '2027-06-09', '2027-09-15'], 2028: ['2028-01-26', '2028-05-28', '2028-10-03'], 2029: ['2029-02-13', '2029-06-16', '2029-09-22'],
  2030: ['2030-02-03', '2030-06-05', '2030-09-12'], 2031: ['2031-01-23', '2031-06-24', '2031-10-01'], 2032: ['2032-02-11', '2032-06-12', '2032-09-19'],
}
export const assumedYears = Object.keys(festivals)

/** Whether a day is a public holiday of the Regulation on Public Holidays for National Annual Festivals and Memorial Days (as amended in November 2024), by the
 *  date alone: for years whose notice, with its bridge days and moved weekends, is not there yet. After 2032 only the days of the sun's calendar are known.
 *  @param day YYYY-MM-DD. */
export function isStatutoryHoliday(day: string): boolean {
  const year = day.slice(0, 4)
  const monthDay = day.slice(5)
  if (['01-01', '05-01', '05-02', '10-01', '10-02', '10-03'].includes(monthDay) || monthDay === brightDay(Number(year))) return true
  const [spring, dragonBoat, midAutumn] = festivals[year] ?? []
  // The eve and the first three days.
  const fromSpring = spring === undefined ? undefined : Math.round((Date.parse(`${day}T00:00:00Z`) - Date.parse(`${spring}T00:00:00Z`)) / 86_400_000)
  return day === dragonBoat || day === midAutumn || (fromSpring !== undefined && fromSpring >= -1 && fromSpring <= 2)
}

/** The solar term 清明 of the years 2000 to 2099: 4 or 5 April. */
const brightDay = (year: number): string => `04-0${Math.floor((year % 100) * 0.2422 + 4.81) - Math.floor((year % 100) / 4)}`
