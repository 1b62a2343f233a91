import { acceptSpecialistInvite, cancelSpecialist, getMySpecialist, getQualifications, inviteSpecialist, putMyQualifications, querySpecialists, resendSpecialist, unbindSpecialist, viewSpecialistInvite } from '#contract/specialists.ts'
import { demandCustomer } from '#server/auth/customer-sessions.ts'
import type { MountFeature } from '#server/http/app.ts'
import { Refusal } from '#server/http/refusal.ts'
import { kindsOf, resolveLookUp } from '#server/operations/look-up.ts'
import { acceptLink, viewLink } from './accept.ts'
import { cancelOperation, unbindOperation } from './end.ts'
import { demandSpecialist, inviteOperation, resendOperation } from './invite.ts'
import { keepQualifications, readOwn } from './own.ts'
import { presentSpecialist } from './present.ts'
import { findSpecialists, readKept } from './store.ts'

/** Project specialists: the partner's list and what it does with them, the page behind their link, and their own page. */
export const mountSpecialists: MountFeature = (mount, _app, deps) => {
  const { database } = deps
  mount.read(querySpecialists, {
    permission: 'org.view',
    async run({ body }, context) {
      const { tx, now, actor } = context
      const asked = await resolveLookUp(body, context)
      const { rows, total } = await findSpecialists(tx, now, actor.partner.id, { filter: body.filter, sort: body.sort, lookUp: asked?.lookUp }, { offset: (body.page - 1) * body.pageSize, limit: body.pageSize })
      return { items: rows.map(presentSpecialist), total, view: asked?.view ?? null, lookupKinds: asked ? kindsOf(asked.lookUp) : [] }
    },
  })

  mount.read(getQualifications, {
    permission: 'org.view',
    async run({ params: { id } }, context) {
      const row = await demandSpecialist(context, id)
      const kept = row.accountId === null ? undefined : await readKept(context.tx, row.accountId)
      // The partner reads them while the specialist is bound to it, and not before or after.
      if (row.state !== 'BOUND' || kept?.specialistId !== row.id) throw new Refusal('not_found')
      return { specialist: presentSpecialist(row), items: kept.items, changedAt: kept.changedAt?.toISOString() ?? null }
    },
  })

  mount.perform(inviteSpecialist, inviteOperation(deps))
  mount.perform(resendSpecialist, resendOperation(deps))
  mount.perform(cancelSpecialist, cancelOperation)
  mount.perform(unbindSpecialist, unbindOperation)

  mount.open(viewSpecialistInvite, 'public', ({ body: { token } }, visitor) => database.inGlobal((tx, now) => viewLink(tx, now, deps, token, visitor)))
  mount.open(acceptSpecialistInvite, 'customer', ({ body: { token } }, visitor) => acceptLink(deps, token, visitor))
  mount.open(getMySpecialist, 'customer', (_input, visitor) => database.inGlobal(async (tx, now) => await readOwn(tx, now, (await demandCustomer(tx, now, deps, visitor, 'read')).account)))
  mount.open(putMyQualifications, 'customer', ({ body: { items } }, visitor) => database.inGlobal(async (tx, now) => await keepQualifications(tx, now, (await demandCustomer(tx, now, deps, visitor, 'change')).account, items)))
}
