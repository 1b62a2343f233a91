import { afterAll, beforeAll, expect, test } from 'vitest'
import { getQuota } from '#contract/coupons.ts'
import { getCoupon, queryCouponRecords, queryCoupons } from '#contract/coupons-issued.ts'
import { getHome } from '#contract/home.ts'
import { features } from '#server/app.ts'
import { sql } from '#server/db/query.ts'
import { jobHandlers } from '#server/jobs/handlers.ts'
import { returnCouponsOf } from '#server/operations/coupon-returns.ts'
import { createTestApp, type TestApp } from '#server/testing/app.ts'
import { couponOf, dayAhead, grant, issued, mismatches, quotaOf, reclaimed, spend } from '#server/testing/coupons.ts'

const day = 86_400
let app: TestApp
beforeAll(async () => { app = await createTestApp(features) })
afterAll(() => app.close())

/** What the job of every minute does. */
const endNow = async () => {
  const errors: Error[] = []
  await jobHandlers({ database: app.database, publicUrl: 'https://console.test', channels: {}, onError: (error) => errors.push(error) })['coupon.end']([])
  expect(errors).toEqual([])
}
const told = (partnerId: string) => app.inTenant(partnerId, async (tx) => (await tx.rows<{ kind: string; n: number }>(sql`select kind, count(*)::int as n from messages where partner_id = ${partnerId} and kind in ('CP-01','CP-04') group by kind order by kind`)).map(({ kind, n }) => [kind, n]))

async function story({ days = 365, until = 30 }: { days?: number; until?: number } = {}) {
  const partner = await app.newPartner({ verificationOn: false })
  const quota = await grant(app, partner.id, { days })
  const [customer, other] = [await app.addCustomer(partner.id, { email: 'buyer@customer.example' }), await app.addCustomer(partner.id)]
  const coupons = await issued(partner.admin, { quotaId: quota.id, validUntil: await dayAhead(app, partner.id, until), customerIds: [customer.id, other.id] })
  const [one, two] = coupons
  if (!one || !two) throw new Error('nothing was issued')
  return { ...partner, quota, customer, one, two, fresh: () => app.signIn(partner.id, partner.admin.memberId) }
}

test('what is left of a coupon that ends goes back to a quota that is still in force, as the system\'s doing', async () => {
  const { id, quota, one, two, fresh } = await story({ until: 9 })
  await spend(app, id, one.number, 25_00n)
  await spend(app, id, two.number, 100_00n)
  app.travel(11 * day)
  const admin = await fresh()
  // Before the job has come the coupon is over all the same.
  expect((await admin.call(getCoupon, { params: { id: one.id } })).body).toMatchObject({ state: 'EXPIRED', balance: '75.00' })
  await expect(spend(app, id, one.number, 1n)).rejects.toMatchObject({ code: 'conflict' })
  expect((await reclaimed(admin, [one.id])).problem.rows).toMatchObject([{ code: 'coupon_closed' }])
  await endNow()
  await endNow()
  expect(await couponOf(app, id, one.id)).toEqual({ state: 'EXPIRED', faceValue: 100_00n, balance: 0n, used: 25_00n, returned: 75_00n, lapsed: 0n })
  expect(await couponOf(app, id, two.id)).toMatchObject({ state: 'USED', used: 100_00n })
  expect(await quotaOf(app, id, quota.id)).toMatchObject({ issued: 200_00n, returned: 75_00n, left: 875_00n })
  const { body } = await admin.call(queryCouponRecords, { body: { filter: { number: one.number, operation: 'returned_expiry' } } })
  expect(body.items).toMatchObject([{ initiator: 'system', operatorMasked: null, amount: '75.00', actual: '75.00', sourceQuotaNumber: quota.number, result: 'success' }])
  expect(await app.inTenant(id, (tx) => tx.rows(sql`select source, amount, details ->> 'cause' as cause from log_entries where partner_id = ${id} and operation = 'coupon.return'`))).toEqual([{ source: 'system', amount: 75_00n, cause: 'returned_expiry' }])
  expect(await mismatches(app, id)).toEqual([])
})

