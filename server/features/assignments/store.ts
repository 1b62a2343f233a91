import type { AssignedFilter, AssignedSort, AssignmentHow } from '#contract/assignments.ts'
import type { AssociationType } from '#contract/customers.ts'
import { customerScope, seesWholePartner, type Actor } from '#server/auth/actor.ts'
import { every, inDays } from '#server/db/days.ts'
import { list, sql, type SQL } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { Refusal } from '#server/http/refusal.ts'
import { rowScope } from '#server/operations/invite-state.ts'
import { contactConditions, type LookUp } from '#server/operations/look-up.ts'

type Slice = { offset: number; limit: number }

/** A customer as far as giving and taking need, in the clear. */
export type Held = { id: string; number: string; name: string; managerId: string | null; managerName: string | null; /** In a plan that is not over. */ isPlanned: boolean }

/** Holds the customers to the end of the transaction, in the order of their ids, so that of two who assign one waits and then sees the other's.
 *  @returns them by id. Refuses with not_found when one is unknown, foreign or outside the person's scope, without saying which. */
export async function lockCustomers(tx: Tx, actor: Actor, ids: readonly string[]): Promise<Map<string, Held>> {
  const wanted = [...new Set(ids)]
  const locked = await tx.rows(sql`select c.id from customers c where c.partner_id = ${actor.partner.id} and c.id = any(${list(wanted)}::uuid[]) and ${customerScope(actor)} order by c.id for no key update`)
  if (locked.length < wanted.length) throw new Refusal('not_found')
  return await readHeld(tx, actor, wanted)
}

/** As lockCustomers, without holding them. */
export async function readHeld(tx: Tx, actor: Actor, ids: readonly string[]): Promise<Map<string, Held>> {
  const wanted = [...new Set(ids)]
  const rows = await tx.rows<Held>(sql`
    select c.id, c.number, c.name, c.manager_id as "managerId", m.name as "managerName",
           exists (select 1 from handover_customers h where h.partner_id = c.partner_id and h.customer_id = c.id and h.state = 'PLANNED') as "isPlanned"
      from customers c left join members m on m.partner_id = c.partner_id and m.id = c.manager_id
     where c.partner_id = ${actor.partner.id} and c.id = any(${list(wanted)}::uuid[]) and ${customerScope(actor)}`)
  if (rows.length < wanted.length) throw new Refusal('not_found')
  return new Map(rows.map((row) => [row.id, row]))
}

/** A customer of a manager, in the clear; money in minor units. */
export type AssignedRecord = { id: string; number: string; name: string; accountName: string; associationType: AssociationType; assignedAt: Date; countsFrom: string; monthExpenditure: bigint } & ({ planId: string; planNumber: string; planToId: string; planToName: string; planDay: string } | { planId: null; planNumber: null; planToId: null; planToName: null; planDay: null })

const assignedOrders: Record<AssignedSort, SQL> = {
  '-assignedAt': sql`a.assigned_at desc, a.customer_id desc`, assignedAt: sql`a.assigned_at, a.customer_id`, '-monthExpenditure': sql`c.month_expenditure desc, c.id desc`, monthExpenditure: sql`c.month_expenditure, c.id`,
}

