import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { brokenConstraint, sqlState } from '#server/db/errors.ts'
import { sql } from '#server/db/query.ts'
import { Refusal } from '#server/http/refusal.ts'
import { createTestApp, type TestApp } from '#server/testing/app.ts'
import { lockAccounts } from './accounts.ts'
import { startMonth } from './expenditure.ts'
import { findMismatches } from './invariants.ts'
import { post } from './post.ts'
import { readStatement } from './statement.ts'
import { booksOf } from './testing-books.ts'
import { consume, customerTopUp, postRebate, setCreditLimit, setCustomerFacts, topUp } from './vendor.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp([])
})
afterAll(() => app.close())

async function openBooks({ topUp: paid = 1000_00n, credit = 500_00n, customers: count = 2 } = {}) {
  const { id: partnerId } = await app.newPartner({ topUp: paid, credit })
  const customers = await Promise.all(Array.from({ length: count }, () => app.addCustomer(partnerId)))
  const [first, second] = customers
  if (!first || !second) throw new Error('two customers are needed')
  return { partnerId, customers, first, second, books: booksOf(app.database, partnerId), zone: { partnerId, timeZone: 'Asia/Shanghai' } }
}
const agree = async (partnerId: string) => expect(await app.inTenant(partnerId, findMismatches)).toEqual([])

describe('allocating', () => {
  test('a customer receives 200.00 from the top-up account, and everybody can see where it came from', async () => {
    const { books, first, partnerId } = await openBooks()
    const { number, adjustments } = await books.give('top-up', [first], 200_00n)

    expect(await books.balances([first])).toMatchObject({ partner: { 'top-up': 800_00n, credit: 0n }, customers: [200_00n] })
    expect(await books.lotsOf(first)).toMatchObject([{ source: 'top-up', granted: 200_00n, spent: 0n, reclaimed: 0n, remaining: 200_00n }])
    expect(number).toMatch(/^TX\d{12}$/)
    expect(adjustments).toMatchObject([{ number, customerId: first.id, amount: 200_00n, balanceAfter: 200_00n, source: 'top-up' }])
    await agree(partnerId)
  })

  test('a batch is one movement of the partner with one number, and one record of each customer', async () => {
    const { books, first, second, partnerId } = await openBooks()
    const { number, adjustments, transferId } = await books.give('credit', [first, second], 150_00n)

    expect(number).toMatch(/^B\d{12}$/)
    expect(adjustments.map(({ customerId, number: own }) => [customerId, /^TX\d{12}$/.test(own)])).toEqual([[first.id, true], [second.id, true]])
    expect(await books.balances([first, second])).toMatchObject({ partner: { credit: -300_00n }, customers: [150_00n, 150_00n] })
    expect(await books.within((tx) => tx.rows(sql`select amount from entries where partner_id = ${partnerId} and transfer_id = ${transferId} order by amount`)))
      .toEqual([{ amount: -300_00n }, { amount: 150_00n }, { amount: 150_00n }])
    await agree(partnerId)
  })

  test('not a cent more than the credit limit leaves, even when the code in front forgets to look', async () => {
    const { books, first, partnerId, zone } = await openBooks({ credit: 100_00n })
    const over = books.within(async (tx, now) => {
      const accounts = await lockAccounts(tx, partnerId, ['credit'], [first.accountId])
      const credit = accounts.partner('credit')
      const by = { actorId: null, proofId: null, keyHash: null, requestId: 'test', confirmedBy: 'none' as const, reason: '' }
      return await post(tx, { books: zone, by, at: now, kind: 'allocate', isBatch: false, accounts, moves: [{ accountId: credit.id, amount: -100_01n }, { accountId: first.accountId, amount: 100_01n }] })
    })
    await expect(over).rejects.toMatchObject({ code: 'insufficient_funds' })
    expect(await books.balances([first])).toMatchObject({ partner: { credit: 0n }, customers: [0n] })
  })

  test('money that comes from nowhere cannot be written', async () => {
    const { partnerId, first, zone } = await openBooks()
    const by = { actorId: null, proofId: null, keyHash: null, requestId: 'test', confirmedBy: 'none' as const, reason: '' }
    await expect(app.inTenant(partnerId, async (tx, now) => {
      const accounts = await lockAccounts(tx, partnerId, [], [first.accountId])
      await post(tx, { books: zone, by, at: now, kind: 'top_up', isBatch: false, accounts, moves: [{ accountId: first.accountId, amount: 1n }] })
    })).rejects.toThrow('sum to 1')
    const forged = app.inTenant(partnerId, async (tx, now) => {
      const transferId = randomUUID()
      await tx.run(sql`insert into transfers (partner_id, id, number, kind, is_batch, request_id, confirmed_by, reason, at) values (${partnerId}, ${transferId}, ${transferId}, 'top_up', false, 'test', 'none', '', ${now})`)
      await tx.run(sql`insert into entries (partner_id, transfer_id, account_id, currency, amount, balance_after, at) values (${partnerId}, ${transferId}, ${first.accountId}, 'CNY', 5, 5, ${now})`)
    }).catch((error: unknown) => ({ state: sqlState(error), constraint: brokenConstraint(error) }))
    expect(await forged).toEqual({ state: '23514', constraint: 'entries_zero_sum' })
  })

  test('an account that the caller never read is not posted to', async () => {
    const { partnerId, first, second, zone } = await openBooks()
    const by = { actorId: null, proofId: null, keyHash: null, requestId: 'test', confirmedBy: 'none' as const, reason: '' }
    await expect(app.inTenant(partnerId, async (tx, now) => {
      const accounts = await lockAccounts(tx, partnerId, ['top-up'], [first.accountId])
      await post(tx, { books: zone, by, at: now, kind: 'allocate', isBatch: false, accounts, moves: [{ accountId: accounts.partner('top-up').id, amount: -1n }, { accountId: second.accountId, amount: 1n }] })
    })).rejects.toThrow('was not read')
  })
})

