import { afterAll, beforeAll, expect, test } from 'vitest'
import { createExport, exportFilePath, ExportContent } from '#contract/exports.ts'
import { allocateFunds } from '#contract/funds.ts'
import { Amount } from '#contract/money.ts'
import { sendCode } from '#contract/proofs.ts'
import { revealFields } from '#contract/reveals.ts'
import { beginTotp } from '#contract/security.ts'
import { features } from '#server/app.ts'
import { open } from '#server/auth/seal.ts'
import { sql } from '#server/db/query.ts'
import { buildExport } from '#server/operations/exports-build.ts'
import { createTestApp, testPassword, type Client, type TestApp } from '#server/testing/app.ts'
import { check, newestCode, wrong } from '#server/testing/confirm.ts'
import { shownCode } from '#server/testing/soft-authenticators.ts'
import { marks, newWorld, readsOf, roles, type World } from '#server/testing/world.ts'

let app: TestApp
let world: World
beforeAll(async () => {
  app = await createTestApp(features)
  world = await newWorld(app)
})
afterAll(() => app.close())

/** @returns which clear values of people stand in the text. */
const clearIn = (text: string): string[] => Object.values(marks).filter((mark) => text.includes(mark))
/** What tables hold on purpose: the data themselves, and the aid that finds names. Names without contact are the vendor's of the partner. */
const holders = ['customers', 'members', 'customer_grams', 'cloud_accounts', 'prospects', 'invitations', 'specialists', 'incentive_lines', 'business_submissions', 'coupon_whitelist']
/** Partners themselves, and to whom a distributor gave quota. */
const resellerHolders = ['partners', 'coupon_records']

async function dump(): Promise<Record<string, string>> {
  const { rows } = await app.engine.query(`select tablename from pg_tables where schemaname = 'public'`)
  const texts = rows.map(({ tablename }) => String(tablename)).filter((table) => !holders.includes(table))
    .map(async (table) => [table, JSON.stringify((await app.engine.query(`select coalesce(string_agg(t::text, chr(10)), '') as text from ${table} t`)).rows)] as const)
  return Object.fromEntries(await Promise.all(texts))
}

test('a reveal is the only answer with a clear name, number or address: every list, detail and search of every role is masked', async () => {
  for (const role of roles) {
    for (const { endpoint, send } of readsOf(world)) {
      const { text } = await send(world.people[role])
      expect([role, endpoint.path, clearIn(text)]).toEqual([role, endpoint.path, []])
    }
  }
  // The crawl itself sees what it looks for.
  const { text } = await world.people.manager.call(revealFields, { body: { subject: 'customer', ids: [world.ids.customer], fields: ['name', 'accountName', 'mobile', 'email', 'manager'], page: '/customers' } })
  expect(clearIn(text).toSorted()).toEqual([marks.customer, marks.account, marks.mobile, marks.email, marks.manager].toSorted())
})

