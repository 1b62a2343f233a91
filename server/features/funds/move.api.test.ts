import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { allocateFunds, reclaimFunds } from '#contract/funds.ts'
import type { FundsSource } from '#contract/customers.ts'
import { Amount } from '#contract/money.ts'
import { sql } from '#server/db/query.ts'
import { closeBooks, openBooks } from '#server/ledger/books.ts'
import { findMismatches } from '#server/ledger/invariants.ts'
import { setCustomerFacts } from '#server/ledger/vendor.ts'
import { createTestApp, type Client, type TestApp } from '#server/testing/app.ts'
import { mountFunds } from './routes.ts'
import { confirm } from './testing-confirm.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp([mountFunds])
})
afterAll(() => app.close())

type Row = { customerId: string; amount: Amount; lotId?: string }
const row = (customerId: string, amount: string, lotId?: string): Row => ({ customerId, amount: Amount.parse(amount), ...(lotId !== undefined && { lotId }) })
const allocation = (items: Row[], from: FundsSource = 'top-up') => ({ body: { from, items } })
const open = (options: Parameters<TestApp['newPartner']>[0] = {}) => app.newPartner({ verificationOn: false, topUp: 1000_00n, credit: 500_00n, ...options })
const customersOf = (partnerId: string, ...values: Parameters<TestApp['addCustomer']>[1][]) => Promise.all(values.map((value) => app.addCustomer(partnerId, value)))
const holds = async (partnerId: string, accountId: string) => (await app.inTenant(partnerId, (tx) => tx.rows<{ balance: bigint }>(sql`select balance from accounts where partner_id = ${partnerId} and id = ${accountId}`)))[0]?.balance
const agree = async (partnerId: string) => expect(await app.inTenant(partnerId, findMismatches)).toEqual([])
const give = async (client: Client, items: Row[], from?: FundsSource) => (await confirm(client, allocateFunds, allocation(items, from))).body

