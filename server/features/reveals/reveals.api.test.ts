import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Input } from '#contract/endpoint.ts'
import { getLogChoices, getLogEntry, queryLog, queryRevealRecords } from '#contract/operation-log.ts'
import { revealFields } from '#contract/reveals.ts'
import { sql } from '#server/db/query.ts'
import { mountOperationLog } from '#server/features/operation-log/routes.ts'
import { createTestApp, type Client, type TestApp, type TestPartner } from '#server/testing/app.ts'
import { mountReveals } from './routes.ts'

let app: TestApp
let partner: TestPartner
beforeAll(async () => {
  app = await createTestApp([mountReveals, mountOperationLog])
  partner = await app.newPartner()
})
afterAll(() => app.close())

type Body = Input<typeof revealFields>['body']
const reveal = (client: Client, ids: string[], fields: Body['fields'] = ['mobile'], page = '/customers') => client.call(revealFields, { body: { subject: 'customer', ids, fields, page } })
const rowsOf = (partnerId: string, operation = 'data.reveal') => app.inTenant(partnerId, (tx) => tx.rows<{ customer: string; details: { field: string; page: string }; number: string; operator: string }>(
  sql`select customer_id as customer, details, object_number as number, operator_id as operator from log_entries where operation = ${operation} order by seq`))

test('a reveal gives the full values, hides them after a minute, and leaves one record per customer and field', async () => {
  const manager = await partner.addMember({ role: 'manager', name: '王小芳' })
  const one = await app.addCustomer(partner.id, { name: '云海科技有限公司', accountName: 'yunhai', mobile: '+8613800138000', email: 'li@example.com', managerId: manager.memberId })
  const two = await app.addCustomer(partner.id, { mobile: null })
  const { status, body, headers } = await reveal(partner.admin, [one.id, two.id, one.id], ['name', 'accountName', 'mobile', 'email', 'manager'], '/customers')
  expect(status).toBe(200)
  expect(body.items[0]).toEqual({ id: one.id, values: { name: '云海科技有限公司', accountName: 'yunhai', mobile: '+8613800138000', email: 'li@example.com', manager: '王小芳' } })
  expect(body.items[1]?.values).toMatchObject({ mobile: null, manager: null })
  expect(Date.parse(body.hideAt) - Date.parse(body.now)).toBe(60_000)
  expect(headers.get('cache-control')).toContain('no-store')
  const rows = await rowsOf(partner.id)
  expect(rows).toHaveLength(10)
  expect(rows[0]).toEqual({ customer: one.id, number: one.number, operator: partner.admin.memberId, details: { field: 'name', page: '/customers' } })
  const log = await app.inTenant(partner.id, (tx) => tx.rows<{ text: string }>(sql`select string_agg(e::text, '') as text from log_entries e`))
  for (const clear of ['云海科技有限公司', '13800138000', 'li@example.com', '王小芳']) expect(log[0]?.text).not.toContain(clear)
})

test('prospects and invitations have their own fields, scope and records', async () => {
  const own = await app.newPartner()
  const [mine, peer] = [await own.addMember({ role: 'manager', name: '王小芳' }), await own.addMember({ role: 'manager' })]
  const [prospect, invitation] = ['0f8fad5b-d9cb-469f-a165-70867728950e', '7c9e6679-7425-40de-944b-e07fc1f90ae7']
  await app.inTenant(own.id, async (tx, now) => {
    await tx.run(sql`insert into prospects (partner_id, id, name, mobile, email, state, manager_id, reporter_id, reported_at, expires_at) values (${own.id}::uuid, ${prospect}::uuid, '北岸数据有限公司', '+8613700001111', 'north@customer.example', 'REPORTED', ${mine.memberId}::uuid, ${mine.memberId}::uuid, ${now}::timestamptz, ${now}::timestamptz)`)
    await tx.run(sql`insert into invitations (partner_id, id, number, kind, association_type, prospect_id, name, mobile, email, inviter_id, sent_at, state) values (${own.id}::uuid, ${invitation}::uuid, 'IV260101000001', 'MAIL', 'REFERRAL', ${prospect}::uuid, '北岸数据有限公司', '+8613700001111', 'north@customer.example', ${mine.memberId}::uuid, ${now}::timestamptz, 'SENT')`)
  })
  const ask = (client: Client, subject: Body['subject'], id: string, fields: Body['fields']) => client.call(revealFields, { body: { subject, ids: [id], fields, page: '/customers/development' } })
  expect((await ask(mine, 'prospect', prospect, ['name', 'mobile', 'email', 'manager'])).body.items).toEqual([{ id: prospect, values: { name: '北岸数据有限公司', mobile: '+8613700001111', email: 'north@customer.example', manager: '王小芳' } }])
  expect((await ask(mine, 'invitation', invitation, ['name', 'email', 'accountName'])).body.items[0]?.values).toEqual({ name: '北岸数据有限公司', email: 'north@customer.example', accountName: null })
  expect((await ask(mine, 'prospect', prospect, ['accountName'])).problem.code).toBe('invalid_input')
  for (const [client, subject, id] of [[peer, 'prospect', prospect], [peer, 'invitation', invitation], [partner.admin, 'prospect', prospect], [mine, 'prospect', invitation], [mine, 'customer', prospect]] as const) expect((await ask(client, subject, id, ['name'])).status).toBe(404)
  const operator = await own.addMember({ role: 'operator' })
  expect((await ask(operator, 'prospect', prospect, ['name'])).problem.code).toBe('no_permission')
  expect((await rowsOf(own.id)).map(({ number, customer }) => [number, customer])).toEqual([...Array(4).fill([prospect, null]), ...Array(3).fill(['IV260101000001', null])])
  const { body } = await own.admin.call(queryRevealRecords, { body: {} })
  expect([body.total, body.items.length, body.summary.map(({ subjects }) => subjects)]).toEqual([7, 7, [2]])
  expect(body.items[0]?.subject).toEqual({ kind: 'invitation', id: invitation, nameMasked: '北岸***公司', number: 'IV260101000001' })
  expect(body.items[6]?.subject).toEqual({ kind: 'prospect', id: prospect, nameMasked: '北岸***公司', number: '' })
})

