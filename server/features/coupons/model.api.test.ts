import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Refusal } from '#server/http/refusal.ts'
import { issueFrom } from '#server/operations/coupon-issue.ts'
import { lockQuotas, quotaStateOf, withdrawQuota } from '#server/operations/coupon-quotas.ts'
import { returnCouponsOf } from '#server/operations/coupon-returns.ts'
import { couponStateOf, lockCoupons, takeBack } from '#server/operations/coupon-takings.ts'
import { createTestApp, type TestApp } from '#server/testing/app.ts'
import { booksOf, couponOf, grant, mismatches, quotaOf, spend, vendor } from '#server/testing/coupons.ts'

let app: TestApp
beforeAll(async () => { app = await createTestApp([]) })
afterAll(() => app.close())

const place = fc.integer({ min: 0, max: 1 })
const coupon = fc.integer({ min: 0, max: 5 })
const cents = fc.bigInt({ min: 1n, max: 400n })
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('issue'), quota: place, customers: fc.uniqueArray(place, { minLength: 1 }), amount: cents }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('spend'), coupon, amount: cents }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('reclaim'), coupons: fc.uniqueArray(coupon, { minLength: 1, maxLength: 3 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('return'), customer: place }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('withdraw'), quota: place }) },
)

type Kept = { quota: number; customer: number; faceValue: bigint; balance: bigint; used: bigint; returned: bigint; lapsed: bigint; isOver: boolean }
/** The same in the smallest form. */
class Model {
  readonly quotas = [1000n, 300n].map((granted) => ({ granted, withdrawn: 0n, issued: 0n, returned: 0n, isOver: false }))
  readonly coupons: Kept[] = []
  left = (quota: number): bigint => {
    const { granted, withdrawn, issued, returned } = this.quotas[quota] ?? { granted: 0n, withdrawn: 0n, issued: 0n, returned: 0n }
    return granted - withdrawn - issued + returned
  }
  issue(quota: number, customers: readonly number[], amount: bigint): boolean {
    const of = this.quotas[quota]
    const total = amount * BigInt(customers.length)
    if (!of || of.isOver || total > this.left(quota)) return false
    of.issued += total
    for (const customer of customers) this.coupons.push({ quota, customer, faceValue: amount, balance: amount, used: 0n, returned: 0n, lapsed: 0n, isOver: false })
    return true
  }
  spend(at: number, amount: bigint): boolean {
    const of = this.coupons[at]
    if (!of || of.isOver || amount > of.balance) return false
    of.balance -= amount
    of.used += amount
    of.isOver = of.balance === 0n
    return true
  }
  take(at: readonly number[]): boolean {
    const these = at.flatMap((one) => this.coupons[one] ?? [])
    if (these.length < at.length || these.some(({ isOver }) => isOver)) return false
    for (const one of these) {
      const quota = this.quotas[one.quota]
      if (quota && !quota.isOver) { quota.returned += one.balance; one.returned += one.balance } else one.lapsed += one.balance
      Object.assign(one, { balance: 0n, isOver: true })
    }
    return true
  }
  withdraw(quota: number): boolean {
    const of = this.quotas[quota]
    if (!of || of.isOver || this.left(quota) === 0n) return false
    of.withdrawn += this.left(quota)
    return of.isOver = true
  }
}

test('whatever is issued, spent, reclaimed, returned and withdrawn, every cent is where the smallest model has it', { timeout: 240_000 }, async () => {
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 14 }), async (steps) => {
    const { id } = await app.newPartner()
    const books = booksOf(id)
    const quotas = [await grant(app, id, { amount: 1000n }), await grant(app, id, { amount: 300n })].map((one) => one.id)
    const customers = [await app.addCustomer(id), await app.addCustomer(id)].map((one) => one.id)
    const made: { id: string; number: string }[] = []
    const model = new Model()
    const succeeds = (work: Promise<unknown>) => work.then(() => true, (error: unknown) => { if (error instanceof Refusal) return false; throw error })
    const run = async (one: (typeof steps)[number]): Promise<[boolean, boolean]> => {
      switch (one.kind) {
        case 'issue': return [model.issue(one.quota, one.customers, one.amount), await succeeds(app.inTenant(id, async (tx, now) => {
          const { quotas: locked, moment } = await lockQuotas(tx, now, id, [quotas[one.quota] ?? ''])
          const [quota] = locked.values()
          if (!quota || quotaStateOf(quota, moment) === 'RECLAIMED') throw new Refusal('conflict')
          made.push(...await issueFrom(tx, { books, by: vendor, at: moment, quota, customerIds: one.customers.map((customer) => customers[customer] ?? ''), remark: '', terms: { faceValue: one.amount, minOrder: 0n, maxShare: null, products: [], orderTypes: [], validUntil: quota.validTo } }))
        }))]
        case 'spend': return [model.spend(one.coupon, one.amount), await succeeds(spend(app, id, made[one.coupon]?.number ?? 'none', one.amount))]
        case 'reclaim': return [model.take(one.coupons), await succeeds(app.inTenant(id, async (tx, now) => {
          const ids = one.coupons.flatMap((at) => made[at]?.id ?? [])
          const locked = await lockCoupons(tx, now, id, ids)
          const rows = ids.flatMap((at) => locked.coupons.get(at) ?? [])
          if (rows.length < one.coupons.length || rows.some((row) => couponStateOf(row, locked.moment) !== 'ACTIVE')) throw new Refusal('conflict')
          await takeBack(tx, { books, by: vendor, cause: 'reclaimed', locked, rows: rows.map((row) => ({ coupon: row })) })
        }))]
        case 'return':
          model.take(model.coupons.flatMap(({ customer, isOver }, at) => (customer === one.customer && !isOver ? [at] : [])))
          await app.inTenant(id, (tx, now) => returnCouponsOf(tx, now, { id, timeZone: 'Asia/Shanghai' }, customers[one.customer] ?? '', 'returned_disassociation', 'test'))
          return [true, true]
        case 'withdraw': return [model.withdraw(one.quota), await succeeds(app.inTenant(id, async (tx, now) => {
          const { quotas: locked, moment } = await lockQuotas(tx, now, id, [quotas[one.quota] ?? ''])
          const [quota] = locked.values()
          if (quota) await withdrawQuota(tx, { books, by: vendor, quota, moment, initiator: 'vendor' })
        }))]
      }
    }
    for (const one of steps) {
      const [expected, happened] = await run(one)
      expect([one, happened]).toEqual([one, expected])
    }
    for (const [at, quota] of quotas.entries()) {
      const { isOver: _over, ...figures } = model.quotas[at] ?? { isOver: false }
      expect(await quotaOf(app, id, quota)).toEqual({ ...figures, left: model.left(at) })
    }
    for (const [at, { quota: _quota, customer: _customer, isOver: _over, ...figures }] of model.coupons.entries()) {
      expect(await couponOf(app, id, made[at]?.id ?? '')).toEqual({ ...figures, state: expect.any(String) })
      expect(figures.used + figures.returned + figures.lapsed + figures.balance).toBe(figures.faceValue)
    }
    expect(await mismatches(app, id)).toEqual([])
  }), { numRuns: 40 })
})