describe('an administrator allocates', () => {
  test('200.00 to one customer: the summary says what will happen, nothing moves before it is confirmed, then all of it', async () => {
    const { id, admin } = await open()
    const [customer] = await customersOf(id, { name: '云海科技有限公司' })
    if (!customer) throw new Error('no customer')
    const { status, body, frozen } = await confirm(admin, allocateFunds, allocation([row(customer.id, '200.00')]), async () => expect(await holds(id, customer.accountId)).toBe(0n))

    expect(frozen?.summary).toEqual({
      operation: 'funds.allocate', total: '200.00', count: 1, largest: '200.00',
      facts: [{ kind: 'text', label: 'source', text: 'top-up' }, { kind: 'party', label: 'customer', nameMasked: '云海***公司', idTail: customer.number.slice(-4) }],
      items: [{ nameMasked: '云海***公司', idTail: customer.number.slice(-4), amount: '200.00' }],
      notes: [{ kind: 'change', label: 'available', from: '1000.00', to: '800.00' }, { kind: 'change', label: 'customer_balance', from: '0.00', to: '200.00' }],
    })
    expect(status).toBe(200)
    expect(body).toMatchObject({ total: '200.00', count: 1, batchNumber: null, adjustments: [{ customerId: customer.id, amount: '200.00', balance: '200.00' }] })
    expect(await holds(id, customer.accountId)).toBe(200_00n)
    await agree(id)
  })

  test('what was moved says by whom, under which proof, key and request', async () => {
    const { id, admin } = await open()
    const [customer] = await customersOf(id, {})
    const { body, frozen } = await confirm(admin, allocateFunds, allocation([row(customer?.id ?? '', '1.00')]))
    const [transfer] = await app.inTenant(id, (tx) => tx.rows<Record<string, unknown>>(sql`select actor_id, proof_id, key_hash, request_id, confirmed_by, kind, number from transfers where partner_id = ${id} and id = ${body.transferId}`))
    expect(transfer).toMatchObject({ actor_id: admin.memberId, proof_id: frozen?.proofId, confirmed_by: 'click', kind: 'allocate', number: body.adjustments[0]?.number })
    expect([transfer?.['key_hash'], transfer?.['request_id']].every((value) => typeof value === 'string' && value.length > 8)).toBe(true)
    const logged = await app.inTenant(id, (tx) => tx.rows(sql`select object_number, customer_id, amount, confirmed_by, result, details ->> 'proof' as proof from log_entries where partner_id = ${id} and operation = 'funds.allocate'`))
    expect(logged).toEqual([{ object_number: body.adjustments[0]?.number, customer_id: customer?.id, amount: 100n, confirmed_by: 'click', result: 'success', proof: frozen?.proofId }])
  })

  test('whoever reads of an operation that was refused after it was confirmed finds its proof as well', async () => {
    const { id, admin } = await open()
    const [customer, other] = await customersOf(id, {}, {})
    const { status, frozen } = await confirm(admin, allocateFunds, allocation([row(customer?.id ?? '', '900.00')]), () => give(admin, [row(other?.id ?? '', '500.00')]))
    expect(status).toBe(409)
    const logged = await app.inTenant(id, (tx) => tx.rows(sql`select confirmed_by, details ->> 'reason' as reason, details ->> 'proof' as proof from log_entries where partner_id = ${id} and operation = 'funds.allocate' and result = 'refused'`))
    expect(logged).toEqual([{ confirmed_by: 'click', reason: 'insufficient_funds', proof: frozen?.proofId }])
  })

  test('the customer is told by SMS and mail, each where it has the contact, with nothing readable left waiting', async () => {
    const { id, admin } = await open()
    const [both, mail] = await customersOf(id, { mobile: '+8613900005678', email: 'buyer@customer.example' }, { mobile: null, email: 'second@customer.example' })
    await give(admin, [row(both?.id ?? '', '1.00'), row(mail?.id ?? '', '1.00')])
    const messages = await app.inTenant(id, (tx) => tx.rows<{ channel: string; to_masked: string; text: string }>(sql`select channel, to_masked, encode(sealed, 'escape') as text from messages where partner_id = ${id} and kind = 'FU-04' order by channel, to_masked`))
    expect(messages.map(({ channel, to_masked: to }) => [channel, to])).toEqual([['email', 'b***@customer.example'], ['email', 's***@customer.example'], ['sms', '139****5678']])
    expect(messages.some(({ text }) => text.includes('customer.example') || text.includes('5678'))).toBe(false)
  })

  test('a batch in another order is the same batch; it is one transfer with a record of each customer', async () => {
    const { id, admin } = await open()
    const [first, second] = await customersOf(id, {}, { state: 'ACCOUNT_FROZEN' })
    if (!first || !second) throw new Error('no customers')
    const there = await admin.call(allocateFunds, allocation([row(first.id, '10.00'), row(second.id, '20.00')], 'credit'))
    const back = await admin.call(allocateFunds, allocation([row(second.id, '20.00'), row(first.id, '10.00')], 'credit'))
    expect(back.problem.proof?.proofId).toBe(there.problem.proof?.proofId)
    expect(there.problem.proof?.summary).toMatchObject({
      total: '30.00', count: 2, largest: '20.00', facts: [{ text: 'credit' }],
      notes: [{ kind: 'change', label: 'available', from: '500.00', to: '470.00' }, { kind: 'notice', notice: 'frozen_cannot_buy', count: 1 }],
    })
    const { body } = await confirm(admin, allocateFunds, allocation([row(second.id, '20.00'), row(first.id, '10.00')], 'credit'))
    expect(body).toMatchObject({ batchNumber: expect.stringMatching(/^B\d{12}$/), total: '30.00', adjustments: [{ customerId: second.id, amount: '20.00' }, { customerId: first.id, amount: '10.00' }] })
    await agree(id)
  })

  test('every row that cannot be done is named before anybody is asked for a proof, and none is done', async () => {
    const { id, admin } = await open()
    const [fine, referral] = await customersOf(id, {}, { associationType: 'REFERRAL' })
    const { status, problem } = await admin.call(allocateFunds, allocation([row(fine?.id ?? '', '1.00'), row(referral?.id ?? '', '1.00'), row((fine?.id ?? '').toUpperCase(), '2.00')]))
    expect([status, problem.code, problem.proof]).toEqual([409, 'rows_refused', undefined])
    expect(problem.rows).toEqual([
      { row: 1, code: 'not_resale', message: 'Only resale customers receive allocations.' }, { row: 2, code: 'duplicate', message: 'Already in the list (row 1).' },
    ])
    expect(await holds(id, fine?.accountId ?? '')).toBe(0n)
  })

  test('more than is available is refused with what is missing, from either account', async () => {
    const { id, admin } = await open()
    const [customer] = await customersOf(id, {})
    const tooMuch = await admin.call(allocateFunds, allocation([row(customer?.id ?? '', '1000.01')]))
    expect([tooMuch.status, tooMuch.problem.code, tooMuch.problem.facts]).toEqual([409, 'insufficient_funds', { available: '1000.00', needed: '1000.01', short: '0.01' }])
    const credit = await admin.call(allocateFunds, allocation([row(customer?.id ?? '', '600.00')], 'credit'))
    expect(credit.problem.facts).toEqual({ available: '500.00', needed: '600.00', short: '100.00' })
    expect((await give(admin, [row(customer?.id ?? '', '1000.00')])).total).toBe('1000.00')
  })

  test('money that was spent by a colleague while the person read the summary is refused, and the proof is gone', async () => {
    const { id, admin } = await open()
    const [customer] = await customersOf(id, {})
    const { status, problem, frozen } = await confirm(admin, allocateFunds, allocation([row(customer?.id ?? '', '700.00')]), () => give(admin, [row(customer?.id ?? '', '400.00')]))
    expect([status, problem.code]).toEqual([409, 'insufficient_funds'])
    expect(await holds(id, customer?.accountId ?? '')).toBe(400_00n)
    const again = await admin.call(allocateFunds, allocation([row(customer?.id ?? '', '700.00')]), { proof: frozen?.proofId ?? '' })
    expect(again.problem.code).toBe('insufficient_funds')
  })

  test('a list whose sum no movement can carry is refused as input', async () => {
    const { id, admin } = await open()
    const [first, second] = await customersOf(id, {}, {})
    const { status, problem } = await admin.call(allocateFunds, allocation([row(first?.id ?? '', '9999999999.99'), row(second?.id ?? '', '0.01')]))
    expect([status, problem.code]).toEqual([400, 'invalid_input'])
  })
})

