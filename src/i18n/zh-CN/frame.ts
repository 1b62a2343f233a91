import { customers } from './customers.ts'
import { palette } from './palette.ts'
import { shell } from './shell.ts'

/** What the frame around the pages and the customer list need, which most people open first. */
export const frame = { customers, palette, shell }
