import { afterAll, beforeAll, expect, test } from 'vitest'
import { issueCoupons, queryQuotas } from '#contract/coupons.ts'
import { queryCouponRecords } from '#contract/coupons-issued.ts'
import { queryLog } from '#contract/operation-log.ts'
import { expectQuotaReclaim, issueQuotas, queryIssuedQuotas, queryResellers, reclaimQuotas } from '#contract/reseller-quotas.ts'
import { revealFields } from '#contract/reveals.ts'
import { openIfOurs } from '#server/auth/seal.ts'
import { features } from '#server/app.ts'
import { sql } from '#server/db/query.ts'
import { createTestApp, type TestApp, type TestPartner } from '#server/testing/app.ts'
import { check, send } from '#server/testing/confirm.ts'
import { amount, confirm, dayAhead, grant, issued, issueOf, mismatches, quotaOf, reclaimed, spend } from '#server/testing/coupons.ts'
import { mismatchesOf, newReseller, share, shareOf } from '#server/testing/resellers.ts'

let app: TestApp
beforeAll(async () => { app = await createTestApp(features) })
afterAll(() => app.close())

const newDistributor = () => app.newPartner({ type: 'DISTRIBUTOR', verificationOn: false })
/** A distributor with a quota of 1,000.00 and resellers. */
async function newHouse(resellers = 2): Promise<{ distributor: TestPartner; quota: { id: string; number: string }; shops: TestPartner[]; ids: string[] }> {
  const distributor = await newDistributor()
  const quota = await grant(app, distributor.id)
  const shops: TestPartner[] = []
  for (let shop = 0; shop < resellers; shop += 1) shops.push(await newReseller(app, distributor.id, { name: `渠道伙伴${shop}号有限公司` }))
  return { distributor, quota, shops, ids: [distributor, ...shops].map(({ id }) => id) }
}
const list = async ({ admin }: TestPartner, body: Parameters<typeof admin.call<typeof queryIssuedQuotas>>[1]['body'] = {}) => (await admin.call(queryIssuedQuotas, { body })).body
const recordsOf = async ({ admin }: TestPartner) => (await admin.call(queryCouponRecords, { body: { sort: 'at' } })).body.items.map(({ operation, number, amount: asked, actual, initiator, remark }) => [operation, number, asked, actual, initiator, remark])

test('a distributor gives quota to two resellers after a code, both books agree, and each side has its record, its log row and the reseller a mail', async () => {
  const distributor = await app.newPartner({ type: 'DISTRIBUTOR' })
  const quota = await grant(app, distributor.id, { limits: { products: ['ECS'], orderTypes: ['NEW'] } })
  const [one, two] = [await newReseller(app, distributor.id, { name: '东港数据有限公司' }), await newReseller(app, distributor.id)]
  const input = shareOf(quota.id, [[two.id, '150.00'], [one.id, '250.50']], '第三季度')
  const asked = await distributor.admin.call(issueQuotas, input)
  expect(asked.problem.proof).toMatchObject({ needs: 'code', summary: { operation: 'coupon.quota.issue', total: '400.50', count: 2, largest: '250.50', facts: [{ label: 'quota', number: quota.number }], notes: [{ from: '1000.00', to: '599.50' }] } })
  const proof = asked.problem.proof?.proofId ?? ''
  await check(distributor.admin, proof, await send(app, distributor.admin, proof))
  expect(app.sms.sent.at(-1)?.text).toContain('issue 400.50 CNY of voucher quota to 2 resellers')
  // Rows in another order are the same operation.
  const done = await distributor.admin.call(issueQuotas, { body: { ...input.body, items: input.body.items.toReversed() } }, { proof })
  expect([done.status, done.body]).toMatchObject([200, { total: '400.50', quota: { left: '599.50' }, items: [{ amount: '250.50', reseller: { nameMasked: '东港***公司', account: one.account } }, { amount: '150.00' }] }])
  expect(await quotaOf(app, distributor.id, quota.id)).toMatchObject({ granted: 100000n, issued: 40050n, returned: 0n, left: 59950n })
  const mine = (await one.admin.call(queryQuotas, { body: {} })).body.items
  expect(mine).toMatchObject([{ source: 'distributor', granted: '250.50', left: '250.50', state: 'ACTIVE', isIssuable: true, scope: { products: ['ECS'], orderTypes: ['NEW'] } }])
  expect(await mismatchesOf(app, [distributor.id, one.id, two.id])).toEqual([])
  for (const { id } of [distributor, one, two]) expect(await mismatches(app, id)).toEqual([])

  const numbers = done.body.items.map(({ number }) => number)
  expect(await recordsOf(distributor)).toEqual([['quota_granted', quota.number, '1000.00', '1000.00', 'vendor', ''], ['quota_issued', numbers[0], '250.50', '250.50', 'member', '第三季度'], ['quota_issued', numbers[1], '150.00', '150.00', 'member', '第三季度']])
  expect(await recordsOf(one)).toEqual([['quota_granted', numbers[0], '250.50', '250.50', 'distributor', '']])
  expect((await distributor.admin.call(queryLog, { body: { filter: { operation: 'quota.issue' } } })).body.items).toMatchObject([{ amount: '150.00', confirmedBy: 'sms', result: 'success' }, { amount: '250.50', objectNumber: numbers[0] }])
  const told = (await one.admin.call(queryLog, { body: { filter: { operation: 'quota.grant' } } })).body.items
  expect(told).toMatchObject([{ objectNumber: numbers[0], amount: '250.50', operatorMasked: null, source: 'system' }])
  const [mail] = await app.inTenant(one.id, (tx) => tx.rows<{ sealed: Uint8Array }>(sql`select sealed from messages where partner_id = ${one.id} and kind = 'CP-06'`))
  expect(openIfOurs(mail?.sealed ?? new Uint8Array())).toContain(`issued you voucher quota ${numbers[0]} of 250.50 CNY`)
})

