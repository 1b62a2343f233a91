import { randomUUID } from 'node:crypto'
import type { AssociationType } from '#contract/customers.ts'
import type { InvitationState, InviteCause } from '#contract/invites.ts'
import type { ProspectState, ReviewCause } from '#contract/prospects.ts'
import type { Actor } from '#server/auth/actor.ts'
import { list, sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { invitationState, isOpenProspect, prospectScope, prospectState, withMail } from '#server/operations/invite-state.ts'
import type { KnownAccount, Standing } from './rules.ts'

/** A prospect as the list shows it, in the clear. */
export type ProspectRecord = {
  id: string; name: string; mobile: string; email: string | null; state: ProspectState; cause: InviteCause | null; rejectReason: string | null; reportedAt: Date; expiresAt: Date | null
  managerId: string | null; managerName: string | null; reporterId: string; reporterName: string; customerId: string | null; customerNumber: string | null
  invitationId: string | null; invitationNumber: string | null; invitationState: InvitationState | null; associationType: AssociationType | null; sentAt: Date | null; invitationExpiresAt: Date | null
}

/** Reads prospects by id, in the order of the ids, within the person's scope: an id outside it is left out, like one that does not exist. */
export async function readProspects(tx: Tx, now: Date, actor: Actor, ids: readonly string[]): Promise<ProspectRecord[]> {
  if (ids.length === 0) return []
  const rows = await tx.rows<ProspectRecord>(sql`
    select p.id, p.name, p.mobile, p.email, ${prospectState(now)} as state, p.cause, p.reject_reason as "rejectReason", p.reported_at as "reportedAt", p.expires_at as "expiresAt",
           p.manager_id as "managerId", g.name as "managerName", p.reporter_id as "reporterId", r.name as "reporterName", c.id as "customerId", c.number as "customerNumber",
           i.id as "invitationId", i.number as "invitationNumber", case when i.id is not null then ${invitationState(now)} end as "invitationState", i.association_type as "associationType", i.sent_at as "sentAt", i.expires_at as "invitationExpiresAt"
      from prospects p join members r on r.partner_id = p.partner_id and r.id = p.reporter_id
      left join members g on g.partner_id = p.partner_id and g.id = p.manager_id
      left join customers c on c.partner_id = p.partner_id and c.id = p.customer_id
      left join invitations i on i.partner_id = p.partner_id and i.id = p.last_invitation_id ${withMail}
     where p.partner_id = ${actor.partner.id} and p.id = any(${list(ids)}::uuid[]) and ${prospectScope(actor)}`)
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

/** @returns how many prospects of the partner count against its limit now. */
export async function countOpen(tx: Tx, now: Date, partnerId: string): Promise<number> {
  const [row] = await tx.rows<{ used: number }>(sql`select count(*)::int as used from prospects p where p.partner_id = ${partnerId} and ${isOpenProspect(now)}`)
  return row?.used ?? 0
}

/** Until the end of the transaction the partner's reports are decided one after the other, so that the limit and duplicates are exact. */
export const lockReports = (tx: Tx, partnerId: string): Promise<number> => tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`reports:${partnerId}`}, 0))`)

/** @param mobile E.164. @param mobileHash its keyed hash, by which all partners' reservations are found. @returns the accounts with the number, and who holds it. */
export async function readNumber(tx: Tx, now: Date, partnerId: string, mobile: string, mobileHash: string): Promise<{ accounts: KnownAccount[]; holder: Standing['holder'] }> {
  const accounts = await tx.rows<KnownAccount>(sql`select partner_id is not null as "isAssociated", facts, registered_at as "registeredAt" from cloud_accounts where mobile = ${mobile}`)
  const [held] = await tx.rows<{ isOwn: boolean }>(sql`select partner_id = ${partnerId} as "isOwn" from reservations where mobile_hash = ${mobileHash} and (expires_at is null or expires_at > ${now}::timestamptz)`)
  return { accounts, holder: held === undefined ? 'nobody' : held.isOwn ? 'own' : 'other' }
}

export type NewProspect = { name: string; mobile: string; email: string | null; managerId: string | null; reporterId: string; review: { cause: ReviewCause; reason: string } | undefined; expiresAt: Date | null }

/** Takes the number and writes the prospect. @returns its id; undefined when another partner took the number this moment. */
export async function insertProspect(tx: Tx, now: Date, partnerId: string, mobileHash: string, prospect: NewProspect): Promise<string | undefined> {
  const id = randomUUID()
  const taken = await tx.run(sql`
    insert into reservations as r (mobile_hash, partner_id, prospect_id, expires_at) values (${mobileHash}, ${partnerId}::uuid, ${id}::uuid, ${prospect.expiresAt}::timestamptz)
    on conflict (mobile_hash) do update set partner_id = excluded.partner_id, prospect_id = excluded.prospect_id, expires_at = excluded.expires_at where r.expires_at <= ${now}::timestamptz`)
  if (taken === 0) return undefined
  await tx.run(sql`insert into prospects (partner_id, id, name, mobile, email, state, review_reason, review_cause, manager_id, reporter_id, reported_at, expires_at)
    values (${partnerId}::uuid, ${id}::uuid, ${prospect.name}, ${prospect.mobile}, ${prospect.email}::text, ${prospect.review ? 'UNDER_REVIEW' : 'REPORTED'}, ${prospect.review?.reason ?? null}::text, ${prospect.review?.cause ?? null}::text,
      ${prospect.managerId}::uuid, ${prospect.reporterId}::uuid, ${now}::timestamptz, ${prospect.expiresAt}::timestamptz)`)
  return id
}

/** @returns whether the id is that of an active account manager of the partner. */
export async function isActiveManager(tx: Tx, partnerId: string, id: string): Promise<boolean> {
  return (await tx.rows(sql`select 1 from members where partner_id = ${partnerId} and id = ${id}::uuid and 'manager' = any(roles) and state = 'ACTIVE'`)).length > 0
}

/** Holds the row, so that the log's "before" is the address that was replaced. @returns undefined outside the scope. */
export async function lockEmail(tx: Tx, now: Date, actor: Actor, id: string): Promise<{ email: string | null; state: ProspectState } | undefined> {
  const [row] = await tx.rows<{ email: string | null; state: ProspectState }>(sql`select p.email, ${prospectState(now)} as state from prospects p where p.partner_id = ${actor.partner.id} and p.id = ${id}::uuid and ${prospectScope(actor)} for no key update of p`)
  return row
}

export async function setEmail(tx: Tx, partnerId: string, id: string, email: string): Promise<void> {
  await tx.run(sql`update prospects set email = ${email} where partner_id = ${partnerId} and id = ${id}::uuid`)
}
