import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from '#server/db/query.ts'
import { createTestApp, type TestApp } from '#server/testing/app.ts'
import { closeBooks, openBooks } from '#server/ledger/books.ts'
import { couponOf, dayAhead, issued, mismatches } from '#server/testing/coupons.ts'
import { mountCoupons } from '#server/features/coupons/routes.ts'
import { runCommand } from './run.ts'

let app: TestApp
beforeAll(async () => { app = await createTestApp([mountCoupons]) })
afterAll(() => app.close())

/** Runs a command as a person would type it; the operator and the reason are added. */
async function admin(...words: string[]) {
  const [out, errors]: [string[], string[]] = [[], []]
  const code = await runCommand([...words, '--operator', 'ops.lin', '--reason', 'ticket 4711'], {
    open: async () => ({ ...app.engine, close: async () => undefined }),
    publicUrl: 'https://console.test', print: (line) => out.push(line), printError: (line) => errors.push(line), readInput: async () => '', prepareMessages: () => undefined,
  })
  return { code, out: out.join('\n'), errors: errors.join('\n') }
}
const numberIn = (text: string): string => /C[PQ]\d+/.exec(text)?.[0] ?? ''

test('the operator grants quota with its limits, the administrators hear of it, and what is left is taken back', async () => {
  const { id, account, admin: client } = await app.newPartner({ verificationOn: false })
  const customer = await app.addCustomer(id)
  const made = await admin('quota:grant', '--partner', account, '--kind', 'VOUCHER', '--amount', '500', '--until', await dayAhead(app, id, 90), '--product', 'ECS', '--order-type', 'NEW', '--customer', customer.number, '--association', 'RESALE', '--invoice', 'PARTNER')
  expect(made).toMatchObject({ code: 0, errors: '', out: expect.stringMatching(/^Granted 500\.00 CNY of VOUCHER quota to partner-\w+: CQ\d{12,}\.$/) })
  const [quota] = await app.inTenant(id, (tx) => tx.rows<{ id: string; number: string }>(sql`select id, number, source, products, order_types, customer_numbers, association_type from coupon_quotas where partner_id = ${id}`))
  expect(quota).toMatchObject({ number: numberIn(made.out), source: 'vendor', products: ['ECS'], order_types: ['NEW'], customer_numbers: [customer.number], association_type: 'RESALE' })
  expect(await app.inTenant(id, (tx) => tx.rows(sql`select kind, channel, due_at >= at as later from messages where partner_id = ${id}`))).toMatchObject([{ kind: 'CP-01', channel: 'email' }])
  await issued(client, { quotaId: quota?.id ?? '', validUntil: await dayAhead(app, id, 30), customerIds: [customer.id] })
  expect(await admin('quota:withdraw', '--partner', account, '--quota', numberIn(made.out).toLowerCase())).toMatchObject({ code: 0, out: `Withdrew 400.00 CNY from ${numberIn(made.out)}.` })
  expect(await admin('quota:withdraw', '--partner', account, '--quota', numberIn(made.out))).toMatchObject({ code: 1, errors: 'The state of the quota does not allow it. (conflict)' })
  expect(await app.inTenant(id, (tx) => tx.rows(sql`select operation, source, amount, details ->> 'operator' as operator from log_entries where partner_id = ${id} and object_kind = 'quota' order by seq`)))
    .toEqual([{ operation: 'quota.grant', source: 'vendor', amount: 500_00n, operator: 'ops.lin' }, { operation: 'quota.withdraw', source: 'vendor', amount: 400_00n, operator: 'ops.lin' }])
  expect(await app.inTenant(id, (tx) => tx.rows(sql`select operation, initiator from coupon_records where partner_id = ${id} order by seq`))).toEqual([{ operation: 'quota_granted', initiator: 'vendor' }, { operation: 'issued', initiator: 'member' }, { operation: 'quota_withdrawn', initiator: 'vendor' }])
  expect(await mismatches(app, id)).toEqual([])
})

