import { afterAll, beforeAll, expect, test } from 'vitest'
import { getQuota, getQuotaChoices, queryQuotas, type QuotaFilter, type QuotaSort } from '#contract/coupons.ts'
import { expectReclaim, getCouponChoices, getCoupon, queryCouponRecords, queryCoupons, type CouponFilter } from '#contract/coupons-issued.ts'
import { createExport, exportFilePath, type ExportRequest } from '#contract/exports.ts'
import { amountFromMinor } from '#contract/money.ts'
import { findObjects } from '#contract/search.ts'
import { features } from '#server/app.ts'
import { sql } from '#server/db/query.ts'
import { receiveCoupon } from '#server/operations/coupon-issue.ts'
import { lockQuotas, withdrawQuota } from '#server/operations/coupon-quotas.ts'
import { endCoupons } from '#server/operations/coupon-returns.ts'
import { buildExport } from '#server/operations/exports-build.ts'
import { createTestApp, type Client, type TestApp } from '#server/testing/app.ts'
import { booksOf, dayAhead, grant, issued, reclaimed, spend, vendor } from '#server/testing/coupons.ts'

let app: TestApp
beforeAll(async () => { app = await createTestApp(features) })
afterAll(() => app.close())
const open = (options: Parameters<TestApp['newPartner']>[0] = {}) => app.newPartner({ verificationOn: false, ...options })

test('quotas are filtered by number, state, source, days and what is left, sorted, and summed over all pages', async () => {
  const { id, admin } = await open()
  const now = await app.inTenant(id, async (_tx, at) => at)
  const ahead = (days: number) => new Date(now.getTime() + days * 86_400_000)
  const active = await grant(app, id, { amount: 500_00n, days: 60 })
  const future = await grant(app, id, { amount: 300_00n, validFrom: ahead(10), validTo: ahead(20) })
  const over = await grant(app, id, { amount: 200_00n, validFrom: ahead(-20), validTo: ahead(-10) })
  const incentive = await grant(app, id, { amount: 100_00n, origin: { source: 'incentive' }, days: 5 })
  const taken = await grant(app, id, { amount: 50_00n, days: 90 })
  await app.inTenant(id, async (tx, at) => {
    const { quotas, moment } = await lockQuotas(tx, at, id, [taken.id])
    const quota = quotas.get(taken.id)
    if (quota) await withdrawQuota(tx, { books: booksOf(id), by: vendor, quota, moment, initiator: 'vendor' })
  })
  const find = async (filter: QuotaFilter, sort: QuotaSort = 'validTo') => (await admin.call(queryQuotas, { body: { filter, sort } })).body.items.map(({ number }) => number)
  expect(await find({})).toEqual([over, incentive, future, active, taken].map(({ number }) => number))
  expect(await find({}, '-left')).toEqual([active, future, over, incentive, taken].map(({ number }) => number))
  expect(await find({}, 'granted')).toEqual([taken, incentive, over, future, active].map(({ number }) => number))
  expect(await find({ state: 'NOT_STARTED' })).toEqual([future.number])
  expect(await find({ state: 'EXPIRED' })).toEqual([over.number])
  expect(await find({ state: 'RECLAIMED' })).toEqual([taken.number])
  expect(await find({ state: 'ACTIVE' })).toEqual([incentive.number, active.number])
  expect(await find({ source: 'incentive' })).toEqual([incentive.number])
  expect(await find({ number: active.number.toLowerCase() })).toEqual([active.number])
  expect(await find({ leftMin: amountFromMinor(200_00n), leftMax: amountFromMinor(300_00n) })).toEqual([over.number, future.number])
  expect(await find({ endsSoon: true })).toEqual([incentive.number])
  expect(await find({ validFrom: await dayAhead(app, id, 12), validTo: await dayAhead(app, id, 14) })).toEqual([future.number, active.number, taken.number])
  expect((await admin.call(queryQuotas, { body: { pageSize: 2, page: 2 } })).body).toMatchObject({ total: 5, totals: { granted: '1150.00', left: '1100.00' }, items: [{ number: future.number }, { number: active.number }] })
})

