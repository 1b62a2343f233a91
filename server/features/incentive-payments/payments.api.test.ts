import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { confirmTestPayment, submitBusiness } from '#contract/business.ts'
import { createPayment, getPayment, getRequestable, queryPayments, resendPayment } from '#contract/incentive-payments.ts'
import { queryStatements } from '#contract/incentives.ts'
import { queryLog } from '#contract/operation-log.ts'
import { findObjects } from '#contract/search.ts'
import { features } from '#server/app.ts'
import { open } from '#server/auth/seal.ts'
import { sql } from '#server/db/query.ts'
import { closeBooks, openBooks } from '#server/ledger/books.ts'
import { freeze } from '#server/operations/incentive-freezes.ts'
import { admin, vendor } from '#server/testing/admin.ts'
import { createTestApp, type TestApp, type TestPartner } from '#server/testing/app.ts'
import { certify } from '#server/testing/business.ts'
import { toldOf } from '#server/testing/incentives.ts'
import { amountOf, clockwork, decide, invoiced, request, statement } from '#server/testing/payouts.ts'

let app: TestApp
let partner: TestPartner
beforeAll(async () => { app = await createTestApp(features) })
beforeEach(async () => {
  partner = await app.newPartner()
  await certify(app, partner)
})
afterAll(() => app.close())

const stateOf = async (id: string) => (await partner.admin.call(getPayment, { params: { id } })).body.state
const statementStates = async () => (await partner.admin.call(queryStatements, { body: { sort: 'period' } })).body.items.map(({ number, state, payment }) => ({ number, state, payable: payment?.payable, inPayment: payment?.inPayment, paid: payment?.paid }))
const form = async () => (await partner.admin.call(getRequestable, {})).body
const topUpBalance = async () => (await app.inTenant(partner.id, (tx) => tx.rows<{ balance: bigint }>(sql`select balance from accounts where partner_id = ${partner.id} and kind = 'top-up'`)))[0]?.balance
const subjects = async () => (await app.inTenant(partner.id, (tx) => tx.rows<{ kind: string; channel: string; sealed: Uint8Array }>(sql`select kind, channel, sealed from messages where partner_id = ${partner.id} and kind in ('IC-06','IC-07','IC-08','IC-09','IC-10','IC-13') and channel = 'email' order by at, id`)))
  .map(({ kind, sealed }) => `${kind} ${JSON.parse(open(sealed)).subject}`)

test('a certified partner requests any of its confirmed statements at once, and the request says what it holds and where it stands', async () => {
  const [first, second, third] = [await statement(app, partner, { period: '2026-07' }), await statement(app, partner, { amount: 250_50n }), await statement(app, partner, { period: '2026-09' })]
  const shown = await form()
  expect([shown.payable, shown.blocks, shown.items.map(({ number, amount, block }) => [number, amount, block])]).toEqual(['450.50', [], [[first.number, '100.00', null], [second.number, '250.50', null], [third.number, '100.00', null]]])
  const { status, body } = await request(partner, [first, second], 'BANK_TRANSFER', 350_50n)
  expect([status, body.state, body.total, body.payout, body.statements, body.periodFrom, body.periodTo, body.isAutomatic, body.number]).toEqual([200, 'SUBMITTED', '350.50', '350.50', 2, '2026-07', '2026-08', false, expect.stringMatching(/^PR\d{12}$/)])
  expect(body.bank).toEqual({ id: expect.any(String), accountName: 'Test Partner', numberMasked: '**** 0308', bankName: '招商银行' })
  expect((await statementStates()).map(({ state, inPayment }) => [state, inPayment])).toEqual([['ISSUING', '100.00'], ['ISSUING', '250.50'], ['CONFIRMED', '0.00']])
  expect((await form()).payable).toBe('100.00')
  await clockwork(app)
  expect(await stateOf(body.id)).toBe('UNDER_REVIEW')
  expect((await partner.admin.call(queryPayments, { body: { filter: { state: 'UNDER_REVIEW', option: 'BANK_TRANSFER', period: '2026-08' } } })).body).toMatchObject({ total: 1, payable: '100.00', items: [{ id: body.id, steps: [{ state: 'SUBMITTED' }, { state: 'UNDER_REVIEW' }] }] })
  expect((await partner.admin.call(queryPayments, { body: { filter: { period: '2026-09' } } })).body.total).toBe(0)
  expect((await partner.admin.call(findObjects, { body: { text: body.number } })).body.items).toMatchObject([{ kind: 'payment', id: body.id, number: body.number }])
  expect((await partner.admin.call(queryLog, { body: { filter: { objectKind: 'payment' } } })).body.items.map(({ operation, amount, objectNumber }) => [operation, amount, objectNumber])).toEqual([['payment.requested', '350.50', body.number]])
})