test('a call with one customer that is not the person’s gives nothing, records nothing and does not say which', async () => {
  const own = await app.newPartner()
  const foreign = await app.addCustomer((await app.newPartner()).id)
  const manager = await own.addMember({ role: 'manager' })
  const mine = await app.addCustomer(own.id, { managerId: manager.memberId })
  const peers = await app.addCustomer(own.id)
  for (const id of [foreign.id, peers.id, '00000000-0000-4000-8000-000000000000']) {
    const { status, text } = await reveal(manager, [mine.id, id])
    expect(status).toBe(404)
    expect(text).not.toContain(id)
    expect(text).not.toContain('+86')
  }
  expect(await rowsOf(own.id)).toEqual([])
  expect((await reveal(manager, [mine.id])).status).toBe(200)
})

test('who lacks the permission gets nothing; an operator without customers sees a name, but no contact', async () => {
  const own = await app.newPartner()
  const customer = await app.addCustomer(own.id)
  const [blind, operator] = [await own.addMember({ role: 'administrator' }), await own.addMember({ role: 'operator' })]
  await app.inTenant(own.id, (tx) => tx.run(sql`update members set removed_permissions = '{data.reveal}' where id = ${blind.memberId}`))
  expect((await reveal(blind, [customer.id])).problem.code).toBe('no_permission')
  expect((await reveal(operator, [customer.id], ['mobile'])).problem.code).toBe('no_permission')
  expect((await reveal(operator, [customer.id], ['name'])).status).toBe(200)
})

test('a reveal is a change: without its header, with unknown fields or with too many ids it is refused', async () => {
  const own = await app.newPartner()
  const customer = await app.addCustomer(own.id)
  const body = { subject: 'customer', ids: [customer.id], fields: ['mobile'], page: '/customers' }
  expect((await own.admin.call(revealFields, { body: { subject: 'customer', ids: [customer.id], fields: ['mobile'], page: '/customers' } }, { csrf: null })).status).toBe(403)
  for (const raw of [{ ...body, ids: [] }, { ...body, ids: Array.from({ length: 101 }, () => customer.id) }, { ...body, fields: ['password'] }, { ...body, fields: [] }, { ...body, page: '/customers?phone=13800138000' }, { ...body, partnerId: own.id }]) {
    expect((await own.admin.call(revealFields, { body: { subject: 'customer', ids: [], fields: [], page: '' } }, { raw })).status).toBe(400)
  }
  expect(await rowsOf(own.id)).toEqual([])
})

