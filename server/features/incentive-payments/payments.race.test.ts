import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { confirmTestPayment, getBusiness, submitBusiness } from '#contract/business.ts'
import { getInvoice, invoiceUploadPath, submitInvoice } from '#contract/incentive-invoices.ts'
import { createPayment, getPayment, getRequestable, type PaymentDetail, withdrawPayment } from '#contract/incentive-payments.ts'
import { features } from '#server/app.ts'
import { list, sql } from '#server/db/query.ts'
import { findMismatches } from '#server/ledger/invariants.ts'
import { admin, vendor } from '#server/testing/admin.ts'
import { createTestApp, type TestApp, type TestPartner } from '#server/testing/app.ts'
import { business, certificate, certify } from '#server/testing/business.ts'
import { enterCompany, upload } from '#server/testing/company.ts'
import { ofd } from '#server/testing/ofd.ts'
import { amountOf, clockwork, decide, invoiced, paperInvoice, request, statement } from '#server/testing/payouts.ts'

const rounds = 6
let app: TestApp
let partner: TestPartner
beforeAll(async () => { app = await createTestApp(features) })
beforeEach(async () => {
  partner = await app.newPartner()
  await certify(app, partner)
})
afterAll(() => app.close())

/** The books agree, no statement has paid more than it holds, and each is in one open item at most, of which it says the same. */
async function demandOrder(): Promise<void> {
  expect(await app.inTenant(partner.id, findMismatches)).toEqual([])
  expect(await app.inTenant(partner.id, (tx) => tx.rows(sql`
    select s.number from incentive_statements s left join lateral (
      select coalesce(sum(i.amount) filter (where i.is_open), 0) as open, coalesce(sum(i.amount) filter (where r.state = 'COMPLETED'), 0) as paid, count(*) filter (where i.is_open) as count
        from payment_items i join payment_requests r on r.partner_id = i.partner_id and r.id = i.request_id where i.partner_id = s.partner_id and i.statement_id = s.id) i on true
     where s.partner_id = ${partner.id} and (s.requested <> i.open or s.paid <> i.paid or i.count > 1)`))).toEqual([])
  expect(await app.inTenant(partner.id, (tx) => tx.rows(sql`select r.number from payment_requests r where r.partner_id = ${partner.id} and r.total <> (select sum(i.amount) from payment_items i where i.partner_id = r.partner_id and i.request_id = r.id)`))).toEqual([])
}

/** A request whose invoice was approved. */
async function paying(option: 'TOP_UP' | 'BANK_TRANSFER' = 'TOP_UP'): Promise<PaymentDetail> {
  const { body } = await request(partner, [await statement(app, partner)], option, 100_00n)
  await decide(app, partner, 'payment:approve', body)
  await invoiced(partner, body)
  await decide(app, partner, 'invoice:approve', body)
  return body
}
const stateOf = async (id: string) => (await partner.admin.call(getPayment, { params: { id } })).body.state
const topUps = async () => (await app.inTenant(partner.id, (tx) => tx.rows<{ count: number }>(sql`select count(*)::int as count from transfers where partner_id = ${partner.id} and kind = 'incentive'`)))[0]?.count

test('of a hundred people who request one statement at once one has it', async () => {
  const made = await statement(app, partner)
  const answers = await Promise.all(Array.from({ length: 100 }, (_, place) => request(partner, [made], place % 2 === 0 ? 'TOP_UP' : 'VOUCHER_QUOTA', 100_00n)))
  expect(answers.filter(({ status }) => status === 200).length).toBe(1)
  expect(answers.filter(({ status, problem }) => status !== 200 && !['rows_refused', 'busy', 'stale', 'conflict'].includes(problem.code))).toEqual([])
  expect((await app.inTenant(partner.id, (tx) => tx.rows(sql`select 1 from payment_items where partner_id = ${partner.id}`))).length).toBe(1)
  await demandOrder()
}, 60_000)

test('requests that overlap in some statements never share one, and a negative incentive is set off once', async () => {
  for (let round = 0; round < rounds; round += 1) {
    partner = await app.newPartner()
    await certify(app, partner)
    const made = [await statement(app, partner), await statement(app, partner), await statement(app, partner)]
    await statement(app, partner, { amount: 10_00n, isNegative: true })
    const asked = [[0, 1], [1, 2], [0, 2], [0], [1], [2]].flatMap((places) => [0n, 10_00n].map((off) => request(partner, places.flatMap((place) => made[place] ?? []), 'TOP_UP', BigInt(places.length) * 100_00n - off)))
    const answers = await Promise.all(asked)
    expect([round, answers.filter(({ status }) => status === 200).length > 0]).toEqual([round, true])
    await demandOrder()
  }
}, 120_000)

