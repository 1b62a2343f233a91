import { afterAll, beforeAll, expect, test } from 'vitest'
import { cancelHandover, changeHandover, planHandover, previewHandover, queryAssigned, queryAssignments, queryHandovers } from '#contract/assignments.ts'
import { findObjects } from '#contract/search.ts'
import { sql } from '#server/db/query.ts'
import { reportOne } from '#server/features/invitations/testing-invites.ts'
import { mountLinks } from '#server/features/invites/links.ts'
import { mountProspects } from '#server/features/prospects/routes.ts'
import { mountSearch } from '#server/features/search/routes.ts'
import { recordExpenditure } from '#server/ledger/expenditure.ts'
import { runHandovers } from '#server/jobs/handovers.ts'
import { sendWaiting } from '#server/messages/worker.ts'
import { createTestApp, type Client, type TestApp, type TestPartner } from '#server/testing/app.ts'
import { customLink, mailInvite } from '#server/testing/visitor.ts'
import { mountAssignments } from './routes.ts'
import { dayOf, plusDays } from './rules.ts'
import { differences } from './testing-figures.ts'

let app: TestApp
beforeAll(async () => { app = await createTestApp([mountAssignments, mountProspects, mountLinks, mountSearch]) })
afterAll(() => app.close())

const day = 24 * 3600
const run = () => runHandovers(app.database, { publicUrl: 'https://console.test', onError: (error) => { throw error } })
const todayOf = (partner: TestPartner) => app.inTenant(partner.id, async (_tx, now) => dayOf(now))
const ownersOf = async (partner: TestPartner) => new Map((await app.inTenant(partner.id, (tx) => tx.rows<{ id: string; owner: string }>(sql`select id, manager_id as owner from customers where partner_id = ${partner.id}`))).map(({ id, owner }) => [id, owner]))
const disable = (partner: TestPartner, { memberId }: Client) => app.inTenant(partner.id, (tx) => tx.run(sql`update members set state = 'DISABLED' where partner_id = ${partner.id} and id = ${memberId}::uuid`))
const mailsOf = async (partner: TestPartner, kind: string) => (await app.inTenant(partner.id, (tx) => tx.rows<{ to: string; hour: number }>(sql`
  select to_masked as to, extract(hour from due_at at time zone 'Asia/Shanghai')::int as hour from messages where partner_id = ${partner.id} and kind = ${kind} order by at, id`)))

async function stage(customers: number) {
  const partner = await app.newPartner()
  const director = await partner.addMember({ role: 'director' })
  const [from, to] = [await partner.addMember({ role: 'manager', directorId: director.memberId, name: '张知遥' }), await partner.addMember({ role: 'manager', name: '李棠' })]
  const ids = []
  for (let count = 0; count < customers; count += 1) ids.push((await app.addCustomer(partner.id, { managerId: from.memberId })).id)
  const today = await todayOf(partner)
  const wish = { fromId: from.memberId, toId: to.memberId, day: today, tellCustomers: false }
  const all = (except: string[] = []) => ({ which: 'all' as const, except })
  const these = (chosen: string[]) => ({ which: 'these' as const, ids: chosen })
  return { partner, admin: partner.admin, director, from, to, ids, today, wish, all, these }
}

