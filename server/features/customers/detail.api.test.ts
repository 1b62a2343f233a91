import { afterAll, beforeAll, expect, test } from 'vitest'
import { getCustomer, getCustomerChoices, putCustomerTag } from '#contract/customers.ts'
import { sql } from '#server/db/query.ts'
import { booksOf } from '#server/ledger/testing-books.ts'
import { createTestApp, type TestApp, type TestPartner } from '#server/testing/app.ts'
import { mountCustomers } from './routes.ts'

let app: TestApp
let partner: TestPartner
beforeAll(async () => {
  app = await createTestApp([mountCustomers])
  partner = await app.newPartner({ topUp: 1_000_000n })
})
afterAll(() => app.close())

test('a customer’s page explains how much can be taken back, line by line', async () => {
  const customer = await app.addCustomer(partner.id, { held: 1000n, unsettled: 200n, arrears: 30n })
  await booksOf(app.database, partner.id).give('top-up', [customer], 100_000n)
  await booksOf(app.database, partner.id).give('top-up', [customer], 50_000n)
  await app.inTenant(partner.id, (tx) => tx.run(sql`insert into expenditures (partner_id, customer_id, month, amount)
    select ${partner.id}::uuid, ${customer.id}::uuid, (date_trunc('month', now() at time zone 'Asia/Shanghai') - make_interval(months => i))::date, 1000 + i from unnest(array[0, 11, 12]) i`))
  const { body } = await partner.admin.call(getCustomer, { params: { id: customer.id } })
  expect(body).toMatchObject({ number: customer.number, balance: '1500.00', allocations: 2, openLots: 2, reclaimable: { balance: '1500.00', own: '0.00', held: '10.00', unsettled: '2.00', arrears: '0.30', reclaimable: '1487.70' } })
  expect(body.expenditureTrend).toHaveLength(12)
  expect(body.expenditureTrend.map(({ amount }) => amount)).toEqual(['10.11', ...Array(10).fill('0.00'), '10.00'])
})

test('a referral customer has no balance and nothing to take back', async () => {
  const customer = await app.addCustomer(partner.id, { associationType: 'REFERRAL' })
  const { body } = await partner.admin.call(getCustomer, { params: { id: customer.id } })
  expect([body.balance, body.reclaimable]).toEqual([null, null])
})

test('a customer of another partner, of another manager and of nobody answer alike', async () => {
  const other = await app.newPartner()
  const foreign = await app.addCustomer(other.id)
  const unassigned = await app.addCustomer(partner.id)
  const manager = await partner.addMember({ role: 'manager' })
  const withoutId = (text: string) => text.replace(/"requestId":"[^"]*"/, '')
  const answers = await Promise.all(['00000000-0000-4000-8000-000000000000', foreign.id, unassigned.id].map((id) => manager.call(getCustomer, { params: { id } })))
  expect(new Set(answers.map(({ status, text }) => `${status} ${withoutId(text)}`)).size).toBe(1)
  expect(answers[0]?.status).toBe(404)
  for (const id of [foreign.id, unassigned.id]) {
    expect((await manager.call(putCustomerTag, { params: { id }, body: { tag: 'mine' } })).status).toBe(404)
  }
  const tags = await Promise.all([partner, other].map(({ id }) => app.inTenant(id, (tx) => tx.rows<{ tag: string }>(sql`select tag from customers where tag <> ''`))))
  expect(tags.flat()).toEqual([])
})

test('a tag is replaced, and the log keeps the earlier one', async () => {
  const customer = await app.addCustomer(partner.id, { tag: '重点' })
  const { body } = await partner.admin.call(putCustomerTag, { params: { id: customer.id }, body: { tag: ' 华南 ' } })
  expect(body.tag).toBe('华南')
  expect((await partner.admin.call(getCustomer, { params: { id: customer.id } })).body.tag).toBe('华南')
  const [entry] = await app.inTenant(partner.id, (tx) => tx.rows<{ number: string; details: unknown }>(sql`select object_number as number, details from log_entries where operation = 'customer.tag' and customer_id = ${customer.id}`))
  expect(entry).toEqual({ number: customer.number, details: { before: '重点', after: '华南' } })
  expect((await partner.admin.call(putCustomerTag, { params: { id: customer.id }, body: { tag: '' } })).body.tag).toBe('')
  for (const tag of ['x'.repeat(65), 'http://evil.example', 'a@b.example', 'abc\u202Edef']) {
    const { status, problem } = await partner.admin.call(putCustomerTag, { params: { id: customer.id }, body: { tag } })
    expect([tag, status, problem.fields?.[0]?.path, problem.fields?.[0]?.code]).toEqual([tag, 400, expect.stringMatching(/tag$/), 'tag'])
  }
  const director = await partner.addMember({ role: 'director' })
  expect((await director.call(putCustomerTag, { params: { id: customer.id }, body: { tag: 'x' } })).problem.code).toBe('no_permission')
})

test('the choices of the filters are those of the person’s scope', async () => {
  const own = await app.newPartner()
  const director = await own.addMember({ role: 'director' })
  const [mine, peer] = [await own.addMember({ role: 'manager', directorId: director.memberId, name: '王芳' }), await own.addMember({ role: 'manager', name: '李雷' })]
  await app.addCustomer(own.id, { managerId: mine.memberId, tag: 'A' })
  await app.addCustomer(own.id, { managerId: peer.memberId, tag: 'B' })
  await app.addCustomer(own.id, { managerId: peer.memberId, tag: 'B' })
  const choices = async (client: typeof mine) => (await client.call(getCustomerChoices, {})).body
  expect(await choices(mine)).toEqual({ managers: [{ id: mine.memberId, nameMasked: '王*' }], tags: ['A'] })
  expect(await choices(director)).toEqual({ managers: [{ id: mine.memberId, nameMasked: '王*' }], tags: ['A'] })
  expect((await choices(own.admin)).tags).toEqual(['A', 'B'])
  expect((await choices(own.admin)).managers).toHaveLength(2)
})
