import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createMember, putMemberRights } from '#contract/members.ts'
import { createRole, deleteRole, listRoles } from '#contract/roles.ts'
import { sql } from '#server/db/query.ts'
import { mountMembers } from '#server/features/members/routes.ts'
import { createTestApp, type Client, type TestApp } from '#server/testing/app.ts'
import { mountRoles } from './routes.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp([mountRoles, mountMembers])
})
afterAll(() => app.close())

const create = (client: Client, name: string) => client.call(createRole, { body: { name, description: '', permissions: [] } })

test('of five who make the tenth role at once, one does', async () => {
  const partner = await app.newPartner()
  for (let i = 1; i <= 9; i += 1) await create(partner.admin, `角色${i}`)
  const answers = await Promise.all(Array.from({ length: 5 }, (_, index) => create(partner.admin, `最后${index}`)))
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409, 409, 409])
  expect((await partner.admin.call(listRoles, {})).body.custom.length).toBe(10)
})

test('of five who make a role of the same name at once, one does, and the others are told at the field', async () => {
  const partner = await app.newPartner()
  const answers = await Promise.all(['财务', '财务', '财务', '财务', '财务'].map((name) => create(partner.admin, name)))
  expect(answers.map(({ status, problem }) => (status === 200 ? 'made' : problem.fields?.[0]?.code)).toSorted()).toEqual(['made', 'role_name_taken', 'role_name_taken', 'role_name_taken', 'role_name_taken'])
})

test('a role that is deleted while it is given to members is either theirs or gone, never both', async () => {
  for (let round = 0; round < 8; round += 1) {
    const partner = await app.newPartner()
    const person = await partner.addMember({ role: 'operator' })
    const { body: role } = await create(partner.admin, '财务专员')
    const give = () => partner.admin.call(putMemberRights, { params: { id: person.memberId }, body: { roles: ['operator'], customRoleIds: [role.id], extraPermissions: [], removedPermissions: [], directorId: null } })
    const make = () => partner.admin.call(createMember, { body: { login: `made.${randomUUID().slice(0, 8)}`, name: '林知夏', email: 'lin@new.example', language: 'zh-CN', roles: [], customRoleIds: [role.id] } })
    const remove = () => partner.admin.call(deleteRole, { params: { id: role.id } })
    const [removed] = await Promise.all(round % 2 === 0 ? [remove(), give(), make()] : [remove(), make(), give(), give()])
    const [left] = await app.inTenant(partner.id, (tx) => tx.rows<{ roles: number; holders: number }>(sql`
      select (select count(*)::int from custom_roles where partner_id = ${partner.id}) as roles, (select count(*)::int from members where partner_id = ${partner.id} and ${role.id}::uuid = any(custom_role_ids)) as holders`))
    expect([round, left?.roles === 0, (left?.holders ?? 0) > 0]).toEqual([round, removed?.status === 200, removed?.status !== 200])
  }
})
