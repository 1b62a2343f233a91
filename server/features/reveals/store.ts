import type { RevealField } from '#contract/reveals.ts'
import { customerScope, type Actor } from '#server/auth/actor.ts'
import { openIfOurs } from '#server/auth/seal.ts'
import { list, sql, type SQL } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { invitationScope, prospectScope } from '#server/operations/invite-state.ts'

export type SubjectKind = 'customer' | 'prospect' | 'invitation' | 'member' | 'specialist' | 'business' | 'whitelist' | 'reseller'
/** A person's data in the clear. Nothing but the answer of a reveal may carry them. `number` is what people quote, of a prospect, specialist or whitelisted customer its id, of a member the login name, of a reseller its account. */
export type Subject = { id: string; number: string } & Partial<Record<RevealField, string | null>>

/** Which fields a subject has: those of the columns that show it. */
export const fieldsOf: Record<SubjectKind, readonly RevealField[]> = {
  customer: ['name', 'accountName', 'mobile', 'email', 'manager'], prospect: ['name', 'mobile', 'email', 'manager'], invitation: ['name', 'accountName', 'mobile', 'email'], member: ['name', 'mobile', 'email'], specialist: ['name', 'accountName', 'mobile', 'email'], business: ['bankAccount', 'address', 'name', 'mobile'],
  whitelist: ['name', 'accountName'], reseller: ['name'],
}

/** @returns the subjects in the person's scope, in the order of the ids; one that is unknown, foreign or out of scope is missing. */
export async function readSubjects(tx: Tx, actor: Actor, kind: SubjectKind, ids: readonly string[]): Promise<Subject[]> {
  const found = await tx.rows<Subject & { sealed?: Uint8Array }>(sources[kind](actor, sql`any(${list(ids)}::uuid[])`))
  const rows: Subject[] = found.map(({ sealed, ...row }) => (sealed === undefined ? row : { ...row, bankAccount: openIfOurs(sealed) ?? null }))
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

const sources: Record<SubjectKind, (actor: Actor, ids: SQL) => SQL> = {
  customer: (actor, ids) => sql`
    select c.id, c.number, c.name, c.account_name as "accountName", c.mobile, c.email, m.name as manager
      from customers c left join members m on m.partner_id = c.partner_id and m.id = c.manager_id
     where c.partner_id = ${actor.partner.id} and c.id = ${ids} and ${customerScope(actor)}`,
  prospect: (actor, ids) => sql`
    select p.id, p.id::text as number, p.name, null::text as "accountName", p.mobile, p.email, m.name as manager
      from prospects p left join members m on m.partner_id = p.partner_id and m.id = p.manager_id
     where p.partner_id = ${actor.partner.id} and p.id = ${ids} and ${prospectScope(actor)}`,
  invitation: (actor, ids) => sql`
    select i.id, i.number, i.name, i.account_name as "accountName", i.mobile, i.email, null::text as manager
      from invitations i where i.partner_id = ${actor.partner.id} and i.id = ${ids} and ${invitationScope(actor)}`,
  member: (actor, ids) => sql`
    select m.id, m.login as number, m.name, null::text as "accountName", m.mobile, m.email, null::text as manager
      from members m where m.partner_id = ${actor.partner.id} and m.state <> 'DELETED' and m.id = ${ids}`,
  specialist: (actor, ids) => sql`
    select s.id, s.id::text as number, s.name, coalesce(a.name, case when s.way = 'ACCOUNT' then s.destination end) as "accountName", case when s.way = 'MOBILE' then s.destination end as mobile, case when s.way = 'EMAIL' then s.destination end as email, null::text as manager
      from specialists s left join cloud_accounts a on a.id = s.account_id where s.partner_id = ${actor.partner.id} and s.id = ${ids}`,
  business: (actor, ids) => sql`
    select s.id, s.id::text as number, s.contact_name as name, s.contact_mobile as mobile, s.address, s.bank_sealed as sealed
      from business_submissions s where s.partner_id = ${actor.partner.id} and s.id = ${ids}`,
  whitelist: (actor, ids) => sql`
    select w.id, w.id::text as number, w.name, w.account_name as "accountName", null::text as mobile, null::text as email, null::text as manager
      from coupon_whitelist w where w.partner_id = ${actor.partner.id} and w.id = ${ids}`,
  reseller: (actor, ids) => sql`
    select r.id, r.account as number, r.name, null::text as "accountName", null::text as mobile, null::text as email, null::text as manager
      from partners r where r.distributor_id = ${actor.partner.id} and r.id = ${ids}`,
}
