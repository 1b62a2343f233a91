import { Permission, rolesPerMember, type Role } from '#contract/people.ts'
import { rolesGive, type MemberRoles, type Rights } from '#server/auth/permissions.ts'

/** @param roles of the member. @param rights what the member has besides and without. @param add and @param take permissions to give and to take away.
 *  @returns the new rights, or a sentence that says why the roles cannot have them. */
export function changeRights(roles: MemberRoles, rights: Rights, add: readonly Permission[], take: readonly Permission[]): Rights | string {
  const { has, mayGet } = rolesGive(roles)
  const never = add.find((permission) => !has.includes(permission) && !mayGet.includes(permission))
  if (never !== undefined) return `A member with the roles ${rolesText(roles)} cannot get ${never}. Possible: ${[...mayGet, ...has].join(', ') || 'nothing further'}.`
  const idle = take.find((permission) => !has.includes(permission) && !rights.extra.includes(permission))
  if (idle !== undefined) return `The member does not have ${idle}.`
  const extra = new Set(rights.extra.filter((permission) => Permission.safeParse(permission).success))
  const removed = new Set(rights.removed)
  for (const permission of add) {
    removed.delete(permission)
    if (!has.includes(permission)) extra.add(permission)
  }
  for (const permission of take) {
    extra.delete(permission)
    if (has.includes(permission)) removed.add(permission)
  }
  return { extra: [...extra], removed: [...removed] }
}

/** @returns the roles in one line, custom ones by their name. */
export const rolesText = ({ roles, customRoles }: MemberRoles): string => [...roles, ...customRoles.map(({ name }) => name)].join(', ')

/** @returns rights in one line for the log: `manager, 财务专员 +funds.allocate -customer.tag`. */
export const rightsText = (roles: MemberRoles, { extra, removed }: Rights): string =>
  [rolesText(roles), ...extra.map((permission) => `+${permission}`), ...removed.map((permission) => `-${permission}`)].join(' ')

/** @param custom how many custom roles stand beside. @returns what is wrong with roles together, if anything is. */
export function combinationError(roles: readonly Role[], custom: number): 'roles_count' | 'administrator_alone' | 'director_or_manager' | undefined {
  const count = roles.length + custom
  if (count === 0 || count > rolesPerMember) return 'roles_count'
  if (roles.includes('administrator') && count > 1) return 'administrator_alone'
  return roles.includes('director') && roles.includes('manager') ? 'director_or_manager' : undefined
}