test('an account manager reads of the one customer that a quota is for only what others may know, unless the customer is its own', async () => {
  const partner = await open()
  const [mine, others] = [await partner.addMember({ role: 'manager', extra: ['coupon.issue'] }), await partner.addMember({ role: 'manager', extra: ['coupon.issue'] })]
  const customer = await app.addCustomer(partner.id, { name: '北岸数据科技有限公司', managerId: mine.memberId })
  const quota = await grant(app, partner.id, { onlyCustomerId: customer.id })
  const seen = async (client: Client) => [
    (await client.call(queryQuotas, { body: {} })).body.items[0]?.onlyFor, (await client.call(getQuota, { params: { id: quota.id } })).body.onlyFor, (await client.call(getQuotaChoices, { query: { kind: 'VOUCHER' } })).body.items[0]?.onlyFor,
  ]
  const named = { id: customer.id, number: customer.number, nameMasked: expect.stringContaining('*') }
  for (const client of [partner.admin, mine]) expect(await seen(client)).toEqual([named, named, named])
  const unnamed = { id: null, number: customer.number, nameMasked: null }
  expect(await seen(others)).toEqual([unnamed, unnamed, unnamed])
})

/** Coupons in every state of two customers with two account managers. */
async function shelf() {
  const partner = await open()
  const manager = await partner.addMember({ role: 'manager', name: '钱一', extra: ['coupon.reclaim'] })
  const quota = await grant(app, partner.id)
  const other = await grant(app, partner.id, { startsInactive: true })
  const north = await app.addCustomer(partner.id, { name: '北岸数据科技有限公司', mobile: '+8613877660011', managerId: manager.memberId })
  const south = await app.addCustomer(partner.id, { name: '南山软件股份有限公司', mobile: '+8613877660022' })
  const until = await dayAhead(app, partner.id, 30)
  const both = { validUntil: until, customerIds: [north.id, south.id] }
  const [activeNorth, activeSouth] = await issued(partner.admin, { quotaId: quota.id, ...both })
  const [usedNorth, takenSouth] = await issued(partner.admin, { quotaId: quota.id, ...both, faceValue: '50.00' })
  const [inactiveNorth] = await issued(partner.admin, { quotaId: other.id, validUntil: await dayAhead(app, partner.id, 60), customerIds: [north.id], faceValue: '20.00' })
  if (!activeNorth || !activeSouth || !usedNorth || !takenSouth || !inactiveNorth) throw new Error('too few coupons')
  await spend(app, partner.id, usedNorth.number, 50_00n, 'ORD-77')
  await reclaimed(partner.admin, [takenSouth.id])
  return { ...partner, manager, quota, other, north, south, activeNorth, activeSouth, usedNorth, takenSouth, inactiveNorth }
}

test('issued coupons are filtered by everything the page offers, sorted stably and summed, whichever way the sum is made', async () => {
  const { id, admin, quota, other, north, activeNorth, activeSouth, usedNorth, takenSouth, inactiveNorth } = await shelf()
  const find = async (filter: CouponFilter, more: object = {}) => new Set((await admin.call(queryCoupons, { body: { filter, ...more } })).body.items.map(({ number }) => number))
  const these = (...coupons: { number: string }[]) => new Set(coupons.map(({ number }) => number))
  expect(await find({})).toEqual(these(activeNorth, activeSouth, usedNorth, takenSouth, inactiveNorth))
  expect(await find({ state: 'ACTIVE' })).toEqual(these(activeNorth, activeSouth))
  expect(await find({ state: 'USED' })).toEqual(these(usedNorth))
  expect(await find({ state: 'RECLAIMED' })).toEqual(these(takenSouth))
  expect(await find({ state: 'INACTIVE' })).toEqual(these(inactiveNorth))
  expect(await find({ state: 'EXPIRED' })).toEqual(new Set())
  expect(await find({ quotaId: other.id })).toEqual(these(inactiveNorth))
  expect(await find({ quotaNumber: quota.number.toLowerCase() })).toEqual(these(activeNorth, activeSouth, usedNorth, takenSouth))
  expect(await find({ customerId: north.id })).toEqual(these(activeNorth, usedNorth, inactiveNorth))
  expect(await find({ customerNumber: north.number, state: 'ACTIVE' })).toEqual(these(activeNorth))
  expect(await find({ number: usedNorth.number })).toEqual(these(usedNorth))
  expect(await find({ orderNumber: 'ORD-77' })).toEqual(these(usedNorth))
  expect(await find({ expiryFrom: await dayAhead(app, id, 60), expiryTo: await dayAhead(app, id, 60) })).toEqual(these(inactiveNorth))
  expect(await find({ issuedFrom: await dayAhead(app, id, 1) })).toEqual(new Set())
  expect(await find({ kind: 'CASH' })).toEqual(new Set())
  expect((await admin.call(queryCoupons, { body: { sort: '-balance' } })).body.items.at(-1)?.balance).toBe('0.00')
  for (const filter of [{ kind: 'VOUCHER' }, { kind: 'VOUCHER', state: 'ACTIVE' }, { kind: 'VOUCHER', quotaId: quota.id }, { kind: 'VOUCHER', expiryTo: await dayAhead(app, id, 31) }] satisfies CouponFilter[]) {
    const counted = (await admin.call(queryCoupons, { body: { filter } })).body
    const walked = (await admin.call(queryCoupons, { body: { filter: { ...filter, issuedTo: await dayAhead(app, id, 1) } } })).body
    expect([counted.total, counted.totals]).toEqual([walked.total, walked.totals])
    expect(counted.items.length).toBe(counted.total)
  }
})

