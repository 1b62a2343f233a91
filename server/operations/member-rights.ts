import { Permission, type Role } from '#contract/people.ts'
import { rolePermissions } from '#server/auth/permissions.ts'

export type Rights = { extra: readonly string[]; removed: readonly string[] }

/** @param rights what the member has besides and without. @param add and @param take permissions to give and to take away.
 *  @returns the new rights, or a sentence that says why the role cannot have them. */
export function changeRights(role: Role, rights: Rights, add: readonly Permission[], take: readonly Permission[]): Rights | string {
  const { has, mayGet } = rolePermissions[role]
  const never = add.find((permission) => !has.includes(permission) && !mayGet.includes(permission))
  if (never !== undefined) return `A member with the role ${role} cannot get ${never}. Possible: ${[...mayGet, ...has].join(', ') || 'nothing further'}.`
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
