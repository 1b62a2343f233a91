import { afterAll, beforeAll, expect, test } from 'vitest'
import { queryLog } from '#contract/operation-log.ts'
import { revealFields } from '#contract/reveals.ts'
import { acceptSpecialistInvite, cancelSpecialist, getMySpecialist, getQualifications, inviteSpecialist, putMyQualifications, querySpecialists, resendSpecialist, unbindSpecialist, viewSpecialistInvite, type Qualification } from '#contract/specialists.ts'
import { features } from '#server/app.ts'
import { sql } from '#server/db/query.ts'
import { createTestApp, type TestApp, type TestPartner } from '#server/testing/app.ts'
import { inviteOne, newestToken, newPerson, review, specialist } from '#server/testing/specialists.ts'
import { newGuest, newMobile } from '#server/testing/visitor.ts'

let app: TestApp
let partner: TestPartner
beforeAll(async () => {
  app = await createTestApp(features)
  partner = await app.newPartner()
})
afterAll(() => app.close())

const list = async (body: Parameters<typeof partner.admin.call<typeof querySpecialists>>[1]['body'] = {}) => (await partner.admin.call(querySpecialists, { body })).body
const row = async (id: string) => (await list({ pageSize: 100 })).items.find((one) => one.id === id)
const job: Qualification = { kind: 'employment', title: '交付工程师', organization: '远山科技', from: '2021-06', to: null, note: '' }

test('a specialist invited by mobile accepts with a personal account, is reviewed, enters the qualifications and is read by the partner', async () => {
  const { id, token } = await inviteOne(app, partner, { value: '13712340001', name: '郑思远' })
  expect(app.sms.sent.at(-1)).toMatchObject({ to: '+8613712340001', template: { kind: 'specialist', params: { partner: 'Test Partner', token } } })
  expect(await row(id)).toMatchObject({ nameMasked: '郑**', way: 'MOBILE', mobileMasked: '137****0001', emailMasked: null, accountMasked: null, state: 'INVITED', boundAt: null })

  const guest = await newPerson(app, { name: 'zheng.siyuan' })
  const seen = await guest.call(viewSpecialistInvite, { body: { token } })
  expect([seen.headers.get('referrer-policy'), seen.body]).toMatchObject(['no-referrer', { state: 'open', partnerName: 'Test Partner', accountMasked: null, signedIn: { accountName: 'zheng.siyuan' } }])
  expect((await app.request(`/specialist/${token}`)).headers.get('referrer-policy')).toBe('no-referrer')
  expect((await guest.call(getMySpecialist, {})).body).toEqual({ accountName: 'zheng.siyuan', specialist: null })
  expect((await guest.call(acceptSpecialistInvite, { body: { token } })).body).toEqual({ partnerName: 'Test Partner' })
  expect(await row(id)).toMatchObject({ state: 'UNDER_REVIEW', accountMasked: expect.stringContaining('*'), resendAt: null })
  expect((await guest.call(viewSpecialistInvite, { body: { token } })).body).toEqual({ state: 'invalid' })

  expect((await guest.call(putMyQualifications, { body: { items: [job] } })).body.specialist).toMatchObject({ state: 'UNDER_REVIEW', items: [job] })
  expect((await partner.admin.call(getQualifications, { params: { id } })).status).toBe(404)
  await review(app, partner.id, id, 'BOUND')
  expect((await partner.admin.call(getQualifications, { params: { id } })).body).toMatchObject({ items: [job], specialist: { state: 'BOUND' } })
  expect((await guest.call(getMySpecialist, {})).body.specialist).toMatchObject({ state: 'BOUND', partnerName: 'Test Partner', reason: null })
})

test('an enterprise account, the wrong account and one that is somebody’s specialist already are refused with a sentence and stay in the log', async () => {
  const { id, token } = await inviteOne(app, partner)
  const enterprise = await newPerson(app, { isPersonal: false })
  expect((await enterprise.call(acceptSpecialistInvite, { body: { token } })).problem).toMatchObject({ status: 409, detail: 'An enterprise account cannot become a project specialist. Use a personal account.' })
  const invited = await newPerson(app)
  const named = await inviteOne(app, partner, { way: 'ACCOUNT', value: invited.account.name })
  expect(app.email.sent.at(-1)?.to).toBe(`${invited.account.name}@person.example`)
  const stranger = await newPerson(app)
  expect((await stranger.call(acceptSpecialistInvite, { body: { token: named.token } })).problem.detail).toContain('Only the invited account')
  expect((await invited.call(acceptSpecialistInvite, { body: { token: named.token } })).status).toBe(200)
  expect((await invited.call(acceptSpecialistInvite, { body: { token } })).problem.detail).toContain('already')
  expect(await row(id)).toMatchObject({ state: 'INVITED' })
  const { items } = (await partner.admin.call(queryLog, { body: { filter: { operation: 'specialist.bound', result: 'refused' } } })).body
  expect(items.filter(({ objectNumber }) => objectNumber === id)).toHaveLength(2)
})