test('a customer is looked up by part of its name or by mobile, under an opaque id, and every look-up counts', async () => {
  const { admin, activeSouth, takenSouth } = await shelf()
  const found = await admin.call(queryCoupons, { body: { lookup: { name: '南山软件' } } })
  expect(found.body.items.map(({ number }) => number).toSorted()).toEqual([activeSouth.number, takenSouth.number].toSorted())
  expect(found.text).not.toContain('南山软件')
  expect(found.body.lookupKinds).toEqual(['name'])
  expect((await admin.call(queryCoupons, { body: { view: found.body.view ?? '' } })).body.total).toBe(2)
  for (const mobile of ['13877660022', '0022', '+86 138 7766 0022']) expect((await admin.call(queryCoupons, { body: { lookup: { mobile } } })).body.total).toBe(2)
  expect((await admin.call(queryCoupons, { body: { lookup: { mobile: '8776' } } })).body.total).toBe(0)
  expect((await admin.call(queryCoupons, { body: { lookup: { mobile: '13877' } } })).problem.fields).toMatchObject([{ code: 'last4_or_full' }])
  expect((await admin.call(queryCouponRecords, { body: { party: '南山软件' } })).body.items.every(({ party }) => party?.nameMasked === '南山***公司')).toBe(true)
  let last = 200
  for (let time = 0; time < 61 && last === 200; time += 1) last = (await admin.call(queryCoupons, { body: { lookup: { name: '南山' } } })).status
  expect(last).toBe(429)
  app.travel(61)
})

test('an account manager sees, counts, finds and takes back the coupons of the own customers only', async () => {
  const { id, admin, manager, north, activeNorth, activeSouth, takenSouth } = await shelf()
  const { body } = await manager.call(queryCoupons, { body: {} })
  expect(new Set(body.items.map(({ customer }) => customer.id))).toEqual(new Set([north.id]))
  expect(body).toMatchObject({ total: 3, totals: { faceValue: '170.00', balance: '120.00' } })
  expect((await manager.call(getCoupon, { params: { id: activeSouth.id } })).problem.code).toBe('not_found')
  expect((await manager.call(queryCouponRecords, { body: {} })).body.items.every(({ party }) => party?.id === north.id)).toBe(true)
  expect((await reclaimed(manager, [activeNorth.id, activeSouth.id])).problem.code).toBe('not_found')
  const find = async (client: Client, text: string) => (await client.call(findObjects, { body: { text } })).body.items.map(({ kind }) => kind)
  expect([await find(manager, activeNorth.number), await find(manager, activeSouth.number), await find(admin, takenSouth.number.toLowerCase())]).toEqual([['coupon'], [], ['coupon']])
  const stranger = await open()
  for (const endpoint of [getCoupon] as const) expect((await stranger.admin.call(endpoint, { params: { id: activeNorth.id } })).problem.code).toBe('not_found')
  expect(await find(stranger.admin, activeNorth.number)).toEqual([])
  expect((await (await (await open()).addMember({ role: 'operator' })).call(queryCoupons, { body: {} })).status).toBe(403)
  expect((await admin.call(getCouponChoices, {})).body.operators).toHaveLength(1)
  expect((await reclaimed(manager, [activeNorth.id])).status).toBe(200)
  expect(id).not.toBe(stranger.id)
})

