import type { AssociationType } from '#contract/customers.ts'
import type { Delivery, InvitationKind, InvitationState, InviteCause } from '#contract/invites.ts'
import type { ProspectState } from '#contract/prospects.ts'
import type { Actor } from '#server/auth/actor.ts'
import { list, sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { invitationScope, invitationState, prospectScope, prospectState, withMail } from '#server/operations/invite-state.ts'
import { silence } from '#server/operations/invite-mails.ts'

/** An invitation as the records show it, in the clear. */
export type InvitationRecord = {
  id: string; number: string; kind: InvitationKind; prospectId: string | null; linkId: string | null; name: string | null; accountName: string | null; mobile: string | null; email: string | null
  associationType: AssociationType; label: string | null; inviterId: string; inviterName: string; sentAt: Date; expiresAt: Date | null
  state: InvitationState; openedAt: Date | null; registeredAt: Date | null; associatedAt: Date | null; cause: InviteCause | null
  customerId: string | null; customerNumber: string | null; customerState: string | null
  delivery: Delivery['state'] | null; attempts: number | null; reason: string | null; deliveryAt: Date | null
  /** Of its prospect, where that is in the person's scope. */
  prospectState: ProspectState | null; prospectCause: InviteCause | null; hasEmail: boolean | null
}

/** Reads invitations by id, in the order of the ids, within the person's scope: an id outside it is left out, like one that does not exist. */
export async function readInvitations(tx: Tx, now: Date, actor: Actor, ids: readonly string[]): Promise<InvitationRecord[]> {
  if (ids.length === 0) return []
  const rows = await tx.rows<InvitationRecord>(sql`
    select i.id, i.number, i.kind, i.prospect_id as "prospectId", i.link_id as "linkId", i.name, i.account_name as "accountName", i.mobile, i.email, i.association_type as "associationType", i.label,
           i.inviter_id as "inviterId", v.name as "inviterName", i.sent_at as "sentAt", i.expires_at as "expiresAt", ${invitationState(now)} as state,
           i.opened_at as "openedAt", i.registered_at as "registeredAt", i.associated_at as "associatedAt", i.cause, c.id as "customerId", c.number as "customerNumber", c.state as "customerState",
           mail.state as delivery, mail.attempts, mail.reason, coalesce(mail.sent_at, mail.at) as "deliveryAt",
           case when p.id is not null then ${prospectState(now)} end as "prospectState", p.cause as "prospectCause", p.email is not null as "hasEmail"
      from invitations i join members v on v.partner_id = i.partner_id and v.id = i.inviter_id
      left join customers c on c.partner_id = i.partner_id and c.id = i.customer_id
      left join prospects p on p.partner_id = i.partner_id and p.id = i.prospect_id and ${prospectScope(actor)} ${withMail}
     where i.partner_id = ${actor.partner.id} and i.id = any(${list(ids)}::uuid[]) and ${invitationScope(actor)}`)
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

/** Ends one mail invitation that nobody has used. @returns false when it is over already, also when that happened this moment. */
export async function revoke(tx: Tx, now: Date, partnerId: string, id: string): Promise<boolean> {
  const ended = await tx.rows<{ id: string; messageId: string | null }>(sql`
    update invitations set state = 'REVOKED' where partner_id = ${partnerId} and id = ${id}::uuid and kind = 'MAIL' and state in ('SENT', 'OPENED') and expires_at > ${now}::timestamptz
    returning id, message_id as "messageId"`)
  await silence(tx, partnerId, ended)
  return ended.length > 0
}

/** @returns who a mail to this prospect goes to, in the clear; undefined outside the person's scope. */
export async function readAddressee(tx: Tx, actor: Actor, prospectId: string): Promise<{ name: string; mobile: string; email: string | null; wasInvited: boolean } | undefined> {
  const [row] = await tx.rows<{ name: string; mobile: string; email: string | null; wasInvited: boolean }>(sql`
    select p.name, p.mobile, p.email, p.last_invitation_id is not null as "wasInvited" from prospects p where p.partner_id = ${actor.partner.id} and p.id = ${prospectId}::uuid and ${prospectScope(actor)}`)
  return row
}
