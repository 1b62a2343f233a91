import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import * as z from 'zod/mini'
import { list, sql } from '#server/db/query.ts'
import type { Database } from '#server/db/transaction.ts'
import { signIn, type ConsoleClient } from '#server/testing/console-client.ts'
import type { ServerProcess } from '#server/testing/server-process.ts'
import { median } from './figures.ts'
import { accountOf, forgetLookUps, password, sizes } from './lists.ts'

export type OrganizationFigure = { what: string; /** Medians in milliseconds. */ small: number; large: number }
export type HandoverFigure = { customers: number; planMs: number; seconds: number; /** How often a look at it showed more moved than before. */ steps: number; rssBefore: number; rssAfter: number }

const batch = 100
const handedOver = 5_000

const Managers = z.object({ items: z.array(z.object({ manager: z.object({ id: z.string() }), customers: z.int() })) })
const Customers = z.object({ items: z.array(z.object({ id: z.string(), number: z.string() })), total: z.int() })
const Plan = z.object({ id: z.string(), state: z.string(), moved: z.int(), customers: z.int() })
const Plans = z.object({ items: z.array(Plan) })

/** One administrator of a partner, and two of its account managers with a hundred customers at least: the first's are taken and given back. */
type Desk = { client: ConsoleClient; from: string; to: string; ids: string[]; number: string }

async function ask<T>(client: ConsoleClient, path: string, body: unknown, answer: z.ZodMiniType<T>, isChange = false): Promise<T> {
  const { status, text } = await client.send('POST', path, body, isChange ? { 'idempotency-key': randomUUID() } : {})
  if (status !== 200) throw new Error(`${path} was answered ${status}: ${text}`)
  return z.parse(answer, JSON.parse(text))
}

async function openDesk(database: Database, url: string, customers: number): Promise<Desk> {
  const account = accountOf(customers)
  const client = await signIn(url, { account, member: '', password })
  const { items } = await ask(client, '/api/assignments/managers/query', {}, Managers)
  const [first, second] = items
  if (!first || !second) throw new Error('there are no account managers')
  await giveUpTo(database, account, first.manager.id, batch)
  const held = await ask(client, `/api/assignments/managers/${first.manager.id}/customers/query`, { pageSize: batch }, Customers)
  return { client, from: first.manager.id, to: second.manager.id, ids: held.items.map(({ id }) => id), number: held.items[0]?.number ?? '' }
}

/** Makes sure that a manager has so many customers, taken from whoever has them: with their history, as an assignment does. */
async function giveUpTo(database: Database, account: string, managerId: string, count: number): Promise<void> {
  const [partner] = await database.inGlobal((tx) => tx.rows<{ id: string }>(sql`select id from partners where account = ${account}`))
  if (!partner) throw new Error(`${account} is not there`)
  await database.inTenant(partner.id, async (tx) => {
    const rows = await tx.rows<{ id: string }>(sql`
      select id from customers where partner_id = ${partner.id} and manager_id is not null and manager_id <> ${managerId}::uuid order by id
       limit greatest(0, ${count}::int - (select count(*)::int from customers where partner_id = ${partner.id} and manager_id = ${managerId}::uuid))`)
    const ids = rows.map(({ id }) => id)
    await tx.run(sql`update assignments set manager_id = ${managerId}::uuid where partner_id = ${partner.id} and ended_at is null and customer_id = any(${list(ids)}::uuid[])`)
    await tx.run(sql`update customers set manager_id = ${managerId}::uuid where partner_id = ${partner.id} and id = any(${list(ids)}::uuid[])`)
  })
}

/** Lists of managers and of one manager's customers, and taking and giving back a hundred at once, of both partners in turns. @param samples of each and size. */
export async function measureOrganization(database: Database, url: string, samples: number): Promise<OrganizationFigure[]> {
  const [small, large] = [await openDesk(database, url, sizes[0]), await openDesk(database, url, sizes[1])]
  const wanted: { what: string; act: (desk: Desk) => Promise<unknown> }[] = [
    { what: 'account managers, most customers first', act: ({ client }) => ask(client, '/api/assignments/managers/query', {}, Managers) },
    { what: 'account managers, most expenditure first', act: ({ client }) => ask(client, '/api/assignments/managers/query', { sort: '-monthExpenditure' }, Managers) },
    { what: 'whose customer a number is', act: ({ client, number }) => ask(client, '/api/assignments/managers/query', { filter: { customerNumber: number } }, Managers) },
    { what: 'a manager\'s customers', act: ({ client, from }) => ask(client, `/api/assignments/managers/${from}/customers/query`, {}, Customers) },
    { what: `reclaim of ${batch}`, act: ({ client, from, ids }) => ask(client, '/api/assignments/reclaims', { managerId: from, customerIds: ids }, z.object({ count: z.int() }), true) },
    { what: `assignment of ${batch}`, act: ({ client, from, ids }) => ask(client, '/api/assignments', { managerId: from, customerIds: ids }, z.object({ count: z.int() }), true) },
  ]
  const times = wanted.map(() => ({ small: Array.of<number>(), large: Array.of<number>() }))
  for (let sample = -3; sample < samples; sample++) {
    if (sample % 20 === 0) await forgetLookUps(database)
    for (const [place, { act }] of wanted.entries()) {
      for (const [size, desk] of [['small', small], ['large', large]] as const) {
        const from = performance.now()
        await act(desk)
        if (sample >= 0) times[place]?.[size].push(performance.now() - from)
      }
    }
  }
  small.client.close()
  large.client.close()
  return wanted.map(({ what }, place) => ({ what, small: median(times[place]?.small ?? []), large: median(times[place]?.large ?? []) }))
}

/** Hands 5,000 customers of the large partner over, as a job whose progress is looked at, and tells what the server's process grew by. */
export async function measureHandover(database: Database, server: ServerProcess): Promise<HandoverFigure> {
  const desk = await openDesk(database, server.url, sizes[1])
  await giveUpTo(database, accountOf(sizes[1]), desk.from, handedOver)
  const { rss: rssBefore } = await server.usage()
  const day = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
  const begun = performance.now()
  const plan = await ask(desk.client, '/api/handovers', { fromId: desk.from, toId: desk.to, day, customers: { which: 'all', except: [] }, tellCustomers: false }, Plan, true)
  const planMs = performance.now() - begun
  let [moved, steps, isOver] = [0, 0, false]
  while (!isOver) {
    await pause(50)
    const now = (await ask(desk.client, '/api/handovers/query', {}, Plans)).items.find(({ id }) => id === plan.id)
    if (!now || now.state === 'CANCELLED') throw new Error('the handover was not carried out')
    if (now.moved > moved) steps += 1
    moved = now.moved
    isOver = now.state === 'DONE'
  }
  const seconds = (performance.now() - begun) / 1000
  const { rss: rssAfter } = await server.usage()
  desk.client.close()
  return { customers: moved, planMs, seconds, steps, rssBefore, rssAfter }
}
