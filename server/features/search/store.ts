import { maySeeKinds } from '#contract/coupons.ts'
import type { FoundKind } from '#contract/search.ts'
import { customerScope, isAdministrator, type Actor } from '#server/auth/actor.ts'
import { list, sql, type SQL } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { seesCouponOf } from '#server/operations/coupon-sight.ts'
import { statementScope } from '#server/operations/incentive-scope.ts'
import { invitationScope, rowScope } from '#server/operations/invite-state.ts'

export type FoundRow = { kind: FoundKind; id: string; number: string; customerName: string | null; customerId: string | null }

/** @param text a whole number or id as people paste it. @returns the objects that have exactly it, as far as the person may open them. */
export async function findByNumber(tx: Tx, actor: Actor, text: string): Promise<FoundRow[]> {
  const number = text.normalize('NFKC').replace(/\s/g, '').toUpperCase()
  const id = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(number) ? number.toLowerCase() : null
  const sources = sourcesFor(actor, number, id)
  return sources.length === 0 ? [] : await tx.rows<FoundRow>(sql`select kind, id, number, "customerName", "customerId" from (${sql.join(sources, sql` union all `)}) found limit 20`)
}

/** Handovers from or to the person's managers. */
const handoverScope = (actor: Actor): SQL => rowScope(actor, sql`h.from_id`, sql`h.to_id`)

function sourcesFor(actor: Actor, number: string, id: string | null): SQL[] {
  const partner = actor.partner.id
  const mine = sql`c.partner_id = ${partner} and ${customerScope(actor)}`
  const has = (alias: SQL) => sql`(${alias}.number = ${number} or ${alias}.id = ${id}::uuid)`
  const kinds = (column: SQL) => sql`${column} = any(${list([...maySeeKinds[actor.partner.type]])}::text[])`
  const found = { customers: actor.permissions.has('customer.view'), funds: actor.permissions.has('funds.view'), log: actor.permissions.has('log.view') }
  return [
    ...(found.customers ? [sql`select 'customer' as kind, c.id::text as id, c.number, c.name as "customerName", c.id as "customerId" from customers c where ${mine} and ${has(sql`c`)}`] : []),
    ...(found.funds ? [
      sql`select 'adjustment' as kind, d.id::text as id, d.number, c.name as "customerName", c.id as "customerId"
        from adjustments d join customers c on c.partner_id = d.partner_id and c.id = d.customer_id where d.partner_id = ${partner} and ${mine} and ${has(sql`d`)}`,
      sql`select distinct 'batch' as kind, d.batch_number as id, d.batch_number as number, null::text as "customerName", null::uuid as "customerId"
        from adjustments d join customers c on c.partner_id = d.partner_id and c.id = d.customer_id where d.partner_id = ${partner} and ${mine} and d.batch_number = ${number}`,
    ] : []),
    ...(found.customers ? [sql`select 'lot' as kind, l.id::text as id, l.number, c.name as "customerName", c.id as "customerId"
        from lots l join customers c on c.partner_id = l.partner_id and c.id = l.customer_id where l.partner_id = ${partner} and ${mine} and ${has(sql`l`)}`] : []),
    ...(actor.permissions.has('invite.view') ? [sql`select 'invitation' as kind, i.id::text as id, i.number, i.name as "customerName", null::uuid as "customerId"
        from invitations i where i.partner_id = ${partner} and ${invitationScope(actor)} and ${has(sql`i`)}`] : []),
    ...(actor.permissions.has('coupon.view') ? [
      sql`select 'coupon' as kind, k.id::text as id, k.number, c.name as "customerName", c.id as "customerId"
        from coupons k join customers c on c.partner_id = k.partner_id and c.id = k.customer_id where k.partner_id = ${partner} and ${mine} and ${kinds(sql`k.kind`)} and ${seesCouponOf(actor, sql`k.kind`, sql`k.customer_id`)} and ${has(sql`k`)}`,
      sql`select 'quota' as kind, q.id::text as id, q.number, null::text as "customerName", null::uuid as "customerId" from coupon_quotas q where q.partner_id = ${partner} and ${kinds(sql`q.kind`)} and ${has(sql`q`)}`,
    ] : []),
    ...(actor.permissions.has('org.view') ? [sql`select 'handover' as kind, h.id::text as id, h.number, null::text as "customerName", null::uuid as "customerId"
        from handovers h where h.partner_id = ${partner} and ${handoverScope(actor)} and ${has(sql`h`)}`] : []),
    ...(actor.permissions.has('incentive.view') ? [sql`select 'statement' as kind, s.id::text as id, s.number, null::text as "customerName", null::uuid as "customerId"
        from incentive_statements s where s.partner_id = ${partner} and ${has(sql`s`)} and ${statementScope(actor)}`] : []),
    ...(actor.permissions.has('incentive.request') ? [sql`select 'payment' as kind, r.id::text as id, r.number, null::text as "customerName", null::uuid as "customerId"
        from payment_requests r where r.partner_id = ${partner} and ${has(sql`r`)}`] : []),
    sql`select 'export' as kind, x.id::text as id, x.number, null::text as "customerName", null::uuid as "customerId"
        from export_tasks x where x.partner_id = ${partner} and ${isAdministrator(actor) ? sql`true` : sql`x.member_id = ${actor.member.id}`} and ${has(sql`x`)}`,
    ...(found.log && id !== null ? [sql`select distinct 'request' as kind, e.request_id as id, e.request_id as number, null::text as "customerName", null::uuid as "customerId"
        from log_entries e where e.partner_id = ${partner} and e.request_id = ${id} and ${actor.permissions.has('log.view.all') ? sql`true` : sql`e.operator_id = ${actor.member.id}`}`] : []),
  ]
}
