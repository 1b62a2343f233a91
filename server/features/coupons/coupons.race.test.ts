import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { issueCoupons } from '#contract/coupons.ts'
import { reclaimCoupons } from '#contract/coupons-issued.ts'
import { sql } from '#server/db/query.ts'
import { issueFrom } from '#server/operations/coupon-issue.ts'
import { lockQuotas, withdrawQuota } from '#server/operations/coupon-quotas.ts'
import { endCoupons } from '#server/operations/coupon-returns.ts'
import { createTestApp, type Client, type TestApp, type TestPartner } from '#server/testing/app.ts'
import { booksOf, couponOf, dayAhead, grant, issued, issueOf, mismatches, quotaOf, reclaimed, spend, vendor } from '#server/testing/coupons.ts'
import { mountCoupons } from './routes.ts'

let app: TestApp
beforeAll(async () => { app = await createTestApp([mountCoupons], { poolMax: 20 }) })
afterAll(() => app.close())

const colleagues = (partner: TestPartner, count: number): Promise<Client[]> => Promise.all(Array.from({ length: count }, () => partner.addMember({ role: 'administrator' })))

/** Asks again with the same key and proof while the database is busy, as the console does. */
async function insist<T extends { status: number }>(ask: () => Promise<T>): Promise<T> {
  let answer = await ask()
  while (answer.status === 503) answer = await ask()
  return answer
}

test('a hundred issues of 15.00 at once from 1,000.00: sixty-six are done, the others hear what is left, and the quota is exact', { timeout: 240_000 }, async () => {
  const partner = await app.newPartner({ verificationOn: false })
  const quota = await grant(app, partner.id)
  const [people, customers] = [await colleagues(partner, 34), await Promise.all(Array.from({ length: 100 }, () => app.addCustomer(partner.id)))]
  const until = await dayAhead(app, partner.id, 30)
  const asked = await Promise.all(customers.map(async ({ id }, place) => {
    const client = people[place % people.length] ?? partner.admin
    const [input, key] = [issueOf({ quotaId: quota.id, validUntil: until, customerIds: [id], faceValue: '15.00' }), randomUUID()]
    return { client, input, key, proof: (await insist(() => client.call(issueCoupons.VOUCHER, input, { key }))).problem.proof?.proofId ?? '' }
  }))
  const answers = await Promise.all(asked.map(({ client, input, key, proof }) => insist(() => client.call(issueCoupons.VOUCHER, input, { key, proof }))))
  const done = answers.filter(({ status }) => status === 200)
  const refused = answers.filter(({ status }) => status !== 200)
  expect([done.length, refused.length]).toEqual([66, 34])
  expect(refused.map(({ problem }) => [problem.code, problem.facts])).toEqual(refused.map(() => ['insufficient_funds', { available: '10.00', needed: '15.00', short: '5.00' }]))
  expect(await quotaOf(app, partner.id, quota.id)).toEqual({ granted: 1000_00n, withdrawn: 0n, issued: 990_00n, returned: 0n, left: 10_00n })
  const [kept] = await app.inTenant(partner.id, (tx) => tx.rows(sql`select (select count(*)::int from coupons where partner_id = ${partner.id}) as coupons, (select sum(balance)::bigint from coupons where partner_id = ${partner.id}) as balance,
    (select count(*)::int from coupon_records where partner_id = ${partner.id} and operation = 'issued') as records, (select count(*)::int from log_entries where partner_id = ${partner.id} and operation = 'coupon.issue' and result = 'success') as logged`))
  expect(kept).toEqual({ coupons: 66, balance: 990_00n, records: 66, logged: 66 })
  expect(await mismatches(app, partner.id)).toEqual([])
})