test('a bank transfer goes the whole way and moves no account; a top-up is posted exactly once, when it is paid', async () => {
  const transfer = (await request(partner, [await statement(app, partner, { period: '2026-07' })], 'BANK_TRANSFER', 100_00n)).body
  const topUp = (await request(partner, [await statement(app, partner, { amount: 300_00n })], 'TOP_UP', 300_00n)).body
  for (const body of [transfer, topUp]) {
    expect((await decide(app, partner, 'payment:approve', body)).printed).toBe(`${body.number}: AWAITING_INVOICE, ${body.payout} CNY.`)
    expect((await decide(app, partner, 'payment:pay', body)).printed).toBe(`${body.number} is AWAITING_INVOICE: only PAYING can become COMPLETED.`)
    await invoiced(partner, body)
    await decide(app, partner, 'invoice:approve', body)
    expect((await partner.admin.call(getPayment, { params: { id: body.id } })).body).toMatchObject({ state: 'PAYING', expectedBy: expect.stringContaining('T16:00:00.000Z') })
    expect(await topUpBalance()).toBe(0n)
    await decide(app, partner, 'payment:pay', body)
    expect(await topUpBalance()).toBe(body === transfer ? 0n : 300_00n)
    expect((await decide(app, partner, 'payment:pay', body)).code).toBe(1)
  }
  expect(await topUpBalance()).toBe(300_00n)
  const done = (await partner.admin.call(getPayment, { params: { id: topUp.id } })).body
  expect([done.state, done.arrivedAs, done.history.map(({ state, by }) => `${state} ${by}`)]).toEqual(['COMPLETED', expect.stringMatching(/^TX/), ['SUBMITTED member', 'UNDER_REVIEW vendor', 'AWAITING_INVOICE vendor', 'INVOICE_REVIEW member', 'PAYING vendor', 'COMPLETED vendor']])
  expect((await statementStates()).map(({ state, paid }) => [state, paid])).toEqual([['ISSUED', '100.00'], ['ISSUED', '300.00']])
  expect(await subjects()).toEqual(expect.arrayContaining(['IC-06 Request approved', 'IC-07 Please invoice', 'IC-09 Paid']))
})

test('a voucher quota arrives by itself about ten minutes later, valid for a year, and not before', async () => {
  const { body } = await request(partner, [await statement(app, partner, { amount: 888_00n })], 'VOUCHER_QUOTA', 888_00n)
  app.travel(590)
  await clockwork(app)
  expect([await stateOf(body.id), (await decide(app, partner, 'payment:approve', body)).code]).toEqual(['UNDER_REVIEW', 1])
  app.travel(11)
  await clockwork(app)
  await clockwork(app)
  const quotas = await app.inTenant(partner.id, (tx) => tx.rows<{ number: string; granted: bigint; source: string; days: number }>(sql`select number, granted, source, extract(day from valid_to - valid_from)::int as days from coupon_quotas where partner_id = ${partner.id}`))
  expect(quotas).toEqual([{ number: expect.stringMatching(/^CQ/), granted: 888_00n, source: 'incentive', days: 365 }])
  expect((await partner.admin.call(getPayment, { params: { id: body.id } })).body).toMatchObject({ state: 'COMPLETED', arrivedAs: quotas[0]?.number, expectedBy: null })
  expect([await topUpBalance(), await subjects()]).toEqual([0n, ['IC-09 Paid']])
})

test('a voucher quota waits while the books are closed, and arrives once they are open again', async () => {
  const { body } = await request(partner, [await statement(app, partner)], 'VOUCHER_QUOTA', 100_00n)
  app.travel(660)
  await app.database.inGlobal(closeBooks)
  try {
    await clockwork(app)
    await clockwork(app)
    expect([await stateOf(body.id), (await statementStates())[0]?.state]).toEqual(['UNDER_REVIEW', 'ISSUING'])
  } finally {
    await app.database.inGlobal(openBooks)
  }
  await clockwork(app)
  expect([await stateOf(body.id), (await statementStates())[0]?.state]).toEqual(['COMPLETED', 'ISSUED'])
})

