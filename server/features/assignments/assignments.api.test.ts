import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { assignCustomers, getAssignmentChoices, previewAssignment, queryAssigned, queryAssignments, queryManagers, reclaimCustomers } from '#contract/assignments.ts'
import { getCustomer } from '#contract/customers.ts'
import { allocateFunds } from '#contract/funds.ts'
import { Amount, toMinor } from '#contract/money.ts'
import { sql } from '#server/db/query.ts'
import { mountCustomers } from '#server/features/customers/routes.ts'
import { mountFunds } from '#server/features/funds/routes.ts'
import { recordExpenditure } from '#server/ledger/expenditure.ts'
import { createTestApp, type Client, type TestApp, type TestPartner } from '#server/testing/app.ts'
import { check, send } from '#server/testing/confirm.ts'
import { mountAssignments } from './routes.ts'
import { dayOf, plusDays } from './rules.ts'
import { differences, ownerOf, type Event } from './testing-figures.ts'

let app: TestApp
beforeAll(async () => { app = await createTestApp([mountAssignments, mountCustomers, mountFunds]) })
afterAll(() => app.close())

const nowOf = (partner: TestPartner) => app.inTenant(partner.id, async (_tx, now) => now)
const spend = (partner: TestPartner, customerId: string, amount: bigint) => app.inTenant(partner.id, (tx, now) => recordExpenditure(tx, now, { partnerId: partner.id, timeZone: 'Asia/Shanghai', customerId, amount, at: now }))
const give = (client: Client, managerId: string, customerIds: string[], change = false) => client.call(assignCustomers, { body: { managerId, customerIds, change } })
const take = (client: Client, managerId: string, customerIds: string[]) => client.call(reclaimCustomers, { body: { managerId, customerIds } })
const logOf = (partner: TestPartner) => app.inTenant(partner.id, (tx) => tx.rows<{ operation: string; result: string }>(sql`select operation, result, object_number as number, details from log_entries where partner_id = ${partner.id} and operation like 'assignment.%' order by seq`))

test('an administrator gives customers to a manager, who sees them at once; the log and the history say who has whom since when', async () => {
  const partner = await app.newPartner()
  const manager = await partner.addMember({ role: 'manager', name: '张知遥' })
  const [one, two] = [await app.addCustomer(partner.id, { name: '云海科技有限公司' }), await app.addCustomer(partner.id)]
  const today = dayOf(await nowOf(partner))
  expect((await manager.call(getCustomer, { params: { id: one.id } })).status).toBe(404)
  expect((await partner.admin.call(previewAssignment, { body: { customerIds: [two.id, one.id] } })).body).toEqual({
    items: [two, one].map(({ id, number }) => ({ id, number, nameMasked: expect.stringContaining('云海***'), manager: null })), countsTo: today, countsFrom: plusDays(today, 1),
  })

  const { status, body } = await give(partner.admin, manager.memberId, [one.id, two.id])

  expect([status, body]).toEqual([200, { count: 2, manager: { id: manager.memberId, nameMasked: '张**' }, countsFrom: plusDays(today, 1) }])
  expect((await manager.call(getCustomer, { params: { id: one.id } })).status).toBe(200)
  const history = (await partner.admin.call(queryAssignments, { body: { customerId: one.id } })).body
  expect(history.items).toEqual([{
    id: expect.any(String), customer: { id: one.id, number: one.number, nameMasked: '云海***公司' }, manager: { id: manager.memberId, nameMasked: '张**' }, assignedAt: expect.any(String), countsFrom: plusDays(today, 1),
    endedAt: null, countsTo: null, how: 'assigned', endedHow: null, byMasked: expect.any(String), endedByMasked: null,
  }])
  expect(await logOf(partner)).toEqual([one, two].map(({ number }) => ({ operation: 'assignment.assigned', result: 'success', number, details: { manager: '张**', countsFrom: plusDays(today, 1) } })))
})

