import type { FieldError } from '#contract/errors.ts'
import type { Permission, Role } from '#contract/people.ts'
import type { Actor } from '#server/auth/actor.ts'
import { permissionsOf, rolePermissions } from '#server/auth/permissions.ts'

type Rights = { role: Role; extra: readonly string[]; removed: readonly string[] }

/** Whoever can change how somebody signs in can sign in as that person. So members who are no administrators themselves change only those who may do nothing
 *  beyond what they may.
 *  @returns whether the actor may change this member. */
export const mayChange = ({ member, permissions }: Pick<Actor, 'member' | 'permissions'>, { role, extra, removed }: Rights): boolean =>
  member.role === 'administrator' || (role !== 'administrator' && [...permissionsOf(role, extra, removed)].every((permission) => permissions.has(permission)))

/** @returns what is wrong with rights that are to be given: a role is given what it has or may get, and loses what it has. */
export function rightsErrors(role: Role, extra: readonly Permission[], removed: readonly Permission[], hasDirector: boolean): FieldError[] {
  const { has, mayGet } = rolePermissions[role]
  const wrong = (path: string) => ({ path, code: 'permission', message: '' })
  return [
    ...(extra.every((permission) => mayGet.includes(permission)) ? [] : [wrong('extraPermissions')]),
    ...(removed.every((permission) => has.includes(permission)) ? [] : [wrong('removedPermissions')]),
    ...(hasDirector && role !== 'manager' ? [{ path: 'directorId', code: 'no_director', message: '' }] : []),
  ]
}

/** @returns of what is stored, what counts for the role: permissions that exist, added where it may get them and taken where it has them. */
export function shownRights({ role, extra, removed }: Rights): { extra: Permission[]; removed: Permission[] } {
  const { has, mayGet } = rolePermissions[role]
  const counting = (texts: readonly string[], among: readonly Permission[]) => among.filter((permission) => texts.includes(permission))
  return { extra: counting(extra, mayGet), removed: counting(removed, has) }
}

/** @returns rights in one line for the log: `manager +funds.allocate -customer.tag`. */
export const rightsText = (role: Role, { extra, removed }: { extra: readonly string[]; removed: readonly string[] }): string =>
  [role, ...extra.map((permission) => `+${permission}`), ...removed.map((permission) => `-${permission}`)].join(' ')
