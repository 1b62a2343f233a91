import { list, sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { dayPart, nextNumber } from '#server/ledger/numbers.ts'
import { maskName } from '#server/masking/mask.ts'
import { assign, chinaDay } from '#server/operations/assign.ts'
import type { BookCustomer, Logged } from './demo-books.ts'
import { dayMs, type DemoCustomer } from './demo-customers.ts'
import { uuidFrom } from './demo-ids.ts'
import type { DemoPartner } from './demo-people.ts'
import { stories } from './demo-stories.ts'

type Desk = { partner: DemoPartner; partnerId: string; memberIds: ReadonlyMap<string, string>; timeZone: string }
type Own = DemoCustomer & { id: string }

/** A customer that was assigned once and taken back; see the stories. */
const takenBack = '2081385577'
const [handedOver, planned, changed] = [6, 5, 2]

/** Whose customers were whose before, of the partner `demo`: a manager who left handed over to `manager.li`, two customers changed hands, one was taken
 *  back, and a handover is planned in ten days. Who has whom now stays as it was drawn. @returns what the operation log should say of it. */
export async function seedAssignments(tx: Tx, now: Date, desk: Desk, customers: readonly DemoCustomer[], booked: readonly BookCustomer[]): Promise<Logged[]> {
  const told = new Set(stories.map(({ number }) => number))
  const all = customers.flatMap((customer, index): Own[] => (booked[index] ? [{ ...customer, id: booked[index].id }] : []))
  const drawn = all.filter(({ number }) => !told.has(number))
  const of = (manager: string, days: number) => drawn.filter((customer) => customer.manager === manager && customer.associatedAt.getTime() < now.getTime() - days * dayMs)
  const ago = (days: number) => new Date(now.getTime() - days * dayMs)
  const [olds, moved, leaving] = [of('manager.li', 200).slice(0, handedOver), of('manager.zhang', 100).slice(0, changed), of('manager.li', 10).slice(-planned)]
  const back = all.find(({ number }) => number === takenBack)
  return [
    ...await handOver(tx, desk, ago(96), olds),
    ...await change(tx, desk, ago(40), moved),
    ...(back ? await takeBack(tx, desk, ago(55), ago(20), back) : []),
    await plan(tx, desk, ago(2), new Date(now.getTime() + 10 * dayMs), leaving),
  ]
}

const memberOf = ({ memberIds }: Desk, login: string): string => memberIds.get(login) ?? ''
const nameOf = ({ partner }: Desk, login: string): string => maskName(partner.members.find((member) => member.login === login)?.name ?? '')
const idsOf = (customers: readonly Own[]): string[] => customers.map(({ id }) => id)

/** As if they had come to the other one in the first place. */
async function were(tx: Tx, desk: Desk, login: string, customers: readonly Own[]): Promise<void> {
  const ids = list(idsOf(customers))
  await tx.run(sql`update assignments set manager_id = ${memberOf(desk, login)}::uuid where partner_id = ${desk.partnerId} and customer_id = any(${ids}::uuid[])`)
  await tx.run(sql`update customers set manager_id = ${memberOf(desk, login)}::uuid where partner_id = ${desk.partnerId} and id = any(${ids}::uuid[])`)
}

async function handOver(tx: Tx, desk: Desk, at: Date, customers: readonly Own[]): Promise<Logged[]> {
  const [from, to] = ['manager.gu', 'manager.li']
  await were(tx, desk, from, customers)
  await assign(tx, at, { partnerId: desk.partnerId, customerIds: idsOf(customers), managerId: memberOf(desk, to), by: 'handed_over', memberId: memberOf(desk, '') })
  const { number, day } = await insertHandover(tx, desk, { from, to, at, day: at, isDone: true, customers })
  return [
    ...customers.map((customer) => logged(at, 'assignment.changed', customer, { before: nameOf(desk, from), manager: nameOf(desk, to), handover: number, countsTo: day })),
    { at, by: '', requestId: uuidFrom(`handover ${number}`), facts: { operation: 'handover.done', objectKind: 'handover', objectNumber: number, details: { from: nameOf(desk, from), to: nameOf(desk, to), day, customers: customers.length, kept: 0 } } },
  ]
}

async function change(tx: Tx, desk: Desk, at: Date, customers: readonly Own[]): Promise<Logged[]> {
  await were(tx, desk, 'manager.li', customers)
  await assign(tx, at, { partnerId: desk.partnerId, customerIds: idsOf(customers), managerId: memberOf(desk, 'manager.zhang'), by: 'assigned', memberId: memberOf(desk, '') })
  return customers.map((customer) => logged(at, 'assignment.changed', customer, { before: nameOf(desk, 'manager.li'), manager: nameOf(desk, 'manager.zhang') }))
}

async function takeBack(tx: Tx, desk: Desk, from: Date, to: Date, customer: Own): Promise<Logged[]> {
  const wish = { partnerId: desk.partnerId, customerIds: [customer.id], memberId: memberOf(desk, '') }
  await assign(tx, from, { ...wish, managerId: memberOf(desk, 'manager.li'), by: 'assigned' })
  await assign(tx, to, { ...wish, managerId: null, by: 'reclaimed' })
  const details = { manager: nameOf(desk, 'manager.li') }
  return [logged(from, 'assignment.assigned', customer, details), logged(to, 'assignment.reclaimed', customer, details)]
}

async function plan(tx: Tx, desk: Desk, at: Date, on: Date, customers: readonly Own[]): Promise<Logged> {
  const [from, to] = ['manager.li', 'manager.zhang']
  const { number, day } = await insertHandover(tx, desk, { from, to, at, day: on, isDone: false, customers })
  return { at, by: '', requestId: uuidFrom(`handover ${number}`), facts: { operation: 'handover.planned', objectKind: 'handover', objectNumber: number, details: { from: nameOf(desk, from), to: nameOf(desk, to), day, customers: customers.length, kept: 0 } } }
}

async function insertHandover(tx: Tx, desk: Desk, { from, to, at, day, isDone, customers }: { from: string; to: string; at: Date; day: Date; isDone: boolean; customers: readonly Own[] }): Promise<{ number: string; day: string }> {
  const id = uuidFrom(`${desk.partner.account} handover ${from} ${to}`)
  const [made] = await tx.rows<{ number: string; day: string }>(sql`
    insert into handovers (partner_id, id, number, from_id, to_id, day, tells_customers, state, is_whole, customers, moved, kept, operator_id, created_at, done_at)
    values (${desk.partnerId}::uuid, ${id}::uuid, ${nextNumber('HO', 'handover_numbers', dayPart(at, desk.timeZone))}, ${memberOf(desk, from)}::uuid, ${memberOf(desk, to)}::uuid, ${chinaDay(day)}, true, ${isDone ? 'DONE' : 'PLANNED'}, ${isDone}::boolean,
      ${customers.length}::int, ${isDone ? customers.length : 0}::int, 0, ${memberOf(desk, '')}::uuid, ${at}::timestamptz, ${isDone ? at : null}::timestamptz) returning number, day::text as day`)
  await tx.run(sql`insert into handover_customers (partner_id, handover_id, customer_id, state) select ${desk.partnerId}::uuid, ${id}::uuid, c, ${isDone ? 'MOVED' : 'PLANNED'} from unnest(${list(idsOf(customers))}::uuid[]) c`)
  if (!made) throw new Error('no handover was made')
  return made
}

const logged = (at: Date, operation: 'assignment.assigned' | 'assignment.changed' | 'assignment.reclaimed', { id, number }: Own, details: Record<string, string>): Logged =>
  ({ at, by: '', requestId: uuidFrom(`${operation} ${id}`), facts: { operation, objectKind: 'customer', objectNumber: number, customerId: id, details } })