test('whoever is taken by a colleague meanwhile is refused with the row, and nothing moves; a change says so and moves them', async () => {
  const partner = await app.newPartner()
  const [a, b] = [await partner.addMember({ role: 'manager', name: '张知遥' }), await partner.addMember({ role: 'manager' })]
  const [taken, free] = [await app.addCustomer(partner.id), await app.addCustomer(partner.id)]
  await give(partner.admin, a.memberId, [taken.id])

  const refused = await give(partner.admin, b.memberId, [free.id, taken.id, free.id])

  expect([refused.status, refused.problem.code, refused.problem.rows]).toEqual([409, 'rows_refused', [
    { row: 1, code: 'already_assigned', message: 'Assigned to 张** already.' }, { row: 2, code: 'duplicate', message: 'Already in the list (row 1).' },
  ]])
  expect(refused.problem.detail).toBe('Rows that cannot be carried out: 2. Nothing was changed.')
  expect((await partner.admin.call(previewAssignment, { body: { customerIds: [taken.id, free.id] } })).body.items.map(({ manager }) => manager?.id)).toEqual([a.memberId, undefined])
  expect((await give(partner.admin, b.memberId, [free.id, taken.id], true)).status).toBe(200)
  expect((await give(partner.admin, b.memberId, [taken.id], true)).problem.rows?.map(({ code }) => code)).toEqual(['already_assigned'])
  const { items } = (await partner.admin.call(queryAssignments, { body: { customerId: taken.id } })).body
  expect(items.map(({ manager, how, endedHow }) => [manager.id, how, endedHow])).toEqual([[b.memberId, 'changed', null], [a.memberId, 'assigned', 'changed']])
  expect((await partner.admin.call(queryAssignments, { body: { managerId: a.memberId, state: 'present' } })).body.total).toBe(0)
  expect((await logOf(partner)).map(({ operation, result }) => [operation, result])).toEqual([
    ['assignment.assigned', 'success'], ['assignment.assigned', 'refused'], ['assignment.assigned', 'success'], ['assignment.changed', 'success'], ['assignment.assigned', 'refused'],
  ])
})

test('only active account managers get customers, and only of their own partner', async () => {
  const [partner, other] = [await app.newPartner(), await app.newPartner()]
  const [manager, left, operator] = [await partner.addMember({ role: 'manager' }), await partner.addMember({ role: 'manager' }), await partner.addMember({ role: 'operator' })]
  const [stranger, theirs] = [await other.addMember({ role: 'manager' }), await app.addCustomer(other.id)]
  const { id } = await app.addCustomer(partner.id)
  await app.inTenant(partner.id, (tx) => tx.run(sql`update members set state = 'DISABLED' where partner_id = ${partner.id} and id = ${left.memberId}`))
  const codes = []
  for (const to of [left, operator, stranger]) codes.push((await give(partner.admin, to.memberId, [id])).problem.code)
  expect(codes).toEqual(['conflict', 'conflict', 'not_found'])
  expect((await give(partner.admin, manager.memberId, [id, theirs.id])).problem.code).toBe('not_found')
  expect((await give(partner.admin, manager.memberId, Array.from({ length: 101 }, () => randomUUID()))).status).toBe(400)
  expect((await give(operator, manager.memberId, [id])).problem.code).toBe('no_permission')
  const trusted = await partner.addMember({ role: 'operator', extra: ['org.view', 'org.assign', 'customer.view'] })
  expect((await give(trusted, manager.memberId, [id])).status).toBe(200)
})

test('a manager from whom a customer is taken loses sight at the next request, and what waits for a code is not executed', async () => {
  const partner = await app.newPartner({ topUp: 100_00n })
  const manager = await partner.addMember({ role: 'manager', extra: ['funds.allocate'] })
  const [mine, other] = [await app.addCustomer(partner.id, { managerId: manager.memberId }), await app.addCustomer(partner.id)]
  const order = { body: { from: 'top-up' as const, items: [{ customerId: mine.id, amount: Amount.parse('10.00') }] } }
  const proof = (await manager.call(allocateFunds, order)).problem.proof?.proofId ?? ''
  expect((await check(manager, proof, await send(app, manager, proof))).status).toBe(200)
  expect((await take(partner.admin, manager.memberId, [mine.id, other.id])).problem.rows).toEqual([{ row: 1, code: 'not_assigned', message: 'Not a customer of this account manager.' }])

  expect((await take(partner.admin, manager.memberId, [mine.id])).body).toEqual({ count: 1, manager: expect.objectContaining({ id: manager.memberId }), countsTo: dayOf(await nowOf(partner)) })

  const after = await manager.call(allocateFunds, order, { proof })
  expect([after.status, after.problem.code]).toEqual([404, 'not_found'])
  expect((await manager.call(getCustomer, { params: { id: mine.id } })).status).toBe(404)
  expect(await app.inTenant(partner.id, (tx) => tx.rows(sql`select balance from accounts where partner_id = ${partner.id} and kind = 'top-up'`))).toEqual([{ balance: 100_00n }])
  const [ended] = (await partner.admin.call(queryAssignments, { body: { managerId: manager.memberId } })).body.items
  expect([ended?.how, ended?.endedHow, ended?.countsTo]).toEqual(['vendor', 'reclaimed', dayOf(await nowOf(partner))])
})

