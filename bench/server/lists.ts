import * as z from 'zod/mini'
import { list, sql } from '#server/db/query.ts'
import { seedLarge } from '#server/db/seed-large.ts'
import type { Database } from '#server/db/transaction.ts'
import { signIn, type ConsoleClient } from '#server/testing/console-client.ts'
import { median } from './figures.ts'

export const sizes = [1_000, 100_000] as const
export const views = ['default view', 'part of a name', 'last four digits', 'page 50'] as const
export type View = (typeof views)[number]
export type ListFigure = { view: View; /** Medians in milliseconds. */ small: number; large: number; /** Rows that match. */ smallTotal: number; largeTotal: number }

/** Account managers of each. */
export const managersOf = { 1_000: 20, 100_000: 200 } as const

export const password = 'bench-partner-password'
export const accountOf = (customers: number) => `bench-${customers}`
/** A brand of the invented companies; one of 40 has it. */
const namePart = '青禾'

export async function makeListPartners(database: Database): Promise<void> {
  for (const customers of sizes) await seedLarge(database, { account: accountOf(customers), customers, password, managers: managersOf[customers] })
}

type Reader = { read(view: View): Promise<number> }

/** Signs administrators of a partner in. @param people who read in turns: one alone may look personal data up 60 times a minute. @returns a reader of the
 *  customer list; each read gives the number of matches. */
export async function openReader(database: Database, url: string, customers: number, people = 1): Promise<Reader & { close(): void }> {
  const account = accountOf(customers)
  const [partner] = await database.inGlobal((tx) => tx.rows<{ id: string }>(sql`select id from partners where account = ${account}`))
  const [some] = await database.inTenant(partner?.id ?? '', (tx) => tx.rows<{ last4: string }>(sql`select mobile_last4 as last4 from customers where partner_id = ${partner?.id} and mobile is not null order by number limit 1`))
  const clients: ConsoleClient[] = []
  for (const member of await addReaders(database, partner?.id ?? '', account, people - 1)) clients.push(await signIn(url, { account, member, password }))
  let turn = 0
  const bodies: Record<View, unknown> = {
    'default view': {}, 'part of a name': { lookup: { name: namePart } }, 'last four digits': { lookup: { mobile: some?.last4 } }, 'page 50': { page: 50, pageSize: 20 },
  }
  const close = () => {
    for (const client of clients) client.close()
  }
  return {
    close,
    read(view) {
      const client = clients[turn++ % clients.length]
      if (!client) throw new Error('nobody is there to read')
      return readList(client, bodies[view])
    },
  }
}

/** @returns names to sign in with: that of the master account, and of so many administrators beside it, who have its password. */
async function addReaders(database: Database, partnerId: string, account: string, count: number): Promise<string[]> {
  const names = Array.from({ length: count }, (_, place) => `reader${place + 1}`)
  await database.inTenant(partnerId, async (tx, now) => {
    await tx.run(sql`insert into members (partner_id, id, login, name, mobile, email, mobile_verified, email_verified, roles, extra_permissions, removed_permissions, language, state, created_at)
      select ${partnerId}::uuid, gen_random_uuid(), name, '阅读者', null, null, false, false, array['administrator'], '{}', '{}', 'en-US', 'ACTIVE', ${now}::timestamptz from unnest(${list(names)}::text[]) as name on conflict do nothing`)
    await tx.run(sql`insert into logins (account, login, password_hash, partner_id, member_id)
      select ${account}, m.login, l.password_hash, m.partner_id, m.id from members m join logins l on l.account = ${account} and l.login = '' where m.partner_id = ${partnerId}::uuid and m.login = any (${list(names)}::text[]) on conflict do nothing`)
  })
  return ['', ...names]
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
