import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { lookupAnswer, lookupFields } from './invites.ts'
import { Masked } from './masked.ts'
import { Id, Instant, listOf, pageFields } from './page.ts'
import { Locale, Permission, Role, rolesPerMember } from './people.ts'
import { plainLine } from './text.ts'

export const MemberState = z.enum(['INVITED', 'ACTIVE', 'DISABLED', 'LOCKED'])
export type MemberState = z.infer<typeof MemberState>
const Person = z.object({ id: Id, nameMasked: Masked })
const CustomRoleName = z.object({ id: Id, name: z.string() })
/** One to three in all; the administrator alone; never director and manager together. */
const roleFields = { roles: z.array(Role).check(z.maxLength(rolesPerMember)), customRoleIds: z.array(Id).check(z.maxLength(rolesPerMember)) }

export const Member = z.object({
  id: Id, nameMasked: Masked, /** Empty: the master account. */ login: z.string(), mobileMasked: z.nullable(Masked), emailMasked: z.nullable(Masked),
  roles: z.array(Role), customRoles: z.array(CustomRoleName), extraPermissions: z.array(Permission), removedPermissions: z.array(Permission), director: z.nullable(Person), customers: z.int(), state: MemberState,
  lastSignInAt: z.nullable(Instant), createdAt: Instant, language: Locale, signIns: z.int(), lockedUntil: z.nullable(Instant), isSelf: z.boolean(), isLastAdministrator: z.boolean(),
})
export type Member = z.infer<typeof Member>
export const MemberSort = z.enum(['-createdAt', 'createdAt', '-lastSignInAt', 'lastSignInAt', '-customers', 'customers'])
export type MemberSort = z.infer<typeof MemberSort>
export const MemberFilter = z.strictObject({ role: z.optional(Role), customRoleId: z.optional(Id), state: z.optional(MemberState), login: z.optional(z.string().check(z.trim(), z.minLength(1), z.maxLength(32))) })
export type MemberFilter = z.infer<typeof MemberFilter>
export const queryMembers = endpoint({
  method: 'POST', path: '/api/members/query', reads: true,
  body: z.strictObject({ ...pageFields, sort: z._default(MemberSort, '-createdAt'), filter: z._default(MemberFilter, {}), ...lookupFields }), response: z.object({ ...listOf(Member).shape, ...lookupAnswer }),
})
const idParams = z.strictObject({ id: Id })
const MobileText = z.string().check(z.trim(), z.minLength(1, 'required'), z.maxLength(32, 'mobile'))
const EmailText = z.string().check(z.trim(), z.minLength(1, 'required'), z.maxLength(64, 'email'))
export const Login = z.string().check(z.trim(), z.regex(/^[a-z0-9][a-z0-9._-]{4,31}$/, 'login'))
const permissions = z.array(Permission).check(z.maxLength(40))
/** The member gets a mail with a single-use link, for 24 hours, to set the password; without an address the link is told once, here. */
const LinkTold = z.object({ member: Member, sentTo: z.nullable(Masked), url: z.nullable(z.url()), expiresAt: Instant })
export const createMember = endpoint({
  method: 'POST', path: '/api/members',
  body: z.strictObject({ login: Login, name: plainLine(1, 64), mobile: z.optional(MobileText), email: z.optional(EmailText), language: Locale, department: z.optional(plainLine(0, 64)), ...roleFields, extraPermissions: z._default(permissions, []), directorId: z.optional(Id) }),
  response: LinkTold,
})
export const getMember = endpoint({ method: 'GET', path: '/api/members/:id', params: idParams, response: z.object({ ...Member.shape, permissions: z.array(Permission), department: z.string(), /** Since when the member has each role. */ rolesSince: z.array(z.object({ role: z.nullable(Role), customRole: z.nullable(CustomRoleName), at: Instant })),
  /** Authenticator apps and passkeys. */ authenticators: z.int(), isUnified: z.boolean(), sessions: z.array(z.object({ id: Id, startedAt: Instant, seenAt: Instant, address: z.string(), agent: z.string() })) }) })
/** Name and contacts; a changed contact counts as not verified. */
export const putMember = endpoint({ method: 'PUT', path: '/api/members/:id', params: idParams, body: z.strictObject({ name: z.optional(plainLine(1, 64)), mobile: z.optional(MobileText), email: z.optional(EmailText), department: z.optional(plainLine(0, 64)) }), response: Member })
export const putMemberRights = endpoint({
  method: 'PUT', path: '/api/members/:id/rights', params: idParams,
  body: z.strictObject({ ...roleFields, extraPermissions: permissions, removedPermissions: permissions, directorId: z.nullable(Id) }), response: Member,
})
export const resetMemberPassword = endpoint({ method: 'POST', path: '/api/members/:id/reset', params: idParams, body: z.strictObject({}), response: LinkTold })
/** A manager with customers is refused: they are handed over first. */
export const setMemberState = endpoint({ method: 'POST', path: '/api/members/:id/state', params: idParams, body: z.strictObject({ state: z.enum(['ACTIVE', 'DISABLED']) }), response: Member })
export const unlockMember = endpoint({ method: 'POST', path: '/api/members/:id/unlock', params: idParams, body: z.strictObject({}), response: Member })
export const endMemberSignIns = endpoint({ method: 'POST', path: '/api/members/:id/sign-ins/end', params: idParams, body: z.strictObject({}), response: z.object({ ended: z.int() }) })
/** For good, with their sign-ins, authenticators and links; what they did stays in the log under their masked name. Refused like disabling. */
export const deleteMember = endpoint({ method: 'DELETE', path: '/api/members/:id', params: idParams, response: z.object({}) })
/** For a colleague who lost the device: removes all of the member's authenticators and ends the sign-ins. Never one's own. */
export const removeMemberAuthenticators = endpoint({ method: 'POST', path: '/api/members/:id/authenticators/remove', params: idParams, body: z.strictObject({}), response: z.object({ removed: z.int() }) })
