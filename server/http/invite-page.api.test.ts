import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { features } from '#server/app.ts'
import { sql } from '#server/db/query.ts'
import { createTestApp, type TestApp } from '#server/testing/app.ts'
import { mailInvite } from '#server/testing/visitor.ts'
import { mountConsole } from './console.ts'

const dist = mkdtempSync(join(tmpdir(), 'invite-page-'))
writeFileSync(join(dist, 'index.html'), '<!doctype html><title>page</title>')
let app: TestApp
beforeAll(async () => {
  app = await createTestApp([...features, (_mount, hono) => mountConsole(hono, dist)])
})
afterAll(async () => {
  rmSync(dist, { recursive: true })
  await app.close()
})

test('the page behind a link is the same for every token, tells no other site of it, is kept nowhere, and leaves no trace', async () => {
  const partner = await app.newPartner()
  const { token, id } = await mailInvite(app, partner)
  for (const [known, method] of [[token, 'GET'], [token, 'HEAD'], ['x'.repeat(43), 'GET']] as const) {
    const response = await app.request(`/invite/${known}`, { method })
    expect([response.status, response.headers.get('referrer-policy'), response.headers.get('cache-control')]).toEqual([200, 'no-referrer', 'no-store'])
    expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'self'; script-src 'self'/)
    expect([...response.headers].join().includes(known)).toBe(false)
    expect(await response.text()).toBe(method === 'HEAD' ? '' : '<!doctype html><title>page</title>')
  }
  expect(await app.inTenant(partner.id, (tx) => tx.rows(sql`select state, opened_at from invitations where partner_id = ${partner.id} and id = ${id}`))).toEqual([{ state: 'SENT', opened_at: null }])
  expect(app.logged.filter((line) => line.includes(token))).toEqual([])
  expect((await app.request('/my/partner')).headers.get('referrer-policy')).toBe('no-referrer')
  expect((await app.request('/customers')).headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin')
})

test('a token in the address of an API call that does not exist is not logged either', async () => {
  const token = 'y'.repeat(43)
  for (const path of [`/api/invite/${token}`, `/api/invite/view/${token}`]) await app.request(path)
  expect(app.logged.join('')).not.toContain(token)
})