test('approved against rejected: one of the two happens, and the statement follows it', async () => {
  for (let round = 0; round < rounds; round += 1) {
    const { body } = await request(partner, [await statement(app, partner)], 'BANK_TRANSFER', 100_00n)
    const [approved, rejected] = await Promise.all([decide(app, partner, 'payment:approve', body), decide(app, partner, 'payment:reject', body)])
    expect([round, [approved.code, rejected.code].toSorted()]).toEqual([round, [0, 1]])
    expect([round, await stateOf(body.id)]).toEqual([round, approved.code === 0 ? 'AWAITING_INVOICE' : 'REJECTED'])
    await demandOrder()
  }
}, 60_000)

test('paid and failed at once, and paid ten times at once: the top-up is posted once or not at all', async () => {
  for (let round = 0; round < rounds; round += 1) {
    const body = await paying()
    const before = await topUps() ?? 0
    const answers = await Promise.all([...Array.from({ length: 10 }, () => decide(app, partner, 'payment:pay', body)), decide(app, partner, 'payment:fail', body)])
    expect([round, answers.filter(({ code }) => code === 0).length]).toEqual([round, 1])
    expect([round, await topUps()]).toEqual([round, before + (await stateOf(body.id) === 'COMPLETED' ? 1 : 0)])
    await demandOrder()
  }
}, 120_000)

test('a failed request that is withdrawn while it is paid once more, and fifty times at once, does one of the two, once', async () => {
  for (let round = 0; round < rounds; round += 1) {
    const body = await paying()
    await decide(app, partner, 'payment:fail', body)
    const [retried, ...withdrawn] = await Promise.all([decide(app, partner, 'payment:retry', body), ...Array.from({ length: 50 }, () => partner.admin.call(withdrawPayment, { params: { id: body.id }, body: {} }))])
    const state = await stateOf(body.id)
    expect([round, [retried.code === 0, withdrawn.filter(({ status }) => status === 200).length], state]).toEqual([round, state === 'PAYING' ? [true, 0] : [false, 1], state === 'PAYING' ? 'PAYING' : 'WITHDRAWN'])
    await demandOrder()
  }
}, 120_000)

test('servers whose clocks strike at once grant one quota, and one automatic request is made of new statements', async () => {
  const { body } = await request(partner, [await statement(app, partner)], 'VOUCHER_QUOTA', 100_00n)
  await app.inTenant(partner.id, (tx, now) => tx.run(sql`insert into payout_settings (partner_id, automatic_option, automatic_since) values (${partner.id}::uuid, 'TOP_UP', ${now}::timestamptz - interval '1 minute')`))
  await statement(app, partner)
  await statement(app, partner)
  app.travel(601)
  await Promise.all(Array.from({ length: 8 }, () => clockwork(app)))
  expect(await stateOf(body.id)).toBe('COMPLETED')
  expect((await app.inTenant(partner.id, (tx) => tx.rows<{ granted: bigint }>(sql`select granted from coupon_quotas where partner_id = ${partner.id}`))).map(({ granted }) => granted)).toEqual([100_00n])
  expect((await app.inTenant(partner.id, (tx) => tx.rows<{ total: bigint }>(sql`select total from payment_requests where partner_id = ${partner.id} and operator_id is null`))).map(({ total }) => total)).toEqual([200_00n])
  await demandOrder()
}, 60_000)

test('a change of business information against a payment: while it is under review nothing is settled', async () => {
  for (let round = 0; round < rounds; round += 1) {
    const body = await paying()
    const [changed, paid] = await Promise.all([partner.admin.call(submitBusiness, { body: { tax: { status: 'SMALL', rate: `3.0${round}` } } }), decide(app, partner, 'payment:pay', body)])
    expect([round, changed.status]).toEqual([round, 200])
    // Whoever was first; what was refused can be done once it is certified again.
    expect([round, paid.code === 0 || paid.printed.includes('does not stand')]).toEqual([round, true])
    for (const [name, ...more] of [['business:approve'], ['business:send-test', '--amount', '0.11']]) await admin(app, name ?? '', '--partner', partner.account, ...more, ...vendor())
    await partner.admin.call(confirmTestPayment, { body: { amount: amountOf(11n) } })
    expect([round, (await decide(app, partner, 'payment:pay', body)).code]).toEqual([round, paid.code === 0 ? 1 : 0])
    expect([round, await stateOf(body.id)]).toEqual([round, 'COMPLETED'])
    await demandOrder()
  }
}, 120_000)

