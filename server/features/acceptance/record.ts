import { randomUUID } from 'node:crypto'
import type { InviteCause } from '#contract/invites.ts'
import { writeLog } from '#server/audit/write.ts'
import { sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import type { LogFacts, RequestFacts } from '#server/http/context.ts'
import { dayPart, nextNumber } from '#server/ledger/numbers.ts'
import type { Invite } from './find.ts'

/** An account as its invitation remembers it. */
export type InvitedAccount = { id: string; name: string; mobile: string | null; email: string | null }
type Progress = { state: 'OPENED' | 'FAILED' | 'ASSOCIATED'; cause: InviteCause | null; registeredAt: Date | null; customerId: string | null }

/** Writes how far an account has come behind a link or mail. An association is never written over.
 *  @param account null: who it was is not to be remembered. */
export async function recordProgress(tx: Tx, now: Date, invite: Invite, account: InvitedAccount | null, { state, cause, registeredAt, customerId }: Progress): Promise<void> {
  const { partner, mail, link } = invite
  const associatedAt = state === 'ASSOCIATED' ? now : null
  if (mail) {
    await tx.run(sql`update invitations set state = ${state}, cause = ${cause}::text, account_id = coalesce(${account?.id ?? null}::uuid, account_id), account_name = coalesce(${account?.name ?? null}::text, account_name),
        opened_at = coalesce(opened_at, ${now}::timestamptz), registered_at = coalesce(registered_at, ${registeredAt}::timestamptz), associated_at = ${associatedAt}::timestamptz, customer_id = ${customerId}::uuid
      where partner_id = ${partner.id} and id = ${mail.id} and state in ('SENT','OPENED','FAILED')`)
    if (state !== 'FAILED') return
    await tx.run(sql`update prospects set state = 'ASSOCIATION_FAILED', cause = ${cause}::text where partner_id = ${partner.id} and id = ${mail.prospectId} and state in ('REPORTED','ASSOCIATION_FAILED')`)
  } else if (link && account) {
    await tx.run(sql`insert into invitations as i (partner_id, id, number, kind, association_type, link_id, name, mobile, email, account_id, account_name, inviter_id, manager_id, label, sent_at, expires_at, state, cause, opened_at, registered_at, associated_at, customer_id)
      values (${partner.id}::uuid, ${randomUUID()}::uuid, ${nextNumber('IV', 'invitation_numbers', dayPart(now, partner.timeZone))}, ${link.kind}, ${invite.associationType}, ${link.id}::uuid, ${account.name}, ${account.mobile}::text, ${account.email}::text, ${account.id}::uuid, ${account.name},
        ${invite.inviterId}::uuid, ${invite.managerId}::uuid, ${link.label}, ${now}::timestamptz, ${invite.endsAt}::timestamptz, ${state}, ${cause}::text, ${now}::timestamptz, ${registeredAt}::timestamptz, ${associatedAt}::timestamptz, ${customerId}::uuid)
      on conflict (partner_id, link_id, account_id) where link_id is not null do update
         set state = excluded.state, cause = excluded.cause, registered_at = coalesce(i.registered_at, excluded.registered_at), associated_at = excluded.associated_at, customer_id = excluded.customer_id where i.state <> 'ASSOCIATED'`)
    await tx.run(sql`update invite_links set last_used_at = ${now}, registered = registered + ${registeredAt ? 1 : 0}::int, associated = associated + ${associatedAt ? 1 : 0}::int where partner_id = ${partner.id} and id = ${link.id}`)
  }
}

/** What the log of the partner says a customer or visitor did. @param name of the account, in the clear; null for a visitor. */
export const logVisit = (tx: Tx, now: Date, { partner, mail, link }: Invite, name: string | null, request: RequestFacts, facts: LogFacts): Promise<void> =>
  writeLog(tx, now, { partnerId: partner.id, memberId: null, name, source: 'customer' }, request, [{ objectKind: mail ? 'invitation' : 'link', ...((mail?.number ?? link?.label) !== undefined && { objectNumber: mail?.number ?? link?.label ?? '' }), ...facts }])

/** An association that cannot be: kept where the partner sees it, with its cause. @param account null where the person was not the invited one. */
export async function recordFailure(tx: Tx, now: Date, invite: Invite, account: InvitedAccount | null, cause: InviteCause, request: RequestFacts): Promise<void> {
  await recordProgress(tx, now, invite, account, { state: 'FAILED', cause, registeredAt: null, customerId: null })
  await logVisit(tx, now, invite, account?.name ?? null, request, { operation: 'invite.failed', result: 'refused', details: { cause, via: invite.via } })
}