test('the operator posts what customers do with coupons: activate, pay, withdraw everything', async () => {
  const { id, account, admin: client } = await app.newPartner({ verificationOn: false })
  const customer = await app.addCustomer(id)
  const made = await admin('quota:grant', '--partner', account, '--kind', 'VOUCHER', '--amount', '500', '--until', await dayAhead(app, id, 90), '--source', 'incentive', '--inactive')
  const [quota] = await app.inTenant(id, (tx) => tx.rows<{ id: string }>(sql`select id from coupon_quotas where number = ${numberIn(made.out)}`))
  const [coupon] = await issued(client, { quotaId: quota?.id ?? '', validUntil: await dayAhead(app, id, 30), customerIds: [customer.id] })
  const number = coupon?.number ?? ''
  const pay = (amount: string) => admin('coupon:redeem', '--partner', account, '--coupon', number, '--amount', amount, '--order', 'ORD-1', '--order-amount', '1000')
  expect(await pay('30')).toMatchObject({ code: 1, errors: 'This coupon is not active. (conflict)' })
  expect(await admin('coupon:activate', '--partner', account, '--coupon', number)).toMatchObject({ code: 0, out: `Activated ${number}.` })
  expect(await admin('coupon:activate', '--partner', account, '--coupon', number)).toMatchObject({ code: 1 })
  expect(await pay('30')).toMatchObject({ code: 0, out: `Used 30.00 CNY of ${number} for order ORD-1; 70.00 CNY left.` })
  expect(await pay('70.01')).toMatchObject({ code: 1, errors: 'The coupon has 70.00 left, needed 70.01. (insufficient_funds)' })
  expect(await admin('coupon:return', '--partner', account, '--customer', customer.number)).toMatchObject({ code: 0, out: `Took back 1 coupons of customer ${customer.number}, 70.00 CNY in total.` })
  expect(await pay('1')).toMatchObject({ code: 1, errors: 'This coupon is not active. (conflict)' })
  expect(await mismatches(app, id)).toEqual([])
})

test('a coupon of another issuer is entered for a resale customer; kinds that the partner type has not are refused', async () => {
  const { id, account } = await app.newPartner()
  const [resale, referral] = [await app.addCustomer(id), await app.addCustomer(id, { associationType: 'REFERRAL' })]
  const until = await dayAhead(app, id, 30)
  const receive = (number: string) => admin('coupon:receive', '--partner', account, '--customer', number, '--kind', 'DELIVERY', '--amount', '80', '--until', until, '--issuer', '云港政务云', '--share', '30')
  expect(await receive(resale.number)).toMatchObject({ code: 0, out: expect.stringMatching(/^Entered CP\d+ of 80\.00 CNY/) })
  expect(await receive(referral.number)).toMatchObject({ code: 1, errors: `Customer ${referral.number} is no resale customer.` })
  expect(await admin('quota:grant', '--partner', account, '--kind', 'CASH', '--amount', '1', '--until', until)).toMatchObject({ code: 1, errors: 'A partner of type CSP has no CASH coupons of this sort.' })
  expect(await admin('quota:grant', '--partner', account, '--kind', 'VOUCHER', '--amount', '1', '--until', await dayAhead(app, id, -2))).toMatchObject({ code: 1 })
  expect(await admin('quota:withdraw', '--partner', account, '--quota', 'CQ999999999999')).toMatchObject({ code: 1, errors: `${account} has no quota CQ999999999999.` })
  expect(await mismatches(app, id)).toEqual([])
})

test('a command that is sent again under its reference answers what was done and posts nothing, also beside itself; another one under that reference is refused', async () => {
  const { id, account, admin: client } = await app.newPartner({ verificationOn: false })
  const customer = await app.addCustomer(id)
  const until = await dayAhead(app, id, 90)
  const grantAgain = (amount = '500', reference = 'CASE-7/1') => admin('quota:grant', '--partner', account, '--kind', 'VOUCHER', '--amount', amount, '--until', until, '--reference', reference)
  const [one, ...others] = await Promise.all([grantAgain(), grantAgain(), grantAgain()])
  const said = [one, ...others].map((each) => each?.out ?? '').toSorted((a, b) => a.length - b.length)
  expect(said[0]).toMatch(/^Granted 500\.00 CNY of VOUCHER quota to partner-\w+: CQ\d{12,}\.$/)
  expect(said.slice(1)).toEqual([expect.stringMatching(/^Done before, on [\dT:.-]+Z; nothing was posted now\. Granted 500\.00/), expect.stringContaining(said[0] ?? 'nothing')])
  const quotas = await app.inTenant(id, (tx) => tx.rows<{ id: string; number: string }>(sql`select id, number from coupon_quotas where partner_id = ${id}`))
  expect(quotas).toEqual([{ id: expect.any(String), number: numberIn(said[0] ?? '') }])
  expect(await grantAgain('501')).toMatchObject({ code: 1, errors: expect.stringMatching(/^--reference: CASE-7\/1 stands for another quota:grant of .*: Granted 500\.00/) })
  expect(await admin('quota:grant', '--partner', account, '--kind', 'VOUCHER', '--amount', '500', '--until', until, '--reference', 'no blanks')).toMatchObject({ code: 1, errors: expect.stringMatching(/^--reference: has 1 to 64/) })

  const [coupon] = await issued(client, { quotaId: quotas[0]?.id ?? '', validUntil: await dayAhead(app, id, 30), customerIds: [customer.id] })
  const pay = (...more: string[]) => admin('coupon:redeem', '--partner', account, '--coupon', coupon?.number ?? '', '--amount', '30', '--order', 'ORD-1', '--order-amount', '1000', ...more)
  expect(await pay('--reference', 'PAY-1')).toMatchObject({ code: 0, out: expect.stringMatching(/^Used 30\.00 .* 70\.00 CNY left\.$/) })
  expect(await pay('--reference', 'PAY-1')).toMatchObject({ code: 0, out: expect.stringMatching(/^Done before.* 70\.00 CNY left\.$/) })
  expect(await pay('--reference', 'PAY-2')).toMatchObject({ code: 0, out: expect.stringContaining('40.00 CNY left') })
  // What was refused was not done: the reference is free.
  expect(await admin('post:own', '--partner', account, '--customer', '1000000000', '--amount', '5', '--reference', 'OWN-1')).toMatchObject({ code: 1 })
  const own = () => admin('post:own', '--partner', account, '--customer', customer.number, '--amount', '5', '--reference', 'OWN-1')
  expect([await own(), await own()]).toMatchObject([{ code: 0, out: expect.stringMatching(/^Posted 5\.00/) }, { code: 0, out: expect.stringMatching(/^Done before.*Posted 5\.00/) }])
  expect(await app.inTenant(id, (tx) => tx.rows(sql`select operation, details ->> 'vendorReference' as reference from log_entries where partner_id = ${id} and source = 'vendor' order by seq`)))
    .toEqual([{ operation: 'quota.grant', reference: 'CASE-7/1' }, { operation: 'coupon.redeem', reference: 'PAY-1' }, { operation: 'coupon.redeem', reference: 'PAY-2' }, { operation: 'funds.own_top_up', reference: 'OWN-1' }])
  expect((await couponOf(app, id, coupon?.id ?? ''))?.used).toBe(60_00n)
  expect(await mismatches(app, id)).toEqual([])
})