test('a foreign reseller refuses the whole issue like an unknown one; one twice, a frozen one and more than is left are refused, and nothing moves', async () => {
  const { distributor, quota, shops: [own], ids } = await newHouse(1)
  const foreign = await newReseller(app, (await newDistributor()).id)
  const frozen = await newReseller(app, distributor.id, { state: 'FROZEN' })
  const refused = async (items: [string, string][], id = quota.id) => (await distributor.admin.call(issueQuotas, shareOf(id, items))).problem
  const shop = own?.id ?? ''
  const foreignAnswer = await refused([[shop, '10.00'], [foreign.id, '10.00']])
  const unknownAnswer = await refused([[shop, '10.00'], [quota.id, '10.00']])
  expect([foreignAnswer.code, foreignAnswer.detail, foreignAnswer.rows, foreignAnswer.facts]).toEqual([unknownAnswer.code, unknownAnswer.detail, undefined, undefined])
  expect(foreignAnswer).toMatchObject({ status: 404, detail: 'There is no such reseller.' })
  expect(await refused([[shop, '10.00'], [shop.toUpperCase(), '20.00'], [frozen.id, '5.00']])).toMatchObject({ code: 'rows_refused', rows: [{ row: 1, code: 'duplicate', message: 'Already in the list (row 1).' }, { row: 2, code: 'reseller_closed' }] })
  expect(await refused([[shop, '1000.01']])).toMatchObject({ code: 'insufficient_funds', detail: 'Left 1,000.00, needed 1,000.01.' })
  expect(await refused([[shop, '0.00']])).toMatchObject({ code: 'invalid_input' })
  expect(await refused(Array.from({ length: 101 }, () => [shop, '1.00']))).toMatchObject({ code: 'invalid_input' })
  expect(await refused([[shop, '1.00']], foreign.id)).toMatchObject({ code: 'not_found' })
  const late = await grant(app, distributor.id, { validFrom: new Date(Date.now() + 86_400_000) })
  expect(await refused([[shop, '1.00']], late.id)).toMatchObject({ code: 'conflict' })
  const customer = await app.addCustomer(distributor.id)
  const tied = await grant(app, distributor.id, { onlyCustomerId: customer.id })
  expect(await refused([[shop, '1.00']], tied.id)).toMatchObject({ code: 'conflict', detail: expect.stringContaining('came back from a customer') })
  const cash = await grant(app, distributor.id, { kind: 'CASH' })
  expect(await refused([[shop, '1.00']], cash.id)).toMatchObject({ code: 'not_found' })
  expect(await quotaOf(app, distributor.id, quota.id)).toMatchObject({ left: 100000n, issued: 0n })
  expect(await app.inTenant(shop, (tx) => tx.rows(sql`select 1 from coupon_quotas where partner_id = ${shop}`))).toEqual([])
  expect(await mismatchesOf(app, ids)).toEqual([])
})

