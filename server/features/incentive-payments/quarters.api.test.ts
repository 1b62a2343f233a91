import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { confirmTestPayment, submitBusiness } from '#contract/business.ts'
import { getAutomaticPayment, getPayment, listQuarters, type PaymentDetail, putAutomaticPayment, queryPayments, requestQuarter, resendPayment, withdrawPayment } from '#contract/incentive-payments.ts'
import { queryLog } from '#contract/operation-log.ts'
import { features } from '#server/app.ts'
import { open } from '#server/auth/seal.ts'
import { sql } from '#server/db/query.ts'
import { admin, vendor } from '#server/testing/admin.ts'
import { createTestApp, type TestApp, type TestPartner } from '#server/testing/app.ts'
import { certify } from '#server/testing/business.ts'
import { freeze, release } from '#server/operations/incentive-freezes.ts'
import { confirmNow, newStatement, toldOf } from '#server/testing/incentives.ts'
import { amountOf, clockwork, decide, invoiced, request, statement } from '#server/testing/payouts.ts'

let app: TestApp
let partner: TestPartner
beforeAll(async () => { app = await createTestApp(features) })
beforeEach(async () => {
  partner = await app.newPartner()
  await certify(app, partner)
})
afterAll(() => app.close())

const project = (period: string, amount = 100_00n, isConfirmed = true) => statement(app, partner, { kind: 'project', period, amount, isConfirmed })
const quarters = async () => (await partner.admin.call(listQuarters, {})).body.items
const ask = (total: bigint, quarter = '2026-Q2') => partner.admin.call(requestQuarter, { body: { quarter, option: 'BANK_TRANSFER', total: amountOf(total) } })
const automatic = (isOn: boolean, version: number, option: 'TOP_UP' | 'VOUCHER_QUOTA' | null = 'VOUCHER_QUOTA') => partner.admin.call(putAutomaticPayment, { body: { isOn, option, version } })
const requests = async () => (await partner.admin.call(queryPayments, { body: { sort: 'at' } })).body.items

/** The request of a quarter whose payment failed. */
async function failed(total: bigint): Promise<PaymentDetail> {
  const { body } = await ask(total)
  await decide(app, partner, 'payment:approve', body)
  await invoiced(partner, body)
  await decide(app, partner, 'invoice:approve', body)
  await decide(app, partner, 'payment:fail', body)
  return body
}
/** New bank data, certified. */
async function recertify(): Promise<void> {
  await partner.admin.call(submitBusiness, { body: { bank: { accountName: 'Test Partner', number: '755912345610999', bankName: '招商银行', branch: '深圳科技园支行' } } })
  for (const [name, ...more] of [['business:approve'], ['business:send-test', '--amount', '0.11']]) await admin(app, name ?? '', '--partner', partner.account, ...more, ...vendor())
  await partner.admin.call(confirmTestPayment, { body: { amount: amountOf(11n) } })
}
const stateOf = async ({ id }: Pick<PaymentDetail, 'id'>) => (await partner.admin.call(getPayment, { params: { id } })).body.state
const sums = () => app.inTenant(partner.id, (tx) => tx.rows(sql`select number, state, net, frozen, requested, paid, payout_round, payment_request_id from incentive_statements where partner_id = ${partner.id} order by number`))