describe('nobody moves money', () => {
  test.each(['RESTRICTED', 'FROZEN', 'LEFT'] as const)('of a partner that is %s', async (state) => {
    const { id, admin } = await open({ state })
    const [customer] = await customersOf(id, {})
    for (const answer of [await admin.call(allocateFunds, allocation([row(customer?.id ?? '', '1.00')])), await admin.call(reclaimFunds, { body: { items: [row(customer?.id ?? '', '1.00')] } })]) {
      expect([answer.status, answer.problem.code]).toEqual([403, 'partner_state'])
    }
  })

  test('of customers that are unknown, of another partner, or of a colleague: all look the same, and one spoils the batch', async () => {
    const { id, addMember } = await open()
    const manager = await addMember({ role: 'manager', extra: ['funds.allocate', 'funds.reclaim'] })
    const [mine, unassigned] = await customersOf(id, { managerId: manager.memberId }, {})
    const [foreign] = await customersOf((await open()).id, {})
    for (const stranger of [randomUUID(), foreign?.id ?? '', unassigned?.id ?? '']) {
      for (const items of [[row(stranger, '1.00')], [row(mine?.id ?? '', '1.00'), row(stranger, '1.00')]]) {
        for (const answer of [await manager.call(allocateFunds, allocation(items)), await manager.call(reclaimFunds, { body: { items } })]) {
          expect([answer.status, answer.problem.code]).toEqual([404, 'not_found'])
          expect(answer.text).not.toContain(stranger)
        }
      }
    }
    expect((await manager.call(allocateFunds, allocation([row(mine?.id ?? '', '1.00')]))).problem.code).toBe('proof_required')
  })

  test('while a failed check of the books has not been looked into', async () => {
    const { id, admin } = await open()
    const [customer] = await customersOf(id, {})
    expect(await app.database.inGlobal(closeBooks)).toBe(true)
    for (const answer of [await admin.call(allocateFunds, allocation([row(customer?.id ?? '', '1.00')])), await admin.call(reclaimFunds, { body: { items: [row(customer?.id ?? '', '1.00')] } })]) {
      expect([answer.status, answer.problem.detail]).toEqual([503, 'The books did not balance, so money operations are paused. No money moved. Please contact support.'])
    }
    expect(await app.database.inGlobal(openBooks)).toBe(true)
    expect((await give(admin, [row(customer?.id ?? '', '1.00')])).total).toBe('1.00')
  })

  test('without the permission', async () => {
    const { id, addMember } = await open()
    const manager = await addMember({ role: 'manager' })
    const [customer] = await customersOf(id, { managerId: manager.memberId })
    expect((await manager.call(allocateFunds, allocation([row(customer?.id ?? '', '1.00')]))).problem.code).toBe('no_permission')
    expect((await manager.call(reclaimFunds, { body: { items: [row(customer?.id ?? '', '1.00')] } })).problem.code).toBe('no_permission')
  })
})

