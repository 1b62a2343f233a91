import type { AssociationType } from '#contract/customers.ts'
import type { InvitationsSent, resendInvitations, sendInvitations } from '#contract/invites.ts'
import type { Context, LogFacts, Operation } from '#server/http/context.ts'
import type { Deps } from '#server/http/deps.ts'
import { Refusal } from '#server/http/refusal.ts'
import { maskEmail } from '#server/masking/mask.ts'
import { admitMails, admitInviting, lockInvitees, writeInvitations, type Ask } from '#server/operations/invite-mails.ts'
import { isResendable } from './present.ts'
import { readInvitations, type InvitationRecord } from './store.ts'

/** Mails one link to each prospect: all or none, and every row at fault is named before anything is written. */
export const sendOperation = (deps: Deps): Operation<typeof sendInvitations, Ask[]> => ({
  permission: 'invite.send',
  async prepare({ body: { associationType, prospectIds } }, context) {
    const types = await admitInviting(context, 'mail')
    const ids = prospectIds.map((id) => id.toLowerCase())
    const invitees = await lockInvitees(context.tx, context.now, context.actor, ids)
    return await admitMails(context, deps, ids.map((id) => askOf(invitees, id, associationType)), types)
  },
  apply: async (asks, _input, context) => ({ items: await writeInvitations(context, deps, asks) }),
  log: ({ items }, asks) => logOf('invite.sent', items, asks),
  refused: 'invite.sent',
})

/** Sends mails again under new links. A row that is no mail, is over for good or failed for a cause that no mail helps against is refused. */
export const resendOperation = (deps: Deps): Operation<typeof resendInvitations, Ask[]> => ({
  permission: 'invite.send',
  async prepare({ body: { associationType, invitationIds } }, context) {
    const types = await admitInviting(context, 'mail')
    const ids = invitationIds.map((id) => id.toLowerCase())
    const prospectIds = (await readAll(context, ids)).flatMap((row) => (row.prospectId !== null && row.prospectState !== null ? [row.prospectId] : []))
    const invitees = await lockInvitees(context.tx, context.now, context.actor, prospectIds)
    // Read again behind the lock: a rival may just have sent one of them.
    const rows = await readAll(context, ids)
    const asks = rows.map((row) => (isResendable(row) && row.prospectId !== null && row.prospectState !== null ? askOf(invitees, row.prospectId, associationType ?? row.associationType) : undefined))
    return await admitMails(context, deps, asks, types, asks.flatMap((ask, row) => (ask ? [] : [{ row, code: 'not_resendable' as const }])))
  },
  apply: async (asks, _input, context) => ({ items: await writeInvitations(context, deps, asks) }),
  log: ({ items }, asks) => logOf('invite.resent', items, asks),
  refused: 'invite.resent',
})

/** Refuses with not_found when one of them is not in the person's scope. */
async function readAll({ tx, now, actor }: Context, ids: readonly string[]): Promise<InvitationRecord[]> {
  const rows = await readInvitations(tx, now, actor, ids)
  if (rows.length < ids.length) throw new Refusal('not_found')
  return rows
}

function askOf(invitees: Awaited<ReturnType<typeof lockInvitees>>, id: string, associationType: AssociationType): Ask {
  const prospect = invitees.get(id)
  if (!prospect) throw new Refusal('not_found')
  return { prospect, associationType }
}

const logOf = (operation: 'invite.sent' | 'invite.resent', items: InvitationsSent['items'], asks: readonly Ask[]): LogFacts[] => items.map(({ number }, place) => ({
  operation, objectKind: 'invitation', objectNumber: number, details: { type: asks[place]?.associationType ?? null, to: maskEmail(asks[place]?.prospect.email ?? null) },
}))