/** @returns a page of the customers that are the manager's now. Names are looked up by any part. */
export async function listAssigned(tx: Tx, actor: Actor, managerId: string, { filter, sort, lookUp }: { filter: AssignedFilter; sort: AssignedSort; lookUp: LookUp | undefined }, { offset, limit }: Slice): Promise<{ total: number; rows: AssignedRecord[] }> {
  const name = lookUp?.name
  const days = inDays(sql`a.assigned_at`, filter.from, filter.to, actor.partner.timeZone)
  const aboutCustomers = [
    ...(filter.associationType === undefined ? [] : [sql`c.association_type = ${filter.associationType}`]),
    ...(name === undefined ? [] : [sql`(position(lower(normalize(${name}::text, NFKC)) in c.name_key) > 0 or position(lower(normalize(${name}::text, NFKC)) in c.account_key) > 0)`]),
    ...(lookUp ? contactConditions(lookUp) : []), ...(seesWholePartner(actor) ? [] : [customerScope(actor)]),
  ]
  const isPlain = aboutCustomers.length === 0 && (sort === 'assignedAt' || sort === '-assignedAt')
  // Row policies hide from the planner how few customers one manager has; it would read every assignment of the partner.
  const from = isPlain
    ? sql`from assignments a where ${every([sql`a.partner_id = ${actor.partner.id}`, sql`a.manager_id = ${managerId}::uuid`, sql`a.ended_at is null`, ...days])}`
    : sql`from customers c cross join lateral (select s.customer_id, s.assigned_at from assignments s where s.partner_id = c.partner_id and s.customer_id = c.id and s.ended_at is null offset 0) a
        where ${every([sql`c.partner_id = ${actor.partner.id}`, sql`c.manager_id = ${managerId}::uuid`, ...aboutCustomers, ...days])}`
  const [counted] = await tx.rows<{ total: number }>(sql`select count(*)::int as total ${from}`)
  const rows = await tx.rows<AssignedRecord>(sql`
    select c.id, c.number, c.name, c.account_name as "accountName", c.association_type as "associationType", a.assigned_at as "assignedAt", a.counts_from::text as "countsFrom", c.month_expenditure as "monthExpenditure",
           h.id as "planId", h.number as "planNumber", h.to_id as "planToId", t.name as "planToName", h.day::text as "planDay"
      from (select a.customer_id as id ${from} order by ${assignedOrders[sort]} limit ${limit}::int offset ${offset}::int) page
      cross join lateral (select * from customers k where k.partner_id = ${actor.partner.id} and k.id = page.id offset 0) c
      cross join lateral (select * from assignments s where s.partner_id = ${actor.partner.id} and s.customer_id = page.id and s.ended_at is null offset 0) a
      left join lateral (select x.handover_id from handover_customers x where x.partner_id = ${actor.partner.id} and x.customer_id = page.id and x.state = 'PLANNED' offset 0) x on true
      left join handovers h on h.partner_id = ${actor.partner.id} and h.id = x.handover_id left join members t on t.partner_id = h.partner_id and t.id = h.to_id order by ${assignedOrders[sort]}`)
  return { total: counted?.total ?? 0, rows }
}

/** A stretch of time, in the clear. */
export type AssignmentRecord = {
  id: string; customerId: string; number: string; customerName: string; managerId: string; managerName: string; assignedAt: Date; countsFrom: string; endedAt: Date | null; countsTo: string | null
  how: AssignmentHow; endedHow: AssignmentHow | null; byName: string | null; endedByName: string | null
}

/** @returns a page of the histories of the managers that the person sees, newest first. */
export async function listAssignments(tx: Tx, actor: Actor, { managerId, customerId, state }: { managerId?: string | undefined; customerId?: string | undefined; state?: 'present' | 'ended' | undefined }, { offset, limit }: Slice): Promise<{ total: number; rows: AssignmentRecord[] }> {
  const where = every([
    sql`a.partner_id = ${actor.partner.id}`, rowScope(actor, sql`a.manager_id`),
    ...(managerId === undefined ? [] : [sql`a.manager_id = ${managerId}::uuid`]), ...(customerId === undefined ? [] : [sql`a.customer_id = ${customerId}::uuid`]),
    ...(state === undefined ? [] : [state === 'present' ? sql`a.ended_at is null` : sql`a.ended_at is not null`]),
  ])
  const [counted] = await tx.rows<{ total: number }>(sql`select count(*)::int as total from assignments a where ${where}`)
  const rows = await tx.rows<AssignmentRecord>(sql`
    select a.id, c.id as "customerId", c.number, c.name as "customerName", m.id as "managerId", m.name as "managerName", a.assigned_at as "assignedAt", a.counts_from::text as "countsFrom",
           a.ended_at as "endedAt", a.counts_to::text as "countsTo", a.how, a.ended_how as "endedHow", b.name as "byName", e.name as "endedByName"
      from assignments a join customers c on c.partner_id = a.partner_id and c.id = a.customer_id join members m on m.partner_id = a.partner_id and m.id = a.manager_id
      left join members b on b.partner_id = a.partner_id and b.id = a.by_id left join members e on e.partner_id = a.partner_id and e.id = a.ended_by_id
     where ${where} order by a.assigned_at desc, a.id desc limit ${limit}::int offset ${offset}::int`)
  return { total: counted?.total ?? 0, rows }
}
