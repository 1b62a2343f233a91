import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listLots } from '#contract/customers.ts'
import { allocateFunds, getAccounts, getAdjustment, getFundsTargets, queryAdjustments, queryTransactions, reclaimFunds, type TransactionFilter } from '#contract/funds.ts'
import { Amount } from '#contract/money.ts'
import { consume, postRebate } from '#server/ledger/vendor.ts'
import { createTestApp, type Client, type TestApp } from '#server/testing/app.ts'
import { mountFunds } from './routes.ts'
import { confirm } from './testing-confirm.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp([mountFunds])
})
afterAll(() => app.close())

const row = (customerId: string, amount: string) => ({ customerId, amount: Amount.parse(amount) })
const give = async (client: Client, from: 'top-up' | 'credit', ...items: ReturnType<typeof row>[]) => (await confirm(client, allocateFunds, { body: { from, items } })).body
const takeBack = async (client: Client, ...items: ReturnType<typeof row>[]) => (await confirm(client, reclaimFunds, { body: { items } })).body
const filter = (values: Partial<TransactionFilter> = {}) => ({ body: { filter: { account: 'top-up' as const, ...values } } })

/** A partner with two customers, of which the first is the manager's: a single allocation, a batch and a reclaim over both sources. */
async function openStory() {
  const { id, admin, addMember } = await app.newPartner({ verificationOn: false, topUp: 1000_00n, credit: 500_00n })
  const manager = await addMember({ role: 'manager', name: '王芳' })
  const mine = await app.addCustomer(id, { managerId: manager.memberId, name: '青禾数据科技有限公司', accountName: 'QingHe_data' })
  const other = await app.addCustomer(id, { name: '星湾软件有限公司', accountName: 'xingwan' })
  const single = await give(admin, 'top-up', row(mine.id, '100.00'))
  const batch = await give(admin, 'credit', row(mine.id, '40.00'), row(other.id, '60.00'))
  const reclaimed = await takeBack(admin, row(mine.id, '50.00'))
  return { id, admin, manager, mine, other, single, batch, reclaimed, addMember }
}

describe('the accounts', () => {
  test('an administrator sees every balance, a manager what his own customers hold', async () => {
    const { id, admin, manager } = await openStory()
    await app.inTenant(id, (tx, now) => postRebate(tx, { books: { partnerId: id, timeZone: 'Asia/Shanghai' }, requestId: 'test', reason: 'test', at: now, amount: 7_00n }))
    const { body } = await admin.call(getAccounts, {})
    expect(body).toMatchObject({
      topUp: { balance: '910.00', held: '0.00', available: '910.00' }, credit: { limit: '500.00', used: '60.00', available: '440.00' },
      rebate: { balance: '7.00', held: '0.00', available: '7.00' }, allocated: '150.00',
    })
    expect((await manager.call(getAccounts, {})).body.allocated).toBe('90.00')
  })
})

