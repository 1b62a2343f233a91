import { randomInt } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { queryInvitations, sendInvitations } from '#contract/invites.ts'
import { getProspect, putProspectEmail, queryProspects, reportProspect } from '#contract/prospects.ts'
import { list, sql } from '#server/db/query.ts'
import { mountInvitations } from '#server/features/invitations/routes.ts'
import { createTestApp, type Client, type TestApp, type TestPartner } from '#server/testing/app.ts'
import { mountProspects } from './routes.ts'

let app: TestApp
let partner: TestPartner
let other: TestPartner
beforeAll(async () => {
  app = await createTestApp([mountProspects, mountInvitations])
  partner = await app.newPartner()
  other = await app.newPartner()
})
afterAll(() => app.close())

const day = 24 * 3600
const newMobile = () => `137${String(randomInt(100_000_000)).padStart(8, '0')}`
const report = async (client: Client, body: Partial<Parameters<typeof call>[1]> = {}) => (await call(client, { name: '云海科技有限公司', mobile: newMobile(), ...body }))
const call = (client: Client, body: { name: string; mobile: string; email?: string; managerId?: string; invite?: { associationType: 'RESALE' | 'REFERRAL' }; review?: { reason: string } }) => client.call(reportProspect, { body })
const outcome = ({ body }: { body: { result: string; cause?: string } }) => [body.result, body.cause]
/** An account at the vendor that nobody has associated yet. */
const addAccount = (mobile: string, facts: string[], ageDays = 1) => app.database.inGlobal((tx, now) => tx.run(sql`insert into cloud_accounts (id, name, mobile, language, registered_at, facts)
  values (gen_random_uuid(), 'somebody', ${`+86${mobile}`}, 'zh-CN', ${new Date(now.getTime() - ageDays * day * 1000)}::timestamptz, ${list(facts)}::text[])`))
const logOf = (operation: string) => app.inTenant(partner.id, (tx) => tx.rows<{ result: string; details: Record<string, unknown>; text: string }>(sql`select result, details, details::text as text from log_entries where partner_id = ${partner.id} and operation = ${operation} order by seq desc`))

test('a prospect is reported for 15 days, masked in the answer and in the log, and nothing is sent', async () => {
  const { status, body } = await report(partner.admin, { mobile: '＋86 138-1234 5678', email: 'Buyer@Customer.Example' })
  expect(status).toBe(200)
  expect(body).toMatchObject({ result: 'reported', invitationNumber: null, prospect: { nameMasked: '云海***公司', mobileMasked: '138****5678', emailMasked: 'b***@customer.example', state: 'REPORTED', lastInvitation: null } })
  if (body.result !== 'reported') throw new Error('not reported')
  expect(Date.parse(body.prospect.expiresAt ?? '') - Date.parse(body.prospect.reportedAt)).toBe(15 * day * 1000)
  const [entry] = await logOf('prospect.reported')
  expect(entry).toMatchObject({ result: 'success', details: { mobile: '138****5678', email: 'b***@customer.example', name: '云海***公司' } })
  expect(entry?.text).not.toMatch(/13812345678|buyer@|云海科技/)
  expect(await app.inTenant(partner.id, (tx) => tx.rows(sql`select 1 from messages where partner_id = ${partner.id}`))).toEqual([])
})

test('what was typed wrong is told at its field', async () => {
  const fields = async (body: Parameters<typeof report>[1]) => (await report(partner.admin, body)).problem.fields?.map(({ path, code }) => `${path.replace(/^body\./, '')} ${code}`)
  expect(await fields({ mobile: '+852 6123 4567' })).toEqual(['mobile mobile'])
  expect(await fields({ mobile: '010-12345678' })).toEqual(['mobile mobile'])
  expect(await fields({ mobile: '1', email: 'a@b@c.cn' })).toEqual(['mobile mobile', 'email email'])
  expect(await fields({ invite: { associationType: 'RESALE' } })).toEqual(['email required'])
  for (const name of ['', 'see https://evil.example', 'evil.cn', 'a@b.cn', 'a\nb', 'a\u202Eb', 'x'.repeat(65)]) expect([name, await fields({ name })]).toEqual([name, [expect.stringMatching(/^name (required|too_long|characters)$/)]])
})

