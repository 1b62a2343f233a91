import { parsePhoneNumberFromString } from 'libphonenumber-js/max'

const typedMobileMax = 32
const emailMax = 64

/** @param text a mobile number as a person typed or pasted it: blanks, hyphens, brackets, full-width digits, `+86`, `0086` or `86` in front.
 *  @returns E.164, e.g. `+8613800138000`, the one form that limits count and providers get; or undefined for anything that is not one mobile
 *  number of a country, which leaves out landlines, premium, service and satellite numbers. A number without country code is a mainland one. */
export function normalizeMobile(text: string): string | undefined {
  if (text.length > typedMobileMax) return undefined
  const typed = text.normalize('NFKC').replace(/[\s().\p{Cf}\p{Pd}]/gu, '')
  const digits = /^(?:\+|00)?([1-9]\d{4,14})$/.exec(typed)?.[1]
  if (digits === undefined) return undefined
  if (/^[+0]/.test(typed)) return internationalMobile(digits)
  return digits.length === 11 ? mainlandMobile(digits) : digits.startsWith('86') ? mainlandMobile(digits.slice(2)) : undefined
}

/** @param mobile E.164. @returns whether it is a mobile number of mainland China. */
export const isMainlandMobile = (mobile: string): boolean => mobile.startsWith('+86') && mainlandMobile(mobile.slice(3)) === mobile

/** Public forms send only to countries the business serves, because sending abroad is what SMS fraud earns with.
 *  @param mobile E.164. @param prefixes country codes with `+`. @returns whether the number starts with one of them. */
export const isAllowedPrefix = (mobile: string, prefixes: readonly string[] = ['+86']): boolean =>
  prefixes.some((prefix) => mobile.startsWith(prefix))

/** @param text one mail address as a person typed it. @returns it trimmed, NFC and in lower case, at most 64 characters; or undefined for
 *  anything but one plain address: line breaks, lists, quoted names, comments, display names, IP literals and hosts without a dot. */
export function normalizeEmail(text: string): string | undefined {
  if (text.length > 2 * emailMax || /\p{Cc}/u.test(text)) return undefined
  const address = text.normalize('NFC').trim().toLowerCase()
  if (address.length > emailMax) return undefined
  const [local = '', domain = '', ...more] = address.split('@')
  return more.length === 0 && isPlainLocal(local) && isDomain(domain) ? address : undefined
}

/** 13 to 19 are the ranges of the operators. 100 is given to nobody, so that test numbers reach nobody. */
function mainlandMobile(digits: string): string | undefined {
  return /^1(?:[3-9]\d{9}|00\d{8})$/.test(digits) ? `+86${digits}` : undefined
}

function internationalMobile(digits: string): string | undefined {
  if (digits.startsWith('86')) return mainlandMobile(digits.slice(2))
  const number = parsePhoneNumberFromString(`+${digits}`)
  // Satellite networks, shared-cost and premium services have country codes of their own and belong to no country.
  if (!number?.isValid() || number.country === undefined) return undefined
  const type = number.getType()
  return type === 'MOBILE' || type === 'FIXED_LINE_OR_MOBILE' ? number.number : undefined
}

function isPlainLocal(local: string): boolean {
  return local.split('.').every((atom) => /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+$/.test(atom))
}

function isDomain(domain: string): boolean {
  const labels = domain.split('.')
  return labels.length > 1 && labels.every((label) => /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/.test(label)) && /^[a-z]/.test(labels.at(-1) ?? '')
}
