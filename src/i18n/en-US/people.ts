import { members } from './members.ts'
import { roles } from './roles.ts'
import { specialists } from './specialists.ts'

/** What the pages of members, roles and specialists need besides the texts of every page. */
export const people = { errors: { field: { account_name: 'Enter an account name of 5 to 32 characters without blanks', role_name_taken: 'Another role, or a built-in one, has this name' } }, members, roles, specialists }
