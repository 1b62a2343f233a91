import type { Member } from '#contract/members.ts'
import type { Actor } from '#server/auth/actor.ts'
import { maskEmail, maskMobile, maskName } from '#server/masking/mask.ts'
import { shownRights } from './rights.ts'
import type { MemberRecord } from './store.ts'

/** @param locks until when too many failures keep which login names out. @returns the member, masked. */
export function presentMember(row: MemberRecord, actor: Actor, locks: ReadonlyMap<string, Date>): Member {
  const { extra, removed } = shownRights(row)
  const untils = [row.verificationUntil, locks.get(row.login)].flatMap((until) => (until ? [until.getTime()] : []))
  return {
    id: row.id, nameMasked: maskName(row.name), login: row.login, mobileMasked: maskMobile(row.mobile), emailMasked: maskEmail(row.email), role: row.role, extraPermissions: extra, removedPermissions: removed,
    director: row.directorId === null ? null : { id: row.directorId, nameMasked: maskName(row.directorName ?? '') }, customers: row.customers, state: row.state,
    lastSignInAt: row.lastSignInAt?.toISOString() ?? null, createdAt: row.createdAt.toISOString(), language: row.language, signIns: row.signIns,
    lockedUntil: untils.length === 0 ? null : new Date(Math.max(...untils)).toISOString(), isSelf: row.id === actor.member.id, isLastAdministrator: row.isLast,
  }
}