test('what is confirmed of a quarter is requested together, reviewed, and told as a quarterly payment; rejected it goes on under its number', async () => {
  await project('2026-04')
  await project('2026-06', 250_00n)
  await project('2026-01', 30_00n)
  const [second, first] = await quarters()
  expect([second?.quarter, second?.total, second?.isRequestable, second?.months.map(({ month, statements, amount }) => [month, statements, amount]), first?.quarter]).toEqual(['2026-Q2', '350.00', true, [['2026-04', 1, '100.00'], ['2026-05', 0, '0.00'], ['2026-06', 1, '250.00']], '2026-Q1'])
  expect((await ask(349_99n)).problem).toMatchObject({ code: 'stale', facts: { total: '350.00' } })
  const { status, body } = await ask(350_00n)
  expect([status, body.quarter, body.state, body.total, body.items.length]).toEqual([200, '2026-Q2', 'SUBMITTED', '350.00', 2])
  expect((await quarters())[0]).toMatchObject({ isRequestable: false, blocks: [{ block: 'month_under_review', month: '2026-04' }, { block: 'month_under_review', month: '2026-06' }], request: { number: body.number, state: 'SUBMITTED' } })
  expect((await ask(350_00n)).problem).toMatchObject({ code: 'conflict', facts: { blocks: 'month_under_review:2026-04 month_under_review:2026-06' } })
  await decide(app, partner, 'payment:reject', body, '项目材料不全')
  const told = await app.inTenant(partner.id, (tx) => tx.rows<{ sealed: Uint8Array }>(sql`select sealed from messages where partner_id = ${partner.id} and kind = 'IC-13'`))
  expect(told.map(({ sealed }) => JSON.parse(open(sealed)).subject)).toEqual(['Quarterly payment rejected'])
  expect((await partner.admin.call(resendPayment, { params: { id: body.id }, body: { statementIds: body.items.map(({ id }) => id), option: 'TOP_UP', total: amountOf(350_00n) } })).problem.detail).toBe('Submit a quarterly request again under Project Incentives.')
  const again = await ask(350_00n)
  expect([again.status, again.body.id, again.body.state]).toEqual([200, body.id, 'SUBMITTED'])
  await decide(app, partner, 'payment:approve', again.body)
  await invoiced(partner, again.body)
  await decide(app, partner, 'invoice:approve', again.body)
  await decide(app, partner, 'payment:pay', again.body)
  expect((await quarters())[0]).toMatchObject({ blocks: [{ block: 'nothing', month: null }], request: { state: 'COMPLETED' } })
})

test('a quarter whose payment failed goes on as it was, although a negative incentive came in the meantime, which waits for the next request', async () => {
  await project('2026-04')
  const body = await failed(100_00n)
  await statement(app, partner, { period: '2026-08', amount: 30_00n, isNegative: true })
  await recertify()
  await decide(app, partner, 'payment:pay', body)
  expect((await partner.admin.call(getPayment, { params: { id: body.id } })).body).toMatchObject({ state: 'COMPLETED', payout: '100.00' })
  const later = await statement(app, partner, { period: '2026-09' })
  expect((await request(partner, [later], 'TOP_UP', 70_00n)).body).toMatchObject({ total: '70.00', statements: 2 })
})

test('a failed quarterly payment whose negative incentive was set off elsewhere is withdrawn, and the quarter is requested anew', async () => {
  await project('2026-04')
  await statement(app, partner, { amount: 30_00n, isNegative: true })
  const before = await sums()
  const body = await failed(70_00n)
  expect(await sums()).toEqual(before)
  // The negative incentive goes along with another request, so that the failed one never goes on as it was invoiced.
  const other = await statement(app, partner)
  expect((await request(partner, [other], 'TOP_UP', 70_00n)).status).toBe(200)
  await recertify()
  await clockwork(app)
  expect([await stateOf(body), (await quarters())[0]?.blocks]).toEqual(['PAYMENT_FAILED', [{ block: 'month_failed', month: '2026-04' }]])
  const director = await partner.addMember({ role: 'director' })
  expect((await director.call(withdrawPayment, { params: { id: body.id }, body: {} })).status).toBe(403)
  const foreign = await app.newPartner()
  expect((await foreign.admin.call(withdrawPayment, { params: { id: body.id }, body: {} })).status).toBe(404)
  const held = await sums()
  const { status, body: withdrawn } = await partner.admin.call(withdrawPayment, { params: { id: body.id }, body: {} })
  expect([status, withdrawn.state, withdrawn.reason, withdrawn.may, withdrawn.history.at(-1)]).toMatchObject([200, 'WITHDRAWN', null, { edit: false, invoice: false, withdraw: false }, { state: 'WITHDRAWN', by: 'member', byMasked: 'L***' }])
  expect(await sums()).toEqual(held)
  expect((await partner.admin.call(queryLog, { body: { filter: { operation: 'payment.withdrawn' } } })).body.items).toMatchObject([{ objectNumber: body.number, amount: '70.00', result: 'success' }])
  expect((await partner.admin.call(withdrawPayment, { params: { id: body.id }, body: {} })).problem.detail).toBe('The request has moved on, so this can no longer be done.')
  const [quarter] = await quarters()
  expect([quarter?.blocks, quarter?.total, quarter?.request?.state]).toEqual([[], '100.00', 'WITHDRAWN'])
  const again = await ask(100_00n)
  expect([again.status, again.body.number === body.number, again.body.total]).toEqual([200, false, '100.00'])
})