test('customers of somebody who left can be taken back and given to another', async () => {
  const partner = await app.newPartner()
  const [left, next] = [await partner.addMember({ role: 'manager' }), await partner.addMember({ role: 'manager' })]
  const { id } = await app.addCustomer(partner.id, { managerId: left.memberId })
  await app.inTenant(partner.id, (tx) => tx.run(sql`update members set state = 'DISABLED' where partner_id = ${partner.id} and id = ${left.memberId}`))
  expect((await take(partner.admin, left.memberId, [id])).status).toBe(200)
  expect((await give(partner.admin, next.memberId, [id])).status).toBe(200)
})

test('a director sees the figures, customers and histories of the own managers and nothing else', async () => {
  const partner = await app.newPartner()
  const director = await partner.addMember({ role: 'director' })
  const [mine, peer] = [await partner.addMember({ role: 'manager', directorId: director.memberId }), await partner.addMember({ role: 'manager' })]
  const [own, theirs, nobodys] = [await app.addCustomer(partner.id, { managerId: mine.memberId, name: '青禾数据有限公司', mobile: '+8613911112222' }), await app.addCustomer(partner.id, { managerId: peer.memberId }), await app.addCustomer(partner.id)]
  for (const [{ id }, amount] of [[own, 5_00n], [theirs, 7_00n], [nobodys, 11_00n]] as const) await spend(partner, id, amount)
  const seen = (await director.call(queryManagers, { body: {} })).body
  expect(seen.items.map(({ manager }) => manager.id)).toEqual([mine.memberId])
  expect([seen.all.monthExpenditure, seen.unassigned, seen.all.customers]).toEqual(['5.00', null, 1])
  const all = (await partner.admin.call(queryManagers, { body: {} })).body
  expect([all.all.monthExpenditure, all.unassigned?.monthExpenditure, all.items.map(({ monthExpenditure }) => monthExpenditure).toSorted()]).toEqual(['23.00', '11.00', ['5.00', '7.00']])
  const filtered = async (filter: { managerId?: string; directorId?: string; customerNumber?: string }) => (await partner.admin.call(queryManagers, { body: { filter } })).body.items.map(({ manager }) => manager.id)
  expect([await filtered({ directorId: director.memberId }), await filtered({ directorId: 'none' }), await filtered({ customerNumber: theirs.number }), await filtered({ managerId: peer.memberId, customerNumber: own.number })])
    .toEqual([[mine.memberId], [peer.memberId], [peer.memberId], []])
  const listed = (client: Client, id: string) => client.call(queryAssigned, { params: { id }, body: {} })
  expect((await listed(director, peer.memberId)).status).toBe(404)
  expect((await listed(director, mine.memberId)).body.items).toEqual([{ id: own.id, number: own.number, nameMasked: '青禾***公司', accountNameMasked: expect.any(String), associationType: 'RESALE', assignedAt: expect.any(String), countsFrom: expect.any(String), monthExpenditure: '5.00', planned: null }])
  expect((await director.call(queryAssignments, { body: {} })).body.items.map(({ customer }) => customer.id)).toEqual([own.id])
  expect((await director.call(getAssignmentChoices, {})).body).toEqual({ managers: [{ id: mine.memberId, nameMasked: expect.any(String) }], directors: [{ id: director.memberId, nameMasked: expect.any(String) }] })
  expect((await mine.call(queryManagers, { body: {} })).problem.code).toBe('no_permission')
})

