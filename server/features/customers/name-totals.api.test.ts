import { afterAll, beforeAll, expect, test } from 'vitest'
import { queryCustomers } from '#contract/customers.ts'
import { sql } from '#server/db/query.ts'
import { seedLarge } from '#server/db/seed-large.ts'
import { createTestApp, type Client, type TestApp } from '#server/testing/app.ts'
import { recallTotal } from './name-totals.ts'
import { mountCustomers } from './routes.ts'

const common = '有限公司'
let app: TestApp
let partnerId: string
let administrator: Client
let manager: Client
beforeAll(async () => {
  app = await createTestApp([mountCustomers])
  ;({ partnerId } = await seedLarge(app.database, { account: 'common', customers: 300, password: 'demo-partner-center' }))
  const people = await app.inTenant(partnerId, (tx) => tx.rows<{ id: string; login: string }>(sql`select id, login from members where partner_id = ${partnerId}`))
  const as = (login: string) => app.signIn(partnerId, people.find((person) => person.login === login)?.id ?? '')
  administrator = await as('')
  manager = await as('manager.1')
})
afterAll(() => app.close())

/** Every page, in both directions: each way to find and count must give the same customers. */
async function everyPage(client: Client, name: string): Promise<{ totals: number[]; found: Set<string> }> {
  const totals: number[] = []
  const found: string[] = []
  for (const sort of ['-associatedAt', 'balance'] as const) {
    for (let page = 1; totals.length === 0 || (page - 1) * 100 < (totals[0] ?? 0); page += 1) {
      const { body } = await client.call(queryCustomers, { body: { lookup: { name }, sort, page, pageSize: 100 } })
      totals.push(body.total)
      found.push(...body.items.map(({ id }) => id))
    }
  }
  expect(found.length).toBe(new Set(found).size * 2)
  return { totals: [...new Set(totals)], found: new Set(found) }
}

async function expectAll(client: Client, name: string): Promise<number> {
  const rows = await app.inTenant(partnerId, (tx) => tx.rows<{ id: string }>(sql`select id from customers where partner_id = ${partnerId}
    and (strpos(lower(normalize(name, NFKC)), normalize(${name}, NFKC)) > 0 or strpos(lower(account_name), ${name}) > 0 or tag = ${name}) and (${client === administrator}::boolean or manager_id = ${client.memberId})`))
  const { totals, found } = await everyPage(client, name)
  expect([name, totals, found]).toEqual([name, [rows.length], new Set(rows.map(({ id }) => id))])
  app.travel(61)
  return rows.length
}

test('a part that most names hold is counted right, while customers come, get other names and are tagged', async () => {
  const before = await expectAll(administrator, common)
  expect(before).toBeGreaterThan(200)
  expect(recallTotal(partnerId, common)?.total).toBe(before)
  expect(await expectAll(administrator, common)).toBe(before)

  await app.addCustomer(partnerId, { name: '新来的有限公司' })
  expect(await expectAll(administrator, common)).toBe(before + 1)
  const renamed = await app.addCustomer(partnerId, { name: '叫别的' })
  expect(await expectAll(administrator, common)).toBe(before + 1)
  await app.inTenant(partnerId, (tx) => tx.run(sql`update customers set name = '改成有限公司' where id = ${renamed.id}`))
  expect(await expectAll(administrator, common)).toBe(before + 2)
  await app.inTenant(partnerId, (tx) => tx.run(sql`update customers set name = '又叫别的' where id = ${renamed.id}`))
  expect(await expectAll(administrator, common)).toBe(before + 1)
  await app.inTenant(partnerId, (tx) => tx.run(sql`update customers set tag = ${common} where id = ${renamed.id} or number = (select max(number) from customers where name like '%有限公司')`))
  expect(await expectAll(administrator, common)).toBe(before + 2)
})

test('what was counted for the partner is nobody else’s: a manager counts the own customers, and a filter its own rows', async () => {
  const all = await expectAll(administrator, common)
  const own = await expectAll(manager, common)
  expect(own).toBeGreaterThan(0)
  expect(own).toBeLessThan(all / 2)
  const { body } = await administrator.call(queryCustomers, { body: { lookup: { name: common }, filter: { associationType: 'REFERRAL' } } })
  expect(body.total).toBeLessThan(all / 2)
  const stranger = await app.newPartner()
  expect((await stranger.admin.call(queryCustomers, { body: { lookup: { name: common } } })).body.total).toBe(0)
})

test('parts of two, of several and of many characters find the same with a count kept and without one', async () => {
  for (const name of ['公司', '科技', '科技有限公司', 'g0', '合伙企业（有限合伙）']) expect(await expectAll(administrator, name)).toBe(await expectAll(administrator, name))
})

test('a rename that is rolled back leaves the count in use, one that is kept ends it', async () => {
  const all = await expectAll(administrator, common)
  const version = () => app.inTenant(partnerId, (tx) => tx.rows<{ names_version: string }>(sql`select names_version from customer_totals where partner_id = ${partnerId}`))
  const [kept] = await version()
  await app.inTenant(partnerId, async (tx) => {
    await tx.run(sql`update customers set name = name || '一' where partner_id = ${partnerId}`)
    throw new Error('changed their mind')
  }).catch(() => undefined)
  expect(await version()).toEqual([kept])
  await app.inTenant(partnerId, (tx) => tx.run(sql`update customers set name = name || '二' where partner_id = ${partnerId} and name like '%有限公司'`))
  const [later] = await version()
  expect(later).not.toEqual(kept)
  expect(await expectAll(administrator, common)).toBe(all)
})
