import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { Masked } from '#contract/masked.ts'

// The only place that makes a Masked. All masks count graphemes, as a reader does, keep empty text empty, and leave a value that already holds an
// asterisk as it is, so that a mask never eats itself. None shows more than half of a value, or seven digits of a phone.

/** @param value a person's name. @returns its first character and at most three asterisks: `张**`, `L***`. */
export function maskName(value: string): Masked
export function maskName(value: string | null): Masked | null
export function maskName(value: string | null): Masked | null {
  return mask(value, (name) => {
    const [first = '', ...hidden] = graphemes(name)
    if (hidden.length === 0) return '*'
    return first + '*'.repeat(/^\p{Script=Latin}/u.test(first) ? 3 : Math.min(3, hidden.length))
  })
}

/** @param value the name of a company or of a customer's account. @returns its two ends as far as its length allows: `云海***公司`, `云***`. */
export function maskCompany(value: string): Masked
export function maskCompany(value: string | null): Masked | null
export function maskCompany(value: string | null): Masked | null {
  return mask(value, (name) => {
    const all = graphemes(name)
    if (all.length === 1) return '*'
    const [front, back] = all.length >= 8 ? [2, 2] : all.length >= 6 ? [2, 1] : [1, 0]
    return `${all.slice(0, front).join('')}***${all.slice(all.length - back).join('')}`
  })
}

/** @param value a phone number, E.164 or as typed; without country code it is a mainland one. @returns `138****5678`, or `+852 ******21` abroad. */
export function maskMobile(value: string): Masked
export function maskMobile(value: string | null): Masked | null
export function maskMobile(value: string | null): Masked | null {
  return mask(value, (typed) => {
    const number = typed.normalize('NFKC').replace(/[^\d+]/g, '').replace(/^00/, '+')
    const mainland = /^(?:\+?86)?(1\d{10})$/.exec(number)?.[1]
    if (mainland !== undefined) return `${mainland.slice(0, 3)}****${mainland.slice(-4)}`
    const parsed = parsePhoneNumberFromString(number.startsWith('+') ? number : `+${number}`)
    if (number.startsWith('+') && parsed) return `+${parsed.countryCallingCode} ${hideDigits(parsed.nationalNumber)}`
    return hideDigits(number.replace('+', ''))
  })
}

/** @param value one mail address. @returns first character, three asterisks and the domain: `l***@example.com`. */
export function maskEmail(value: string): Masked
export function maskEmail(value: string | null): Masked | null
export function maskEmail(value: string | null): Masked | null {
  return mask(value, (address) => {
    const at = address.lastIndexOf('@')
    const [first = '', ...hidden] = graphemes(at < 0 ? address : address.slice(0, at))
    return `${hidden.length === 0 ? '' : first}***${at < 0 ? '' : address.slice(at)}`
  })
}

/** @param value the number of a bank account, blanks allowed. @returns four asterisks and the last four characters: `**** 8841`. */
export function maskAccountNumber(value: string): Masked
export function maskAccountNumber(value: string | null): Masked | null
export function maskAccountNumber(value: string | null): Masked | null {
  return mask(value, (number) => {
    const all = graphemes(number.replace(/[\s-]/g, ''))
    const shown = Math.min(4, Math.floor(all.length / 2))
    return shown === 0 ? '****' : `**** ${all.slice(-shown).join('')}`
  })
}

/** @param value a postal address. @returns province and city, or the province alone where both were more than half of it: `广东省深圳市***`. */
export function maskAddress(value: string): Masked
export function maskAddress(value: string | null): Masked | null
export function maskAddress(value: string | null): Masked | null {
  return mask(value, (address) => {
    const [, province = '', city = ''] = /^(\S{2,7}?(?:省|自治区|特别行政区))?(\S{2,9}?(?:市|自治州|地区|盟))?/u.exec(address) ?? []
    const half = graphemes(address).length / 2
    const shown = [province + city, province].find((part) => graphemes(part).length <= half) ?? ''
    return `${shown}***`
  })
}

/** @returns whether the text is a mask rather than a value: such a text is never taken as input of a masked field. */
export const isMask = (text: string): boolean => text.includes('*')

const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' })
const graphemes = (text: string): string[] => Array.from(segmenter.segment(text), ({ segment }) => segment)

function mask(value: string | null, hide: (text: string) => string): Masked | null {
  if (value === null) return null
  if (isMask(value)) return Masked.parse(value)
  const text = value.normalize('NFC').trim()
  return Masked.parse(text === '' ? '' : hide(text))
}

function hideDigits(digits: string): string {
  return digits.length < 6 ? '*'.repeat(Math.max(4, digits.length)) : `${'*'.repeat(digits.length - 2)}${digits.slice(-2)}`
}
