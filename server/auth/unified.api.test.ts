import { generateKeyPairSync, sign } from 'node:crypto'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { unifiedCallbackPath, unifiedSignInPath } from '#contract/session.ts'
import { features } from '#server/app.ts'
import { sql } from '#server/db/query.ts'
import { createTestApp, type Client, type TestApp, type TestPartner } from '#server/testing/app.ts'
import { startIssuer, type Issuer } from '#server/testing/issuer.ts'
import { consoleOrigin, link, newBrowser, pathOf } from '#server/testing/unified.ts'
import { ownPath } from './unified-handshake.ts'
import { createUnifiedProvider } from './unified-provider.ts'

let app: TestApp
let issuer: Issuer
let partner: TestPartner
let member: Client
beforeAll(async () => {
  app = await createTestApp(features)
  issuer = await startIssuer(consoleOrigin)
  app.deps.unified = createUnifiedProvider(issuer.settings, consoleOrigin)
  partner = await app.newPartner()
  member = await partner.addMember({ role: 'manager', name: '王小芳' })
  await link(app, issuer, partner, member, 'subject-of-wang')
})
afterEach(async () => {
  issuer.tamper = undefined
  await app.database.inGlobal((tx) => tx.run(sql`delete from limits where name = 'sign-in.address'`))
  await app.database.inGlobal((tx) => tx.run(sql`delete from sessions`))
})
afterAll(async () => {
  await issuer.close()
  await app.close()
})

const logged = async (): Promise<{ operation: string; operatorId: string | null; details: Record<string, unknown> }[]> => app.inTenant(partner.id, (tx) => tx.rows(sql`select operation, operator_id as "operatorId", details from log_entries where operation like 'session.%' order by seq`))
const isIn = async (browser: ReturnType<typeof newBrowser>) => (await browser.ask('/api/session')).status === 200

test('a linked person signs in at the provider and comes to the page that was asked for, with a session like any other', async () => {
  const browser = newBrowser(app)
  const start = await browser.open(`${unifiedSignInPath}?next=${encodeURIComponent('/customers?tab=resellers#row')}`)
  expect([start.status, start.headers.getSetCookie()[0]]).toEqual([303, expect.stringMatching(/^unified=[\w-]{200,}; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax$/)])
  const sent = new URL(start.to ?? '').searchParams
  expect(Object.fromEntries(sent)).toMatchObject({ response_type: 'code', scope: 'openid', code_challenge_method: 'S256', redirect_uri: `${consoleOrigin}${unifiedCallbackPath}` })
  for (const name of ['state', 'nonce', 'code_challenge']) expect(sent.get(name)?.length).toBeGreaterThan(40)

  const back = await browser.open(await browser.atProvider('subject-of-wang', '/customers?tab=resellers#row'))
  expect([back.status, pathOf(back.to), back.headers.get('referrer-policy'), back.headers.get('cache-control')]).toEqual([303, '/customers?tab=resellers#row', 'no-referrer', 'no-store'])
  expect(back.headers.getSetCookie()).toContainEqual(expect.stringMatching(/^session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/))
  expect([...browser.jars.get(consoleOrigin)?.keys() ?? []]).toEqual(['session'])
  expect((await browser.ask('/api/session')).body).toMatchObject({ member: { id: member.memberId }, partner: { id: partner.id } })
  expect((await logged()).at(-1)).toMatchObject({ operation: 'session.signed_in', operatorId: member.memberId, details: { how: 'unified' } })
})

test('over https the handshake is bound to the host and never sent in the clear', async () => {
  const { createApi } = await import('#server/http/app.ts')
  const safe = 'https://partners.example'
  const { app: secure } = createApi({ ...app.deps, unified: createUnifiedProvider(issuer.settings, safe), settings: { ...app.deps.settings, publicUrl: safe } }, [])
  const cookie = (await secure.request(unifiedSignInPath)).headers.getSetCookie()[0]
  expect(cookie).toMatch(/^__Host-unified=[\w-]+; Max-Age=600; Path=\/; HttpOnly; Secure; SameSite=Lax$/)
})

