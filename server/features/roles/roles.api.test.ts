import { afterAll, beforeAll, expect, test } from 'vitest'
import { allocateFunds } from '#contract/funds.ts'
import { queryCustomers } from '#contract/customers.ts'
import { createMember, deleteMember, getMember, putMemberRights, queryMembers } from '#contract/members.ts'
import { Amount } from '#contract/money.ts'
import type { Permission, Role } from '#contract/people.ts'
import { createRole, deleteRole, listRoles, putRole } from '#contract/roles.ts'
import { getSession } from '#contract/session.ts'
import { open } from '#server/auth/seal.ts'
import { sql } from '#server/db/query.ts'
import { mountCustomers } from '#server/features/customers/routes.ts'
import { mountFunds } from '#server/features/funds/routes.ts'
import { mountMembers } from '#server/features/members/routes.ts'
import { createTestApp, type Client, type TestApp, type TestPartner } from '#server/testing/app.ts'
import { ask, check, send } from '#server/testing/confirm.ts'
import { mountRoles } from './routes.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp([mountRoles, mountMembers, mountCustomers, mountFunds])
})
afterAll(() => app.close())

type Body = { name?: string; description?: string; permissions?: Permission[] }
const create = (client: Client, { name = '财务专员', description = '', permissions = ['customer.view', 'funds.allocate'] }: Body = {}) => client.call(createRole, { body: { name, description, permissions } })
const put = (client: Client, id: string, { name = '财务专员', description = '', permissions = [] }: Body = {}) => client.call(putRole, { params: { id }, body: { name, description, permissions } })
const rights = (client: Client, id: string, body: { roles?: Role[]; customRoleIds?: string[]; removedPermissions?: Permission[]; extraPermissions?: Permission[] }) =>
  client.call(putMemberRights, { params: { id }, body: { roles: [], customRoleIds: [], extraPermissions: [], removedPermissions: [], directorId: null, ...body } })
const fieldsOf = ({ problem }: { problem: { fields?: { path: string; code: string }[] | undefined } }) => (problem.fields ?? []).map(({ path, code }) => `${path}:${code}`)
const logOf = (partner: TestPartner) => app.inTenant(partner.id, (tx) => tx.rows<{ operation: string; number: string; result: string; details: Record<string, unknown> }>(
  sql`select operation, object_number as number, result, details from log_entries where partner_id = ${partner.id} and object_kind = 'role' order by seq`))
const may = async (client: Client) => (await client.call(getSession, {})).body.permissions

test('an administrator makes a role, somebody who has it may do what is ticked and what everybody may, and sees the whole partner', async () => {
  const partner = await app.newPartner()
  await app.addCustomer(partner.id)
  const { body: role } = await create(partner.admin, { permissions: ['customer.view', 'funds.allocate', 'customer.view'], description: '月末拨款' })
  expect(role).toMatchObject({ name: '财务专员', description: '月末拨款', permissions: ['home.view', 'funds.view', 'funds.allocate', 'customer.view'], members: 0, changedByMasked: 'L***' })
  const clerk = await partner.addMember({ customRoleIds: [role.id] })
  const session = (await clerk.call(getSession, {})).body
  expect([session.permissions, session.member.roles, session.member.customRoles, session.member.reach]).toEqual([['home.view', 'funds.view', 'funds.allocate', 'customer.view'], [], ['财务专员'], 'partner'])
  expect((await clerk.call(queryCustomers, { body: {} })).body.total).toBe(1)
  const listed = (await partner.admin.call(listRoles, {})).body
  expect([listed.custom.map(({ name, members }) => [name, members]), listed.customMax, listed.builtIn.map(({ role: one, members }) => [one, members])]).toEqual([[['财务专员', 1]], 10, [['administrator', 1], ['director', 0], ['manager', 0], ['operator', 0]]])
  expect((await partner.admin.call(queryMembers, { body: { filter: { customRoleId: role.id } } })).body.items.map(({ id, customRoles }) => [id, customRoles])).toEqual([[clerk.memberId, [{ id: role.id, name: '财务专员' }]]])
  expect(await logOf(partner)).toMatchObject([{ operation: 'role.created', number: '财务专员', details: { after: 'home.view funds.view funds.allocate customer.view' } }])
})

