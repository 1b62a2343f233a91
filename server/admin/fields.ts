import * as z from 'zod/mini'
import { fromMinor, parseAmount, toMinor } from '#contract/money.ts'
import { normalizeEmail, normalizeMobile } from '#server/messages/contact.ts'

// What the options of the commands may be. A message completes the sentence "--option: …".

const missing = 'is needed'
const typed = z.string(missing)

/** Text that becomes something else, or is refused with the message. */
const becomes = <T>(read: (text: string) => T | undefined, message: string) => z.pipe(typed, z.transform((text: string, context): T => {
  const value = read(text)
  if (value !== undefined) return value
  context.issues.push({ code: 'custom', message, input: text })
  return z.NEVER
}))

/** What a partner signs in with. */
export const Account = z.string(missing).check(z.regex(/^[a-z0-9][a-z0-9.-]{2,31}$/, 'has 3 to 32 lower-case letters, digits, dots or hyphens'))
/** What a member of a partner signs in with. */
export const Login = z.string(missing).check(z.regex(/^[a-z0-9][a-z0-9._-]{4,31}$/, 'has 5 to 32 lower-case letters, digits, dots, hyphens or underscores'))
export const Name = z.string(missing).check(z.trim(), z.regex(/^[^\p{Cc}]{1,64}$/u, 'has 1 to 64 characters and no control characters'))
/** A role that a partner made. */
export const RoleName = z.string(missing).check(z.trim(), z.regex(/^[^\p{Cc}]{1,32}$/u, 'has 1 to 32 characters and no control characters'))
export const CompanyName = z.string(missing).check(z.trim(), z.regex(/^[^\p{Cc}]{1,128}$/u, 'has 1 to 128 characters and no control characters'))
export const AccountName = z.string(missing).check(z.trim(), z.regex(/^[^\p{Cc}\s]{5,32}$/u, 'has 5 to 32 characters and no blanks'))
export const CustomerNumber = becomes((text) => /^\d{10}$/.exec(text.replace(/\s/g, ''))?.[0], 'is a customer ID of ten digits')
export const Mobile = becomes(normalizeMobile, 'is not a mobile number; abroad it needs + and the country code')
export const Email = becomes(normalizeEmail, 'is not one mail address')
export const Tag = z.string(missing).check(z.trim(), z.regex(/^[^\p{Cc}]{0,64}$/u, 'has at most 64 characters'))
export const TimeZone = z.string(missing).check(z.refine(isTimeZone, 'is not an IANA time zone such as Asia/Shanghai'))
export const Switch = z.pipe(z.enum(['on', 'off'], 'is on or off'), z.transform((word) => word === 'on'))
/** Minor units, more than zero. */
export const Money = becomes((text) => readMoney(text) || undefined, 'is an amount from 0.01 to 9999999999.99 with at most two decimals')
/** Minor units, zero or more. */
export const MoneyOrNone = becomes(readMoney, 'is an amount from 0.00 to 9999999999.99 with at most two decimals')
/** A day in the partner's zone, or `none`. */
export const DayOrNone = z.union([z.literal('none'), z.iso.date()], 'is a day as YYYY-MM-DD, or none')

/** @param words the choices. @returns a schema whose message names them. */
export const oneOf = <const T extends string>(words: readonly T[]) => z.enum([...words], `is one of ${words.join(', ')}`)

/** @param minor minor units. @returns the amount for the eye: `12,300.00 CNY`. */
export const shown = (minor: bigint): string => `${fromMinor(minor).replace(/\B(?=(?:\d{3})+\.)/g, ',')} CNY`

function readMoney(text: string): bigint | undefined {
  const amount = parseAmount(text)
  return amount === undefined ? undefined : toMinor(amount)
}

function isTimeZone(text: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: text }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
