import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { allocateFunds, reclaimFunds } from '#contract/funds.ts'
import { Amount } from '#contract/money.ts'
import { sql } from '#server/db/query.ts'
import { findMismatches } from '#server/ledger/invariants.ts'
import { createTestApp, type TestApp } from '#server/testing/app.ts'
import { mountFunds } from './routes.ts'
import { confirm } from './testing-confirm.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp([mountFunds])
})
afterAll(() => app.close())

const open = () => app.newPartner({ verificationOn: false, topUp: 1000_00n, credit: 500_00n })
const allocation = (customerId: string, amount: string, from: 'top-up' | 'credit' = 'top-up') => ({ body: { from, items: [{ customerId, amount: Amount.parse(amount) }] } })
const change = (partnerId: string, what: ReturnType<typeof sql>) => app.inTenant(partnerId, (tx) => tx.run(what))
const held = async (partnerId: string, accountId: string) => (await app.inTenant(partnerId, (tx) => tx.rows<{ balance: bigint }>(sql`select balance from accounts where partner_id = ${partnerId} and id = ${accountId}`)))[0]?.balance
const agree = async (partnerId: string) => expect(await app.inTenant(partnerId, findMismatches)).toEqual([])

test('a right or a customer that somebody has lost since the last request is missing in the next one, also between asking and confirming', async () => {
  const { id, addMember } = await open()
  const manager = await addMember({ role: 'manager', extra: ['funds.allocate'] })
  const colleague = await addMember({ role: 'manager' })
  const customer = await app.addCustomer(id, { managerId: manager.memberId })
  expect((await confirm(manager, allocateFunds, allocation(customer.id, '1.00'))).status).toBe(200)

  const without = await confirm(manager, allocateFunds, allocation(customer.id, '2.00'), () => change(id, sql`update members set extra_permissions = '{}' where partner_id = ${id} and id = ${manager.memberId}::uuid`))
  expect([without.status, without.problem.code]).toEqual([403, 'no_permission'])
  await change(id, sql`update members set extra_permissions = '{funds.allocate}' where partner_id = ${id} and id = ${manager.memberId}::uuid`)
  // Whose customers a person sees follows from the roles, so the caller is somebody else with another role.
  await change(id, sql`update members set roles = '{operator}', extra_permissions = '{funds.allocate}' where partner_id = ${id} and id = ${manager.memberId}::uuid`)
  expect((await confirm(manager, allocateFunds, allocation(customer.id, '4.00'))).status).toBe(200)
  await change(id, sql`update members set roles = '{manager}' where partner_id = ${id} and id = ${manager.memberId}::uuid`)
  const foreign = await app.addCustomer(id, { managerId: colleague.memberId })
  const gone = await manager.call(allocateFunds, allocation(foreign.id, '8.00'), { key: randomUUID() })
  expect([gone.status, gone.problem.code]).toEqual([404, 'not_found'])
  expect([await held(id, customer.accountId), await held(id, foreign.accountId)]).toEqual([5_00n, 0n])
  await agree(id)
})

test('what comes back from two sources has a record of each, with the balance at its own place, and the answer of a replay is the same', async () => {
  const { id, admin } = await open()
  const customer = await app.addCustomer(id)
  expect((await confirm(admin, allocateFunds, allocation(customer.id, '30.00'))).status).toBe(200)
  expect((await confirm(admin, allocateFunds, allocation(customer.id, '20.00', 'credit'))).status).toBe(200)
  const order = { body: { items: [{ customerId: customer.id, amount: Amount.parse('45.00') }] } }
  const key = randomUUID()
  const proof = (await admin.call(reclaimFunds, order, { key })).problem.proof?.proofId ?? ''
  const done = await admin.call(reclaimFunds, order, { key, proof })
  expect(done.body.adjustments.map(({ amount, balance }) => [amount, balance])).toEqual([['20.00', '30.00'], ['25.00', '5.00']])
  expect((await admin.call(reclaimFunds, order, { key, proof })).text).toBe(done.text)
  expect(await held(id, customer.accountId)).toBe(5_00n)
  await agree(id)
})

test('of ten equal confirmations at once one moves the money, and all hear the same answer', async () => {
  const { id, admin } = await open()
  const customer = await app.addCustomer(id)
  const key = randomUUID()
  const proof = (await admin.call(allocateFunds, allocation(customer.id, '10.00'), { key })).problem.proof?.proofId ?? ''
  const answers = await Promise.all(Array.from({ length: 10 }, () => admin.call(allocateFunds, allocation(customer.id, '10.00'), { key, proof })))
  expect(new Set(answers.map(({ status, text }) => `${status} ${text}`))).toEqual(new Set([`200 ${answers[0]?.text}`]))
  expect(await held(id, customer.accountId)).toBe(10_00n)
  expect(await app.inTenant(id, (tx) => tx.rows(sql`select count(*)::int as count from log_entries where partner_id = ${id} and operation = 'funds.allocate'`))).toEqual([{ count: 1 }])
  await agree(id)
})

test('of ten confirmations at once with one proof and keys of their own one moves the money, and the others are told that it was used', async () => {
  const { id, admin } = await open()
  const customer = await app.addCustomer(id)
  const proof = (await admin.call(allocateFunds, allocation(customer.id, '10.00'), { key: randomUUID() })).problem.proof?.proofId ?? ''
  const answers = await Promise.all(Array.from({ length: 10 }, () => admin.call(allocateFunds, allocation(customer.id, '10.00'), { key: randomUUID(), proof })))
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  expect(answers.filter(({ status }) => status !== 200).map(({ problem }) => problem.code)).toEqual(Array.from({ length: 9 }, () => 'proof_required'))
  expect(await held(id, customer.accountId)).toBe(10_00n)
  await agree(id)
})
