import { authenticators } from './authenticators.ts'
import { own_account } from './own-account.ts'

/** What the security check and the account page need for authenticators and for how people confirm. */
export const confirming = { authenticators, own_account }
