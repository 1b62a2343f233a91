import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from '#server/db/query.ts'
import { createTestApp, testPassword, type TestApp, type TestPartner } from '#server/testing/app.ts'
import { open } from './seal.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp([])
  app.deps.settings.trustedProxyHops = 1
})
afterAll(() => app.close())

const chrome = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36'
const phone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1'
async function signIn(partner: TestPartner, agent: string, address: string, password = testPassword): Promise<number> {
  const [row] = await app.inTenant(partner.id, (tx) => tx.rows<{ login: string }>(sql`select login from members where id = ${partner.admin.memberId}`))
  const { status } = await app.request('/api/session', {
    method: 'POST', headers: { origin: 'http://console.test', 'content-type': 'application/json', 'user-agent': agent, 'x-forwarded-for': address }, body: JSON.stringify({ account: partner.account, member: row?.login, password }),
  })
  return status
}
const told = (partner: TestPartner) => app.inTenant(partner.id, async (tx) => (await tx.rows<{ channel: string; sealed: Uint8Array }>(sql`select channel, sealed from messages where partner_id = ${partner.id} and kind = 'PR-01' order by at`))
  .map(({ channel, sealed }) => ({ channel, ...JSON.parse(open(sealed)) })))

test('the first sign-in tells nothing, the same device neither; another browser and another network are told by mail and in the log', async () => {
  const partner = await app.newPartner()
  expect(await signIn(partner, chrome, '203.0.113.7')).toBe(200)
  expect(await signIn(partner, chrome, '203.0.113.7')).toBe(200)
  expect(await told(partner)).toEqual([])
  expect(await signIn(partner, phone, '203.0.113.7')).toBe(200)
  app.travel(1)
  expect(await signIn(partner, chrome, '198.51.100.9')).toBe(200)
  expect(await signIn(partner, phone, '203.0.113.7')).toBe(200)
  const letters = await told(partner)
  expect(letters).toMatchObject([
    { channel: 'email', subject: 'New sign-in', text: expect.stringContaining('Device: Safari, iOS\nAddress: 203.0.113.7') }, { text: expect.stringContaining('Device: Chrome, Windows\nAddress: 198.51.100.9') },
  ])
  expect(letters).toHaveLength(2)
  expect(await app.inTenant(partner.id, (tx) => tx.rows(sql`select 1 from log_entries where partner_id = ${partner.id} and operation = 'session.new_device'`))).toHaveLength(2)
})

test('addresses of one IPv6 network are one place, and a device is forgotten after ninety days', async () => {
  const partner = await app.newPartner()
  for (const address of ['2001:db8:1:2::1', '2001:db8:1:2::beef']) expect(await signIn(partner, chrome, address)).toBe(200)
  expect(await told(partner)).toEqual([])
  app.travel(91 * 24 * 3600)
  expect(await signIn(partner, chrome, '2001:db8:1:2::1')).toBe(200)
  expect(await told(partner)).toHaveLength(1)
})

test('what a browser calls itself is told in known words only', async () => {
  const partner = await app.newPartner()
  await signIn(partner, chrome, '203.0.113.7')
  await signIn(partner, 'Call +86 400 000 0000 or see https://evil.example <b>now</b>', '203.0.113.7')
  const [letter] = await told(partner)
  expect(letter?.text).toContain('Device: unknown device')
  expect(letter?.text).not.toMatch(/evil|400 000|<b>/)
})

test('a wrong password tells nobody of a device', async () => {
  const partner = await app.newPartner()
  await signIn(partner, chrome, '203.0.113.7')
  expect(await signIn(partner, phone, '198.51.100.1', 'wrong password')).toBe(401)
  expect(await told(partner)).toEqual([])
})