test('an answer counts once, for the browser that asked, for ten minutes', async () => {
  const [browser, thief, slow] = [newBrowser(app), newBrowser(app), newBrowser(app)]
  const back = await browser.atProvider('subject-of-wang')
  // The address alone is worth nothing, and neither is it with a handshake of one's own.
  expect(pathOf((await thief.open(back)).to)).toBe('/sign-in?unified=expired')
  await thief.open(unifiedSignInPath)
  expect(pathOf((await thief.open(back)).to)).toBe('/sign-in?unified=expired')
  const copied = new Map(browser.jars.get(consoleOrigin))
  expect(pathOf((await browser.open(back)).to)).toBe('/')
  // Not even with the very cookie, after the browser has used it.
  thief.jars.set(consoleOrigin, copied)
  expect(pathOf((await thief.open(back)).to)).toBe('/sign-in?unified=expired')
  expect([await isIn(browser), await isIn(thief)]).toEqual([true, false])

  const late = await slow.atProvider('subject-of-wang')
  app.travel(601)
  expect(pathOf((await slow.open(late)).to)).toBe('/sign-in?unified=expired')
  expect(await isIn(slow)).toBe(false)
})

test('of ten that bring the same answer at once one gets in', async () => {
  const browser = newBrowser(app)
  const back = await browser.atProvider('subject-of-wang')
  const jar = browser.jars.get(consoleOrigin) ?? new Map<string, string>()
  const all = await Promise.all(Array.from({ length: 10 }, async () => {
    const one = newBrowser(app)
    one.jars.set(consoleOrigin, new Map(jar))
    return pathOf((await one.open(back)).to)
  }))
  expect(all.toSorted()).toEqual(['/', ...Array.from({ length: 9 }, () => '/sign-in?unified=expired')])
})

test('an answer that somebody made up changes nothing and does not spoil the real one', async () => {
  const browser = newBrowser(app)
  const back = await browser.atProvider('subject-of-wang')
  for (const forged of [`${unifiedCallbackPath}?code=made-up&state=made-up`, unifiedCallbackPath, `${back}&state=twice`, `${unifiedCallbackPath}?error=access_denied`]) {
    expect([forged, pathOf((await browser.open(forged)).to)]).toEqual([forged, '/sign-in?unified=expired'])
  }
  expect((await app.request(back.replace(consoleOrigin, ''), { method: 'HEAD', headers: { cookie: `unified=${browser.jars.get(consoleOrigin)?.get('unified')}` } })).status).toBe(405)
  expect(pathOf((await browser.open(back)).to)).toBe('/')
})

test('a code from elsewhere, and a handshake that was changed, are refused', async () => {
  const [browser, other] = [newBrowser(app), newBrowser(app)]
  const mine = new URL(await browser.atProvider('subject-of-wang'))
  const theirs = new URL(await other.atProvider('subject-of-wang'))
  // The other browser's code with this one's state: PKCE and nonce belong to the other.
  mine.searchParams.set('code', theirs.searchParams.get('code') ?? '')
  expect(pathOf((await browser.open(mine.href)).to)).toBe('/sign-in?unified=refused')
  const jar = other.jars.get(consoleOrigin)
  const cookie = jar?.get('unified') ?? ''
  for (const changed of [`${cookie.slice(0, 60)}${cookie[60] === 'A' ? 'B' : 'A'}${cookie.slice(61)}`, 'x', '', 'A'.repeat(5000)]) {
    jar?.set('unified', changed)
    expect(pathOf((await other.open(theirs.href)).to)).toBe('/sign-in?unified=expired')
  }
  expect([await isIn(browser), await isIn(other)]).toEqual([false, false])
})

