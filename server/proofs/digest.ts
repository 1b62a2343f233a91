import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { Secrets } from '#server/auth/secrets.ts'

/** @param value JSON data. @returns its one canonical text: keys sorted, nothing left to the writer's order. */
function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join()}]`
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).filter(([, field]) => field !== undefined).toSorted(([a], [b]) => (a < b ? -1 : 1))
    return `{${fields.map(([key, field]) => `${JSON.stringify(key)}:${canonicalJson(field)}`).join()}}`
  }
  return JSON.stringify(value) ?? 'null'
}

/** @returns SHA-256 of the canonical text, as hex. */
export const digestOf = (value: unknown): string => createHash('sha256').update(canonicalJson(value)).digest('hex')

/** @returns the keyed hash under which a code may rest in the database. It hangs on the proof and on what the proof froze. */
export function codeMac(secrets: Pick<Secrets, 'code'>, proofId: string, digest: string, code: string): string {
  const mac = createHmac('sha256', secrets.code.key).update(`${proofId}\n${digest}\n${code}`).digest('base64url')
  return `${secrets.code.id}:${mac}`
}

/** Compares in constant time at equal length. */
export function isSameMac(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}
