import { afterAll, beforeAll, expect, test } from 'vitest'
import { queryCustomers } from '#contract/customers.ts'
import { createTestApp, type TestApp } from '#server/testing/app.ts'
import { mountCustomers } from './routes.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp([mountCustomers])
})
afterAll(() => app.close())

test('of a hundred look-ups at once, by two sign-ins of one person, exactly sixty are answered', async () => {
  const partner = await app.newPartner()
  await app.addCustomer(partner.id, { mobile: '+8613912345678' })
  const second = await app.signIn(partner.id, partner.admin.memberId)
  const answers = await Promise.all(Array.from({ length: 100 }, (_, i) => (i % 2 ? second : partner.admin).call(queryCustomers, { body: { lookup: { mobile: String(1000 + i) } } })))
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(60)
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(40)
})