test('above the limits the person waits, the refusal is logged and the administrators are told once', async () => {
  const own = await app.newPartner()
  const curious = await own.addMember({ role: 'administrator', name: '赵明' })
  const customer = await app.addCustomer(own.id)
  for (let i = 0; i < 60; i += 1) expect((await reveal(curious, [customer.id])).status).toBe(200)
  app.jobs.length = 0
  for (let i = 0; i < 2; i += 1) {
    const { status, problem, headers, text } = await reveal(curious, [customer.id])
    expect([status, problem.code]).toEqual([429, 'too_many_requests'])
    expect(Math.abs(Number(headers.get('retry-after')) - 3600)).toBeLessThan(60)
    expect(text).not.toContain('+86')
  }
  expect(await rowsOf(own.id)).toHaveLength(60)
  expect(await rowsOf(own.id, 'data.reveal_limit')).toHaveLength(2)
  const told = await app.inTenant(own.id, (tx) => tx.rows<{ kind: string }>(sql`select kind from messages`))
  expect(told).toEqual([{ kind: 'PR-07' }, { kind: 'PR-07' }])
  expect((await reveal(own.admin, [customer.id])).status).toBe(200)
  app.travel(3601)
  expect((await reveal(await app.signIn(own.id, curious.memberId), [customer.id])).status).toBe(200)
})

test('the records show administrators everything and everybody else their own, with a summary of the month', async () => {
  const own = await app.newPartner()
  const manager = await own.addMember({ role: 'manager', name: '王芳' })
  const director = await own.addMember({ role: 'director' })
  const [a, b] = [await app.addCustomer(own.id, { managerId: manager.memberId, name: '云海科技有限公司' }), await app.addCustomer(own.id, { managerId: manager.memberId })]
  await reveal(own.admin, [a.id], ['mobile', 'email'])
  await reveal(manager, [a.id, b.id], ['name'], '/customers')
  const records = async (client: Client, filter = {}) => (await client.call(queryRevealRecords, { body: { filter } })).body
  const all = await records(own.admin)
  expect([all.total, all.items.map(({ field }) => field)]).toEqual([4, ['name', 'name', 'email', 'mobile']])
  expect(all.items[0]?.operatorMasked).toBe('王*')
  expect(all.items[3]?.subject).toEqual({ kind: 'customer', id: a.id, nameMasked: '云海***公司', number: a.number })
  expect(all.summary.map(({ subjects, largestDay }) => [subjects, largestDay])).toEqual([[2, 2], [1, 1]])
  expect((await records(own.admin, { customerNumber: b.number })).total).toBe(1)
  expect((await records(own.admin, { operatorId: own.admin.memberId })).total).toBe(2)
  const own2 = await records(manager)
  expect([own2.total, own2.summary]).toEqual([2, [{ operatorMasked: '王*', subjects: 2, largestDay: 2 }]])
  expect((await records(director)).total).toBe(0)
})

test('the log shows everybody their own entries, and those who may see all of them all', async () => {
  const own = await app.newPartner()
  const [manager, director] = [await own.addMember({ role: 'manager' }), await own.addMember({ role: 'director' })]
  const customer = await app.addCustomer(own.id, { managerId: manager.memberId })
  const hidden = await app.addCustomer(own.id)
  await reveal(manager, [customer.id])
  await reveal(own.admin, [hidden.id])
  const log = async (client: Client, filter = {}) => (await client.call(queryLog, { body: { filter } })).body
  expect((await log(own.admin)).items.map(({ customer: subject }) => subject?.id)).toEqual([hidden.id, customer.id])
  const mine = await log(manager)
  expect([mine.total, mine.items[0]?.customer?.number, mine.items[0]?.operation]).toEqual([1, customer.number, 'data.reveal'])
  // The director reads about whom it was, but cannot open a customer outside the scope.
  expect((await log(director)).items.map(({ customer: subject }) => [subject?.id, subject?.number])).toEqual([[null, hidden.number], [null, customer.number]])
  expect((await log(own.admin, { customerId: customer.id, operation: 'data.reveal', operatorId: manager.memberId, objectNumber: customer.number, result: 'success', from: '2020-01-01', to: '2100-01-01' })).total).toBe(1)
  for (const filter of [{ operation: 'funds.allocate' }, { customerNumber: '1' }, { result: 'failed' }, { confirmedBy: 'sms' }, { source: 'vendor' }, { objectKind: 'proof' }, { to: '2020-01-01' }]) expect([filter, (await log(own.admin, filter)).total]).toEqual([filter, 0])
  const id = (await log(own.admin)).items[0]?.id ?? ''
  const { body: entry } = await own.admin.call(getLogEntry, { params: { id } })
  expect(entry).toMatchObject({ requestId: expect.any(String), address: expect.any(String), details: [{ label: 'page', value: '/customers' }, { label: 'field', value: 'mobile' }] })
  expect((await manager.call(getLogEntry, { params: { id } })).status).toBe(404)
  expect((await (await app.newPartner()).admin.call(getLogEntry, { params: { id } })).status).toBe(404)
  expect((await manager.call(getLogChoices, {})).body.operators.map(({ id: operator }) => operator)).toEqual([manager.memberId])
  expect((await own.admin.call(getLogChoices, {})).body.operators).toHaveLength(3)
})