test('a reseller issues vouchers from it to its own customers only, and what is left of it goes back whole, whatever was expected before', async () => {
  const { distributor, quota, shops, ids } = await newHouse(2)
  const [shop, sibling] = shops
  if (!shop || !sibling) throw new Error('no resellers')
  const [given] = await share(distributor.admin, quota.id, [[shop.id, '300.00']])
  const quotaId = given?.id ?? ''
  const validUntil = await dayAhead(app, shop.id, 20)
  const customer = await app.addCustomer(shop.id)
  const theirs = await app.addCustomer(sibling.id)
  const [coupon] = await issued(shop.admin, { quotaId, validUntil, customerIds: [customer.id], faceValue: '80.00' })
  expect((await shop.admin.call(issueCoupons.VOUCHER, issueOf({ quotaId, validUntil, customerIds: [theirs.id] }))).status).toBe(404)
  expect((await sibling.admin.call(issueCoupons.VOUCHER, issueOf({ quotaId, validUntil, customerIds: [theirs.id] }))).status).toBe(404)
  expect((await distributor.admin.call(issueCoupons.VOUCHER, issueOf({ quotaId, validUntil, customerIds: [customer.id] }))).status).toBe(404)
  expect((await list(distributor)).items).toMatchObject([{ id: quotaId, amount: '300.00', used: '80.00', left: '220.00', reclaimed: '0.00', state: 'ACTIVE', isReclaimable: true, source: { number: quota.number } }])
  expect((await distributor.admin.call(expectQuotaReclaim, { body: { quotaIds: [quotaId] } })).body).toMatchObject({ total: '220.00', items: [{ expected: '220.00', refused: null }] })

  const done = await confirm(distributor.admin, reclaimQuotas, { body: { quotaIds: [quotaId], remark: '季度结束' } }, async (frozen) => {
    expect(frozen.summary).toMatchObject({ total: null, facts: [{ label: 'quota_count', count: 1 }, { label: 'quota', number: given?.number }], notes: [{ kind: 'expected', total: '220.00' }, { notice: 'actual_quota' }] })
    // The reseller goes on issuing while the distributor reads.
    await issued(shop.admin, { quotaId, validUntil, customerIds: [customer.id], faceValue: '50.00' })
  })
  expect([done.status, done.body]).toMatchObject([200, { expectedTotal: '220.00', actualTotal: '170.00', items: [{ expected: '220.00', actual: '170.00', sourceNumber: quota.number }] }])
  expect(await quotaOf(app, distributor.id, quota.id)).toMatchObject({ issued: 30000n, returned: 17000n, left: 87000n })
  expect(await quotaOf(app, shop.id, quotaId)).toMatchObject({ granted: 30000n, withdrawn: 17000n, issued: 13000n, left: 0n })
  expect((await list(distributor)).items).toMatchObject([{ state: 'RECLAIMED', used: '130.00', left: '0.00', reclaimed: '170.00', isReclaimable: false }])
  expect((await recordsOf(distributor)).at(-1)).toEqual(['quota_reclaimed', given?.number, '220.00', '170.00', 'member', '季度结束'])
  expect((await recordsOf(shop)).at(-1)).toEqual(['quota_withdrawn', given?.number, '170.00', '170.00', 'distributor', ''])
  expect((await distributor.admin.call(reclaimQuotas, { body: { quotaIds: [quotaId] } })).problem).toMatchObject({ code: 'rows_refused', rows: [{ code: 'quota_closed' }] })
  // A voucher that the reseller takes back has no quota in force any more, so it lapses: the distributor's books stay as they are.
  await spend(app, shop.id, coupon?.number ?? '', 30_00n)
  expect((await reclaimed(shop.admin, [coupon?.id ?? ''])).body).toMatchObject({ actualTotal: '50.00', items: [{ quotaNumber: null }] })
  expect(await mismatchesOf(app, ids)).toEqual([])
})

