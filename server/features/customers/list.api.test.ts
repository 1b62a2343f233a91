import { afterAll, beforeAll, expect, test } from 'vitest'
import { queryCustomers, type CustomerFilter, type CustomerLookup, type CustomerSort } from '#contract/customers.ts'
import { Amount } from '#contract/money.ts'
import { sql } from '#server/db/query.ts'
import { booksOf } from '#server/ledger/testing-books.ts'
import { createTestApp, type Client, type TestApp, type TestPartner } from '#server/testing/app.ts'
import { mountCustomers } from './routes.ts'

let app: TestApp
let partner: TestPartner
beforeAll(async () => {
  app = await createTestApp([mountCustomers])
  partner = await app.newPartner({ topUp: 1_000_000n })
})
afterAll(() => app.close())

type Asked = { filter?: CustomerFilter; lookup?: CustomerLookup; sort?: CustomerSort; page?: number; pageSize?: number; view?: string }
const query = (client: Client, body: Asked = {}) => client.call(queryCustomers, { body })
const numbersOf = async (client: Client, body: Asked = {}) => {
  const { status, text, body: answer } = await query(client, body)
  expect([status, status === 200 ? '' : text]).toEqual([200, ''])
  expect(answer.total).toBeGreaterThanOrEqual(answer.items.length)
  return answer.items.map(({ number }) => number)
}

test('a partner sees its customers masked, newest first, and nobody else’s', async () => {
  const own = await app.newPartner()
  await app.newPartner().then((other) => app.addCustomer(other.id, { name: '别家客户有限公司' }))
  const older = await app.addCustomer(own.id, { name: '云海科技有限公司', accountName: 'yunhai_tech', mobile: '+8613800138000', email: 'liming@example.com', associatedAt: new Date('2026-01-01T00:00:00Z') })
  const newer = await app.addCustomer(own.id, { name: '云海科技', mobile: null, email: null, associationType: 'REFERRAL', associatedAt: new Date('2026-02-01T00:00:00Z') })

  const { body, text } = await query(own.admin)
  expect(body.total).toBe(2)
  expect(body.items.map(({ id }) => id)).toEqual([newer.id, older.id])
  expect(body.items[1]).toMatchObject({ nameMasked: '云海***公司', accountNameMasked: 'yu***ch', mobileMasked: '138****8000', emailMasked: 'l***@example.com', manager: null, balance: '0.00', matched: [] })
  expect(body.items[0]).toMatchObject({ nameMasked: '云***', mobileMasked: null, emailMasked: null, balance: null })
  for (const clear of ['云海科技', 'yunhai_tech', '13800138000', 'liming', '别家']) expect(text).not.toContain(clear)
})

test('pages follow each other without a gap or a repeat, also where the sorted value is equal or missing', async () => {
  const own = await app.newPartner({ topUp: 100_000n })
  const at = new Date('2026-03-01T00:00:00Z')
  const customers: { id: string; accountId: string }[] = []
  for (let i = 0; i < 14; i += 1) customers.push(await app.addCustomer(own.id, { associatedAt: at, associationType: i % 3 === 0 ? 'REFERRAL' : 'RESALE' }))
  await booksOf(app.database, own.id).give('top-up', customers.filter((_, i) => i % 3 === 1).slice(0, 2), 500n)
  await app.inTenant(own.id, (tx) => tx.run(sql`update customers set next_expiry = ${at}, budget_type = 'MONTHLY', budget_amount = 1000, budget_used = 250 where id in (select id from customers order by number limit 4)`))
  for (const sort of ['-associatedAt', 'associatedAt', '-monthExpenditure', 'monthExpenditure', '-balance', 'balance', '-budgetUsed', 'budgetUsed', 'nextExpiry', '-nextExpiry'] as const) {
    const pages = await Promise.all([1, 2, 3].map((page) => numbersOf(own.admin, { sort, page, pageSize: 5 })))
    expect([sort, new Set(pages.flat()).size]).toEqual([sort, 14])
    expect(pages.map((page) => page.length)).toEqual([5, 5, 4])
    // Sorting over few name matches takes another way through the database and must give the same order.
    expect(await numbersOf(own.admin, { sort, pageSize: 20, lookup: { name: '云海科技' } })).toEqual(pages.flat())
  }
  const { body } = await query(own.admin, { sort: '-balance', pageSize: 20 })
  expect(body.items.slice(0, 2).map(({ balance }) => balance)).toEqual(['5.00', '5.00'])
  expect(body.items.slice(-5).map(({ associationType }) => associationType)).toEqual(Array(5).fill('REFERRAL'))
  const { body: soonest } = await query(own.admin, { sort: 'nextExpiry', pageSize: 20 })
  expect(soonest.items.map(({ nextExpiry }) => nextExpiry === null)).toEqual([...Array(4).fill(false), ...Array(10).fill(true)])
})

