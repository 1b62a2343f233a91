import { afterAll, beforeAll, expect, test } from 'vitest'
import { endSignIns, getSession, listSignIns, signOut, staySignedIn } from '#contract/session.ts'
import { sql } from '#server/db/query.ts'
import { createTestApp, testPassword, type TestApp } from '#server/testing/app.ts'
import { quietTimes } from '#server/testing/timing.ts'
import { hashPassword, isPassword } from './password.ts'

let app: TestApp
const origin = 'http://console.test'
beforeAll(async () => { app = await createTestApp([]) })
afterAll(() => app.close())

const signInAs = (account: string, member: string, password: string, headers: Record<string, string> = {}) => app.request('/api/session', {
  method: 'POST', headers: { origin, 'content-type': 'application/json', 'accept-language': 'en-US', ...headers }, body: JSON.stringify({ account, member, password }),
})
const loginOf = async (partnerId: string, memberId: string) => (await app.inTenant(partnerId, (tx) => tx.rows<{ login: string }>(sql`select login from members where id = ${memberId}`)))[0]?.login ?? ''

test('a person signs in and gets an unreadable cookie, a new token each time, and only its hash is stored', async () => {
  const partner = await app.newPartner()
  const login = await loginOf(partner.id, partner.admin.memberId)
  const first = await signInAs(partner.account, login, testPassword)
  const second = await signInAs(partner.account, login, testPassword, { cookie: 'session=chosen-by-an-attacker' })
  expect([first.status, second.status]).toEqual([200, 200])
  const [a, b] = [first, second].map((response) => response.headers.get('set-cookie') ?? '')
  expect(a).toMatch(/^session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/)
  expect(a).not.toBe(b)
  const token = /session=([\w-]+)/.exec(a ?? '')?.[1] ?? '?'
  const stored = await app.database.inGlobal((tx) => tx.rows<{ all: string }>(sql`select row_to_json(s)::text as all from sessions s`))
  expect(stored.map((row) => row.all).join()).not.toContain(token)
})

test('an unknown account and a wrong password get the same answer', async () => {
  const partner = await app.newPartner()
  const login = await loginOf(partner.id, partner.admin.memberId)
  const answers = await Promise.all([signInAs(partner.account, login, 'wrong password'), signInAs('nobody', '', 'wrong password')])
  const bodies = await Promise.all(answers.map(async (answer) => ({ ...JSON.parse(await answer.text()), requestId: '' })))
  expect(bodies[0]).toEqual(bodies[1])
  expect(answers.map(({ status }) => status)).toEqual([401, 401])
})

test('the time of the answer does not tell whether an account exists, and both failures are on record', async () => {
  const partner = await app.newPartner()
  const login = await loginOf(partner.id, partner.admin.memberId)
  const refused = (account: string) => async () => expect((await signInAs(account, login, 'wrong password')).status).toBe(401)
  const stored = await hashPassword(testPassword)
  const asks = [refused(partner.account), refused('nobody'), () => isPassword('wrong password', stored)]
  const [known = 0, unknown = 0, check = 0] = await quietTimes(30, asks, () => app.travel(15 * 60 + 1))
  // Checking a password is most of the work. Left out for an unknown account it would show, on a fast machine in less than 10 ms.
  expect(Math.abs(known - unknown)).toBeLessThan(Math.min(10, check / 2))
  const [logged] = await app.inTenant(partner.id, (tx) => tx.rows<{ failed: number }>(sql`select count(*)::int as failed from log_entries where partner_id = ${partner.id} and operation = 'session.failed'`))
  expect(logged?.failed).toBe(30)
  expect(app.logged.filter((line) => line.includes('sign-in of an unknown account')).length).toBeGreaterThanOrEqual(30)
  expect(app.logged.join()).not.toContain('nobody')
})

test('after ten failures the account waits, also with the right password, and another account does not', async () => {
  const partner = await app.newPartner()
  const login = await loginOf(partner.id, partner.admin.memberId)
  const statuses: number[] = []
  for (let guess = 0; guess < 5; guess += 1) statuses.push((await signInAs(partner.account, login, 'wrong password')).status)
  expect(statuses).toEqual([401, 401, 401, 401, 429])
  for (let guess = 4; guess < 10; guess += 1) {
    app.travel(61)
    expect((await signInAs(partner.account, login, 'wrong password')).status).toBe(401)
  }
  const refused = await signInAs(partner.account, login, testPassword)
  expect(refused.status).toBe(429)
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(400)
  const other = await app.newPartner()
  expect((await signInAs(other.account, await loginOf(other.id, other.admin.memberId), testPassword)).status).toBe(200)
  app.travel(15 * 60 + 1)
  expect((await signInAs(partner.account, login, testPassword)).status).toBe(200)
})

