import chineseDays from 'chinese-days'
import { expect, test } from 'vitest'
import { assumedYears, isStatutoryHoliday, publishedYears } from './china-holidays.ts'
import { addWorkingDays, chinaDayOf, dayPlus, endOfChinaDay, isWorkingDay, workingDaysBetween } from './working-days.ts'

const daysOf = (year: string): string[] => {
  const days = []
  for (let day = `${year}-01-01`; day.startsWith(year); day = dayPlus(day, 1)) days.push(day)
  return days
}

test.each(Object.keys(publishedYears))('every day of %s is worked, or not, as a calendar says that others keep', (year) => {
  expect(daysOf(year).filter((day) => isWorkingDay(day) !== chineseDays.isWorkday(day))).toEqual([])
})

test('a year whose notice others know already is not left out here', () => {
  const next = String(Math.max(...Object.keys(publishedYears).map(Number)) + 1)
  // Without its notice they know its weekends alone.
  const isKnown = daysOf(next).some((day) => chineseDays.isWorkday(day) === [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay()))
  expect([next, isKnown]).toEqual([next, false])
})

test('the statutory days that are assumed for a year without notice are those of the sun and of the old calendar', () => {
  expect(daysOf('2027').filter(isStatutoryHoliday)).toEqual(['2027-01-01', '2027-02-05', '2027-02-06', '2027-02-07', '2027-02-08', '2027-04-05', '2027-05-01', '2027-05-02', '2027-06-09', '2027-09-15', '2027-10-01', '2027-10-02', '2027-10-03'])
  const lunar = new Intl.DateTimeFormat('en-US', { calendar: 'chinese', timeZone: 'UTC', month: 'numeric', day: 'numeric' })
  const isFestival = (day: string) => ['1/1', '5/5', '8/15'].includes(lunar.formatToParts(new Date(`${day}T00:00:00Z`)).filter(({ type }) => type === 'month' || type === 'day').map(({ value }) => value).join('/'))
  const notAssumed = assumedYears.map((year) => daysOf(year).filter((day) => isFestival(day) && !isStatutoryHoliday(day)))
  expect(notAssumed.flat()).toEqual([])
  // 清明 begins after midnight of the fourth or fifth.
  expect(['2024', '2025', '2026', '2027', '2028', '2031'].map((year) => daysOf(year).find((day) => day.slice(5, 8) === '04-' && isStatutoryHoliday(day)))).toEqual(['2024-04-04', '2025-04-04', '2026-04-05', '2027-04-05', '2028-04-04', '2031-04-05'])
})

test.each([
  ['a plain stretch of eight weeks', '2025-06-30', '2025-08-25', false],
  ['across the Spring Festival of 2025 with its two worked weekend days', '2025-01-02', '2025-03-05', false],
  ['across the Spring Festival of 2026, the longest yet, with two worked Saturdays', '2026-01-05', '2026-03-06', false],
  ['across the National Day week and the Saturday after it', '2026-09-01', '2026-11-02', false],
  ['across National Day and Mid-Autumn together in 2025', '2025-09-01', '2025-10-31', false],
  ['across Labour Day with its worked Saturday', '2026-04-20', '2026-06-17', false],
  ['across the end of 2024', '2024-11-29', '2025-01-26', false],
  ['across the end of 2025, with a Sunday that is worked', '2025-12-01', '2026-01-27', false],
  ['into a year that is not published', '2026-11-30', '2027-01-26', true],
  ['generated on a day off: counting begins with the first working day after it', '2026-10-01', '2026-12-01', false],
])('40 working days: %s', (_case, generated, last, isProvisional) => expect(addWorkingDays(generated, 40)).toEqual({ day: last, isProvisional }))

test('counting to a day and counting back from it agree, through all years', () => {
  for (let day = '2024-01-01'; day < '2028-01-01'; day = dayPlus(day, 3)) {
    const { day: last } = addWorkingDays(day, 40)
    expect([day, workingDaysBetween(day, last), isWorkingDay(last)]).toEqual([day, 40, true])
    expect(workingDaysBetween(day, dayPlus(last, -1))).toBe(39)
  }
  expect([workingDaysBetween('2026-11-18', '2026-11-18'), workingDaysBetween('2026-11-18', '2026-11-10')]).toEqual([0, 0])
})

test('a day ends at midnight on China’s clock, whatever the server’s', () => {
  expect(endOfChinaDay('2026-11-18')).toEqual(new Date('2026-11-18T16:00:00Z'))
  expect([chinaDayOf(new Date('2026-11-18T15:59:59.999Z')), chinaDayOf(new Date('2026-11-18T16:00:00Z'))]).toEqual(['2026-11-18', '2026-11-19'])
})
