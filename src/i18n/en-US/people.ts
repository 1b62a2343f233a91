import { members } from './members.ts'
import { roles } from './roles.ts'

/** What the pages of members and roles need besides the texts of every page. */
export const people = { errors: { field: { role_name_taken: 'Another role, or a built-in one, has this name' } }, members, roles }