test('only administrators make and change roles, whatever else somebody may do with members; directors look at them', async () => {
  const partner = await app.newPartner()
  const { body: role } = await create(partner.admin, { permissions: ['org.view', 'org.member'] })
  const [clerk, director, operator] = [await partner.addMember({ customRoleIds: [role.id] }), await partner.addMember({ role: 'director' }), await partner.addMember({ role: 'operator' })]
  for (const person of [clerk, director]) {
    expect((await person.call(listRoles, {})).body.custom.length).toBe(1)
    for (const refused of [await create(person), await put(person, role.id), await person.call(deleteRole, { params: { id: role.id } })]) expect(refused.problem.code).toBe('no_permission')
  }
  expect((await operator.call(listRoles, {})).problem.code).toBe('no_permission')
  expect((await rights(clerk, operator.memberId, { customRoleIds: [role.id] })).problem.code).toBe('no_permission')
})

test('what only administrators do is in no role, and a role that was written with it gives nothing more', async () => {
  const partner = await app.newPartner()
  for (const permission of ['org.role', 'verification.switch', 'customer.export', 'prospect.export', 'partner.settings'] as const) {
    expect([permission, fieldsOf(await create(partner.admin, { permissions: ['org.view', permission] }))]).toEqual([permission, ['permissions:permission']])
  }
  const { body: role } = await create(partner.admin, { permissions: [] })
  await app.inTenant(partner.id, (tx) => tx.run(sql`update custom_roles set permissions = array['org.role', 'verification.switch', 'nonsense'] where partner_id = ${partner.id}`))
  expect(await may(await partner.addMember({ customRoleIds: [role.id] }))).toEqual(['home.view', 'funds.view'])
})

test('no two roles of a partner have one name, nor that of a built-in role, however it is written; another partner has its own', async () => {
  const [partner, other] = [await app.newPartner(), await app.newPartner()]
  const { body: role } = await create(partner.admin, { name: 'Finance Desk' })
  for (const name of ['finance desk', 'ＦＩＮＡＮＣＥ Desk', '系统管理员', 'administrator', 'Account  Manager', '操作员']) expect([name, fieldsOf(await create(partner.admin, { name }))]).toEqual([name, ['name:role_name_taken']])
  expect((await create(other.admin, { name: 'Finance Desk' })).status).toBe(200)
  expect((await put(partner.admin, role.id, { name: 'FINANCE DESK' })).body.name).toBe('FINANCE DESK')
  const { body: second } = await create(partner.admin, { name: '客服' })
  expect(fieldsOf(await put(partner.admin, second.id, { name: 'Finance desk' }))).toEqual(['name:role_name_taken'])
  for (const name of ['', 'x'.repeat(33), 'https://evil.cn', 'a\u200bb']) expect((await create(partner.admin, { name })).problem.code).toBe('invalid_input')
  expect((await put(other.admin, role.id)).problem.code).toBe('not_found')
  expect((await other.admin.call(deleteRole, { params: { id: role.id } })).problem.code).toBe('not_found')
  const stranger = await other.addMember({ role: 'operator' })
  expect(fieldsOf(await rights(other.admin, stranger.memberId, { customRoleIds: [role.id] }))).toEqual(['customRoleIds:role_gone'])
})

test('a partner has ten roles of its own, and the eleventh is refused', async () => {
  const partner = await app.newPartner()
  for (let i = 1; i <= 10; i += 1) expect((await create(partner.admin, { name: `角色${i}` })).status).toBe(200)
  const refused = await create(partner.admin, { name: '角色11' })
  expect([refused.problem.code, refused.problem.detail]).toEqual(['conflict', 'There can be 10 custom roles.'])
  expect((await logOf(partner)).at(-1)).toMatchObject({ operation: 'role.created', number: '角色10' })
})

