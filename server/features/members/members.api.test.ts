import { afterAll, beforeAll, expect, test } from 'vitest'
import { allocateFunds } from '#contract/funds.ts'
import { Amount } from '#contract/money.ts'
import { createMember, endMemberSignIns, getMember, putMember, putMemberRights, queryMembers, resetMemberPassword, setMemberState, unlockMember } from '#contract/members.ts'
import { queryRevealRecords } from '#contract/operation-log.ts'
import { revealFields } from '#contract/reveals.ts'
import { open } from '#server/auth/seal.ts'
import { sql } from '#server/db/query.ts'
import { mountFunds } from '#server/features/funds/routes.ts'
import { mountOperationLog } from '#server/features/operation-log/routes.ts'
import { mountReveals } from '#server/features/reveals/routes.ts'
import { mountSecurity } from '#server/features/security/routes.ts'
import { createTestApp, testPassword, type Client, type TestApp, type TestPartner } from '#server/testing/app.ts'
import { ask, check, newestCode, send } from '#server/testing/confirm.ts'
import { mountMembers } from './routes.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp([mountMembers, mountSecurity, mountFunds, mountReveals, mountOperationLog])
})
afterAll(() => app.close())

const list = async (client: Client, body = {}) => (await client.call(queryMembers, { body })).body
const member = async (client: Client, id: string) => (await client.call(getMember, { params: { id } })).body
const create = (client: Client, body: Partial<Parameters<typeof client.call<typeof createMember>>[1]['body']> = {}) =>
  client.call(createMember, { body: { login: 'lin.zhixia', name: '林知夏', email: 'lin@new.example', language: 'zh-CN', roles: ['manager'], customRoleIds: [], ...body } })
const rights = (client: Client, id: string, body: Partial<Parameters<typeof client.call<typeof putMemberRights>>[1]['body']> = {}) =>
  client.call(putMemberRights, { params: { id }, body: { roles: ['manager'], customRoleIds: [], extraPermissions: [], removedPermissions: [], directorId: null, ...body } })
const state = (client: Client, id: string, to: 'ACTIVE' | 'DISABLED' = 'DISABLED') => client.call(setMemberState, { params: { id }, body: { state: to } })
const reset = (client: Client, id: string) => client.call(resetMemberPassword, { params: { id }, body: {} })
const messages = (partnerId: string) => app.inTenant(partnerId, async (tx) => (await tx.rows<{ kind: string; channel: string; to: string; sealed: Uint8Array }>(sql`select kind, channel, to_masked as to, sealed from messages where partner_id = ${partnerId} order by at, channel`))
  .map(({ sealed, ...message }) => ({ ...message, text: open(sealed) })))
const logOf = (partnerId: string, operation: string) => app.inTenant(partnerId, (tx) => tx.rows<{ number: string | null; details: Record<string, unknown> }>(sql`select object_number as number, details from log_entries where partner_id = ${partnerId} and operation = ${operation} order by seq`))
const post = (path: string, body: unknown) => app.request(path, { method: 'POST', headers: { origin: 'http://console.test', 'content-type': 'application/json' }, body: JSON.stringify(body) })
const tokenIn = (text: string) => /set-up#([\w-]{43})/.exec(text)?.[1] ?? ''
const isSignedIn = async (client: Client) => (await app.request('/api/session', { headers: { cookie: `session=${client.token}` } })).status === 200
/** The test partner's first person has a login name, so a master account is added. */
async function addMaster(partner: TestPartner): Promise<Client> {
  const master = await partner.addMember({ role: 'administrator' })
  await app.inTenant(partner.id, (tx) => tx.run(sql`update members set login = '' where id = ${master.memberId}::uuid`))
  return master
}