test('a hundred reclaims of one coupon at once: one succeeds, and the quota gets exactly what its answer says', { timeout: 240_000 }, async () => {
  const partner = await app.newPartner({ verificationOn: false })
  const quota = await grant(app, partner.id)
  const customer = await app.addCustomer(partner.id)
  const [coupon] = await issued(partner.admin, { quotaId: quota.id, validUntil: await dayAhead(app, partner.id, 30), customerIds: [customer.id] })
  await spend(app, partner.id, coupon?.number ?? '', 33_33n)
  const people = await colleagues(partner, 34)
  const sessions = (await Promise.all(people.map(async (one) => [one, await app.signIn(partner.id, one.memberId), await app.signIn(partner.id, one.memberId)]))).flat().slice(0, 100)
  const input = { body: { couponIds: [coupon?.id ?? ''], remark: '' } }
  const asked = await Promise.all(sessions.map(async (client) => {
    const key = randomUUID()
    return { client, key, proof: (await insist(() => client.call(reclaimCoupons.VOUCHER, input, { key }))).problem.proof?.proofId ?? '' }
  }))
  const answers = await Promise.all(asked.map(({ client, key, proof }) => insist(() => client.call(reclaimCoupons.VOUCHER, input, { key, proof }))))
  const done = answers.filter(({ status }) => status === 200)
  expect(done.map(({ body }) => body.actualTotal)).toEqual(['66.67'])
  expect(new Set(answers.filter(({ status }) => status !== 200).map(({ problem }) => problem.rows?.[0]?.code))).toEqual(new Set(['coupon_reclaimed']))
  expect(await quotaOf(app, partner.id, quota.id)).toMatchObject({ returned: 66_67n, left: 966_67n })
  expect(await couponOf(app, partner.id, coupon?.id ?? '')).toMatchObject({ state: 'RECLAIMED', used: 33_33n, returned: 66_67n })
  expect(await app.inTenant(partner.id, (tx) => tx.rows(sql`select count(*)::int as n from coupon_records where partner_id = ${partner.id} and operation = 'reclaimed'`))).toEqual([{ n: 1 }])
  expect(await mismatches(app, partner.id)).toEqual([])
})

test('a reclaim against the customer\'s payments: whoever comes first, used and returned are the face value', { timeout: 240_000 }, async () => {
  const partner = await app.newPartner({ verificationOn: false })
  const quota = await grant(app, partner.id, { amount: 5000_00n })
  const outcomes = new Set<string>()
  for (let round = 0; round < 20; round += 1) {
    const customer = await app.addCustomer(partner.id)
    const [coupon] = await issued(partner.admin, { quotaId: quota.id, validUntil: await dayAhead(app, partner.id, 30), customerIds: [customer.id] })
    const { id, number } = coupon ?? { id: '', number: '' }
    let paid: Promise<PromiseSettledResult<unknown>[]> = Promise.resolve([])
    const pay = () => Promise.allSettled(Array.from({ length: 10 }, (_, place) => spend(app, partner.id, number, round % 2 === 0 ? 100_00n : 7_77n, `ORD-${place}`)))
    const answer = await reclaimed(partner.admin, [id], async () => { paid = pay() })
    const payments = (await paid).filter(({ status }) => status === 'fulfilled').length
    outcomes.add(answer.status === 200 ? `reclaimed after ${Math.min(payments, 1)}` : 'used up')
    const after = await couponOf(app, partner.id, id)
    expect((after?.used ?? 0n) + (after?.returned ?? 0n)).toBe(100_00n)
    expect(after?.used).toBe(BigInt(payments) * (round % 2 === 0 ? 100_00n : 7_77n))
    expect([answer.status === 200, after?.state]).toEqual(answer.status === 200 ? [true, 'RECLAIMED'] : [false, 'USED'])
  }
  expect(outcomes.size).toBeGreaterThan(0)
  expect(await mismatches(app, partner.id)).toEqual([])
})

test('in the second in which a coupon ends, the customer pays or the balance goes back, and never both', { timeout: 240_000 }, async () => {
  const partner = await app.newPartner()
  const quota = await grant(app, partner.id, { amount: 5000_00n })
  const customers = await Promise.all(Array.from({ length: 20 }, () => app.addCustomer(partner.id)))
  const until = await app.inTenant(partner.id, async (_tx, now) => new Date(now.getTime() + 700))
  const coupons = await app.inTenant(partner.id, async (tx, now) => {
    const { quotas } = await lockQuotas(tx, now, partner.id, [quota.id])
    const locked = quotas.get(quota.id)
    return locked ? await issueFrom(tx, { books: booksOf(partner.id), by: vendor, at: now, quota: locked, customerIds: customers.map(({ id }) => id), remark: '', terms: { faceValue: 10_00n, minOrder: 0n, maxShare: null, products: [], orderTypes: [], validUntil: until } }) : []
  })
  const dbNow = () => app.inTenant(partner.id, async (_tx, now) => now)
  const pay = async (number: string) => {
    for (;;) {
      const outcome = await spend(app, partner.id, number, 1n).then(() => 'paid', () => 'refused')
      if (outcome === 'refused') return
    }
  }
  const end = async () => {
    do await endCoupons(app.database, undefined, (error) => { throw error })
    while (await dbNow() < new Date(until.getTime() + 500))
  }
  await Promise.all([...coupons.map(({ number }) => pay(number)), end(), end()])
  await endCoupons(app.database, undefined, (error) => { throw error })
  const rows = await app.inTenant(partner.id, (tx) => tx.rows<{ sum: boolean; state: string; late: number; early: number }>(sql`
    select k.used + k.returned = k.face_value as sum, k.state, (select count(*)::int from coupon_redemptions u where u.coupon_id = k.id and u.at >= k.valid_until) as late,
           (select count(*)::int from coupon_records r where r.coupon_id = k.id and r.operation = 'returned_expiry' and r.at < k.valid_until) as early from coupons k where k.partner_id = ${partner.id}`))
  expect(new Set(rows.map((row) => JSON.stringify(row)))).toEqual(new Set([JSON.stringify({ sum: true, state: 'EXPIRED', late: 0, early: 0 })]))
  expect(await mismatches(app, partner.id)).toEqual([])
})