test('a handover of today is done at once: protected customers stay, today counts for the one and tomorrow for the other', async () => {
  const { partner, admin, from, to, ids: [kept = '', ...gone], today, wish, all } = await stage(4)
  const body = { ...wish, customers: all([kept]), tellCustomers: true }
  expect((await admin.call(previewHandover, { body })).body).toEqual({
    from: { id: from.memberId, nameMasked: '张**' }, to: { id: to.memberId, nameMasked: '李*' }, customers: 3, kept: 1, planned: 0, prospects: 0, invitations: 0, monthExpenditure: '0.00', countsTo: today, countsFrom: plusDays(today, 1),
  })

  const { status, body: done } = await admin.call(planHandover, { body })

  expect([status, done.state, done.customers, done.moved, done.kept, done.day, /^HO\d{12}$/.test(done.number)]).toEqual([200, 'DONE', 3, 3, 1, today, true])
  expect([...(await ownersOf(partner))].toSorted()).toEqual([[kept, from.memberId], ...gone.map((id) => [id, to.memberId])].toSorted())
  const { items } = (await admin.call(queryAssignments, { body: { customerId: gone[0] ?? '' } })).body
  expect(items.map(({ manager, how, endedHow, countsFrom, countsTo }) => ({ manager: manager.id, how, endedHow, countsFrom, countsTo }))).toEqual([
    { manager: to.memberId, how: 'handed_over', endedHow: null, countsFrom: plusDays(today, 1), countsTo: null }, { manager: from.memberId, how: 'vendor', endedHow: 'handed_over', countsFrom: plusDays(today, 1), countsTo: today },
  ])
  expect((await admin.call(findObjects, { body: { text: ` ${done.number.toLowerCase()} ` } })).body.items).toEqual([{ kind: 'handover', id: done.id, number: done.number, nameMasked: null, customerId: null }])
  expect((await from.call(findObjects, { body: { text: done.number } })).body.items).toEqual([])
  const log = await app.inTenant(partner.id, (tx) => tx.rows<{ operation: string }>(sql`select operation, object_number as number, details from log_entries where partner_id = ${partner.id} and operation ~ '^(assignment|handover)' order by seq`))
  expect(log.map(({ operation }) => operation)).toEqual(['assignment.changed', 'assignment.changed', 'assignment.changed', 'handover.done'])
  expect(log[3]).toEqual({ operation: 'handover.done', number: done.number, details: { from: '张**', to: '李*', day: today, customers: 3, kept: 1 } })
  const [managers, customers] = [await mailsOf(partner, 'OG-06'), await mailsOf(partner, 'OG-07')]
  expect([managers.length, customers.length]).toEqual([3, 3])
  for (const { hour } of [...managers, ...customers]) expect(hour >= 9 && hour < 18).toBe(true)
})

test('whoever has a new account manager is told so in a mail without anybody\'s name', async () => {
  const { partner, admin, wish, all } = await stage(1)
  await admin.call(planHandover, { body: { ...wish, customers: all(), tellCustomers: true } })
  const [wait] = await app.inTenant(partner.id, async (tx, now) => tx.rows<{ seconds: number }>(sql`select ceil(extract(epoch from max(due_at) - ${now}::timestamptz))::int + 1 as seconds from messages where partner_id = ${partner.id}`))
  app.travel(wait?.seconds ?? 0)
  await sendWaiting({ database: app.database, channels: app.deps.channels, onError: () => undefined }, [partner.id])
  app.travel(-(wait?.seconds ?? 0))
  const texts = app.email.sent.slice(-4).map(({ subject = '', text }) => `${subject}: ${text}`)
  expect(texts.filter((text) => text.startsWith('您的客户经理变更: 您在Test Partner的客户经理已变更。')).length).toBe(1)
  expect(texts.filter((text) => text.startsWith('Customers handed over: 1 customer of 张** was handed over to 李*.')).length).toBe(3)
})

test('a plan for a later day moves nobody before that day begins in China, and everybody once then, whoever runs it how often', async () => {
  const { partner, admin, to, from, ids: [first = '', second = ''], today, wish, these } = await stage(3)
  const later = plusDays(today, 3)
  const { body: planned } = await admin.call(planHandover, { body: { ...wish, day: later, customers: these([first, second]) } })
  expect([planned.state, planned.moved, (await mailsOf(partner, 'OG-06')).length]).toEqual(['PLANNED', 0, 3])
  await run()
  expect((await ownersOf(partner)).get(first)).toBe(from.memberId)
  const [left] = await app.inTenant(partner.id, async (tx, now) => tx.rows<{ seconds: number }>(sql`select extract(epoch from (${later}::date::timestamp at time zone 'Asia/Shanghai') - ${now}::timestamptz)::int as seconds`))
  app.travel((left?.seconds ?? 0) - 60)
  await run()
  expect((await ownersOf(partner)).get(first)).toBe(from.memberId)
  app.travel(120)
  await Promise.all([run(), run()])
  await run()
  const again = await app.signIn(partner.id, admin.memberId)
  expect([(await ownersOf(partner)).get(first), (await ownersOf(partner)).get(second)]).toEqual([to.memberId, to.memberId])
  const { items } = (await again.call(queryAssignments, { body: { customerId: first } })).body
  expect(items.map(({ countsFrom, countsTo }) => [countsFrom, countsTo])).toEqual([[plusDays(later, 1), null], [plusDays(today, 1), later]])
  const [done] = (await again.call(queryHandovers, { body: { state: 'DONE', managerId: to.memberId } })).body.items
  expect([done?.id, done?.moved, done?.doneAt !== null]).toEqual([planned.id, 2, true])
  const log = await app.inTenant(partner.id, (tx) => tx.rows(sql`select source from log_entries where partner_id = ${partner.id} and operation = 'handover.done'`))
  expect(log).toEqual([{ source: 'system' }])
  app.travel(-(left?.seconds ?? 0) - 60)
})

