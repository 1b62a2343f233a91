import { afterAll, beforeAll, expect, test } from 'vitest'
import { assignCustomers, planHandover } from '#contract/assignments.ts'
import { createMember, deleteMember, putMemberRights, setMemberState } from '#contract/members.ts'
import { createRole } from '#contract/roles.ts'
import { sql } from '#server/db/query.ts'
import { mountAssignments } from '#server/features/assignments/routes.ts'
import { mountRoles } from '#server/features/roles/routes.ts'
import { createTestApp, type Client, type TestApp } from '#server/testing/app.ts'
import { mountMembers } from './routes.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp([mountMembers, mountRoles, mountAssignments])
})
afterAll(() => app.close())

const administrators = (partnerId: string) => app.inTenant(partnerId, async (tx) => (await tx.rows<{ count: number }>(sql`select count(*)::int as count from members where partner_id = ${partnerId} and 'administrator' = any(roles) and state = 'ACTIVE'`))[0]?.count)
const disable = (by: Client, id: string) => by.call(setMemberState, { params: { id }, body: { state: 'DISABLED' } })
const demote = (by: Client, id: string) => by.call(putMemberRights, { params: { id }, body: { roles: ['operator'], customRoleIds: [], extraPermissions: [], removedPermissions: [], directorId: null } })

const remove = (by: Client, id: string) => by.call(deleteMember, { params: { id } })

test('of two administrators who each disable, demote or delete the other at once, one is left', async () => {
  for (const [one, two] of [[disable, disable], [demote, demote], [disable, demote], [remove, remove], [remove, demote], [remove, disable]] as const) {
    for (let round = 0; round < 2; round += 1) {
      const partner = await app.newPartner()
      const other = await partner.addMember({ role: 'administrator' })
      const answers = await Promise.all([one(partner.admin, other.memberId), two(other, partner.admin.memberId)])
      expect([answers.filter(({ status }) => status === 200).length, await administrators(partner.id)]).toEqual([1, 1])
    }
  }
})

test('of five administrators who all give up their role at once, one keeps it', async () => {
  const partner = await app.newPartner()
  const people = [partner.admin, ...await Promise.all(Array.from({ length: 4 }, () => partner.addMember({ role: 'administrator' })))]
  const answers = await Promise.all(people.map((person) => demote(person, person.memberId)))
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 200, 200, 200, 409])
  expect(await administrators(partner.id)).toBe(1)
})

test('one login name asked for ten times at once makes one member with one link', async () => {
  const partner = await app.newPartner()
  const answers = await Promise.all(Array.from({ length: 10 }, () => partner.admin.call(createMember, { body: { login: 'the.same', name: '林知夏', email: 'lin@new.example', language: 'zh-CN', roles: ['operator'], customRoleIds: [] } })))
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array(9).fill(400)])
  const [made] = await app.inTenant(partner.id, (tx) => tx.rows(sql`select (select count(*)::int from members where login = 'the.same' and partner_id = ${partner.id}) as members, (select count(*)::int from set_ups where partner_id = ${partner.id}) as links, (select count(*)::int from messages where partner_id = ${partner.id}) as mails`))
  expect(made).toEqual({ members: 1, links: 1, mails: 1 })
})

test('a manager who is deleted while a customer is given or planned to move to them either stays and has it, or goes without', async () => {
  for (let round = 0; round < 6; round += 1) {
    const partner = await app.newPartner()
    const [manager, other] = [await partner.addMember({ role: 'manager' }), await partner.addMember({ role: 'manager' })]
    const customer = await app.addCustomer(partner.id, { managerId: round % 2 === 0 ? null : other.memberId })
    const day = await app.inTenant(partner.id, async (_tx, now) => new Date(now.getTime() + 32 * 3_600_000).toISOString().slice(0, 10))
    const give = () => (round % 2 === 0 ? partner.admin.call(assignCustomers, { body: { managerId: manager.memberId, customerIds: [customer.id] } })
      : partner.admin.call(planHandover, { body: { fromId: other.memberId, toId: manager.memberId, day, customers: { which: 'these', ids: [customer.id] }, tellCustomers: false } }))
    const [gone, given] = await Promise.all([remove(partner.admin, manager.memberId), give()])
    expect([round, gone.status === 200, given.status === 200]).toEqual([round, given.status !== 200, given.status === 200])
  }
})

test('a manager who is disabled while a customer is given to them either stays and has it, or goes without', async () => {
  for (let round = 0; round < 5; round += 1) {
    const partner = await app.newPartner()
    const manager = await partner.addMember({ role: 'manager' })
    const customer = await app.addCustomer(partner.id)
    const [disabled, assigned] = await Promise.all([disable(partner.admin, manager.memberId), partner.admin.call(assignCustomers, { body: { managerId: manager.memberId, customerIds: [customer.id] } })])
    const [row] = await app.inTenant(partner.id, (tx) => tx.rows(sql`select m.state, (select count(*)::int from customers c where c.partner_id = m.partner_id and c.manager_id = m.id) as customers from members m where id = ${manager.memberId}::uuid`))
    expect([disabled.status === 200, assigned.status === 200, row]).toEqual(disabled.status === 200 ? [true, false, { state: 'DISABLED', customers: 0 }] : [false, true, { state: 'ACTIVE', customers: 1 }])
  }
})

test('an administrator who is shut out, demoted or loses a permission while requests wait does none of them', async () => {
  const wait = async (count: number) => await expect.poll(async () => (await app.database.inGlobal((tx) => tx.rows<{ count: number }>(sql`select count(distinct pid)::int as count from pg_locks where not granted`)))[0]?.count, { timeout: 2000 }).toBeGreaterThanOrEqual(count)
  const losses = [
    sql`state = 'DISABLED'`, sql`roles = '{operator}'`, sql`removed_permissions = '{org.member,org.role}'`,
  ]
  for (const loss of losses) {
    const partner = await app.newPartner()
    const [rogue, colleague] = [await partner.addMember({ role: 'administrator' }), await partner.addMember({ role: 'operator' })]
    const answers = await app.inTenant(partner.id, async (tx) => {
      await tx.rows(sql`select 1 from partners where id = ${partner.id} for no key update`)
      const all = [
        rogue.call(createMember, { body: { login: 'back.door', name: '林知夏', email: 'door@new.example', language: 'zh-CN', roles: ['administrator'], customRoleIds: [] } }),
        rogue.call(setMemberState, { params: { id: colleague.memberId }, body: { state: 'DISABLED' } }),
        rogue.call(createRole, { body: { name: '后门', description: '', permissions: ['org.member'] } }),
      ]
      await wait(all.length)
      await tx.run(sql`update members set ${loss} where partner_id = ${partner.id} and id = ${rogue.memberId}`)
      return all
    })
    expect((await Promise.all(answers)).map(({ problem }) => problem.code)).toEqual(Array.from({ length: 3 }, () => (loss === losses[0] ? 'not_signed_in' : 'no_permission')))
  }
})