const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
const tampered: [string, NonNullable<Issuer['tamper']>][] = [
  ['for another sign-in (nonce)', (claims, signed) => signed({ ...claims, nonce: 'another' })],
  ['without a nonce', ({ nonce: _nonce, ...claims }, signed) => signed(claims)],
  ['from another issuer', (claims, signed) => signed({ ...claims, iss: 'https://another.example' })],
  ['for another client', (claims, signed) => signed({ ...claims, aud: 'another-client' })],
  ['that has expired', (claims, signed) => signed({ ...claims, iat: 1_000, exp: 2_000 })],
  ['without a signature', (claims, signed) => signed(claims, { alg: 'none' }).replace(/[^.]*$/, '')],
  ['signed by somebody else', (_claims, _signed, token) => {
    const content = token.slice(0, token.lastIndexOf('.'))
    return `${content}.${sign('sha256', Buffer.from(content), stranger).toString('base64url')}`
  }],
  ['whose subject was changed', (claims, _signed, token) => token.replace(/\.[^.]+\./, `.${Buffer.from(JSON.stringify({ ...claims, sub: 'subject-of-wang' })).toString('base64url')}.`)],
  ['without a subject', ({ sub: _sub, ...claims }, signed) => signed(claims)],
]
test.each(tampered)('a token %s signs nobody in', async (_what, tamper) => {
  issuer.tamper = tamper
  const browser = newBrowser(app)
  expect(await browser.signIn('somebody-else')).toBe('/sign-in?unified=refused')
  issuer.tamper = (claims, signed) => signed({ ...claims, sub: 'subject-of-wang' })
  // The test's own signature is one that counts.
  expect(await browser.signIn('somebody-else')).toBe('/')
})

test('who vouches is one issuer: a second one is a stranger, with the same subject too', async () => {
  const second = await startIssuer(consoleOrigin)
  try {
    const before = app.deps.unified
    app.deps.unified = createUnifiedProvider(second.settings, consoleOrigin)
    expect(await newBrowser(app).signIn('subject-of-wang')).toBe('/sign-in?unified=unlinked')
    const browser = newBrowser(app)
    const back = await browser.atProvider('subject-of-wang')
    app.deps.unified = before
    expect(pathOf((await browser.open(back)).to)).toBe('/sign-in?unified=refused')
    expect(await isIn(browser)).toBe(false)
  } finally {
    await second.close()
  }
})

test('somebody who is not linked, who cancels or who is disabled reads why, and nothing personal stands in the address or the log', async () => {
  const disabled = await partner.addMember({ role: 'operator' })
  await link(app, issuer, partner, disabled, 'subject-of-disabled')
  await app.inTenant(partner.id, (tx) => tx.run(sql`update members set state = 'DISABLED' where id = ${disabled.memberId}`))
  const browser = newBrowser(app)
  // Whoever then takes the password comes to the page that was asked for.
  expect(await browser.signIn('subject-of-nobody', '/funds')).toBe('/sign-in?unified=unlinked&next=%2Ffunds')
  expect(await newBrowser(app).signIn('')).toBe('/sign-in?unified=cancelled')
  expect(await newBrowser(app).signIn('subject-of-disabled')).toBe('/sign-in?unified=disabled')
  expect(await isIn(browser)).toBe(false)
  expect((await logged()).at(-1)).toMatchObject({ operation: 'session.failed', operatorId: disabled.memberId })
  expect(app.logged.join()).not.toMatch(/subject-of|code=|state=/)
})

test('afterwards only pages of the console open', async () => {
  for (const [next, opened] of [['/customers?tab=resellers#row', '/customers?tab=resellers#row'], ['/funds', '/funds'], ['//e.example', '/'], ['/\\e.example', '/'], ['https:e.example', '/'], ['https://e.example', '/'], ['%2f%2fe.example', '/'], ['/\t/e.example', '/'], ['/.//e.example', '/'], ['/x/..//e.example', '/'],
    ['javascript:alert(1)', '/'], ['https://own.example@e.example', '/'], ['/api/exports/1/file', '/'], ['/%61pi/x', '/%61pi/x'], ['', '/'], [`/${'x'.repeat(1001)}`, '/'], ['/a\r\nSet-Cookie:x=1', '/aSet-Cookie:x=1']] as const) {
    expect([next, ownPath(next)]).toEqual([next, opened])
  }
  for (const next of ['//e.example/', '/\\e.example', 'https://e.example/', '/.//e.example']) expect([next, await newBrowser(app).signIn('subject-of-wang', next)]).toEqual([next, '/'])
})