test('a top-up is not posted while the books are closed, and a bank transfer, which moves no account, is recorded all the same', async () => {
  const made = [await request(partner, [await statement(app, partner)], 'TOP_UP', 100_00n), await request(partner, [await statement(app, partner, { period: '2026-07' })], 'BANK_TRANSFER', 100_00n)]
  for (const { body } of made) {
    await decide(app, partner, 'payment:approve', body)
    await invoiced(partner, body)
    await decide(app, partner, 'invoice:approve', body)
  }
  const [topUp, transfer] = made.map(({ body }) => body)
  if (!topUp || !transfer) throw new Error('a request is missing')
  await app.database.inGlobal(closeBooks)
  try {
    expect(await decide(app, partner, 'payment:pay', topUp)).toMatchObject({ code: 1, printed: expect.stringContaining('(busy)') })
    expect([await stateOf(topUp.id), await topUpBalance()]).toEqual(['PAYING', 0n])
    expect([(await decide(app, partner, 'payment:pay', transfer)).code, await stateOf(transfer.id)]).toEqual([0, 'COMPLETED'])
  } finally {
    await app.database.inGlobal(openBooks)
  }
  await decide(app, partner, 'payment:pay', topUp)
  expect([await stateOf(topUp.id), await topUpBalance()]).toEqual(['COMPLETED', 100_00n])
})

test('rejected, the statements are confirmed exactly as before, the reason is shown, and the request is edited and sent again', async () => {
  const [first, second] = [await statement(app, partner), await statement(app, partner, { amount: 70_00n })]
  const before = await statementStates()
  const { body } = await request(partner, [first, second], 'BANK_TRANSFER', 170_00n)
  await decide(app, partner, 'payment:reject', body, '账户信息有误')
  expect(await statementStates()).toEqual(before)
  expect((await partner.admin.call(getPayment, { params: { id: body.id } })).body).toMatchObject({ state: 'REJECTED', reason: '账户信息有误', may: { edit: true, invoice: false } })
  expect(await subjects()).toEqual(['IC-06 Request rejected'])
  const again = await partner.admin.call(resendPayment, { params: { id: body.id }, body: { statementIds: [second.id], option: 'TOP_UP', total: amountOf(70_00n) } })
  expect([again.status, again.body.number, again.body.state, again.body.option, again.body.total, again.body.reason, again.body.history.map(({ state }) => state)]).toEqual([200, body.number, 'SUBMITTED', 'TOP_UP', '70.00', null, ['SUBMITTED', 'UNDER_REVIEW', 'REJECTED', 'SUBMITTED']])
  expect((await partner.admin.call(resendPayment, { params: { id: body.id }, body: { statementIds: [first.id], option: 'TOP_UP', total: amountOf(100_00n) } })).problem.detail).toBe('The request has moved on, so this can no longer be done.')
  expect((await partner.admin.call(resendPayment, { params: { id: randomUUID() }, body: { statementIds: [first.id], option: 'TOP_UP', total: amountOf(100_00n) } })).status).toBe(404)
})

test('a payment that failed gives its statements back, and goes on once new bank data are certified', async () => {
  const made = await statement(app, partner)
  const before = await statementStates()
  const { body } = await request(partner, [made], 'BANK_TRANSFER', 100_00n)
  await decide(app, partner, 'payment:approve', body)
  await invoiced(partner, body)
  await decide(app, partner, 'invoice:approve', body)
  await decide(app, partner, 'payment:fail', body, '收款账户已销户')
  expect([await stateOf(body.id), await statementStates(), (await form()).items[0]?.requestNumber]).toEqual(['PAYMENT_FAILED', before, body.number])
  expect(await subjects()).toContain('IC-10 Payment failed')
  expect((await decide(app, partner, 'payment:retry', body)).code).toBe(1)
  await partner.admin.call(submitBusiness, { body: { bank: { accountName: 'Test Partner', number: '755912345610999', bankName: '招商银行', branch: '深圳科技园支行' } } })
  for (const [name, ...more] of [['business:approve'], ['business:send-test', '--amount', '0.11']]) await admin(app, name ?? '', '--partner', partner.account, ...more, ...vendor())
  expect(await stateOf(body.id)).toBe('PAYMENT_FAILED')
  await partner.admin.call(confirmTestPayment, { body: { amount: amountOf(11n) } })
  expect([await stateOf(body.id), (await statementStates())[0]?.state, (await partner.admin.call(getPayment, { params: { id: body.id } })).body.bank?.numberMasked]).toEqual(['PAYING', 'ISSUING', '**** 0999'])
  await decide(app, partner, 'payment:pay', body)
  expect([await stateOf(body.id), (await statementStates())[0]?.state]).toEqual(['COMPLETED', 'ISSUED'])
})

