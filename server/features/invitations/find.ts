import type { InvitationFilter, InvitationSort } from '#contract/invites.ts'
import type { Actor } from '#server/auth/actor.ts'
import { every, inDays } from '#server/db/days.ts'
import { list, sql, type SQL } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { reportReminder } from '#server/limits.ts'
import { curableCauses, hasInvitationState, invitationScope, withMail } from '#server/operations/invite-state.ts'
import type { LookUp } from '#server/operations/look-up.ts'

export type InvitationQuery = { filter: InvitationFilter; sort: InvitationSort; lookUp: LookUp | undefined; /** Only these; for an export of chosen rows. */ selected?: readonly string[] | undefined }

/** Finds the ids of one page, in order, and how many rows match in all, within the person's scope. Mails are looked at only where the state is asked for. */
export async function findInvitations(tx: Tx, now: Date, actor: Actor, query: InvitationQuery, { offset, limit }: { offset: number; limit: number }): Promise<{ total: number; ids: string[] }> {
  const where = every([sql`i.partner_id = ${actor.partner.id}`, invitationScope(actor), ...conditions(now, actor, query)])
  const from = sql`from invitations i ${query.filter.state === undefined ? sql`` : withMail} where ${where}`
  const page = (rows: SQL) => sql`to_json(array(select i.id ${rows} order by ${orders[query.sort]} limit ${limit}::int offset ${offset}::int)) as ids`
  // What an index does not find is gone through once, for the number and the page together; everything else finds the page without the number.
  const [found] = await tx.rows<{ total: number; ids: string[] }>(query.lookUp?.name === undefined
    ? sql`select (select count(*)::int ${from}) as total, ${page(from)}`
    : sql`with i as materialized (select i.id, i.sent_at, i.expires_at ${from}) select (select count(*)::int from i) as total, ${page(sql`from i`)}`)
  return found ?? { total: 0, ids: [] }
}

/** @returns how many failed ones in the person's scope something can be done about. */
export async function countToCure(tx: Tx, actor: Actor): Promise<number> {
  const [row] = await tx.rows<{ count: number }>(sql`select count(*)::int as count from invitations i where i.partner_id = ${actor.partner.id} and ${invitationScope(actor)} and ${toCure}`)
  return row?.count ?? 0
}

const toCure = sql`i.state = 'FAILED' and i.cause = any(${curableCauses}::text[])`

const orders: Record<InvitationSort, SQL> = {
  '-sentAt': sql`i.sent_at desc, i.id desc`, sentAt: sql`i.sent_at, i.id`,
  // Links without an end come last either way.
  expiresAt: sql`i.expires_at nulls last, i.id`, '-expiresAt': sql`i.expires_at desc nulls last, i.id desc`,
}

function conditions(now: Date, actor: Actor, { filter, lookUp, selected }: InvitationQuery): SQL[] {
  const equal = (column: SQL, value: string | undefined): SQL[] => (value === undefined || value === '' ? [] : [sql`${column} = ${value}`])
  return [
    ...equal(sql`i.kind`, filter.kind), ...equal(sql`i.association_type`, filter.associationType), ...(filter.state === undefined ? [] : [hasInvitationState(filter.state, now)]),
    ...(filter.cause === undefined ? [] : [sql`i.state = 'FAILED' and i.cause = ${filter.cause}`]),
    ...equal(sql`i.inviter_id`, filter.inviterId), ...equal(sql`i.link_id`, filter.linkId), ...equal(sql`i.prospect_id`, filter.prospectId),
    ...equal(sql`i.number`, filter.number?.normalize('NFKC').replace(/\s/g, '').toUpperCase()), ...inDays(sql`i.sent_at`, filter.from, filter.to, actor.partner.timeZone),
    ...(filter.todo === 'cure' ? [toCure] : []),
    ...(filter.todo === 'ending' ? [sql`i.kind = 'MAIL' and i.state in ('SENT', 'OPENED') and i.expires_at > ${now}::timestamptz and i.expires_at <= ${new Date(now.getTime() + reportReminder * 1000)}::timestamptz`] : []),
    ...lookUpConditions(lookUp), ...(selected ? [sql`i.id = any(${list(selected)}::uuid[])`] : []),
  ]
}

function lookUpConditions(lookUp: LookUp | undefined): SQL[] {
  const { name, mobile, email } = lookUp ?? {}
  return [
    ...(name === undefined ? [] : [sql`strpos(i.name_key, (select lower(normalize(${name}::text, NFKC)))) > 0`]),
    ...(mobile === undefined ? [] : ['full' in mobile ? sql`i.mobile = ${mobile.full}` : sql`i.mobile_last4 = ${mobile.last4}`]),
    ...(email === undefined ? [] : ['full' in email ? sql`i.email = ${email.full}` : sql`i.email_last4 = ${email.last4}`]),
  ]
}
