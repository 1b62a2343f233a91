import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { getQuota, issueCoupons, queryQuotas } from '#contract/coupons.ts'
import { expectReclaim, getCoupon, getMyCoupons, queryCouponRecords, queryCoupons, reclaimCoupons } from '#contract/coupons-issued.ts'
import { features } from '#server/app.ts'
import { hashPassword } from '#server/auth/password.ts'
import { sql } from '#server/db/query.ts'
import { lockQuotas, withdrawQuota } from '#server/operations/coupon-quotas.ts'
import { redeemCoupon } from '#server/operations/coupon-redeem.ts'
import { createTestApp, type Client, type TestApp } from '#server/testing/app.ts'
import { check, send } from '#server/testing/confirm.ts'
import { booksOf, confirm, couponOf, dayAhead, grant, issued, issueOf, mismatches, quotaOf, reclaimed, spend, vendor } from '#server/testing/coupons.ts'
import { customerPassword, newGuest, signInGuest } from '#server/testing/visitor.ts'

let app: TestApp
beforeAll(async () => { app = await createTestApp(features) })
afterAll(() => app.close())

const open = (options: Parameters<TestApp['newPartner']>[0] = {}) => app.newPartner({ verificationOn: false, ...options })
const voucher = reclaimCoupons.VOUCHER

/** A partner with 1,000.00 of quota and as many coupons of 100.00 as asked for, each of a customer of its own. */
async function story(count: number) {
  const partner = await open()
  const quota = await grant(app, partner.id)
  const customers = []
  for (let made = 0; made < count; made += 1) customers.push(await app.addCustomer(partner.id, { name: `云海科技${made}有限公司` }))
  const coupons = await issued(partner.admin, { quotaId: quota.id, validUntil: await dayAhead(app, partner.id, 30), customerIds: customers.map(({ id }) => id), remark: '内部备注' })
  const [coupon] = coupons
  const [customer] = customers
  if (!coupon || !customer) throw new Error('nothing was issued')
  return { ...partner, quota, customers, coupons, coupon, customer }
}