test('of a batch with one quota that cannot be reclaimed nothing is, and each row says why', async () => {
  const { distributor, quota, shops: [shop, other], ids } = await newHouse(2)
  const second = await grant(app, distributor.id)
  const [a] = await share(distributor.admin, quota.id, [[shop?.id ?? '', '10.00']])
  const [b, c] = await share(distributor.admin, second.id, [[shop?.id ?? '', '20.00'], [other?.id ?? '', '30.00']])
  await confirm(distributor.admin, reclaimQuotas, { body: { quotaIds: [b?.id ?? ''] } })
  const all = [a, b, c, a].map((one) => one?.id ?? '')
  const { problem } = await distributor.admin.call(reclaimQuotas, { body: { quotaIds: all } })
  expect(problem).toMatchObject({ code: 'rows_refused', detail: '2 rows were refused. No quota was issued or reclaimed.', rows: [{ row: 1, code: 'quota_closed' }, { row: 3, code: 'duplicate', message: 'Already in the list (row 1).' }] })
  expect((await distributor.admin.call(expectQuotaReclaim, { body: { quotaIds: all.slice(0, 3) } })).body).toMatchObject({ total: '40.00', items: [{ expected: '10.00', refused: null }, { expected: '0.00', refused: expect.stringContaining('not active') }, { expected: '30.00' }] })
  expect(await quotaOf(app, distributor.id, quota.id)).toMatchObject({ left: 99000n })
  const done = await confirm(distributor.admin, reclaimQuotas, { body: { quotaIds: [c?.id ?? '', a?.id ?? ''] } })
  expect(done.body).toMatchObject({ actualTotal: '40.00', items: [{ number: c?.number, actual: '30.00' }, { number: a?.number, actual: '10.00' }] })
  expect([await quotaOf(app, distributor.id, quota.id), await quotaOf(app, distributor.id, second.id)]).toMatchObject([{ left: 100000n }, { left: 100000n }])
  expect(await mismatchesOf(app, ids)).toEqual([])
})

test('once its own quota is over or was taken back by the vendor, nothing can be reclaimed to it', async () => {
  const { distributor, quota, shops: [shop], ids } = await newHouse(1)
  const [given] = await share(distributor.admin, quota.id, [[shop?.id ?? '', '10.00']])
  await app.inTenant(distributor.id, (tx, now) => tx.run(sql`update coupon_quotas set withdrawn_at = ${now} where partner_id = ${distributor.id} and id = ${quota.id}`))
  expect((await distributor.admin.call(reclaimQuotas, { body: { quotaIds: [given?.id ?? ''] } })).problem).toMatchObject({ rows: [{ code: 'source_closed' }] })
  expect((await list(distributor)).items).toMatchObject([{ state: 'ACTIVE', isReclaimable: false }])
  expect(await mismatchesOf(app, ids)).toEqual([])
})

test('a reseller reaches neither its distributor’s quota nor a sibling’s, and another distributor sees nothing of either', async () => {
  const { distributor, quota, shops: [shop, sibling] } = await newHouse(2)
  const [given] = await share(distributor.admin, quota.id, [[sibling?.id ?? '', '10.00']])
  const stranger = await newDistributor()
  for (const client of [shop?.admin, sibling?.admin]) {
    expect((await client?.call(queryIssuedQuotas, { body: {} }))?.status).toBe(403)
    expect((await client?.call(queryResellers, { body: {} }))?.status).toBe(403)
    expect((await client?.call(issueQuotas, shareOf(given?.id ?? '', [[shop?.id ?? '', '1.00']])))?.problem.code).toBe('no_permission')
    expect((await client?.call(reclaimQuotas, { body: { quotaIds: [given?.id ?? ''] } }))?.problem.code).toBe('no_permission')
  }
  expect((await shop?.admin.call(queryQuotas, { body: {} }))?.body.items).toEqual([])
  expect(await list(stranger)).toMatchObject({ items: [], total: 0, totals: { amount: '0.00' } })
  expect((await stranger.admin.call(reclaimQuotas, { body: { quotaIds: [given?.id ?? ''] } })).status).toBe(404)
  expect((await stranger.admin.call(expectQuotaReclaim, { body: { quotaIds: [given?.id ?? ''] } })).status).toBe(404)
  expect((await stranger.admin.call(queryResellers, { body: { resellerIds: [shop?.id ?? ''] } })).body.items).toEqual([])
  expect((await stranger.admin.call(revealFields, { body: { subject: 'reseller', ids: [shop?.id ?? ''], fields: ['name'], page: '/coupons/issued-quotas' } })).status).toBe(404)
  const operator = await distributor.addMember({ role: 'operator', extra: ['coupon.view', 'coupon.issue'] })
  expect((await operator.call(issueQuotas, shareOf(quota.id, [[shop?.id ?? '', '1.00']]))).problem.code).toBe('no_permission')
  expect((await operator.call(queryIssuedQuotas, { body: {} })).status).toBe(403)
})

test('a reseller that goes to another distributor keeps what it has, and neither distributor can take it', async () => {
  const { distributor, quota, shops: [shop] } = await newHouse(1)
  const [given] = await share(distributor.admin, quota.id, [[shop?.id ?? '', '10.00']])
  const next = await newDistributor()
  await app.inTenant(shop?.id ?? '', (tx) => tx.run(sql`update partners set distributor_id = ${next.id}::uuid where id = ${shop?.id ?? ''}::uuid`))
  for (const client of [distributor.admin, next.admin]) expect((await client.call(reclaimQuotas, { body: { quotaIds: [given?.id ?? ''] } })).status).toBe(404)
  expect((await list(distributor)).items).toMatchObject([{ isReclaimable: false, left: '10.00' }])
})

