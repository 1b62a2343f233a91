import { afterAll, beforeAll, expect, test } from 'vitest'
import { addToWhitelist, importWhitelist, queryWhitelist } from '#contract/coupon-whitelist.ts'
import { createTestApp, type TestApp } from '#server/testing/app.ts'
import { addAccounts, uploadWhitelist } from '#server/testing/whitelist.ts'
import { mountCouponWhitelist } from './routes.ts'

let app: TestApp
beforeAll(async () => { app = await createTestApp([mountCouponWhitelist], { poolMax: 20 }) })
afterAll(() => app.close())

test('of ten people who import a version at once one does, the others hear that the list has changed, and the list is that person’s file', { timeout: 120_000 }, async () => {
  const partner = await app.newPartner({ type: 'SUBSIDY' })
  const names = Array.from({ length: 11 }, (_, place) => `race_account_${place}`)
  await addAccounts(app, names.map((name) => ({ name })))
  await partner.admin.call(addToWhitelist, { body: { value: names[10] ?? '' } })
  const people = await Promise.all(names.slice(0, 10).map(async (name) => {
    const client = await partner.addMember({ role: 'administrator' })
    return { name, client, previewId: (await uploadWhitelist(app, client, `Account,Customer name\n${name},\n`)).body.id }
  }))
  const answers = await Promise.all(people.map(async ({ client, previewId }) => {
    let answer = await client.call(importWhitelist, { body: { previewId } })
    while (answer.status === 503) answer = await client.call(importWhitelist, { body: { previewId } })
    return answer
  }))
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  expect(answers.filter(({ status }) => status !== 200).map(({ problem }) => problem.code)).toEqual(Array.from({ length: 9 }, () => 'stale'))
  const { body } = await partner.admin.call(queryWhitelist, { body: {} })
  expect([body.version, body.size]).toEqual([2, 1])
  expect((await partner.admin.call(queryWhitelist, { body: { lookup: { name: people[answers.findIndex(({ status }) => status === 200)]?.name ?? '' } } })).body.total).toBe(1)
})
