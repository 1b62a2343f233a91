import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { assignCustomers, cancelHandover, getAssignmentChoices, planHandover, queryAssignments, queryManagers } from '#contract/assignments.ts'
import { getCustomerChoices } from '#contract/customers.ts'
import { createMember, deleteMember, getMember, putMemberRights, queryMembers, removeMemberAuthenticators, resetMemberPassword, setMemberState } from '#contract/members.ts'
import type { Permission } from '#contract/people.ts'
import { queryLog } from '#contract/operation-log.ts'
import { turnVerificationOff } from '#contract/profile.ts'
import { revealFields } from '#contract/reveals.ts'
import { listRoles } from '#contract/roles.ts'
import { putPreference } from '#contract/session.ts'
import { list, sql } from '#server/db/query.ts'
import { features } from '#server/app.ts'
import { createTestApp, testPassword, type Client, type TestApp, type TestPartner } from '#server/testing/app.ts'
import { check, send } from '#server/testing/confirm.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp(features)
})
afterAll(() => app.close())

const remove = (client: Client, id: string) => client.call(deleteMember, { params: { id } })
const post = (path: string, body: unknown) => app.request(path, { method: 'POST', headers: { origin: 'http://console.test', 'content-type': 'application/json' }, body: JSON.stringify(body) })
const idsOf = async (client: Client) => (await client.call(queryMembers, { body: { pageSize: 100 } })).body.items.map(({ id }) => id)
const loginOf = async (partner: TestPartner, id: string) => (await partner.admin.call(getMember, { params: { id } })).body.login
const tomorrow = (partner: TestPartner) => app.inTenant(partner.id, async (_tx, now) => new Date(now.getTime() + 32 * 3_600_000).toISOString().slice(0, 10))
async function giveAuthenticators(partner: TestPartner, memberId: string): Promise<void> {
  await app.inTenant(partner.id, async (tx, now) => {
    await tx.run(sql`insert into authenticators (partner_id, id, member_id, kind, name, sealed_secret, last_step, created_at) values (${partner.id}, ${randomUUID()}, ${memberId}, 'totp', 'phone', 'x', 0, ${now})`)
    await tx.run(sql`insert into authenticators (partner_id, id, member_id, kind, name, credential_id, public_key, counter, created_at) values (${partner.id}, ${randomUUID()}, ${memberId}, 'passkey', 'key', ${randomUUID()}, 'x', 0, ${now})`)
    await tx.run(sql`insert into challenges (partner_id, member_id, session_id, purpose, sealed, expires_at) values (${partner.id}, ${memberId}, ${randomUUID()}, 'proof', 'x', ${now})`)
  })
}

test('a deleted colleague can never come back in, is in no list or choice, and stays by a masked name in what was done', async () => {
  const partner = await app.newPartner()
  const [manager, peer] = [await partner.addMember({ role: 'manager', name: '沈星河', mobile: '+8613811112222' }), await partner.addMember({ role: 'manager' })]
  const login = await loginOf(partner, manager.memberId)
  const customer = await app.addCustomer(partner.id)
  await partner.admin.call(assignCustomers, { body: { managerId: manager.memberId, customerIds: [customer.id] } })
  await manager.call(putPreference, { params: { list: 'customers' }, body: { density: 'compact' } })
  await giveAuthenticators(partner, manager.memberId)
  await app.inTenant(partner.id, (tx, now) => tx.run(sql`insert into identities (issuer, subject, partner_id, member_id, linked_at) values ('https://id.example', ${manager.memberId}, ${partner.id}, ${manager.memberId}, ${now})`))
  await partner.admin.call(resetMemberPassword, { params: { id: manager.memberId }, body: {} })
  const again = await app.signIn(partner.id, manager.memberId)
  const busy = await remove(partner.admin, manager.memberId)
  expect([busy.problem.code, busy.problem.facts]).toEqual(['conflict', { count: '1' }])
  await partner.admin.call(planHandover, { body: { fromId: manager.memberId, toId: peer.memberId, day: await app.inTenant(partner.id, async (_tx, now) => new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(0, 10)), customers: { which: 'all', except: [] }, tellCustomers: false } })

  expect((await remove(partner.admin, manager.memberId)).status).toBe(200)

  expect((await app.request('/api/session', { headers: { cookie: `session=${again.token}` } })).status).toBe(401)
  expect((await post('/api/session', { account: partner.account, member: login, password: testPassword })).status).toBe(401)
  const left = await app.inTenant(partner.id, async (tx) => {
    const tables = ['sessions', 'set_ups', 'authenticators', 'challenges', 'identities', 'logins', 'preferences', 'openings', 'views']
    const counts = await Promise.all(tables.map(async (table) => (await tx.rows<{ count: number }>(sql`select count(*)::int as count from ${sql.raw(table)} where member_id = ${manager.memberId}::uuid`))[0]?.count))
    return Object.fromEntries(tables.map((table, at) => [table, counts[at]]))
  })
  expect(left).toEqual({ sessions: 0, set_ups: 0, authenticators: 0, challenges: 0, identities: 0, logins: 0, preferences: 0, openings: 0, views: 0 })
  expect(await app.inTenant(partner.id, (tx) => tx.rows(sql`select name, mobile, email, roles, state from members where id = ${manager.memberId}::uuid`))).toEqual([{ name: '沈星河', mobile: null, email: null, roles: [], state: 'DELETED' }])

  expect(await idsOf(partner.admin)).not.toContain(manager.memberId)
  for (const answer of [await partner.admin.call(getAssignmentChoices, {}), await partner.admin.call(getCustomerChoices, {}), await partner.admin.call(listRoles, {})]) expect(answer.text).not.toContain(manager.memberId)
  expect((await partner.admin.call(queryManagers, { body: {} })).body.items.filter(({ isActive }) => isActive).map(({ manager: { id } }) => id)).toEqual([peer.memberId])
  const gone = [
    await partner.admin.call(getMember, { params: { id: manager.memberId } }), await remove(partner.admin, manager.memberId), await partner.admin.call(setMemberState, { params: { id: manager.memberId }, body: { state: 'ACTIVE' } }),
    await partner.admin.call(resetMemberPassword, { params: { id: manager.memberId }, body: {} }), await partner.admin.call(revealFields, { body: { subject: 'member', ids: [manager.memberId], fields: ['name'], page: '/organization/members' } }),
  ]
  expect(gone.map(({ problem }) => problem.code)).toEqual(gone.map(() => 'not_found'))
  expect((await partner.admin.call(createMember, { body: { login, name: '林知夏', email: 'lin@new.example', language: 'zh-CN', roles: ['operator'], customRoleIds: [] } })).problem.fields).toMatchObject([{ path: 'login', code: 'login_taken' }])

  const history = (await partner.admin.call(queryAssignments, { body: { customerId: customer.id } })).body.items
  expect(history.map(({ manager: { nameMasked } }) => nameMasked).toSorted()).toEqual(['L***', '沈**'])
  const entries = (await partner.admin.call(queryLog, { body: { filter: { operation: 'member.deleted', result: 'success' } } }))
  expect(entries.body.items).toMatchObject([{ objectKind: 'member', objectNumber: login, operatorMasked: 'L***' }])
  expect(entries.text).not.toContain('沈星河')
})

