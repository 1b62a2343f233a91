import { afterAll, beforeAll, expect, test } from 'vitest'
import { getAccounts } from '#contract/funds.ts'
import { turnVerificationOff } from '#contract/profile.ts'
import { endSignIns, getPreferences, getSession, signOut } from '#contract/session.ts'
import { queryExports } from '#contract/exports.ts'
import { features } from '#server/app.ts'
import { runCommand } from '#server/admin/run.ts'
import { sql } from '#server/db/query.ts'
import { createApi } from '#server/http/app.ts'
import { createTestApp, testPassword, type Client, type TestApp } from '#server/testing/app.ts'
import { check, send } from '#server/testing/confirm.ts'

const origin = 'http://console.test'
let app: TestApp
/** A second server on the same database. */
let other: ReturnType<typeof createApi>['app']
beforeAll(async () => {
  app = await createTestApp(features)
  other = createApi(app.deps, features).app
})
afterAll(() => app.close())

const statusOn = async (server: Pick<TestApp, 'request'> | typeof other, token: string) => (await server.request('/api/session', { headers: { cookie: `session=${token}` } })).status
const onBoth = async (token: string) => [await statusOn(app, token), await statusOn(other, token)]
const loginOf = async (partnerId: string, { memberId }: Client) => (await app.inTenant(partnerId, (tx) => tx.rows<{ login: string }>(sql`select login from members where id = ${memberId}`)))[0]?.login ?? ''
async function signIn(account: string, member: string, cookie?: string): Promise<string> {
  const response = await other.request('/api/session', {
    method: 'POST', body: JSON.stringify({ account, member, password: testPassword }), headers: { origin, 'content-type': 'application/json', ...(cookie !== undefined && { cookie: `session=${cookie}` }) },
  })
  expect(response.status).toBe(200)
  return /session=([\w-]+)/.exec(response.headers.get('set-cookie') ?? '')?.[1] ?? ''
}
const admin = (words: readonly string[], input = '') => runCommand([...words, '--operator', 'ops', '--reason', 'test'], {
  open: async () => ({ ...app.engine, close: async () => undefined }), publicUrl: 'https://console.test', print: () => undefined, printError: (line) => { throw new Error(line) }, readInput: async () => input, prepareMessages: () => undefined,
})

test('whoever signs out, or is signed out, is out on every server at the next request', async () => {
  const partner = await app.newPartner()
  const second = await app.signIn(partner.id, partner.admin.memberId)
  expect([await onBoth(partner.admin.token), await onBoth(second.token)]).toEqual([[200, 200], [200, 200]])
  await second.call(endSignIns, { body: { which: partner.admin.sessionId } })
  expect(await onBoth(partner.admin.token)).toEqual([401, 401])
  await second.call(signOut, {})
  expect(await onBoth(second.token)).toEqual([401, 401])
})

test.each([
  ['disabled', ['--state', 'DISABLED'], ''], ['given a new password', ['--password-stdin'], 'correct horse battery'], ['given another role', ['--role', 'operator'], ''],
  ['reached under another mobile', ['--mobile', '13900009999'], ''], ['reached under another address', ['--email', 'other@partner.example'], ''],
])('a member who is %s is signed out everywhere, and nothing that waits for a code can be confirmed', async (_what, words, input) => {
  const partner = await app.newPartner()
  const member = await partner.addMember({ role: 'administrator' })
  const { problem } = await member.call(turnVerificationOff, { body: {} })
  const proofId = problem.proof?.proofId ?? ''
  await check(member, proofId, await send(app, member, proofId))
  expect(await admin(['member:set', '--partner', partner.account, '--member', await loginOf(partner.id, member), ...words], input)).toBe(0)
  expect(await onBoth(member.token)).toEqual([401, 401])
  expect(await onBoth(partner.admin.token)).toEqual([200, 200])
  expect(await app.inTenant(partner.id, (tx) => tx.rows(sql`select state, code_mac from proofs where id = ${proofId}`))).toEqual([{ state: 'void', code_mac: null }])
})

test('a member whose name or rights are changed stays signed in', async () => {
  const partner = await app.newPartner()
  const member = await partner.addMember({ role: 'manager', mobile: '+8613900001111' })
  for (const words of [['--name', '何书遥'], ['--role', 'manager'], ['--mobile', '13900001111'], ['--add-permission', 'funds.allocate']]) {
    expect(await admin(['member:set', '--partner', partner.account, '--member', await loginOf(partner.id, member), ...words])).toBe(0)
  }
  expect(await onBoth(member.token)).toEqual([200, 200])
})

test('signing in again ends the session that this browser had, whoever’s it was, and no other', async () => {
  const [partner, stranger] = [await app.newPartner(), await app.newPartner()]
  const elsewhere = await app.signIn(partner.id, partner.admin.memberId)
  const first = await signIn(partner.account, await loginOf(partner.id, partner.admin), partner.admin.token)
  expect([await onBoth(partner.admin.token), await onBoth(first), await onBoth(elsewhere.token)]).toEqual([[401, 401], [200, 200], [200, 200]])
  const second = await signIn(stranger.account, await loginOf(stranger.id, stranger.admin), first)
  expect([await onBoth(first), await onBoth(second), await onBoth(elsewhere.token)]).toEqual([[401, 401], [200, 200], [200, 200]])
  // A failed sign-in ends nothing, and a token that was never ours is neither adopted nor a reason to refuse.
  const failed = await app.request('/api/session', { method: 'POST', body: JSON.stringify({ account: partner.account, member: '', password: 'wrong' }), headers: { origin, 'content-type': 'application/json', cookie: `session=${second}` } })
  expect([failed.status, await statusOn(app, second)]).toEqual([401, 200])
  expect(await signIn(partner.account, await loginOf(partner.id, partner.admin), 'A'.repeat(43))).not.toBe('A'.repeat(43))
})

test('what the console asks by itself does not keep a session alive, on either server; what the person does keeps it on both', async () => {
  const partner = await app.newPartner()
  app.travel(20 * 60)
  for (const quiet of [() => partner.admin.call(getSession, {}), () => partner.admin.call(queryExports, { body: {} }), () => partner.admin.call(getPreferences, {})]) expect((await quiet()).status).toBe(200)
  app.travel(10 * 60 + 1)
  expect(await onBoth(partner.admin.token)).toEqual([401, 401])
  const again = await app.signIn(partner.id, partner.admin.memberId)
  app.travel(20 * 60)
  expect((await again.call(getAccounts, {})).status).toBe(200)
  app.travel(20 * 60)
  expect(await onBoth(again.token)).toEqual([200, 200])
})

test('a read that somebody may not make is refused and stands in the log', async () => {
  const partner = await app.newPartner()
  const operator = await partner.addMember({ role: 'operator' })
  await app.inTenant(partner.id, (tx) => tx.run(sql`update members set removed_permissions = '{funds.view}' where partner_id = ${partner.id} and id = ${operator.memberId}`))
  expect((await operator.call(getAccounts, {})).problem.code).toBe('no_permission')
  const rows = await app.inTenant(partner.id, (tx) => tx.rows(sql`select operation, result, operator_id, details from log_entries where partner_id = ${partner.id} and operation = 'access.refused'`))
  expect(rows).toEqual([{ operation: 'access.refused', result: 'refused', operator_id: operator.memberId, details: { permission: 'funds.view' } }])
})
