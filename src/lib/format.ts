import type { Locale } from '#contract/people.ts'

let locale: Locale = 'zh-CN'
let timeZone = 'Asia/Shanghai'

/** Sets what dates and figures follow. @param next the UI language and, once signed in, the partner's time zone (IANA name). An unknown zone is ignored. */
export function setFormat(next: { locale?: Locale; timeZone?: string }): void {
  locale = next.locale ?? locale
  if (next.timeZone && isTimeZone(next.timeZone)) timeZone = next.timeZone
  formatters.clear()
}

/** @param amount Amount or Figure as it came from the server. @returns the same with thousands separators; the sign is a real minus. */
export function formatMoney(amount: string): string {
  const [whole = '', cents = '00'] = amount.replace('-', '').split('.')
  return `${amount.startsWith('-') ? '−' : ''}${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${cents}`
}

/** @param count a whole number. @returns it with thousands separators. */
export const formatCount = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',')

/** @param number the ten digits of a customer ID. @returns `208145 8841`, as people quote it; other numbers stay as they are. */
export const formatCustomerNumber = (number: string): string => (/^\d{10}$/.test(number) ? `${number.slice(0, 6)} ${number.slice(6)}` : number)

/** @param instant ISO 8601. @returns `11-18 10:06`, with the year in front when it is not the present one. */
export function formatTime(instant: string): string {
  const { year, month, day, hour, minute } = parts(instant)
  const dayText = year === parts(new Date().toISOString()).year ? `${month}-${day}` : `${year}-${month}-${day}`
  return `${dayText} ${hour}:${minute}`
}

/** @param instant ISO 8601. @returns `2026-11-18`, the day in the partner's time zone. */
export function formatDay(instant: string): string {
  const { year, month, day } = parts(instant)
  return `${year}-${month}-${day}`
}

/** @param instant ISO 8601. @returns `14:31:50`. */
export function formatClock(instant: string): string {
  const { hour, minute, second } = parts(instant)
  return `${hour}:${minute}:${second}`
}

/** @param instant ISO 8601. @returns `2026-11-18 10:06:42 (GMT+08:00)`: everything, with the zone named. */
export const formatFull = (instant: string): string => `${formatDay(instant)} ${formatClock(instant)} (${zoneName(instant)})`

/** @param instant ISO 8601, because a zone may keep summer time. @returns `GMT+08:00`. */
export function zoneName(instant: string): string {
  const found = formatter('zone', { timeZoneName: 'longOffset' }).formatToParts(new Date(instant)).find((part) => part.type === 'timeZoneName')
  return found?.value ?? timeZone
}

/** @param end ISO 8601, the first instant at which a day of China is over. @returns that day: `2026-11-30` for what ends with it at 24:00. */
export const lastChinaDay = (end: string): string => new Date(Date.parse(end) - 1 + 8 * 3_600_000).toISOString().slice(0, 10)

/** @returns today as `YYYY-MM-DD` in the partner's time zone, moved by so many days. @param days e.g. -30. */
export function today(days = 0): string {
  const moved = new Date(Date.parse(`${formatDay(new Date().toISOString())}T00:00:00Z`) + days * 86_400_000)
  return moved.toISOString().slice(0, 10)
}

/** @param month `YYYY-MM`. @returns `2026年11月` or `Nov 2026`. */
export function formatMonth(month: string): string {
  const date = new Date(`${month}-01T00:00:00Z`)
  return formatter('month', { year: 'numeric', month: locale === 'zh-CN' ? 'long' : 'short', timeZone: 'UTC' }).format(date)
}

const formatters = new Map<string, Intl.DateTimeFormat>()

/** Making a formatter costs far more than using it, so each is made once per language and zone. */
function formatter(name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const known = formatters.get(name)
  if (known) return known
  const made = new Intl.DateTimeFormat(locale === 'zh-CN' ? 'zh-CN' : 'en-GB', { timeZone, ...options })
  formatters.set(name, made)
  return made
}

type Parts = { year: string; month: string; day: string; hour: string; minute: string; second: string }

function parts(instant: string): Parts {
  const text = formatter('parts', {
    year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23',
  }).formatToParts(new Date(instant))
  const value = (type: Intl.DateTimeFormatPartTypes) => text.find((part) => part.type === type)?.value ?? ''
  return { year: value('year'), month: value('month'), day: value('day'), hour: value('hour'), minute: value('minute'), second: value('second') }
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

/** @returns a mobile as people read it: +8613800138000 becomes 138 0013 8000. */
export const formatMobile = (mobile: string): string => mobile.replace(/^(?:\+86)?(\d{3})(\d{4})(\d{4})$/, '$1 $2 $3')
