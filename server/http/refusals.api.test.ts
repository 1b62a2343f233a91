import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { features } from '#server/app.ts'
import { sql } from '#server/db/query.ts'
import { createTestApp, type TestApp, type TestPartner } from '#server/testing/app.ts'

let app: TestApp
let partner: TestPartner
let customer: string
beforeAll(async () => {
  app = await createTestApp(features)
  partner = await app.newPartner({ topUp: 100n, verificationOn: false })
  customer = (await app.addCustomer(partner.id)).id
})
afterAll(() => app.close())

const Problem = z.object({ type: z.literal('about:blank'), title: z.string(), status: z.int(), code: z.string().check(z.regex(/^[a-z_]+$/)), detail: z.string().check(z.minLength(5)), requestId: z.uuid() })
/** Words of the inside: places in the program, statements, tables, libraries, versions. */
const inside = /\bat (\w|\/)+.*:\d|node_modules|\.ts\b|\/server\/|\bselect\b|\binsert\b|\bupdate\b|relation|column|constraint|syntax|postgres|pglite|drizzle|zod|hono|sqlstate|undefined|\[object|TypeError|\bv?\d+\.\d+\.\d+\b/i

type Ask = { method?: string; path: string; body?: unknown; text?: string; headers?: Record<string, string>; anonymous?: true }
async function send({ method = 'POST', path, body, text, headers = {}, anonymous }: Ask): Promise<{ status: number; text: string; headers: Headers }> {
  const payload = text ?? (body === undefined ? undefined : JSON.stringify(body))
  const response = await app.request(path, {
    method, ...(payload !== undefined && { body: payload }),
    headers: {
      origin: 'http://console.test', 'accept-language': 'en-US', 'idempotency-key': randomUUID(), ...(payload !== undefined && { 'content-type': 'application/json' }),
      ...(!anonymous && { cookie: `session=${partner.admin.token}`, 'x-csrf': app.csrfOf(partner.admin) }), ...headers,
    },
  })
  return { status: response.status, text: await response.text(), headers: response.headers }
}

const funds = '/api/funds/allocations'
const row = (amount: unknown = '1.00', customerId: unknown = () => customer) => ({ customerId: typeof customerId === 'function' ? customerId() : customerId, amount })
const order = (...items: unknown[]) => ({ from: 'top-up', items })
const kinds: [what: string, status: number, code: string, ask: () => Ask][] = [
  ['no session', 401, 'not_signed_in', () => ({ path: '/api/home', method: 'GET', anonymous: true })],
  ['a made-up session', 401, 'not_signed_in', () => ({ path: '/api/home', method: 'GET', anonymous: true, headers: { cookie: `session=${"' or 1=1 --".repeat(4)}` } })],
  ['a wrong password', 401, 'wrong_credentials', () => ({ path: '/api/session', anonymous: true, body: { account: 'nobody', password: 'not the password' } })],
  ['no CSRF value', 403, 'csrf', () => ({ path: funds, body: order(row()), headers: { 'x-csrf': '' } })],
  ['a foreign origin', 403, 'csrf', () => ({ path: funds, body: order(row()), headers: { origin: 'https://evil.example' } })],
  ['no type', 415, 'unsupported_media', () => ({ path: funds, text: '{}', headers: { 'content-type': '' } })],
  ['a form', 415, 'unsupported_media', () => ({ path: funds, text: 'a=b', headers: { 'content-type': 'application/x-www-form-urlencoded' } })],
  ['another charset', 415, 'unsupported_media', () => ({ path: funds, text: '{}', headers: { 'content-type': 'application/json; charset=utf-16' } })],
  ['compression', 415, 'unsupported_media', () => ({ path: funds, text: '{}', headers: { 'content-encoding': 'br' } })],
  ['no JSON', 400, 'malformed', () => ({ path: funds, text: '{"from":' })],
  ['nothing', 400, 'malformed', () => ({ path: funds, text: '' })],
  ['a key twice', 400, 'malformed', () => ({ path: funds, text: '{"from":"top-up","from":"credit"}' })],
  ['a poisoned key', 400, 'malformed', () => ({ path: funds, text: '{"__proto__":{}}' })],
  ['too deep', 400, 'malformed', () => ({ path: funds, text: `${'{"a":'.repeat(30)}1${'}'.repeat(30)}` })],
  ['too long a list', 400, 'malformed', () => ({ path: funds, body: order(...Array.from({ length: 1001 }, () => row())) })],
  ['a control character', 400, 'malformed', () => ({ path: '/api/search', body: { text: 'a\u0000b' } })],
  ['half a character', 400, 'malformed', () => ({ path: `/api/customers/${customer}/tag`, method: 'PUT', text: '{"tag":"a\\ud800b"}' })],
  ['a later control character', 400, 'malformed', () => ({ path: '/api/search', body: { text: 'a\u0085b' } })],
  ['too large', 413, 'too_large', () => ({ path: funds, text: `"${'x'.repeat(300_000)}"` })],
  ['an unknown field', 400, 'unknown_field', () => ({ path: funds, body: { ...order(row()), balance: '1.00' } })],
  ['an unknown query', 400, 'unknown_field', () => ({ path: '/api/home?partnerId=1', method: 'GET' })],
  ['a query twice', 400, 'invalid_input', () => ({ path: '/api/home?a=1&a=2', method: 'GET' })],
  ['a wrong type', 400, 'invalid_input', () => ({ path: funds, body: order(row(1.5)) })],
  ['a list for a value', 400, 'invalid_input', () => ({ path: funds, body: { from: ['top-up'], items: [row()] } })],
  ['no rows', 400, 'invalid_input', () => ({ path: funds, body: order() })],
  ['101 rows', 400, 'invalid_input', () => ({ path: funds, body: order(...Array.from({ length: 101 }, () => row())) })],
  ['page 0', 400, 'invalid_input', () => ({ path: '/api/customers/query', body: { page: 0 } })],
  ['a page of 101', 400, 'invalid_input', () => ({ path: '/api/customers/query', body: { pageSize: 101 } })],
  ['an unknown order', 400, 'invalid_input', () => ({ path: '/api/customers/query', body: { sort: 'name; drop table customers' } })],
  ['a bad day', 400, 'invalid_input', () => ({ path: '/api/operation-log/query', body: { filter: { from: '2026-02-30' } } })],
  ['a view nobody has', 404, 'not_found', () => ({ path: '/api/customers/query', body: { view: randomUUID() } })],
  ['an id that is none', 404, 'not_found', () => ({ path: "/api/customers/1'%20or%201=1", method: 'GET' })],
  ['an id that nobody has', 404, 'not_found', () => ({ path: `/api/customers/${randomUUID()}`, method: 'GET' })],
  ['an unknown address', 404, 'not_found', () => ({ path: '/api/admin', method: 'GET' })],
  ['a broken escape in the address', 404, 'not_found', () => ({ path: '/api/customers/%E0%A4%A', method: 'GET' })],
  ['another method', 405, 'method_not_allowed', () => ({ path: funds, method: 'DELETE' })],
  ['no request key', 400, 'idempotency_key_missing', () => ({ path: funds, body: order(row()), headers: { 'idempotency-key': '' } })],
  ['a code that is none', 400, 'code_malformed', () => ({ path: `/api/proofs/${randomUUID()}/check`, body: { code: '12345' } })],
  ['a customer twice', 409, 'rows_refused', () => ({ path: funds, body: order(row('0.10'), row('0.10')) })],
  ['too little money', 409, 'insufficient_funds', () => ({ path: funds, body: order(row('2.00')) })],
  ['a proof to give', 403, 'proof_required', () => ({ path: funds, body: order(row('0.10')) })],
]

test.each(kinds)('%s is refused with %i, a code, a sentence and the request id, and with nothing of the inside', async (what, status, code, ask) => {
  const answer = await send(ask())
  const problem = Problem.parse(JSON.parse(answer.text))
  expect([what, answer.status, problem.status, problem.code]).toEqual([what, status, status, code])
  expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
  expect(answer.headers.get('cache-control')).toBe('no-store')
  expect(answer.headers.get('x-request-id')).toBe(problem.requestId)
  expect([problem.detail, inside.exec(answer.text)]).toEqual([problem.detail, null])
})

test('a database that refuses in the middle is told to the operator, and to the person only that something went wrong', async () => {
  await app.engine.script('alter table adjustments rename to adjustments_away')
  const answer = await send({ path: '/api/funds/adjustments/query', body: {} })
  await app.engine.script('alter table adjustments_away rename to adjustments')
  const problem = Problem.parse(JSON.parse(answer.text))
  expect([answer.status, problem.code, inside.exec(answer.text)]).toEqual([500, 'internal', null])
  const [line = ''] = app.logged.filter((text) => text.includes('unexpected error'))
  expect(JSON.parse(line)).toMatchObject({ requestId: problem.requestId })
  expect((await send({ path: '/api/funds/adjustments/query', body: {} })).status).toBe(200)
})

test('hostile bodies are refused before they cost anything', async () => {
  const hostile = [`"${'x'.repeat(10_000_000)}"`, '['.repeat(260_000), '{"a":'.repeat(50_000), `[${'"\\u0061",'.repeat(29_000)}1]`, `{"text":"${'\\\\'.repeat(120_000)}"}`, `[${'0,'.repeat(130_000)}0]`]
  for (const text of hostile) {
    const times: number[] = []
    for (let round = 0; round < 5; round += 1) {
      const from = performance.now()
      expect([400, 413]).toContain((await send({ path: '/api/search', text })).status)
      times.push(performance.now() - from)
    }
    expect([text.slice(0, 12), (times.toSorted((a, b) => a - b)[1] ?? 0) < 100]).toEqual([text.slice(0, 12), true])
  }
})

test('no origin but our own is ever told that it may read, also not when it asks first', async () => {
  for (const origin of ['https://evil.example', 'null', 'http://console.test.evil.example', 'http://console.test:81', 'https://console.test']) {
    for (const method of ['GET', 'OPTIONS', 'HEAD']) {
      const { headers } = await send({ path: '/api/session', method, headers: { origin, 'access-control-request-method': 'POST' } })
      expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
    }
    expect((await send({ path: funds, body: order(row('0.10')), headers: { origin } })).status).toBe(403)
  }
})

test('text is stored in one normal form, trimmed, and what cannot be seen or turns the writing direction is refused', async () => {
  const tag = (text: string) => send({ path: `/api/customers/${customer}/tag`, method: 'PUT', body: { tag: text } })
  expect(JSON.parse((await tag('  E\u0301lan  ')).text)).toEqual({ tag: 'Élan' })
  expect(await app.inTenant(partner.id, (tx) => tx.rows(sql`select tag from customers where id = ${customer}`))).toEqual([{ tag: 'Élan' }])
  for (const text of ['a\u202eb', 'a\u2066b', 'a\u200bb', 'a\u0000b', 'a\u009bb']) expect([text, (await tag(text)).status]).toEqual([text, 400])
})
