import type { assignCustomers, previewAssignment, reclaimCustomers } from '#contract/assignments.ts'
import type { Reply } from '#contract/endpoint.ts'
import type { Locale } from '#contract/people.ts'
import type { LogFacts, Operation, Read } from '#server/http/context.ts'
import { Refusal } from '#server/http/refusal.ts'
import { rowSentence } from '#server/http/sentences.ts'
import { maskCompany, maskName } from '#server/masking/mask.ts'
import { assign } from '#server/operations/assign.ts'
import { lockManager, presentPerson, readManager, type Person } from './people.ts'
import { dayOf, plusDays, refuseAssignments, refuseTaking, type RowReason } from './rules.ts'
import { lockCustomers, readHeld, type Held } from './store.ts'

type Prepared = { manager: Person; customers: Held[] }

/** Refuses with rows_refused, naming every row at fault in the person's language. */
export function refuseRows(reasons: readonly RowReason[], locale: Locale): void {
  if (reasons.length === 0) return
  throw new Refusal('rows_refused', { sentence: 'assignments_refused', rows: reasons.toSorted((a, b) => a.row - b.row).map(({ row, code, other, managerName }) => (
    { row, code, message: rowSentence(code, locale, { ...(other !== undefined && { other: String(other) }), ...(managerName !== undefined && { manager: maskName(managerName) }) }) })) })
}

/** Ids in the one form in which they are stored. */
export const lower = (ids: readonly string[]): string[] => ids.map((id) => id.toLowerCase())
const inOrder = (ids: readonly string[], known: ReadonlyMap<string, Held>): Held[] => ids.flatMap((id) => known.get(id) ?? [])

/** Gives customers to a manager, all or none. Those who have one already are refused, unless a change was meant. */
export const assignOperation: Operation<typeof assignCustomers, Prepared> = {
  permission: 'org.assign',
  async prepare({ body }, { tx, actor, request }) {
    const manager = await lockManager(tx, actor, body.managerId)
    const ids = lower(body.customerIds)
    const known = await lockCustomers(tx, actor, ids)
    refuseRows(refuseAssignments(ids, known, manager.id, body.change), request.locale)
    return { manager, customers: inOrder(ids, known) }
  },
  async apply({ manager, customers }, _input, { tx, now, actor }) {
    await assign(tx, now, { partnerId: actor.partner.id, customerIds: customers.map(({ id }) => id), managerId: manager.id, by: 'assigned', memberId: actor.member.id })
    return { count: customers.length, manager: presentPerson(manager), countsFrom: plusDays(dayOf(now), 1) }
  },
  log: ({ countsFrom }, { manager, customers }) => customers.map((customer): LogFacts => ({
    operation: customer.managerId === null ? 'assignment.assigned' : 'assignment.changed', ...about(customer),
    details: { ...(customer.managerId !== null && { before: maskName(customer.managerName ?? '') }), manager: maskName(manager.name), countsFrom },
  })),
  refused: 'assignment.assigned',
}

/** Takes customers from a manager, all or none; they are nobody's from then on. The manager may have left. */
export const reclaimOperation: Operation<typeof reclaimCustomers, Prepared> = {
  permission: 'org.assign',
  async prepare({ body }, { tx, actor, request }) {
    const manager = await readManager(tx, actor, body.managerId)
    const ids = lower(body.customerIds)
    const known = await lockCustomers(tx, actor, ids)
    refuseRows(refuseTaking(ids, known, manager.id, false), request.locale)
    return { manager, customers: inOrder(ids, known) }
  },
  async apply({ manager, customers }, _input, { tx, now, actor }) {
    await assign(tx, now, { partnerId: actor.partner.id, customerIds: customers.map(({ id }) => id), managerId: null, by: 'reclaimed', memberId: actor.member.id })
    return { count: customers.length, manager: presentPerson(manager), countsTo: dayOf(now) }
  },
  log: ({ countsTo }, { manager, customers }) => customers.map((customer): LogFacts => ({ operation: 'assignment.reclaimed', ...about(customer), details: { manager: maskName(manager.name), countsTo } })),
  refused: 'assignment.reclaimed',
}

const about = ({ id, number }: Held) => ({ objectKind: 'customer', objectNumber: number, customerId: id }) as const

/** Who has which of the customers now, in the order asked. */
export const previewRead: Read<typeof previewAssignment> = {
  permission: 'org.assign',
  async run({ body }, { tx, now, actor }): Promise<Reply<typeof previewAssignment>> {
    const ids = [...new Set(lower(body.customerIds))]
    const known = await readHeld(tx, actor, ids)
    return {
      items: inOrder(ids, known).map(({ id, number, name, managerId, managerName }) => ({ id, number, nameMasked: maskCompany(name), manager: managerId === null ? null : presentPerson({ id: managerId, name: managerName ?? '' }) })),
      countsTo: dayOf(now), countsFrom: plusDays(dayOf(now), 1),
    }
  },
}
