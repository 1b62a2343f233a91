import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { allocateFunds } from '#contract/funds.ts'
import { Amount } from '#contract/money.ts'
import { getBudgetQuota, getProfile, putLanguage, turnVerificationOff, turnVerificationOn } from '#contract/profile.ts'
import { checkCode, sendCode } from '#contract/proofs.ts'
import { sql } from '#server/db/query.ts'
import { mountFunds } from '#server/features/funds/routes.ts'
import { createTestApp, type Client, type TestApp } from '#server/testing/app.ts'
import { mountProfile } from './routes.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp([mountProfile, mountFunds])
})
afterAll(() => app.close())

const profile = async (client: Client) => (await client.call(getProfile, {})).body
const logged = (partnerId: string, prefix: string) => app.inTenant(partnerId, async (tx) => (await tx.rows<{ operation: string; result: string; by: string }>(
  sql`select operation, result, confirmed_by as by from log_entries where operation like ${`${prefix}%`} order by seq`)).map(({ operation, result, by }) => [operation, result, by]))
const notices = (partnerId: string) => app.inTenant(partnerId, (tx) => tx.rows<{ kind: string; to: string }>(sql`select kind, to_masked as to from messages order by at`))

/** Asks, gets the code by SMS, hands it in and asks again. */
async function turnOff(client: Client) {
  const key = randomUUID()
  const { problem } = await client.call(turnVerificationOff, { body: {} }, { key })
  const proof = problem.proof?.proofId ?? ''
  await client.call(sendCode, { params: { id: proof }, body: { channel: 'sms' } })
  await client.call(checkCode, { params: { id: proof }, body: { code: /\d{6}/.exec(app.sms.sent.at(-1)?.text ?? '')?.[0] ?? '' } })
  return { asked: problem, done: await client.call(turnVerificationOff, { body: {} }, { key, proof }) }
}

test('a person sees the own data masked, and whether it is verified', async () => {
  const partner = await app.newPartner()
  const member = await partner.addMember({ role: 'manager', name: '王小芳', mobile: '+8613800138000', email: 'wang@partner.example' })
  const { body, text } = await member.call(getProfile, {})
  expect(body).toMatchObject({
    account: partner.account, nameMasked: '王**', mobile: { masked: '138****8000', isVerified: true }, email: { masked: 'w***@partner.example', isVerified: true },
    language: 'en-US', verificationOn: true, mayChangeVerification: false, lockedUntil: null,
  })
  for (const clear of ['王小芳', '13800138000', 'wang@']) expect(text).not.toContain(clear)
  expect((await profile(partner.admin)).mayChangeVerification).toBe(true)
  const plain = await partner.addMember({ role: 'manager', mobile: null, email: null })
  expect(await profile(plain)).toMatchObject({ mobile: null, email: null })
})

test('a reseller reads what its budgets may come to and what they do; other partners have no quotas', async () => {
  const reseller = await app.newPartner({ type: 'RESELLER' })
  const quota = () => reseller.admin.call(getBudgetQuota, {})
  expect((await quota()).body).toEqual({ monthly: null, oneTime: null })
  const [one, two, three] = [await app.addCustomer(reseller.id), await app.addCustomer(reseller.id), await app.addCustomer(reseller.id)]
  await app.inTenant(reseller.id, async (tx) => {
    await tx.run(sql`update partners set monthly_quota = 100000 where id = ${reseller.id}`)
    for (const [{ id }, type, amount] of [[one, 'MONTHLY', 30_000n], [two, 'MONTHLY', 50_00n], [three, 'ONE_TIME', 7_00n]] as const) {
      await tx.run(sql`update customers set budget_type = ${type}, budget_amount = ${amount}::bigint, budget_when_used_up = 'NOTHING' where partner_id = ${reseller.id} and id = ${id}::uuid`)
    }
  })
  expect((await quota()).body).toEqual({ monthly: { granted: '1000.00', used: '350.00', left: '650.00' }, oneTime: null })
  const provider = await app.newPartner()
  await app.inTenant(provider.id, (tx) => tx.run(sql`update partners set monthly_quota = 100000 where id = ${provider.id}`))
  expect((await provider.admin.call(getBudgetQuota, {})).body).toEqual({ monthly: null, oneTime: null })
})