test('who began to pay in time but got the coupon only after its end is refused', { timeout: 60_000 }, async () => {
  const partner = await app.newPartner()
  const quota = await grant(app, partner.id)
  const customer = await app.addCustomer(partner.id)
  const until = await app.inTenant(partner.id, async (_tx, now) => new Date(now.getTime() + 400))
  const [coupon] = await app.inTenant(partner.id, async (tx, now) => {
    const { quotas } = await lockQuotas(tx, now, partner.id, [quota.id])
    const locked = quotas.get(quota.id)
    return locked ? await issueFrom(tx, { books: booksOf(partner.id), by: vendor, at: now, quota: locked, customerIds: [customer.id], remark: '', terms: { faceValue: 10_00n, minOrder: 0n, maxShare: null, products: [], orderTypes: [], validUntil: until } }) : []
  })
  let payment: Promise<string> = Promise.resolve('')
  await app.inTenant(partner.id, async (tx) => {
    await tx.rows(sql`select 1 from coupons where partner_id = ${partner.id} and id = ${coupon?.id ?? ''} for update`)
    payment = spend(app, partner.id, coupon?.number ?? '', 1n).then(() => 'paid', (error: { code?: string }) => error.code ?? 'failed')
    await vi.waitFor(async () => expect(await app.inTenant(partner.id, async (_tx, now) => now > until)).toBe(true), { timeout: 20_000, interval: 20 })
  })
  expect(await payment).toBe('conflict')
  expect(await couponOf(app, partner.id, coupon?.id ?? '')).toMatchObject({ state: 'ACTIVE', used: 0n })
})

test('a quota that is taken back while coupons are issued from it: the grantor gets exactly what the issue leaves', async () => {
  const partner = await app.newPartner({ verificationOn: false })
  const quota = await grant(app, partner.id)
  const customer = await app.addCustomer(partner.id)
  const until = await app.inTenant(partner.id, async (_tx, now) => new Date(now.getTime() + 86_400_000))
  let withdrawal: Promise<bigint | string> = Promise.resolve('')
  await app.inTenant(partner.id, async (tx, now) => {
    const locked = (await lockQuotas(tx, now, partner.id, [quota.id])).quotas.get(quota.id)
    if (!locked) throw new Error('the quota is missing')
    await issueFrom(tx, { books: booksOf(partner.id), by: vendor, at: now, quota: locked, customerIds: [customer.id], remark: '', terms: { faceValue: 10_00n, minOrder: 0n, maxShare: null, products: [], orderTypes: [], validUntil: until } })
    withdrawal = app.inTenant(partner.id, async (other, begun) => {
      const { quotas, moment } = await lockQuotas(other, begun, partner.id, [quota.id])
      const waiting = quotas.get(quota.id)
      return waiting ? (await withdrawQuota(other, { books: booksOf(partner.id), by: vendor, quota: waiting, moment, initiator: 'vendor' })).amount : 'missing'
    }).catch(String)
    await vi.waitFor(async () => expect(await tx.rows(sql`select 1 from pg_locks where not granted and locktype = 'transactionid' and transactionid::text = pg_current_xact_id()::xid::text`)).not.toEqual([]), { timeout: 20_000, interval: 20 })
  })
  expect(await withdrawal).toBe(990_00n)
  expect(await quotaOf(app, partner.id, quota.id)).toEqual({ granted: 1000_00n, withdrawn: 990_00n, issued: 10_00n, returned: 0n, left: 0n })
  expect(await mismatches(app, partner.id)).toEqual([])
})