test('a mask copied from a list is never taken for a value', async () => {
  for (const [path, body] of [['mobile', { mobile: '138****5678' }], ['email', { email: 'l***@customer.example' }], ['name', { name: '云海***公司' }]] as const) {
    const { problem } = await report(partner.admin, body)
    expect([problem.code, problem.fields?.map((field) => field.path)]).toEqual(['masked_value', [path]])
  }
  const { body } = await report(partner.admin)
  if (body.result !== 'reported') throw new Error('not reported')
  expect((await partner.admin.call(putProspectEmail, { params: { id: body.prospect.id }, body: { email: 'l***@customer.example' } })).problem.code).toBe('masked_value')
})

test.each([
  ['OTHER_SITE', ['OTHER_SITE'], 1], ['CONSUMER_CLOUD', ['CONSUMER_CLOUD'], 1], ['VENDOR_CONTRACT', ['VENDOR_CONTRACT'], 1], ['ENTERPRISE_MEMBER', ['ENTERPRISE_MEMBER'], 1], ['CASH_SPEND', ['CASH_SPEND'], 1],
])('an account with %s cannot be reported, also not with a reason for a review', async (cause, facts, age) => {
  const mobile = newMobile()
  await addAccount(mobile, facts, age)
  expect(outcome(await report(partner.admin, { mobile }))).toEqual(['refused', cause])
  expect(outcome(await report(partner.admin, { mobile, review: { reason: 'please' } }))).toEqual(['refused', cause])
  expect((await logOf('prospect.refused'))[0]).toMatchObject({ result: 'refused', details: { cause } })
})

test.each([
  ['FOLLOWED_BY_SALES', ['FOLLOWED_BY_SALES'], 8], ['FOLLOWED_BY_SALES', ['FOLLOWED_BY_SALES', 'CASH_SPEND'], 1], ['REPORTED_BY_VENDOR', ['REPORTED_BY_VENDOR'], 1], ['OWNED_BY_VENDOR_SALES', ['OWNED_BY_VENDOR_SALES'], 1], ['OTHER_COUNTRY', ['OTHER_COUNTRY'], 1],
])('an account with %s is offered a review, which reserves the number and sends nothing', async (cause, facts, age) => {
  const mobile = newMobile()
  await addAccount(mobile, facts, age)
  const email = 'review@customer.example'
  expect(outcome(await report(partner.admin, { mobile, email, invite: { associationType: 'REFERRAL' } }))).toEqual(['review_offered', cause])
  const { body } = await report(partner.admin, { mobile, email, invite: { associationType: 'REFERRAL' }, review: { reason: '老客户' } })
  expect(body).toMatchObject({ result: 'under_review', prospect: { state: 'UNDER_REVIEW', expiresAt: null, lastInvitation: null, inviteAt: null } })
  expect(outcome(await report(other.admin, { mobile }))).toEqual(['refused', 'REPORTED_BY_OTHER'])
  expect(outcome(await report(partner.admin, { mobile }))).toEqual(['refused', 'OWN_DUPLICATE'])
})

test('a young account that sales follows, and an old one that nobody does, can be reported', async () => {
  const [young, old] = [newMobile(), newMobile()]
  await addAccount(young, ['FOLLOWED_BY_SALES'], 6)
  await addAccount(old, [], 400)
  expect(outcome(await report(partner.admin, { mobile: young }))).toEqual(['reported', undefined])
  expect(outcome(await report(partner.admin, { mobile: old }))).toEqual(['reported', undefined])
})

test('a customer of anybody, a number of another and an own one are refused without a word about whose it is', async () => {
  const mobile = newMobile()
  await app.addCustomer(other.id, { mobile: `+86${mobile}` })
  const taken = await report(partner.admin, { mobile })
  expect(taken.body).toEqual({ result: 'refused', cause: 'ALREADY_ASSOCIATED' })
  const rivals = newMobile()
  await report(other.admin, { mobile: rivals })
  const refused = await report(partner.admin, { mobile: rivals })
  expect(refused.body).toEqual({ result: 'refused', cause: 'REPORTED_BY_OTHER' })
  expect(refused.text).not.toContain(other.id)
  expect(outcome(await report(other.admin, { mobile: rivals }))).toEqual(['refused', 'OWN_DUPLICATE'])
})