test('a request is withdrawn after its payment failed only, and never goes on afterwards', async () => {
  await project('2026-04')
  const { body } = await ask(100_00n)
  const withdraw = () => partner.admin.call(withdrawPayment, { params: { id: body.id }, body: {} })
  for (const command of ['', 'payment:approve', 'invoice:approve']) {
    if (command !== '') await decide(app, partner, command, body)
    expect([command, (await withdraw()).problem.code]).toEqual([command, 'conflict'])
    if (command === 'payment:approve') await invoiced(partner, body)
  }
  await decide(app, partner, 'payment:fail', body)
  expect((await withdraw()).status).toBe(200)
  await recertify()
  await clockwork(app)
  expect([await stateOf(body), (await decide(app, partner, 'payment:pay', body)).code, (await decide(app, partner, 'payment:retry', body)).code]).toEqual(['WITHDRAWN', 1, 1])
  await expect(app.inTenant(partner.id, (tx) => tx.run(sql`update payment_requests set state = 'PAYING' where partner_id = ${partner.id} and id = ${body.id}::uuid`))).rejects.toThrow(/cannot go from WITHDRAWN to PAYING/)
})

test('a bank transfer that a freeze held back goes on once the freeze is lifted, and not before, nor to the account at which it failed', async () => {
  const { id } = await project('2026-04')
  const body = await failed(100_00n)
  await clockwork(app)
  expect(await stateOf(body)).toBe('PAYMENT_FAILED')
  const frozen = await app.inTenant(partner.id, (tx, now) => freeze(tx, now, toldOf(partner), { statementId: id, which: sql`true`, cause: 'VENDOR_DECISION', explanation: '核查中', customerId: null }))
  await recertify()
  await clockwork(app)
  expect(await stateOf(body)).toBe('PAYMENT_FAILED')
  if (typeof frozen === 'string') throw new Error(frozen)
  await app.inTenant(partner.id, (tx, now) => release(tx, now, toldOf(partner), frozen.id))
  await clockwork(app)
  expect([await stateOf(body), (await partner.admin.call(queryLog, { body: { filter: { operation: 'payment.step' } } })).body.items[0]]).toMatchObject(['PAYING', { source: 'system', objectNumber: body.number }])
  await decide(app, partner, 'payment:fail', body)
  await clockwork(app)
  expect(await stateOf(body)).toBe('PAYMENT_FAILED')
})

test('what is frozen of a quarter is told beside its months, so that the figures add up to what can be requested', async () => {
  const half = await newStatement(app, partner, { period: '2026-05', lines: [{ incentive: 60_00n }, { incentive: 15_00n }] })
  await confirmNow(app, partner, half.id)
  await project('2026-06')
  await app.inTenant(partner.id, (tx, now) => freeze(tx, now, toldOf(partner), { statementId: half.id, which: sql`l.net = 1500`, cause: 'VENDOR_DECISION', explanation: '核查中', customerId: null }))
  const [quarter] = await quarters()
  expect([quarter?.months.map(({ amount }) => amount), quarter?.frozen, quarter?.total]).toEqual([['0.00', '75.00', '100.00'], '15.00', '160.00'])
})

test('a month whose incentives lapsed is told as lapsed, and a request by voucher quota as one that needs no invoice', async () => {
  await project('2026-04')
  const missed = await project('2026-05', 50_00n, false)
  await app.inTenant(partner.id, (tx) => tx.run(sql`update incentive_statements set state = 'LAPSED', lapsed_at = confirm_until where partner_id = ${partner.id} and id = ${missed.id}::uuid`))
  expect((await quarters())[0]?.months.map(({ statements, isLapsed }) => [statements, isLapsed])).toEqual([[1, false], [1, true], [0, false]])
  await partner.admin.call(requestQuarter, { body: { quarter: '2026-Q2', option: 'VOUCHER_QUOTA', total: amountOf(100_00n) } })
  expect((await quarters())[0]?.request).toMatchObject({ state: 'SUBMITTED', option: 'VOUCHER_QUOTA' })
})

