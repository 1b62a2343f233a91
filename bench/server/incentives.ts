import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import * as z from 'zod/mini'
import { sql } from '#server/db/query.ts'
import type { Database } from '#server/db/transaction.ts'
import { assign } from '#server/operations/assign.ts'
import { signIn, type ConsoleClient } from '#server/testing/console-client.ts'
import { makeLoadPartner, type LoadPartner } from '#server/testing/load-partner.ts'
import type { ServerProcess } from '#server/testing/server-process.ts'
import { median } from './figures.ts'
import { forgetLookUps } from './lists.ts'

export const lineSizes = [500, 50_000] as const
type Shape = { path: string; body: Record<string, unknown> }
/** The administrator; two account managers, of a tenth and of a half of the customers; their director. */
const people = { administrator: 'p1', 'account manager': 'm1', 'manager of half': 'm2', director: 'd1' } as const
type Person = keyof typeof people
/** What the administrator asks, each with the statement; the first two are what the detail opens with. `m1` stands for the id of that manager. */
const views: Record<string, Record<string, unknown>> = {
  'the statement': {}, 'its lines': {}, 'by order of the file': { sort: 'period' }, 'page 2': { page: 2, pageSize: 20 }, 'page 25': { page: 25, pageSize: 20 }, 'a product type': { filter: { productType: '云产品17' } }, 'a billing mode': { filter: { billingMode: 'PAY_PER_USE' } }, 'a billing mode of few': { filter: { billingMode: 'ONE_TIME' } },
  'an association type of few': { filter: { associationType: 'REFERRAL' } }, 'a billing mode of few, in the order of the file': { filter: { billingMode: 'ONE_TIME' }, sort: 'period' }, 'with feedback': { filter: { feedbackState: 'OPEN' } }, 'without feedback': { filter: { feedbackState: 'none' } },
  'one order': { filter: { order: 'CS42' } }, 'part of a name': { lookup: { name: 'yu499' } }, 'part of every name': { lookup: { name: 'qingyu' } }, 'last four digits': { lookup: { mobile: '0042' } }, 'the bar of tax': { filter: { bar: 'tax' } }, 'the list of statements': {},
  'one customer': { lookup: { name: 'qingyu42' } }, 'customers of one account manager': { filter: { managerId: 'm1' } }, 'customers of the manager of half': { filter: { managerId: 'm2' } }, 'part of every name and a billing mode': { lookup: { name: 'qingyu' }, filter: { billingMode: 'PAY_PER_USE' } },
  'part of every name and a product type': { lookup: { name: 'qingyu' }, filter: { productType: '云产品17' } },
}
/** What everybody else asks: the same within the own scope. */
const scoped = ['the list of statements', 'the statement', 'its lines', 'by order of the file', 'page 2', 'a product type', 'a billing mode', 'a billing mode of few', 'with feedback', 'part of every name', 'the bar of tax']
/** Of the file of all lines, masked: rows a second from the request to the finished file, and by how many bytes the server's memory grew meanwhile. */
export type LineExportFigure = { lines: number; rowsPerSecond: number; growth: number }
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
  await addStaff(database, partner)
  await database.inTenant(partner.id, async (tx, now) => {
    await tx.run(sql`insert into incentive_statements (partner_id, id, number, program_id, period, is_negative, state, created_at) values (${partner.id}::uuid, ${statement}::uuid, ${`IS${lines}`}, ${program}::uuid, '2026-10-01', false, 'ESTIMATED', ${now}::timestamptz)`)
    // In slices, each within the time a statement may take. A hundred product types and rare feedback, so that a filter finds its share of a large statement as of a small one; a customer has lines of
    // several billing modes, of which one is rare.
    for (let from = 1; from <= lines; from += 5_000) await tx.run(sql`insert into incentive_lines (partner_id, id, statement_id, seq, number, is_negative, customer_id, order_number, data_number, product_type, billing_mode, association_type, base_amount, rate, incentive, tax, feedback_state)
      select ${partner.id}::uuid, gen_random_uuid(), ${statement}::uuid, n, 'IS-' || n, false, c.id, 'CS' || n, 'D' || n, '云产品' || n % 100, case when n % 2500 = 7 then 'ONE_TIME' when (n + n / 500) % 2 = 0 then 'PAY_PER_USE' else 'YEARLY_MONTHLY' end, case when n % 2500 = 9 then 'REFERRAL' else 'RESALE' end,
             100000 + n * 7919 % 900000, 100000, 10000 + n * 7919 % 90000, 600, case when n % 500 = 42 then 'OPEN' end
        from generate_series(${from}::int, ${Math.min(from + 4_999, lines)}::int) n join (select id, row_number() over (order by number) as place from customers where partner_id = ${partner.id}::uuid) c on c.place = 1 + n % 500`)
  })
}

