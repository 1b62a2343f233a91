import { afterAll, beforeAll, expect, test } from 'vitest'
import { findObjects } from '#contract/search.ts'
import { sql } from '#server/db/query.ts'
import { booksOf } from '#server/ledger/testing-books.ts'
import { createTestApp, type Client, type TestApp } from '#server/testing/app.ts'
import { newStatement } from '#server/testing/incentives.ts'
import { mountSearch } from './routes.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp([mountSearch])
})
afterAll(() => app.close())

const find = async (client: Client, text: string) => (await client.call(findObjects, { body: { text } })).body.items

test('objects are found by their whole number or id, within what the person may see, and never by a name', async () => {
  const partner = await app.newPartner({ topUp: 100_000n })
  const stranger = await app.newPartner()
  const [manager, operator] = [await partner.addMember({ role: 'manager' }), await partner.addMember({ role: 'operator' })]
  const [one, two] = [await app.addCustomer(partner.id, { name: '云海科技有限公司', mobile: '+8613800138000' }), await app.addCustomer(partner.id)]
  const { number: batch, adjustments } = await booksOf(app.database, partner.id).give('top-up', [one, two], 1000n)
  const [lot] = await app.inTenant(partner.id, (tx) => tx.rows<{ id: string; number: string }>(sql`select id, number from lots where customer_id = ${one.id}`))
  const adjustment = adjustments.find(({ customerId }) => customerId === one.id)
  const named = { nameMasked: '云海***公司', customerId: one.id }

  expect(await find(partner.admin, ` ${one.number.slice(0, 4)} ${one.number.slice(4)}`)).toEqual([{ kind: 'customer', id: one.id, number: one.number, ...named }])
  expect(await find(partner.admin, one.id.toUpperCase())).toEqual([{ kind: 'customer', id: one.id, number: one.number, ...named }])
  expect(await find(partner.admin, adjustment?.number.toLowerCase() ?? '')).toEqual([{ kind: 'adjustment', id: adjustment?.id, number: adjustment?.number, ...named }])
  expect(await find(partner.admin, batch)).toEqual([{ kind: 'batch', id: batch, number: batch, nameMasked: null, customerId: null }])
  expect(await find(partner.admin, lot?.number ?? '')).toEqual([{ kind: 'lot', id: lot?.id, number: lot?.number, ...named }])
  for (const text of ['云海科技有限公司', '云海', '13800138000', one.number.slice(0, 9), '%', 'e4d90952-4a38-4bb0-9a22-000000000000']) expect([text, await find(partner.admin, text)]).toEqual([text, []])
  for (const text of [one.number, one.id, adjustment?.number ?? '', batch, lot?.number ?? '']) {
    expect([text, await find(manager, text)]).toEqual([text, []])
    expect([text, await find(stranger.admin, text)]).toEqual([text, []])
  }
  // An operator sees the funds of the whole partner, but no customers.
  expect(await find(operator, one.number)).toEqual([])
  expect(await find(operator, batch)).toHaveLength(1)
})

test('a statement is found by its number, by a manager only with lines of the own customers, and by nobody without the right', async () => {
  const partner = await app.newPartner()
  const [manager, peer, operator] = [await partner.addMember({ role: 'manager' }), await partner.addMember({ role: 'manager' }), await partner.addMember({ role: 'operator' })]
  const { id, number } = await newStatement(app, partner, { lines: [{ customerId: (await app.addCustomer(partner.id, { managerId: manager.memberId })).id }] })
  const found = [{ kind: 'statement', id, number, nameMasked: null, customerId: null }]
  expect([await find(partner.admin, number.toLowerCase()), await find(partner.admin, id), await find(manager, number), await find(peer, number), await find(operator, number), await find((await app.newPartner()).admin, number)]).toEqual([found, found, found, [], [], []])
})
