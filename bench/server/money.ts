import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import pg from 'pg'
import type { Database } from '#server/db/transaction.ts'
import { sql } from '#server/db/query.ts'
import { confirmByClick, signIn, type ConsoleClient } from '#server/testing/console-client.ts'
import type { LoadCustomer, LoadPartner } from '#server/testing/load-partner.ts'

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

/** Makes the functions of by-hand.sql in the database. */
export async function installByHand(database: Database): Promise<void> {
  await database.engine.script(readFileSync(new URL('by-hand.sql', import.meta.url), 'utf8'))
}

/** @param calls per operation: everything in one, or the proof in one and its use in another, as in the product.
 *  @returns one connection per place that calls the functions written by hand, under the same role and fence as the product. */
export async function moversByHand(database: Database, databaseUrl: string, places: readonly Place[], calls: 1 | 2): Promise<Mover[]> {
  return await Promise.all(places.map(async ({ partner, member, of }) => {
    const [source] = await database.inTenant(partner.id, (tx) => tx.rows<{ id: string }>(sql`select id from accounts where partner_id = ${partner.id} and kind = 'top-up'`))
    const connection = new pg.Client({ connectionString: databaseUrl })
    await connection.connect()
    await connection.query(`set role app; set app.partner_ids = '{${partner.id}}'`)
    const session = randomUUID()
    const move = alternate(shareOf(partner, member, of), async (kind, { id, accountId }) => {
      const who = [partner.id, partner.members[member]?.id, session]
      const frozen = calls === 1 ? undefined : await connection.query<{ proof: string }>({ name: 'freeze', text: 'select by_hand_freeze($1, $2, $3, $4, $5, $6) as proof', values: [...who, `funds.${kind}`, id, amountMinor] })
      await connection.query({
        name: kind, text: `select by_hand_${kind}($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        values: [...who, id, accountId, source?.id, amountMinor, randomUUID(), frozen?.rows[0]?.proof ?? null],
      })
    })
    return { move, close: () => connection.end() }
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
