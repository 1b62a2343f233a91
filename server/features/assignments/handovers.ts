import { randomUUID } from 'node:crypto'
import type { cancelHandover, changeHandover, planHandover, previewHandover } from '#contract/assignments.ts'
import { assignmentBatchMax } from '#contract/page.ts'
import type { Parsed } from '#contract/endpoint.ts'
import { fromMinor } from '#contract/money.ts'
import { sql } from '#server/db/query.ts'
import type { Context, LogFacts, Operation, Read } from '#server/http/context.ts'
import type { Deps } from '#server/http/deps.ts'
import { Refusal } from '#server/http/refusal.ts'
import { maskName } from '#server/masking/mask.ts'
import { enqueueNotices } from '#server/messages/enqueue.ts'
import { aboutPlan, countPending, detailsOf, endPlan, lockPlan, managerNotices, moveSlice, type Plan } from '#server/operations/handover.ts'
import { lower, refuseRows } from './assign.ts'
import { insertPlan, presentHandover, readReach, type Reach } from './handover-store.ts'
import { lockManager, lockMembers, presentPerson, readManager, type Person } from './people.ts'
import { dayOf, isPlanDay, plusDays, refuseTaking } from './rules.ts'
import { lockCustomers, readHeld } from './store.ts'

type HandoverWish = Parsed<typeof planHandover>['body']
type Prepared = { from: Person; to: Person; chosen: string[] | undefined; except: string[]; reach: Reach }

/** Everything a plan must fulfil. Refuses with invalid_input one manager twice or a day out of reach, with not_found unknown people and customers, with
 *  rows_refused ticked customers of somebody else or of another plan, and with conflict a new manager who is none and a whole with customers in another plan. */
async function admit(body: HandoverWish, context: Context, { isPreview }: { isPreview: boolean }): Promise<Prepared> {
  const { tx, now, actor, request } = context
  if (body.fromId.toLowerCase() === body.toId.toLowerCase()) throw new Refusal('invalid_input', { fields: [{ path: 'toId', code: 'same_manager', message: '' }] })
  if (!isPlanDay(body.day, now)) throw new Refusal('invalid_input', { fields: [{ path: 'day', code: 'plan_day', message: '' }] })
  if (!isPreview) await lockMembers(tx, actor, [body.fromId, body.toId])
  const from = await readManager(tx, actor, body.fromId)
  const to = await lockManager(tx, actor, body.toId)
  const chosen = body.customers.which === 'these' ? lower(body.customers.ids) : undefined
  const except = body.customers.which === 'all' ? [...new Set(lower(body.customers.except))] : []
  const named = chosen ?? except
  // A customer who is named is held, so that a plan and an assignment of the same one do not pass each other.
  const known = isPreview ? await readHeld(tx, actor, named) : await lockCustomers(tx, actor, named)
  if (!isPreview) refuseRows(refuseTaking(named, known, from.id, chosen !== undefined), request.locale)
  const reach = await readReach(tx, actor, from.id, chosen, except)
  if (!isPreview && reach.planned > 0) throw new Refusal('conflict', { sentence: 'in_other_plan', facts: { planned: String(reach.planned) } })
  return { from, to, chosen, except, reach }
}

/** What a handover would move, and how figures count before and after. Customers in another plan are counted, not refused yet. */
export const previewHandoverRead: Read<typeof previewHandover> = {
  permission: 'org.assign',
  async run({ body }, context) {
    const { tx, now, actor } = context
    const { from, to, chosen, reach } = await admit(body, context, { isPreview: true })
    const pending = chosen ? { prospects: 0, invitations: 0 } : await countPending(tx, now, actor.partner.id, from.id)
    return {
      from: presentPerson(from), to: presentPerson(to), customers: reach.customers, kept: reach.kept, planned: reach.planned, ...pending,
      monthExpenditure: fromMinor(reach.monthExpenditure), countsTo: body.day, countsFrom: plusDays(body.day, 1),
    }
  },
}

/** Plans a handover. One of today is carried out in the request while it is small; a large one goes on in the background. */
export const planOperation = (deps: Pick<Deps, 'settings'>): Operation<typeof planHandover, Prepared & { moved: LogFacts[] }> => ({
  permission: 'org.assign',
  async prepare({ body }, context) {
    const prepared = await admit(body, context, { isPreview: false })
    if (prepared.reach.customers > 0) return { ...prepared, moved: [] }
    const { prospects, invitations } = await countPending(context.tx, context.now, context.actor.partner.id, prepared.from.id)
    if (prospects + invitations === 0) throw new Refusal('conflict', { sentence: 'nothing_to_hand_over' })
    return { ...prepared, moved: [] }
  },
  async apply(prepared, { body }, context) {
    const { tx, now, actor } = context
    const { from, to, chosen, except, reach } = prepared
    const { partner } = actor
    const isToday = body.day === dayOf(now)
    const id = randomUUID()
    await insertPlan(tx, now, actor, { id, fromId: from.id, toId: to.id, day: body.day, tellsCustomers: body.tellCustomers, chosen, except, kept: reach.kept, state: isToday ? 'RUNNING' : 'PLANNED' })
    const plan = await mustRead(tx, partner.id, id)
    if (!isToday) {
      await enqueueNotices(tx, now, await managerNotices(tx, now, partner, plan, 'planned', deps.settings.publicUrl))
      return presentHandover(plan)
    }
    return presentHandover(await begin(context, deps, plan, prepared.moved))
  },
  log: ({ number, state, customers, kept }, { from, to, moved }, { body }) => (state === 'DONE' ? moved
    : { ...aboutPlan({ number }), operation: 'handover.planned', details: { ...detailsOf({ fromName: from.name, toName: to.name, day: body.day }), customers, kept } }),
  refused: 'handover.planned',
})

