import * as z from 'zod/mini'
import type { Input } from '#contract/endpoint.ts'
import { type createMember, Login, type Member, type putMember, type putMemberRights } from '#contract/members.ts'
import { Locale, Role } from '#contract/people.ts'
import { plainLine } from '#contract/text.ts'
import { isEmail, isMobile } from '#src/lib/contacts.ts'
import type { Rights } from './rights.ts'

const contacts = {
  mobile: z.string().check(z.trim(), z.refine((text) => text === '' || isMobile(text), 'mobile')),
  email: z.string().check(z.trim(), z.refine((text) => text === '' || isEmail(text), 'email')),
}

/** The data of a new member. A mobile or a mail address is needed, both are welcome. */
export const MemberForm = z.object({ login: Login, name: plainLine(1, 64), ...contacts, language: Locale, directorId: z.string(), role: Role }).check(({ value, issues }) => {
  if (value.mobile === '' && value.email === '') issues.push({ code: 'custom', path: ['mobile'], message: 'one_contact', input: value })
})
export type MemberForm = z.infer<typeof MemberForm>
export const firstFields = ['login', 'name', 'mobile', 'email', 'language'] as const

/** @param extra permissions on top of the role. @returns the request; what is empty is left out, and only an account manager has a director. */
export const toCreate = ({ login, name, mobile, email, language, directorId, role }: MemberForm, extra: Rights['extra']): Input<typeof createMember> => ({
  body: { login, name, language, role, extraPermissions: [...extra], ...(mobile !== '' && { mobile }), ...(email !== '' && { email }), ...(role === 'manager' && directorId !== '' && { directorId }) },
})

/** Data of a member that exist already: an empty field keeps what is there. */
export const EditForm = z.object({ name: z.union([z.literal(''), plainLine(1, 64)]), ...contacts })
export type EditForm = z.infer<typeof EditForm>

/** @returns the request with what was filled in; undefined when nothing was. */
export function toChange({ id }: Pick<Member, 'id'>, { name, mobile, email }: EditForm): Input<typeof putMember> | undefined {
  if (name === '' && mobile === '' && email === '') return undefined
  return { params: { id }, body: { ...(name !== '' && { name }), ...(mobile !== '' && { mobile }), ...(email !== '' && { email }) } }
}

/** @returns the request for new rights. Only an account manager has a director. */
export const toRights = ({ id }: Pick<Member, 'id'>, { role, extra, removed }: Rights, directorId: string): Input<typeof putMemberRights> => ({
  params: { id }, body: { role, extraPermissions: [...extra], removedPermissions: [...removed], directorId: role === 'manager' && directorId !== '' ? directorId : null },
})