test('a role that somebody has stays, with their masked names; afterwards it goes, and so it does when they were deleted', async () => {
  const partner = await app.newPartner()
  const { body: role } = await create(partner.admin)
  const [one, two] = [await partner.addMember({ customRoleIds: [role.id], name: '李明远' }), await partner.addMember({ roles: ['operator'], customRoleIds: [role.id], name: '王小雨' })]
  const remove = () => partner.admin.call(deleteRole, { params: { id: role.id } })
  const refused = await remove()
  expect([refused.problem.code, refused.problem.facts]).toEqual(['conflict', { count: '2', members: expect.stringMatching(/^(李\*\*、王\*\*|王\*\*、李\*\*)$/) }])
  expect(refused.text).not.toMatch(/李明远|王小雨/)
  await rights(partner.admin, two.memberId, { roles: ['operator'] })
  expect((await remove()).problem.facts).toEqual({ count: '1', members: '李**' })
  expect((await partner.admin.call(deleteMember, { params: { id: one.memberId } })).status).toBe(200)
  expect((await remove()).status).toBe(200)
  expect([(await remove()).problem.code, (await partner.admin.call(listRoles, {})).body.custom]).toEqual(['not_found', []])
  expect((await logOf(partner)).at(-1)).toMatchObject({ operation: 'role.deleted', number: '财务专员' })
})

test('what is taken from a role is gone at the next request of everybody who has it, also for an operation whose code was already right', async () => {
  const partner = await app.newPartner({ topUp: 10_000_00n })
  const customer = await app.addCustomer(partner.id)
  const { body: role } = await create(partner.admin)
  const clerk = await partner.addMember({ roles: ['operator'], customRoleIds: [role.id] })
  const input = { body: { from: 'top-up' as const, items: [{ customerId: customer.id, amount: Amount.parse('200.00') }] } }
  const { proofId } = await ask(clerk, input)
  const code = await send(app, clerk, proofId)
  expect((await check(clerk, proofId, code)).status).toBe(200)

  expect((await put(partner.admin, role.id, { permissions: ['customer.view'] })).body.permissions).toEqual(['home.view', 'funds.view', 'customer.view'])

  const refused = await clerk.call(allocateFunds, input, { proof: proofId })
  expect([refused.status, refused.problem.code]).toEqual([403, 'no_permission'])
  const rows = await app.inTenant(partner.id, (tx) => tx.rows(sql`select count(*)::int as moved from adjustments where partner_id = ${partner.id}`))
  expect(rows).toEqual([{ moved: 0 }])
  expect(await may(clerk)).not.toContain('funds.allocate')
  expect((await logOf(partner)).at(-1)).toMatchObject({ operation: 'role.changed', details: { changed: '-funds.allocate', members: 1 } })
  const entries = (await logOf(partner)).length
  await put(partner.admin, role.id, { permissions: ['customer.view'] })
  expect((await logOf(partner)).length).toBe(entries)
})

test('whoever has a role whose permissions were changed reads so; a new name or description is nothing to tell, and nobody else is told', async () => {
  const [partner, other] = [await app.newPartner(), await app.newPartner()]
  const [{ body: role }, { body: second }, { body: foreign }] = [await create(partner.admin), await create(partner.admin, { name: '客服' }), await create(other.admin)]
  await partner.addMember({ roles: ['operator'], customRoleIds: [role.id], email: 'hua@partner.example' })
  const [unread, off] = [await partner.addMember({ customRoleIds: [role.id], email: 'unread@partner.example' }), await partner.addMember({ customRoleIds: [role.id], email: 'off@partner.example' })]
  await partner.addMember({ customRoleIds: [second.id], email: 'second@partner.example' })
  await other.addMember({ customRoleIds: [foreign.id], email: 'foreign@partner.example' })
  await app.inTenant(partner.id, async (tx) => {
    await tx.run(sql`update members set email_verified = false where id = ${unread.memberId}::uuid`)
    await tx.run(sql`update members set state = 'DISABLED' where id = ${off.memberId}::uuid`)
  })
  const told = () => app.database.inTenant([partner.id, other.id], async (tx) => (await tx.rows<{ sealed: Uint8Array }>(sql`select sealed from messages order by at`)).map(({ sealed }) => open(sealed)))
  await put(partner.admin, role.id, { name: '月末专员', description: '月末', permissions: ['customer.view', 'funds.allocate'] })
  expect(await told()).toEqual([])
  await put(partner.admin, role.id, { name: '月末专员', description: '月末', permissions: ['customer.view'] })
  const mails = await told()
  expect(mails.map((mail) => /"to":"([^"]+)"/.exec(mail)?.[1])).toEqual(['hua@partner.example'])
  expect(mails[0]).toContain('operator, 月末专员')
})

