import { members } from './members.ts'
import { roles } from './roles.ts'
import { specialists } from './specialists.ts'

/** What the pages of members, roles and specialists need besides the texts of every page. */
export const people = { errors: { field: { account_name: '请输入 5 至 32 个字符的账号名，不含空格', role_name_taken: '已有同名角色，或与内置角色同名，请换一个名称' } }, members, roles, specialists }
