import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { confirmStatements, createFeedback, getIncentiveChoices, getIncentiveOverview, getLine, getStatement, previewConfirmation, queryFreezes, queryLines, queryStatements, type StatementFilter } from '#contract/incentives.ts'
import { sql } from '#server/db/query.ts'
import { Refusal } from '#server/http/refusal.ts'
import { loadExporter } from '#server/operations/exports-actor.ts'
import { createTestApp, type Client, type TestApp, type TestPartner } from '#server/testing/app.ts'
import { confirmNow, newStatement } from '#server/testing/incentives.ts'
import { confirmOperation } from './confirm.ts'
import { mountIncentives } from './routes.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp([mountIncentives])
})
afterAll(() => app.close())

const confirm = (client: Client, ...statementIds: string[]) => client.call(confirmStatements, { body: { statementIds } })
const logOf = ({ id }: TestPartner) => app.inTenant(id, (tx) => tx.rows<{ operation: string; result: string; number: string | null }>(sql`select operation, result, object_number as number from log_entries where partner_id = ${id} and operation like 'incentive%' order by seq`))
const statesOf = ({ id }: TestPartner) => app.inTenant(id, (tx) => tx.rows<{ number: string; state: string; by: string | null; amount: bigint | null }>(sql`select number, state, confirmed_by_id as by, confirmed_amount as amount from incentive_statements where partner_id = ${id} order by number`))
const listed = async (client: Client, filter: StatementFilter = {}) => (await client.call(queryStatements, { body: { filter, pageSize: 100 } })).body

test('an administrator confirms the statements of a month together; who, when and how much stand in the rows and the log', async () => {
  const partner = await app.newPartner()
  const [one, two] = [await newStatement(app, partner, { lines: [{ incentive: 300_00n }] }), await newStatement(app, partner, { onDeadline: 'AUTO_CONFIRM', lines: [{ incentive: 20_05n }] })]
  const later = await newStatement(app, partner, { period: '2026-11' })
  const { body: preview } = await partner.admin.call(previewConfirmation, { body: { statementIds: [one.id] } })
  expect([preview.items.map(({ id }) => id).toSorted(), preview.total]).toEqual([[one.id, two.id].toSorted(), '320.05'])

  const left = await confirm(partner.admin, one.id)
  expect([left.status, left.problem.code, left.problem.facts?.['missing']]).toEqual([409, 'conflict', two.number])
  expect(left.problem.detail).toContain(two.number)
  expect((await statesOf(partner)).every(({ state }) => state === 'PENDING_CONFIRMATION')).toBe(true)

  const { status, body } = await confirm(partner.admin, one.id.toUpperCase(), two.id)
  expect([status, body]).toEqual([200, { count: 2, total: '320.05' }])
  expect(await statesOf(partner)).toEqual([
    { number: one.number, state: 'CONFIRMED', by: partner.admin.memberId, amount: 300_00n }, { number: two.number, state: 'CONFIRMED', by: partner.admin.memberId, amount: 20_05n },
    { number: later.number, state: 'PENDING_CONFIRMATION', by: null, amount: null },
  ])
  expect((await logOf(partner)).map(({ operation, result, number }) => [operation, result, number])).toEqual([
    ['incentive.confirmed', 'refused', null], ['incentive.confirmed', 'success', one.number], ['incentive.confirmed', 'success', two.number],
  ])
  const again = await confirm(partner.admin, one.id, two.id, one.id)
  expect([again.status, again.problem.rows]).toEqual([409, [
    { row: 0, code: 'already_confirmed', message: 'Confirmed already.' }, { row: 1, code: 'already_confirmed', message: 'Confirmed already.' }, { row: 2, code: 'duplicate', message: 'Already in the list (row 1).' },
  ]])
})