test('a session ends after thirty idle minutes; asking who is signed in does not prolong it, staying does', async () => {
  const { admin } = await app.newPartner()
  app.travel(29 * 60)
  expect((await admin.call(getSession, {})).status).toBe(200)
  expect((await admin.call(staySignedIn, { body: {} })).status).toBe(200)
  app.travel(29 * 60)
  expect((await admin.call(getSession, {})).status).toBe(200)
  app.travel(61)
  expect((await admin.call(getSession, {})).problem.code).toBe('not_signed_in')
})

test('a session ends after twelve hours, however busy', async () => {
  const { admin } = await app.newPartner()
  for (let half = 0; half < 23; half += 1) {
    app.travel(1790)
    expect((await admin.call(staySignedIn, { body: {} })).status).toBe(200)
  }
  app.travel(12 * 3600 - 23 * 1790 + 1)
  expect((await admin.call(getSession, {})).status).toBe(401)
})

test('the sixth sign-in ends the oldest', async () => {
  const partner = await app.newPartner()
  for (let more = 0; more < 5; more += 1) {
    app.travel(1)
    await app.signIn(partner.id, partner.admin.memberId)
  }
  expect((await partner.admin.call(getSession, {})).status).toBe(401)
})

test('signing out, ending a sign-in and disabling a member bite at the next request', async () => {
  const partner = await app.newPartner()
  const second = await app.signIn(partner.id, partner.admin.memberId)
  const listed = await second.call(listSignIns, {})
  expect(listed.body.items.map((item) => item.isThis).toSorted()).toEqual([false, true])
  expect((await second.call(endSignIns, { body: { which: 'others' } })).body.ended).toBe(1)
  expect((await partner.admin.call(getSession, {})).status).toBe(401)
  const out = await second.call(signOut, {})
  expect(out.headers.get('clear-site-data')).toContain('storage')
  expect((await second.call(getSession, {})).status).toBe(401)
  const third = await app.signIn(partner.id, partner.admin.memberId)
  await app.inTenant(partner.id, (tx) => tx.run(sql`update members set state = 'DISABLED' where partner_id = ${partner.id}`))
  expect((await third.call(getSession, {})).status).toBe(401)
})

test('somebody else\'s sign-in cannot be ended', async () => {
  const [one, other] = [await app.newPartner(), await app.newPartner()]
  expect((await one.admin.call(endSignIns, { body: { which: other.admin.sessionId } })).status).toBe(404)
  expect((await other.admin.call(getSession, {})).status).toBe(200)
})

test('a change needs the console\'s origin, JSON and the session\'s own CSRF value', async () => {
  const { admin } = await app.newPartner()
  const other = await app.newPartner()
  const refusals = await Promise.all([
    admin.call(staySignedIn, { body: {} }, { csrf: null }),
    admin.call(staySignedIn, { body: {} }, { headers: { 'x-csrf': 'made up' } }),
    admin.call(staySignedIn, { body: {} }, { headers: { origin: 'https://evil.example' } }),
    admin.call(staySignedIn, { body: {} }, { headers: { origin: 'null' } }),
    other.admin.call(staySignedIn, { body: {} }, { headers: { cookie: `session=${admin.token}` } }),
  ])
  expect(refusals.map(({ problem }) => problem.code)).toEqual(Array.from({ length: 5 }, () => 'csrf'))
  expect((await admin.call(staySignedIn, { body: {} }, { headers: { 'content-type': 'text/plain' } })).problem.code).toBe('unsupported_media')
  expect((await signInAs('x', '', 'y', { origin: 'https://evil.example' })).status).toBe(403)
})

test('a token is taken from the cookie only', async () => {
  const { admin } = await app.newPartner()
  for (const path of [`/api/session?session=${admin.token}`, '/api/session']) {
    expect((await app.request(path, { headers: { authorization: `Bearer ${admin.token}`, 'x-session': admin.token } })).status).toBe(401)
  }
})
