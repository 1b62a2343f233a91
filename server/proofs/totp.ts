import { Secret, TOTP } from 'otpauth'

const period = 30
/** How many steps a device's clock may be off, either way. */
const drift = 1

const totpOf = (secret: string, label = ''): TOTP => new TOTP({ issuer: 'Partner Center', label, algorithm: 'SHA1', digits: 6, period, secret: Secret.fromBase32(secret) })

/** @returns 160 random bits in base 32, as people type them (RFC 4226, 4). */
export const newTotpSecret = (): string => new Secret({ size: 20 }).base32

/** @param label by whom the app tells this secret from others. @returns the address that an app takes, usually as a QR code. */
export const totpUri = (secret: string, label: string): string => totpOf(secret, label).toString()

/** Pure (RFC 6238: SHA-1, six digits, 30 seconds). @returns the time step of which this is the code, the present one or a neighbour, or undefined.
 *  Compares in constant time. A step is taken once, which whoever keeps the steps sees to. */
export function totpStep(secret: string, code: string, now: Date): bigint | undefined {
  const delta = totpOf(secret).validate({ token: code, timestamp: now.getTime(), window: drift })
  return delta === null ? undefined : BigInt(Math.floor(now.getTime() / 1000 / period) + delta)
}
