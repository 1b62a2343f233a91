import { createMember, deleteMember, endMemberSignIns, getMember, putMember, putMemberRights, queryMembers, removeMemberAuthenticators, resetMemberPassword, setMemberState, unlockMember } from '#contract/members.ts'
import { permissionsOf } from '#server/auth/permissions.ts'
import type { MountFeature } from '#server/http/app.ts'
import { Refusal } from '#server/http/refusal.ts'
import { kindsOf, resolveLookUp } from '#server/operations/look-up.ts'
import { createOperation, putOperation, resetOperation } from './accounts.ts'
import { momentOf } from './held.ts'
import { deleteOperation, removeAuthenticatorsOperation } from './leaving.ts'
import { presentMember, rolesSince } from './present.ts'
import { endSignInsOperation, rightsOperation, stateOperation, unlockOperation } from './standing.ts'
import { findMembers, readMember, readConfirmations, readSessions } from './store.ts'

/** The people of a partner: the list, one of them, and what administrators do with them. */
export const mountMembers: MountFeature = (mount, _app, deps) => {
  mount.read(queryMembers, {
    permission: 'org.view',
    async run({ body }, context) {
      const asked = await resolveLookUp(body, context)
      const moment = await momentOf(context, deps)
      const { rows, total } = await findMembers(context.tx, context.actor, moment, { filter: body.filter, sort: body.sort, lookUp: asked?.lookUp }, { offset: (body.page - 1) * body.pageSize, limit: body.pageSize })
      return { items: rows.map((row) => presentMember(row, context.actor, moment.locks)), total, view: asked?.view ?? null, lookupKinds: asked ? kindsOf(asked.lookUp) : [] }
    },
  })

  mount.read(getMember, {
    permission: 'org.view',
    async run({ params: { id } }, context) {
      const { tx, actor } = context
      const moment = await momentOf(context, deps)
      const row = await readMember(tx, actor, moment, id)
      if (!row) throw new Refusal('not_found')
      const sessions = await readSessions(tx, actor, moment, id)
      return {
        ...presentMember(row, actor, moment.locks), permissions: [...permissionsOf(row)], department: row.department, rolesSince: rolesSince(row), ...await readConfirmations(tx, actor, id),
        sessions: sessions.map(({ startedAt, seenAt, ...session }) => ({ ...session, startedAt: startedAt.toISOString(), seenAt: seenAt.toISOString() })),
      }
    },
  })

  mount.perform(createMember, createOperation(deps))
  mount.perform(putMember, putOperation(deps))
  mount.perform(putMemberRights, rightsOperation(deps))
  mount.perform(resetMemberPassword, resetOperation(deps))
  mount.perform(setMemberState, stateOperation(deps))
  mount.perform(unlockMember, unlockOperation(deps))
  mount.perform(endMemberSignIns, endSignInsOperation)
  mount.perform(removeMemberAuthenticators, removeAuthenticatorsOperation)
  mount.perform(deleteMember, deleteOperation(deps))
}