test('an invitation to an account that nobody has is answered like one to an account that there is', async () => {
  const known = await newPerson(app)
  const answers = await Promise.all([known.account.name, 'nobody.has.this'].map((value) => partner.admin.call(inviteSpecialist, { body: { way: 'ACCOUNT', value, name: '某人', language: 'zh-CN' } })))
  expect(answers.map(({ status, body }) => [status, Object.keys(body).toSorted(), body.state])).toEqual([[200, Object.keys(answers[0]?.body ?? {}).toSorted(), 'INVITED'], [200, Object.keys(answers[0]?.body ?? {}).toSorted(), 'INVITED']])
})

test('a message that the provider refuses shows in the list, but not of an invitation to an account, which would tell that there is one', async () => {
  const person = await newPerson(app)
  const ids = [(await inviteOne(app, partner)).id, (await inviteOne(app, partner, { way: 'ACCOUNT', value: person.account.name })).id]
  await app.inTenant(partner.id, (tx) => tx.run(sql`update messages set state = 'failed', reason = 'refused' where partner_id = ${partner.id} and kind = 'SP-01'`))
  expect(await Promise.all(ids.map(async (id) => (await row(id))?.isUndelivered))).toEqual([true, false])
})

test('a link lapses after seven days; sent again it is another link, and the earlier one opens nothing', async () => {
  const { id, token } = await inviteOne(app, partner, { way: 'EMAIL', value: 'Wang.Lei@Person.Example' })
  expect((await row(id))?.emailMasked).toMatch(/\*.*@person\.example$/)
  expect((await partner.admin.call(resendSpecialist, { params: { id }, body: {} })).problem).toMatchObject({ code: 'too_many_requests', retryAfter: 60 })
  app.travel(7 * 86_400 + 1)
  const admin = await app.signIn(partner.id, partner.admin.memberId)
  const call = async () => (await admin.call(querySpecialists, { body: { filter: { state: 'LAPSED' } } })).body.items.map((one) => one.id)
  expect(await call()).toContain(id)
  expect((await newGuest(app).call(viewSpecialistInvite, { body: { token } })).body.state).toBe('expired')
  const guest = await newPerson(app)
  expect((await guest.call(acceptSpecialistInvite, { body: { token } })).problem.code).toBe('link_closed')
  expect((await admin.call(resendSpecialist, { params: { id }, body: {} })).body.state).toBe('INVITED')
  const fresh = await newestToken(app, partner.id, id)
  expect([fresh === token, (await guest.call(acceptSpecialistInvite, { body: { token } })).status, (await guest.call(acceptSpecialistInvite, { body: { token: fresh } })).status]).toEqual([false, 409, 200])
  app.travel(-7 * 86_400 - 1)
})

test('a cancelled invitation opens nothing and its waiting message never leaves; an unbound specialist is free for another partner and keeps the qualifications', async () => {
  const value = newMobile()
  const { body: { id } } = await partner.admin.call(inviteSpecialist, { body: { way: 'MOBILE', value, name: '周岚', language: 'zh-CN' } })
  expect((await partner.admin.call(inviteSpecialist, { body: { way: 'MOBILE', value: value.slice(3), name: '周岚', language: 'zh-CN' } })).problem.detail).toContain('in the list already')
  expect((await partner.admin.call(cancelSpecialist, { params: { id }, body: {} })).body.state).toBe('CANCELLED')
  expect(await newestToken(app, partner.id, id)).toBe('')
  expect((await partner.admin.call(cancelSpecialist, { params: { id }, body: {} })).problem.code).toBe('conflict')

  const { id: bound, guest } = await specialist(app, partner)
  await guest.call(putMyQualifications, { body: { items: [job] } })
  expect((await partner.admin.call(unbindSpecialist, { params: { id: bound }, body: {} })).body.state).toBe('UNBOUND')
  expect((await partner.admin.call(getQualifications, { params: { id: bound } })).status).toBe(404)
  expect((await guest.call(getMySpecialist, {})).body.specialist).toMatchObject({ state: 'UNBOUND', items: [job] })
  const rival = await app.newPartner()
  const again = await inviteOne(app, rival)
  expect((await guest.call(acceptSpecialistInvite, { body: { token: again.token } })).status).toBe(200)
  expect((await partner.admin.call(getQualifications, { params: { id: bound } })).status).toBe(404)
})