describe('an administrator reclaims', () => {
  test('the money goes back to where each lot came from, newest first, and the summary says so', async () => {
    const { id, admin } = await open()
    const [customer] = await customersOf(id, {})
    const customerId = customer?.id ?? ''
    await give(admin, [row(customerId, '100.00')], 'credit')
    await give(admin, [row(customerId, '50.00')], 'top-up')
    const { body, frozen } = await confirm(admin, reclaimFunds, { body: { items: [row(customerId, '80.00')] } })
    expect(frozen?.summary).toMatchObject({
      operation: 'funds.reclaim', total: '80.00', count: 1,
      notes: [{ label: 'top-up', from: '950.00', to: '1000.00' }, { label: 'credit', from: '400.00', to: '430.00' }, { label: 'customer_balance', from: '150.00', to: '70.00' }],
    })
    expect(body).toMatchObject({ total: '80.00', count: 1, batchNumber: null, adjustments: [{ amount: '50.00', balance: '100.00' }, { amount: '30.00', balance: '70.00' }] })
    const logged = await app.inTenant(id, (tx) => tx.rows<{ amount: bigint; source: string }>(sql`select amount, details->>'source' as source from log_entries where partner_id = ${id} and operation = 'funds.reclaim' order by seq`))
    expect(logged).toEqual([{ amount: 50_00n, source: 'top-up' }, { amount: 30_00n, source: 'credit' }])
    const told = await app.inTenant(id, (tx) => tx.rows<{ channel: string }>(sql`select channel from messages where partner_id = ${id} and kind = 'FU-05' order by channel`))
    expect(told.map(({ channel }) => channel)).toEqual(['email', 'sms'])
    await agree(id)
  })

  test('exactly what is reclaimable can be taken, to the cent, and each row says its own limit', async () => {
    const { id, admin } = await open()
    const [busy, empty, open2] = await customersOf(id, { held: 20_00n, unsettled: 5_00n, arrears: 5_00n }, {}, {})
    await give(admin, [row(busy?.id ?? '', '100.00'), row(open2?.id ?? '', '10.00')])
    const { problem } = await admin.call(reclaimFunds, { body: { items: [row(busy?.id ?? '', '70.01'), row(empty?.id ?? '', '1.00'), row(open2?.id ?? '', '10.00')] } })
    expect(problem.rows).toEqual([
      { row: 0, code: 'above_reclaimable', message: 'Above the reclaimable 70.00.', max: '70.00' }, { row: 1, code: 'nothing_to_reclaim', message: 'Nothing can be reclaimed.' },
    ])
    const { body } = await confirm(admin, reclaimFunds, { body: { items: [row(busy?.id ?? '', '70.00'), row(open2?.id ?? '', '10.00')] } })
    expect(body.adjustments.map(({ balance }) => balance)).toEqual(['30.00', '0.00'])
    await agree(id)
  })

  test('a named lot is the only one that gives; an empty one and one of another customer do not', async () => {
    const { id, admin } = await open()
    const [first, second] = await customersOf(id, {}, {})
    await give(admin, [row(first?.id ?? '', '30.00')])
    await give(admin, [row(first?.id ?? '', '40.00')])
    await give(admin, [row(second?.id ?? '', '50.00')])
    const lots = await app.inTenant(id, (tx) => tx.rows<{ id: string; number: string; customer_id: string }>(sql`select id, number, customer_id from lots where partner_id = ${id} order by seq`))
    const [oldest, , theirs] = lots
    const { frozen, status } = await confirm(admin, reclaimFunds, { body: { items: [row(first?.id ?? '', '30.00', oldest?.id)] } })
    expect(frozen?.summary.facts[0]).toEqual({ kind: 'number', label: 'lot', number: oldest?.number })
    expect(status).toBe(200)
    const refused = async (lotId: string) => (await admin.call(reclaimFunds, { body: { items: [row(first?.id ?? '', '1.00', lotId)] } })).problem.rows?.[0]?.code
    expect([await refused(oldest?.id ?? ''), await refused(theirs?.id ?? ''), await refused(randomUUID())]).toEqual(['lot_empty', 'lot_unknown', 'lot_unknown'])
    await agree(id)
  })

  test('an order that the customer places meanwhile lowers the limit: the reclaim is refused and nothing moves', async () => {
    const { id, admin } = await open()
    const [customer] = await customersOf(id, {})
    const customerId = customer?.id ?? ''
    await give(admin, [row(customerId, '100.00')])
    const { status, problem } = await confirm(admin, reclaimFunds, { body: { items: [row(customerId, '100.00')] } }, () => app.inTenant(id, (tx) => setCustomerFacts(tx, id, customerId, { held: 60_00n })))
    expect([status, problem.rows]).toEqual([409, [{ row: 0, code: 'above_reclaimable', message: 'Above the reclaimable 40.00.', max: '40.00' }]])
    expect(await holds(id, customer?.accountId ?? '')).toBe(100_00n)
  })
})