test('the last moment counts and the next does not, whether or not anybody has written the end down', async () => {
  const partner = await app.newPartner()
  const { id } = await newStatement(app, partner, { workingDays: 1 })
  const [row] = await app.inTenant(partner.id, (tx, now) => tx.rows<{ until: Date; left: number }>(sql`select confirm_until as until, extract(epoch from confirm_until - ${now}::timestamptz)::float8 as left from incentive_statements where id = ${id}`))
  const { until, left } = row ?? { until: new Date(0), left: 0 }
  // What the server decides by, at an exact time.
  const decideAt = (now: Date) => app.inTenant(partner.id, async (tx) => {
    const actor = await loadExporter(tx, partner.id, partner.admin.memberId)
    if (!actor) throw new Error('there is an administrator')
    return await Promise.resolve(confirmOperation.prepare({ body: { statementIds: [id] } }, { tx, now, actor, request: { id: 'r', address: '', agent: '', locale: 'en-US' } }, undefined)).then(() => 'confirmed', (error: unknown) => (error instanceof Refusal ? error.more.rows?.map(({ code }) => code) : error))
  })
  expect([await decideAt(new Date(until.getTime() - 1)), await decideAt(until)]).toEqual(['confirmed', ['after_deadline']])
  app.travel(left + 5)
  const admin = await app.signIn(partner.id, partner.admin.memberId)
  expect((await confirm(admin, id)).problem.rows?.map(({ code }) => code)).toEqual(['after_deadline'])
  const [read] = (await listed(admin)).items
  expect([read?.state, read?.canConfirm, read?.deadline?.workingDaysLeft]).toEqual(['LAPSED', false, 0])
  expect(await statesOf(partner)).toMatchObject([{ state: 'PENDING_CONFIRMATION' }])
  app.travel(-65)
  expect((await confirm(admin, id)).status).toBe(200)
  app.travel(60 - left)
})

test('a statement that is estimated or lapsed is not confirmed, and one row refuses all', async () => {
  const partner = await app.newPartner()
  const [good, estimated, lapsed] = [await newStatement(app, partner), await newStatement(app, partner, { isEstimated: true }), await newStatement(app, partner, { period: '2026-09' })]
  await app.inTenant(partner.id, (tx, now) => tx.run(sql`update incentive_statements set state = 'LAPSED', lapsed_at = ${now} where id = ${lapsed.id}`))
  const { problem } = await confirm(partner.admin, good.id, estimated.id, lapsed.id)
  expect(problem.rows?.map(({ row, code }) => [row, code])).toEqual([[1, 'not_pending'], [2, 'statement_lapsed']])
  expect((await statesOf(partner))[0]?.state).toBe('PENDING_CONFIRMATION')
})

test('what another partner has does not exist, also among own ones, and a field that nobody knows is refused', async () => {
  const [partner, other] = [await app.newPartner(), await app.newPartner()]
  const [own, theirs] = [await newStatement(app, partner), await newStatement(app, other)]
  for (const ids of [[theirs.id], [own.id, theirs.id], [randomUUID()]]) expect((await confirm(partner.admin, ...ids)).problem.code).toBe('not_found')
  expect((await partner.admin.call(previewConfirmation, { body: { statementIds: [theirs.id] } })).status).toBe(404)
  expect((await partner.admin.call(getStatement, { params: { id: theirs.id } })).status).toBe(404)
  expect((await partner.admin.call(getLine, { params: { id: theirs.lineIds[0] ?? '' } })).status).toBe(404)
  expect((await partner.admin.call(createFeedback, { params: { id: theirs.lineIds[0] ?? '' }, body: { opinion: '金额不符' } })).status).toBe(404)
  expect((await partner.admin.call(queryLines, { body: { filter: { statementId: theirs.id } } })).body).toMatchObject({ items: [], total: 0, totals: { net: '0.00' } })
  for (const [endpoint, body] of [[confirmStatements, { statementIds: [own.id], force: true }], [queryStatements, { filter: { secret: 1 } }], [queryLines, { filter: { mobile: '1' } }], [queryFreezes, { all: true }]] as const) {
    const { status, problem } = await partner.admin.call(endpoint, { body: { statementIds: [own.id] } }, { raw: body })
    expect([endpoint.path, status, problem.code]).toEqual([endpoint.path, 400, 'unknown_field'])
  }
  expect((await confirm(partner.admin, ...Array.from({ length: 101 }, () => own.id))).status).toBe(400)
})