test('a lock is shown until it ends', async () => {
  const partner = await app.newPartner()
  await app.inTenant(partner.id, (tx, now) => tx.run(sql`insert into verification_guards (partner_id, member_id, guesses, hour_from, day_from, locked_until)
    values (${partner.id}, ${partner.admin.memberId}, '{}', ${now}, ${now}, ${new Date(now.getTime() + 60_000)})`))
  expect((await profile(partner.admin)).lockedUntil).not.toBeNull()
  app.travel(61)
  expect((await profile(partner.admin)).lockedUntil).toBeNull()
})

test('everybody chooses the language of the own messages', async () => {
  const partner = await app.newPartner()
  const member = await partner.addMember({ role: 'manager' })
  expect((await member.call(putLanguage, { body: { language: 'zh-CN' } })).body.language).toBe('zh-CN')
  expect([(await profile(member)).language, (await profile(partner.admin)).language]).toEqual(['zh-CN', 'en-US'])
  expect((await member.call(putLanguage, { body: { language: 'zh-CN' } }, { raw: { language: 'fr-FR' } })).status).toBe(400)
})

test('turning verification off takes a code, whatever the switch says, and every administrator is told', async () => {
  const partner = await app.newPartner()
  await partner.addMember({ role: 'administrator', email: 'second@partner.example' })
  const { asked, done } = await turnOff(partner.admin)
  expect(asked.proof).toMatchObject({ needs: 'code', summary: { operation: 'verification.off', total: null, count: 0, items: [] } })
  expect([done.status, done.body]).toEqual([200, { verificationOn: false }])
  expect((await profile(partner.admin)).verificationOn).toBe(false)
  expect(await logged(partner.id, 'verification.')).toEqual([['verification.off', 'success', 'sms']])
  expect((await notices(partner.id)).map(({ kind }) => kind)).toEqual(['PR-04', 'PR-04'])
  expect((await notices(partner.id)).map(({ to }) => to)).toContain('s***@partner.example')
  expect((await partner.admin.call(turnVerificationOff, { body: {} })).problem.code).toBe('conflict')
})

test('turning it on takes effect at once and voids every question that waits for a click', async () => {
  const partner = await app.newPartner({ verificationOn: false, topUp: 10_000n })
  const customer = await app.addCustomer(partner.id)
  const order = { body: { from: 'top-up' as const, items: [{ customerId: customer.id, amount: Amount.parse('1.00') }] } }
  const key = randomUUID()
  const { problem } = await partner.admin.call(allocateFunds, order, { key })
  expect(problem.proof?.needs).toBe('click')
  expect((await partner.admin.call(turnVerificationOn, { body: {} })).body).toEqual({ verificationOn: true })
  const late = await partner.admin.call(allocateFunds, order, { key, proof: problem.proof?.proofId ?? '' })
  expect([late.status, late.problem.code, late.problem.proof?.needs]).toEqual([403, 'proof_required', 'code'])
  expect(await logged(partner.id, 'verification.')).toEqual([['verification.on', 'success', 'none']])
  expect((await notices(partner.id)).map(({ kind }) => kind)).toEqual(['PR-04'])
  // A second press changes and tells nothing.
  expect((await partner.admin.call(turnVerificationOn, { body: {} })).status).toBe(200)
  expect(await logged(partner.id, 'verification.')).toHaveLength(1)
})

test('only administrators turn the switch', async () => {
  const partner = await app.newPartner()
  for (const role of ['director', 'manager', 'operator'] as const) {
    const member = await partner.addMember({ role })
    for (const endpoint of [turnVerificationOff, turnVerificationOn]) expect((await member.call(endpoint, { body: {} })).problem.code).toBe('no_permission')
  }
  expect((await profile(partner.admin)).verificationOn).toBe(true)
})