test('each filter leaves exactly the customers it names', async () => {
  const own = await app.newPartner({ topUp: 1_000_000n })
  const manager = await own.addMember({ role: 'manager' })
  const plain = await app.addCustomer(own.id, { associatedAt: new Date('2026-05-10T15:59:59.999Z'), managerId: manager.memberId })
  const frozen = await app.addCustomer(own.id, { associatedAt: new Date('2026-05-10T16:00:00Z'), state: 'ACCOUNT_FROZEN', freezeCause: 'NEW_ASSOCIATION', tag: 'VIP 华南' })
  const owing = await app.addCustomer(own.id, { associatedAt: new Date('2026-05-12T00:00:00Z'), state: 'RESOURCES_FROZEN', freezeCause: 'MANUAL', arrears: 100n, tag: 'vip', managerId: manager.memberId })
  const referral = await app.addCustomer(own.id, { associatedAt: new Date('2026-05-13T00:00:00Z'), associationType: 'REFERRAL' })
  await booksOf(app.database, own.id).give('top-up', [plain], 12_345n)
  await app.inTenant(own.id, (tx) => tx.run(sql`update customers set month_expenditure = 5000, next_expiry = '2026-06-01T00:00:00Z', budget_type = 'MONTHLY', budget_amount = 1000, budget_used = 1000 where id = ${plain.id}`))

  const cases: [CustomerFilter, { number: string }[]][] = [
    [{ number: plain.number }, [plain]], [{ number: ` ${plain.number.slice(0, 5)} ${plain.number.slice(5)} ` }, [plain]], [{ number: plain.number.slice(3) }, [plain]],
    [{ associationType: 'REFERRAL' }, [referral]],
    [{ manager: manager.memberId }, [owing, plain]], [{ manager: 'unassigned' }, [referral, frozen]],
    [{ tag: 'vip' }, [owing]], [{ tag: 'P 华' }, [frozen]], [{ tag: '%' }, []],
    [{ state: 'NORMAL' }, [referral, plain]], [{ state: 'RESOURCES_FROZEN' }, [owing]], [{ state: 'frozen' }, [owing, frozen]], [{ state: 'frozen_automatically' }, [frozen]],
    // The day is the partner's: 2026-05-10 ends at 16:00 in UTC.
    [{ associatedTo: '2026-05-10' }, [plain]], [{ associatedFrom: '2026-05-11', associatedTo: '2026-05-11' }, [frozen]],
    [{ expiryFrom: '2026-06-01', expiryTo: '2026-06-01' }, [plain]], [{ expiryFrom: '2026-06-02' }, []],
    [{ balanceMin: Amount.parse('123.45') }, [plain]], [{ balanceMax: Amount.parse('0.00') }, [owing, frozen]], [{ monthExpenditureMin: Amount.parse('50.00') }, [plain]], [{ monthExpenditureMax: Amount.parse('49.99') }, [referral, owing, frozen]],
    [{ budgetUsedMin: 100 }, [plain]], [{ budgetUsedMax: 99 }, []],
    [{ todo: 'unassigned' }, [referral, frozen]], [{ todo: 'frozen_new' }, [frozen]], [{ todo: 'no_balance' }, [owing, frozen]], [{ todo: 'arrears' }, [owing]], [{ todo: 'budget_used_up' }, [plain]],
    [{ associationType: 'RESALE', manager: manager.memberId, state: 'NORMAL' }, [plain]],
  ]
  for (const [filter, expected] of cases) expect([filter, await numbersOf(own.admin, { filter })]).toEqual([filter, expected.map(({ number }) => number)])
})