describe('spending and reclaiming', () => {
  test('spending takes the oldest lot first, reclaiming the newest, and each cent returns to the account it came from', async () => {
    const { books, first, partnerId } = await openBooks()
    await books.give('credit', [first], 100_00n)
    await books.give('top-up', [first], 50_00n)
    await books.give('credit', [first], 30_00n)
    await books.spend(first, 40_00n)
    const { adjustments, number } = await books.takeBack(first, 90_00n)

    expect(await books.lotsOf(first)).toMatchObject([
      { source: 'credit', spent: 40_00n, reclaimed: 10_00n, remaining: 50_00n }, { source: 'top-up', spent: 0n, reclaimed: 50_00n, remaining: 0n }, { source: 'credit', spent: 0n, reclaimed: 30_00n, remaining: 0n },
    ])
    expect(await books.balances([first])).toMatchObject({ partner: { 'top-up': 1000_00n, credit: -90_00n, outside: -960_00n }, customers: [50_00n] })
    expect(adjustments.map(({ source, amount, balanceAfter }) => [source, amount, balanceAfter])).toEqual([['credit', 40_00n, 100_00n], ['top-up', 50_00n, 50_00n]])
    expect(adjustments[0]?.number).toBe(number)
    const records = await books.within((tx) => tx.rows(sql`select balance_before, balance_after from adjustments where partner_id = ${partnerId} and kind = 'reclaim' order by seq`))
    expect(records).toEqual([{ balance_before: 140_00n, balance_after: 100_00n }, { balance_before: 100_00n, balance_after: 50_00n }])
    await agree(partnerId)
  })

  test('a reclaim from a named lot leaves the newer ones alone', async () => {
    const { books, first, partnerId } = await openBooks()
    await books.give('top-up', [first], 50_00n)
    await books.give('credit', [first], 50_00n)
    const [oldest] = await books.lotsOf(first)
    await books.takeBack(first, 20_00n, oldest?.id)
    expect(await books.lotsOf(first)).toMatchObject([{ reclaimed: 20_00n }, { reclaimed: 0n }])
    await agree(partnerId)
  })

  test('a customer without allocations left goes on with its own money, which no reclaim can reach', async () => {
    const { books, first, zone, partnerId } = await openBooks()
    await books.give('top-up', [first], 10_00n)
    await app.inTenant(partnerId, (tx, now) => customerTopUp(tx, { books: zone, customerId: first.id, requestId: 'test', reason: 'own money', at: now, amount: 25_00n }))
    await books.spend(first, 15_00n)
    const own = await books.within((tx) => tx.rows<{ balance: bigint }>(sql`select balance from accounts where partner_id = ${partnerId} and owner_id = ${first.id} and kind = 'own'`))
    expect(own).toEqual([{ balance: 20_00n }])
    await expect(books.spend(first, 20_01n)).rejects.toMatchObject({ code: 'insufficient_funds', more: { facts: { available: '20.00', needed: '20.01', short: '0.01' } } })
    await expect(books.takeBack(first, 1n)).rejects.toBeInstanceOf(Refusal)
    await agree(partnerId)
  })
})