test('a new colleague gets a mail with a link, sets the password, and the address counts as verified', async () => {
  const partner = await app.newPartner()
  const { status, body, text } = await create(partner.admin, { mobile: '138 0013 8000' })
  expect([status, body.url, body.sentTo, body.member.state, body.member.nameMasked, body.member.mobileMasked]).toEqual([200, null, 'l***@new.example', 'INVITED', '林**', '138****8000'])
  for (const clear of ['林知夏', '13800138000', 'lin@new']) expect(text).not.toContain(clear)
  const [mail] = await messages(partner.id)
  expect(mail).toMatchObject({ kind: 'OG-01', channel: 'email', to: 'l***@new.example', text: expect.stringContaining('请设置密码') })
  expect((await logOf(partner.id, 'member.created'))).toMatchObject([{ number: 'lin.zhixia', details: { member: '林**', after: 'manager', destination: 'l***@new.example' } }])
  const password = 'correct horse battery'
  expect(await (await post('/api/set-up', { token: tokenIn(mail?.text ?? ''), password })).json()).toEqual({ account: partner.account, member: 'lin.zhixia' })
  expect((await post('/api/session', { account: partner.account, member: 'lin.zhixia', password })).status).toBe(200)
  const now = await member(partner.admin, body.member.id)
  expect([now.state, now.signIns, now.lastSignInAt === null, now.permissions.includes('customer.tag')]).toEqual(['ACTIVE', 1, false, true])
  const [row] = await app.inTenant(partner.id, (tx) => tx.rows(sql`select mobile_verified, email_verified from members where id = ${body.member.id}::uuid`))
  expect(row).toEqual({ mobile_verified: false, email_verified: true })
})

test('a link lives a day, an administrator’s half an hour, and without a mail address it is told once and kept nowhere', async () => {
  const partner = await app.newPartner()
  const lifeOf = async (body: Parameters<typeof create>[1]) => {
    const answer = (await create(partner.admin, body)).body
    return Math.round((new Date(answer.expiresAt).getTime() - new Date(answer.member.createdAt).getTime()) / 60_000)
  }
  expect(await lifeOf({ login: 'one.day' })).toBe(1440)
  expect(await lifeOf({ login: 'half.hour', roles: ['administrator'] })).toBe(30)
  const told = (await create(partner.admin, { login: 'no.mail', email: undefined, mobile: '13800138001' })).body
  expect([told.sentTo, tokenIn(told.url ?? '').length]).toEqual([null, 43])
  expect((await messages(partner.id)).length).toBe(2)
  const { rows } = await app.engine.query(`select (select count(*) from request_keys where body like '%set-up%')::int as kept`)
  expect(rows).toEqual([{ kept: 0 }])
  expect((await post('/api/set-up', { token: tokenIn(told.url ?? ''), password: 'correct horse battery' })).status).toBe(200)
})

test('a login name is unique, one contact is needed, and a role is given only what it may get', async () => {
  const partner = await app.newPartner()
  const director = await partner.addMember({ role: 'director' })
  expect((await create(partner.admin, { directorId: director.memberId, extraPermissions: ['funds.allocate'] })).body.member).toMatchObject({ extraPermissions: ['funds.allocate'], director: { id: director.memberId } })
  const wrong = async (body: Parameters<typeof create>[1]) => {
    const { status, problem } = await create(partner.admin, { login: 'another.one', ...body })
    return [status, ...(problem.fields ?? []).map(({ path, code }) => `${path}:${code}`)]
  }
  expect(await wrong({ login: 'lin.zhixia' })).toEqual([400, 'login:login_taken'])
  expect(await wrong({ login: 'Abc' })).toEqual([400, 'login:login'])
  expect(await wrong({ email: undefined })).toEqual([400, 'mobile:contact_required'])
  expect(await wrong({ mobile: '12345', email: 'nobody' })).toEqual([400, 'mobile:mobile', 'email:email'])
  expect(await wrong({ mobile: '138****8000' })).toEqual([400, 'mobile:invalid'])
  expect(await wrong({ roles: ['operator'], directorId: director.memberId, extraPermissions: ['verification.switch'] })).toEqual([400, 'extraPermissions:permission', 'directorId:no_director'])
  expect(await wrong({ directorId: partner.admin.memberId })).toEqual([400, 'directorId:director'])
  expect(await wrong({ directorId: (await (await app.newPartner()).addMember({ roles: ['director'] })).memberId })).toEqual([400, 'directorId:director'])
  expect((await list(partner.admin)).total).toBe(3)
})