test('after 15 days to the second the number is free for anybody, the report reads as expired and counts no more', async () => {
  const own = await app.newPartner()
  const mobile = newMobile()
  const { body } = await report(own.admin, { mobile })
  if (body.result !== 'reported') throw new Error('not reported')
  const used = async () => (await own.admin.call(queryProspects, { body: {} })).body.used
  app.travel(15 * day - 5)
  const again = await app.signIn(own.id, own.admin.memberId)
  expect(outcome(await report(await app.signIn(other.id, other.admin.memberId), { mobile }))).toEqual(['refused', 'REPORTED_BY_OTHER'])
  expect((await again.call(getProspect, { params: { id: body.prospect.id } })).body.state).toBe('REPORTED')
  app.travel(6)
  expect((await again.call(getProspect, { params: { id: body.prospect.id } })).body).toMatchObject({ state: 'EXPIRED', inviteAt: null })
  expect((await again.call(queryProspects, { body: { filter: { state: 'EXPIRED' } } })).body).toMatchObject({ total: 1, used: 0, max: 100 })
  expect((await again.call(sendInvitations, { body: { associationType: 'REFERRAL', prospectIds: [body.prospect.id] } })).problem.rows?.[0]?.code).toBe('not_reported')
  expect((await again.call(putProspectEmail, { params: { id: body.prospect.id }, body: { email: 'a@b.example' } })).problem.code).toBe('conflict')
  expect(outcome(await report(await app.signIn(other.id, other.admin.memberId), { mobile }))).toEqual(['reported', undefined])
  expect(outcome(await report(again, { mobile }))).toEqual(['refused', 'REPORTED_BY_OTHER'])
  app.travel(-15 * day - 1)
  expect(await used()).toBe(1)
})

test('a manager reports for themself, others choose an active manager of their own partner', async () => {
  const manager = await partner.addMember({ role: 'manager', name: '王芳' })
  const peer = await partner.addMember({ role: 'manager' })
  const stranger = await other.addMember({ role: 'manager' })
  const { body } = await report(manager)
  expect(body).toMatchObject({ result: 'reported', prospect: { manager: { id: manager.memberId, nameMasked: '王*' } } })
  expect((await report(manager, { managerId: peer.memberId })).problem.code).toBe('no_permission')
  expect((await report(partner.admin, { managerId: stranger.memberId })).problem.code).toBe('not_found')
  expect((await report(partner.admin, { managerId: partner.admin.memberId })).problem.code).toBe('not_found')
  expect((await report(partner.admin, { managerId: peer.memberId })).body).toMatchObject({ prospect: { manager: { id: peer.memberId } } })
  expect((await report(await partner.addMember({ role: 'director' }))).problem.code).toBe('no_permission')
})

test('the sixty-first check of a person in an hour is refused, and that is logged', async () => {
  const operator = await partner.addMember({ role: 'operator', extra: ['prospect.report'] })
  const mobile = newMobile()
  for (let i = 0; i < 60; i += 1) expect((await report(operator, { mobile })).status).toBe(200)
  const { status, problem } = await report(operator, { mobile })
  expect([status, problem.code]).toEqual([429, 'too_many_requests'])
  expect((await logOf('prospect.refused'))[0]?.details).toEqual({ limit: 60 })
  app.travel(3601)
  expect((await report(await app.signIn(partner.id, operator.memberId), { mobile })).status).toBe(200)
  app.travel(-3601)
})