test('amounts that are typed at once count each other: at most three, and the right one wins only among them', async () => {
  for (let round = 0; round < rounds; round += 1) {
    partner = await app.newPartner()
    await enterCompany(app, partner.id)
    await partner.admin.call(submitBusiness, { body: business(await certificate(app, partner.admin)) })
    for (const [name, ...more] of [['business:approve'], ['business:send-test', '--amount', '0.25']]) await admin(app, name ?? '', '--partner', partner.account, ...more, ...vendor())
    const answers = await Promise.all(Array.from({ length: 40 }, (_, place) => partner.admin.call(confirmTestPayment, { body: { amount: amountOf(BigInt(place + 1)) } })))
    const compared = answers.filter(({ status }) => status === 200)
    const { body } = await partner.admin.call(getBusiness, {})
    expect([round, compared.length <= 3, body.state === 'CERTIFIED' || compared.length === 3, body.state]).toEqual([round, true, true, compared.some(({ body: { outcome } }) => outcome === 'certified') ? 'CERTIFIED' : 'LOCKED'])
  }
}, 120_000)

test('one invoice number that is handed in for ten requests at once belongs to one of them', async () => {
  const bodies: PaymentDetail[] = []
  for (let place = 0; place < 10; place += 1) {
    const { body } = await request(partner, [await statement(app, partner)], 'BANK_TRANSFER', 100_00n)
    await decide(app, partner, 'payment:approve', body)
    bodies.push(body)
  }
  const invoice = paperInvoice(amountOf(100_00n))
  const answers = await Promise.all(bodies.map(({ id }) => partner.admin.call(submitInvoice, { params: { id }, body: invoice })))
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array.from({ length: 9 }, () => 400)])
  const states = await Promise.all(bodies.map(async ({ id }) => (await partner.admin.call(getInvoice, { params: { id } })).body.state))
  expect(states.filter((state) => state === 'INVOICE_REVIEW').length).toBe(1)
}, 60_000)

test('one file of an invoice that is handed in for ten requests at once belongs to one of them', async () => {
  const bodies: PaymentDetail[] = []
  for (let place = 0; place < 10; place += 1) {
    const { body } = await request(partner, [await statement(app, partner)], 'BANK_TRANSFER', 100_00n)
    await decide(app, partner, 'payment:approve', body)
    bodies.push(body)
  }
  const handIn = ({ id, payout }: PaymentDetail, place: number, fileId: string) =>
    partner.admin.call(submitInvoice, { params: { id }, body: paperInvoice(payout, { kind: 'ELECTRONIC_SPECIAL', code: '', carrier: '', trackingNumber: '', number: `2644000000000000000${place}`, fileId }) })
  let waiting = [...bodies.entries()]
  while (waiting.length > 1) {
    const { body: { fileId } } = await upload(app, partner.admin, ofd(), { path: invoiceUploadPath, name: '电子发票.ofd', type: 'application/octet-stream' })
    const statuses = await Promise.all(waiting.map(async ([place, body]) => (await handIn(body, place, fileId)).status))
    expect(statuses.toSorted()).toEqual([200, ...waiting.slice(1).map(() => 404)])
    waiting = waiting.filter((_one, place) => statuses[place] !== 200)
  }
}, 60_000)

test('one invoice that is handed in ten times at once for one request goes into review once', async () => {
  const { body } = await request(partner, [await statement(app, partner)], 'BANK_TRANSFER', 100_00n)
  await decide(app, partner, 'payment:approve', body)
  const answers = await Promise.all(Array.from({ length: 10 }, () => partner.admin.call(submitInvoice, { params: { id: body.id }, body: paperInvoice(body.payout) })))
  expect(answers.filter(({ status }) => status === 200).length).toBe(1)
  expect((await partner.admin.call(getPayment, { params: { id: body.id } })).body.history.filter(({ state }) => state === 'INVOICE_REVIEW').length).toBe(1)
}, 60_000)