test('where the quota ends with its coupons, what is left lapses', async () => {
  const { id, quota, one, fresh } = await story({ days: 5, until: 5 })
  app.travel(6 * day)
  await endNow()
  expect(await couponOf(app, id, one.id)).toMatchObject({ state: 'EXPIRED', balance: 0n, returned: 0n, lapsed: 100_00n })
  expect(await quotaOf(app, id, quota.id)).toMatchObject({ returned: 0n, left: 800_00n })
  const admin = await fresh()
  expect((await admin.call(getQuota, { params: { id: quota.id } })).body.state).toBe('EXPIRED')
  expect((await admin.call(queryCouponRecords, { body: { filter: { number: one.number, operation: 'lapsed' } } })).body.items).toMatchObject([{ amount: '100.00', actual: '0.00', result: 'lapsed', initiator: 'system' }])
  expect(await mismatches(app, id)).toEqual([])
})

test('customers and administrators hear once, a week before, of coupons and quotas that will end', async () => {
  const { id, quota, fresh } = await story({ days: 20, until: 9 })
  await endNow()
  expect(await told(id)).toEqual([])
  app.travel(3 * day)
  await endNow()
  await endNow()
  expect(await told(id)).toEqual([['CP-04', 2]])
  const admin = await fresh()
  expect((await admin.call(getHome, {})).body.deadlines).toMatchObject([{ kind: 'coupons_end', count: 2, filter: 'kind=VOUCHER&endsSoon=true&sort=validUntil' }])
  expect((await admin.call(queryCoupons, { body: { filter: { endsSoon: true } } })).body.total).toBe(2)
  app.travel(11 * day)
  await endNow()
  await endNow()
  expect(await told(id)).toEqual([['CP-01', 1], ['CP-04', 2]])
  expect((await (await fresh()).call(getHome, {})).body.deadlines).toMatchObject([{ kind: 'quotas_end', count: 1 }])
  expect(await quotaOf(app, id, quota.id)).toMatchObject({ returned: 200_00n })
})

test('when an association ends or a customer withdraws everything, all its coupons go back, also those that wait for activation, and nobody else\'s', async () => {
  const { id, admin, quota, customer, one, two } = await story()
  const sleeping = await grant(app, id, { startsInactive: true })
  const [inactive] = await issued(admin, { quotaId: sleeping.id, validUntil: await dayAhead(app, id, 30), customerIds: [customer.id] })
  await spend(app, id, one.number, 10_00n)
  const back = await app.inTenant(id, (tx, now) => returnCouponsOf(tx, now, { id, timeZone: 'Asia/Shanghai' }, customer.id, 'returned_disassociation', 'test'))
  expect(back.map(({ amount }) => amount).toSorted()).toEqual([100_00n, 90_00n])
  expect(await couponOf(app, id, one.id)).toMatchObject({ state: 'RECLAIMED', used: 10_00n, returned: 90_00n })
  expect(await couponOf(app, id, inactive?.id ?? '')).toMatchObject({ state: 'EXPIRED', returned: 100_00n })
  expect(await couponOf(app, id, two.id)).toMatchObject({ state: 'ACTIVE', balance: 100_00n })
  expect(await quotaOf(app, id, quota.id)).toMatchObject({ returned: 90_00n })
  expect(await quotaOf(app, id, sleeping.id)).toMatchObject({ returned: 100_00n, left: 1000_00n })
  const again = await app.inTenant(id, (tx, now) => returnCouponsOf(tx, now, { id, timeZone: 'Asia/Shanghai' }, customer.id, 'returned_withdrawal', 'test'))
  expect(again).toEqual([])
  expect((await admin.call(queryCouponRecords, { body: { filter: { operation: 'returned_disassociation' } } })).body.items.map(({ initiator }) => initiator)).toEqual(['system', 'system'])
  expect(await mismatches(app, id)).toEqual([])
})

test('lapsed coupons leave the list after half a year, and stay in the records', async () => {
  const { id, one, fresh } = await story({ days: 10, until: 5 })
  app.travel(12 * day)
  await endNow()
  expect((await (await fresh()).call(queryCoupons, { body: {} })).body).toMatchObject({ total: 2, totals: { faceValue: '200.00', balance: '0.00' } })
  app.travel(185 * day)
  const admin = await fresh()
  expect((await admin.call(queryCoupons, { body: {} })).body).toMatchObject({ total: 0, items: [] })
  expect((await admin.call(queryCouponRecords, { body: { filter: { number: one.number } } })).body.total).toBe(2)
  expect((await admin.call(getCoupon, { params: { id: one.id } })).status).toBe(200)
  expect(await mismatches(app, id)).toEqual([])
})
