import * as z from 'zod/mini'
import type { Input } from '#contract/endpoint.ts'
import { type createMember, Login, type Member, type putMember, type putMemberRights } from '#contract/members.ts'
import { Locale } from '#contract/people.ts'
import { plainLine } from '#contract/text.ts'
import { isEmail, isMobile } from '#src/lib/contacts.ts'
import type { Rights } from './rights.ts'

const contacts = {
  mobile: z.string().check(z.trim(), z.refine((text) => text === '' || isMobile(text), 'mobile')),
  email: z.string().check(z.trim(), z.refine((text) => text === '' || isEmail(text), 'email')),
}
const department = plainLine(0, 64)

/** The data of a new member. A mobile or a mail address is needed, both are welcome. */
export const MemberForm = z.object({ login: Login, name: plainLine(1, 64), ...contacts, department, language: Locale, directorId: z.string() }).check(({ value, issues }) => {
  if (value.mobile === '' && value.email === '') issues.push({ code: 'custom', path: ['mobile'], message: 'one_contact', input: value })
})
export type MemberForm = z.infer<typeof MemberForm>
export const firstFields = ['login', 'name', 'mobile', 'email', 'department', 'language'] as const

/** @returns the request; what is empty is left out, and only an account manager has a director. */
export const toCreate = ({ login, name, mobile, email, department: part, language, directorId }: MemberForm, { roles, customRoleIds, extra }: Rights): Input<typeof createMember> => ({
  body: {
    login, name, language, roles: [...roles], customRoleIds: [...customRoleIds], extraPermissions: [...extra],
    ...(mobile !== '' && { mobile }), ...(email !== '' && { email }), ...(part !== '' && { department: part }), ...(roles.includes('manager') && directorId !== '' && { directorId }),
  },
})

/** Data of a member that exist already: an empty name or contact keeps what is there. The department is not masked, so its field holds what is there. */
export const EditForm = z.object({ name: z.union([z.literal(''), plainLine(1, 64)]), ...contacts, department })
export type EditForm = z.infer<typeof EditForm>

/** @param member with its present department. @returns the request with what was filled in; undefined when nothing was. */
export function toChange({ id, department: present }: Pick<Member, 'id'> & { department: string }, { name, mobile, email, department: part }: EditForm): Input<typeof putMember> | undefined {
  const body = { ...(name !== '' && { name }), ...(mobile !== '' && { mobile }), ...(email !== '' && { email }), ...(part !== present && { department: part }) }
  return Object.keys(body).length === 0 ? undefined : { params: { id }, body }
}

/** @returns the request for new rights. Only an account manager has a director. */
export const toRights = ({ id }: Pick<Member, 'id'>, { roles, customRoleIds, extra, removed }: Rights, directorId: string): Input<typeof putMemberRights> => ({
  params: { id },
  body: { roles: [...roles], customRoleIds: [...customRoleIds], extraPermissions: [...extra], removedPermissions: [...removed], directorId: roles.includes('manager') && directorId !== '' ? directorId : null },
})
