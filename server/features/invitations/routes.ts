import { getInvitation, previewInvitation, queryInvitations, resendInvitations, revokeInvitation, sendInvitations } from '#contract/invites.ts'
import type { Context, Operation } from '#server/http/context.ts'
import type { MountFeature } from '#server/http/app.ts'
import { Refusal } from '#server/http/refusal.ts'
import { invitationLife } from '#server/limits.ts'
import { maskCompany, maskEmail, maskMobile } from '#server/masking/mask.ts'
import { invitationParts } from '#server/messages/texts.ts'
import { kindsOf, resolveLookUp } from '#server/operations/look-up.ts'
import { countToCure, findInvitations } from './find.ts'
import { presentInvitation } from './present.ts'
import { resendOperation, sendOperation } from './send.ts'
import { readAddressee, readInvitations, revoke, type InvitationRecord } from './store.ts'

/** Mail invitations and the records of everybody who was invited, by mail or link. */
export const mountInvitations: MountFeature = (mount, _app, deps) => {
  mount.read(queryInvitations, {
    permission: 'invite.view',
    async run({ body }, context) {
      const { tx, now, actor } = context
      const asked = await resolveLookUp(body, context)
      const { total, ids } = await findInvitations(tx, now, actor, { filter: body.filter, sort: body.sort, lookUp: asked?.lookUp }, { offset: (body.page - 1) * body.pageSize, limit: body.pageSize })
      return {
        items: (await readInvitations(tx, now, actor, ids)).map(presentInvitation), total, view: asked?.view ?? null, lookupKinds: asked ? kindsOf(asked.lookUp) : [],
        toCure: await countToCure(tx, actor),
      }
    },
  })

  mount.read(getInvitation, { permission: 'invite.view', run: async ({ params: { id } }, context) => presentInvitation(await one(context, id)) })
  mount.perform(sendInvitations, sendOperation(deps))
  mount.perform(resendInvitations, resendOperation(deps))
  mount.perform(revokeInvitation, revokeOperation)

  mount.read(previewInvitation, {
    permission: 'invite.send',
    async run({ body: { associationType, prospectId } }, { tx, now, actor }) {
      const addressee = prospectId === undefined ? undefined : await readAddressee(tx, actor, prospectId)
      if (prospectId !== undefined && !addressee) throw new Refusal('not_found')
      const { language } = actor.member
      const { name, mobile, email, wasInvited } = addressee ?? examples[language]
      const until = new Date(now.getTime() + invitationLife * 1000)
      const { subject, blocks } = invitationParts(wasInvited ? 'IN-02' : 'IN-01', language, { partner: actor.partner.name, name: maskCompany(name), type: associationType, mobile: maskMobile(mobile), until })
      return { subject, toMasked: maskEmail(email), blocks }
    },
  })
}

/** Shown where no prospect was chosen. The number is given to nobody. */
const examples = {
  'zh-CN': { name: '示例科技有限公司', mobile: '+8610000000000', email: null, wasInvited: false },
  'en-US': { name: 'Example Trading', mobile: '+8610000000000', email: null, wasInvited: false },
} as const

const revokeOperation: Operation<typeof revokeInvitation, InvitationRecord> = {
  permission: 'invite.send',
  prepare: async ({ params: { id } }, context) => await one(context, id),
  async apply(_row, { params: { id } }, context) {
    if (!(await revoke(context.tx, context.now, context.actor.partner.id, id))) throw new Refusal('conflict', { sentence: 'revoke_closed' })
    return presentInvitation(await one(context, id))
  },
  log: ({ number }, { email }) => ({ operation: 'invite.revoked', objectKind: 'invitation', objectNumber: number, details: { to: maskEmail(email) } }),
}

async function one({ tx, now, actor }: Context, id: string): Promise<InvitationRecord> {
  const [row] = await readInvitations(tx, now, actor, [id])
  if (!row) throw new Refusal('not_found')
  return row
}
