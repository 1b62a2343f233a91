import type { HandoverState } from '#contract/assignments.ts'
import type { Locale } from '#contract/people.ts'
import { list, sql, type SQL } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import type { LogFacts } from '#server/http/context.ts'
import { maskEmail, maskName } from '#server/masking/mask.ts'
import { readWanted } from '#server/messages/choices.ts'
import { enqueueNotices, type Notice } from '#server/messages/enqueue.ts'
import { nextWorkingMoment } from '#server/messages/working-hours.ts'
import { assign } from './assign.ts'
import { isOpenProspect } from './invite-state.ts'

/** A handover in the clear. */
export type Plan = {
  id: string; number: string; fromId: string; fromName: string; toId: string; toName: string; /** YYYY-MM-DD, the last day that counts for the one. */ day: string
  isWhole: boolean; customers: number; moved: number; kept: number; tellsCustomers: boolean; state: HandoverState; createdAt: Date; doneAt: Date | null; operatorId: string; operatorName: string
}
type Partner = { id: string; name: string; timeZone: string }

/** So many customers change hands in one transaction, so that a large handover never keeps others waiting. */
const sliceOfHandover = 200

/** @param partnerId of whom. @param where of `handovers h`. @param lock holds the plans, so that of two servers or people one waits. @returns the plans that match. */
export async function readPlans(tx: Tx, partnerId: string, where: SQL, lock = sql``): Promise<Plan[]> {
  return await tx.rows<Plan>(sql`
    select h.id, h.number, h.from_id as "fromId", f.name as "fromName", h.to_id as "toId", t.name as "toName", h.day::text as day, h.is_whole as "isWhole", h.customers, h.moved, h.kept,
           h.tells_customers as "tellsCustomers", h.state, h.created_at as "createdAt", h.done_at as "doneAt", h.operator_id as "operatorId", o.name as "operatorName"
      from handovers h join members f on f.partner_id = h.partner_id and f.id = h.from_id join members t on t.partner_id = h.partner_id and t.id = h.to_id
      join members o on o.partner_id = h.partner_id and o.id = h.operator_id where h.partner_id = ${partnerId} and ${where} ${lock}`)
}

/** @returns the plan, held to the end of the transaction; undefined where there is none. */
export async function lockPlan(tx: Tx, partnerId: string, id: string): Promise<Plan | undefined> {
  return (await readPlans(tx, partnerId, sql`h.id = ${id}::uuid`, sql`for no key update of h`))[0]
}

/** Moves the next customers of a plan whose row is held: those who are still the manager's. With the last of them the handover is done, and what is
 *  pending of a manager who hands everything over moves, too. A new manager who is none any more ends the plan: whoever was not moved stays.
 *  Doing it again moves nobody twice. @param publicUrl where the console is. @returns what became of it, and what the log says. */
