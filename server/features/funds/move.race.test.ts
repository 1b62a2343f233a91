import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { allocateFunds, getFundsTargets, reclaimFunds } from '#contract/funds.ts'
import { Amount } from '#contract/money.ts'
import { sql } from '#server/db/query.ts'
import { findMismatches } from '#server/ledger/invariants.ts'
import { consume } from '#server/ledger/vendor.ts'
import { createTestApp, type TestApp } from '#server/testing/app.ts'
import { mountFunds } from './routes.ts'
import { confirm } from './testing-confirm.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp([mountFunds], { poolMax: 20 })
})
afterAll(() => app.close())

const row = (customerId: string, amount: string) => ({ customerId, amount: Amount.parse(amount) })
const agree = async (partnerId: string) => expect(await app.inTenant(partnerId, findMismatches)).toEqual([])

test('twenty colleagues confirm 10.00 each at once while 100.00 are there: ten are done, ten are told what is missing', { timeout: 120_000 }, async () => {
  const { id, addMember } = await app.newPartner({ verificationOn: false, topUp: 100_00n })
  const people = await Promise.all(Array.from({ length: 20 }, () => addMember({ role: 'administrator' })))
  const customers = await Promise.all(people.map(() => app.addCustomer(id)))
  const asked = await Promise.all(people.map(async (client, place) => {
    const [input, key] = [{ body: { from: 'top-up' as const, items: [row(customers[place]?.id ?? '', '10.00')] } }, randomUUID()]
    return { client, input, key, proof: (await client.call(allocateFunds, input, { key })).problem.proof?.proofId ?? '' }
  }))

  const answers = await Promise.all(asked.map(({ client, input, key, proof }) => client.call(allocateFunds, input, { key, proof })))

  const refused = answers.filter(({ status }) => status !== 200)
  expect([answers.length - refused.length, refused.length]).toEqual([10, 10])
  expect(refused.map(({ status, problem }) => [status, problem.code, problem.facts])).toEqual(refused.map(() => [409, 'insufficient_funds', { available: '0.00', needed: '10.00', short: '10.00' }]))
  const [books] = await app.inTenant(id, (tx) => tx.rows(sql`select (select balance from accounts where partner_id = ${id} and kind = 'top-up') as left, (select count(*)::int from transfers where partner_id = ${id} and kind = 'allocate') as done,
    (select count(*)::int from log_entries where partner_id = ${id} and operation = 'funds.allocate' and result = 'success') as logged, (select count(*)::int from log_entries where partner_id = ${id} and operation = 'funds.allocate' and result = 'refused') as refused,
    (select count(*)::int from messages where partner_id = ${id}) as told`))
  expect(books).toEqual({ left: 0n, done: 10, logged: 10, refused: 10, told: 20 })
  await agree(id)
})

test('everything is reclaimed while the customer spends: the total is kept, and what was confirmed is done in full or not at all', { timeout: 120_000 }, async () => {
  const { id, admin, addMember } = await app.newPartner({ verificationOn: false, topUp: 1000_00n })
  const colleagues = await Promise.all(Array.from({ length: 6 }, () => addMember({ role: 'administrator' })))
  for (let round = 0; round < 3; round += 1) {
    const customer = await app.addCustomer(id)
    await confirm(admin, allocateFunds, { body: { from: 'top-up', items: [row(customer.id, '90.00')] } })
    const spending = Array.from({ length: 6 }, () => app.inTenant(id, (tx, now) => consume(tx, now, { books: { partnerId: id, timeZone: 'Asia/Shanghai' }, customerId: customer.id, requestId: 'test', reason: 'test', at: now, amount: 7_00n })))
    const reclaims = colleagues.map((client) => confirm(client, reclaimFunds, { body: { items: [row(customer.id, '20.00')] } }))
    const [spent, taken] = await Promise.all([Promise.allSettled(spending), Promise.all(reclaims)])
    const gone = 7_00 * spent.filter(({ status }) => status === 'fulfilled').length + 20_00 * taken.filter(({ status }) => status === 200).length
    expect(taken.filter(({ status }) => status !== 200).map(({ problem }) => problem.code)).toEqual(taken.filter(({ status }) => status !== 200).map(() => 'rows_refused'))
    const { body } = await admin.call(getFundsTargets, { body: { customerIds: [customer.id] } })
    expect(body.items[0]?.balance).toBe(((90_00 - gone) / 100).toFixed(2))
    await agree(id)
  }
})