test('a name is found by any part of it, in any spelling, and the row says where it matched', async () => {
  const own = await app.newPartner()
  const [lake, sea] = [await app.addCustomer(own.id, { name: '镜湖智能装备有限公司', accountName: 'Mirror_Lake', tag: '重点', email: null }), await app.addCustomer(own.id, { name: '远海 Trading 100% GmbH', accountName: 'offshore_1', tag: '镜湖', email: null })]
  const found = async (name: string) => (await query(own.admin, { lookup: { name } })).body.items.map(({ number, matched }) => [number, matched])
  expect(await found('智能')).toEqual([[lake.number, ['name']]])
  expect(await found('能装备有')).toEqual([[lake.number, ['name']]])
  expect(await found('ＭＩＲＲＯＲ_l')).toEqual([[lake.number, ['accountName']]])
  expect(await found('tRaDiNg 1')).toEqual([[sea.number, ['name']]])
  // Wildcards are plain characters.
  expect(await found('0% G')).toEqual([[sea.number, ['name']]])
  expect(await found('镜%装')).toEqual([])
  expect(await found('r_l')).toEqual([[lake.number, ['accountName']]])
  expect(await found('rxl')).toEqual([])
  // The pairs of the part are all there, the part itself is not.
  expect(await found('备有限公司装备')).toEqual([])
  expect(await found(lake.number)).toEqual([[lake.number, ['number']]])
  expect(await found(lake.number.slice(0, 9))).toEqual([])
  expect(await found('重点')).toEqual([[lake.number, ['tag']]])
  expect(new Map(await found('镜湖').then((rows) => rows.map(([number, matched]) => [String(number), matched])))).toEqual(new Map([[lake.number, ['name']], [sea.number, ['tag']]]))
})

test('a contact is found by its full value or its last four characters, however it is typed, and never by a fragment', async () => {
  const own = await app.newPartner()
  const one = await app.addCustomer(own.id, { mobile: '+8613912345678', email: 'anna@customer.example' })
  await app.addCustomer(own.id, { mobile: '+8613912340000', email: 'bert@customer.invalid' })
  for (const mobile of ['13912345678', '+86 139 1234 5678', '0086-13912345678', '１３９１２３４５６７８', '5678', ' 5678 ']) {
    const { body } = await query(own.admin, { lookup: { mobile } })
    expect(body.items.map(({ number, matched, mobileMasked }) => [number, matched, mobileMasked])).toEqual([[one.number, ['mobile'], '139****5678']])
    expect(body.lookupKinds).toEqual(['mobile'])
  }
  for (const email of ['anna@customer.example', ' Anna@Customer.Example ', 'mple']) expect(await numbersOf(own.admin, { lookup: { email } })).toEqual([one.number])
  for (const lookup of [{ mobile: '45678' }, { mobile: '1391234' }, { mobile: '%%%%' }, { email: 'anna@' }, { email: 'customer.example' }]) {
    const { status, problem } = await query(own.admin, { lookup })
    expect([lookup, status, problem.code, problem.fields?.map(({ code }) => code)]).toEqual([lookup, 400, 'invalid_input', ['last4_or_full']])
  }
  expect(await numbersOf(own.admin, { lookup: { mobile: '5678', name: '云海' } })).toEqual([one.number])
  expect(await numbersOf(own.admin, { lookup: { mobile: '5678', email: 'bert@customer.invalid' } })).toEqual([])
})