test('an operator may look and confirm only with the right to it; a director and a manager never confirm', async () => {
  const partner = await app.newPartner()
  const { id } = await newStatement(app, partner)
  const [plain, viewer, confirmer] = [await partner.addMember({ role: 'operator' }), await partner.addMember({ role: 'operator', extra: ['incentive.view'] }), await partner.addMember({ role: 'operator', extra: ['incentive.view', 'incentive.confirm'] })]
  expect((await plain.call(queryStatements, { body: {} })).problem.code).toBe('no_permission')
  expect((await viewer.call(queryStatements, { body: {} })).body.items.map(({ canConfirm }) => canConfirm)).toEqual([false])
  for (const client of [viewer, await partner.addMember({ role: 'director', extra: ['incentive.confirm'] }), await partner.addMember({ role: 'manager', extra: ['incentive.confirm'] })]) expect((await confirm(client, id)).problem.code).toBe('no_permission')
  expect((await confirm(confirmer, id)).status).toBe(200)
})

const overview = async (client: Client) => (await client.call(getIncentiveOverview, {})).body
const lines = async (client: Client, body: Parameters<typeof client.call<typeof queryLines>>[1]['body']) => (await client.call(queryLines, { body: { pageSize: 100, ...body } })).body

test('a manager sees the lines of the own customers and sums of these alone; what the partner is paid is not told', async () => {
  const partner = await app.newPartner()
  const [director, peer] = [await partner.addMember({ role: 'director' }), await partner.addMember({ role: 'manager' })]
  const manager = await partner.addMember({ role: 'manager', directorId: director.memberId, name: '何书遥' })
  const [mine, theirs] = [await app.addCustomer(partner.id, { managerId: manager.memberId, name: '青禾数据有限公司', accountName: 'qinghe_data' }), await app.addCustomer(partner.id, { managerId: peer.memberId })]
  const both = await newStatement(app, partner, { lines: [{ customerId: mine.id, incentive: 11_00n, reseller: '云桥经销有限公司' }, { customerId: theirs.id, incentive: 500_00n }, { incentive: 9_00n }] })
  const none = await newStatement(app, partner, { period: '2026-09', lines: [{ customerId: theirs.id }] })
  for (const client of [manager, director]) {
    const { figures, deadlines } = await overview(client)
    expect([figures, deadlines.map(({ count, amount }) => [count, amount])]).toEqual([null, [[1, '11.00']]])
    const { items, amount } = await listed(client)
    expect([items.map(({ id }) => id), amount]).toEqual([[both.id], '11.00'])
    expect(items[0]).toMatchObject({ amount: '11.00', lines: 1, isPartial: true, payment: null, confirmedAmount: null, canConfirm: false })
    const found = await lines(client, {})
    expect([found.total, found.totals.net, found.items.map(({ customer, manager: by, resellerMasked }) => [customer, by, resellerMasked])]).toEqual([1, '11.00', [[
      { id: mine.id, number: mine.number, nameMasked: '青禾***公司', accountNameMasked: 'qi***ta' }, { id: manager.memberId, nameMasked: '何**' }, '云桥***公司',
    ]]])
    expect((await client.call(getStatement, { params: { id: none.id } })).status).toBe(404)
    expect((await client.call(getLine, { params: { id: both.lineIds[1] ?? '' } })).status).toBe(404)
    expect((await lines(client, { filter: { bar: 'performance' } })).totals.bar).toBe('11.00')
  }
  expect((await manager.call(createFeedback, { params: { id: both.lineIds[1] ?? '' }, body: { opinion: '不符' } })).status).toBe(404)
  expect((await director.call(createFeedback, { params: { id: both.lineIds[0] ?? '' }, body: { opinion: '不符' } })).problem.code).toBe('no_permission')
  expect((await manager.call(createFeedback, { params: { id: both.lineIds[0] ?? '' }, body: { opinion: '不符' } })).status).toBe(200)
  expect((await manager.call(getIncentiveChoices, {})).body).toMatchObject({ periods: ['2026-10'], years: [2026], managers: [{ id: manager.memberId }] })
})

