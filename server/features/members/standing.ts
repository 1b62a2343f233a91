import type { endMemberSignIns, putMemberRights, setMemberState, unlockMember } from '#contract/members.ts'
import { endEverySession } from '#server/auth/sessions.ts'
import { endSignInLock, signInLocks } from '#server/auth/sign-in-locks.ts'
import type { Operation } from '#server/http/context.ts'
import type { Deps } from '#server/http/deps.ts'
import { Refusal } from '#server/http/refusal.ts'
import { noteChange, unlockVerification } from '#server/operations/member-notices.ts'
import { updateMember, type HeldMember } from '#server/operations/members.ts'
import { demandDirector, demandMember, factsOf, refuseKept, refuseMaster, refuseSelf, showMember } from './held.ts'
import { rightsErrors, rightsText, shownRights } from './rights.ts'

/** Role, added and taken permissions, and the director: by administrators. Counts from the member's next request on, whatever was begun before. */
export const rightsOperation = (deps: Deps): Operation<typeof putMemberRights, HeldMember> => ({
  permission: 'org.member', refused: 'member.changed',
  async prepare({ params: { id }, body }, context) {
    if (context.actor.member.role !== 'administrator') throw new Refusal('no_permission', { sentence: 'rights_by_administrators' })
    const member = await demandMember(context, id)
    refuseMaster(member)
    const wrong = rightsErrors(body.role, body.extraPermissions, body.removedPermissions, body.directorId !== null)
    if (wrong.length > 0) throw new Refusal('invalid_input', { fields: wrong })
    await refuseKept(context, member, body.role, member.state)
    await demandDirector(context, body.directorId)
    return member
  },
  async apply(member, { params: { id }, body }, context) {
    const { tx, now, actor } = context
    if (isSame(member, body)) return await showMember(context, deps, id)
    await updateMember(tx, actor.partner.id, member, {
      role: body.role, directorId: body.directorId, rights: { extra: [...new Set(body.extraPermissions)], removed: [...new Set(body.removedPermissions)] },
    })
    await noteChange(tx, now, actor.partner, member, { what: 'rights', role: body.role, by: actor.member.name })
    return await showMember(context, deps, id)
  },
  log: (_reply, member, { body }) => (isSame(member, body) ? [] : [factsOf('member.changed', member, {
    changed: body.directorId === member.directorId ? 'rights' : 'rights, director', before: rightsText(member.role, shownRights(member)), after: rightsText(body.role, { extra: body.extraPermissions, removed: body.removedPermissions }),
  })]),
})

type Wanted = { role: string; extraPermissions: readonly string[]; removedPermissions: readonly string[]; directorId: string | null }
function isSame(member: HeldMember, body: Wanted): boolean {
  const { extra, removed } = shownRights(member)
  const alike = (one: readonly string[], other: readonly string[]) => [...new Set(one)].toSorted().join() === [...new Set(other)].toSorted().join()
  return member.role === body.role && member.directorId === body.directorId && alike(extra, body.extraPermissions) && alike(removed, body.removedPermissions)
}

/** Disables a member, whose sign-ins end at once, or enables it again. */
export const stateOperation = (deps: Deps): Operation<typeof setMemberState, HeldMember> => ({
  permission: 'org.member', refused: 'member.changed',
  async prepare({ params: { id }, body }, context) {
    const member = await demandMember(context, id)
    refuseSelf(context, member)
    if (member.state !== body.state) await refuseKept(context, member, member.role, body.state)
    return member
  },
  async apply(member, { params: { id }, body }, context) {
    const { tx, now, actor } = context
    if (member.state !== body.state) {
      await updateMember(tx, actor.partner.id, member, { state: body.state })
      await noteChange(tx, now, actor.partner, member, { what: body.state === 'DISABLED' ? 'disabled' : 'enabled', role: member.role, by: actor.member.name })
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
