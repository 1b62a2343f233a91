import { afterAll, beforeAll, expect, test } from 'vitest'
import { mountMy } from '#server/features/my/routes.ts'
import { createApi } from '#server/http/app.ts'
import { sql } from '#server/db/query.ts'
import { createTestApp, testPassword, type TestApp } from '#server/testing/app.ts'
import { customerPassword, newAccount } from '#server/testing/visitor.ts'

let app: TestApp
beforeAll(async () => { app = await createTestApp([]) })
afterAll(() => app.close())

const origin = 'https://console.test'
/** The same installation as people reach it behind TLS. */
const request = (path: string, method: string, headers: Record<string, string>, body?: unknown) =>
  createApi({ ...app.deps, settings: { ...app.deps.settings, publicUrl: origin } }, [mountMy]).app.request(path, { method, headers: { origin, 'content-type': 'application/json', ...headers }, ...(body !== undefined && { body: JSON.stringify(body) }) })

test('behind TLS the session lives in a cookie that only this host over TLS can set, and its token counts under no other name', async () => {
  const { id, account, admin } = await app.newPartner()
  const [member] = await app.inTenant(id, (tx) => tx.rows<{ login: string }>(sql`select login from members where id = ${admin.memberId}`))
  const signedIn = await request('/api/session', 'POST', {}, { account, member: member?.login, password: testPassword })
  expect(signedIn.status).toBe(200)
  const cookies = signedIn.headers.getSetCookie()
  expect(cookies).toEqual([expect.stringMatching(/^__Host-session=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/)])
  const token = /=([\w-]+)/.exec(cookies[0] ?? '')?.[1] ?? ''

  const statusWith = async (cookie: string) => (await request('/api/session', 'GET', { cookie })).status
  expect(await statusWith(`__Host-session=${token}`)).toBe(200)
  // A neighbouring host, or somebody on the wire before TLS, can plant a cookie of the plain name.
  for (const cookie of [`session=${token}`, `__Secure-session=${token}`, `__host-session=${token}`]) expect([cookie, await statusWith(cookie)]).toEqual([cookie, 401])
  expect(await statusWith(`session=planted; __Host-session=${token}`)).toBe(200)

  const { csrf } = JSON.parse(await signedIn.text())
  const signedOut = await request('/api/session', 'DELETE', { cookie: `__Host-session=${token}`, 'x-csrf': csrf })
  expect([signedOut.status, signedOut.headers.getSetCookie()]).toEqual([200, [expect.stringMatching(/^__Host-session=; Max-Age=0; Path=\/; Secure$/)]])
  expect(await statusWith(`__Host-session=${token}`)).toBe(401)
})

test('so does the customer\'s, under a name of its own that the member\'s never passes for', async () => {
  const { name } = await newAccount(app)
  const signedIn = await request('/api/my/session', 'POST', {}, { account: name, password: customerPassword })
  expect(signedIn.headers.getSetCookie()).toEqual([expect.stringMatching(/^__Host-customer=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/)])
  const token = /=([\w-]+)/.exec(signedIn.headers.getSetCookie()[0] ?? '')?.[1] ?? ''
  const statusWith = async (cookie: string) => (await request('/api/my/session', 'GET', { cookie })).status
  expect(await statusWith(`__Host-customer=${token}`)).toBe(200)
  for (const cookie of [`customer=${token}`, `__Host-session=${token}`, `session=${token}`]) expect([cookie, await statusWith(cookie)]).toEqual([cookie, 401])
})

test('every answer behind TLS, refusals too, asks the browser to stay with TLS for a year; without TLS none does', async () => {
  for (const path of ['/api/session', '/api/nowhere', '/health/nowhere']) {
    expect((await request(path, 'GET', {})).headers.get('strict-transport-security')).toBe('max-age=31536000; includeSubDomains')
    expect((await app.request(path)).headers.get('strict-transport-security')).toBeNull()
  }
})
