import type { TFunction } from 'i18next'
import type { Answer } from '#contract/endpoint.ts'
import type { Permission, Role } from '#contract/people.ts'
import { type CustomRole, defaultPermissions, type listRoles } from '#contract/roles.ts'

export type Roles = Answer<typeof listRoles>
/** A role of the list. A built-in one has its own name as id. */
export type RoleRow = {
  id: string
  name: string
  description: string
  permissions: readonly Permission[]
  /** What an administrator may add for a member. */
  mayGet: readonly Permission[]
  members: number
} & ({ kind: 'built_in'; role: Role } | { kind: 'custom'; role: CustomRole })

/** @returns all roles, built-in ones first. */
export const rowsOf = ({ builtIn, custom }: Roles, t: TFunction): RoleRow[] => [
  ...builtIn.map(({ role, has, mayGet, members }) => ({ id: role, kind: 'built_in' as const, role, name: t(`roles.name.${role}`), description: t(`roles.note.${role}`), permissions: has, mayGet, members })),
  ...custom.map((role) => ({ id: role.id, kind: 'custom' as const, role, name: role.name, description: role.description, permissions: role.permissions, mayGet: [], members: role.members })),
]

/** Most characters of a role's name. */
export const nameMax = 32

/** @param name that a copy gets, built from the first one's. @returns it, as long as a name may be. */
export const cut = (name: string): string => [...name].slice(0, nameMax).join('').trim()

/** @param from what a role may do that is copied. @returns what of it a custom role may hold, with what every role has. */
export const holdable = ({ grantable }: Pick<Roles, 'grantable'>, from: readonly Permission[]): Permission[] =>
  [...new Set<Permission>([...defaultPermissions, ...grantable.filter((one) => from.includes(one))])]