test('the list is masked, filtered, sorted and looked up, and a look-up stays out of the address', async () => {
  const partner = await app.newPartner()
  const manager = await partner.addMember({ role: 'manager', name: '沈星河', mobile: '+8613811112222', email: 'shen@partner.example' })
  const director = await partner.addMember({ role: 'director' })
  for (let i = 0; i < 2; i += 1) await app.addCustomer(partner.id, { managerId: manager.memberId })
  const found = async (body: object) => (await list(partner.admin, body)).items.map(({ id }) => id)
  for (const lookup of [{ name: '星河' }, { mobile: '138 1111 2222' }, { mobile: '2222' }, { email: 'SHEN@partner.example' }]) expect(await found({ lookup })).toEqual([manager.memberId])
  expect(await found({ lookup: { name: '不存在' } })).toEqual([])
  const kept = await list(partner.admin, { lookup: { name: '星河' } })
  expect([kept.lookupKinds, await found({ view: kept.view })]).toEqual([['name'], [manager.memberId]])
  expect((await partner.admin.call(queryMembers, { body: { lookup: { mobile: '11112' } } })).status).toBe(400)
  expect(await found({ filter: { role: 'manager' } })).toEqual([manager.memberId])
  const { login } = await member(partner.admin, manager.memberId)
  expect(await found({ filter: { login: login.toUpperCase() } })).toEqual([manager.memberId])
  expect((await found({ sort: '-customers' }))[0]).toBe(manager.memberId)
  expect((await found({ sort: 'createdAt' }))[0]).toBe(partner.admin.memberId)
  expect((await found({ sort: 'customers' })).at(-1)).toBe(manager.memberId)
  const all = await list(director)
  expect(all.items.map(({ nameMasked, customers }) => [nameMasked, customers]).toSorted()).toEqual([['L***', 0], ['L***', 0], ['沈**', 2]])
  expect((await manager.call(queryMembers, { body: {} })).problem.code).toBe('no_permission')
  expect((await director.call(setMemberState, { params: { id: manager.memberId }, body: { state: 'DISABLED' } })).problem.code).toBe('no_permission')
})

test('states follow what happened: invited, locked by codes or by sign-ins, disabled; unlocking ends either lock', async () => {
  const partner = await app.newPartner()
  const manager = await partner.addMember({ role: 'manager' })
  const stateNow = async () => (await member(partner.admin, manager.memberId)).state
  const unlock = (client = partner.admin, id = manager.memberId) => client.call(unlockMember, { params: { id }, body: {} })
  expect([await stateNow(), (await unlock()).problem.code]).toEqual(['ACTIVE', 'conflict'])
  await app.inTenant(partner.id, (tx, now) => tx.run(sql`insert into verification_guards (partner_id, member_id, guesses, hour_from, day_from, locked_until) values (${partner.id}, ${manager.memberId}, '{}', ${now}, ${now}, ${new Date(now.getTime() + 60_000)})`))
  expect([await stateNow(), (await list(partner.admin, { filter: { state: 'LOCKED' } })).items.map(({ id, lockedUntil }) => [id, lockedUntil !== null])]).toEqual(['LOCKED', [[manager.memberId, true]]])
  expect((await unlock()).body.state).toBe('ACTIVE')
  expect([await logOf(partner.id, 'verification.unlocked'), (await messages(partner.id)).map(({ kind }) => kind)]).toMatchObject([[{ details: { member: 'L***' } }], ['PR-05', 'PR-05']])
  const { login } = await member(partner.admin, manager.memberId)
  for (let i = 0; i < 10; i += 1) {
    await post('/api/session', { account: partner.account, member: login, password: 'wrong password' })
    app.travel(61)
  }
  expect(await stateNow()).toBe('LOCKED')
  expect((await list(await app.signIn(partner.id, partner.admin.memberId), { filter: { state: 'LOCKED' } })).total).toBe(1)
  expect((await unlock()).body).toMatchObject({ state: 'ACTIVE', lockedUntil: null })
  expect((await post('/api/session', { account: partner.account, member: login, password: testPassword })).status).toBe(200)
  expect((await unlock(partner.admin, partner.admin.memberId)).problem.detail).toContain('to yourself')
  expect((await state(partner.admin, manager.memberId)).body.state).toBe('DISABLED')
  expect((await post('/api/session', { account: partner.account, member: login, password: testPassword })).status).toBe(401)
  expect((await state(partner.admin, manager.memberId, 'ACTIVE')).body.state).toBe('ACTIVE')
  expect((await messages(partner.id)).filter(({ kind }) => kind === 'OG-03').map(({ text }) => /Account (\w+)/.exec(text)?.[1])).toEqual(['disabled', 'enabled'])
})