test('a quarter waits for every month, for payment of bills and for certification, and says which', async () => {
  await project('2026-04')
  const late = await project('2026-05', 100_00n, false)
  expect((await quarters())[0]?.blocks).toEqual([{ block: 'month_unconfirmed', month: '2026-05' }])
  expect((await ask(100_00n)).problem.detail).toBe('This quarter cannot be requested yet.')
  await confirmNow(app, partner, late.id)
  await admin(app, 'partner:bills', '--partner', partner.account, '--unpaid', 'on', ...vendor())
  expect((await quarters())[0]?.blocks).toEqual([{ block: 'unpaid_bills', month: null }])
  expect((await ask(200_00n)).problem.code).toBe('unpaid_bills')
  await admin(app, 'partner:bills', '--partner', partner.account, '--unpaid', 'off', ...vendor())
  await failed(200_00n)
  expect((await quarters())[0]?.blocks).toEqual([{ block: 'month_failed', month: '2026-04' }, { block: 'month_failed', month: '2026-05' }])
  const bare = await app.newPartner()
  await statement(app, bare, { kind: 'project', period: '2026-04' })
  expect((await bare.admin.call(listQuarters, {})).body).toMatchObject({ items: [{ blocks: [{ block: 'business', month: null }] }], businessChecks: expect.arrayContaining([{ step: 'review', isDone: false }]) })
  expect((await bare.admin.call(requestQuarter, { body: { quarter: '2026-Q2', option: 'TOP_UP', total: amountOf(100_00n) } })).problem.code).toBe('business_not_certified')
  expect((await ask(100_00n, '2020-Q1')).status).toBe(404)
  const director = await partner.addMember({ role: 'director' })
  expect([(await director.call(listQuarters, {})).status, (await director.call(requestQuarter, { body: { quarter: '2026-Q2', option: 'TOP_UP', total: amountOf(100_00n) } })).status]).toEqual([403, 403])
})

test('the automatic request asks for what is confirmed after it was switched on, once, as far as the preferred option is offered, and never for project incentives', async () => {
  const before = await statement(app, partner)
  app.travel(1)
  expect((await automatic(true, 0, null)).problem.fields).toMatchObject([{ path: 'option', code: 'required' }])
  expect((await automatic(true, 0)).body).toMatchObject({ isOn: true, option: 'VOUCHER_QUOTA', version: 1, changedByMasked: 'L***' })
  expect((await automatic(true, 0)).problem.code).toBe('stale')
  app.travel(1)
  await clockwork(app)
  expect(await requests()).toEqual([])
  const [after, other] = [await statement(app, partner, { amount: 60_00n }), await statement(app, partner, { options: ['TOP_UP'] })]
  await project('2026-04')
  await clockwork(app)
  await clockwork(app)
  const [made, ...more] = await requests()
  expect([made?.isAutomatic, made?.operatorMasked, made?.option, made?.total, made?.state, more.length]).toEqual([true, null, 'VOUCHER_QUOTA', '60.00', 'UNDER_REVIEW', 0])
  expect((await partner.admin.call(getPayment, { params: { id: made?.id ?? '' } })).body.items.map(({ number }) => number)).toEqual([after.number])
  expect((await partner.admin.call(queryLog, { body: { filter: { operation: 'payment.requested' } } })).body.items).toMatchObject([{ source: 'system', objectNumber: made?.number }])
  // What people reject is theirs: it is not asked for again by itself.
  await decide(app, partner, 'payment:reject', { number: made?.number ?? '' })
  await clockwork(app)
  expect((await requests()).length).toBe(1)
  expect((await request(partner, [before, after, other], 'TOP_UP', 260_00n)).status).toBe(200)
  expect((await automatic(false, 1, null)).body).toMatchObject({ isOn: false, option: null })
  await statement(app, partner)
  await clockwork(app)
  expect((await requests()).length).toBe(2)
  expect((await partner.admin.call(getAutomaticPayment, {})).body.version).toBe(2)
})

test('while something stops requests the automatic request waits, and makes up for it afterwards', async () => {
  await automatic(true, 0)
  app.travel(1)
  await admin(app, 'partner:bills', '--partner', partner.account, '--unpaid', 'on', ...vendor())
  await statement(app, partner)
  await clockwork(app)
  expect(await requests()).toEqual([])
  await admin(app, 'partner:bills', '--partner', partner.account, '--unpaid', 'off', ...vendor())
  await clockwork(app)
  expect((await requests()).map(({ total }) => total)).toEqual(['100.00'])
})
