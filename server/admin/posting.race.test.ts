import { afterAll, beforeAll, expect, test } from 'vitest'
import { features } from '#server/app.ts'
import { sql } from '#server/db/query.ts'
import { admin, vendor } from '#server/testing/admin.ts'
import { createTestApp, type TestApp } from '#server/testing/app.ts'
import { dayAhead, mismatches } from '#server/testing/coupons.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp(features, { poolMax: 20 })
})
afterAll(() => app.close())

test('a posting that is sent fifty times at once under one reference happens once, and of two amounts under one reference one does', async () => {
  const { id, account } = await app.newPartner()
  const until = await dayAhead(app, id, 90)
  const grant = (amount: string, reference: string) => admin(app, 'quota:grant', '--partner', account, '--kind', 'VOUCHER', '--amount', amount, '--until', until, '--reference', reference, ...vendor())
  const granted = () => app.inTenant(id, (tx) => tx.rows(sql`select granted::text from coupon_quotas where partner_id = ${id} order by number`))

  const answers = await Promise.all(Array.from({ length: 50 }, () => grant('500', 'CASE-1')))
  expect(answers.map(({ code }) => code)).toEqual(answers.map(() => 0))
  expect(answers.filter(({ printed }) => printed.startsWith('Granted'))).toHaveLength(1)
  expect(await granted()).toEqual([{ granted: '50000' }])

  const rivals = await Promise.all(Array.from({ length: 20 }, (_, place) => grant(place % 2 === 0 ? '700' : '800', 'CASE-2')))
  const [, second] = await granted()
  expect([{ granted: '70000' }, { granted: '80000' }]).toContainEqual(second)
  expect(await granted()).toHaveLength(2)
  expect(rivals.filter(({ code }) => code === 0)).toHaveLength(10)
  expect(await mismatches(app, id)).toEqual([])
})