test('a reset ends the password and every sign-in at once; the link goes by mail, the SMS has none', async () => {
  const partner = await app.newPartner()
  const manager = await partner.addMember({ role: 'manager' })
  const { login } = await member(partner.admin, manager.memberId)
  const { body } = await reset(partner.admin, manager.memberId)
  expect([body.url, body.member.state, body.member.signIns, await isSignedIn(manager)]).toEqual([null, 'ACTIVE', 0, false])
  expect((await post('/api/session', { account: partner.account, member: login, password: testPassword })).status).toBe(401)
  const [mail, sms] = await messages(partner.id)
  expect([mail?.kind, mail?.channel, sms?.kind, sms?.channel, sms?.text.includes('set-up')]).toEqual(['OG-02', 'email', 'OG-02', 'sms', false])
  app.travel(30 * 60 + 1)
  expect((await post('/api/set-up', { token: tokenIn(mail?.text ?? ''), password: 'correct horse battery' })).status).toBe(404)
  const admin = await app.signIn(partner.id, partner.admin.memberId)
  await reset(admin, manager.memberId)
  const again = (await messages(partner.id)).filter(({ channel }) => channel === 'email').at(-1)
  expect((await post('/api/set-up', { token: tokenIn(again?.text ?? ''), password: 'correct horse battery' })).status).toBe(200)
  expect((await reset(admin, admin.memberId)).problem.detail).toContain('Account Information')
  expect((await reset(admin, (await addMaster(partner)).memberId)).problem.detail).toContain('master account')
  const invited = (await create(admin, { login: 'forgot.it' })).body.member
  app.travel(24 * 3600 + 1)
  const later = await app.signIn(partner.id, partner.admin.memberId)
  expect(await member(later, invited.id)).toMatchObject({ state: 'INVITED' })
  expect((await reset(later, invited.id)).body).toMatchObject({ member: { state: 'INVITED' }, sentTo: 'l***@new.example' })
})

test('a permission taken away counts at the next request, also for an operation whose code was already right', async () => {
  const partner = await app.newPartner({ topUp: 10_000_00n })
  const manager = await partner.addMember({ role: 'manager', extra: ['funds.allocate'] })
  const customer = await app.addCustomer(partner.id, { managerId: manager.memberId })
  const input = { body: { from: 'top-up' as const, items: [{ customerId: customer.id, amount: Amount.parse('200.00') }] } }
  const { proofId } = await ask(manager, input)
  expect((await check(manager, proofId, await send(app, manager, proofId))).status).toBe(200)
  expect((await rights(partner.admin, manager.memberId)).body.extraPermissions).toEqual([])
  const { status, problem } = await manager.call(allocateFunds, input, { proof: proofId })
  expect([status, problem.code, await isSignedIn(manager)]).toEqual([403, 'no_permission', true])
  const [held] = await app.inTenant(partner.id, (tx) => tx.rows<{ count: number }>(sql`select count(*)::int as count from adjustments where partner_id = ${partner.id}`))
  expect(held?.count).toBe(0)
  expect(await logOf(partner.id, 'member.changed')).toMatchObject([{ details: { before: 'manager +funds.allocate', after: 'manager' } }])
  expect((await messages(partner.id)).map(({ kind }) => kind)).toEqual(['OG-03'])
  await rights(partner.admin, manager.memberId)
  expect(await logOf(partner.id, 'member.changed')).toHaveLength(1)
})