test('an earlier session of the browser ends, and the sixth sign-in ends the oldest and says so', async () => {
  const fresh = await partner.addMember({ role: 'manager' })
  await link(app, issuer, partner, fresh, 'subject-of-fresh')
  const browser = newBrowser(app)
  await browser.signIn('subject-of-fresh')
  const first = browser.jars.get(consoleOrigin)?.get('session') ?? ''
  const own = await fetchSession(first)
  await browser.signIn('subject-of-fresh')
  expect([own, await fetchSession(first), browser.jars.get(consoleOrigin)?.get('session') === first]).toEqual([200, 401, false])
  for (let more = 0; more < 4; more += 1) expect(await newBrowser(app).signIn('subject-of-fresh', '/funds')).toBe('/funds')
  expect(await newBrowser(app).signIn('subject-of-fresh', '/funds')).toBe('/sign-in?unified=oldest&next=%2Ffunds')
  expect(await isIn(browser)).toBe(false)
})
const fetchSession = async (token: string) => (await app.request('/api/session', { headers: { cookie: `session=${token}` } })).status

test('a new device is told by mail here, too', async () => {
  await newBrowser(app, 'Mozilla/5.0 (Windows NT 10.0) Firefox/140.0').signIn('subject-of-wang')
  expect((await app.inTenant(partner.id, (tx) => tx.rows<{ kind: string }>(sql`select kind from messages where kind = 'PR-01'`))).length).toBeGreaterThan(0)
})

test('a network that fails too often waits, with its cookie kept for later', async () => {
  const browser = newBrowser(app)
  const back = await browser.atProvider('subject-of-wang')
  for (let failure = 0; failure < 100; failure += 1) await newBrowser(app).open(`${unifiedCallbackPath}?state=x&code=x`)
  expect(pathOf((await browser.open(back)).to)).toBe('/sign-in?unified=limit')
  await app.database.inGlobal((tx) => tx.run(sql`delete from limits where name = 'sign-in.address'`))
  expect(pathOf((await browser.open(back)).to)).toBe('/')
})

test('an issuer that is away is said so at once and works when it is back', async () => {
  const away = await startIssuer(consoleOrigin)
  const before = app.deps.unified
  try {
    await away.close()
    app.deps.unified = createUnifiedProvider(away.settings, consoleOrigin)
    expect((await newBrowser(app).ask('/api/session/ways')).body).toEqual({ unified: { name: '统一账号' } })
    expect(pathOf((await newBrowser(app).open(`${unifiedSignInPath}?next=/funds`)).to)).toBe('/sign-in?unified=unreachable&next=%2Ffunds')
    const again = await startIssuer(consoleOrigin, Number(new URL(away.settings.issuer).port))
    const browser = newBrowser(app)
    const back = await browser.atProvider('subject-of-wang')
    await again.close()
    expect(pathOf((await browser.open(back)).to)).toBe('/sign-in?unified=unreachable')
    expect(await isIn(browser)).toBe(false)
  } finally {
    app.deps.unified = before
  }
})

test('without an issuer nothing is offered, and neither way exists', async () => {
  const before = app.deps.unified
  app.deps.unified = undefined
  try {
    expect((await newBrowser(app).ask('/api/session/ways')).body).toEqual({ unified: null })
    for (const path of [unifiedSignInPath, unifiedCallbackPath]) expect((await newBrowser(app).ask(path)).status).toBe(404)
  } finally {
    app.deps.unified = before
  }
  for (const path of [unifiedSignInPath, unifiedCallbackPath]) expect((await app.request(path, { method: 'POST' })).status).toBe(405)
})