describe('an administrator takes coupons back', () => {
  test('always the whole balance: what is expected is shown, what was taken is told, and the quota gets exactly that', async () => {
    const { id, admin, quota, coupons } = await story(3)
    const [first, second] = coupons
    if (!first || !second) throw new Error('too few coupons')
    await spend(app, id, first.number, 30_00n)
    const { body: told } = await admin.call(expectReclaim, { body: { couponIds: [first.id, second.id] } })
    expect(told).toMatchObject({ total: '170.00', items: [{ number: first.number, expected: '70.00', quotaNumber: quota.number, refused: null }, { expected: '100.00' }] })
    const { status, body, frozen } = await reclaimed(admin, [first.id, second.id], async () => expect(await quotaOf(app, id, quota.id)).toMatchObject({ returned: 0n }))
    expect(frozen?.summary).toMatchObject({ operation: 'coupon.voucher.reclaim', total: null, count: 2, items: [], notes: [{ kind: 'expected', total: '170.00', items: [{ number: first.number, amount: '70.00' }, { amount: '100.00' }] }, { notice: 'actual_amount' }] })
    expect(status).toBe(200)
    expect(body).toMatchObject({ expectedTotal: '170.00', actualTotal: '170.00', items: [{ couponId: first.id, expected: '70.00', actual: '70.00', quotaNumber: quota.number }, { actual: '100.00' }] })
    expect(await quotaOf(app, id, quota.id)).toEqual({ granted: 1000_00n, withdrawn: 0n, issued: 300_00n, returned: 170_00n, left: 870_00n })
    expect(await couponOf(app, id, first.id)).toEqual({ state: 'RECLAIMED', faceValue: 100_00n, balance: 0n, used: 30_00n, returned: 70_00n, lapsed: 0n })
    expect(await app.inTenant(id, (tx) => tx.rows(sql`select object_number, amount, confirmed_by, details ->> 'expected' as expected from log_entries where partner_id = ${id} and operation = 'coupon.reclaim' order by seq`)))
      .toEqual([{ object_number: first.number, amount: 70_00n, confirmed_by: 'click', expected: '70.00' }, { object_number: second.number, amount: 100_00n, confirmed_by: 'click', expected: '100.00' }])
    expect((await admin.call(getQuota, { params: { id: quota.id } })).body.movements.map(({ kind, amount, leftAfter }) => [kind, amount, leftAfter]))
      .toEqual([['return', '100.00', '870.00'], ['return', '70.00', '770.00'], ['issue', '-100.00', '700.00'], ['issue', '-100.00', '800.00'], ['issue', '-100.00', '900.00'], ['grant', '1000.00', '1000.00']])
    expect(await mismatches(app, id)).toEqual([])
  })

  test('of coupons and quotas that come to more than one movement may carry every sum is told, and what would take back that much at once is refused', async () => {
    const { id, admin } = await open()
    const [customer, largest] = [await app.addCustomer(id), { amount: 999_999_999_999n }]
    const quotas = [await grant(app, id, largest), await grant(app, id, largest)]
    const validUntil = await dayAhead(app, id, 30)
    const issueAll = async () => (await Promise.all(quotas.map(({ id: quotaId }) => issued(admin, { quotaId, validUntil, customerIds: [customer.id], faceValue: '9999999999.99' })))).flat().map((coupon) => coupon.id)
    const ids = await issueAll()
    expect((await admin.call(expectReclaim, { body: { couponIds: ids } })).body.total).toBe('19999999999.98')
    expect((await admin.call(queryCoupons, { body: {} })).body.totals).toEqual({ faceValue: '19999999999.98', balance: '19999999999.98' })
    expect((await reclaimed(admin, ids)).problem).toMatchObject({ code: 'invalid_input', fields: [{ path: 'couponIds', code: 'total_max' }] })
    for (const one of ids) expect((await reclaimed(admin, [one])).body.actualTotal).toBe('9999999999.99')
    expect((await admin.call(queryQuotas, { body: {} })).body.totals).toEqual({ granted: '19999999999.98', left: '19999999999.98' })
    await issueAll()
    expect((await admin.call(getQuota, { params: { id: quotas[0]?.id ?? '' } })).body).toMatchObject({ issued: '19999999999.98', returned: '9999999999.99', left: '0.00' })
    expect(await mismatches(app, id)).toEqual([])
  })

  test('a customer who spends while the summary is read lowers the amount and does not void the check; the answer and the record tell both', async () => {
    const { id, admin, coupons: [one, two], coupon } = await story(2)
    const { status, body } = await reclaimed(admin, [one?.id ?? '', two?.id ?? ''], () => spend(app, id, coupon.number, 60_00n))
    expect(status).toBe(200)
    expect(body).toMatchObject({ expectedTotal: '200.00', actualTotal: '140.00', items: [{ expected: '100.00', actual: '40.00' }, { expected: '100.00', actual: '100.00' }] })
    const { body: records } = await admin.call(queryCouponRecords, { body: { filter: { operation: 'reclaimed', number: coupon.number } } })
    expect(records.items).toMatchObject([{ amount: '100.00', actual: '40.00', initiator: 'member' }])
    expect(await couponOf(app, id, coupon.id)).toMatchObject({ used: 60_00n, returned: 40_00n })
    expect(await mismatches(app, id)).toEqual([])
  })

  test('one that was used up in the meantime refuses the batch with its row, and nothing moved', async () => {
    const { id, admin, quota, coupons: [one, two], coupon } = await story(2)
    const { status, problem } = await reclaimed(admin, [two?.id ?? '', one?.id ?? ''], () => spend(app, id, coupon.number, 100_00n))
    expect([status, problem]).toMatchObject([409, { code: 'rows_refused', rows: [{ row: 1, code: 'coupon_empty', message: 'This coupon has no balance.' }] }])
    expect(await quotaOf(app, id, quota.id)).toMatchObject({ returned: 0n })
    expect(await couponOf(app, id, two?.id ?? '')).toMatchObject({ state: 'ACTIVE', balance: 100_00n })
  })

  test('refused per row: reclaimed, used up, over, inactive, twice, and one that somebody else issued', async () => {
    const { id, admin, quota, coupons, customer } = await story(4)
    const [gone, used, mine] = coupons
    if (!gone || !used || !mine) throw new Error('too few coupons')
    await reclaimed(admin, [gone.id])
    await spend(app, id, used.number, 100_00n)
    const sleeping = await grant(app, id, { startsInactive: true })
    const [inactive] = await issued(admin, { quotaId: sleeping.id, validUntil: await dayAhead(app, id, 30), customerIds: [customer.id] })
    expect((await admin.call(expectReclaim, { body: { couponIds: [gone.id, mine.id] } })).body).toMatchObject({ total: '100.00', items: [{ expected: '0.00', refused: 'This coupon was reclaimed already.' }, { refused: null }] })
    const { problem } = await reclaimed(admin, [gone.id, used.id, inactive?.id ?? '', mine.id, mine.id.toUpperCase()])
    expect(problem.rows?.map(({ row, code }) => [row, code])).toEqual([[0, 'coupon_reclaimed'], [1, 'coupon_empty'], [2, 'coupon_closed'], [4, 'duplicate']])
    expect(await quotaOf(app, id, quota.id)).toMatchObject({ returned: 100_00n })
    const stranger = await open()
    expect((await reclaimed(admin, [mine.id, randomUUID()])).problem.code).toBe('not_found')
    expect((await reclaimed(stranger.admin, [mine.id])).problem.code).toBe('not_found')
    expect((await confirm(admin, voucher, { body: { couponIds: Array.from({ length: 101 }, () => randomUUID()), remark: '' } })).problem.fields).toMatchObject([{ code: 'rows_max' }])
  })

  test('from a quota that the vendor has withdrawn, the balance lapses and the answer says that no quota got it', async () => {
    const { id, admin, quota, coupon } = await story(1)
    await app.inTenant(id, async (tx, now) => {
      const { quotas, moment } = await lockQuotas(tx, now, id, [quota.id])
      const locked = quotas.get(quota.id)
      if (locked) await withdrawQuota(tx, { books: booksOf(id), by: vendor, quota: locked, moment, initiator: 'vendor' })
    })
    expect(await quotaOf(app, id, quota.id)).toEqual({ granted: 1000_00n, withdrawn: 900_00n, issued: 100_00n, returned: 0n, left: 0n })
    const { body } = await reclaimed(admin, [coupon.id])
    expect(body).toMatchObject({ actualTotal: '100.00', items: [{ quotaNumber: null }] })
    expect(await couponOf(app, id, coupon.id)).toMatchObject({ state: 'RECLAIMED', returned: 0n, lapsed: 100_00n })
    expect(await mismatches(app, id)).toEqual([])
  })

  test('a quota that was used up is open again for what came back', async () => {
    const { id, admin } = await open()
    const quota = await grant(app, id, { amount: 100_00n })
    const customer = await app.addCustomer(id)
    const asked = { quotaId: quota.id, validUntil: await dayAhead(app, id, 30), customerIds: [customer.id] }
    const [coupon] = await issued(admin, asked)
    expect((await admin.call(getQuota, { params: { id: quota.id } })).body).toMatchObject({ state: 'USED_UP', isIssuable: false, left: '0.00' })
    await reclaimed(admin, [coupon?.id ?? ''])
    expect((await admin.call(getQuota, { params: { id: quota.id } })).body).toMatchObject({ state: 'ACTIVE', isIssuable: true, left: '100.00' })
    expect(await issued(admin, asked)).toHaveLength(1)
  })
})

