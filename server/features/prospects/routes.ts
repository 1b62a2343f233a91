import { getProspect, prospectsMax, putProspectEmail, queryProspects, reportProspect } from '#contract/prospects.ts'
import type { LogFacts, Operation } from '#server/http/context.ts'
import type { MountFeature } from '#server/http/app.ts'
import { Refusal } from '#server/http/refusal.ts'
import { isMask, maskEmail } from '#server/masking/mask.ts'
import { normalizeEmail } from '#server/messages/contact.ts'
import { admitInviting, voidMails } from '#server/operations/invite-mails.ts'
import { kindsOf, resolveLookUp } from '#server/operations/look-up.ts'
import { findProspects } from './find.ts'
import { presentProspect } from './present.ts'
import { reportOperation } from './report.ts'
import { countOpen, lockEmail, readProspects, setEmail } from './store.ts'

/** Prospects: the list with the counter of the limit, one of them, reporting, and the mail address. */
export const mountProspects: MountFeature = (mount, _app, deps) => {
  mount.read(queryProspects, {
    permission: 'prospect.view',
    async run({ body }, context) {
      const { tx, now, actor } = context
      const asked = await resolveLookUp(body, context)
      const { total, ids } = await findProspects(tx, now, actor, { filter: body.filter, sort: body.sort, lookUp: asked?.lookUp }, { offset: (body.page - 1) * body.pageSize, limit: body.pageSize })
      return {
        items: (await readProspects(tx, now, actor, ids)).map(presentProspect), total, view: asked?.view ?? null, lookupKinds: asked ? kindsOf(asked.lookUp) : [],
        used: await countOpen(tx, now, actor.partner.id), max: prospectsMax,
      }
    },
  })

  mount.read(getProspect, {
    permission: 'prospect.view',
    async run({ params: { id } }, { tx, now, actor }) {
      const [row] = await readProspects(tx, now, actor, [id])
      if (!row) throw new Refusal('not_found')
      return presentProspect(row)
    },
  })

  mount.perform(reportProspect, reportOperation(deps))
  mount.perform(putProspectEmail, putEmail)
}

type Change = { before: string | null; email: string; /** Numbers of the invitations that ended, filled in by the effect. */ revoked: string[] }

const putEmail: Operation<typeof putProspectEmail, Change> = {
  permission: 'prospect.report',
  async prepare({ params: { id }, body }, context) {
    const { tx, now, actor } = context
    if (isMask(body.email)) throw new Refusal('masked_value', { fields: [{ path: 'email', code: 'invalid', message: '' }] })
    const email = normalizeEmail(body.email.normalize('NFKC'))
    if (email === undefined) throw new Refusal('invalid_input', { fields: [{ path: 'email', code: 'email', message: '' }] })
    const row = await lockEmail(tx, now, actor, id)
    if (!row) throw new Refusal('not_found')
    if (!['UNDER_REVIEW', 'REPORTED', 'ASSOCIATION_FAILED'].includes(row.state)) throw new Refusal('conflict', { sentence: 'prospect_closed' })
    await admitInviting(context, 'any')
    return { before: row.email, email, revoked: [] }
  },
  async apply(change, { params: { id } }, { tx, now, actor }) {
    if (change.email !== change.before) {
      await setEmail(tx, actor.partner.id, id, change.email)
      change.revoked = await voidMails(tx, actor.partner.id, [id], 'REVOKED')
    }
    const [row] = await readProspects(tx, now, actor, [id])
    if (!row) throw new Error('a prospect vanished while its address changed')
    return presentProspect(row)
  },
  log: (_reply, { before, email, revoked }, { params: { id } }): LogFacts[] => (before === email ? [] : [
    { operation: 'prospect.email', objectKind: 'prospect', objectNumber: id, details: { before: maskEmail(before), after: maskEmail(email) } },
    ...revoked.map((number) => ({ operation: 'invite.revoked' as const, objectKind: 'invitation' as const, objectNumber: number, details: { cause: 'email_changed' } })),
  ]),
}
