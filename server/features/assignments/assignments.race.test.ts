import { afterAll, beforeAll, expect, test } from 'vitest'
import { assignCustomers, planHandover, queryAssignments, queryHandovers, reclaimCustomers } from '#contract/assignments.ts'
import { sql } from '#server/db/query.ts'
import { runHandovers } from '#server/jobs/handovers.ts'
import { recordExpenditure } from '#server/ledger/expenditure.ts'
import { createTestApp, type TestApp, type TestPartner } from '#server/testing/app.ts'
import { mountAssignments } from './routes.ts'
import { dayOf, plusDays } from './rules.ts'
import { differences } from './testing-figures.ts'

let app: TestApp
beforeAll(async () => { app = await createTestApp([mountAssignments], { poolMax: 20 }) })
afterAll(() => app.close())

const todayOf = (partner: TestPartner) => app.inTenant(partner.id, async (_tx, now) => dayOf(now))

test('two administrators who give the same customer away at once: one wins, the other gets the row\'s reason', async () => {
  const partner = await app.newPartner()
  const colleague = await partner.addMember({ role: 'administrator' })
  const [a, b] = [await partner.addMember({ role: 'manager' }), await partner.addMember({ role: 'manager' })]
  for (let round = 0; round < 8; round += 1) {
    const [one, two] = [await app.addCustomer(partner.id), await app.addCustomer(partner.id)]
    const answers = await Promise.all([
      partner.admin.call(assignCustomers, { body: { managerId: a.memberId, customerIds: [one.id, two.id] } }), colleague.call(assignCustomers, { body: { managerId: b.memberId, customerIds: [two.id, one.id] } }),
    ])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
    expect(answers.find(({ status }) => status === 409)?.problem.rows?.map(({ row, code }) => [row, code])).toEqual([[0, 'already_assigned'], [1, 'already_assigned']])
    const { items } = (await partner.admin.call(queryAssignments, { body: { customerId: one.id } })).body
    expect(items.length).toBe(1)
  }
})

test('customers spend while they change hands, and each amount counts once for one manager', async () => {
  const partner = await app.newPartner()
  const [a, b] = [await partner.addMember({ role: 'manager' }), await partner.addMember({ role: 'manager' })]
  const customerIds = (await Promise.all(Array.from({ length: 4 }, () => app.addCustomer(partner.id, { managerId: a.memberId })))).map(({ id }) => id)
  const day = (offset: number) => app.inTenant(partner.id, async (_tx, now) => new Date(now.getTime() + offset * 86_400_000))
  const [today, later] = [await day(0), await day(2)]
  for (let round = 0; round < 4; round += 1) {
    await Promise.all([
      ...[a, b].map(({ memberId: managerId }) => partner.admin.call(assignCustomers, { body: { managerId, customerIds, change: true } })),
      // Also on a day that has not come, whose owner the change decides.
      ...customerIds.flatMap((customerId) => [today, later].map((at) => app.inTenant(partner.id, (tx, now) => recordExpenditure(tx, now, { partnerId: partner.id, timeZone: 'Asia/Shanghai', customerId, amount: 7n, at })))),
    ])
  }
  expect(await app.inTenant(partner.id, (tx) => differences(tx, partner.id))).toEqual([])
  const [sum] = await app.inTenant(partner.id, (tx) => tx.rows(sql`select sum(amount)::bigint as amount from manager_days where partner_id = ${partner.id}`))
  expect(sum).toEqual({ amount: 4n * 4n * 2n * 7n })
})

test('changes, reclaims and a plan of the same customers at once never break the history', async () => {
  const partner = await app.newPartner()
  const [a, b, c] = [await partner.addMember({ role: 'manager' }), await partner.addMember({ role: 'manager' }), await partner.addMember({ role: 'manager' })]
  const customerIds = (await Promise.all(Array.from({ length: 5 }, () => app.addCustomer(partner.id, { managerId: a.memberId })))).map(({ id }) => id)
  const day = await todayOf(partner)
  for (let round = 0; round < 4; round += 1) {
    const { admin } = partner
    const answers = await Promise.all([
      ...[a, b, c].map(({ memberId: managerId }) => admin.call(assignCustomers, { body: { managerId, customerIds, change: true } })), ...[a, b].map(({ memberId: managerId }) => admin.call(reclaimCustomers, { body: { managerId, customerIds } })),
      admin.call(planHandover, { body: { fromId: a.memberId, toId: c.memberId, day, customers: { which: 'all', except: [] }, tellCustomers: false } }),
    ])
    for (const { status } of answers) expect([200, 409]).toContain(status)
  }
  expect(await app.inTenant(partner.id, (tx) => differences(tx, partner.id))).toEqual([])
  const bad = await app.inTenant(partner.id, (tx) => tx.rows(sql`select c.id from customers c left join assignments a on a.partner_id = c.partner_id and a.customer_id = c.id and a.ended_at is null where c.partner_id = ${partner.id} and a.manager_id is distinct from c.manager_id`))
  expect(bad).toEqual([])
  const overlaps = await app.inTenant(partner.id, (tx) => tx.rows(sql`select x.id from assignments x join assignments y on y.partner_id = x.partner_id and y.customer_id = x.customer_id and y.id <> x.id
    and y.counts_from <= coalesce(x.counts_to, 'infinity') and x.counts_from <= coalesce(y.counts_to, 'infinity') and x.counts_from <= coalesce(x.counts_to, 'infinity') and y.counts_from <= coalesce(y.counts_to, 'infinity') where x.partner_id = ${partner.id}`))
  expect(overlaps).toEqual([])
})

