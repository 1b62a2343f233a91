import type { Answer } from '#contract/endpoint.ts'
import type { getRoles } from '#contract/members.ts'
import type { Permission, Role } from '#contract/people.ts'

export type Roles = Answer<typeof getRoles>
type RoleFacts = Pick<Roles['roles'][number], 'has' | 'mayGet'>

/** What an administrator has chosen for a member. */
export type Rights = { role: Role; extra: readonly Permission[]; removed: readonly Permission[] }

/** The permissions in the order of the menu. */
export const permissionGroups = [
  { key: 'home', permissions: ['home.view'] },
  { key: 'development', permissions: ['prospect.view', 'prospect.report', 'prospect.export', 'invite.view', 'invite.send', 'invite.link'] },
  { key: 'customers', permissions: ['customer.view', 'customer.tag', 'customer.export'] },
  { key: 'funds', permissions: ['funds.view', 'funds.allocate', 'funds.reclaim'] },
  { key: 'organization', permissions: ['org.view', 'org.assign', 'org.member'] },
  { key: 'records', permissions: ['log.view', 'log.view.all'] },
  { key: 'data', permissions: ['data.reveal', 'data.export'] },
  { key: 'company', permissions: ['verification.switch', 'partner.settings'] },
] as const satisfies readonly { key: string; permissions: readonly Permission[] }[]

const nothing: RoleFacts = { has: [], mayGet: [] }

/** @returns what a role has and may get; nothing for one that the server does not tell. */
export const factsOf = (roles: Roles, role: Role): RoleFacts => roles.roles.find((one) => one.role === role) ?? nothing

/** @returns the groups that hold any of these permissions, with those only, in the order of the menu. */
export const grouped = (permissions: readonly Permission[]) =>
  permissionGroups.map(({ key, permissions: all }) => ({ key, permissions: all.filter((one) => permissions.includes(one)) })).filter((group) => group.permissions.length > 0)

/** @returns whether the member has it: by role or as an extra, and not taken away. */
export const isGiven = ({ extra, removed }: Rights, { has, mayGet }: RoleFacts, permission: Permission): boolean =>
  (has.includes(permission) || (mayGet.includes(permission) && extra.includes(permission))) && !removed.includes(permission)

/** @returns the rights with one permission given or taken away. What the role has by itself is taken away by name; what was given on top just goes. */
export function withPermission(rights: Rights, { has }: RoleFacts, permission: Permission, isWanted: boolean): Rights {
  const changed = (list: readonly Permission[], isIn: boolean) => (isIn ? [...list.filter((one) => one !== permission), permission] : list.filter((one) => one !== permission))
  return has.includes(permission)
    ? { ...rights, removed: changed(rights.removed, !isWanted) }
    : { ...rights, extra: changed(rights.extra, isWanted), removed: changed(rights.removed, false) }
}

/** @returns the rights with another role. What was given or taken stays where the new role knows it. */
export const withRole = ({ extra, removed }: Rights, role: Role, { has, mayGet }: RoleFacts): Rights =>
  ({ role, extra: extra.filter((one) => mayGet.includes(one)), removed: removed.filter((one) => has.includes(one)) })

/** @returns whether both mean the same; the order does not matter. */
export const isSame = (one: Rights, other: Rights): boolean =>
  one.role === other.role && sorted(one.extra) === sorted(other.extra) && sorted(one.removed) === sorted(other.removed)

const sorted = (list: readonly Permission[]): string => list.toSorted().join(' ')

type Consequence = 'signs_out' | 'becomes_administrator' | 'loses_managers' | 'sees_all'

/** @returns what follows from a change of rights and is easily overlooked. */
export function consequencesOf(before: Rights, after: Rights): readonly Consequence[] {
  const seesAll = (rights: Rights) => rights.role === 'operator' && rights.extra.includes('customer.view')
  return [
    ...(before.role === after.role ? [] : (['signs_out'] as const)),
    ...(before.role !== 'administrator' && after.role === 'administrator' ? (['becomes_administrator'] as const) : []),
    ...(before.role === 'director' && after.role !== 'director' ? (['loses_managers'] as const) : []),
    ...(!seesAll(before) && seesAll(after) ? (['sees_all'] as const) : []),
  ]
}
