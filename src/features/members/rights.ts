import type { Answer } from '#contract/endpoint.ts'
import { type Permission, type Role, rolesPerMember } from '#contract/people.ts'
import { defaultPermissions, type listRoles } from '#contract/roles.ts'

export type Roles = Answer<typeof listRoles>
type Given = { has: readonly Permission[]; mayGet: readonly Permission[] }

/** What an administrator has chosen for a member. */
export type Rights = { roles: readonly Role[]; customRoleIds: readonly string[]; extra: readonly Permission[]; removed: readonly Permission[] }
/** One role that can be ticked. */
export type RoleChoice = { role: Role } | { customRoleId: string }

/** @returns what the chosen roles give together, and what may be given on top of them. */
export function givenBy({ builtIn, custom }: Roles, { roles, customRoleIds }: Pick<Rights, 'roles' | 'customRoleIds'>): Given {
  const chosen = builtIn.filter(({ role }) => roles.includes(role))
  const has = new Set<Permission>([...defaultPermissions, ...chosen.flatMap((one) => one.has), ...custom.filter(({ id }) => customRoleIds.includes(id)).flatMap(({ permissions }) => permissions)])
  return { has: [...has], mayGet: [...new Set(chosen.flatMap(({ mayGet }) => mayGet))].filter((permission) => !has.has(permission)) }
}

const rolesOf = ({ roles, customRoleIds }: Pick<Rights, 'roles' | 'customRoleIds'>): number => roles.length + customRoleIds.length

export const isChosen = (rights: Rights, choice: RoleChoice): boolean => ('role' in choice ? rights.roles.includes(choice.role) : rights.customRoleIds.includes(choice.customRoleId))

/** @returns why a role cannot be ticked beside those that are; undefined where it can. Unticking is always possible. */
export function whyNotBeside(rights: Rights, choice: RoleChoice): 'administrator_alone' | 'others_first' | 'not_with_manager' | 'not_with_director' | 'too_many' | undefined {
  if (isChosen(rights, choice)) return undefined
  const role = 'role' in choice ? choice.role : undefined
  if (rights.roles.includes('administrator')) return 'administrator_alone'
  if (role === 'administrator' && rolesOf(rights) > 0) return 'others_first'
  if (role === 'director' && rights.roles.includes('manager')) return 'not_with_manager'
  if (role === 'manager' && rights.roles.includes('director')) return 'not_with_director'
  return rolesOf(rights) >= rolesPerMember ? 'too_many' : undefined
}

/** @returns the rights with one role more or less. What was given or taken stays where the roles that remain know it. */
export function withRole(all: Roles, rights: Rights, choice: RoleChoice, isWanted: boolean): Rights {
  const changed = <T>(list: readonly T[], one: T): T[] => [...list.filter((other) => other !== one), ...(isWanted ? [one] : [])]
  const next = 'role' in choice ? { ...rights, roles: changed(rights.roles, choice.role) } : { ...rights, customRoleIds: changed(rights.customRoleIds, choice.customRoleId) }
  const { has, mayGet } = givenBy(all, next)
  return { ...next, extra: rights.extra.filter((one) => mayGet.includes(one)), removed: rights.removed.filter((one) => has.includes(one)) }
}

/** @returns whether the member has it: by a role or as an extra, and not taken away. */
export const isGiven = ({ extra, removed }: Rights, { has, mayGet }: Given, permission: Permission): boolean =>
  (has.includes(permission) || (mayGet.includes(permission) && extra.includes(permission))) && !removed.includes(permission)

/** @returns the rights with one permission given or taken away. What a role has by itself is taken away by name; what was given on top just goes. */
export function withPermission(rights: Rights, { has }: Given, permission: Permission, isWanted: boolean): Rights {
  const changed = (list: readonly Permission[], isIn: boolean) => (isIn ? [...list.filter((one) => one !== permission), permission] : list.filter((one) => one !== permission))
  return has.includes(permission)
    ? { ...rights, removed: changed(rights.removed, !isWanted) }
    : { ...rights, extra: changed(rights.extra, isWanted), removed: changed(rights.removed, false) }
}

/** @returns whether both have the same roles; the order does not matter. */
const hasSameRoles = (one: Rights, other: Rights): boolean => sorted(one.roles) === sorted(other.roles) && sorted(one.customRoleIds) === sorted(other.customRoleIds)

/** @returns whether both mean the same. */
export const isSame = (one: Rights, other: Rights): boolean => hasSameRoles(one, other) && sorted(one.extra) === sorted(other.extra) && sorted(one.removed) === sorted(other.removed)

const sorted = (list: readonly string[]): string => list.toSorted().join(' ')

/** @returns whether the member sees all customers of the partner: whoever is nothing but account manager, or nothing but director, sees a part. */
function seesAll(all: Roles, rights: Rights): boolean {
  const [only] = rolesOf(rights) === 1 ? rights.roles : []
  return rolesOf(rights) > 0 && only !== 'manager' && only !== 'director' && isGiven(rights, givenBy(all, rights), 'customer.view')
}

type Consequence = 'signs_out' | 'becomes_administrator' | 'loses_managers' | 'manager_sees_all' | 'director_sees_all' | 'sees_all'

/** @param before the present rights; none for a new member. @returns what follows from a change of rights and is easily overlooked. */
export function consequencesOf(all: Roles, before: Rights | undefined, after: Rights): readonly Consequence[] {
  const becomes = (role: Role) => !before?.roles.includes(role) && after.roles.includes(role)
  const isNewlyWide = seesAll(all, after) && !(before && seesAll(all, before)) && !after.roles.includes('administrator')
  return [
    ...(before && !hasSameRoles(before, after) ? (['signs_out'] as const) : []),
    ...(becomes('administrator') ? (['becomes_administrator'] as const) : []),
    ...(before?.roles.includes('director') && !after.roles.includes('director') ? (['loses_managers'] as const) : []),
    ...(isNewlyWide ? [after.roles.includes('manager') ? ('manager_sees_all' as const) : after.roles.includes('director') ? ('director_sees_all' as const) : ('sees_all' as const)] : []),
  ]
}