test('a job that comes days late still counts the day of the plan', async () => {
  const { partner, admin, from, to, ids: [one = ''], today, wish, all } = await stage(1)
  await admin.call(planHandover, { body: { ...wish, day: plusDays(today, 2), customers: all() } })
  const spend = (amount: bigint) => app.inTenant(partner.id, (tx, now) => recordExpenditure(tx, now, { partnerId: partner.id, timeZone: 'Asia/Shanghai', customerId: one, amount, at: now }))
  app.travel(2 * day)
  await spend(3_00n)
  app.travel(4 * day)
  await spend(5_00n)
  await run()
  // What was spent after the day of the plan and before the job counts for the new one.
  expect(await app.inTenant(partner.id, (tx) => tx.rows(sql`select manager_id as id, amount from manager_days where partner_id = ${partner.id} and amount <> 0 order by day`))).toEqual([{ id: from.memberId, amount: 300n }, { id: to.memberId, amount: 500n }])
  expect(await app.inTenant(partner.id, (tx) => differences(tx, partner.id))).toEqual([])
  const rows = await app.inTenant(partner.id, (tx) => tx.rows(sql`select counts_from::text as "from", counts_to::text as "to" from assignments where partner_id = ${partner.id} and customer_id = ${one}::uuid order by counts_from`))
  expect(rows).toEqual([{ from: plusDays(today, 1), to: plusDays(today, 2) }, { from: plusDays(today, 3), to: null }])
  app.travel(-6 * day)
})

test('a cancelled plan leaves everything as it was and its customers free; one that is done cannot be cancelled', async () => {
  const { partner, admin, from, ids: [one = ''], today, wish, all } = await stage(2)
  const body = { ...wish, day: plusDays(today, 1), customers: all() }
  const { body: first } = await admin.call(planHandover, { body })
  expect((await admin.call(planHandover, { body })).problem).toMatchObject({ code: 'conflict', detail: '2 customers are in another handover plan. Cancel that one, or keep these customers.' })
  expect((await admin.call(previewHandover, { body })).body.planned).toBe(2)
  expect((await admin.call(planHandover, { body: { ...body, customers: { which: 'these', ids: [one] } } })).problem.rows).toEqual([{ row: 0, code: 'in_plan', message: 'In another handover plan.' }])

  expect((await admin.call(cancelHandover, { params: { id: first.id }, body: {} })).body).toMatchObject({ state: 'CANCELLED', moved: 0 })

  expect((await admin.call(cancelHandover, { params: { id: first.id }, body: {} })).problem.code).toBe('conflict')
  app.travel(2 * day)
  await run()
  app.travel(-2 * day)
  expect([...(await ownersOf(partner)).values()]).toEqual([from.memberId, from.memberId])
  expect((await admin.call(planHandover, { body })).status).toBe(200)
})