test('whatever waited for a code of a deleted colleague is void', async () => {
  const partner = await app.newPartner()
  const second = await partner.addMember({ role: 'administrator' })
  const { problem } = await second.call(turnVerificationOff, { body: {} })
  const proofId = problem.proof?.proofId ?? ''
  expect((await check(second, proofId, await send(app, second, proofId))).status).toBe(200)
  expect((await remove(partner.admin, second.memberId)).status).toBe(200)
  expect((await second.call(turnVerificationOff, { body: {} }, { proof: proofId })).status).toBe(401)
  expect(await app.inTenant(partner.id, (tx) => tx.rows(sql`select state, code_mac from proofs where id = ${proofId}`))).toEqual([{ state: 'void', code_mac: null }])
})

test('nobody deletes themselves, the last administrator, the master account, or somebody in a handover that is not done', async () => {
  const partner = await app.newPartner()
  const clerk = await partner.addMember({ role: 'operator', extra: ['org.view', 'org.member', 'customer.view'] })
  expect((await remove(partner.admin, partner.admin.memberId)).problem.detail).toContain('to yourself')
  expect((await remove(clerk, partner.admin.memberId)).problem.code).toBe('no_permission')
  const master = await partner.addMember({ role: 'administrator' })
  await app.inTenant(partner.id, (tx) => tx.run(sql`update members set login = '' where id = ${master.memberId}::uuid`))
  expect((await remove(partner.admin, master.memberId)).problem.detail).toContain('master account')
  const [from, to] = [await partner.addMember({ role: 'manager' }), await partner.addMember({ role: 'manager' })]
  const customer = await app.addCustomer(partner.id, { managerId: from.memberId })
  const { body: plan } = await partner.admin.call(planHandover, { body: { fromId: from.memberId, toId: to.memberId, day: await tomorrow(partner), customers: { which: 'these', ids: [customer.id] }, tellCustomers: false } })
  expect((await remove(partner.admin, to.memberId)).problem.detail).toContain('handover that is not done')
  await partner.admin.call(cancelHandover, { params: { id: plan.id }, body: {} })
  expect((await remove(partner.admin, to.memberId)).status).toBe(200)
  expect((await partner.admin.call(planHandover, { body: { fromId: from.memberId, toId: to.memberId, day: await tomorrow(partner), customers: { which: 'these', ids: [customer.id] }, tellCustomers: false } })).problem.code).toMatch(/conflict|not_found/)
  expect((await partner.admin.call(assignCustomers, { body: { managerId: to.memberId, customerIds: [(await app.addCustomer(partner.id)).id] } })).problem.code).toMatch(/conflict|not_found/)
  const plain = await partner.addMember({ role: 'operator' })
  expect((await remove(clerk, plain.memberId)).status).toBe(200)
})