test('the crawl asks every endpoint that reads, and each answers somebody', async () => {
  const asked = new Set(readsOf(world).map(({ endpoint }) => `${endpoint.method} ${endpoint.path}`))
  const { paths } = JSON.parse(await (await app.request('/api/openapi.json')).text())
  const reads = Object.entries<Record<string, unknown>>(paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replaceAll('{', ':').replaceAll('}', '')}`))
    // A customer's own side shows the customer its own data, and no member gets an answer there.
    .filter((name) => (name.startsWith('GET') || name.endsWith('/query') || name.endsWith('/search')) && !name.includes(' /api/my/'))
  expect(reads.filter((name) => !asked.has(name))).toEqual([])
  for (const { endpoint, send } of readsOf(world)) expect([endpoint.path, (await send(world.people.administrator)).status]).toEqual([endpoint.path, 200])
})

test('proofs, messages and refusals say masked names only, and a customer hears nothing of another', async () => {
  const { administrator } = world.people
  app.travel(120)
  const body = { from: 'top-up' as const, items: [{ customerId: world.ids.customer, amount: Amount.parse('1.00') }] }
  const asked = await administrator.call(allocateFunds, { body })
  const sent = await administrator.call(sendCode, { params: { id: asked.problem.proof?.proofId ?? '' }, body: { channel: 'email' } })
  const tooMuch = await administrator.call(allocateFunds, { body: { from: 'top-up', items: [{ customerId: world.ids.customer, amount: Amount.parse('9999999999.99') }] } })
  const referral = await administrator.call(allocateFunds, { body: { from: 'top-up', items: [{ customerId: world.ids.unassigned, amount: Amount.parse('1.00') }] } })
  expect([asked.status, sent.status, tooMuch.status, referral.status]).toEqual([403, 200, 409, 409])
  for (const { text } of [asked, sent, tooMuch, referral]) expect(clearIn(text)).toEqual([])
  const written = await app.inTenant(world.partner.id, (tx) => tx.rows<{ sealed: Uint8Array; to_masked: string }>(sql`select sealed, to_masked from messages where partner_id = ${world.partner.id}`))
  expect(written.length).toBeGreaterThan(5)
  for (const { sealed, to_masked: to } of written) {
    const { to: _address, ...content } = JSON.parse(open(sealed))
    expect(clearIn(JSON.stringify(content) + to)).toEqual([])
  }
  for (const { text, subject = '' } of [...app.sms.sent, ...app.email.sent]) expect(clearIn(text + subject)).toEqual([])
})

test.each(ExportContent.options)('the file of %s is masked, also for an administrator who has just revealed everything', async (content) => {
  const { partner, people: { administrator } } = content === 'coupon-whitelist' ? world.sides.subsidy : world
  const { body } = await administrator.call(createExport, { body: { request: { content }, language: 'zh-CN' } })
  await buildExport(app.database, { partnerId: partner.id, exportId: body.id }, (error) => { throw error })
  const file = await (await app.request(exportFilePath(body.id), { headers: { cookie: `session=${administrator.token}` } })).text()
  expect(file.split('\r\n').length).toBeGreaterThan(3)
  expect([content, clearIn(file)]).toEqual([content, []])
})

test('no table but those of the data themselves, no log line and no job holds a clear value', async () => {
  for (const [table, text] of Object.entries(await dump())) expect([table, clearIn(text).filter((mark) => mark !== marks.reseller || !resellerHolders.includes(table))]).toEqual([table, []])
  expect(app.logged.length).toBeGreaterThan(50)
  expect(clearIn(app.logged.join())).toEqual([])
  expect(clearIn(JSON.stringify(app.jobs))).toEqual([])
})

test('no code, token, cookie, key or password of all that was done stands in a log, a table, an answer or another message', async () => {
  const { partner, people } = world
  app.travel(120)
  const answers: string[] = []
  const tell = async (client: Client, path: string, init: RequestInit) => {
    const response = await app.request(path, { ...init, headers: { cookie: `session=${client.token}`, origin: 'http://console.test', 'content-type': 'application/json', 'x-csrf': app.csrfOf(client), ...init.headers } })
    const text = await response.text()
    answers.push(text, JSON.stringify([...response.headers]))
    return text
  }
  const order = JSON.stringify({ from: 'top-up', items: [{ customerId: world.ids.customer, amount: '2.00' }] })
  const key = 'a-request-key-of-the-leak-test'
  const asked = JSON.parse(await tell(people.administrator, '/api/funds/allocations', { method: 'POST', body: order, headers: { 'idempotency-key': key } }))
  await tell(people.administrator, `/api/proofs/${asked.proof.proofId}/send`, { method: 'POST', body: '{"channel":"sms"}' })
  const code = newestCode(app)
  await check(people.administrator, asked.proof.proofId, wrong(code))
  await tell(people.administrator, `/api/proofs/${asked.proof.proofId}/check`, { method: 'POST', body: JSON.stringify({ code }) })
  await tell(people.administrator, '/api/funds/allocations', { method: 'POST', body: order, headers: { 'idempotency-key': key, 'x-proof-id': asked.proof.proofId } })
  for (const password of [testPassword, 'a wrong and telling password']) await tell(people.operator, '/api/session', { method: 'POST', body: JSON.stringify({ account: partner.account, member: 'nobody', password }) })
  const { sent } = app.sms
  const told = async (path: string, body: unknown) => {
    app.travel(61)
    return await tell(people.administrator, path, { method: 'POST', body: JSON.stringify(body) })
  }
  const mobile = '+8613711223344'
  await told('/api/profile/identity/send', { change: 'mobile', channel: 'sms' })
  await told('/api/profile/identity/check', { change: 'mobile', code: wrong(newestCode(app)) })
  await told('/api/profile/identity/check', { change: 'mobile', code: newestCode(app) })
  await told('/api/profile/contact/send', { change: 'mobile', value: mobile })
  expect(sent.at(-1)?.to).toBe(mobile)
  await told('/api/password-reset/send', { account: partner.account, member: 'nobody', channel: 'sms' })
  await told('/api/profile/identity/send', { change: 'password', channel: 'email' })
  await told('/api/profile/identity/check', { change: 'password', code: newestCode(app, 'email') })
  expect(await told('/api/profile/password', { password: 'a new and telling password' })).toContain('endedSignIns')
  const { secret, shown } = await useApp(people.operator, (path, body) => tell(people.operator, path, { method: 'POST', body: JSON.stringify(body) }))
  const everywhere = { ...(await dump()), log: app.logged.join('\n'), answers: answers.join('\n') }
  const codes = [...app.sms.sent, ...app.email.sent].flatMap(({ text }) => text.replace(/[\d,]+\.\d\d/g, '').match(/\d{6}/)?.slice(0, 1) ?? []).concat(shown)
  expect(codes).toContain(code)
  expect(codes.length).toBeGreaterThan(3)
  for (const [place, text] of Object.entries(everywhere)) {
    const found = [...Object.values(people).map(({ token }) => token), testPassword, 'telling password', mobile.slice(3), secret, Buffer.from(secret).toString('hex')].filter((secret) => text.includes(secret))
    // A number of six digits may stand in a hash or a longer number by chance.
    expect([place, found, codes.filter((one) => new RegExp(`(?<![0-9A-Za-z.+_-])${one}(?![0-9A-Za-z_-])`).test(text))]).toEqual([place, [], []])
  }
  expect(everywhere.log).not.toMatch(/idempotency-key|a-request-key-of|x-csrf|set-cookie/i)
  expect(app.sms.sent.filter(({ text }) => text.includes('http'))).toEqual([])
})

/** Adds an app and shows its codes, right and wrong. @param tell sends and keeps the answer. @returns the secret, which one answer told and nothing else may, and the codes. */
async function useApp(person: Client, tell: (path: string, body: unknown) => Promise<string>): Promise<{ secret: string; shown: string[] }> {
  await tell('/api/profile/identity/send', { change: 'authenticator', channel: 'sms' })
  await tell('/api/profile/identity/check', { change: 'authenticator', code: newestCode(app) })
  const { body: { secret } } = await person.call(beginTotp, { body: {} })
  const first = await shownCode(app, secret)
  expect(await tell('/api/profile/authenticators/totp', { name: 'Phone', code: first })).toContain('lastUsedAt')
  app.travel(31)
  const second = await shownCode(app, secret)
  await tell('/api/profile/identity/totp', { change: 'email', code: wrong(second) })
  expect(await tell('/api/profile/identity/totp', { change: 'email', code: second })).toContain('openUntil')
  await tell('/api/profile/identity/totp', { change: 'email', code: second })
  return { secret, shown: [first, second] }
}