/** Requests some of what is free. @returns the request, if it was accepted; what is not above zero is refused. */
async function askSome(random: (below: number) => number, step: number): Promise<PaymentDetail[]> {
  const { items } = (await partner.admin.call(getRequestable, {})).body
  const chosen = items.filter(({ block, isNegative }) => block === null && !isNegative && random(2) === 0)
  if (chosen.length === 0) return []
  const total = [...chosen, ...items.filter(({ isNegative }) => isNegative)].reduce((sum, { amount }) => sum + BigInt(amount.replace('.', '')), 0n)
  const answer = await partner.admin.call(createPayment, { body: { statementIds: chosen.map(({ id }) => id), option: random(2) === 0 ? 'TOP_UP' : 'BANK_TRANSFER', total: amountOf(total > 0n ? total : 1n) } })
  expect([step, answer.status]).toEqual([step, total > 0n ? 200 : 409])
  return answer.status === 200 ? [answer.body] : []
}

const next: Partial<Record<PaymentDetail['state'], readonly [string, string]>> = {
  SUBMITTED: ['payment:approve', 'payment:reject'], UNDER_REVIEW: ['payment:approve', 'payment:reject'], INVOICE_REVIEW: ['invoice:approve', 'invoice:reject'], PAYING: ['payment:pay', 'payment:fail'],
}
/** Moves a request by one step. Nobody else's statement moves with it, and what is given back is free again. */
async function moveOn(random: (below: number) => number, step: number, body: PaymentDetail): Promise<void> {
  const statements = (ids: readonly string[]) => app.inTenant(partner.id, (tx) => tx.rows<{ id: string }>(sql`select s.id, s.state, s.paid, s.net from incentive_statements s where s.partner_id = ${partner.id} and s.id = any(${list(ids)}::uuid[]) order by s.id`))
  const others = await app.inTenant(partner.id, (tx) => tx.rows<{ id: string }>(sql`select s.id from incentive_statements s where s.partner_id = ${partner.id} and s.payment_request_id is distinct from ${body.id}::uuid`))
  const before = await statements(others.map(({ id }) => id))
  const state = await stateOf(body.id)
  const command = next[state]?.[random(2)]
  if (command) await decide(app, partner, command, body)
  else if (state === 'AWAITING_INVOICE' || state === 'INVOICE_REJECTED') await invoiced(partner, body)
  expect([step, await statements(others.map(({ id }) => id))]).toEqual([step, before])
  const isBack = command === 'payment:reject' || command === 'payment:fail'
  const held = await app.inTenant(partner.id, (tx) => tx.rows(sql`select s.number from incentive_statements s join payment_items i on i.partner_id = s.partner_id and i.statement_id = s.id where i.partner_id = ${partner.id} and i.request_id = ${body.id}::uuid and s.payment_request_id = ${body.id}::uuid`))
  expect([step, isBack ? held : []]).toEqual([step, []])
}

test('whatever happens in whatever order, no statement is paid twice, what is given back is as before, and what is called payable is what is accepted', async () => {
  let seed = 20261130
  const random = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below
  const live: PaymentDetail[] = []
  for (let step = 0; step < 60; step += 1) {
    const choice = random(6)
    if (choice === 0) await statement(app, partner, { amount: BigInt(1 + random(50_000)), period: `2026-0${1 + random(9)}`, isNegative: random(5) === 0 })
    else if (choice === 1 || live.length === 0) live.push(...await askSome(random, step))
    else for (const body of live.slice(random(live.length)).slice(0, 1)) await moveOn(random, step, body)
    await demandOrder()
  }
  await statement(app, partner, { amount: 9_000_000_00n })
  const { payable, items } = (await partner.admin.call(getRequestable, {})).body
  const free = items.filter(({ block, isNegative }) => block === null && !isNegative)
  expect((await partner.admin.call(createPayment, { body: { statementIds: free.map(({ id }) => id), option: 'TOP_UP', total: amountOf(BigInt(payable.replace('.', ''))) } })).body.total).toBe(payable)
  const [sum] = await app.inTenant(partner.id, (tx) => tx.rows<{ paid: bigint; posted: bigint }>(sql`select coalesce((select sum(payout) from payment_requests where partner_id = ${partner.id} and state = 'COMPLETED' and option = 'TOP_UP'), 0)::bigint as paid, (select balance from accounts where partner_id = ${partner.id} and kind = 'top-up') as posted`))
  expect(sum?.posted).toBe(sum?.paid)
}, 240_000)