describe('what stays the issuer\'s alone', () => {
  test('the remark is read by the issuing partner, and by no customer; a reclaimed coupon is no longer the customer\'s', async () => {
    const { id, admin, coupon, customer, quota } = await story(2)
    const hash = await hashPassword(customerPassword)
    const name = `remark.${id.slice(0, 6)}`
    await app.inTenant(id, (tx) => tx.run(sql`update customers set account_name = ${name} where id = ${customer.id}`))
    await app.database.inGlobal((tx) => tx.run(sql`update cloud_accounts set password_hash = ${hash} where id = ${customer.id}`))
    const guest = await signInGuest(app, name)
    const own = await guest.call(getMyCoupons, {})
    expect(own.body.items).toEqual([{ number: coupon.number, kind: 'VOUCHER', faceValue: '100.00', balance: '100.00', minOrder: '0.00', maxShare: null, scope: { products: [], orderTypes: [] }, validUntil: expect.any(String), state: 'ACTIVE' }])
    expect(own.text).not.toContain('内部备注')
    expect((await newGuest(app).call(getMyCoupons, {})).problem.code).toBe('not_signed_in')
    expect((await admin.call(getCoupon, { params: { id: coupon.id } })).body).toMatchObject({ remark: '内部备注', quota: { id: quota.id }, uses: [] })
    expect((await admin.call(queryCouponRecords, { body: { filter: { number: coupon.number } } })).body.items).toMatchObject([{ remark: '内部备注' }])
    expect(JSON.stringify(await app.inTenant(id, (tx) => tx.rows(sql`select details from log_entries where partner_id = ${id}`)))).not.toContain('内部备注')
    await reclaimed(admin, [coupon.id])
    expect((await guest.call(getMyCoupons, {})).body.items).toEqual([])
    expect((await admin.call(queryCoupons, { body: { filter: { number: coupon.number } } })).body.items).toMatchObject([{ state: 'RECLAIMED', balance: '0.00', isReclaimable: false }])
  })

  test('nothing of an issued coupon is ever changed, whoever tries', async () => {
    const { id, coupon, customers } = await story(2)
    const other = customers[1]?.id ?? ''
    for (const change of [sql`face_value = 1`, sql`customer_id = ${other}`, sql`valid_until = valid_until + interval '1 day'`, sql`products = array['X']`, sql`min_order = 5`, sql`remark = ''`]) {
      await expect(app.inTenant(id, (tx) => tx.run(sql`update coupons set ${change} where partner_id = ${id} and id = ${coupon.id}`))).rejects.toMatchObject({ code: '23514' })
    }
    for (const table of [sql`coupon_records`, sql`coupon_redemptions`]) {
      await expect(app.inTenant(id, (tx) => tx.run(sql`update ${table} set at = now() where partner_id = ${id}`))).rejects.toMatchObject({ code: '42501' })
      await expect(app.inTenant(id, (tx) => tx.run(sql`delete from ${table} where partner_id = ${id}`))).rejects.toMatchObject({ code: '42501' })
    }
  })

  test('the database itself keeps the sums of a coupon and of a quota', async () => {
    const { id, coupon, quota } = await story(1)
    for (const change of [sql`coupons set used = used + 1`, sql`coupons set balance = balance - 1`, sql`coupon_quotas set left_over = left_over + 1`, sql`coupon_quotas set issued = issued + 100000, left_over = left_over - 100000`]) {
      await expect(app.inTenant(id, (tx) => tx.run(sql`update ${change} where partner_id = ${id} and id in (${coupon.id}, ${quota.id})`))).rejects.toMatchObject({ code: '23514' })
    }
  })

  test('a state never goes back, and none is skipped', async () => {
    const { id, admin, coupon } = await story(2)
    await reclaimed(admin, [coupon.id])
    await expect(app.inTenant(id, (tx) => tx.run(sql`update coupons set state = 'ACTIVE', balance = 100, ended_at = null where partner_id = ${id} and id = ${coupon.id}`))).rejects.toMatchObject({ code: '23514' })
    await expect(spend(app, id, coupon.number, 1n)).rejects.toMatchObject({ code: 'conflict' })
  })
})

