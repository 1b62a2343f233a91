import type { FieldError } from '#contract/errors.ts'
import type { Permission, Role } from '#contract/people.ts'
import { isAdministrator, type Actor } from '#server/auth/actor.ts'
import { permissionsOf, rolesGive, type MemberRoles, type Rights } from '#server/auth/permissions.ts'
import type { Context } from '#server/http/context.ts'
import { Refusal } from '#server/http/refusal.ts'
import { readCustomRoles } from '#server/operations/custom-roles.ts'
import { combinationError } from '#server/operations/member-rights.ts'

/** Whoever can change how somebody signs in can sign in as that person. So members who are no administrators themselves change only those who may do nothing
 *  beyond what they may.
 *  @returns whether the actor may change this member. */
export const mayChange = (actor: Pick<Actor, 'member' | 'permissions'>, member: MemberRoles & Rights): boolean =>
  isAdministrator(actor) || (!member.roles.includes('administrator') && [...permissionsOf(member)].every((permission) => actor.permissions.has(permission)))

/** Reads what a member is to be, after queueForPeople. @returns the roles, each once, custom ones with what they hold. Refuses, by the field: none or more than three, an
 *  administrator with another role, an account director who is account manager, and a custom role that the partner does not have. */
export async function givenRoles({ tx, actor }: Context, wanted: { roles: readonly Role[]; customRoleIds: readonly string[] }): Promise<MemberRoles> {
  const roles = [...new Set(wanted.roles)]
  const ids = [...new Set(wanted.customRoleIds.map((id) => id.toLowerCase()))]
  const wrong = combinationError(roles, ids.length)
  if (wrong !== undefined) throw new Refusal('invalid_input', { fields: [{ path: 'roles', code: wrong, message: '' }] })
  const customRoles = await readCustomRoles(tx, actor.partner.id, ids)
  if (customRoles.length < ids.length) throw new Refusal('invalid_input', { fields: [{ path: 'customRoleIds', code: 'role_gone', message: '' }] })
  return { roles, customRoles }
}

/** @returns what is wrong with rights that are to be given: roles are given what they have or may get, and lose what they have. */
export function rightsErrors(given: MemberRoles, extra: readonly Permission[], removed: readonly Permission[], hasDirector: boolean): FieldError[] {
  const { has, mayGet } = rolesGive(given)
  const wrong = (path: string) => ({ path, code: 'permission', message: '' })
  return [
    ...(extra.every((permission) => mayGet.includes(permission) || has.includes(permission)) ? [] : [wrong('extraPermissions')]),
    ...(removed.every((permission) => has.includes(permission)) ? [] : [wrong('removedPermissions')]),
    ...(hasDirector && !given.roles.includes('manager') ? [{ path: 'directorId', code: 'no_director', message: '' }] : []),
  ]
}

/** @returns of what is stored or asked for, what counts for the roles: permissions that exist, added where they may get them and taken where they have them. */
export function countingRights(member: MemberRoles & Rights): { extra: Permission[]; removed: Permission[] } {
  const { has, mayGet } = rolesGive(member)
  const counting = (texts: readonly string[], among: readonly Permission[]) => among.filter((permission) => texts.includes(permission))
  return { extra: counting(member.extra, mayGet), removed: counting(member.removed, has) }
}
