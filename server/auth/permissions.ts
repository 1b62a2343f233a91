import type { Permission, Role } from '#contract/people.ts'

/** What a role may do by default, and what an administrator may add to a member of it. Everything else is never given. */
export const rolePermissions: Record<Role, { has: readonly Permission[]; mayGet: readonly Permission[] }> = {
  administrator: {
    has: ['home.view', 'funds.view', 'funds.allocate', 'funds.reclaim', 'customer.view', 'customer.export', 'customer.tag', 'data.reveal', 'data.export', 'log.view', 'log.view.all', 'verification.switch',
      'prospect.view', 'prospect.report', 'prospect.export', 'invite.view', 'invite.send', 'invite.link', 'org.view', 'org.assign', 'org.member', 'org.role', 'partner.settings', 'profile.notice'],
    mayGet: [],
  },
  director: { has: ['home.view', 'funds.view', 'customer.view', 'data.reveal', 'data.export', 'log.view', 'log.view.all', 'prospect.view', 'invite.view', 'org.view'], mayGet: [] },
  manager: { has: ['home.view', 'funds.view', 'customer.view', 'customer.tag', 'data.reveal', 'log.view', 'prospect.view', 'prospect.report', 'invite.view', 'invite.send', 'invite.link'], mayGet: ['funds.allocate', 'funds.reclaim'] },
  operator: {
    has: ['home.view', 'funds.view', 'data.reveal'],
    mayGet: ['customer.view', 'customer.tag', 'funds.allocate', 'funds.reclaim', 'log.view', 'log.view.all', 'data.export', 'prospect.view', 'prospect.report', 'invite.view', 'invite.send', 'invite.link', 'org.view', 'org.assign', 'org.member', 'profile.notice'],
  },
}

/** @param role the member's role. @param extra permissions added to this member. @param removed permissions taken from this member.
 *  @returns what the member may do now; an extra that the role may never have is ignored. */
export function permissionsOf(role: Role, extra: readonly string[], removed: readonly string[]): ReadonlySet<Permission> {
  const { has, mayGet } = rolePermissions[role]
  return new Set([...has, ...mayGet.filter((permission) => extra.includes(permission))].filter((permission) => !removed.includes(permission)))
}
