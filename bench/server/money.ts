import { randomUUID } from 'node:crypto'
import pg from 'pg'
import * as z from 'zod/mini'
import type { Database } from '#server/db/transaction.ts'
import { sql } from '#server/db/query.ts'
import { confirmByClick, openClient, signIn, type ConsoleClient } from '#server/testing/console-client.ts'
import type { LoadCustomer, LoadPartner } from '#server/testing/load-partner.ts'
import { callFreeze, callMove, raiseFence, type ByHand } from './by-hand.ts'

/** One of the clients: moves money to one of its own customers, and back with the next call. */
export type Mover = { move(): Promise<void>; close(): void | Promise<void> }
type Kind = 'allocate' | 'reclaim'
/** Whom a client acts for: a member of a partner, by its place among so many. */
export type Place = { partner: LoadPartner; member: number; of: number }

const amount = '1.00'
const amountMinor = 100

/** Which customers belong to which client: nobody else moves their money, so no call is ever refused. */
function shareOf(partner: LoadPartner, client: number, clients: number): LoadCustomer[] {
  return partner.customers.filter((_, index) => index % clients === client)
}

function alternate(customers: readonly LoadCustomer[], move: (kind: Kind, customer: LoadCustomer) => Promise<void>): Mover['move'] {
  let turn = 0
  return async () => {
    const customer = customers[Math.floor(turn / 2) % customers.length]
    if (!customer) throw new Error('a client without customers')
    turn += 1
    await move(turn % 2 === 1 ? 'allocate' : 'reclaim', customer)
  }
}

/** @returns one client per place through HTTP: two requests per operation, the second with the proof of the first. @param onRequest told of each request's kind and time in ms. */
export async function moversThroughHttp(url: string, places: readonly Place[], onRequest: (kind: string, ms: number) => void = () => undefined): Promise<Mover[]> {
  return await Promise.all(places.map(async ({ partner, member, of }) => {
    const client = timed(await signIn(url, { account: partner.account, member: partner.members[member]?.login ?? '', password: partner.password }), onRequest)
    const move = alternate(shareOf(partner, member, of), async (kind, { id }) => {
      const [path, body] = kind === 'allocate' ? ['/api/funds/allocations', { from: 'top-up', items: [{ customerId: id, amount }] }] as const : ['/api/funds/reclaims', { items: [{ customerId: id, amount }] }] as const
      const { status, text } = await confirmByClick(client, path, body, randomUUID())
      if (status !== 200) throw new Error(`${kind} was answered ${status}: ${text}`)
    })
    return { move, close: () => client.close() }
  }))
}

function timed(client: ConsoleClient, onRequest: (kind: string, ms: number) => void): ConsoleClient {
  return {
    close: client.close,
    async send(method, path, body, headers) {
      const from = performance.now()
      const answer = await client.send(method, path, body, headers)
      onRequest(`${path.endsWith('allocations') ? 'allocate' : 'reclaim'}, ${headers?.['x-proof-id'] ? 'confirmed' : 'first'}`, performance.now() - from)
      return answer
    },
  }
}

/** @returns what a client of the functions asks for, one call after the other. */
async function callsOf(database: Database, { partner, member, of }: Place, call: (asked: ByHand) => Promise<void>): Promise<Mover['move']> {
  const [source] = await database.inTenant(partner.id, (tx) => tx.rows<{ id: string }>(sql`select id from accounts where partner_id = ${partner.id} and kind = 'top-up'`))
  const always = { partnerId: partner.id, memberId: partner.members[member]?.id ?? '', sessionId: randomUUID(), sourceId: source?.id ?? '', amount: amountMinor }
  return alternate(shareOf(partner, member, of), (kind, { id, accountId }) => call({ ...always, kind, customerId: id, accountId, key: randomUUID() }))
}

/** @param calls per operation: everything in one, or the proof in one and its use in another, as in the product.
 *  @returns one connection per place that calls the functions written by hand, under the same role and fence as the product. */
export async function moversByHand(database: Database, databaseUrl: string, places: readonly Place[], calls: 1 | 2): Promise<Mover[]> {
  return await Promise.all(places.map(async (place) => {
    const connection = new pg.Client({ connectionString: databaseUrl })
    await connection.connect()
    await raiseFence(connection, place.partner.id)
    const move = await callsOf(database, place, async (asked) => void await callMove(connection, asked, calls === 1 ? null : await callFreeze(connection, asked)))
    return { move, close: () => connection.end() }
  }))
}

const Frozen = z.object({ proof: z.string() })

/** @param url of a bare server. @returns one client per place that asks it for the same two calls over HTTP, from the same client as the product's. */
export async function moversThroughBareServer(database: Database, url: string, places: readonly Place[]): Promise<Mover[]> {
  return await Promise.all(places.map(async (at, place) => {
    const client = openClient(url)
    const ask = async (path: string, body: unknown) => {
      const { status, text } = await client.send('POST', path, body)
      if (status !== 200) throw new Error(`${path} was answered ${status}: ${text}`)
      return text
    }
    const move = await callsOf(database, at, async (call) => {
      const { proof } = Frozen.parse(JSON.parse(await ask('/freeze', { place, call, proof: null })))
      await ask('/move', { place, call, proof })
    })
    return { move, close: client.close }
  }))
}

/** Removes the messages of the functions, which wait for a day that never comes: the product's workers would walk over them. */
export async function clearByHand(database: Database): Promise<void> {
  await database.engine.script(`delete from messages where due_at > now() + interval '30 days'`)
  // What was planned while the tables were empty would read them whole from then on; a database that runs for longer than a minute sees to that itself.
  for (const table of ['messages', 'pgboss.job_common', 'accounts', 'log_heads', 'proofs', 'transfers', 'entries', 'adjustments', 'lots', 'lot_moves', 'request_keys', 'log_entries']) await database.engine.script(`vacuum analyze ${table}`)
}

/** Lets all clients work as fast as they can. @returns operations per second. */
export async function throughput(movers: readonly Mover[], seconds: number): Promise<number> {
  const from = performance.now()
  const until = from + seconds * 1000
  let done = 0
  await Promise.all(movers.map(async (mover) => {
    while (performance.now() < until) {
      await mover.move()
      done += 1
    }
  }))
  return done / ((performance.now() - from) / 1000)
}