/** Carries out a plan of today: a small one in the request, a large one in the background. @param moved takes what the log says. @returns what became of it. */
async function begin({ tx, now, actor: { partner } }: Context, deps: Pick<Deps, 'settings'>, plan: Plan, moved: LogFacts[]): Promise<Plan> {
  if (plan.customers > assignmentBatchMax) {
    await tx.job('handover.run', { partnerId: partner.id, handoverId: plan.id })
    return plan
  }
  moved.push(...(await moveSlice(tx, now, partner, plan, deps.settings.publicUrl)).log)
  return await mustRead(tx, partner.id, plan.id)
}

/** @returns the plan, held, which has not begun. Refuses with not_found or, once it has begun or is over, with conflict. */
async function lockOpenPlan({ tx, actor }: Context, id: string): Promise<Plan> {
  const plan = await lockPlan(tx, actor.partner.id, id)
  if (!plan) throw new Refusal('not_found')
  if (plan.state !== 'PLANNED') throw new Refusal('conflict', { sentence: 'handover_begun' })
  return plan
}

/** Changes who gets the customers of a plan that has not begun, when, and whether they are told. For today it is carried out at once. */
export const changeOperation = (deps: Pick<Deps, 'settings'>): Operation<typeof changeHandover, { plan: Plan; to: Person; moved: LogFacts[] }> => ({
  permission: 'org.assign',
  async prepare({ params: { id }, body }, context) {
    const plan = await lockOpenPlan(context, id)
    if (body.toId.toLowerCase() === plan.fromId) throw new Refusal('invalid_input', { fields: [{ path: 'toId', code: 'same_manager', message: '' }] })
    if (!isPlanDay(body.day, context.now)) throw new Refusal('invalid_input', { fields: [{ path: 'day', code: 'plan_day', message: '' }] })
    return { plan, to: await lockManager(context.tx, context.actor, body.toId), moved: [] }
  },
  async apply({ plan, to, moved }, { body }, context) {
    const { tx, now, actor: { partner } } = context
    const isToday = body.day === dayOf(now)
    await tx.run(sql`update handovers set to_id = ${to.id}::uuid, day = ${body.day}::date, tells_customers = ${body.tellCustomers}::boolean, state = ${isToday ? 'RUNNING' : 'PLANNED'}
      where partner_id = ${partner.id} and id = ${plan.id}::uuid and state = 'PLANNED'`)
    const changed = await mustRead(tx, partner.id, plan.id)
    const news = isToday || isSamePlan(plan, changed) ? [] : await managerNotices(tx, now, partner, changed, 'planned', deps.settings.publicUrl)
    // Whoever is out of it now hears that it is off for them.
    const off = plan.toId === changed.toId ? [] : (await managerNotices(tx, now, partner, plan, 'cancelled', deps.settings.publicUrl)).filter(({ to: mail }) => !news.some((other) => other.to === mail))
    await enqueueNotices(tx, now, [...news, ...off])
    return presentHandover(isToday ? await begin(context, deps, changed, moved) : changed)
  },
  log: ({ number, state }, { plan, to, moved }, { body }) => (state === 'DONE' ? moved
    : { ...aboutPlan({ number }), operation: 'handover.changed', details: { ...detailsOf({ fromName: plan.fromName, toName: to.name, day: body.day }), before: `${maskName(plan.toName)}, ${plan.day}`, after: `${maskName(to.name)}, ${body.day}` } }),
  refused: 'handover.changed',
})

const isSamePlan = (before: Plan, after: Plan): boolean => before.toId === after.toId && before.day === after.day

/** Ends a plan that has not begun: everything stays as it is. */
export const cancelOperation = (deps: Pick<Deps, 'settings'>): Operation<typeof cancelHandover, Plan> => ({
  permission: 'org.assign',
  prepare: ({ params: { id } }, context) => lockOpenPlan(context, id),
  async apply(plan, _input, { tx, now, actor: { partner } }) {
    await endPlan(tx, now, partner.id, plan.id)
    await enqueueNotices(tx, now, await managerNotices(tx, now, partner, plan, 'cancelled', deps.settings.publicUrl))
    return presentHandover({ ...plan, state: 'CANCELLED', doneAt: now })
  },
  log: ({ number }, plan) => ({ ...aboutPlan({ number }), operation: 'handover.cancelled', details: { ...detailsOf(plan), customers: plan.customers } }),
})

async function mustRead(tx: Context['tx'], partnerId: string, id: string): Promise<Plan> {
  const plan = await lockPlan(tx, partnerId, id)
  if (!plan) throw new Error(`handover ${id} vanished`)
  return plan
}
