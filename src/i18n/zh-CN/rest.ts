import { assignments } from './assignments.ts'
import { code } from './code.ts'
import { customer_page } from './customer-page.ts'
import { development } from './development.ts'
import { exports } from './exports.ts'
import { funds } from './funds.ts'
import { home } from './home.ts'
import { invites } from './invites.ts'
import { log } from './log.ts'
import { permissions } from './permissions.ts'
import { profile } from './profile.ts'
import { proof } from './proof.ts'
import { upload } from './upload.ts'

/** What the other pages, dialogs and the security check need besides. */
export const rest = { assignments, code, customer_page, development, exports, funds, home, invites, log, permissions, profile, proof, upload }
