import { customers } from './customers.ts'
import { exports } from './exports.ts'
import { funds } from './funds.ts'
import { home } from './home.ts'
import { invites } from './invites.ts'
import { log } from './log.ts'
import { palette } from './palette.ts'
import { profile } from './profile.ts'
import { proof } from './proof.ts'
import { shell } from './shell.ts'

/** What the pages behind the sign-in need besides. */
export const rest = { customers, exports, funds, home, invites, log, palette, profile, proof, shell }
