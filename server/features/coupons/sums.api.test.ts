import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Parsed } from '#contract/endpoint.ts'
import { queryCoupons } from '#contract/coupons-issued.ts'
import { amountFromMinor, toMinor } from '#contract/money.ts'
import { features } from '#server/app.ts'
import { sql } from '#server/db/query.ts'
import { assign } from '#server/operations/assign.ts'
import { issueFrom } from '#server/operations/coupon-issue.ts'
import { lockQuotas } from '#server/operations/coupon-quotas.ts'
import { activateCoupon } from '#server/operations/coupon-redeem.ts'
import { returnCouponsOf } from '#server/operations/coupon-returns.ts'
import { createTestApp, type TestApp } from '#server/testing/app.ts'
import { booksOf, dayAhead, grant, mismatches, spend, vendor } from '#server/testing/coupons.ts'

let app: TestApp
beforeAll(async () => { app = await createTestApp(features) })
afterAll(() => app.close())

type Row = { number: string; state: string; customerId: string; customerName: string; managerId: string | null; faceValue: bigint; balance: bigint; issuedAt: Date; validUntil: Date; isLapsed: boolean; isOver: boolean; endsSoon: boolean }
const rowsOf = (partnerId: string) => app.inTenant(partnerId, (tx, now) => tx.rows<Row>(sql`
  select k.number, k.state, k.customer_id as "customerId", c.name as "customerName", c.manager_id as "managerId", k.face_value as "faceValue", k.balance, k.issued_at as "issuedAt", k.valid_until as "validUntil",
         k.state not in ('USED','RECLAIMED') and k.valid_until <= ${now}::timestamptz - interval '6 months' as "isLapsed", k.valid_until <= ${now}::timestamptz as "isOver", k.valid_until <= ${now}::timestamptz + interval '7 days' as "endsSoon"
    from coupons k join customers c on c.partner_id = k.partner_id and c.id = k.customer_id where k.partner_id = ${partnerId}`))

async function issueMany(partnerId: string, quotaId: string, customerIds: readonly string[], validUntil?: Date): Promise<{ number: string }[]> {
  return await app.inTenant(partnerId, async (tx, now) => {
    const { quotas, moment } = await lockQuotas(tx, now, partnerId, [quotaId])
    const quota = quotas.get(quotaId)
    if (!quota) throw new Error('the quota is not there')
    return await issueFrom(tx, { books: booksOf(partnerId), by: vendor, at: moment, quota, customerIds, remark: '', terms: { faceValue: 3_00n, minOrder: 0n, maxShare: null, products: [], orderTypes: [], validUntil: validUntil ?? quota.validTo } })
  })
}