/** The first manager has 50 of the 500 customers, the second 250. */
async function addStaff(database: Database, partner: LoadPartner): Promise<void> {
  const [director, first, second] = [randomUUID(), randomUUID(), randomUUID()]
  await database.inTenant(partner.id, async (tx, now) => {
    for (const [id, login, role, over] of [[director, people.director, 'director', null], [first, people['account manager'], 'manager', director], [second, people['manager of half'], 'manager', director]] as const) {
      await tx.run(sql`insert into members (partner_id, id, login, name, mobile, email, mobile_verified, email_verified, roles, extra_permissions, removed_permissions, director_id, language, state, created_at)
        values (${partner.id}::uuid, ${id}::uuid, ${login}, '林亦舟', null, null, false, false, array[${role}]::text[], '{}', '{}', ${over}::uuid, 'en-US', 'ACTIVE', ${now}::timestamptz)`)
      await tx.run(sql`insert into logins (account, login, password_hash, partner_id, member_id) select account, ${login}, password_hash, partner_id, ${id}::uuid from logins where partner_id = ${partner.id}::uuid and login = 'p1'`)
    }
    const customers = await tx.rows<{ id: string }>(sql`select id from customers where partner_id = ${partner.id}::uuid order by number limit 300`)
    for (const [managerId, own] of [[first, customers.slice(0, 50)], [second, customers.slice(50)]] as const) await assign(tx, now, { partnerId: partner.id, customerIds: own.map(({ id }) => id), managerId, by: 'vendor', memberId: null })
  })
}

const Found = z.object({ total: z.optional(z.int()), lines: z.optional(z.int()), items: z.optional(z.array(z.object({ id: z.string() }))) })

async function ask(client: ConsoleClient, method: 'GET' | 'POST', { path, body }: Shape): Promise<z.infer<typeof Found>> {
  const { status, text } = await client.send(method, path, method === 'GET' ? undefined : body)
  if (status !== 200) throw new Error(`${path} was answered ${status}: ${text}`)
  return Found.parse(JSON.parse(text))
}

type Side = { lines: number; clients: Record<Person, ConsoleClient>; statementId: string; managers: Record<string, string> }

async function openSide(database: Database, url: string, lines: number): Promise<Side> {
  const as = (person: Person) => signIn(url, { account: accountOf(lines), member: people[person], password: 'load-partner-password' })
  const clients = { administrator: await as('administrator'), 'account manager': await as('account manager'), 'manager of half': await as('manager of half'), director: await as('director') }
  const { items: [statement] = [] } = await ask(clients.administrator, 'POST', { path: '/api/incentives/statements/query', body: {} })
  const [partner] = await database.inGlobal((tx) => tx.rows<{ id: string }>(sql`select id from partners where account = ${accountOf(lines)}`))
  const members = await database.inTenant(partner?.id ?? '', (tx) => tx.rows<{ login: string; id: string }>(sql`select login, id from members where partner_id = ${partner?.id}`))
  return { lines, clients, statementId: statement?.id ?? '', managers: Object.fromEntries(members.map(({ login, id }) => [login, id])) }
}

const Filter = z.record(z.string(), z.unknown())

