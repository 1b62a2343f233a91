import { Permission, type Role } from '#contract/people.ts'
import { defaultPermissions } from '#contract/roles.ts'

/** What a role may do by default, and what an administrator may add to a member of it. Everything else is never given. */
export const rolePermissions: Record<Role, { has: readonly Permission[]; mayGet: readonly Permission[] }> = {
  administrator: {
    has: ['home.view', 'funds.view', 'funds.allocate', 'funds.reclaim', 'customer.view', 'customer.export', 'customer.tag', 'data.reveal', 'data.export', 'log.view', 'log.view.all', 'verification.switch',
      'prospect.view', 'prospect.report', 'prospect.export', 'invite.view', 'invite.send', 'invite.link', 'org.view', 'org.assign', 'org.member', 'org.role', 'partner.settings', 'profile.notice',
      'coupon.view', 'coupon.issue', 'coupon.reclaim', 'coupon.quota', 'coupon.whitelist'],
    mayGet: [],
  },
  director: { has: ['home.view', 'funds.view', 'customer.view', 'data.reveal', 'data.export', 'log.view', 'log.view.all', 'prospect.view', 'invite.view', 'org.view', 'coupon.view'], mayGet: [] },
  manager: { has: ['home.view', 'funds.view', 'customer.view', 'customer.tag', 'data.reveal', 'log.view', 'prospect.view', 'prospect.report', 'invite.view', 'invite.send', 'invite.link', 'coupon.view'], mayGet: ['funds.allocate', 'funds.reclaim', 'coupon.issue', 'coupon.reclaim', 'coupon.whitelist'] },
  operator: {
    has: ['home.view', 'funds.view', 'data.reveal'],
    mayGet: ['customer.view', 'customer.tag', 'funds.allocate', 'funds.reclaim', 'log.view', 'log.view.all', 'data.export', 'prospect.view', 'prospect.report', 'invite.view', 'invite.send', 'invite.link', 'org.view', 'org.assign', 'org.member', 'profile.notice', 'coupon.view', 'coupon.issue', 'coupon.reclaim', 'coupon.quota', 'coupon.whitelist'],
  },
}

/** What a custom role may hold: whatever an operator has or may be given. The rest is the administrators' alone. */
export const grantable: readonly Permission[] = Permission.options.filter((permission) => rolePermissions.operator.has.includes(permission) || rolePermissions.operator.mayGet.includes(permission))

export type CustomRoleName = { id: string; name: string }
/** The roles of a member, with what the custom ones hold. */
export type MemberRoles = { roles: readonly Role[]; customRoles: readonly (CustomRoleName & { permissions: readonly string[] })[] }
/** What a member has besides and without what the roles give. */
export type Rights = { extra: readonly string[]; removed: readonly string[] }

/** @returns what members with these roles have of themselves, and what an administrator may add for one of them. A custom role that was written with more than it may
 *  hold gives no more. */
export function rolesGive({ roles, customRoles }: MemberRoles): { has: readonly Permission[]; mayGet: readonly Permission[] } {
  const has = new Set<Permission>([
    ...roles.flatMap((role) => rolePermissions[role].has), ...customRoles.flatMap(({ permissions }) => grantable.filter((permission) => permissions.includes(permission))), ...defaultPermissions,
  ])
  const mayGet = new Set(roles.flatMap((role) => rolePermissions[role].mayGet))
  return { has: Permission.options.filter((permission) => has.has(permission)), mayGet: Permission.options.filter((permission) => mayGet.has(permission) && !has.has(permission)) }
}

/** @param member roles, permissions added to this member and taken from it. @returns what the member may do now; an extra that the roles may never have is ignored. */
export function permissionsOf(member: MemberRoles & Rights): ReadonlySet<Permission> {
  const { has, mayGet } = rolesGive(member)
  return new Set([...has, ...mayGet.filter((permission) => member.extra.includes(permission))].filter((permission) => !member.removed.includes(permission)))
}

/** Whose customers a person sees: all of the partner, those of the managers under them, or their own. */
export type Reach = 'partner' | 'managers' | 'own'

/** @returns the reach of a member with these roles: an account manager or director sees a part, and with any other role beside it everything. */
export function reachOf({ roles, customRoles }: { roles: readonly Role[]; customRoles: readonly unknown[] }): Reach {
  const [only] = roles.length + customRoles.length === 1 ? roles : []
  return only === 'manager' ? 'own' : only === 'director' ? 'managers' : 'partner'
}
