import { afterAll, beforeAll, expect, test } from 'vitest'
import { CustomerFilter, queryCustomers } from '#contract/customers.ts'
import { getHome } from '#contract/home.ts'
import { sql } from '#server/db/query.ts'
import { mountCustomers } from '#server/features/customers/routes.ts'
import { booksOf } from '#server/ledger/testing-books.ts'
import { createTestApp, type Client, type TestApp } from '#server/testing/app.ts'
import { queryStatements } from '#contract/incentives.ts'
import { mountIncentives } from '#server/features/incentives/routes.ts'
import { newStatement } from '#server/testing/incentives.ts'
import { mountHome } from './routes.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp([mountHome, mountCustomers, mountIncentives])
})
afterAll(() => app.close())

const home = async (client: Client) => (await client.call(getHome, {})).body

/** As an address holds a filter: texts only. */
const filterOf = (query: string) => CustomerFilter.parse(Object.fromEntries([...new URLSearchParams(query)].filter(([name]) => name !== 'sort').map(([name, value]) => [name, /^\d+$/.test(value) ? Number(value) : value])))

async function newStory() {
  const partner = await app.newPartner({ topUp: 100_000n, credit: 50_000n })
  const manager = await partner.addMember({ role: 'manager' })
  const funded = await app.addCustomer(partner.id, { managerId: manager.memberId })
  await app.addCustomer(partner.id, { managerId: manager.memberId, state: 'ACCOUNT_FROZEN', freezeCause: 'NEW_ASSOCIATION' })
  await app.addCustomer(partner.id, { associationType: 'REFERRAL' })
  const owing = await app.addCustomer(partner.id, { arrears: 5n, state: 'RESOURCES_FROZEN' })
  const books = booksOf(app.database, partner.id)
  await books.give('top-up', [funded], 30_000n)
  await books.give('credit', [owing], 10_000n)
  await books.takeBack(funded, 4_000n)
  await books.spend(funded, 1_000n)
  await app.inTenant(partner.id, (tx, now) => tx.run(sql`update customers set next_expiry = ${new Date(now.getTime() + 3 * 86_400_000)}, budget_type = 'MONTHLY', budget_amount = 100, budget_used = 150 where id = ${funded.id}`))
  await app.inTenant(partner.id, (tx, now) => tx.run(sql`update customers set frozen_at = ${now} where id = ${owing.id}`))
  return { partner, manager, funded, owing }
}

test('home shows the money, the customers and this month', async () => {
  const { partner } = await newStory()
  const body = await home(partner.admin)
  expect(body.balances).toEqual({ topUpAvailable: '740.00', creditAvailable: '400.00', creditLimit: '500.00', allocated: '350.00' })
  expect(body.customers).toEqual({ total: 4, resale: 3, referral: 1, frozen: 2 })
  expect(body.monthExpenditure).toBe('10.00')
  expect(body.trend).toHaveLength(12)
  expect(body.trend.at(-1)).toMatchObject({ expenditure: '10.00', allocated: '400.00', reclaimed: '40.00' })
  expect(body.trend.slice(0, -1).every(({ expenditure, allocated }) => expenditure === '0.00' && allocated === '0.00')).toBe(true)
  expect(body.latest.map(({ kind, amount }) => [kind, amount])).toEqual([['reclaim', '40.00'], ['allocate', '100.00'], ['allocate', '300.00']])
})

test('every number of what waits equals the list it leads to, in each scope', async () => {
  const { partner, manager } = await newStory()
  for (const client of [partner.admin, manager]) {
    const { todos, deadlines } = await home(client)
    expect(todos.length).toBeGreaterThan(1)
    for (const { kind, count, filter } of [...todos, ...deadlines]) {
      const { body } = await client.call(queryCustomers, { body: { filter: filterOf(filter) } })
      expect([kind, body.total]).toEqual([kind, count])
      expect(count).toBeGreaterThan(0)
    }
  }
  expect((await home(partner.admin)).todos.map(({ kind, count }) => [kind, count])).toEqual([['unassigned', 2], ['frozen_new', 1], ['no_balance', 1], ['arrears', 1], ['budget_used_up', 1]])
  expect((await home(partner.admin)).deadlines.map(({ kind }) => kind)).toEqual(['resources_expire', 'resources_released'])
})

test('a manager’s home is that of the assigned customers', async () => {
  const { manager } = await newStory()
  const body = await home(manager)
  expect(body.customers.total).toBe(2)
  expect(body.balances?.allocated).toBe('250.00')
  expect(body.trend.at(-1)).toMatchObject({ expenditure: '10.00', allocated: '300.00', reclaimed: '40.00' })
  expect(body.latest.map(({ amount }) => amount)).toEqual(['40.00', '300.00'])
})

test('who may not see money or customers is shown none', async () => {
  const { partner } = await newStory()
  const member = await partner.addMember({ role: 'operator' })
  await app.inTenant(partner.id, (tx) => tx.run(sql`update members set removed_permissions = '{funds.view}' where id = ${member.memberId}`))
  const body = await home(member)
  expect([body.balances, body.latest, body.todos, body.deadlines]).toEqual([null, [], [], []])
  expect(body.trend.at(-1)).toMatchObject({ allocated: '0.00', reclaimed: '0.00' })
})

test('a government-cloud partner, which has no money to allocate, is shown none and is not told to allocate', async () => {
  const partner = await app.newPartner({ type: 'GOVCLOUD' })
  await app.addCustomer(partner.id)
  const body = await home(partner.admin)
  expect([body.balances, body.latest]).toEqual([null, []])
  expect(body.todos.map(({ kind }) => kind)).toEqual(['unassigned'])
})

test('a subsidy partner, which gives coupons and no money, is not told to allocate', async () => {
  const partner = await app.newPartner({ type: 'SUBSIDY' })
  await app.addCustomer(partner.id)
  expect((await home(partner.admin)).todos.map(({ kind }) => kind)).toEqual(['unassigned'])
})

test('a partner that has nothing yet has a home without numbers to chase', async () => {
  const body = await home((await app.newPartner()).admin)
  expect([body.customers.total, body.todos, body.deadlines, body.latest, body.ecosystemManager]).toEqual([0, [], [], [], null])
})

test('statements that wait are counted as their list shows them, with the nearest deadline, for whoever sees and for whoever confirms', async () => {
  const partner = await app.newPartner()
  const [manager, other] = [await partner.addMember({ role: 'manager' }), await partner.addMember({ role: 'manager' })]
  const customer = await app.addCustomer(partner.id, { managerId: manager.memberId })
  await newStatement(app, partner, { lines: [{ customerId: customer.id }] })
  await newStatement(app, partner, { workingDays: 10, period: '2026-09' })
  await newStatement(app, partner, { isEstimated: true, period: '2026-11' })
  const of = async (client: Client) => { const { todos, deadlines } = await home(client); return { todo: todos.find(({ kind }) => kind === 'incentives_to_confirm'), end: deadlines.find(({ kind }) => kind === 'incentives_end') } }
  const { todo, end } = await of(partner.admin)
  const { items, total } = (await partner.admin.call(queryStatements, { body: { filter: { todo: 'confirm' }, sort: 'confirmUntil' } })).body
  expect([todo, end]).toEqual([{ kind: 'incentives_to_confirm', count: total, filter: 'todo=confirm&sort=confirmUntil' }, { kind: 'incentives_end', count: 2, nearest: items[0]?.deadline?.until, filter: 'todo=confirm&sort=confirmUntil' }])
  const theirs = await of(manager)
  expect([theirs.todo, theirs.end?.count, (await of(other)).end]).toEqual([undefined, 1, undefined])
})
