import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Actor } from '#server/auth/actor.ts'
import type { Tx } from '#server/db/transaction.ts'
import { issueFrom } from '#server/operations/coupon-issue.ts'
import { lockQuotas } from '#server/operations/coupon-quotas.ts'
import { redeemCoupon } from '#server/operations/coupon-redeem.ts'
import { createTestApp, type TestApp } from '#server/testing/app.ts'
import { booksOf, grant, spend, vendor } from '#server/testing/coupons.ts'
import { queryCouponRows } from './coupon-store.ts'

let app: TestApp
beforeAll(async () => { app = await createTestApp([]) })
afterAll(() => app.close())

const signal = () => {
  let fire = (): void => undefined
  const fired = new Promise<void>((resolve) => { fire = resolve })
  return { fired, fire }
}

/** 300 vouchers of 1.00 of one customer. */
async function shelf() {
  const { id, account, admin } = await app.newPartner()
  const customer = await app.addCustomer(id, { name: '北岸数据科技有限公司' })
  const quota = await grant(app, id)
  const coupons = await app.inTenant(id, async (tx, now) => {
    const { quotas, moment } = await lockQuotas(tx, now, id, [quota.id])
    const locked = quotas.get(quota.id)
    if (!locked) throw new Error('the quota is not there')
    return await issueFrom(tx, { books: booksOf(id), by: vendor, at: moment, quota: locked, customerIds: Array.from({ length: 300 }, () => customer.id), remark: '', terms: { faceValue: 1_00n, minOrder: 0n, maxShare: null, products: [], orderTypes: [], validUntil: locked.validTo } })
  })
  const actor: Actor = {
    sessionId: admin.sessionId, csrf: '', partner: { id, account, name: 'Test Partner', type: 'CSP', state: 'ACTIVE', verificationOn: true, requiredOperations: [], timeZone: 'Asia/Shanghai' },
    member: { id: admin.memberId, login: '', name: 'Lin Wei', roles: ['administrator'], customRoles: [], language: 'en-US' }, reach: 'partner', permissions: new Set(),
  }
  const read = async (tx: Tx, now: Date) => (await queryCouponRows(tx, now, actor, { filter: { kind: 'VOUCHER' }, sort: '-issuedAt', page: 1, pageSize: 10, lookUp: { typed: { name: '有限公司' }, name: '有限公司', mobile: undefined, email: undefined } })).balance
  return { id, coupons: coupons.map(({ number }) => number), read, balance: () => app.inTenant(id, read) }
}

test('whoever sums while somebody else’s payment is still open sees it once that has committed, and not before', async () => {
  const { id, coupons: [first = '', second = ''], balance } = await shelf()
  const [paid, summed] = [signal(), signal()]
  const open = app.inTenant(id, async (tx, now) => {
    await redeemCoupon(tx, now, { books: booksOf(id), by: vendor, number: first, amount: 40n, order: { number: 'ORD-1', amount: 100_00n } })
    paid.fire()
    await summed.fired
  })
  await paid.fired
  // Somebody who began later is done before.
  await app.addCustomer(id)
  expect([await balance(), await balance()]).toEqual([300_00n, 300_00n])
  summed.fire()
  await open
  expect(await balance()).toBe(299_60n)
  await spend(app, id, second, 1_00n)
  expect([await balance(), await balance()]).toEqual([298_60n, 298_60n])
})

test('a file that is made of an earlier moment has the sums of that moment, whatever was summed since', async () => {
  const { id, coupons: [first = ''], read, balance } = await shelf()
  const [opened, paid] = [signal(), signal()]
  const file = app.database.inSnapshot(id, async (tx, now) => {
    const before = await read(tx, now)
    opened.fire()
    await paid.fired
    return [before, await read(tx, now)]
  })
  await opened.fired
  await spend(app, id, first, 30n)
  expect(await balance()).toBe(299_70n)
  paid.fire()
  expect(await file).toEqual([300_00n, 300_00n])
  expect(await balance()).toBe(299_70n)
})