test('a solution provider sees the delivery coupons of its resale customers, and only looks at them', async () => {
  const { id, admin } = await open()
  const resale = await app.addCustomer(id)
  const receive = (customerId: string) => app.inTenant(id, (tx, now) => receiveCoupon(tx, {
    books: booksOf(id), by: vendor, at: now, kind: 'DELIVERY', issuerName: '云港政务云', customerId, terms: { faceValue: 80_00n, minOrder: 0n, maxShare: 30, products: [], orderTypes: [], validUntil: new Date(now.getTime() + 86_400_000) },
  }))
  const coupon = await receive(resale.id)
  const referral = await app.addCustomer(id, { associationType: 'REFERRAL' })
  const hidden = await receive(referral.id)
  expect((await admin.call(queryCoupons, { body: { filter: { kind: 'DELIVERY' } } })).body).toMatchObject({ total: 1, items: [{ number: coupon.number, issuerName: '云港政务云', quota: null, isReclaimable: false, maxShare: 30 }] })
  expect((await reclaimed(admin, [coupon.id], undefined, 'DELIVERY')).problem.code).toBe('no_permission')
  expect((await reclaimed(admin, [coupon.id])).problem.code).toBe('not_found')
  // By whichever way somebody comes to a coupon, that of a referral customer is not there.
  const ways = async ({ id: couponId, number, customerId }: typeof coupon) => ({
    listed: (await admin.call(queryCoupons, { body: { filter: { number } } })).body.total, ofCustomer: (await admin.call(queryCoupons, { body: { filter: { customerId } } })).body.total,
    opened: (await admin.call(getCoupon, { params: { id: couponId } })).status, expected: (await admin.call(expectReclaim, { body: { couponIds: [couponId] } })).status,
    found: (await admin.call(findObjects, { body: { text: number } })).body.items.length + (await admin.call(findObjects, { body: { text: couponId } })).body.items.length,
  })
  expect([await ways(coupon), await ways(hidden)]).toEqual([{ listed: 1, ofCustomer: 1, opened: 200, expected: 200, found: 2 }, { listed: 0, ofCustomer: 0, opened: 404, expected: 404, found: 0 }])
  app.travel(2 * 86_400)
  await endCoupons(app.database, undefined, (error) => { throw error })
  const later = await app.signIn(id, admin.memberId)
  expect((await later.call(queryCouponRecords, { body: {} })).body.items.map(({ operation, number }) => [operation, number])).toEqual([['lapsed', coupon.number]])
  expect((await later.call(queryCouponRecords, { body: { filter: { number: hidden.number } } })).body.total).toBe(0)
  const reseller = await open({ type: 'RESELLER' })
  expect((await reseller.admin.call(queryCoupons, { body: { filter: { kind: 'DELIVERY' } } })).body.total).toBe(0)
})

test('files of quotas, coupons and records hold the rows of the lists, masked, with the issuer\'s remark', async () => {
  const { id, admin, quota, activeNorth, south } = await shelf()
  const file = async (request: ExportRequest) => {
    const task = await admin.call(createExport, { body: { request, language: 'zh-CN' } })
    await buildExport(app.database, { partnerId: id, exportId: task.body.id }, (error) => { throw error })
    const text = await (await app.request(exportFilePath(task.body.id), { headers: { cookie: `session=${admin.token}` } })).text()
    return { filter: task.body.filterText, lines: text.trim().split('\r\n') }
  }
  const coupons = await file({ content: 'coupons', filter: { kind: 'VOUCHER', customerId: south.id }, sort: '-issuedAt' })
  expect([coupons.lines.length, coupons.filter]).toEqual([4, '客户名称：南山***公司；券类型：代金券'])
  expect(coupons.lines.join('\n')).toContain('南山***公司')
  expect(coupons.lines.join('\n')).not.toContain('南山软件')
  const quotas = await file({ content: 'coupon-quotas', filter: { kind: 'VOUCHER' }, sort: 'validTo' })
  expect(quotas.lines.some((line) => line.includes(quota.number) && line.includes('有效'))).toBe(true)
  const records = await file({ content: 'coupon-records', filter: { number: activeNorth.number }, sort: '-at' })
  expect(records.lines.at(-1)).toContain('发放')
  const looked = await file({ content: 'coupons', filter: {}, lookup: { name: '南山软件' }, sort: '-issuedAt' })
  expect([looked.lines.length, looked.filter]).toEqual([4, '客户名称：***'])
  expect(await app.inTenant(id, (tx) => tx.rows(sql`select count(*)::int as n from log_entries where partner_id = ${id} and operation = 'data.export'`))).toEqual([{ n: 4 }])
})