test('a new role signs out, a director who leaves the role leaves the managers, and a manager with customers stays one', async () => {
  const partner = await app.newPartner()
  const director = await partner.addMember({ role: 'director' })
  const manager = await partner.addMember({ role: 'manager', directorId: director.memberId })
  await app.addCustomer(partner.id, { managerId: manager.memberId })
  for (const refused of [await rights(partner.admin, manager.memberId, { roles: ['operator'] }), await state(partner.admin, manager.memberId)]) {
    expect([refused.status, refused.problem.facts, refused.problem.detail]).toEqual([409, { count: '1' }, 'Customers this member has: 1. Hand them over first.'])
  }
  expect((await rights(partner.admin, manager.memberId, { directorId: manager.memberId })).status).toBe(400)
  expect((await rights(partner.admin, director.memberId, { roles: ['operator'], extraPermissions: ['org.view'] })).body).toMatchObject({ roles: ['operator'], extraPermissions: ['org.view'] })
  expect([await isSignedIn(director), (await member(partner.admin, manager.memberId)).director]).toEqual([false, null])
})

test('the last administrator stays, nobody disables themselves, and the master account is the vendor’s', async () => {
  const partner = await app.newPartner()
  const { admin } = partner
  expect((await state(admin, admin.memberId)).problem.detail).toContain('to yourself')
  expect((await member(admin, admin.memberId)).isLastAdministrator).toBe(true)
  expect((await rights(admin, admin.memberId, { roles: ['operator'] })).problem.detail).toContain('last administrator')
  // An administrator without a password could not take over.
  const invited = (await create(admin, { roles: ['administrator'] })).body.member
  expect((await rights(admin, admin.memberId, { roles: ['operator'] })).problem.detail).toContain('last administrator')
  expect((await state(admin, invited.id)).status).toBe(200)
  const master = await addMaster(partner)
  for (const refused of [await rights(admin, master.memberId, { roles: ['administrator'] }), await state(admin, master.memberId), await admin.call(putMember, { params: { id: master.memberId }, body: { email: 'mine@now.example' } })]) expect(refused.problem.detail).toContain('master account')
  expect((await rights(admin, admin.memberId, { roles: ['operator'] })).status).toBe(200)
})

test('a changed contact is no longer verified, ends the sign-ins and the link that went to the old one; own contacts are changed elsewhere', async () => {
  const partner = await app.newPartner()
  const manager = await partner.addMember({ role: 'manager', mobile: '+8613800138000' })
  const put = (id: string, body: object) => partner.admin.call(putMember, { params: { id }, body })
  expect((await put(manager.memberId, { name: '新名字' })).body.nameMasked).toBe('新**')
  expect(await isSignedIn(manager)).toBe(true)
  expect((await put(manager.memberId, { mobile: '138 0013 8000' })).body.mobileMasked).toBe('138****8000')
  expect(await isSignedIn(manager)).toBe(true)
  await put(manager.memberId, { mobile: '13800138009' })
  expect(await isSignedIn(manager)).toBe(false)
  const [row] = await app.inTenant(partner.id, (tx) => tx.rows(sql`select mobile, mobile_verified, email_verified from members where id = ${manager.memberId}::uuid`))
  expect(row).toEqual({ mobile: '+8613800138009', mobile_verified: false, email_verified: true })
  expect((await logOf(partner.id, 'member.changed')).map(({ details }) => [details['changed'], details['before'], details['after']])).toEqual([['name', undefined, undefined], ['mobile', '138****8000', '138****8009']])
  expect(await messages(partner.id)).toMatchObject([{ kind: 'PR-02', channel: 'sms', to: '138****8000' }])
  expect((await put(manager.memberId, { email: 'm***@partner.example' })).problem.code).toBe('masked_value')
  expect((await put(partner.admin.memberId, { email: 'new@own.example' })).problem.detail).toContain('Account Information')
  const invited = (await create(partner.admin)).body.member
  const mail = (await messages(partner.id)).at(-1)
  await put(invited.id, { email: 'right@new.example' })
  expect((await post('/api/set-up', { token: tokenIn(mail?.text ?? ''), password: 'correct horse battery' })).status).toBe(404)
})