test('customers of a manager are looked up by part of the name or by a contact, and the view finds them again', async () => {
  const partner = await app.newPartner()
  const manager = await partner.addMember({ role: 'manager' })
  const wanted = await app.addCustomer(partner.id, { managerId: manager.memberId, name: '青禾数据有限公司', mobile: '+8613911113333' })
  await app.addCustomer(partner.id, { managerId: manager.memberId, name: '北岸贸易有限公司', associationType: 'REFERRAL' })
  await app.addCustomer(partner.id, { name: '青禾食品有限公司', mobile: '+8613911123333' })
  const find = async (body: { lookup?: { name?: string; mobile?: string }; view?: string; filter?: { associationType?: 'RESALE' | 'REFERRAL'; from?: string; to?: string } }) =>
    (await partner.admin.call(queryAssigned, { params: { id: manager.memberId }, body })).body
  const byName = await find({ lookup: { name: '禾数' } })
  expect([byName.items.map(({ id }) => id), byName.total, byName.lookupKinds]).toEqual([[wanted.id], 1, ['name']])
  expect((await find({ view: byName.view ?? '' })).items.map(({ id }) => id)).toEqual([wanted.id])
  expect((await find({ lookup: { mobile: '3333' } })).items.map(({ id }) => id)).toEqual([wanted.id])
  const today = dayOf(await nowOf(partner))
  expect([(await find({ filter: { associationType: 'REFERRAL' } })).total, (await find({ filter: { from: today, to: today } })).total, (await find({ filter: { from: plusDays(today, 1) } })).total]).toEqual([1, 2, 0])
})

test('through any history the managers and "unassigned" add up to the partner\'s total, and each day counts for whoever had the customer when it began', async () => {
  const partner = await app.newPartner()
  const managers = [await partner.addMember({ role: 'manager' }), await partner.addMember({ role: 'manager' })]
  const customers = await Promise.all(Array.from({ length: 4 }, () => app.addCustomer(partner.id)))
  const events = new Map<string, Event[]>(customers.map(({ id }) => [id, []]))
  const spent: { customerId: string; day: string; amount: bigint }[] = []
  let seed = 7
  const draw = (below: number) => { seed = (seed * 48_271) % 2_147_483_647; return seed % below }
  for (let step = 0; step < 60; step += 1) {
    app.travel(draw(20) * 3600 + 60)
    // Nobody stays signed in that long.
    const admin = await app.signIn(partner.id, partner.admin.memberId)
    const customer = customers[draw(customers.length)]
    if (!customer) continue
    const held = events.get(customer.id)?.at(-1)?.managerId ?? null
    const wish = draw(5)
    const next = wish < 2 ? managers[wish]?.memberId ?? null : wish === 2 ? null : held
    const { status } = next === held ? { status: 200 } : next === null ? await take(admin, held ?? '', [customer.id]) : await give(admin, next, [customer.id], held !== null)
    expect(status).toBe(200)
    const now = await nowOf(partner)
    events.get(customer.id)?.push({ at: now, managerId: next })
    const amount = BigInt(1 + draw(10_000))
    await spend(partner, customer.id, amount)
    spent.push({ customerId: customer.id, day: dayOf(now), amount })

    const { items, unassigned: nobodys, all } = (await admin.call(queryManagers, { body: {} })).body
    const unassigned = nobodys ?? all
    const month = dayOf(now).slice(0, 7)
    const model = (id: string | null) => spent.filter(({ customerId, day }) => day.startsWith(month) && ownerOf(events.get(customerId) ?? [], day) === id).reduce((sum, one) => sum + one.amount, 0n)
    expect(managers.map(({ memberId }) => toMinor(items.find(({ manager }) => manager.id === memberId)?.monthPerformance ?? Amount.parse('0.01')))).toEqual(managers.map(({ memberId }) => model(memberId)))
    expect(toMinor(unassigned.monthPerformance)).toBe(model(null))
    for (const figure of ['monthPerformance', 'monthExpenditure'] as const) expect(items.reduce((sum, row) => sum + toMinor(row[figure]), toMinor(unassigned[figure]))).toBe(toMinor(all[figure]))
    expect(toMinor(all.monthPerformance)).toBe(spent.filter(({ day }) => day.startsWith(month)).reduce((sum, one) => sum + one.amount, 0n))
    expect(items.reduce((sum, row) => sum + row.customers, unassigned.customers)).toBe(all.customers)
  }
  expect(await app.inTenant(partner.id, (tx) => differences(tx, partner.id))).toEqual([])
})

test('nobody can change whose customer it is without its history', async () => {
  const partner = await app.newPartner()
  const manager = await partner.addMember({ role: 'manager' })
  const { id } = await app.addCustomer(partner.id)
  await expect(app.inTenant(partner.id, (tx) => tx.run(sql`update customers set manager_id = ${manager.memberId}::uuid where id = ${id}`))).rejects.toThrow(/its assignment differ/)
})
