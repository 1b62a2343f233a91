import { randomUUID } from 'node:crypto'
import * as z from 'zod/mini'
import { sql } from '#server/db/query.ts'
import type { Database } from '#server/db/transaction.ts'
import { signIn, type ConsoleClient } from '#server/testing/console-client.ts'
import { makeLoadPartner, type LoadPartner } from '#server/testing/load-partner.ts'
import { median } from './figures.ts'
import { forgetLookUps } from './lists.ts'

export const lineSizes = [500, 50_000] as const
type Shape = { path: string; body: Record<string, unknown> }
/** Each is asked with the statement; the first two are what the detail opens with. */
const views: Record<string, Record<string, unknown>> = {
  'the statement': {}, 'its lines': {}, 'by order of the file': { sort: 'period' }, 'page 25': { page: 25, pageSize: 20 }, 'a product type': { filter: { productType: '云产品17' } }, 'a billing mode': { filter: { billingMode: 'ONE_TIME' } }, 'with feedback': { filter: { feedbackState: 'OPEN' } }, 'without feedback': { filter: { feedbackState: 'none' } },
  'one order': { filter: { order: 'CS42' } }, 'part of a name': { lookup: { name: 'yu499' } }, 'part of every name': { lookup: { name: 'qingyu' } }, 'last four digits': { lookup: { mobile: '0042' } }, 'the bar of tax': { filter: { bar: 'tax' } }, 'the list of statements': {},
}
export type IncentiveFigure = { view: string; /** Medians in milliseconds. */ small: number; large: number; smallTotal: number; largeTotal: number }

const accountOf = (lines: number) => `incentives-${lines}`

/** A partner of 500 customers with one statement of each size. */
export async function makeIncentivePartners(database: Database): Promise<void> {
  for (const lines of lineSizes) await fill(database, await makeLoadPartner(database, { account: accountOf(lines), members: 1, customers: 500, topUpMinor: 1_00n }), lines)
}

async function fill(database: Database, partner: LoadPartner, lines: number): Promise<void> {
  const [program, statement] = [randomUUID(), randomUUID()]
  await database.inGlobal((tx, now) => tx.run(sql`insert into incentive_programs (id, code, name_zh, name_en, kind, on_deadline, working_days, payout_options, tax_basis_points, created_at)
    values (${program}::uuid, ${accountOf(lines).toUpperCase()}, '销售激励', 'Sales', 'sales', 'AUTO_CONFIRM', 40, '{TOP_UP}', 600, ${now}::timestamptz)`))
  await database.inTenant(partner.id, async (tx, now) => {
    await tx.run(sql`insert into incentive_statements (partner_id, id, number, program_id, period, is_negative, state, created_at) values (${partner.id}::uuid, ${statement}::uuid, ${`IS${lines}`}, ${program}::uuid, '2026-10-01', false, 'ESTIMATED', ${now}::timestamptz)`)
    // In slices, each within the time a statement may take. A hundred product types and rare feedback, so that a filter finds its share of a large statement as of a small one.
    for (let from = 1; from <= lines; from += 5_000) await tx.run(sql`insert into incentive_lines (partner_id, id, statement_id, seq, number, is_negative, customer_id, order_number, data_number, product_type, billing_mode, association_type, base_amount, rate, incentive, tax, feedback_state)
      select ${partner.id}::uuid, gen_random_uuid(), ${statement}::uuid, n, 'IS-' || n, false, c.id, 'CS' || n, 'D' || n, '云产品' || n % 100, (array['PAY_PER_USE','YEARLY_MONTHLY','ONE_TIME'])[1 + n % 3], 'RESALE', 100000 + n * 7919 % 900000, 100000, 10000 + n * 7919 % 90000, 600,
             case when n % 500 = 42 then 'OPEN' end
        from generate_series(${from}::int, ${Math.min(from + 4_999, lines)}::int) n join (select id, row_number() over (order by number) as place from customers where partner_id = ${partner.id}::uuid) c on c.place = 1 + n % 500`)
  })
}

const Found = z.object({ total: z.optional(z.int()), lines: z.optional(z.int()), items: z.optional(z.array(z.object({ id: z.string() }))) })

async function ask(client: ConsoleClient, method: 'GET' | 'POST', { path, body }: Shape): Promise<z.infer<typeof Found>> {
  const { status, text } = await client.send(method, path, method === 'GET' ? undefined : body)
  if (status !== 200) throw new Error(`${path} was answered ${status}: ${text}`)
  return Found.parse(JSON.parse(text))
}

/** @param samples reads per view and size, in turns. */
export async function measureIncentives(database: Database, url: string, samples: number): Promise<IncentiveFigure[]> {
  const password = 'load-partner-password'
  const sides = await Promise.all(lineSizes.map(async (lines) => {
    const client = await signIn(url, { account: accountOf(lines), member: 'p1', password })
    const { items: [statement] = [] } = await ask(client, 'POST', { path: '/api/incentives/statements/query', body: {} })
    return { client, statementId: statement?.id ?? '', times: Array.of<number>(), total: 0 }
  }))
  const figures: IncentiveFigure[] = []
  for (const [view, body] of Object.entries(views)) {
    for (const side of sides) side.times = []
    for (let sample = -5; sample < samples; sample++) {
      if (sample % 20 === 0) await forgetLookUps(database)
      for (const side of sides) {
        const from = performance.now()
        const found = view === 'the statement' ? await ask(side.client, 'GET', { path: `/api/incentives/statements/${side.statementId}`, body: {} })
          : view === 'the list of statements' ? await ask(side.client, 'POST', { path: '/api/incentives/statements/query', body })
            : await ask(side.client, 'POST', { path: '/api/incentives/lines/query', body: { ...body, filter: { statementId: side.statementId, ...(typeof body['filter'] === 'object' ? body['filter'] : {}) } } })
        if (sample >= 0) side.times.push(performance.now() - from)
        side.total = found.total ?? found.lines ?? 0
      }
    }
    const [small, large] = sides
    if (small && large) figures.push({ view, small: median(small.times), large: median(large.times), smallTotal: small.total, largeTotal: large.total })
  }
  for (const { client } of sides) client.close()
  return figures
}