describe('the adjustment records', () => {
  test('are searched by part of a name sixty times a minute, like the customers; without a name as often as one likes', async () => {
    const { admin } = await app.newPartner()
    const answers = await Promise.all(Array.from({ length: 61 }, () => admin.call(queryAdjustments, { body: { counterparty: '青禾' } })))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(60)
    expect(answers.find(({ status }) => status !== 200)?.problem).toMatchObject({ status: 429, code: 'too_many_requests' })
    expect((await admin.call(queryAdjustments, { body: {} })).status).toBe(200)
    app.travel(61)
    expect((await admin.call(queryAdjustments, { body: { counterparty: '青禾' } })).status).toBe(200)
  })

  test('show who gave what to whom, newest first, with balances, lots and nothing personal in clear', async () => {
    const { admin, mine, reclaimed, batch, single } = await openStory()
    const { body, text } = await admin.call(queryAdjustments, { body: {} })
    expect(body.total).toBe(5)
    expect(body.items.map(({ number }) => number)).toEqual([reclaimed.adjustments[1], reclaimed.adjustments[0], batch.adjustments[1], batch.adjustments[0], single.adjustments[0]].map((one) => one?.number))
    expect(body.items[1]).toMatchObject({
      kind: 'reclaim', source: 'credit', amount: '40.00', balanceBefore: '140.00', balanceAfter: '100.00', batchNumber: null,
      customer: { id: mine.id, number: mine.number, nameMasked: '青禾***公司' }, lots: [{ amount: '40.00' }], operatorMasked: 'L***',
    })
    expect(body.items[0]).toMatchObject({ source: 'top-up', amount: '10.00', balanceBefore: '100.00', balanceAfter: '90.00' })
    for (const clear of ['数据科技', '星湾软件', 'Lin Wei']) expect(text).not.toContain(clear)
  })

  test.each([
    ['the transaction number', (story: Story) => ({ filter: { number: story.single.adjustments[0]?.number.toLowerCase() ?? '' } }), 1],
    ['the batch number', (story: Story) => ({ filter: { number: story.batch.batchNumber ?? '' } }), 2],
    ['the customer ID as people write it', (story: Story) => ({ filter: { customerNumber: story.mine.number.replace(/(\d{5})/, '$1 ') } }), 4],
    ['the customer', (story: Story) => ({ filter: { customerId: story.other.id } }), 1],
    ['a kind', () => ({ filter: { kind: 'reclaim' as const } }), 2],
    ['a source', () => ({ filter: { source: 'credit' as const } }), 3],
    ['an operator who did nothing', (story: Story) => ({ filter: { operatorId: story.manager.memberId } }), 0],
    ['a day long past', () => ({ filter: { to: '2020-01-01' } }), 0],
    ['a part of the name', () => ({ counterparty: '数据' }), 4],
    ['a part of the account name, in other letters', () => ({ counterparty: 'QINGhe' }), 4],
    ['a part that only looks like a pattern', () => ({ counterparty: '青%' }), 0],
    ['pairs that occur, but not together', () => ({ counterparty: '青禾科技' }), 0],
  ])('are found by %s', async (_what, asked, total) => {
    const story = await openStory()
    const { body } = await story.admin.call(queryAdjustments, { body: asked(story) })
    expect([body.total, body.items.length]).toEqual([total, total])
  })

  test('are sorted by amount and cut into pages that together hold each row once', async () => {
    const { admin } = await openStory()
    const page = async (number: number) => (await admin.call(queryAdjustments, { body: { sort: '-amount', page: number, pageSize: 2 } })).body.items.map(({ amount }) => amount)
    expect([await page(1), await page(2), await page(3), await page(4)]).toEqual([['100.00', '60.00'], ['40.00', '40.00'], ['10.00'], []])
  })

  test('of a customer who belongs to a colleague are not there for a manager, neither in lists nor one by one', async () => {
    const { manager, mine, batch } = await openStory()
    const { body } = await manager.call(queryAdjustments, { body: {} })
    expect([body.total, new Set(body.items.map(({ customer }) => customer.id))]).toEqual([4, new Set([mine.id])])
    const [own, theirs] = batch.adjustments
    expect((await manager.call(getAdjustment, { params: { id: theirs?.id ?? '' } })).status).toBe(404)
    expect((await manager.call(getAdjustment, { params: { id: randomUUID() } })).status).toBe(404)
    expect((await manager.call(getAdjustment, { params: { id: own?.id ?? '' } })).body.siblings).toEqual([])
  })

  test('open one by one with how they were confirmed and the other rows of the batch', async () => {
    const { admin, batch } = await openStory()
    const { body } = await admin.call(getAdjustment, { params: { id: batch.adjustments[0]?.id ?? '' } })
    expect(body).toMatchObject({ transferId: batch.transferId, confirmedBy: 'click', batchNumber: batch.batchNumber, siblings: [{ id: batch.adjustments[1]?.id }] })
  })

  test('of another partner do not exist', async () => {
    const { batch } = await openStory()
    const stranger = await openStory()
    expect((await stranger.admin.call(getAdjustment, { params: { id: batch.adjustments[0]?.id ?? '' } })).status).toBe(404)
  })
})
type Story = Awaited<ReturnType<typeof openStory>>

