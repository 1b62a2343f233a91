import { dayPlus, isWorkingDay } from './working-days.ts'

// The hours of a message that is no hurry: 09:00 to 18:00 of a working day of mainland China, on the clock of the partner's own zone.

const opens = 9
const closes = 18

/** @param timeZone IANA name. @returns `now` within working hours, else the next moment at which they begin. */
export function nextWorkingMoment(now: Date, timeZone: string): Date {
  const { day, hour } = localOf(now, timeZone)
  if (isWorkingDay(day) && hour >= opens && hour < closes) return now
  let next = isWorkingDay(day) && hour < opens ? day : dayPlus(day, 1)
  while (!isWorkingDay(next)) next = dayPlus(next, 1)
  return instantOf(next, opens, timeZone)
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