test('managers of a deleted director, or of one who leaves that role for another, have none any more', async () => {
  const partner = await app.newPartner()
  const directors = [await partner.addMember({ role: 'director' }), await partner.addMember({ role: 'director' })]
  const managers = await Promise.all(directors.map(({ memberId }) => partner.addMember({ role: 'manager', directorId: memberId })))
  const directorOf = async (id = '') => (await partner.admin.call(getMember, { params: { id } })).body.director
  expect((await directorOf(managers[0]?.memberId))?.id).toBe(directors[0]?.memberId)
  await remove(partner.admin, directors[0]?.memberId ?? '')
  await partner.admin.call(putMemberRights, { params: { id: directors[1]?.memberId ?? '' }, body: { roles: ['operator'], customRoleIds: [], extraPermissions: [], removedPermissions: [], directorId: null } })
  expect(await Promise.all(managers.map(({ memberId }) => directorOf(memberId)))).toEqual([null, null])
})

test('for a colleague who lost the device, all authenticators go and the sign-ins end; never one\'s own', async () => {
  const partner = await app.newPartner()
  const person = await partner.addMember({ role: 'operator', mobile: '+8613811112222', email: 'zhao@partner.example' })
  await giveAuthenticators(partner, person.memberId)
  const take = (client: Client, id: string) => client.call(removeMemberAuthenticators, { params: { id }, body: {} })
  const shown = async () => {
    const { authenticators, isUnified, signIns } = (await partner.admin.call(getMember, { params: { id: person.memberId } })).body
    return [authenticators, isUnified, signIns]
  }
  expect(await shown()).toEqual([2, false, 1])
  expect((await take(person, person.memberId)).problem.code).toBe('no_permission')
  expect((await take(partner.admin, person.memberId)).body).toEqual({ removed: 2 })
  expect([await shown(), (await app.request('/api/session', { headers: { cookie: `session=${person.token}` } })).status]).toEqual([[0, false, 0], 401])
  expect((await take(partner.admin, person.memberId)).problem.detail).toContain('no authenticator')
  const told = await app.inTenant(partner.id, (tx) => tx.rows(sql`select kind, channel, to_masked as to from messages where partner_id = ${partner.id} order by channel`))
  expect(told).toEqual([{ kind: 'PR-09', channel: 'email', to: 'z***@partner.example' }, { kind: 'PR-09', channel: 'sms', to: '138****2222' }])
  await giveAuthenticators(partner, partner.admin.memberId)
  expect((await take(partner.admin, partner.admin.memberId)).problem.code).toBe('conflict')
  expect(await app.inTenant(partner.id, (tx) => tx.rows(sql`select operation, details->>'removed' as removed from log_entries where partner_id = ${partner.id} and operation = any(${list(['member.authenticators_removed'])}::text[])`))).toEqual([{ operation: 'member.authenticators_removed', removed: '2' }])
})

test('whoever is account manager beside another role is chosen, given customers and counted as one, and keeps them when the other role goes', async () => {
  const partner = await app.newPartner()
  const both = await partner.addMember({ roles: ['operator', 'manager'] })
  const customer = await app.addCustomer(partner.id)
  expect((await partner.admin.call(getAssignmentChoices, {})).body.managers.map(({ id }) => id)).toEqual([both.memberId])
  expect((await partner.admin.call(assignCustomers, { body: { managerId: both.memberId, customerIds: [customer.id] } })).status).toBe(200)
  const rights = (roles: ('operator' | 'manager')[]) => partner.admin.call(putMemberRights, { params: { id: both.memberId }, body: { roles, customRoleIds: [], extraPermissions: [], removedPermissions: [], directorId: null } })
  expect((await rights(['operator'])).problem.facts).toEqual({ count: '1' })
  expect((await rights(['manager'])).body).toMatchObject({ roles: ['manager'], customers: 1 })
})

test('the last administrator who manages members keeps that permission, also beside one who does not manage them', async () => {
  const partner = await app.newPartner()
  const give = (client: Client, id: string, roles: ('administrator' | 'operator')[], removedPermissions: Permission[] = []) =>
    client.call(putMemberRights, { params: { id }, body: { roles, customRoleIds: [], extraPermissions: [], removedPermissions, directorId: null } })
  const second = await partner.addMember({ role: 'administrator' })
  expect((await give(partner.admin, second.memberId, ['administrator'], ['org.member'])).status).toBe(200)
  const left = [await give(partner.admin, partner.admin.memberId, ['administrator'], ['org.member']), await give(partner.admin, partner.admin.memberId, ['operator'])]
  expect(left.map(({ problem }) => [problem.code, problem.detail])).toEqual(left.map(() => ['conflict', expect.stringContaining('last administrator who manages members')]))
  expect((await give(partner.admin, second.memberId, ['administrator'])).status).toBe(200)
  expect((await give(partner.admin, partner.admin.memberId, ['administrator'], ['org.member'])).status).toBe(200)
})