describe('the transactions', () => {
  test('of the top-up account add up from opening to closing and lead to their records', async () => {
    const { admin, single, reclaimed, mine } = await openStory()
    const { body } = await admin.call(queryTransactions, filter())
    expect(body.items).toMatchObject([
      { kind: 'reclaim', in: '10.00', out: null, balanceAfter: '910.00', related: { adjustmentId: reclaimed.adjustments[1]?.id }, counterparty: { customerId: mine.id, count: 1 } },
      { kind: 'allocate', in: null, out: '100.00', balanceAfter: '900.00', related: { adjustmentId: single.adjustments[0]?.id, number: single.adjustments[0]?.number }, counterparty: { nameMasked: '青禾***公司' } },
      { kind: 'top_up', in: '1000.00', out: null, balanceAfter: '1000.00', related: null, counterparty: null, operatorMasked: null },
    ])
    expect(body.range).toEqual({ opening: '0.00', in: '1010.00', out: '100.00', closing: '910.00' })
  })

  test('of the credit account show a batch as one movement with the number of customers', async () => {
    const { admin, batch } = await openStory()
    const { body } = await admin.call(queryTransactions, filter({ account: 'credit' }))
    expect(body.items[1]).toMatchObject({ number: batch.batchNumber, out: '100.00', balanceAfter: '-100.00', related: { adjustmentId: null, number: batch.batchNumber }, counterparty: { customerId: null, nameMasked: null, count: 2 } })
    expect(body.range).toEqual({ opening: '0.00', in: '40.00', out: '100.00', closing: '-60.00' })
  })

  test('are filtered without changing what the range adds up to', async () => {
    const { admin, single } = await openStory()
    const count = async (values: Partial<TransactionFilter>) => {
      const { body } = await admin.call(queryTransactions, filter(values))
      expect(body.range.closing).toBe('910.00')
      return body.total
    }
    expect([await count({ kind: 'top_up' }), await count({ direction: 'in' }), await count({ direction: 'out' })]).toEqual([1, 2, 1])
    expect([await count({ amountMin: Amount.parse('10.01') }), await count({ amountMin: Amount.parse('10.00'), amountMax: Amount.parse('100.00') })]).toEqual([2, 2])
    expect([await count({ number: single.adjustments[0]?.number }), await count({ number: 'TX000000000000' })]).toEqual([1, 0])
  })

  test('keep their figures for a manager, but not the name of a colleague\'s customer', async () => {
    const { admin, manager, other } = await openStory()
    await give(admin, 'top-up', row(other.id, '5.00'))
    const { body } = await manager.call(queryTransactions, filter())
    expect(body.items[0]).toMatchObject({ out: '5.00', counterparty: { customerId: null, nameMasked: null, count: 1 }, related: { adjustmentId: null } })
    expect(body.items[1]?.counterparty?.nameMasked).toBe('青禾***公司')
    expect(body.range.closing).toBe('905.00')
  })
})

describe('a customer\'s funds', () => {
  test('the forms show each chosen customer in the order asked for, with its lots and its reclaimable amount', async () => {
    const { admin, mine, other } = await openStory()
    const { body } = await admin.call(getFundsTargets, { body: { customerIds: [other.id, mine.id] } })
    expect(body.items).toMatchObject([
      { customerId: other.id, balance: '60.00', lots: [{ source: 'credit', remaining: '60.00' }], isResale: true, isFrozen: false },
      { customerId: mine.id, nameMasked: '青禾***公司', balance: '90.00', reclaimable: { balance: '90.00', own: '0.00', reclaimable: '90.00' }, lots: [{ source: 'top-up', remaining: '90.00' }] },
    ])
    expect(body.available).toEqual({ topUp: '910.00', credit: '440.00' })
  })

  test('a manager cannot ask for a colleague\'s customer', async () => {
    const { manager, mine, other } = await openStory()
    expect((await manager.call(getFundsTargets, { body: { customerIds: [mine.id] } })).status).toBe(200)
    expect((await manager.call(getFundsTargets, { body: { customerIds: [mine.id, other.id] } })).problem.code).toBe('not_found')
    expect((await manager.call(listLots, { params: { id: other.id }, body: {} })).problem.code).toBe('not_found')
  })

  test('the lots say what was granted, spent, reclaimed and is left; together they are the balance', async () => {
    const { id, admin, mine } = await openStory()
    await app.inTenant(id, (tx, now) => consume(tx, now, { books: { partnerId: id, timeZone: 'Asia/Shanghai' }, customerId: mine.id, requestId: 'test', reason: 'test', at: now, amount: 15_00n }))
    const list = async (body: Record<string, string>) => (await admin.call(listLots, { params: { id: mine.id }, body })).body
    expect(await list({})).toMatchObject({
      remaining: '75.00', total: 2,
      items: [{ source: 'credit', granted: '40.00', spent: '0.00', reclaimed: '40.00', remaining: '0.00', state: 'EMPTY' }, { source: 'top-up', granted: '100.00', spent: '15.00', reclaimed: '10.00', remaining: '75.00', state: 'OPEN', operatorMasked: 'L***' }],
    })
    expect((await list({ state: 'OPEN' })).items.map(({ source }) => source)).toEqual(['top-up'])
    expect((await list({ source: 'credit' })).total).toBe(1)
    expect((await list({ sort: '-remaining' })).items.map(({ remaining }) => remaining)).toEqual(['75.00', '0.00'])
    expect((await list({ to: '2020-01-01' }))).toMatchObject({ total: 0, remaining: '75.00' })
  })
})
