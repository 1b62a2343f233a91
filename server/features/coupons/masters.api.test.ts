import { afterAll, beforeAll, expect, test } from 'vitest'
import { issueCoupons } from '#contract/coupons.ts'
import { features } from '#server/app.ts'
import { sql } from '#server/db/query.ts'
import { createTestApp, type Client, type TestApp } from '#server/testing/app.ts'
import { confirm, dayAhead, grant, issueOf, quotaOf } from '#server/testing/coupons.ts'

let app: TestApp
beforeAll(async () => { app = await createTestApp(features) })
afterAll(() => app.close())

test('an account manager issues to an enterprise member as long as its master account, who gets the coupon, is its own customer, too', async () => {
  const { id, admin, addMember } = await app.newPartner({ type: 'SUBSIDY', verificationOn: false })
  const manager = await addMember({ role: 'manager', extra: ['coupon.issue'] })
  const quota = await grant(app, id, { kind: 'CASH' })
  const mine = { managerId: manager.memberId }
  const [member, others] = [await app.addCustomer(id, mine), await app.addCustomer(id, { name: '母公司集团有限公司' })]
  const [second, own] = [await app.addCustomer(id, mine), await app.addCustomer(id, mine)]
  await app.inTenant(id, async (tx, now) => {
    await tx.run(sql`insert into coupon_whitelists (partner_id, version, revision, at, member_id) values (${id}, 1, 1, ${now}, ${admin.memberId})`)
    await tx.run(sql`insert into coupon_whitelist (partner_id, id, account_name, name, master_account_name, version, place, added_at)
      select c.partner_id, gen_random_uuid(), c.account_name, c.name, m.account_name, 1, 0, ${now}::timestamptz from customers c join customers m on m.partner_id = c.partner_id
       where c.partner_id = ${id} and (c.id = ${member.id} and m.id = ${others.id} or c.id = ${second.id} and m.id = ${own.id})`)
  })
  const issue = async (client: Client, customerId: string) => await confirm(client, issueCoupons.CASH, issueOf({ quotaId: quota.id, validUntil: await dayAhead(app, id, 30), customerIds: [customerId] }))
  const refused = await issue(manager, member.id)
  expect([refused.status, refused.problem.code, refused.text.includes('母公')]).toEqual([404, 'not_found', false])
  expect(await quotaOf(app, id, quota.id)).toMatchObject({ issued: 0n })
  expect((await issue(manager, second.id)).body.items.map(({ customerId }) => customerId)).toEqual([own.id])
  expect((await issue(admin, member.id)).body.items.map(({ customerId }) => customerId)).toEqual([others.id])
})
