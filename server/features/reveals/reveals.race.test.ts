import { afterAll, beforeAll, expect, test } from 'vitest'
import { revealFields } from '#contract/reveals.ts'
import { sql } from '#server/db/query.ts'
import { createTestApp, type TestApp } from '#server/testing/app.ts'
import { mountReveals } from './routes.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp([mountReveals])
})
afterAll(() => app.close())

const recordsOf = (partnerId: string) => app.inTenant(partnerId, async (tx) => (await tx.rows<{ n: number }>(sql`select count(*)::int as n from log_entries where operation = 'data.reveal'`))[0]?.n)

test('of a hundred reveals at once exactly sixty are answered and recorded', async () => {
  const partner = await app.newPartner()
  const { id } = await app.addCustomer(partner.id)
  const answers = await Promise.all(Array.from({ length: 100 }, () => partner.admin.call(revealFields, { body: { subject: 'customer', ids: [id], fields: ['mobile'], page: '/customers' } })))
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(60)
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(40)
  expect(await recordsOf(partner.id)).toBe(60)
})

test('of twenty columns at once exactly ten are answered: a thousand customers a day', async () => {
  const partner = await app.newPartner()
  const ids: string[] = []
  for (let i = 0; i < 100; i += 1) ids.push((await app.addCustomer(partner.id)).id)
  const answers = await Promise.all(Array.from({ length: 20 }, () => partner.admin.call(revealFields, { body: { subject: 'customer', ids, fields: ['mobile'], page: '/customers' } })))
  expect(answers.map(({ status }) => status).toSorted()).toEqual([...Array(10).fill(200), ...Array(10).fill(429)])
  expect(await recordsOf(partner.id)).toBe(1000)
})