test('the code of a reclaim says how many coupons and about how much, and the mail which', async () => {
  const { id, admin, coupons } = await story(2)
  await app.database.inGlobal((tx) => tx.run(sql`update partners set verification_on = true where id = ${id}`))
  const input = { body: { couponIds: coupons.map((one) => one.id), remark: '' } }
  const { problem } = await admin.call(voucher, input)
  const proof = problem.proof?.proofId ?? ''
  await send(app, admin, proof)
  expect(app.sms.sent.at(-1)?.text).toContain('reclaim 2 vouchers, about 200.00 CNY')
  app.travel(61)
  await send(app, admin, proof, 'email')
  const code = /Code: (\d{6})/.exec(app.email.sent.at(-1)?.text ?? '')?.[1] ?? ''
  expect(app.email.sent.at(-1)?.text).toContain(`${coupons[0]?.number} 云海***公司`)
  expect(app.email.sent.at(-1)?.text).toContain('The actual amount is what is left at execution.')
  expect((await check(admin, proof, code)).status).toBe(200)
  expect((await admin.call(voucher, input, { proof })).body).toMatchObject({ actualTotal: '200.00' })
})

test('a coupon pays only orders that it is for, at most its share, and never more than it holds', async () => {
  const { id, admin } = await open({ type: 'GOVCLOUD' })
  const quota = await grant(app, id, { kind: 'DELIVERY' })
  const customer = await app.addCustomer(id)
  const [coupon] = await issued(admin, { quotaId: quota.id, validUntil: await dayAhead(app, id, 30), customerIds: [customer.id], maxShare: 50, minOrder: '150.00', products: ['ECS'], orderTypes: ['NEW'] }, 'DELIVERY')
  const pay = (amount: bigint, order: { amount: bigint; type?: 'NEW' | 'RENEWAL'; product?: string }) =>
    app.inTenant(id, (tx, now) => redeemCoupon(tx, now, { books: booksOf(id), by: vendor, number: coupon?.number ?? '', amount, order: { number: 'ORD-9', ...order } }))
  const fits = { type: 'NEW', product: 'ECS' } as const
  await expect(pay(50_00n, { amount: 149_99n, ...fits })).rejects.toMatchObject({ code: 'conflict' })
  await expect(pay(100_01n, { amount: 200_00n, ...fits })).rejects.toMatchObject({ code: 'conflict' })
  await expect(pay(10_00n, { amount: 200_00n, product: 'ECS', type: 'RENEWAL' })).rejects.toMatchObject({ code: 'conflict' })
  await expect(pay(10_00n, { amount: 200_00n, type: 'NEW' })).rejects.toMatchObject({ code: 'conflict' })
  await expect(pay(100_01n, { amount: 1000_00n, ...fits })).rejects.toMatchObject({ code: 'insufficient_funds' })
  await pay(40_00n, { amount: 200_00n, ...fits })
  expect((await admin.call(getCoupon, { params: { id: coupon?.id ?? '' } })).body).toMatchObject({ balance: '60.00', used: '40.00', uses: [{ orderNumber: 'ORD-9', amount: '40.00' }] })
  expect((await admin.call(queryCoupons, { body: { filter: { orderNumber: 'ORD-9' } } })).body.total).toBe(1)
  expect(await mismatches(app, id)).toEqual([])
})

test('a proof of an issue is good for no reclaim, and one kind\'s for no other', async () => {
  const { admin, quota, coupon, customer, id } = await story(1)
  const asked = await admin.call(issueCoupons.VOUCHER, issueOf({ quotaId: quota.id, validUntil: await dayAhead(app, id, 30), customerIds: [customer.id] }))
  const input = { body: { couponIds: [coupon.id], remark: '' } }
  expect((await admin.call(voucher, input, { proof: asked.problem.proof?.proofId ?? '' })).problem.code).toBe('proof_required')
  const proof = (client: Client) => client.call(voucher, input)
  const colleague = (await proof(admin)).problem.proof?.proofId ?? ''
  const other = await app.signIn(id, admin.memberId)
  expect((await other.call(voucher, input, { proof: colleague })).problem.code).toBe('proof_required')
  expect(await couponOf(app, id, coupon.id)).toMatchObject({ state: 'ACTIVE' })
})