test('a plan is changed before its day: whoever is in it hears of it, and the customers go to the new one on the new day', async () => {
  const { partner, admin, from, to, ids, today, wish, all } = await stage(2)
  const third = await partner.addMember({ role: 'manager', name: '周以宁' })
  const { body: plan } = await admin.call(planHandover, { body: { ...wish, day: plusDays(today, 1), customers: all() } })
  const change = (body: { toId: string; day: string; tellCustomers: boolean }) => admin.call(changeHandover, { params: { id: plan.id }, body })
  expect((await change({ toId: from.memberId, day: today, tellCustomers: false })).problem.fields?.map(({ path }) => path)).toEqual(['toId'])
  expect((await change({ toId: to.memberId, day: plusDays(today, 91), tellCustomers: false })).problem.fields?.map(({ path }) => path)).toEqual(['day'])
  expect((await change({ toId: admin.memberId, day: plusDays(today, 5), tellCustomers: false })).problem.code).toBe('conflict')
  const before = (await mailsOf(partner, 'OG-06')).length

  const { status, body: changed } = await change({ toId: third.memberId, day: plusDays(today, 5), tellCustomers: true })

  expect([status, changed.number, changed.state, changed.to.id, changed.day, changed.tellsCustomers, changed.customers]).toEqual([200, plan.number, 'PLANNED', third.memberId, plusDays(today, 5), true, 2])
  const [row] = (await admin.call(queryAssigned, { params: { id: from.memberId }, body: {} })).body.items
  expect(row?.planned).toEqual({ handoverId: plan.id, number: plan.number, to: { id: third.memberId, nameMasked: '周**' }, day: plusDays(today, 5) })
  // The one who gives, her director and the new one; and the one who is out of it.
  expect((await mailsOf(partner, 'OG-06')).length - before).toBe(4)
  const [log] = await app.inTenant(partner.id, (tx) => tx.rows(sql`select object_number as number, details from log_entries where partner_id = ${partner.id} and operation = 'handover.changed' and result = 'success'`))
  expect(log).toEqual({ number: plan.number, details: { from: '张**', to: '周**', day: plusDays(today, 5), before: `李*, ${plusDays(today, 1)}`, after: `周**, ${plusDays(today, 5)}` } })
  app.travel(2 * day)
  await run()
  expect(new Set((await ownersOf(partner)).values())).toEqual(new Set([from.memberId]))
  app.travel(4 * day)
  await run()
  app.travel(-6 * day)
  expect(await ownersOf(partner)).toEqual(new Map(ids.map((id) => [id, third.memberId])))
  expect((await change({ toId: to.memberId, day: plusDays(today, 9), tellCustomers: false })).problem.code).toBe('conflict')
})

test('a plan that is moved to today is carried out at once', async () => {
  const { partner, admin, to, today, wish, all } = await stage(2)
  const { body: plan } = await admin.call(planHandover, { body: { ...wish, day: plusDays(today, 9), customers: all() } })
  const { body: done } = await admin.call(changeHandover, { params: { id: plan.id }, body: { toId: to.memberId, day: today, tellCustomers: false } })
  expect([done.state, done.moved, new Set((await ownersOf(partner)).values())]).toEqual(['DONE', 2, new Set([to.memberId])])
})

test('whoever is somebody else\'s by the day of the plan stays there', async () => {
  const { partner, admin, from, to, ids: [one = '', two = ''], today, wish, all } = await stage(2)
  const third = await partner.addMember({ role: 'manager' })
  await admin.call(planHandover, { body: { ...wish, day: plusDays(today, 1), customers: all() } })
  await app.inTenant(partner.id, async (tx) => {
    await tx.run(sql`update assignments set manager_id = ${third.memberId}::uuid where partner_id = ${partner.id} and customer_id = ${one}::uuid`)
    await tx.run(sql`update customers set manager_id = ${third.memberId}::uuid where partner_id = ${partner.id} and id = ${one}::uuid`)
  })
  app.travel(2 * day)
  await run()
  app.travel(-2 * day)
  expect(await ownersOf(partner)).toEqual(new Map([[one, third.memberId], [two, to.memberId]]))
  expect(from.memberId).not.toBe(to.memberId)
})

test('more than a hundred customers go on in the background, in slices, and each is moved once', async () => {
  const { partner, admin, to, wish, all } = await stage(230)
  const { body: started } = await admin.call(planHandover, { body: { ...wish, customers: all() } })
  expect([started.state, started.customers, started.moved]).toEqual(['RUNNING', 230, 0])
  expect(app.jobs.filter(({ name }) => name === 'handover.run').at(-1)?.data).toEqual({ partnerId: partner.id, handoverId: started.id })
  await run()
  expect(new Set((await ownersOf(partner)).values())).toEqual(new Set([to.memberId]))
  const [done] = (await admin.call(queryHandovers, { body: {} })).body.items
  expect([done?.state, done?.moved]).toEqual(['DONE', 230])
  const [rows] = await app.inTenant(partner.id, (tx) => tx.rows<{ count: number }>(sql`select count(*)::int as count from assignments where partner_id = ${partner.id}`))
  expect(rows?.count).toBe(460)
})