test('whoever reads that a top-up failed is not sent to change bank data that it does not need', async () => {
  const made = [await request(partner, [await statement(app, partner)], 'TOP_UP', 100_00n), await request(partner, [await statement(app, partner, { period: '2026-07' })], 'BANK_TRANSFER', 100_00n)]
  for (const { body } of made) {
    await decide(app, partner, 'payment:approve', body)
    await invoiced(partner, body)
    await decide(app, partner, 'invoice:approve', body)
    await decide(app, partner, 'payment:fail', body)
  }
  const told = await app.inTenant(partner.id, (tx) => tx.rows<{ sealed: Uint8Array }>(sql`select sealed from messages where partner_id = ${partner.id} and kind = 'IC-10' and channel = 'email' order by at, id`))
  const texts = told.map(({ sealed }) => String(JSON.parse(open(sealed)).text))
  expect(made.map(({ body }) => texts.find((text) => text.includes(body.number)))).toEqual([expect.stringContaining('pays it once more'), expect.stringContaining('Correct the bank account')])
})

test('without certification, and while a change is under review, nothing is requested or settled; the answer says what is missing', async () => {
  const bare = await app.newPartner()
  const theirs = await statement(app, bare)
  const refused = await request(bare, [theirs], 'TOP_UP', 100_00n)
  expect([refused.status, refused.problem.code, refused.problem.facts]).toEqual([409, 'business_not_certified', { state: 'NOT_SUBMITTED', missing: 'company_data company bank tax review test_payment' }])
  expect((await bare.admin.call(getRequestable, {})).body).toMatchObject({ blocks: ['business'], payable: '100.00', businessChecks: expect.arrayContaining([{ step: 'bank', isDone: false }]) })
  const made = await statement(app, partner)
  const quota = (await request(partner, [await statement(app, partner)], 'VOUCHER_QUOTA', 100_00n)).body
  await partner.admin.call(submitBusiness, { body: { tax: { status: 'SMALL', rate: '3.00' } } })
  expect((await request(partner, [made], 'TOP_UP', 100_00n)).problem).toMatchObject({ code: 'business_not_certified', facts: { state: 'UNDER_REVIEW', missing: 'review test_payment' } })
  app.travel(700)
  await clockwork(app)
  expect(await stateOf(quota.id)).toBe('UNDER_REVIEW')
  expect(await app.inTenant(partner.id, (tx) => tx.rows(sql`select 1 from coupon_quotas where partner_id = ${partner.id}`))).toEqual([])
})

test('unpaid partner bills, an unconfirmed or frozen statement, an option that is not offered, another total and a statement in a request are refused, each with its reason', async () => {
  const made = await statement(app, partner)
  await admin(app, 'partner:bills', '--partner', partner.account, '--unpaid', 'on', ...vendor())
  expect([(await request(partner, [made], 'TOP_UP', 100_00n)).problem.code, (await form()).blocks]).toEqual(['unpaid_bills', ['unpaid_bills']])
  await admin(app, 'partner:bills', '--partner', partner.account, '--unpaid', 'off', ...vendor())
  const [pending, frozen, narrow, project] = [await statement(app, partner, { isConfirmed: false }), await statement(app, partner), await statement(app, partner, { options: ['VOUCHER_QUOTA'] }), await statement(app, partner, { kind: 'project' })]
  await app.inTenant(partner.id, (tx, now) => freeze(tx, now, toldOf(partner), { statementId: frozen.id, which: sql`true`, cause: 'VENDOR_DECISION', explanation: '核查中', customerId: null }))
  const { problem } = await request(partner, [made, pending, frozen, narrow, project], 'BANK_TRANSFER', 500_00n)
  expect([problem.code, problem.detail, problem.rows?.map(({ row, code }) => [row, code])]).toEqual(['rows_refused', expect.stringContaining('Nothing was submitted'), [[1, 'not_confirmed'], [2, 'frozen'], [3, 'option_not_offered'], [4, 'quarterly']]])
  expect((await request(partner, [made], 'BANK_TRANSFER', 99_99n)).problem).toMatchObject({ code: 'stale', facts: { total: '100.00' }, detail: 'The amount has changed: it is 100.00 now. Check it and submit again.' })
  expect((await request(partner, [made], 'BANK_TRANSFER', 100_00n)).status).toBe(200)
  expect((await request(partner, [made], 'BANK_TRANSFER', 100_00n)).problem.rows?.map(({ code }) => code)).toEqual(['in_request'])
  expect((await form()).items.map(({ number, block }) => [number, block])).toEqual(expect.arrayContaining([[frozen.number, 'frozen'], [project.number, 'quarterly'], [narrow.number, null]]))
})

