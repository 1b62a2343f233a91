import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { getQuotaChoices, issueCoupons, queryCandidates, type CouponKind, type IssueBody } from '#contract/coupons.ts'
import type { PartnerType } from '#contract/people.ts'
import { sql } from '#server/db/query.ts'
import { closeBooks, openBooks } from '#server/ledger/books.ts'
import { lockQuotas, withdrawQuota } from '#server/operations/coupon-quotas.ts'
import { createTestApp, type Client, type TestApp } from '#server/testing/app.ts'
import { check, send } from '#server/testing/confirm.ts'
import { amount, booksOf, confirm, couponOf, dayAhead, grant, issueOf, issued, mismatches, quotaOf, vendor } from '#server/testing/coupons.ts'
import { mountCoupons } from './routes.ts'

let app: TestApp
beforeAll(async () => { app = await createTestApp([mountCoupons]) })
afterAll(() => app.close())

const open = (options: Parameters<TestApp['newPartner']>[0] = {}) => app.newPartner({ verificationOn: false, ...options })
const voucher = issueCoupons.VOUCHER
const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id)
/** Puts these customers on the partner's whitelist; an enterprise member with the number of its master account. */
const list = (partnerId: string, memberId: string, rows: readonly { number: string; master?: string }[]) => app.inTenant(partnerId, async (tx, now) => {
  await tx.run(sql`insert into coupon_whitelists (partner_id, version, revision, at, member_id) values (${partnerId}, 1, 1, ${now}, ${memberId})`)
  for (const [place, { number, master }] of rows.entries()) await tx.run(sql`insert into coupon_whitelist (partner_id, id, account_name, name, master_account_name, version, place, added_at)
    select c.partner_id, ${randomUUID()}::uuid, c.account_name, c.name, (select m.account_name from customers m where m.partner_id = c.partner_id and m.number = ${master ?? ''}), 1, ${place}, ${now} from customers c where c.partner_id = ${partnerId} and c.number = ${number}`)
})

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

  test('a code by message is asked for while the switch is on, and the message says what will be issued', async () => {
    const { id, admin } = await open({ verificationOn: true })
    const quota = await grant(app, id)
    const [one, two] = [await app.addCustomer(id), await app.addCustomer(id)]
    const until = await dayAhead(app, id, 30)
    const input = issueOf({ quotaId: quota.id, validUntil: until, customerIds: [one.id, two.id] })
    const { problem } = await admin.call(voucher, input)
    expect(problem).toMatchObject({ code: 'proof_required', proof: { needs: 'code' } })
    const code = await send(app, admin, problem.proof?.proofId ?? '')
    expect(app.sms.sent.at(-1)?.text).toContain('issue vouchers, 200.00 CNY in total, to 2 customers')
    expect((await check(admin, problem.proof?.proofId ?? '', code)).status).toBe(200)
    // The other order of the customers is the same issue, another amount is not.
    expect((await admin.call(voucher, { body: { ...input.body, faceValue: amount('100.01') } }, { proof: problem.proof?.proofId ?? '' })).problem).toMatchObject({ code: 'proof_required', proof: { why: 'changed' } })
    const again = await confirmByCode(admin, input.body)
    expect((await admin.call(voucher, { body: { ...input.body, customerIds: [two.id, one.id] } }, { proof: again })).status).toBe(200)
    expect((await admin.call(voucher, input, { proof: again })).problem.proof?.why).toBe('used')
    expect(await quotaOf(app, id, quota.id)).toMatchObject({ issued: 200_00n })
  })

  test('the same request with the same key issues once and answers the same', async () => {
    const { id, admin } = await open()
    const quota = await grant(app, id)
    const customer = await app.addCustomer(id)
    const input = issueOf({ quotaId: quota.id, validUntil: await dayAhead(app, id, 30), customerIds: [customer.id] })
    const key = randomUUID()
    const proof = (await admin.call(voucher, input, { key })).problem.proof?.proofId ?? ''
    const first = await admin.call(voucher, input, { key, proof })
    const again = await admin.call(voucher, input, { key, proof })
    expect([again.status, again.text, again.headers.get('idempotent-replayed')]).toEqual([200, first.text, 'true'])
    expect((await admin.call(voucher, { body: { ...input.body, remark: 'x' } }, { key, proof })).problem.code).toBe('idempotency_mismatch')
    expect(await quotaOf(app, id, quota.id)).toMatchObject({ issued: 100_00n })
    expect((await admin.call(voucher, input, { key: 'short' })).problem.code).toBe('idempotency_key_missing')
  })
})

