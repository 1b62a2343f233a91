import * as z from 'zod/mini'

/** The largest amount of one movement, in minor units (分): 9,999,999,999.99. */
export const amountMaxMinor = 999_999_999_999n

/** Money on the wire: minor units written as a decimal with exactly two places, 0.00 to 9999999999.99. Never a JSON number. */
export const Amount = z.string().check(z.regex(/^(0|[1-9]\d{0,9})\.\d{2}$/, 'amount')).brand<'Amount'>()
export type Amount = z.infer<typeof Amount>

/** An amount that somebody asks to move: as Amount, and more than zero. */
export const PositiveAmount = Amount.check(z.refine((text) => text !== '0.00', 'amount'))

/** A figure that may be negative or larger than one movement: a balance, a sum, a change. */
export const Figure = z.string().check(z.regex(/^-?(0|[1-9]\d{0,17})\.\d{2}$/, 'amount')).brand<'Figure'>()
export type Figure = z.infer<typeof Figure>

/** @param text what a person typed or pasted: blanks, thousands separators, full-width digits and a currency sign are cleaned.
 *  @returns the amount, or undefined when the text is not an amount from 0.00 to 9999999999.99 with at most two decimals, or may mean another: who writes
 *  `12,50` may think of twelve and a half. */
export function parseAmount(text: string): Amount | undefined {
  const plain = text.normalize('NFKC').replace(/[\s¥元]|CNY/g, '')
  const match = /^(\d{1,10})(?:\.(\d{1,2}))?$/.exec(plain.replaceAll(',', ''))
  if (!match || /,\d{0,2}$/.test(plain)) return undefined
  const [, whole = '', cents = ''] = match
  return Amount.parse(fromMinor(BigInt(whole + cents.padEnd(2, '0'))))
}

/** @param amount an Amount or Figure. @returns minor units (分). Refuses any other text by throwing. */
export function toMinor(amount: Amount | Figure): bigint {
  Figure.parse(amount)
  return BigInt(amount.replace('.', ''))
}

/** @param minor minor units (分), any sign. @returns the decimal text with two places, e.g. `-12.30`. */
export function fromMinor(minor: bigint): Figure {
  const digits = (minor < 0n ? -minor : minor).toString().padStart(3, '0')
  return Figure.parse(`${minor < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`)
}

/** As fromMinor, for a sum that one movement may carry. Refuses minor units outside 0 to amountMaxMinor by throwing. */
export const amountFromMinor = (minor: bigint): Amount => Amount.parse(fromMinor(minor))
