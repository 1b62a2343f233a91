import type { FieldError } from '#contract/errors.ts'
import { Permission } from '#contract/people.ts'
import { defaultPermissions } from '#contract/roles.ts'

/** Custom roles a partner has at most. */
export const customRolesMax = 10

/** What the built-in roles are called, in both languages: no custom role may be mistaken for one. */
const builtInNames = ['系统管理员', '客户经理主管', '客户经理', '操作员', 'Administrator', 'Account director', 'Account manager', 'Operator', 'Director', 'Manager']

/** @returns the name as names are compared: writings that look alike, and both cases, are one. */
const comparable = (name: string): string => name.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()
const builtIn = new Set(builtInNames.map(comparable))

/** @param others names of the partner's other custom roles. @param grantable what a custom role may hold. @returns what is wrong with a role that is to be written. */
export function roleErrors({ name, permissions }: { name: string; permissions: readonly Permission[] }, others: readonly string[], grantable: readonly Permission[]): FieldError[] {
  const isTaken = builtIn.has(comparable(name)) || others.some((other) => comparable(other) === comparable(name))
  return [
    ...(isTaken ? [{ path: 'name', code: 'role_name_taken', message: '' }] : []),
    ...(permissions.every((permission) => grantable.includes(permission)) ? [] : [{ path: 'permissions', code: 'permission', message: '' }]),
  ]
}

/** @returns what the role holds: what was ticked and what every role has, each once, in the order of the contract. */
export const withDefaults = (permissions: readonly Permission[]): Permission[] => {
  const held = new Set<Permission>([...permissions, ...defaultPermissions])
  return Permission.options.filter((permission) => held.has(permission))
}

/** @returns what a change gave and took, for the log: `+org.view -log.view`. */
export const difference = (before: readonly string[], after: readonly string[]): string =>
  [...after.filter((one) => !before.includes(one)).map((one) => `+${one}`), ...before.filter((one) => !after.includes(one)).map((one) => `-${one}`)].join(' ')