export async function moveSlice(tx: Tx, now: Date, partner: Partner, plan: Plan, publicUrl: string | undefined): Promise<{ state: HandoverState; moved: number; log: LogFacts[] }> {
  const [fit] = await tx.rows(sql`select 1 from members where partner_id = ${partner.id} and id = ${plan.toId}::uuid and 'manager' = any(roles) and state = 'ACTIVE' for share`)
  if (!fit) return await giveUp(tx, now, partner, plan, publicUrl)
  const next = await tx.rows<{ id: string }>(sql`
    select x.customer_id as id from handover_customers x where x.partner_id = ${partner.id} and x.handover_id = ${plan.id}::uuid and x.state = 'PLANNED' order by x.customer_id limit ${sliceOfHandover}::int`)
  const rows = await tx.rows<Moving>(sql`
    select c.id, c.number, c.manager_id as "managerId", c.email, c.language from customers c where c.partner_id = ${partner.id} and c.id = any(${list(next.map(({ id }) => id))}::uuid[]) order by c.id for no key update`)
  const going = rows.filter(({ managerId }) => managerId === plan.fromId)
  await assign(tx, now, { partnerId: partner.id, customerIds: going.map(({ id }) => id), managerId: plan.toId, by: 'handed_over', memberId: plan.operatorId, lastDay: plan.day })
  await tx.run(sql`update handover_customers set state = case when customer_id = any(${list(going.map(({ id }) => id))}::uuid[]) then 'MOVED' else 'LEFT' end
    where partner_id = ${partner.id} and handover_id = ${plan.id}::uuid and customer_id = any(${list(rows.map(({ id }) => id))}::uuid[])`)
  const isDone = rows.length < sliceOfHandover
  const moved = plan.moved + going.length
  const state = isDone ? 'DONE' : 'RUNNING'
  await tx.run(sql`update handovers set moved = ${moved}::int, state = ${state}, done_at = ${isDone ? now : null}::timestamptz where partner_id = ${partner.id} and id = ${plan.id}::uuid`)
  const wants = plan.tellsCustomers ? await readWanted(tx, partner.id, 'OG-07', going.map(({ id }) => id)) : () => false
  const told = going.filter(({ id }) => wants(id, 'email')).flatMap((row) => customerNotice(partner, row, now, publicUrl))
  if (isDone && plan.isWhole) await movePending(tx, now, partner.id, plan)
  await enqueueNotices(tx, now, [...told, ...(isDone ? await managerNotices(tx, now, partner, { ...plan, customers: moved }, 'done', publicUrl) : [])])
  return { state, moved, log: [...going.map((row) => logOf(row, plan)), ...(isDone ? [{ ...aboutPlan(plan), operation: 'handover.done' as const, details: { ...detailsOf(plan), customers: moved, kept: plan.kept } }] : [])] }
}

type Moving = { id: string; number: string; managerId: string | null; email: string | null; language: Locale }

const logOf = ({ id, number }: Moving, plan: Plan): LogFacts => ({
  operation: 'assignment.changed', objectKind: 'customer', objectNumber: number, customerId: id, details: { before: maskName(plan.fromName), manager: maskName(plan.toName), handover: plan.number, countsTo: plan.day },
})
/** What every log row of a handover says. */
export const aboutPlan = ({ number }: Pick<Plan, 'number'>) => ({ objectKind: 'handover', objectNumber: number }) as const
export const detailsOf = ({ fromName, toName, day }: Pick<Plan, 'fromName' | 'toName' | 'day'>) => ({ from: maskName(fromName), to: maskName(toName), day })

/** Ends a plan that will not be carried out (any more): customers that wait in it are free for another. */
export async function endPlan(tx: Tx, now: Date, partnerId: string, id: string): Promise<void> {
  await tx.run(sql`update handovers set state = 'CANCELLED', done_at = ${now}::timestamptz where partner_id = ${partnerId} and id = ${id}::uuid`)
  await tx.run(sql`update handover_customers set state = 'CANCELLED' where partner_id = ${partnerId} and handover_id = ${id}::uuid and state = 'PLANNED'`)
}

async function giveUp(tx: Tx, now: Date, partner: Partner, plan: Plan, publicUrl: string | undefined): Promise<{ state: HandoverState; moved: number; log: LogFacts[] }> {
  await endPlan(tx, now, partner.id, plan.id)
  await enqueueNotices(tx, now, await managerNotices(tx, now, partner, { ...plan, customers: plan.customers - plan.moved }, 'cancelled', publicUrl))
  return { state: 'CANCELLED', moved: plan.moved, log: [{ ...aboutPlan(plan), operation: 'handover.cancelled', result: 'failed', details: { ...detailsOf(plan), reason: 'manager_unfit', moved: plan.moved } }] }
}