test('lines are found by everything they show, and the total is that of what was found', async () => {
  const partner = await app.newPartner()
  const manager = await partner.addMember({ role: 'manager' })
  const customer = await app.addCustomer(partner.id, { name: '北岸贸易有限公司', mobile: '+8613911114444', managerId: manager.memberId })
  const [one, two] = [
    await newStatement(app, partner, { lines: [{ customerId: customer.id, incentive: 1_00n, order: 'CS-A', dataNumber: 'D-A', productType: '对象存储', billingMode: 'ONE_TIME', associationType: 'REFERRAL', reseller: '云桥经销' }, { incentive: 2_00n }] }),
    await newStatement(app, partner, { period: '2026-11', lines: [{ incentive: 4_00n }, { customerId: (await app.addCustomer(partner.id)).id, incentive: 8_00n }] }),
  ]
  await partner.admin.call(createFeedback, { params: { id: two.lineIds[0] ?? '' }, body: { opinion: '比例不符' } })
  const net = async (body: Parameters<typeof lines>[1]) => { const found = await lines(partner.admin, body); return [found.totals.net, found.total, found.items.length] }
  for (const filter of [{ order: 'CS-A' }, { dataNumber: 'D-A' }, { productType: '对象存储' }, { billingMode: 'ONE_TIME' }, { associationType: 'REFERRAL' }, { customerId: customer.id }, { customerNumber: customer.number }, { managerId: manager.memberId }] as const) expect([filter, ...(await net({ filter }))]).toEqual([filter, '1.00', 1, 1])
  expect(await net({ lookup: { name: '岸贸' } })).toEqual(['1.00', 1, 1])
  expect(await net({ lookup: { mobile: '4444' } })).toEqual(['1.00', 1, 1])
  expect(await net({ reseller: '云桥' })).toEqual(['1.00', 1, 1])
  expect(await net({ filter: { managerId: 'unassigned' } })).toEqual(['8.00', 1, 1])
  expect(await net({ filter: { feedbackState: 'OPEN' } })).toEqual(['4.00', 1, 1])
  expect(await net({ filter: { feedbackState: 'none' } })).toEqual(['11.00', 3, 3])
  expect(await net({ filter: { statementNumber: two.number.toLowerCase() } })).toEqual(['12.00', 2, 2])
  expect(await net({ filter: { period: '2026-10', productType: '弹性云服务器' } })).toEqual(['2.00', 1, 1])
  expect(await net({ filter: { programId: one.programId } })).toEqual(['3.00', 2, 2])
  expect(await net({ page: 2, pageSize: 3 })).toEqual(['15.00', 4, 1])
  const by = async (sort: 'incentive' | '-incentive' | 'period' | '-period') => (await lines(partner.admin, { sort })).items.map(({ net: each }) => each)
  expect([await by('incentive'), await by('-incentive'), await by('period'), await by('-period')]).toEqual([['1.00', '2.00', '4.00', '8.00'], ['8.00', '4.00', '2.00', '1.00'], ['1.00', '2.00', '4.00', '8.00'], ['4.00', '8.00', '1.00', '2.00']])
  const view = (await lines(partner.admin, { lookup: { name: '岸贸' } })).view
  expect(await net({ view: view ?? '' })).toEqual(['1.00', 1, 1])
})

