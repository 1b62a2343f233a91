import type { endMemberSignIns, putMemberRights, setMemberState, unlockMember } from '#contract/members.ts'
import { isAdministrator } from '#server/auth/actor.ts'
import type { MemberRoles, Rights } from '#server/auth/permissions.ts'
import { endEverySession } from '#server/auth/sessions.ts'
import { endSignInLock, signInLocks } from '#server/auth/sign-in-locks.ts'
import type { Operation } from '#server/http/context.ts'
import type { Deps } from '#server/http/deps.ts'
import { Refusal } from '#server/http/refusal.ts'
import { noteChange, unlockVerification } from '#server/operations/member-notices.ts'
import { rightsText } from '#server/operations/member-rights.ts'
import { areSameRoles, updateMember, type HeldMember } from '#server/operations/members.ts'
import { demandDirector, demandMember, factsOf, refuseKept, refuseMaster, refuseSelf, showMember } from './held.ts'
import { countingRights, givenRoles, rightsErrors } from './rights.ts'

/** Roles, added and taken permissions, and the director: by administrators. Counts from the member's next request on, whatever was begun before. */
export const rightsOperation = (deps: Deps): Operation<typeof putMemberRights, Regiven> => ({
  permission: 'org.member', refused: 'member.changed',
  async prepare({ params: { id }, body }, context) {
    if (!isAdministrator(context.actor)) throw new Refusal('no_permission', { sentence: 'rights_by_administrators' })
    const member = await demandMember(context, id)
    refuseMaster(member)
    const given = await givenRoles(context, body)
    const wrong = rightsErrors(given, body.extraPermissions, body.removedPermissions, body.directorId !== null)
    if (wrong.length > 0) throw new Refusal('invalid_input', { fields: wrong })
    await refuseKept(context, member, given.roles, member.state, body.removedPermissions)
    await demandDirector(context, body.directorId)
    return { member, given, directorId: body.directorId, rights: countingRights({ ...given, extra: body.extraPermissions, removed: body.removedPermissions }) }
  },
  async apply(change, { params: { id } }, context) {
    const { tx, now, actor } = context
    const { member, given, directorId, rights } = change
    if (isSame(change)) return await showMember(context, deps, id)
    await updateMember(tx, now, actor.partner.id, member, { given, directorId, rights })
    await noteChange(tx, now, actor.partner, member, { what: 'rights', given, by: actor.member.name })
    return await showMember(context, deps, id)
  },
  log: (_reply, change) => (isSame(change) ? [] : [factsOf('member.changed', change.member, {
    changed: change.directorId === change.member.directorId ? 'rights' : 'rights, director', before: rightsText(change.member, countingRights(change.member)), after: rightsText(change.given, change.rights),
  })]),
})

type Regiven = { member: HeldMember; given: MemberRoles; directorId: string | null; rights: Rights }
function isSame({ member, given, directorId, rights }: Regiven): boolean {
  const now = countingRights(member)
  const alike = (one: readonly string[], other: readonly string[]) => one.toSorted().join() === other.toSorted().join()
  return areSameRoles(member, given) && member.directorId === directorId && alike(now.extra, rights.extra) && alike(now.removed, rights.removed)
}

/** Disables a member, whose sign-ins end at once, or enables it again. */
export const stateOperation = (deps: Deps): Operation<typeof setMemberState, HeldMember> => ({
  permission: 'org.member', refused: 'member.changed',
  async prepare({ params: { id }, body }, context) {
    const member = await demandMember(context, id)
    refuseSelf(context, member)
    if (member.state !== body.state) await refuseKept(context, member, member.roles, body.state)
    return member
  },
  async apply(member, { params: { id }, body }, context) {
    const { tx, now, actor } = context
    if (member.state !== body.state) {
      await updateMember(tx, now, actor.partner.id, member, { state: body.state })
      await noteChange(tx, now, actor.partner, member, { what: body.state === 'DISABLED' ? 'disabled' : 'enabled', given: member, by: actor.member.name })
    }
    return await showMember(context, deps, id)
  },
  log: (_reply, member, { body }) => (member.state === body.state ? [] : [factsOf('member.changed', member, { changed: 'state', before: member.state, after: body.state })]),
})

type Locked = { member: HeldMember; isSignIn: boolean; /** Filled in by the effect. */ wasVerification: boolean }

/** Ends whatever lock keeps a member out: of the verification, of the sign-in, or both. */
export const unlockOperation = (deps: Deps): Operation<typeof unlockMember, Locked> => ({
  permission: 'org.member',
  async prepare({ params: { id } }, context) {
    const { tx, now, actor } = context
    const member = await demandMember(context, id)
    refuseSelf(context, member)
    const locks = await signInLocks(tx, now, deps.secrets, actor.partner.account, [member.login])
    return { member, isSignIn: locks.size > 0, wasVerification: false }
  },
  async apply(locked, { params: { id } }, context) {
    const { tx, now, actor } = context
    locked.wasVerification = await unlockVerification(tx, now, actor.partner, locked.member, actor.member.name)
    if (!locked.wasVerification && !locked.isSignIn) throw new Refusal('conflict', { sentence: 'not_locked' })
    if (locked.isSignIn) await endSignInLock(tx, deps.secrets, actor.partner.account, locked.member.login)
    return await showMember(context, deps, id)
  },
  log: (_reply, { member, isSignIn, wasVerification }) => [
    ...(wasVerification ? [factsOf('verification.unlocked', member)] : []), ...(isSignIn ? [factsOf('member.changed', member, { changed: 'sign_in_lock' })] : []),
  ],
})

/** Ends all sign-ins of a member, and what they were about to confirm. */
export const endSignInsOperation: Operation<typeof endMemberSignIns, HeldMember> = {
  permission: 'org.member',
  async prepare({ params: { id } }, context) {
    const member = await demandMember(context, id)
    refuseSelf(context, member, 'own_sign_ins')
    return member
  },
  apply: async (member, _input, { tx, actor }) => ({ ended: await endEverySession(tx, actor.partner.id, member.id) }),
  log: ({ ended }, member) => factsOf('session.ended', member, { ended }),
}