test('while the books are closed no command posts, unless it is said that it puts them right, and the log says so', async () => {
  const { id, account, admin: client } = await app.newPartner({ verificationOn: false })
  const customer = await app.addCustomer(id)
  const until = await dayAhead(app, id, 90)
  const quota = await admin('quota:grant', '--partner', account, '--kind', 'VOUCHER', '--amount', '500', '--until', until)
  const [row] = await app.inTenant(id, (tx) => tx.rows<{ id: string }>(sql`select id from coupon_quotas where partner_id = ${id}`))
  const [coupon] = await issued(client, { quotaId: row?.id ?? '', validUntil: await dayAhead(app, id, 30), customerIds: [customer.id] })
  const of = ['--partner', account]
  const paid = ['coupon:redeem', ...of, '--coupon', coupon?.number ?? '', '--amount', '30', '--order', 'ORD-1', '--order-amount', '1000', '--reference', 'PAY-1']
  await admin(...paid)
  await app.database.inGlobal((tx, now) => closeBooks(tx, now))
  try {
    for (const words of [
      ['quota:grant', ...of, '--kind', 'VOUCHER', '--amount', '1', '--until', until], ['quota:withdraw', ...of, '--quota', numberIn(quota.out)], ['coupon:redeem', ...of, '--coupon', coupon?.number ?? '', '--amount', '1', '--order', 'ORD-2', '--order-amount', '1000'],
      ['coupon:return', ...of, '--customer', customer.number], ['coupon:receive', ...of, '--customer', customer.number, '--kind', 'DELIVERY', '--amount', '80', '--until', until, '--issuer', '云港政务云'],
      ['post:top-up', ...of, '--amount', '1'], ['post:rebate', ...of, '--amount', '1'], ['post:own', ...of, '--customer', customer.number, '--amount', '1'], ['post:consumption', ...of, '--customer', customer.number, '--amount', '1', '--reference', 'NOT-YET'],
    ]) expect([words[0], await admin(...words)]).toEqual([words[0], { code: 1, out: '', errors: 'The books did not balance, so money operations are paused. No money moved. Please contact support. (busy)' }])
    expect(await admin(...paid)).toMatchObject({ code: 0, out: expect.stringMatching(/^Done before/) })
    expect(await admin('post:top-up', ...of, '--amount', '1', '--while-closed')).toMatchObject({ code: 0 })
  } finally {
    await app.database.inGlobal((tx, now) => openBooks(tx, now))
  }
  expect(await app.inTenant(id, (tx) => tx.rows(sql`select operation, details ->> 'whileClosed' as closed from log_entries where partner_id = ${id} and source = 'vendor' order by seq`)))
    .toEqual([{ operation: 'quota.grant', closed: null }, { operation: 'coupon.redeem', closed: null }, { operation: 'funds.top_up', closed: 'true' }])
  expect(await app.inTenant(id, (tx) => tx.rows(sql`select reference from vendor_references where partner_id = ${id}`))).toEqual([{ reference: 'PAY-1' }])
  expect(await mismatches(app, id)).toEqual([])
})