test('statements are found by year, month, program, state, type, product, number and what is to be done, in each order', async () => {
  const partner = await app.newPartner()
  const a = await newStatement(app, partner, { period: '2025-12', onDeadline: 'AUTO_CONFIRM', kind: 'sales', lines: [{ incentive: 5_00n, productType: '数据库' }] })
  const b = await newStatement(app, partner, { period: '2026-10', lines: [{ incentive: 9_00n }] })
  const c = await newStatement(app, partner, { period: '2026-11', isEstimated: true, lines: [{ incentive: 7_00n }] })
  await confirmNow(app, partner, b.id)
  const found = async (filter: StatementFilter) => (await listed(partner.admin, filter)).items.map(({ number }) => number)
  expect([await found({ year: 2025 }), await found({ period: '2026-10' }), await found({ programId: c.programId }), await found({ kind: 'sales' }), await found({ onDeadline: 'LAPSE' }), await found({ state: 'CONFIRMED' }), await found({ productType: '数据库' }), await found({ number: b.number.toLowerCase() })])
    .toEqual([[a.number], [b.number], [c.number], [a.number], [c.number, b.number], [b.number], [a.number], [b.number]])
  expect([await found({ todo: 'confirm' }), await found({ todo: 'request' }), await found({ isFrozen: true }), await found({ associationType: 'RESALE', year: 2026 })]).toEqual([[a.number], [b.number], [], [c.number, b.number]])
  const by = async (sort: 'amount' | '-confirmUntil' | 'confirmUntil' | 'period') => (await partner.admin.call(queryStatements, { body: { sort } })).body.items.map(({ number }) => number)
  expect([await by('amount'), await by('period'), (await by('confirmUntil')).at(-1), (await by('-confirmUntil')).at(-1)]).toEqual([[a.number, c.number, b.number], [a.number, b.number, c.number], c.number, c.number])
  expect((await listed(partner.admin, { year: 2031 })).nextPeriod).toBe('2026-12')
  expect((await listed((await app.newPartner()).admin)).nextPeriod).toBe((await app.inTenant(partner.id, (tx, now) => tx.rows<{ month: string }>(sql`select to_char(${now}::timestamptz at time zone 'Asia/Shanghai' - interval '1 month', 'YYYY-MM') as month`)))[0]?.month)
})

test('feedback is given while the amount is open, one at a time, and neither stops the deadline nor says in the log what was written', async () => {
  const partner = await app.newPartner()
  const { id, lineIds: [lineId = ''] } = await newStatement(app, partner)
  const before = (await listed(partner.admin)).items[0]?.deadline
  const give = (opinion: string) => partner.admin.call(createFeedback, { params: { id: lineId }, body: { opinion } })
  expect((await give('比例应为 8%，请核对')).body).toMatchObject({ state: 'OPEN', opinion: '比例应为 8%，请核对', answer: null })
  expect((await give('再问一次')).problem).toMatchObject({ status: 409, code: 'conflict' })
  for (const wrong of ['', 'x'.repeat(501), '见 https://evil.cn', 'a\nb']) expect((await give(wrong)).status).toBe(400)
  const [item] = (await listed(partner.admin)).items
  expect([item?.feedback, item?.deadline]).toEqual([{ open: 1, answered: 0, closed: 0 }, before])
  const takesFeedback = async () => (await partner.admin.call(queryLines, { body: {} })).body.items.map(({ statement }) => statement.takesFeedback)
  expect(await takesFeedback()).toContain(true)
  await confirmNow(app, partner, id)
  expect(await takesFeedback()).not.toContain(true)
  await app.inTenant(partner.id, (tx, now) => tx.run(sql`update incentive_feedbacks set state = 'CLOSED', closed_at = ${now} where partner_id = ${partner.id}`))
  expect((await give('太晚了')).problem.code).toBe('conflict')
  expect((await partner.admin.call(getLine, { params: { id: lineId } })).body.feedbacks.map(({ state }) => state)).toEqual(['CLOSED'])
  const log = await app.inTenant(partner.id, (tx) => tx.rows<{ all: string }>(sql`select string_agg(l::text, ' ') as all from log_entries l where partner_id = ${partner.id}`))
  expect(log[0]?.all).not.toContain('应为')
})

test('the menu entry of the opportunity incentive is there for the master account of a marked solution provider, and a hint for its other members', async () => {
  const partner = await app.newPartner()
  const opportunity = async (client: Client) => (await overview(client)).opportunity
  expect(await opportunity(partner.admin)).toBe('hidden')
  await app.database.inGlobal((tx) => tx.run(sql`update partners set opportunity_incentive = true where id = ${partner.id}`))
  expect(await opportunity(partner.admin)).toBe('switch')
  await app.inTenant(partner.id, (tx) => tx.run(sql`update members set login = '' where id = ${partner.admin.memberId}`))
  expect(await opportunity(partner.admin)).toBe('shown')
  await app.database.inGlobal((tx) => tx.run(sql`update partners set type = 'DISTRIBUTOR' where id = ${partner.id}`))
  expect(await opportunity(partner.admin)).toBe('hidden')
})
