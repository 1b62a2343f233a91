import type { Handover, HandoverState } from '#contract/assignments.ts'
import type { Actor } from '#server/auth/actor.ts'
import { every } from '#server/db/days.ts'
import { list, sql, type SQL } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { dayPart, nextNumber } from '#server/ledger/numbers.ts'
import { maskName } from '#server/masking/mask.ts'
import { rowScope } from '#server/operations/invite-state.ts'
import { readPlans, type Plan } from '#server/operations/handover.ts'

/** @returns the handover as the lists show it. */
export const presentHandover = (plan: Plan): Handover => ({
  id: plan.id, number: plan.number, from: { id: plan.fromId, nameMasked: maskName(plan.fromName) }, to: { id: plan.toId, nameMasked: maskName(plan.toName) },
  day: plan.day, customers: plan.customers, moved: plan.moved, kept: plan.kept, tellsCustomers: plan.tellsCustomers, state: plan.state,
  createdAt: plan.createdAt.toISOString(), doneAt: plan.doneAt?.toISOString() ?? null, operatorMasked: maskName(plan.operatorName),
})

/** @returns a page of handovers from or to the managers that the person sees, newest first. */
export async function listHandovers(tx: Tx, actor: Actor, { state, managerId }: { state?: HandoverState | undefined; managerId?: string | undefined }, { offset, limit }: { offset: number; limit: number }): Promise<{ total: number; rows: Plan[] }> {
  const where = every([
    rowScope(actor, sql`h.from_id`, sql`h.to_id`),
    ...(state === undefined ? [] : [sql`h.state = ${state}`]), ...(managerId === undefined ? [] : [sql`(h.from_id = ${managerId}::uuid or h.to_id = ${managerId}::uuid)`]),
  ])
  const [counted] = await tx.rows<{ total: number }>(sql`select count(*)::int as total from handovers h where h.partner_id = ${actor.partner.id} and ${where}`)
  const rows = await readPlans(tx, actor.partner.id, where, sql`order by h.created_at desc, h.id desc limit ${limit}::int offset ${offset}::int`)
  return { total: counted?.total ?? 0, rows }
}

/** What a plan for all of a manager's customers finds: those who go, those who stay, those in another plan; money in minor units. */
export type Reach = { customers: number; kept: number; planned: number; monthExpenditure: bigint }

const inPlan = sql`exists (select 1 from handover_customers x where x.partner_id = c.partner_id and x.customer_id = c.id and x.state = 'PLANNED')`
const goes = (except: readonly string[]): SQL => sql`not (c.id = any(${list(except)}::uuid[]))`

/** @param chosen only these; undefined: all but `except`. */
export async function readReach(tx: Tx, actor: Actor, fromId: string, chosen: readonly string[] | undefined, except: readonly string[]): Promise<Reach> {
  const going = chosen ? sql`c.id = any(${list(chosen)}::uuid[])` : goes(except)
  const [row] = await tx.rows<Reach>(sql`
    select count(*) filter (where ${going})::int as customers, count(*) filter (where c.id = any(${list(except)}::uuid[]))::int as kept, count(*) filter (where ${going} and ${inPlan})::int as planned,
           coalesce(sum(c.month_expenditure) filter (where ${going}), 0)::bigint as "monthExpenditure"
      from customers c where c.partner_id = ${actor.partner.id} and c.manager_id = ${fromId}::uuid`)
  return row ?? { customers: 0, kept: 0, planned: 0, monthExpenditure: 0n }
}

export type NewPlan = { id: string; fromId: string; toId: string; day: string; tellsCustomers: boolean; chosen: readonly string[] | undefined; except: readonly string[]; kept: number; state: 'PLANNED' | 'RUNNING' }

/** Writes a plan with its customers, as they are now. A customer who is in another plan meanwhile breaks a unique index: of two who plan at once one waits and then fails. */
export async function insertPlan(tx: Tx, now: Date, actor: Actor, plan: NewPlan): Promise<void> {
  const partner = actor.partner.id
  await tx.run(sql`insert into handovers (partner_id, id, number, from_id, to_id, day, tells_customers, state, is_whole, customers, moved, kept, operator_id, created_at)
    values (${partner}::uuid, ${plan.id}::uuid, ${nextNumber('HO', 'handover_numbers', dayPart(now, actor.partner.timeZone))}, ${plan.fromId}::uuid, ${plan.toId}::uuid, ${plan.day}::date, ${plan.tellsCustomers}::boolean, ${plan.state},
      ${plan.chosen === undefined}::boolean, 0, 0, ${plan.kept}::int, ${actor.member.id}::uuid, ${now}::timestamptz)`)
  const customers = await tx.run(sql`insert into handover_customers (partner_id, handover_id, customer_id, state)
    select c.partner_id, ${plan.id}::uuid, c.id, 'PLANNED' from customers c
     where c.partner_id = ${partner} and c.manager_id = ${plan.fromId}::uuid and ${plan.chosen ? sql`c.id = any(${list(plan.chosen)}::uuid[])` : goes(plan.except)} order by c.id`)
  await tx.run(sql`update handovers set customers = ${customers}::int where partner_id = ${partner} and id = ${plan.id}::uuid`)
}
