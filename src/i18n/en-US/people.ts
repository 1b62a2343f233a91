import { members } from './members.ts'
import { roles } from './roles.ts'

/** What the pages of members and roles need besides the texts of every page. */
export const people = { members, roles }