test('an account manager with a role of the partner beside it sees all customers, and the own ones stay; without it only those', async () => {
  const partner = await app.newPartner()
  const { body: role } = await create(partner.admin, { permissions: ['customer.view'] })
  const manager = await partner.addMember({ role: 'manager' })
  const [own] = [await app.addCustomer(partner.id, { managerId: manager.memberId }), await app.addCustomer(partner.id)]
  const seen = async (client: Client) => (await client.call(queryCustomers, { body: {} })).body.items.map(({ id }) => id)
  expect(await seen(manager)).toEqual([own.id])
  expect((await rights(partner.admin, manager.memberId, { roles: ['manager'], customRoleIds: [role.id] })).body).toMatchObject({ roles: ['manager'], customRoles: [{ name: '财务专员' }], customers: 1 })
  const again = await app.signIn(partner.id, manager.memberId)
  expect([(await seen(again)).length, (await again.call(getSession, {})).body.member.reach]).toEqual([2, 'partner'])
  await rights(partner.admin, manager.memberId, { roles: ['manager'] })
  expect(await seen(await app.signIn(partner.id, manager.memberId))).toEqual([own.id])
})

test('roles go together only as they may, and the date of a role that stays does not change', async () => {
  const partner = await app.newPartner()
  const ids = await Promise.all(['一', '二', '三'].map(async (name) => (await create(partner.admin, { name: `角色${name}` })).body.id))
  const member = await partner.addMember({ role: 'operator' })
  const wrong = async (roles: Role[], customRoleIds: string[] = []) => [
    fieldsOf(await rights(partner.admin, member.memberId, { roles, customRoleIds })),
    fieldsOf(await partner.admin.call(createMember, { body: { login: 'another.one', name: '林知夏', email: 'lin@new.example', language: 'zh-CN', roles, customRoleIds } })),
  ]
  for (const [roles, custom, code] of [
    [[], [], 'roles_count'], [['operator', 'manager'], ids.slice(0, 2), 'roles_count'], [['administrator', 'operator'], [], 'administrator_alone'], [['administrator'], ids.slice(0, 1), 'administrator_alone'], [['director', 'manager'], [], 'director_or_manager'],
  ] satisfies [Role[], string[], string][]) expect([roles, await wrong(roles, custom)]).toEqual([roles, [[`roles:${code}`], [`roles:${code}`]]])
  const since = async () => Object.fromEntries((await partner.admin.call(getMember, { params: { id: member.memberId } })).body.rolesSince.map(({ role, customRole, at }) => [role ?? customRole?.name ?? '', at]))
  const before = await since()
  app.travel(3600)
  const admin = await app.signIn(partner.id, partner.admin.memberId)
  expect((await rights(admin, member.memberId, { roles: ['operator', 'operator', 'manager'], customRoleIds: ids.slice(0, 1) })).body.roles).toEqual(['operator', 'manager'])
  const { rolesSince } = (await admin.call(getMember, { params: { id: member.memberId } })).body
  const at = new Map(rolesSince.map((one) => [one.role ?? one.customRole?.name, one.at]))
  expect([at.get('operator'), (at.get('manager') ?? '') > (before['operator'] ?? ''), at.get('角色一') === at.get('manager')]).toEqual([before['operator'], true, true])
  app.travel(-3600)
})

test('an extra of one role is shown no more once another role gives it, and a permission can be taken that a custom role gives', async () => {
  const partner = await app.newPartner()
  const { body: role } = await create(partner.admin, { permissions: ['log.view'] })
  const member = await partner.addMember({ role: 'operator', extra: ['log.view', 'customer.view'] })
  const { body } = await rights(partner.admin, member.memberId, { roles: ['operator'], customRoleIds: [role.id], extraPermissions: ['log.view', 'customer.view'], removedPermissions: ['log.view'] })
  expect([body.extraPermissions, body.removedPermissions]).toEqual([['customer.view'], ['log.view']])
  expect((await may(await app.signIn(partner.id, member.memberId))).toSorted()).toEqual(['customer.view', 'data.reveal', 'funds.view', 'home.view'])
  expect(fieldsOf(await rights(partner.admin, member.memberId, { roles: ['operator'], removedPermissions: ['log.view'] }))).toEqual(['removedPermissions:permission'])
})