test('a look-up comes back by its opaque id, for the same person alone', async () => {
  const own = await app.newPartner()
  const colleague = await own.addMember({ role: 'administrator' })
  const one = await app.addCustomer(own.id, { mobile: '+8613912345678' })
  await app.addCustomer(own.id, { mobile: '+8613900000000' })
  const { body: first } = await query(own.admin, { lookup: { mobile: '13912345678' } })
  expect((await query(own.admin, { lookup: { mobile: '13912345678' }, page: 2 })).body.view).toBe(first.view)
  const view = first.view ?? ''
  const { body: again } = await query(own.admin, { view })
  expect([again.items.map(({ number }) => number), again.view, again.lookupKinds]).toEqual([[one.number], view, ['mobile']])
  const [stored] = await app.inTenant(own.id, (tx) => tx.rows<{ text: string }>(sql`select encode(sealed, 'escape') as text from views`))
  expect(stored?.text).not.toContain('13912345678')
  for (const client of [colleague, partner.admin]) expect((await query(client, { view })).problem.code).toBe('not_found')
  expect((await query(own.admin, { view: '00000000-0000-4000-8000-000000000000' })).problem.code).toBe('not_found')
})

test('managers and directors see, count and find only what is theirs', async () => {
  const own = await app.newPartner()
  const director = await own.addMember({ role: 'director' })
  const [mine, peer] = [await own.addMember({ role: 'manager', directorId: director.memberId }), await own.addMember({ role: 'manager' })]
  const operator = await own.addMember({ role: 'operator' })
  const a = await app.addCustomer(own.id, { managerId: mine.memberId, mobile: '+8613911110001' })
  const b = await app.addCustomer(own.id, { managerId: peer.memberId, mobile: '+8613922220001' })
  await app.addCustomer(own.id)
  for (const client of [mine, director]) {
    const { body } = await query(client)
    expect([body.total, body.items.map(({ id }) => id)]).toEqual([1, [a.id]])
    expect((await query(client, { lookup: { name: '云海' } })).body.total).toBe(1)
    expect((await query(client, { lookup: { name: b.number } })).body.total).toBe(0)
    expect((await query(client, { lookup: { mobile: '13922220001' } })).body.total).toBe(0)
    expect((await query(client, { filter: { manager: peer.memberId } })).body.total).toBe(0)
  }
  expect((await query(own.admin)).body.total).toBe(3)
  expect((await query(operator)).problem.code).toBe('no_permission')
})

test('nobody sorts by a masked field, and unknown fields are refused', async () => {
  for (const raw of [{ sort: 'name' }, { sort: '-mobile' }, { filter: { mobile: '5678' } }, { pageSize: 101 }, { partnerId: partner.id }]) {
    expect([raw, (await partner.admin.call(queryCustomers, { body: {} }, { raw })).status]).toEqual([raw, 400])
  }
})

test('after sixty look-ups in a minute a person waits, and the log says so', async () => {
  const own = await app.newPartner()
  for (let i = 0; i < 60; i += 1) expect((await query(own.admin, { lookup: { name: '云海' } })).status).toBe(200)
  const { status, problem, headers } = await query(own.admin, { lookup: { name: '云海' } })
  expect([status, problem.code]).toEqual([429, 'too_many_requests'])
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
  expect(Number(headers.get('retry-after'))).toBeLessThanOrEqual(60)
  expect((await query(own.admin)).status).toBe(200)
  const logged = await app.inTenant(own.id, (tx) => tx.rows<{ operation: string; result: string }>(sql`select operation, result from log_entries where operation = 'data.lookup_limit'`))
  expect(logged).toEqual([{ operation: 'data.lookup_limit', result: 'refused' }])
  app.travel(61)
  expect((await query(own.admin, { lookup: { name: '云海' } })).status).toBe(200)
})