test('a blocked partner reports nobody, and resale is only for partners that may', async () => {
  const blocked = await app.newPartner()
  const set = (change: ReturnType<typeof sql>) => app.inTenant(blocked.id, (tx) => tx.run(sql`update partners set ${change} where id = ${blocked.id}`))
  await set(sql`may_resell = false`)
  const invited = { email: 'a@b.example', invite: { associationType: 'RESALE' as const } }
  expect((await report(blocked.admin, invited)).problem).toMatchObject({ code: 'invite_blocked', facts: { block: 'no_resale' } })
  expect((await report(blocked.admin, { ...invited, invite: { associationType: 'REFERRAL' } })).body.result).toBe('reported')
  await set(sql`state = 'FROZEN'`)
  expect((await report(blocked.admin)).problem).toMatchObject({ code: 'invite_blocked', facts: { block: 'partner_frozen' } })
  await set(sql`state = 'ACTIVE', may_develop = false`)
  expect((await report(blocked.admin)).problem.facts).toEqual({ block: 'no_development' })
})

test('a changed address ends the mail to the old one; the same address ends nothing', async () => {
  const { body } = await report(partner.admin, { email: 'old@customer.example', invite: { associationType: 'RESALE' } })
  if (body.result !== 'reported') throw new Error('not reported')
  const { id } = body.prospect
  const put = (email: string) => partner.admin.call(putProspectEmail, { params: { id }, body: { email } })
  const state = async () => (await partner.admin.call(queryInvitations, { body: { filter: { prospectId: id } } })).body.items.map((row) => row.state)
  expect((await put(' OLD@customer.example ')).status).toBe(200)
  expect(await state()).toEqual(['SENT'])
  expect((await put('new@customer.example')).body).toMatchObject({ emailMasked: 'n***@customer.example', lastInvitation: { state: 'REVOKED' } })
  expect(await state()).toEqual(['REVOKED'])
  expect(await app.database.inGlobal((tx) => tx.rows(sql`select 1 from invite_tokens where partner_id = ${partner.id}`))).toEqual([])
  expect(await app.inTenant(partner.id, (tx) => tx.rows(sql`select state, reason, sealed from messages where partner_id = ${partner.id}`))).toEqual([{ state: 'dropped', reason: 'void', sealed: null }])
  expect((await logOf('prospect.email'))[0]?.details).toEqual({ before: 'o***@customer.example', after: 'n***@customer.example' })
  expect((await put('nobody')).problem.fields?.[0]).toMatchObject({ path: 'email', code: 'email' })
})

test('managers see their own prospects, directors those of their managers, and what is looked up stays out of the address', async () => {
  const own = await app.newPartner()
  const director = await own.addMember({ role: 'director' })
  const [mine, peer] = [await own.addMember({ role: 'manager', directorId: director.memberId }), await own.addMember({ role: 'manager' })]
  const mobile = newMobile()
  await report(mine, { name: '北岸数据有限公司', mobile, email: 'north@customer.example' })
  await report(peer, { name: '南岸数据有限公司' })
  await report(own.admin, { name: '江心数据有限公司', managerId: mine.memberId })
  const find = async (client: Client, body: object = {}) => (await client.call(queryProspects, { body })).body
  expect((await Promise.all([own.admin, director, mine, peer].map((client) => find(client)))).map(({ total }) => total)).toEqual([3, 2, 2, 1])
  const foundBy = await find(own.admin, { lookup: { name: '岸数', mobile: mobile.slice(-4), email: 'North@customer.example' } })
  expect(foundBy).toMatchObject({ total: 1, lookupKinds: ['name', 'mobile', 'email'], view: expect.stringMatching(/-/) })
  expect((await find(own.admin, { view: foundBy.view })).items.map(({ id }) => id)).toEqual(foundBy.items.map(({ id }) => id))
  expect((await peer.call(queryProspects, { body: { view: foundBy.view ?? '' } })).status).toBe(404)
  expect((await own.admin.call(queryProspects, { body: { lookup: { mobile: mobile.slice(2, 8) } } })).problem.fields?.[0]?.path).toBe('lookup.mobile')
  expect((await find(own.admin, { filter: { todo: 'no_email' } })).total).toBe(2)
  expect((await find(own.admin, { filter: { invitation: 'none', manager: mine.memberId } })).total).toBe(2)
  expect((await find(own.admin, { sort: 'reportedAt', pageSize: 1 })).items[0]?.nameMasked).toBe('北岸***公司')
  const foreign = foundBy.items[0]?.id ?? ''
  for (const client of [peer, partner.admin]) expect((await client.call(getProspect, { params: { id: foreign } })).status).toBe(404)
})