test('a code for a forgotten password opens nothing after an administrator has changed the contact or reset the account', async () => {
  const put = (body: object) => (admin: Client, id: string) => admin.call(putMember, { params: { id }, body })
  for (const [change, isOpen] of [[put({ mobile: '13800138077' }), false], [reset, false], [put({ name: '新名字' }), true]] as const) {
    const partner = await app.newPartner()
    const manager = await partner.addMember({ role: 'manager' })
    const { login } = await member(partner.admin, manager.memberId)
    const who = { account: partner.account, member: login }
    expect((await post('/api/password-reset/send', { ...who, channel: 'sms' })).status).toBe(200)
    const code = newestCode(app)
    expect(code).toMatch(/^\d{6}$/)
    expect((await change(partner.admin, manager.memberId)).status).toBe(200)
    expect((await post('/api/password-reset', { ...who, code, password: 'correct horse battery' })).status === 200).toBe(isOpen)
  }
})

test('an operator who may manage members changes nobody who may do more, and gives no rights', async () => {
  const partner = await app.newPartner()
  const manager = await partner.addMember({ role: 'manager' })
  const plain = await partner.addMember({ role: 'operator' })
  const clerk = await partner.addMember({ role: 'operator', extra: ['org.view', 'org.member'] })
  for (const id of [partner.admin.memberId, manager.memberId]) {
    for (const refused of [await reset(clerk, id), await state(clerk, id), await clerk.call(putMember, { params: { id }, body: { email: 'taken@over.example' } }), await clerk.call(endMemberSignIns, { params: { id }, body: {} })]) {
      expect([refused.status, refused.problem.detail]).toEqual([403, 'This member may do more than you. Ask an administrator.'])
    }
  }
  for (const refused of [await create(clerk, { roles: ['administrator'] }), await create(clerk), await create(clerk, { roles: ['operator'], extraPermissions: ['org.view'] }), await rights(clerk, plain.memberId, { roles: ['operator'] }), await rights(clerk, clerk.memberId, { roles: ['operator'], extraPermissions: ['funds.allocate'] })]) expect(refused.problem.code).toBe('no_permission')
  expect((await create(clerk, { roles: ['operator'] })).status).toBe(200)
  expect((await clerk.call(endMemberSignIns, { params: { id: plain.memberId }, body: {} })).body).toEqual({ ended: 1 })
  expect(await isSignedIn(plain)).toBe(false)
  expect((await clerk.call(endMemberSignIns, { params: { id: clerk.memberId }, body: {} })).status).toBe(409)
})

test('a revealed member is written down under the login name', async () => {
  const partner = await app.newPartner()
  const manager = await partner.addMember({ role: 'manager', name: '沈星河', mobile: '+8613811112222', email: 'shen@partner.example' })
  const reveal = (client: Client, id: string, fields: ('name' | 'mobile' | 'email' | 'accountName')[] = ['name', 'mobile', 'email']) => client.call(revealFields, { body: { subject: 'member', ids: [id], fields, page: '/organization/members' } })
  expect((await reveal(partner.admin, manager.memberId)).body.items).toEqual([{ id: manager.memberId, values: { name: '沈星河', mobile: '+8613811112222', email: 'shen@partner.example' } }])
  expect((await reveal(partner.admin, manager.memberId, ['accountName'])).status).toBe(400)
  expect((await reveal(manager, manager.memberId)).problem.code).toBe('no_permission')
  expect((await reveal((await app.newPartner()).admin, manager.memberId)).status).toBe(404)
  const { items } = (await partner.admin.call(queryRevealRecords, { body: {} })).body
  expect(items.map(({ subject, field }) => [subject.kind, subject.id, subject.nameMasked, field])).toEqual(['email', 'mobile', 'name'].map((field) => ['member', manager.memberId, '沈**', field]))
})

test('a department is kept, shown to whoever opens the member, and changed without a sign-in ending', async () => {
  const partner = await app.newPartner()
  const { body: { member: { id } } } = await create(partner.admin, { department: '华东大区' })
  expect((await member(partner.admin, id)).department).toBe('华东大区')
  const person = await partner.addMember({ role: 'operator' })
  await partner.admin.call(putMember, { params: { id: person.memberId }, body: { department: '交付部' } })
  expect([(await member(partner.admin, person.memberId)).department, await isSignedIn(person)]).toEqual(['交付部', true])
  expect((await logOf(partner.id, 'member.changed')).map(({ details }) => details['changed'])).toEqual(['department'])
})