test('two who plan for the same manager at once: one plan stands, the other hears of it', async () => {
  const partner = await app.newPartner()
  const colleague = await partner.addMember({ role: 'administrator' })
  const [a, b] = [await partner.addMember({ role: 'manager' }), await partner.addMember({ role: 'manager' })]
  for (let count = 0; count < 3; count += 1) await app.addCustomer(partner.id, { managerId: a.memberId })
  const body = { fromId: a.memberId, toId: b.memberId, day: plusDays(await todayOf(partner), 5), customers: { which: 'all' as const, except: [] }, tellCustomers: false }
  const answers = await Promise.all([partner.admin.call(planHandover, { body }), colleague.call(planHandover, { body })])
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
  expect((await partner.admin.call(queryHandovers, { body: {} })).body.total).toBe(1)
})

test('five thousand customers change hands within seconds, while four servers do it at once', async () => {
  const partner = await app.newPartner()
  const [from, to] = [await partner.addMember({ role: 'manager' }), await partner.addMember({ role: 'manager' })]
  const first = await app.addCustomer(partner.id, { managerId: from.memberId })
  await app.inTenant(partner.id, async (tx) => {
    await tx.run(sql`insert into accounts (partner_id, id, kind, owner_id, currency, balance, overdraft)
      select ${partner.id}::uuid, md5('account' || i)::uuid, 'customer', md5('customer' || i)::uuid, 'CNY', 0, 0 from generate_series(1, 4999) i union all
      select ${partner.id}::uuid, md5('own' || i)::uuid, 'own', md5('customer' || i)::uuid, 'CNY', 0, 0 from generate_series(1, 4999) i`)
    await tx.run(sql`insert into customers (partner_id, id, number, name, account_name, mobile, email, language, association_type, associated_at, manager_id, tag, state, month_expenditure, held, unsettled, arrears, budget_used, account_id, own_account_id)
      select c.partner_id, md5('customer' || i)::uuid, (3000000000 + i)::text, c.name, 'many' || i, null, 'many' || i || '@customer.example', 'zh-CN', 'RESALE', c.associated_at, c.manager_id, '', 'NORMAL', 0, 0, 0, 0, 0, md5('account' || i)::uuid, md5('own' || i)::uuid
        from customers c cross join generate_series(1, 4999) i where c.partner_id = ${partner.id} and c.id = ${first.id}`)
  })
  const { body, status } = await partner.admin.call(planHandover, { body: { fromId: from.memberId, toId: to.memberId, day: await todayOf(partner), customers: { which: 'all', except: [] }, tellCustomers: true } })
  expect([status, body.state, body.customers]).toEqual([200, 'RUNNING', 5000])
  const started = performance.now()
  const errors: Error[] = []
  await Promise.all(Array.from({ length: 4 }, () => runHandovers(app.database, { publicUrl: undefined, onError: (error) => void errors.push(error) })))
  const seconds = (performance.now() - started) / 1000
  expect(errors).toEqual([])
  const [done] = (await partner.admin.call(queryHandovers, { body: {} })).body.items
  expect([done?.state, done?.moved]).toEqual(['DONE', 5000])
  const [counted] = await app.inTenant(partner.id, (tx) => tx.rows(sql`select (select count(*)::int from assignments where partner_id = ${partner.id} and manager_id = ${to.memberId}::uuid) as begun,
    (select count(*)::int from messages where partner_id = ${partner.id} and kind = 'OG-07') as told, (select count(*)::int from log_entries where partner_id = ${partner.id} and operation = 'assignment.changed') as logged`))
  expect(counted).toEqual({ begun: 5000, told: 5000, logged: 5000 })
  expect(seconds).toBeLessThan(60)
})
