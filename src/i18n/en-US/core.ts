import { common } from './common.ts'
import { errors } from './errors.ts'
import { session } from './session.ts'

/** What the sign-in page needs. */
export const core = { common, errors, session }
