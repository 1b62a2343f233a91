import type { Reply } from '#contract/endpoint.ts'
import type { getMember, Member } from '#contract/members.ts'
import type { Actor } from '#server/auth/actor.ts'
import { maskEmail, maskMobile, maskName } from '#server/masking/mask.ts'
import { countingRights } from './rights.ts'
import type { MemberRecord } from './store.ts'

/** @param locks until when too many failures keep which login names out. @returns the member, masked. */
export function presentMember(row: MemberRecord, actor: Actor, locks: ReadonlyMap<string, Date>): Member {
  const { extra, removed } = countingRights(row)
  const untils = [row.verificationUntil, locks.get(row.login)].flatMap((until) => (until ? [until.getTime()] : []))
  return {
    id: row.id, nameMasked: maskName(row.name), login: row.login, mobileMasked: maskMobile(row.mobile), emailMasked: maskEmail(row.email), roles: row.roles, customRoles: row.customRoles.map(({ id, name }) => ({ id, name })), extraPermissions: extra, removedPermissions: removed,
    director: row.directorId === null ? null : { id: row.directorId, nameMasked: maskName(row.directorName ?? '') }, customers: row.customers, state: row.state,
    lastSignInAt: row.lastSignInAt?.toISOString() ?? null, createdAt: row.createdAt.toISOString(), language: row.language, signIns: row.signIns,
    lockedUntil: untils.length === 0 ? null : new Date(Math.max(...untils)).toISOString(), isSelf: row.id === actor.member.id, isLastAdministrator: row.isLast,
  }
}

/** @returns since when the member has each role; one that was written without a date counts from the member's beginning. */
export const rolesSince = ({ roles, customRoles, roleSince, createdAt }: MemberRecord): Reply<typeof getMember>['rolesSince'] => {
  const at = (key: string) => roleSince[key] ?? createdAt.toISOString()
  return [...roles.map((role) => ({ role, customRole: null, at: at(role) })), ...customRoles.map(({ id, name }) => ({ role: null, customRole: { id, name }, at: at(id) }))]
}