describe('postings of the vendor operator', () => {
  test('a credit limit cannot be set below what is used', async () => {
    const { books, first, partnerId } = await openBooks({ credit: 500_00n })
    await books.give('credit', [first], 300_00n)
    await expect(app.inTenant(partnerId, (tx) => setCreditLimit(tx, partnerId, 299_99n))).rejects.toMatchObject({ code: 'conflict', more: { facts: { used: '300.00' } } })
    expect(await app.inTenant(partnerId, (tx) => setCreditLimit(tx, partnerId, 300_00n))).toBe(500_00n)
    await expect(books.give('credit', [first], 1n)).rejects.toMatchObject({ code: 'insufficient_funds' })
  })

  test('top-ups and rebates arrive from outside; zero and more than one movement may carry are refused', async () => {
    const { books, partnerId, zone } = await openBooks({ topUp: 0n })
    const posting = (amount: bigint) => ({ books: zone, requestId: 'test', reason: 'test', at: new Date(), amount })
    await app.inTenant(partnerId, (tx) => topUp(tx, posting(12_34n)))
    await app.inTenant(partnerId, (tx) => postRebate(tx, posting(5_00n)))
    expect(await books.balances([])).toMatchObject({ partner: { 'top-up': 12_34n, rebate: 5_00n, outside: -17_34n } })
    for (const amount of [0n, -1n, 1_000_000_000_000n]) await expect(app.inTenant(partnerId, (tx) => topUp(tx, posting(amount)))).rejects.toMatchObject({ code: 'invalid_input' })
  })

  test('consumption shows in the month it fell into, in the month-to-date figure only if that is now, and in the budget', async () => {
    const { books, partnerId, first, zone } = await openBooks()
    await books.give('top-up', [first], 100_00n)
    await app.inTenant(partnerId, (tx) => tx.run(sql`update customers set budget_type = 'MONTHLY', budget_amount = 10000 where partner_id = ${partnerId} and id = ${first.id}`))
    const now = new Date('2026-05-20T00:00:00Z')
    const spend = (at: string, amount: bigint) => app.inTenant(partnerId, (tx) => consume(tx, now, { books: zone, customerId: first.id, requestId: 'test', reason: 'test', at: new Date(at), amount }))
    await spend('2026-04-30T15:59:59.999Z', 7_00n)
    await spend('2026-04-30T16:00:00.000Z', 2_00n)
    await spend('2026-05-19T00:00:00.000Z', 1_00n)
    expect(await books.within((tx) => tx.rows(sql`select month, amount from expenditures where partner_id = ${partnerId} order by month`))).toEqual([{ month: '2026-04-01', amount: 7_00n }, { month: '2026-05-01', amount: 3_00n }])
    expect(await books.within((tx) => tx.rows(sql`select month_expenditure, budget_used from customers where partner_id = ${partnerId} and id = ${first.id}`))).toEqual([{ month_expenditure: 3_00n, budget_used: 3_00n }])
  })

  test('a referral customer pays the vendor itself: its expenditure is known, no money of the partner moves', async () => {
    const { books, partnerId, zone } = await openBooks()
    const { id } = await app.addCustomer(partnerId, { associationType: 'REFERRAL' })
    expect(await app.inTenant(partnerId, (tx, now) => consume(tx, now, { books: zone, customerId: id, requestId: 'test', reason: 'test', at: now, amount: 9_00n }))).toBeNull()
    expect(await books.balances([])).toMatchObject({ partner: { outside: -1000_00n } })
    expect(await books.within((tx) => tx.rows(sql`select month_expenditure from customers where partner_id = ${partnerId} and id = ${id}`))).toEqual([{ month_expenditure: 9_00n }])
  })

  test('facts about a customer change one by one; a stranger has none', async () => {
    const { books, partnerId, first } = await openBooks()
    await app.inTenant(partnerId, (tx) => setCustomerFacts(tx, partnerId, first.id, { held: 1n, arrears: 2n }))
    await app.inTenant(partnerId, (tx) => setCustomerFacts(tx, partnerId, first.id, { arrears: 0n }))
    expect(await books.within((tx) => tx.rows(sql`select held, unsettled, arrears from customers where partner_id = ${partnerId} and id = ${first.id}`))).toEqual([{ held: 1n, unsettled: 0n, arrears: 0n }])
    await expect(app.inTenant(partnerId, (tx) => setCustomerFacts(tx, partnerId, randomUUID(), { held: 1n }))).rejects.toMatchObject({ code: 'not_found' })
    await expect(app.inTenant(partnerId, (tx) => setCustomerFacts(tx, partnerId, first.id, { held: -1n }))).rejects.toMatchObject({ code: 'invalid_input' })
  })
})

