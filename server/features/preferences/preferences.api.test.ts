import { afterAll, beforeAll, expect, test } from 'vitest'
import { getPreferences, putPreference } from '#contract/session.ts'
import { createTestApp, type TestApp } from '#server/testing/app.ts'
import { mountPreferences } from './routes.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp([mountPreferences])
})
afterAll(() => app.close())

test('what a list shows is kept for the person who chose it, list by list', async () => {
  const partner = await app.newPartner()
  const colleague = await partner.addMember({ role: 'manager' })
  expect((await partner.admin.call(getPreferences, {})).body).toEqual({ lists: {} })
  await partner.admin.call(putPreference, { params: { list: 'customers' }, body: { columns: ['number', 'balance'], density: 'compact' } })
  await partner.admin.call(putPreference, { params: { list: 'lots' }, body: { density: 'comfortable' } })
  await partner.admin.call(putPreference, { params: { list: 'customers' }, body: { columns: ['number'] } })
  const again = await app.signIn(partner.id, partner.admin.memberId)
  expect((await again.call(getPreferences, {})).body).toEqual({ lists: { customers: { columns: ['number'] }, lots: { density: 'comfortable' } } })
  expect((await colleague.call(getPreferences, {})).body).toEqual({ lists: {} })
  expect((await partner.admin.call(putPreference, { params: { list: 'lots' }, body: {} }, { raw: { colour: 'red' } })).problem.code).toBe('unknown_field')
})
