import type { Locale } from '#contract/people.ts'

/** Where partners work: one zone for each clock that people there go by. */
const offered = [
  'Asia/Shanghai', 'Asia/Hong_Kong', 'Asia/Taipei', 'Asia/Singapore', 'Asia/Kuala_Lumpur', 'Asia/Manila', 'Asia/Bangkok', 'Asia/Jakarta', 'Asia/Ho_Chi_Minh', 'Asia/Yangon', 'Asia/Dhaka', 'Asia/Kolkata',
  'Asia/Karachi', 'Asia/Tashkent', 'Asia/Almaty', 'Asia/Dubai', 'Asia/Riyadh', 'Asia/Tokyo', 'Asia/Seoul', 'Australia/Sydney', 'Pacific/Auckland', 'Europe/Moscow', 'Europe/Istanbul', 'Europe/Berlin', 'Europe/Paris',
  'Europe/London', 'Africa/Cairo', 'Africa/Johannesburg', 'Africa/Lagos', 'America/Sao_Paulo', 'America/New_York', 'America/Chicago', 'America/Los_Angeles', 'America/Mexico_City', 'UTC',
] as const

/** @param now decides about summer time. @param locale the language of the names. @param used zones that must be among them. @returns zones for a choice, west to east,
 *  each as `GMT+08:00 China Time (Shanghai)`. */
export function zoneOptions(now: Date, locale: Locale, used: readonly string[]): { value: string; label: string }[] {
  return [...new Set([...offered, ...used])]
    .map((value) => ({ value, offset: offsetOf(now, value) }))
    .toSorted((a, b) => minutes(a.offset) - minutes(b.offset))
    .map(({ value, offset }) => ({ value, label: value === 'UTC' ? `${offset} UTC` : `${offset} ${nameOf(now, value, locale)} (${value.replace(/^.*\//, '').replaceAll('_', ' ')})` }))
}

const zonePart = (now: Date, locale: string, timeZone: string, timeZoneName: 'longOffset' | 'longGeneric'): string =>
  new Intl.DateTimeFormat(locale, { timeZone, timeZoneName }).formatToParts(now).find(({ type }) => type === 'timeZoneName')?.value ?? timeZone

/** The zone without an offset is written `GMT` alone. */
const offsetOf = (now: Date, timeZone: string): string => zonePart(now, 'en', timeZone, 'longOffset').replace(/^GMT$/, 'GMT+00:00')

const nameOf = (now: Date, timeZone: string, locale: Locale): string => zonePart(now, locale, timeZone, 'longGeneric')

function minutes(offset: string): number {
  const [, sign = '+', hours = '0', rest = '0'] = /([+-])(\d+):(\d+)/.exec(offset) ?? []
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(rest))
}