describe('statements and checks', () => {
  test('opening plus in minus out is closing for every range of days', async () => {
    const { partnerId, zone } = await openBooks({ topUp: 0n })
    const days = ['2026-01-31T15:00:00Z', '2026-01-31T17:00:00Z', '2026-02-10T00:00:00Z', '2026-02-28T16:00:00Z']
    for (const [place, at] of days.entries()) await app.inTenant(partnerId, (tx) => topUp(tx, { books: zone, requestId: 'test', reason: 'test', at: new Date(at), amount: 10n ** BigInt(place) }))
    const read = (range: { from?: string; to?: string }) => app.inTenant(partnerId, async (tx) => readStatement(tx, partnerId, (await lockAccounts(tx, partnerId, ['top-up'], [])).partner('top-up').id, range, zone.timeZone))
    expect(await read({ from: '2026-02-01', to: '2026-02-28' })).toEqual({ opening: 1n, in: 110n, out: 0n, closing: 111n })
    expect(await read({})).toEqual({ opening: 0n, in: 1111n, out: 0n, closing: 1111n })
    expect(await read({ from: '2026-03-01' })).toEqual({ opening: 111n, in: 1000n, out: 0n, closing: 1111n })
    expect(await read({ to: '2026-01-31' })).toEqual({ opening: 0n, in: 1n, out: 0n, closing: 1n })
  })

  test('a balance and a lot that somebody bent in the database are named', async () => {
    const { books, partnerId, first } = await openBooks()
    await books.give('top-up', [first], 10_00n)
    await app.inTenant(partnerId, (tx) => tx.run(sql`update accounts set balance = balance + 1 where partner_id = ${partnerId} and id = ${first.accountId}`))
    await app.inTenant(partnerId, (tx) => tx.run(sql`update lots set remaining = remaining - 2, reclaimed = reclaimed + 2 where partner_id = ${partnerId}`))
    const found = await app.inTenant(partnerId, findMismatches)
    expect(found.map(({ rule, difference }) => [rule, difference]).toSorted()).toEqual([['balance', 1n], ['lots', 3n], ['moves', 2n]])
  })

  test('the application itself cannot change what was posted', async () => {
    const { partnerId } = await openBooks()
    for (const table of ['entries', 'transfers', 'adjustments', 'lot_moves']) {
      await expect(app.inTenant(partnerId, (tx) => tx.run(sql`delete from ${sql.identifier(table)}`))).rejects.toThrow('permission denied')
      await expect(app.inTenant(partnerId, (tx) => tx.run(sql`update ${sql.identifier(table)} set partner_id = partner_id`))).rejects.toThrow('permission denied')
    }
  })
})

test('when a month begins, the month-to-date figures start anew, and doing it again changes nothing', async () => {
  const { books, partnerId, first, zone } = await openBooks()
  await books.give('top-up', [first], 100_00n)
  const spend = (now: string, amount: bigint) => app.inTenant(partnerId, (tx) => consume(tx, new Date(now), { books: zone, customerId: first.id, requestId: 'test', reason: 'test', at: new Date(now), amount }))
  const figures = () => books.within((tx) => tx.rows(sql`select month_expenditure, budget_used from customers where partner_id = ${partnerId} and id = ${first.id}`))
  await app.inTenant(partnerId, (tx) => tx.run(sql`update customers set budget_type = 'MONTHLY', budget_amount = 10000 where partner_id = ${partnerId} and id = ${first.id}`))
  await spend('2026-04-30T15:00:00Z', 8_00n)
  const begin = (now: string) => app.inTenant(partnerId, (tx) => startMonth(tx, new Date(now), zone))

  expect([await begin('2026-04-30T15:59:59Z'), await figures()]).toEqual([0, [{ month_expenditure: 8_00n, budget_used: 8_00n }]])
  expect([await begin('2026-04-30T16:00:00Z'), await figures()]).toEqual([1, [{ month_expenditure: 0n, budget_used: 0n }]])
  await spend('2026-04-30T17:00:00Z', 3_00n)
  expect([await begin('2026-05-01T00:00:00Z'), await figures()]).toEqual([0, [{ month_expenditure: 3_00n, budget_used: 3_00n }]])
})
