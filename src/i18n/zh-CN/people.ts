import { members } from './members.ts'
import { roles } from './roles.ts'

/** What the pages of members and roles need besides the texts of every page. */
export const people = { errors: { field: { role_name_taken: '已有同名角色，或与内置角色同名，请换一个名称' } }, members, roles }
