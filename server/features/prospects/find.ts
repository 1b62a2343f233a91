import type { ProspectFilter, ProspectSort } from '#contract/prospects.ts'
import type { Actor } from '#server/auth/actor.ts'
import { every, inDays } from '#server/db/days.ts'
import { list, sql, type SQL } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import type { LookUp } from '#server/operations/look-up.ts'
import { reportReminder } from '#server/limits.ts'
import { invitationState, prospectScope, prospectState, withMail } from '#server/operations/invite-state.ts'

export type ProspectQuery = { filter: ProspectFilter; sort: ProspectSort; lookUp: LookUp | undefined; /** Only these; for an export of chosen rows. */ selected?: readonly string[] | undefined }

/** Finds the ids of one page, in order, and how many rows match in all, within the person's scope. */
export async function findProspects(tx: Tx, now: Date, actor: Actor, query: ProspectQuery, { offset, limit }: { offset: number; limit: number }): Promise<{ total: number; ids: string[] }> {
  const where = every([sql`p.partner_id = ${actor.partner.id}`, prospectScope(actor), ...conditions(now, actor, query)])
  const [found] = await tx.rows<{ total: number; ids: string[] }>(sql`
    select (select count(*)::int from prospects p where ${where}) as total,
           to_json(array(select p.id from prospects p where ${where} order by ${orders[query.sort]} limit ${limit}::int offset ${offset}::int)) as ids`)
  return found ?? { total: 0, ids: [] }
}

const orders: Record<ProspectSort, SQL> = {
  '-reportedAt': sql`p.reported_at desc, p.id desc`, reportedAt: sql`p.reported_at, p.id`,
  // One under review has no end yet and comes last either way.
  expiresAt: sql`p.expires_at nulls last, p.id`, '-expiresAt': sql`p.expires_at desc nulls last, p.id desc`,
}

function conditions(now: Date, actor: Actor, { filter, lookUp, selected }: ProspectQuery): SQL[] {
  const state = prospectState(now)
  return [
    ...(filter.state === undefined ? [] : [sql`${state} = ${filter.state}`]),
    ...(filter.invitation === undefined ? [] : [filter.invitation === 'none' ? sql`p.last_invitation_id is null`
      : sql`exists (select 1 from invitations i ${withMail} where i.partner_id = p.partner_id and i.id = p.last_invitation_id and ${invitationState(now)} = ${filter.invitation})`]),
    ...(filter.manager === undefined ? [] : [filter.manager === 'unassigned' ? sql`p.manager_id is null` : sql`p.manager_id = ${filter.manager}::uuid`]),
    ...inDays(sql`p.reported_at`, filter.from, filter.to, actor.partner.timeZone),
    ...(filter.todo === 'no_email' ? [sql`p.email is null and ${state} in ('REPORTED', 'UNDER_REVIEW')`] : []),
    ...(filter.todo === 'ending' ? [sql`${state} in ('REPORTED', 'ASSOCIATION_FAILED') and p.expires_at <= ${new Date(now.getTime() + reportReminder * 1000)}::timestamptz`] : []),
    ...lookUpConditions(lookUp), ...(selected ? [sql`p.id = any(${list(selected)}::uuid[])`] : []),
  ]
}

function lookUpConditions(lookUp: LookUp | undefined): SQL[] {
  const { name, mobile, email } = lookUp ?? {}
  return [
    ...(name === undefined ? [] : [sql`position(lower(normalize(${name}::text, NFKC)) in p.name_key) > 0`]),
    ...(mobile === undefined ? [] : ['full' in mobile ? sql`p.mobile = ${mobile.full}` : sql`p.mobile_last4 = ${mobile.last4}`]),
    ...(email === undefined ? [] : ['full' in email ? sql`p.email = ${email.full}` : sql`p.email_last4 = ${email.last4}`]),
  ]
}