async function confirmByCode(admin: Client, body: IssueBody): Promise<string> {
  app.travel(61)
  const { problem } = await admin.call(voucher, { body })
  const proof = problem.proof?.proofId ?? ''
  await check(admin, proof, await send(app, admin, proof))
  return proof
}

describe('an issue is refused before any code', () => {
  test('above what is left, with what is left and what is needed', async () => {
    const { id, admin } = await open()
    const quota = await grant(app, id, { amount: 150_00n })
    const customers = [await app.addCustomer(id), await app.addCustomer(id)]
    const { status, problem, frozen } = await confirm(admin, voucher, issueOf({ quotaId: quota.id, validUntil: await dayAhead(app, id, 30), customerIds: ids(customers) }))
    expect([status, frozen, problem]).toMatchObject([409, undefined, { code: 'insufficient_funds', detail: 'Left 150.00, needed 200.00.', facts: { available: '150.00', needed: '200.00', short: '50.00' } }])
    expect((await confirm(admin, voucher, issueOf({ quotaId: quota.id, validUntil: await dayAhead(app, id, 30), customerIds: ids(customers), faceValue: '9999999999.99' }))).problem).toMatchObject({ code: 'invalid_input', fields: [{ path: 'faceValue', code: 'total_max' }] })
  })

  test('from a quota that has not begun, is over or was taken back, with its days', async () => {
    const { id, admin } = await open()
    const customer = await app.addCustomer(id)
    const soon = await app.inTenant(id, async (_tx, now) => new Date(now.getTime() + 86_400_000))
    const future = await grant(app, id, { validFrom: soon })
    const short = await grant(app, id, { days: 1 })
    const until = await dayAhead(app, id, 1)
    let client = admin
    const issue = (quotaId: string, validUntil = until) => confirm(client, voucher, issueOf({ quotaId, validUntil, customerIds: [customer.id] }))
    expect((await issue(future.id)).problem).toMatchObject({ code: 'conflict', facts: { state: 'NOT_STARTED' }, detail: expect.stringMatching(/^The quota is not in force \(\d{4}-\d\d-\d\d to \d{4}-\d\d-\d\d\)\.$/) })
    app.travel(86_400)
    client = await app.signIn(id, admin.memberId)
    expect((await issue(short.id)).problem).toMatchObject({ code: 'conflict', facts: { state: 'EXPIRED' } })
    const taken = await grant(app, id)
    await app.inTenant(id, async (tx, now) => {
      const { quotas, moment } = await lockQuotas(tx, now, id, [taken.id])
      const locked = quotas.get(taken.id)
      if (locked) await withdrawQuota(tx, { books: booksOf(id), by: vendor, quota: locked, moment, initiator: 'vendor' })
    })
    expect((await issue(taken.id)).problem).toMatchObject({ code: 'conflict', facts: { state: 'RECLAIMED' } })
    expect((await issue(future.id, await dayAhead(app, id, 1))).status).toBe(200)
  })

  test('for eleven customers, for one twice, and for somebody who is not the partner\'s', async () => {
    const { id, admin } = await open()
    const stranger = await open()
    const quota = await grant(app, id, { amount: 5000_00n })
    const customers = []
    for (let made = 0; made < 11; made += 1) customers.push(await app.addCustomer(id))
    const foreign = await app.addCustomer(stranger.id)
    const until = await dayAhead(app, id, 30)
    const issue = (customerIds: string[], quotaId = quota.id) => confirm(admin, voucher, issueOf({ quotaId, validUntil: until, customerIds }))
    expect((await issue(ids(customers))).problem).toMatchObject({ code: 'invalid_input', fields: [{ path: 'customerIds', code: 'issue_max', message: 'At most 10 customers at once, each once.' }] })
    expect((await issue([])).problem.code).toBe('invalid_input')
    const [first, second] = customers
    expect((await issue([first?.id ?? '', second?.id ?? '', (first?.id ?? '').toUpperCase()])).problem).toMatchObject({ code: 'rows_refused', rows: [{ row: 2, code: 'duplicate', message: 'At most 10 customers at once, each once.' }] })
    const unknown = (await issue([first?.id ?? '', randomUUID()])).problem
    const other = (await issue([first?.id ?? '', foreign.id])).problem
    expect([unknown.code, other.code, other.rows]).toEqual(['not_found', 'not_found', undefined])
    expect((await issue([first?.id ?? ''], (await grant(app, stranger.id)).id)).problem.code).toBe('not_found')
    expect((await issue(ids(customers.slice(0, 10)))).status).toBe(200)
  })

  test('to whom the quota does not reach, each row with its reason and all of them at once; the picker says the same', async () => {
    const { id, admin, account } = await open()
    const inside = await app.addCustomer(id, { name: '甲方科技有限公司' })
    const outside = await app.addCustomer(id, { name: '乙方科技有限公司' })
    const own = await app.addCustomer(id, { accountName: account })
    const referral = await app.addCustomer(id, { associationType: 'REFERRAL' })
    const limited = await grant(app, id, { limits: { customerNumbers: [inside.number, own.number, referral.number], associationType: 'RESALE' } })
    const until = await dayAhead(app, id, 30)
    const { problem } = await confirm(admin, voucher, issueOf({ quotaId: limited.id, validUntil: until, customerIds: [inside.id, outside.id, own.id, referral.id] }))
    expect(problem).toMatchObject({ code: 'rows_refused', detail: '3 rows were refused. No coupon was issued or reclaimed.', rows: [
      { row: 1, code: 'outside_limit', message: "Outside the quota's limit: certain customers only." }, { row: 2, code: 'self_issue', message: 'You cannot issue to yourself.' }, { row: 3, code: 'outside_limit', message: "Outside the quota's limit: resale customers only." },
    ] })
    const { body } = await admin.call(queryCandidates, { body: { quotaId: limited.id } })
    expect(new Map(body.items.map((row) => [row.id, row.refused?.reason ?? null]))).toEqual(new Map([[inside.id, null], [outside.id, 'outside_limit'], [own.id, 'self_issue'], [referral.id, 'outside_limit']]))
    expect((await admin.call(queryCandidates, { body: { quotaId: limited.id, lookup: { name: '甲方' } } })).body.items.map((row) => [row.id, row.nameMasked])).toEqual([[inside.id, '甲方***公司']])

    const back = await grant(app, id, { onlyCustomerId: inside.id })
    expect((await confirm(admin, voucher, issueOf({ quotaId: back.id, validUntil: until, customerIds: [outside.id] }))).problem.rows).toEqual([{ row: 0, code: 'only_original', message: `Only for the original customer ${inside.number}.` }])
    expect((await issued(admin, { quotaId: back.id, validUntil: until, customerIds: [inside.id] })).length).toBe(1)
    const nobody = await grant(app, id, { limits: { customerNumbers: ['9999999999'] } })
    expect((await confirm(admin, voucher, issueOf({ quotaId: nobody.id, validUntil: until, customerIds: [inside.id] }))).problem.rows).toMatchObject([{ code: 'quota_customer', message: 'The customer of this quota is not yours.' }])
  })

  test('where the invoice goes to the user: not to resale customers, nor to referral customers of another contracting entity', async () => {
    const { id, admin } = await open()
    const quota = await grant(app, id, { invoiceRecipient: 'USER' })
    const resale = await app.addCustomer(id)
    const [same, other] = [await app.addCustomer(id, { associationType: 'REFERRAL' }), await app.addCustomer(id, { associationType: 'REFERRAL' })]
    await app.inTenant(id, (tx) => tx.run(sql`update customers set contracting_entity = '另一签约主体' where id = ${other.id}`))
    const { problem } = await confirm(admin, voucher, issueOf({ quotaId: quota.id, validUntil: await dayAhead(app, id, 30), customerIds: [same.id, resale.id, other.id] }))
    expect(problem.rows).toMatchObject([{ row: 1, code: 'invoice_user', message: 'The invoice goes to the user: not for this customer.' }, { row: 2, code: 'invoice_user' }])
    expect((await issued(admin, { quotaId: quota.id, validUntil: await dayAhead(app, id, 30), customerIds: [same.id] })).length).toBe(1)
  })

  test('to somebody who is not on the present whitelist of a subsidy partner; an enterprise member\'s coupon goes to its master account', async () => {
    const { id, admin } = await open({ type: 'SUBSIDY' })
    const quota = await grant(app, id, { kind: 'CASH' })
    const [listed, unlisted, member, master, removed] = [await app.addCustomer(id), await app.addCustomer(id), await app.addCustomer(id), await app.addCustomer(id, { name: '母公司集团有限公司' }), await app.addCustomer(id)]
    await list(id, admin.memberId, [{ number: listed.number }, { number: member.number, master: master.number }, { number: removed.number }])
    await app.inTenant(id, (tx) => tx.run(sql`delete from coupon_whitelist w using customers c where w.partner_id = ${id} and c.partner_id = w.partner_id and c.account_key = w.account_key and c.id = ${removed.id}`))
    const input = async (...customerIds: string[]) => issueOf({ quotaId: quota.id, validUntil: await dayAhead(app, id, 30), customerIds })
    expect((await confirm(admin, issueCoupons.CASH, await input(listed.id, unlisted.id, removed.id))).problem.rows).toMatchObject([{ row: 1, code: 'not_whitelisted', message: 'Not on the whitelist.' }, { row: 2, code: 'not_whitelisted' }])
    const { body, frozen } = await confirm(admin, issueCoupons.CASH, await input(listed.id, member.id))
    expect(body.items.map(({ customerId }) => customerId)).toEqual([listed.id, master.id])
    expect(frozen?.summary.items.map(({ nameMasked }) => nameMasked)).toContain('母公***公司')
  })

  test('by anybody whose partner type does not issue the kind, and while the partner is restricted', async () => {
    const allowed: [PartnerType, CouponKind[]][] = [['CSP', ['VOUCHER']], ['DISTRIBUTOR', ['VOUCHER']], ['RESELLER', ['VOUCHER']], ['SUBSIDY', ['VOUCHER', 'CASH']], ['GOVCLOUD', ['DELIVERY']], ['MARKETPLACE', []]]
    const otherKind: number[] = []
    for (const [type, kinds] of allowed) {
      const { id, admin } = await open({ type })
      const customer = await app.addCustomer(id)
      if (type === 'SUBSIDY') await list(id, admin.memberId, [{ number: customer.number }])
      for (const kind of ['VOUCHER', 'CASH', 'DELIVERY'] as const) {
        const quota = await grant(app, id, { kind })
        const asked = issueOf({ quotaId: quota.id, validUntil: await dayAhead(app, id, 30), customerIds: [customer.id], ...(kind === 'DELIVERY' && { maxShare: 30 }) })
        expect([type, kind, (await confirm(admin, issueCoupons[kind], asked)).status]).toEqual([type, kind, kinds.includes(kind) ? 200 : 403])
        expect((await admin.call(getQuotaChoices, { query: { kind } })).body.items.length).toBe(kinds.includes(kind) ? 1 : 0)
        // A quota of one kind is none of another, even where the partner issues both.
        if (kind !== 'VOUCHER') otherKind.push((await confirm(admin, voucher, asked)).status)
      }
    }
    expect(new Set(otherKind)).toEqual(new Set([404, 403]))
    const restricted = await open({ state: 'RESTRICTED' })
    const quota = await grant(app, restricted.id)
    const customer = await app.addCustomer(restricted.id)
    expect((await confirm(restricted.admin, voucher, issueOf({ quotaId: quota.id, validUntil: await dayAhead(app, restricted.id, 3), customerIds: [customer.id] }))).problem.code).toBe('partner_state')
  })

  test('with terms beyond the quota\'s, a share where none belongs, an amount that is none, and a field nobody knows', async () => {
    const { id, admin } = await open({ type: 'GOVCLOUD' })
    const quota = await grant(app, id, { kind: 'DELIVERY', days: 10, limits: { products: ['ECS', 'OBS'], orderTypes: ['NEW'] } })
    const customer = await app.addCustomer(id)
    const base = issueOf({ quotaId: quota.id, validUntil: await dayAhead(app, id, 5), customerIds: [customer.id], maxShare: 50 }).body
    const fieldOf = async (more: object) => {
      const { problem } = await admin.call(issueCoupons.DELIVERY, { body: base }, { raw: { ...base, ...more } })
      return [problem.code, problem.fields?.[0]?.path, problem.fields?.[0]?.code]
    }
    expect(await fieldOf({ validUntil: await dayAhead(app, id, 11) })).toEqual(['invalid_input', 'validUntil', 'until_quota'])
    expect(await fieldOf({ validUntil: await dayAhead(app, id, -1) })).toEqual(['invalid_input', 'validUntil', 'until_past'])
    expect(await fieldOf({ products: ['ECS', 'RDS'] })).toEqual(['invalid_input', 'products', 'narrower'])
    expect(await fieldOf({ orderTypes: ['RENEWAL'] })).toEqual(['invalid_input', 'orderTypes', 'narrower'])
    expect(await fieldOf({ maxShare: undefined })).toEqual(['invalid_input', 'maxShare', 'share_required'])
    for (const maxShare of [0, 101, 1.5]) expect((await fieldOf({ maxShare }))[0]).toBe('invalid_input')
    for (const faceValue of ['0.00', '-1.00', '1', '1.000', '1e3', '01.00', 1]) expect([faceValue, (await fieldOf({ faceValue }))[1]]).toEqual([faceValue, 'faceValue'])
    expect((await fieldOf({ remark: 'x'.repeat(201) }))[1]).toBe('remark')
    expect((await fieldOf({ balance: '1.00' }))[0]).toBe('unknown_field')
    const { status, body } = await confirm(admin, issueCoupons.DELIVERY, { body: base })
    expect(status).toBe(200)
    expect(await app.inTenant(id, (tx) => tx.rows(sql`select max_share, products, order_types from coupons where id = ${body.items[0]?.couponId ?? ''}`))).toEqual([{ max_share: 50, products: ['ECS', 'OBS'], order_types: ['NEW'] }])
    const csp = await open()
    const other = await grant(app, csp.id)
    expect((await confirm(csp.admin, voucher, issueOf({ quotaId: other.id, validUntil: await dayAhead(app, csp.id, 3), customerIds: [(await app.addCustomer(csp.id)).id], maxShare: 10 }))).problem.fields).toMatchObject([{ code: 'share_unknown' }])
  })

  test('by an account manager for a customer of somebody else, and by whoever lost the right after the code was sent', async () => {
    const partner = await open()
    const quota = await grant(app, partner.id)
    const manager = await partner.addMember({ role: 'manager', extra: ['coupon.issue'] })
    const plain = await partner.addMember({ role: 'manager' })
    const [mine, other] = [await app.addCustomer(partner.id, { managerId: manager.memberId }), await app.addCustomer(partner.id)]
    const input = async (customerId: string) => issueOf({ quotaId: quota.id, validUntil: await dayAhead(app, partner.id, 3), customerIds: [customerId] })
    expect((await confirm(manager, voucher, await input(other.id))).problem.code).toBe('not_found')
    expect((await confirm(plain, voucher, await input(mine.id))).problem.code).toBe('no_permission')
    const { status, problem } = await confirm(manager, voucher, await input(mine.id), () => app.inTenant(partner.id, (tx) => tx.run(sql`update members set extra_permissions = '{}' where partner_id = ${partner.id} and id = ${manager.memberId}`)))
    expect([status, problem.code]).toEqual([403, 'no_permission'])
    expect(await quotaOf(app, partner.id, quota.id)).toMatchObject({ issued: 0n })
  })

  test('while the books are closed', async () => {
    const { id, admin } = await open()
    const quota = await grant(app, id)
    const customer = await app.addCustomer(id)
    await app.inTenant(id, closeBooks)
    const refused = await confirm(admin, voucher, issueOf({ quotaId: quota.id, validUntil: await dayAhead(app, id, 3), customerIds: [customer.id] }))
    await app.inTenant(id, openBooks)
    expect(refused.problem.code).toBe('busy')
  })
})