test('who hands over everything also hands over reports, invitations and links that wait for a customer', async () => {
  const { partner, admin, from, to, today, wish, all, these, ids: [one = ''] } = await stage(1)
  await reportOne(from)
  await mailInvite(app, partner, { managerId: from.memberId })
  await customLink(from, 'REFERRAL', 'expo')
  const count = async (id: string) => (await app.inTenant(partner.id, (tx) => tx.rows(sql`select (select count(*)::int from prospects where partner_id = ${partner.id} and manager_id = ${id}::uuid) as reports,
    (select count(*)::int from invitations where partner_id = ${partner.id} and manager_id = ${id}::uuid) as mails, (select count(*)::int from invite_links where partner_id = ${partner.id} and manager_id = ${id}::uuid) as links`)))[0]
  expect((await admin.call(previewHandover, { body: { ...wish, customers: all() } })).body).toMatchObject({ customers: 1, prospects: 2, invitations: 2 })
  expect((await admin.call(previewHandover, { body: { ...wish, customers: these([one]) } })).body).toMatchObject({ customers: 1, prospects: 0, invitations: 0 })
  await admin.call(planHandover, { body: { ...wish, customers: all(), day: today } })
  expect([await count(from.memberId), await count(to.memberId)]).toEqual([{ reports: 0, mails: 0, links: 0 }, { reports: 2, mails: 1, links: 1 }])
  expect((await admin.call(planHandover, { body: { ...wish, customers: all() } })).problem.detail).toBe('This account manager has no customers, reports or invitations to hand over.')
})

test('a plan names another active account manager of the partner, own customers, and a day that can be', async () => {
  const { partner, admin, from, to, ids: [one = ''], today, wish, all, these } = await stage(1)
  const [other, foreign] = [await app.addCustomer(partner.id), await stage(1)]
  const plan = async (change: Partial<Parameters<typeof admin.call<typeof planHandover>>[1]['body']>) => {
    const { status, problem } = await admin.call(planHandover, { body: { ...wish, customers: all(), ...change } })
    return [status, problem.code, ...(problem.fields ?? []).map(({ path, message }) => `${path}: ${message}`), ...(problem.rows ?? []).map(({ code }) => code)]
  }
  expect(await plan({ toId: from.memberId })).toEqual([400, 'invalid_input', 'toId: Choose another account manager.'])
  expect(await plan({ day: plusDays(today, -1) })).toEqual([400, 'invalid_input', 'day: Choose a day from today to 90 days ahead.'])
  expect(await plan({ day: plusDays(today, 91) })).toEqual([400, 'invalid_input', 'day: Choose a day from today to 90 days ahead.'])
  expect(await plan({ toId: admin.memberId })).toEqual([409, 'conflict'])
  expect(await plan({ toId: foreign.to.memberId })).toEqual([404, 'not_found'])
  expect(await plan({ fromId: foreign.from.memberId })).toEqual([404, 'not_found'])
  expect(await plan({ customers: these([one, foreign.ids[0] ?? '']) })).toEqual([404, 'not_found'])
  expect(await plan({ customers: these([one, other.id]) })).toEqual([409, 'rows_refused', 'not_assigned'])
  expect(await plan({ customers: all([other.id]) })).toEqual([409, 'rows_refused', 'not_assigned'])
  await disable(partner, from)
  expect(await plan({ day: plusDays(today, 90) })).toEqual([200, undefined])
  await disable(partner, to)
  expect(await plan({})).toEqual([409, 'conflict'])
})

test('a new manager who is none any more on the day ends the plan, and the customers stay', async () => {
  const { partner, admin, from, to, director, today, wish, all } = await stage(1)
  const { body: planned } = await admin.call(planHandover, { body: { ...wish, day: plusDays(today, 1), customers: all() } })
  await disable(partner, to)
  expect((await director.call(queryHandovers, { body: {} })).body.items.map(({ id }) => id)).toEqual([planned.id])
  app.travel(2 * day)
  await run()
  app.travel(-2 * day)
  expect([...(await ownersOf(partner)).values()]).toEqual([from.memberId])
  expect((await admin.call(queryHandovers, { body: { state: 'CANCELLED' } })).body.items.map(({ id }) => id)).toEqual([planned.id])
  const log = await app.inTenant(partner.id, (tx) => tx.rows(sql`select result, details from log_entries where partner_id = ${partner.id} and operation = 'handover.cancelled'`))
  expect(log).toEqual([{ result: 'failed', details: expect.objectContaining({ reason: 'manager_unfit', from: '张**' }) }])
})
