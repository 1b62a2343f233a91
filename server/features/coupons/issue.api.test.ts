import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { getQuota, issueCoupons, queryCandidates, queryQuotas } from '#contract/coupons.ts'
import { queryCouponRecords, queryCoupons } from '#contract/coupons-issued.ts'
import { sql } from '#server/db/query.ts'
import { closeBooks, openBooks } from '#server/ledger/books.ts'
import { createTestApp, type TestApp } from '#server/testing/app.ts'
import { amount, confirm, couponOf, dayAhead, grant, issueOf, issued, mismatches, quotaOf } from '#server/testing/coupons.ts'
import { mountCoupons } from './routes.ts'

let app: TestApp
beforeAll(async () => { app = await createTestApp([mountCoupons]) })
afterAll(() => app.close())

const open = (options: Parameters<TestApp['newPartner']>[0] = {}) => app.newPartner({ verificationOn: false, ...options })
const voucher = issueCoupons.VOUCHER
const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id)

describe('an administrator issues vouchers', () => {
  test('to two customers at once: the summary says what will happen, nothing moves before it is confirmed, then all of it', async () => {
    const { id, admin } = await open()
    const quota = await grant(app, id)
    const customers = [await app.addCustomer(id, { name: '云海科技有限公司', email: 'a@customer.example' }), await app.addCustomer(id, { name: '北岸数据有限公司', mobile: null, email: null })]
    const until = await dayAhead(app, id, 30)
    const { status, body, frozen } = await confirm(admin, voucher, issueOf({ quotaId: quota.id, validUntil: until, customerIds: ids(customers), minOrder: '200.00', products: ['ECS'], remark: '季度活动' }), async () => expect(await quotaOf(app, id, quota.id)).toMatchObject({ left: 1000_00n, issued: 0n }))
    expect(frozen).toMatchObject({ needs: 'click', summary: {
      operation: 'coupon.voucher.issue', total: '200.00', count: 2, largest: '100.00',
      facts: [{ label: 'quota', number: quota.number }, { label: 'face_value', amount: '100.00' }, { label: 'min_order', amount: '200.00' }, { label: 'valid_until', number: until }, { label: 'products', number: 'ECS' }],
      notes: [{ kind: 'change', label: 'quota_left', from: '1000.00', to: '800.00' }, { kind: 'notice', notice: 'fixed_after_issue', count: 2 }],
    } })
    expect(JSON.stringify(frozen?.summary)).not.toContain('云海科技')
    expect(status).toBe(200)
    expect(body).toMatchObject({ total: '200.00', quota: { id: quota.id, left: '800.00' }, items: [{ customerId: customers[0]?.id, nameMasked: '云海***公司', faceValue: '100.00' }, { customerId: customers[1]?.id }] })
    expect(await quotaOf(app, id, quota.id)).toEqual({ granted: 1000_00n, withdrawn: 0n, issued: 200_00n, returned: 0n, left: 800_00n })
    expect(await couponOf(app, id, body.items[0]?.couponId ?? '')).toEqual({ state: 'ACTIVE', faceValue: 100_00n, balance: 100_00n, used: 0n, returned: 0n, lapsed: 0n })
    expect(await app.inTenant(id, (tx) => tx.rows(sql`select object_kind, object_number, amount, confirmed_by, result from log_entries where partner_id = ${id} and operation = 'coupon.issue' order by seq`)))
      .toEqual(body.items.map(({ number }) => ({ object_kind: 'coupon', object_number: number, amount: 100_00n, confirmed_by: 'click', result: 'success' })))
    expect(await app.inTenant(id, (tx) => tx.rows(sql`select kind, channel from messages where partner_id = ${id} and kind = 'CP-02' order by channel`))).toEqual([{ kind: 'CP-02', channel: 'email' }, { kind: 'CP-02', channel: 'sms' }])
    expect(await mismatches(app, id)).toEqual([])
  })
})