test('a negative incentive is part of every request; one that takes it all is refused, and what it exceeds waits', async () => {
  const [large, small] = [await statement(app, partner, { amount: 500_00n }), await statement(app, partner, { amount: 50_00n })]
  const negative = await statement(app, partner, { amount: 120_00n, isNegative: true })
  expect((await form()).payable).toBe('430.00')
  expect((await request(partner, [small], 'TOP_UP', 50_00n)).problem).toMatchObject({ code: 'conflict', detail: 'The chosen statements come to -70.00. Only a total above zero can be requested.' })
  const { status, body } = await request(partner, [large], 'TOP_UP', 380_00n)
  expect([status, body.total, body.items.map(({ number, amount, isNegative }) => [number, amount, isNegative])]).toEqual([200, '380.00', [[large.number, '500.00', false], [negative.number, '-120.00', true]]])
  expect((await request(partner, [small], 'TOP_UP', 50_00n)).status).toBe(200)
})

test('another partner’s statement and an unknown one do not exist, an unknown field is refused, and people without the right see and request nothing', async () => {
  const other = await app.newPartner()
  const theirs = await statement(app, other)
  const mine = await statement(app, partner)
  for (const id of [theirs.id, randomUUID()]) expect((await request(partner, [mine, { id }], 'TOP_UP', 200_00n)).status).toBe(404)
  const body = { statementIds: [mine.id], option: 'TOP_UP' as const, total: amountOf(100_00n) }
  expect((await partner.admin.call(createPayment, { body }, { raw: { ...body, payout: '1.00' } })).problem.code).toBe('unknown_field')
  const key = randomUUID()
  const made = await partner.admin.call(createPayment, { body }, { key })
  const replayed = await partner.admin.call(createPayment, { body }, { key })
  expect([replayed.body.id, replayed.headers.get('idempotent-replayed'), (await partner.admin.call(queryPayments, { body: {} })).body.total]).toEqual([made.body.id, 'true', 1])
  expect((await other.admin.call(getPayment, { params: { id: made.body.id } })).status).toBe(404)
  expect((await other.admin.call(resendPayment, { params: { id: made.body.id }, body })).problem.code).toBe('not_found')
  expect((await other.admin.call(findObjects, { body: { text: made.body.number } })).body.items).toEqual([])
  const director = await partner.addMember({ role: 'director' })
  expect([(await director.call(getRequestable, {})).status, (await director.call(queryPayments, { body: {} })).status, (await director.call(getPayment, { params: { id: made.body.id } })).status, (await director.call(createPayment, { body })).status]).toEqual([403, 403, 403, 403])
  const operator = await partner.addMember({ role: 'operator', extra: ['incentive.view', 'incentive.request'] })
  expect((await request(partner, [await statement(app, partner)], 'TOP_UP', 100_00n, operator)).status).toBe(200)
})

test('after leaving the program a partner redeems for one year, and not a day longer', async () => {
  const made = await statement(app, partner)
  await admin(app, 'partner:set', '--partner', partner.account, '--state', 'LEFT', ...vendor())
  const { redeemUntil, blocks } = await form()
  expect([blocks, redeemUntil]).toEqual([[], expect.stringMatching(/^\d{4}-\d\d-\d\d$/)])
  app.travel(364 * 24 * 3600)
  const client = await app.signIn(partner.id, partner.admin.memberId)
  const { body } = await request(partner, [made], 'BANK_TRANSFER', 100_00n, client)
  await decide(app, partner, 'payment:reject', body)
  app.travel(2 * 24 * 3600)
  const later = await app.signIn(partner.id, partner.admin.memberId)
  expect((await request(partner, [made], 'BANK_TRANSFER', 100_00n, later)).problem.detail).toBe('The year after leaving the program is over, so payment cannot be requested any more.')
  expect((await later.call(getRequestable, {})).body.blocks).toEqual(['left'])
  app.travel(-366 * 24 * 3600)
})
