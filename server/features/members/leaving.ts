import type { deleteMember, removeMemberAuthenticators } from '#contract/members.ts'
import { endEverySession } from '#server/auth/sessions.ts'
import { endSignInLock } from '#server/auth/sign-in-locks.ts'
import type { Operation } from '#server/http/context.ts'
import type { Deps } from '#server/http/deps.ts'
import { Refusal } from '#server/http/refusal.ts'
import { deleteMemberForGood, removeAuthenticators } from '#server/operations/member-delete.ts'
import { noteCleared } from '#server/operations/member-notices.ts'
import { rightsText } from '#server/operations/member-rights.ts'
import { voidResetCode, type HeldMember } from '#server/operations/members.ts'
import { demandMember, factsOf, refuseKept, refuseMaster, refuseSelf } from './held.ts'
import { countingRights } from './rights.ts'

/** Deletes a member for good. Refuses oneself, the master account, the last administrator, a manager with customers and whoever is part of an open handover. */
export const deleteOperation = (deps: Deps): Operation<typeof deleteMember, HeldMember> => ({
  permission: 'org.member', refused: 'member.deleted',
  async prepare({ params: { id } }, context) {
    const member = await demandMember(context, id)
    refuseSelf(context, member)
    refuseMaster(member)
    await refuseKept(context, member, [], 'DELETED')
    return member
  },
  async apply(member, _input, { tx, actor: { partner } }) {
    await deleteMemberForGood(tx, partner.id, member)
    await voidResetCode(tx, deps.secrets, partner, member)
    await endSignInLock(tx, deps.secrets, partner.account, member.login)
    return {}
  },
  log: (_reply, member) => factsOf('member.deleted', member, { before: rightsText(member, countingRights(member)) }),
})

/** For a colleague who lost the device. The sign-ins end, too: whoever has the device may have them. */
export const removeAuthenticatorsOperation: Operation<typeof removeMemberAuthenticators, HeldMember> = {
  permission: 'org.member',
  async prepare({ params: { id } }, context) {
    const member = await demandMember(context, id)
    refuseSelf(context, member, 'own_account')
    refuseMaster(member)
    return member
  },
  async apply(member, _input, { tx, now, actor: { partner, member: by } }) {
    const { id } = member
    const removed = await removeAuthenticators(tx, partner.id, id)
    if (removed === 0) throw new Refusal('conflict', { sentence: 'no_authenticators' })
    await endEverySession(tx, partner.id, id)
    await noteCleared(tx, now, partner, member, by.name)
    return { removed }
  },
  log: ({ removed }, member) => factsOf('member.authenticators_removed', member, { removed }),
}
