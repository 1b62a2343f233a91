import { randomInt } from 'node:crypto'

const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ'

/** @returns six decimal digits from the system's cryptographic source, each of the million as likely as the others. */
export const newCode = (): string => String(randomInt(1_000_000)).padStart(6, '0')

/** @returns two capital letters by which the person tells one message from the next; none that reads like a digit. */
export const newReference = (): string => `${letters[randomInt(letters.length)]}${letters[randomInt(letters.length)]}`
