import { createHash } from 'node:crypto'

/** @param name what the row is, in words. @returns the same UUID (version 8) for the same name, so that the demo's addresses stay the same. */
export function uuidFrom(name: string): string {
  const hex = createHash('sha256').update(`partner-center demo ${name}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
