const signs = '0123456789ABCDEFGHJKLMNPQRTUWXY'

/** @param code 18 signs. @returns whether it can be a unified social credit code: 17 signs of its alphabet weighted with the powers of three, and the
 *  eighteenth that brings their sum to a multiple of 31 (GB 32100-2015, 5.6). */
export function isCreditCode(code: string): boolean {
  const values = [...code].map((sign) => signs.indexOf(sign))
  if (values.length !== 18 || values.includes(-1)) return false
  let weight = 1
  let sum = 0
  for (const value of values.slice(0, 17)) {
    sum += value * weight
    weight = (weight * 3) % 31
  }
  return values[17] === (31 - (sum % 31)) % 31
}