test('totals over many coupons are those of the rows, read again and after everything that can change them', { timeout: 240_000 }, async () => {
  const partner = await app.newPartner({ verificationOn: false })
  const manager = await partner.addMember({ role: 'manager' })
  const [north, south, east] = [await app.addCustomer(partner.id, { name: '北岸数据科技有限公司', managerId: manager.memberId }), await app.addCustomer(partner.id, { name: '南山软件股份有限公司', managerId: manager.memberId }), await app.addCustomer(partner.id, { name: '东篱网络' })]
  const many = (count: number) => Array.from({ length: count }, (_, place) => [north, south, east][place % 3]?.id ?? '')
  const now = await app.inTenant(partner.id, async (_tx, at) => at)
  const [quota, waiting] = [await grant(app, partner.id, { amount: 10_000_00n }), await grant(app, partner.id, { startsInactive: true, days: 40 })]
  const made = await issueMany(partner.id, quota.id, many(700))
  await issueMany(partner.id, quota.id, many(30), new Date(now.getTime() + 3 * 86_400_000))
  const [inactive] = await issueMany(partner.id, waiting.id, many(6))

  type Body = Partial<Parsed<typeof queryCoupons>['body']>
  const inName = (part: string) => ({ body: { lookup: { name: part } }, has: ({ customerName }: Row) => customerName.includes(part) })
  const lastDay = await dayAhead(app, partner.id, 30)
  const views: { body: Body; has: (row: Row) => boolean; as?: 'manager' }[] = [
    { body: {}, has: () => true }, inName('有限公司'), inName('东篱'), inName('公司'),
    { body: { ...inName('有限公司').body, filter: { state: 'ACTIVE' } }, has: (row) => inName('有限公司').has(row) && row.state === 'ACTIVE' && !row.isOver },
    { body: { ...inName('公司').body, filter: { endsSoon: true } }, has: (row) => inName('公司').has(row) && row.state === 'ACTIVE' && !row.isOver && row.endsSoon },
    { body: { ...inName('公司').body, filter: { expiryFrom: lastDay } }, has: (row) => inName('公司').has(row) && row.validUntil.getTime() > now.getTime() + 31 * 86_400_000 },
    { body: {}, has: ({ managerId }) => managerId === manager.memberId, as: 'manager' }, { body: inName('南山').body, has: (row) => row.managerId === manager.memberId && inName('南山').has(row), as: 'manager' },
  ]
  let turn = 0
  const expectAll = async () => {
    turn += 1
    const rows = (await rowsOf(partner.id)).filter(({ isLapsed }) => !isLapsed)
    const readers = { administrator: await app.signIn(partner.id, partner.admin.memberId), manager: await app.signIn(partner.id, manager.memberId) }
    for (const { body, has, as = 'administrator' } of views) {
      const these = rows.filter(has)
      const sums = { total: these.length, faceValue: amountFromMinor(these.reduce((sum, row) => sum + row.faceValue, 0n)), balance: amountFromMinor(these.reduce((sum, row) => sum + row.balance, 0n)) }
      const sort = (['-issuedAt', 'validUntil', '-balance'] as const)[turn++ % 3] ?? '-issuedAt'
      const answer = (await readers[as].call(queryCoupons, { body: { ...body, sort, filter: { kind: 'VOUCHER', ...body.filter }, pageSize: 100 } })).body
      expect([body, { total: answer.total, ...answer.totals }]).toEqual([body, sums])
      const keys = answer.items.map((item) => (sort === 'validUntil' ? item.validUntil : sort === '-balance' ? -toMinor(item.balance) : -Date.parse(item.issuedAt)))
      expect(answer.items.map(({ number }) => number).filter((number) => !these.some((row) => row.number === number))).toEqual([])
      expect([answer.items.length, keys]).toEqual([Math.min(100, these.length), keys.toSorted((one, other) => (one < other ? -1 : one > other ? 1 : 0))])
      app.travel(61)
    }
    expect(await mismatches(app, partner.id)).toEqual([])
  }
  await expectAll()
  await spend(app, partner.id, made[0]?.number ?? '', 1_00n)
  await expectAll()
  await app.inTenant(partner.id, (tx, at) => activateCoupon(tx, at, partner.id, inactive?.number ?? ''))
  await expectAll()
  await issueMany(partner.id, quota.id, many(3))
  await expectAll()
  await app.inTenant(partner.id, (tx) => tx.run(sql`update customers set name = '东篱网络有限公司' where partner_id = ${partner.id} and id = ${east.id}`))
  await expectAll()
  await app.inTenant(partner.id, async (tx, at) => {
    await assign(tx, at, { partnerId: partner.id, customerIds: [north.id], managerId: null, by: 'reclaimed', memberId: null })
    await assign(tx, at, { partnerId: partner.id, customerIds: [east.id], managerId: manager.memberId, by: 'vendor', memberId: null })
  })
  await expectAll()
  await app.inTenant(partner.id, (tx, at) => returnCouponsOf(tx, at, { id: partner.id, timeZone: 'Asia/Shanghai' }, south.id, 'returned_disassociation', 'test'))
  await expectAll()
  for (const days of [34, 7, 190]) {
    app.travel(days * 86_400)
    await expectAll()
  }
  await app.engine.query(`update coupon_totals set balance = balance + 1 where partner_id = '${partner.id}' and state = 'USED'`)
  await app.engine.query(`insert into coupon_totals select partner_id, kind, quota_id, 'INACTIVE', valid_until, 2, 600, 0 from coupon_totals where partner_id = '${partner.id}' and state = 'ACTIVE' and quota_id = '${quota.id}' limit 1`)
  expect((await mismatches(app, partner.id)).every(({ rule }) => rule === 'totals')).toBe(true)
  expect(await mismatches(app, partner.id)).not.toEqual([])
})
