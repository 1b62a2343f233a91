import * as z from 'zod/mini'
import { sql } from '#server/db/query.ts'
import { seedLarge } from '#server/db/seed-large.ts'
import type { Database } from '#server/db/transaction.ts'
import { signIn, type ConsoleClient } from '#server/testing/console-client.ts'
import { median } from './figures.ts'

export const sizes = [1_000, 100_000] as const
export const views = ['default view', 'part of a name', 'last four digits', 'page 50'] as const
export type View = (typeof views)[number]
export type ListFigure = { view: View; /** Medians in milliseconds. */ small: number; large: number; /** Rows that match. */ smallTotal: number; largeTotal: number }

const password = 'bench-partner-password'
const accountOf = (customers: number) => `bench-${customers}`
/** A brand of the invented companies; one of 40 has it. */
const namePart = '青禾'

export async function makeListPartners(database: Database): Promise<void> {
  for (const customers of sizes) await seedLarge(database, { account: accountOf(customers), customers, password })
}

type Reader = { read(view: View): Promise<number> }

/** Signs the administrator of a partner in. @param connections for reads at once. @returns a reader of the customer list; each read gives the number of matches. */
export async function openReader(database: Database, url: string, customers: number, connections = 1): Promise<Reader & { close(): void }> {
  const account = accountOf(customers)
  const [partner] = await database.inGlobal((tx) => tx.rows<{ id: string }>(sql`select id from partners where account = ${account}`))
  const [some] = await database.inTenant(partner?.id ?? '', (tx) => tx.rows<{ last4: string }>(sql`select mobile_last4 as last4 from customers where partner_id = ${partner?.id} and mobile is not null order by number limit 1`))
  const client = await signIn(url, { account, member: '', password }, connections)
  const bodies: Record<View, unknown> = {
    'default view': {}, 'part of a name': { lookup: { name: namePart } }, 'last four digits': { lookup: { mobile: some?.last4 } }, 'page 50': { page: 50, pageSize: 20 },
  }
  return { close: () => client.close(), read: (view) => readList(client, bodies[view]) }
}

const List = z.object({ items: z.array(z.unknown()), total: z.int() })

async function readList(client: ConsoleClient, body: unknown): Promise<number> {
  const { status, text } = await client.send('POST', '/api/customers/query', body)
  if (status !== 200) throw new Error(`the list was answered ${status}: ${text}`)
  const { items, total } = List.parse(JSON.parse(text))
  if (items.length === 0) throw new Error('the list is empty')
  return total
}

/** Nobody may look up personal data more than 60 times a minute; a measurement may. */
export async function forgetLookUps(database: Database): Promise<void> {
  await database.engine.query(`delete from limits where name = 'look-up'`)
}

/** @param samples reads per view and size, in turns. */
export async function measureLists(database: Database, url: string, samples: number): Promise<ListFigure[]> {
  const [small, large] = await Promise.all([openReader(database, url, sizes[0]), openReader(database, url, sizes[1])])
  const figures: ListFigure[] = []
  for (const view of views) {
    const times: Record<'small' | 'large', number[]> = { small: [], large: [] }
    const totals = { small: 0, large: 0 }
    for (let sample = -5; sample < samples; sample++) {
      if (sample % 20 === 0) await forgetLookUps(database)
      for (const [size, reader] of [['small', small], ['large', large]] as const) {
        const from = performance.now()
        totals[size] = await reader.read(view)
        if (sample >= 0) times[size].push(performance.now() - from)
      }
    }
    figures.push({ view, small: median(times.small), large: median(times.large), smallTotal: totals.small, largeTotal: totals.large })
  }
  small.close()
  large.close()
  return figures
}
