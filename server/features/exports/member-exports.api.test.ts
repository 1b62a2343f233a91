import { afterAll, beforeAll, expect, test } from 'vitest'
import { createExport, exportFilePath } from '#contract/exports.ts'
import type { Input } from '#contract/endpoint.ts'
import { createRole } from '#contract/roles.ts'
import { sql } from '#server/db/query.ts'
import { mountRoles } from '#server/features/roles/routes.ts'
import { buildExport } from '#server/operations/exports-build.ts'
import { createTestApp, type Client, type TestApp, type TestPartner } from '#server/testing/app.ts'
import { mountExports } from './routes.ts'

let app: TestApp
beforeAll(async () => { app = await createTestApp([mountExports, mountRoles]) })
afterAll(() => app.close())

type Request = Extract<Input<typeof createExport>['body']['request'], { content: 'members' }>
async function exported(partner: TestPartner, client: Client, request: Omit<Request, 'content'> = {}, language: 'zh-CN' | 'en-US' = 'en-US'): Promise<{ about: string; rows: string[]; filter: string }> {
  const { body } = await client.call(createExport, { body: { request: { content: 'members', ...request }, language } })
  await buildExport(app.database, { partnerId: partner.id, exportId: body.id }, (error) => { throw error }, app.deps.secrets)
  const [about = '', ...rows] = (await (await app.request(exportFilePath(body.id), { headers: { cookie: `session=${client.token}` } })).text()).split('\r\n').slice(0, -1)
  return { about, rows, filter: body.filterText }
}

test('the members of the list stand in the file, masked, with all roles, and without those who were deleted', async () => {
  const partner = await app.newPartner()
  const { body: role } = await partner.admin.call(createRole, { body: { name: '财务专员', description: '', permissions: [] } })
  const director = await partner.addMember({ role: 'director', name: '沈岚' })
  const manager = await partner.addMember({ roles: ['manager'], customRoleIds: [role.id], directorId: director.memberId, name: '张知遥', mobile: '+8613811112222', email: 'zhang@partner.example' })
  const gone = await partner.addMember({ role: 'operator', name: '白予宁' })
  await app.addCustomer(partner.id, { managerId: manager.memberId })
  await app.inTenant(partner.id, (tx) => tx.run(sql`update members set state = 'DELETED', roles = '{}' where id = ${gone.memberId}::uuid`))
  const { about, rows } = await exported(partner, partner.admin, { sort: 'createdAt' })
  expect([about.startsWith('Members,Filter: none'), rows.length]).toEqual([true, 4])
  expect(rows[0]).toBe('Member name,Login name,Mobile,Email,Department,Roles,Account director,Customers,State,Last sign-in,Created at')
  expect(rows[3]).toMatch(/^张\*\*,member\d+,138\*\*\*\*2222,z\*\*\*@partner\.example,,Account manager; 财务专员,沈\*,1,Active,/)
  expect(rows.join()).not.toMatch(/张知遥|13811112222|zhang@|白/)
  const chosen = await exported(partner, partner.admin, { selected: [director.memberId], filter: { role: 'director' } }, 'zh-CN')
  expect([chosen.rows.length, chosen.filter]).toEqual([2, '角色：客户经理主管；所选行：1'])
  const byRole = await exported(partner, partner.admin, { filter: { customRoleId: role.id, state: 'ACTIVE' } })
  expect([byRole.rows.length, byRole.filter]).toEqual([2, 'State: Active; Roles: 财务专员'])
  expect((await exported(partner, partner.admin, { lookup: { name: '知遥' } })).filter).toBe('Member name: ***')
})

test('whoever may see members but export nothing gets no file, and neither does whoever may export but not see them', async () => {
  const partner = await app.newPartner()
  const ask = async (extra: ('org.view' | 'data.export')[]) => (await (await partner.addMember({ role: 'operator', extra })).call(createExport, { body: { request: { content: 'members' }, language: 'en-US' } })).status
  expect([await ask(['org.view']), await ask(['data.export']), await ask(['org.view', 'data.export'])]).toEqual([403, 403, 200])
})

test('somebody whom too many failed sign-ins keep out is locked in the file as in the list', async () => {
  const partner = await app.newPartner()
  const member = await partner.addMember({ role: 'operator' })
  const [row] = await app.inTenant(partner.id, (tx) => tx.rows<{ login: string }>(sql`select login from members where id = ${member.memberId}::uuid`))
  for (let i = 0; i < 10; i += 1) {
    await app.request('/api/session', { method: 'POST', headers: { origin: 'http://console.test', 'content-type': 'application/json' }, body: JSON.stringify({ account: partner.account, member: row?.login, password: 'wrong password' }) })
    app.travel(61)
  }
  const { rows } = await exported(partner, await app.signIn(partner.id, partner.admin.memberId), { filter: { state: 'LOCKED' } })
  expect([rows.length, rows[1]]).toEqual([2, expect.stringContaining('Locked')])
})