/** What waits for a customer of the earlier manager: whoever comes of it is the new one's. */
async function movePending(tx: Tx, now: Date, partnerId: string, { fromId, toId }: Plan): Promise<void> {
  await tx.run(sql`update prospects p set manager_id = ${toId}::uuid where p.partner_id = ${partnerId} and p.manager_id = ${fromId}::uuid and ${isOpenProspect(now)}`)
  await tx.run(sql`update invitations i set manager_id = ${toId}::uuid where i.partner_id = ${partnerId} and i.manager_id = ${fromId}::uuid and ${isPendingInvitation(now)}`)
  await tx.run(sql`update invite_links l set manager_id = ${toId}::uuid where l.partner_id = ${partnerId} and l.manager_id = ${fromId}::uuid and ${isWorkingLink(now)}`)
}

/** @returns a condition on `invitations i`: a mail that may still be accepted. */
const isPendingInvitation = (now: Date): SQL => sql`(i.kind = 'MAIL' and i.state in ('SENT', 'OPENED', 'FAILED') and (i.expires_at is null or i.expires_at > ${now}::timestamptz))`
/** @returns a condition on `invite_links l`: somebody may still come through it. */
const isWorkingLink = (now: Date): SQL => sql`(l.revoked_at is null and (l.ends_at is null or l.ends_at > ${now}::timestamptz))`

/** @returns how many reports, and how many invitations and links, of a manager wait for a customer. */
export async function countPending(tx: Tx, now: Date, partnerId: string, managerId: string): Promise<{ prospects: number; invitations: number }> {
  const [row] = await tx.rows<{ prospects: number; invitations: number }>(sql`
    select (select count(*)::int from prospects p where p.partner_id = ${partnerId} and p.manager_id = ${managerId}::uuid and ${isOpenProspect(now)}) as prospects,
           (select count(*)::int from invitations i where i.partner_id = ${partnerId} and i.manager_id = ${managerId}::uuid and ${isPendingInvitation(now)})
         + (select count(*)::int from invite_links l where l.partner_id = ${partnerId} and l.manager_id = ${managerId}::uuid and ${isWorkingLink(now)}) as invitations`)
  return row ?? { prospects: 0, invitations: 0 }
}

/** OG-06: a handover was planned, cancelled or done; to both managers and their directors, in working hours. Names are masked. */
export async function managerNotices(tx: Tx, now: Date, partner: Partner, plan: Pick<Plan, 'fromId' | 'toId' | 'fromName' | 'toName' | 'day' | 'customers'>, state: 'planned' | 'cancelled' | 'done', publicUrl: string | undefined): Promise<Notice[]> {
  const people = await tx.rows<{ email: string; language: Locale; maySee: boolean }>(sql`
    select m.email, m.language, m.roles && array['administrator','director'] as "maySee" from members m where m.partner_id = ${partner.id} and m.state = 'ACTIVE' and m.email is not null and m.email_verified
       and (m.id = any(${list([plan.fromId, plan.toId])}::uuid[]) or m.id = any (select d.director_id from members d where d.partner_id = ${partner.id} and d.id = any(${list([plan.fromId, plan.toId])}::uuid[]))) order by m.id`)
  const dueAt = nextWorkingMoment(now, partner.timeZone)
  return people.map(({ email, language, maySee }): Notice => ({
    partnerId: partner.id, kind: 'OG-06', channel: 'email', to: email, toMasked: maskEmail(email), locale: language, dueAt,
    // An account manager has no right of that role to the list of handovers, but to the customers.
    ...(publicUrl !== undefined && { page: `${publicUrl}${maySee ? '/organization/assignments?tab=handovers' : '/customers'}` }),
    params: { from: maskName(plan.fromName), to: maskName(plan.toName), day: plan.day, count: plan.customers, state },
  }))
}

/** OG-07. Customers read times in the zone of the site. */
const customerNotice = (partner: Partner, { email, language }: Moving, now: Date, publicUrl: string | undefined): Notice[] => (email === null ? [] : [{
  partnerId: partner.id, kind: 'OG-07', channel: 'email', to: email, toMasked: maskEmail(email), locale: language, dueAt: nextWorkingMoment(now, 'Asia/Shanghai'), params: { partner: partner.name }, ...(publicUrl !== undefined && { page: `${publicUrl}/my/partner` }),
}])
