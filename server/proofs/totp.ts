import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

const period = 30
const digits = 6
/** How many steps a device's clock may be off, either way. */
const drift = [0, -1, 1]
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** @returns 160 random bits in base 32, as people type them (RFC 4226, 4; RFC 4648, 6). */
export function newTotpSecret(): string {
  const bits = [...randomBytes(20)].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{5}/g) ?? []).map((five) => alphabet[Number.parseInt(five, 2)]).join('')
}

/** @param secret base 32, a multiple of eight characters. */
function bytesOf(secret: string): Buffer {
  const bits = [...secret].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((eight) => Number.parseInt(eight, 2)))
}

/** @param label by whom the app tells this secret from others. @returns the address that an app takes, usually as a QR code. */
export const totpUri = (secret: string, label: string): string =>
  `otpauth://totp/Partner%20Center:${encodeURIComponent(label)}?issuer=Partner%20Center&secret=${secret}&algorithm=SHA1&digits=${digits}&period=${period}`

/** The code of a time step: a keyed hash of it, cut to 31 bits at the place that its last four bits name (RFC 4226, 5.3). */
function codeOf(key: Buffer, step: number): string {
  const moment = Buffer.alloc(8)
  moment.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', key).update(moment).digest()
  const number = mac.readUInt32BE((mac.at(-1) ?? 0) & 15) & 0x7fff_ffff
  return String(number % 10 ** digits).padStart(digits, '0')
}

/** Pure (RFC 6238: SHA-1, six digits, 30 seconds). @returns the time step of which this is the code, the present one or a neighbour, or undefined.
 *  Compares in constant time. A step is taken once, which whoever keeps the steps sees to. */
export function totpStep(secret: string, code: string, now: Date): bigint | undefined {
  const given = Buffer.from(code)
  const present = Math.floor(now.getTime() / 1000 / period)
  const key = bytesOf(secret)
  const fitting = drift.map((away) => present + away).filter((step) => {
    const right = Buffer.from(codeOf(key, step))
    return given.length === right.length && timingSafeEqual(given, right)
  })
  return fitting[0] === undefined ? undefined : BigInt(fitting[0])
}