test('a distributor that is restricted moves no quota', async () => {
  const { distributor, quota, shops: [shop] } = await newHouse(1)
  await app.inTenant(distributor.id, (tx) => tx.run(sql`update partners set state = 'RESTRICTED' where id = ${distributor.id}`))
  expect((await distributor.admin.call(issueQuotas, shareOf(quota.id, [[shop?.id ?? '', '1.00']]))).problem.code).toBe('partner_state')
})

test('the list is filtered by number, source, reseller, state and day, sorted by time and by what is left, found by part of the name, and shows it in full on record only', async () => {
  const { distributor, quota, shops: [shop, other] } = await newHouse(2)
  const second = await grant(app, distributor.id)
  const [a, b] = await share(distributor.admin, quota.id, [[shop?.id ?? '', '10.00'], [other?.id ?? '', '40.00']])
  const [c] = await share(distributor.admin, second.id, [[shop?.id ?? '', '25.00']])
  await confirm(distributor.admin, reclaimQuotas, { body: { quotaIds: [a?.id ?? ''] } })
  const numbers = async (body: Parameters<typeof list>[1]) => (await list(distributor, body)).items.map(({ number }) => number)
  expect(await numbers({ sort: '-left' })).toEqual([b?.number, c?.number, a?.number])
  // Of one issue the numbers follow the resellers' own order, not the form's.
  expect(await numbers({ sort: 'issuedAt', pageSize: 1 })).toEqual([a?.number, b?.number].toSorted().slice(0, 1))
  expect(await numbers({ filter: { state: 'RECLAIMED' } })).toEqual([a?.number])
  expect(await numbers({ filter: { quotaNumber: second.number } })).toEqual([c?.number])
  expect(await numbers({ filter: { resellerId: other?.id } })).toEqual([b?.number])
  expect(await numbers({ filter: { number: b?.number } })).toEqual([b?.number])
  expect(await numbers({ filter: { to: await dayAhead(app, distributor.id, -1) } })).toEqual([])
  const found = await list(distributor, { lookup: { name: '伙伴1号' } })
  expect([found.items.map(({ number }) => number), found.totals, found.view]).toEqual([[b?.number], { amount: amount('40.00'), left: amount('40.00') }, expect.any(String)])
  expect(JSON.stringify(found)).not.toContain('渠道伙伴1号')
  const picks = (await distributor.admin.call(queryResellers, { body: { lookup: { name: '渠道' } } })).body
  expect(picks).toMatchObject({ total: 2, items: [{ account: shop?.account, quotaLeft: '25.00', state: 'ACTIVE', refused: null, nameMasked: '渠道***公司' }, { quotaLeft: '40.00' }] })
  const shown = await distributor.admin.call(revealFields, { body: { subject: 'reseller', ids: [other?.id ?? ''], fields: ['name'], page: '/coupons/issued-quotas' } })
  expect(shown.body.items).toMatchObject([{ values: { name: '渠道伙伴1号有限公司' } }])
})

test('quotas of two resellers that come to more than one movement may carry are told as a sum, and taken back one after the other', async () => {
  const distributor = await newDistributor()
  const shop = await newReseller(app, distributor.id)
  const given: string[] = []
  for (let turn = 0; turn < 2; turn += 1) {
    const { id } = await grant(app, distributor.id, { amount: 999_999_999_999n })
    given.push((await share(distributor.admin, id, [[shop.id, '9999999999.99']]))[0]?.id ?? '')
  }
  expect((await list(distributor)).totals).toEqual({ amount: '19999999999.98', left: '19999999999.98' })
  expect((await distributor.admin.call(expectQuotaReclaim, { body: { quotaIds: given } })).body.total).toBe('19999999999.98')
  const take = (quotaIds: string[]) => confirm(distributor.admin, reclaimQuotas, { body: { quotaIds, remark: '' } })
  expect((await take(given)).problem).toMatchObject({ code: 'invalid_input', fields: [{ path: 'quotaIds', code: 'total_max' }] })
  for (const one of given) expect((await take([one])).body.actualTotal).toBe('9999999999.99')
  expect(await mismatchesOf(app, [distributor.id, shop.id])).toEqual([])
})
