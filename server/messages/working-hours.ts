// The hours of a message that is no hurry: 09:00 to 18:00 of a working day of mainland China, on the clock of the partner's own zone.

const opens = 9
const closes = 18

/** Days off on which most of China does not work, as `from` or `from..to`, and weekend days that are worked instead.
 *  2026: notice of the General Office of the State Council on the holidays of 2026, 4 November 2025.
 *  2027: the days of the Regulation on Public Holidays (as amended in November 2024) alone; the year's notice with its bridge days is to be entered here. */
const holidays: Record<string, { off: readonly string[]; worked: readonly string[] }> = {
  2026: {
    off: ['2026-01-01..2026-01-03', '2026-02-15..2026-02-23', '2026-04-04..2026-04-06', '2026-05-01..2026-05-05', '2026-06-19..2026-06-21', '2026-09-25..2026-09-27', '2026-10-01..2026-10-07'],
    worked: ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'],
  },
  2027: { off: ['2027-01-01', '2027-02-05..2027-02-08', '2027-04-05', '2027-05-01..2027-05-02', '2027-06-09', '2027-09-15', '2027-10-01..2027-10-03'], worked: [] },
}

/** @param day YYYY-MM-DD. @returns whether people in mainland China work on it; a year without an entry knows weekends only. */
export function isWorkingDay(day: string): boolean {
  const { off, worked } = holidays[day.slice(0, 4)] ?? { off: [], worked: [] }
  if (worked.includes(day)) return true
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return weekday !== 0 && weekday !== 6 && !off.some((range) => {
    const [from = '', to = from] = range.split('..')
    return from <= day && day <= to
  })
}

/** @param timeZone IANA name. @returns `now` within working hours, else the next moment at which they begin. */
export function nextWorkingMoment(now: Date, timeZone: string): Date {
  const { day, hour } = localOf(now, timeZone)
  if (isWorkingDay(day) && hour >= opens && hour < closes) return now
  let next = isWorkingDay(day) && hour < opens ? day : dayAfter(day)
  while (!isWorkingDay(next)) next = dayAfter(next)
  return instantOf(next, opens, timeZone)
}

function dayAfter(day: string): string {
  const next = new Date(`${day}T00:00:00Z`)
  next.setUTCDate(next.getUTCDate() + 1)
  return next.toISOString().slice(0, 10)
}

const formats = new Map<string, Intl.DateTimeFormat>()

function localOf(at: Date, timeZone: string): { day: string; hour: number; wall: number } {
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('en-US', {
    timeZone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit',
  })
  formats.set(timeZone, format)
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]))
  const day = `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`
  return { day, hour: Number(parts.get('hour')), wall: Date.parse(`${day}T${parts.get('hour')}:${parts.get('minute')}:${parts.get('second')}Z`) }
}

/** The offset is looked up twice: the first guess may lie on the other side of a change of the clock. */
function instantOf(day: string, hour: number, timeZone: string): Date {
  const wall = Date.parse(`${day}T${String(hour).padStart(2, '0')}:00:00Z`)
  const guess = wall - (localOf(new Date(wall), timeZone).wall - wall)
  return new Date(guess - (localOf(new Date(guess), timeZone).wall - wall))
}