test('a rejected specialist learns why, and whoever is under review can be taken back', async () => {
  const rejected = await specialist(app, partner, 'REJECTED')
  expect(await row(rejected.id)).toMatchObject({ state: 'REJECTED', reason: '资质不符' })
  expect((await rejected.guest.call(getMySpecialist, {})).body.specialist).toMatchObject({ state: 'REJECTED', reason: '资质不符' })
  const waiting = await specialist(app, partner, 'UNDER_REVIEW')
  expect((await partner.admin.call(cancelSpecialist, { params: { id: waiting.id }, body: {} })).body.state).toBe('CANCELLED')
  expect((await waiting.guest.call(getMySpecialist, {})).body.specialist).toMatchObject({ state: 'CANCELLED' })
})

test('people find a specialist by part of the name and by mobile or mail, whole or by the last four', async () => {
  const { id } = await inviteOne(app, partner, { value: '13744556677', name: '欧阳听雨' })
  for (const lookup of [{ name: '听雨' }, { mobile: '13744556677' }, { mobile: '6677' }]) expect((await list({ lookup })).items.map((one) => one.id)).toEqual([id])
  expect((await list({ lookup: { email: '6677' } })).items).toEqual([])
  const revealed = await partner.admin.call(revealFields, { body: { subject: 'specialist', ids: [id], fields: ['name', 'mobile'], page: '/organization/specialists' } })
  expect(revealed.body.items).toEqual([{ id, values: { name: '欧阳听雨', mobile: '+8613744556677' } }])
})

test.each([['MOBILE', '12'], ['EMAIL', 'nobody'], ['ACCOUNT', 'a b']] as const)('by %s something else is refused at its field: %s', async (way, value) => {
  const { problem } = await partner.admin.call(inviteSpecialist, { body: { way, value, name: '某人', language: 'zh-CN' } })
  expect([problem.status, problem.fields?.map(({ path }) => path)]).toEqual([400, ['value']])
})

test('a partner that is frozen invites nobody, and its links open nothing', async () => {
  const frozen = await app.newPartner()
  const { token } = await inviteOne(app, frozen)
  await app.engine.query(`update partners set state = 'FROZEN' where id = '${frozen.id}'`)
  expect((await frozen.admin.call(inviteSpecialist, { body: { way: 'MOBILE', value: newMobile(), name: '某人', language: 'zh-CN' } })).problem.code).toBe('invite_blocked')
  expect((await newGuest(app).call(viewSpecialistInvite, { body: { token } })).body).toEqual({ state: 'invalid' })
})

test('the hundred and first invitation in a day is refused with the time of the next, and takes nothing', async () => {
  const busy = await app.newPartner()
  for (let n = 0; n < 100; n += 1) expect((await busy.admin.call(inviteSpecialist, { body: { way: 'MOBILE', value: newMobile(), name: '某人', language: 'zh-CN' } })).status).toBe(200)
  const { problem } = await busy.admin.call(inviteSpecialist, { body: { way: 'MOBILE', value: newMobile(), name: '某人', language: 'zh-CN' } })
  expect(problem).toMatchObject({ code: 'too_many_requests', detail: expect.stringContaining('At most 100 invitations') })
  expect((await busy.admin.call(querySpecialists, { body: {} })).body.total).toBe(100)
}, 60_000)

test('no table, message row or log line holds a link’s token', async () => {
  const { token } = await inviteOne(app, partner)
  const { rows } = await app.engine.query(`select tablename from pg_tables where schemaname = 'public'`)
  for (const { tablename } of rows) expect([tablename, JSON.stringify((await app.engine.query(`select coalesce(string_agg(t::text, chr(10)), '') as text from ${String(tablename)} t`)).rows).includes(token)]).toEqual([tablename, false])
  expect(app.logged.join('\n')).not.toContain(token)
})

test('the specialist’s own page answers nobody else, and a qualification must be plain and in order', async () => {
  expect((await newGuest(app).call(getMySpecialist, {})).status).toBe(401)
  const nobody = await newPerson(app)
  expect((await nobody.call(putMyQualifications, { body: { items: [job] } })).status).toBe(404)
  const { guest } = await specialist(app, partner)
  for (const wrong of [{ ...job, to: '2020-01' }, { ...job, title: 'see https://evil.cn' }, { ...job, from: '2021-13' }]) expect((await guest.call(putMyQualifications, { body: { items: [wrong] } })).status).toBe(400)
  guest.csrf = undefined
  expect((await guest.call(putMyQualifications, { body: { items: [] } })).problem.code).toBe('csrf')
})