/** Asks for one view. @returns how many were found. */
async function look({ clients, statementId, managers }: Side, person: Person, view: string): Promise<number> {
  const client = clients[person]
  const { filter = {}, ...body } = views[view] ?? {}
  const of = Filter.parse(filter)
  const managerId = managers[String(of['managerId'])]
  const found = view === 'the statement' ? await ask(client, 'GET', { path: `/api/incentives/statements/${statementId}`, body: {} })
    : view === 'the list of statements' ? await ask(client, 'POST', { path: '/api/incentives/statements/query', body })
      : await ask(client, 'POST', { path: '/api/incentives/lines/query', body: { ...body, filter: { statementId, ...of, ...(managerId !== undefined && { managerId }) } } })
  return found.total ?? found.lines ?? 0
}

/** @param samples reads per view and size, in turns. */
export async function measureIncentives(database: Database, url: string, samples: number): Promise<IncentiveFigure[]> {
  const sides = await Promise.all(lineSizes.map((lines) => openSide(database, url, lines)))
  const figures: IncentiveFigure[] = []
  const asked: [Person, string][] = [...Object.keys(views).map((view): [Person, string] => ['administrator', view]), ...(['account manager', 'manager of half', 'director'] as const).flatMap((person) => scoped.map((view): [Person, string] => [person, view]))]
  for (const [person, view] of asked) {
    const found = sides.map((side) => ({ side, times: Array.of<number>(), total: 0 }))
    for (let sample = -5; sample < samples; sample++) {
      if (sample % 20 === 0) await forgetLookUps(database)
      for (const one of found) {
        const from = performance.now()
        one.total = await look(one.side, person, view)
        if (sample >= 0) one.times.push(performance.now() - from)
      }
    }
    const [small, large] = found
    if (small && large) figures.push({ view: person === 'administrator' ? view : `${person}: ${view}`, small: median(small.times), large: median(large.times), smallTotal: small.total, largeTotal: large.total })
  }
  for (const { clients } of sides) for (const client of Object.values(clients)) client.close()
  return figures
}

const Task = z.object({ id: z.string(), state: z.string(), rows: z.nullable(z.int()) })
const Tasks = z.object({ items: z.array(Task) })

/** Exports all lines of each statement as a masked file. @param turns files of each size, in turns; the first counts for nothing. */
export async function measureLineExports(database: Database, server: ServerProcess, turns: number): Promise<LineExportFigure[]> {
  const sides = await Promise.all(lineSizes.map((lines) => openSide(database, server.url, lines)))
  const found = sides.map((side) => ({ side, rates: Array.of<number>(), growths: Array.of<number>() }))
  for (let turn = 0; turn <= turns; turn++) {
    for (const { side, rates, growths } of found) {
      const { rss } = await server.usage()
      const from = performance.now()
      const rows = await exportLines(side)
      const seconds = (performance.now() - from) / 1000
      if (turn === 0) continue
      rates.push(rows / seconds)
      growths.push((await server.usage()).rss - rss)
    }
  }
  for (const { clients } of sides) for (const client of Object.values(clients)) client.close()
  return found.map(({ side, rates, growths }) => ({ lines: side.lines, rowsPerSecond: median(rates), growth: Math.max(...growths) }))
}

async function exportLines({ clients: { administrator }, statementId }: Side): Promise<number> {
  const made = await administrator.send('POST', '/api/exports', { request: { content: 'incentive-lines', filter: { statementId } }, language: 'en-US' }, { 'idempotency-key': randomUUID() })
  let task: z.infer<typeof Task> | undefined = Task.parse(JSON.parse(made.text))
  const { id } = task
  while (task?.state === 'QUEUED' || task?.state === 'RUNNING') {
    await pause(10)
    task = Tasks.parse(JSON.parse((await administrator.send('POST', '/api/exports/query', {})).text)).items.find((one) => one.id === id)
  }
  if (!task?.rows) throw new Error(`the export ended as ${task?.state}`)
  return task.rows
}
