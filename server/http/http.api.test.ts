import { afterAll, beforeAll, expect, test } from 'vitest'
import { allocateFunds } from '#contract/funds.ts'
import { createTestApp, type TestApp, type TestPartner } from '#server/testing/app.ts'
import { mountStage, newStage } from '#server/testing/sensitive.ts'

let app: TestApp
let partner: TestPartner
const item = { customerId: '11111111-1111-4111-8111-111111111111', amount: '1.00' }
const valid = { body: { from: 'top-up' as const, items: [item] } }
beforeAll(async () => {
  app = await createTestApp([mountStage(newStage())])
  partner = await app.newPartner({ verificationOn: false })
})
afterAll(() => app.close())

const post = (body: string, headers: Record<string, string> = {}) => app.request('/api/funds/allocations', {
  method: 'POST', body, headers: { cookie: `session=${partner.admin.token}`, origin: 'http://console.test', 'content-type': 'application/json', ...headers },
})
const codeOf = async (response: Response) => [response.status, JSON.parse(await response.text()).code]

test('amounts are accepted at their borders and refused beyond them', async () => {
  const tryAmount = async (amount: unknown) => (await partner.admin.call(allocateFunds, valid, { raw: { from: 'top-up', items: [{ ...item, amount }] } })).status
  for (const amount of ['0.01', '1.00', '9999999999.99']) expect([amount, await tryAmount(amount)]).toEqual([amount, 403])
  for (const amount of ['0.00', '-1.00', '1', '1.0', '1.000', '1e3', ' 1.00', '1,00', '01.00', '10000000000.00', '１.00', 1.1, null, 'NaN', '1.00\n']) expect([amount, await tryAmount(amount)]).toEqual([amount, 400])
})

test('a body that is too large, too deep, doubled, poisoned or not JSON is refused before anything is read', async () => {
  expect(await codeOf(await post(JSON.stringify({ x: 'a'.repeat(300_000) })))).toEqual([413, 'too_large'])
  expect(await codeOf(await post(`${'['.repeat(40)}1${']'.repeat(40)}`))).toEqual([400, 'malformed'])
  expect(await codeOf(await post('{"from":"top-up","from":"credit","items":[]}'))).toEqual([400, 'malformed'])
  expect(await codeOf(await post('{"from":"top-up","\\u0066rom":"credit","items":[]}'))).toEqual([400, 'malformed'])
  expect(await codeOf(await post('{"__proto__":{"a":1},"from":"top-up"}'))).toEqual([400, 'malformed'])
  expect(await codeOf(await post('{"constructor":1}'))).toEqual([400, 'malformed'])
  expect(await codeOf(await post('{"from":'))).toEqual([400, 'malformed'])
  expect(await codeOf(await post('from=top-up', { 'content-type': 'application/x-www-form-urlencoded' }))).toEqual([415, 'unsupported_media'])
  expect(await codeOf(await post('{}', { 'content-type': 'application/json; charset=gbk' }))).toEqual([415, 'unsupported_media'])
  expect(await codeOf(await post('{}', { 'content-encoding': 'gzip' }))).toEqual([415, 'unsupported_media'])
})

test('a request key is needed, of sixteen to 255 printable characters', async () => {
  for (const key of ['', 'short', 'a'.repeat(256), 'has a blank in it']) {
    expect((await partner.admin.call(allocateFunds, valid, { headers: { 'idempotency-key': key } })).problem.code).toBe('idempotency_key_missing')
  }
})

test('every field at fault is named in the person\'s language, and nothing of the inside is shown', async () => {
  const { problem, text } = await partner.admin.call(allocateFunds, valid, { raw: { from: 'wallet', items: [{ ...item, amount: '0.00' }] } })
  expect(problem).toMatchObject({ status: 400, code: 'invalid_input', type: 'about:blank' })
  expect(problem.fields?.map(({ path, code }) => [path, code])).toEqual([['from', 'invalid'], ['items.0.amount', 'amount']])
  expect(problem.fields?.[1]?.message).toContain('0.01')
  expect(problem.requestId).toMatch(/^[0-9a-f-]{36}$/)
  expect(text).not.toMatch(/zod|stack|select|\/server\//i)
  const chinese = await partner.admin.call(allocateFunds, valid, { raw: { from: 'wallet', items: [] }, headers: { 'accept-language': 'zh-CN,zh;q=0.9,en;q=0.8' } })
  expect(chinese.problem.detail).toMatch(/[一-鿿]/)
})

test('unknown fields, methods, addresses and endings are refused', async () => {
  expect((await partner.admin.call(allocateFunds, valid, { raw: { ...valid.body, partnerId: 'x', balance: '1.00' } })).problem).toMatchObject({ code: 'unknown_field', fields: [{ path: 'partnerId' }, { path: 'balance' }] })
  expect(await codeOf(await app.request('/api/funds/allocations', { method: 'PATCH' }))).toEqual([405, 'method_not_allowed'])
  for (const path of ['/api/x.css', '/api/session/.js', '/api/session;.js', '/api', '/api/', '/api/SESSION']) expect((await app.request(path)).status).toBe(404)
})

test('answers are never cached, sniffed or read by another site', async () => {
  const response = await app.request('/api/session', { headers: { origin: 'https://evil.example' } })
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  expect(response.headers.get('cross-origin-resource-policy')).toBe('same-origin')
  expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
  expect([...response.headers.keys()].filter((name) => name.startsWith('access-control') || name === 'x-powered-by' || name === 'server')).toEqual([])
})

test('a good answer is JSON in UTF-8 and says so', async () => {
  const { headers } = await app.request('/api/session', { headers: { cookie: `session=${partner.admin.token}` } })
  expect([headers.get('content-type'), headers.get('cache-control'), headers.get('x-content-type-options')]).toEqual(['application/json; charset=utf-8', 'no-store', 'nosniff'])
})

test('the API describes itself as OpenAPI 3.1', async () => {
  const description = JSON.parse(await (await app.request('/api/openapi.json')).text())
  expect(description.openapi).toBe('3.1.0')
  expect(description.paths['/api/funds/allocations'].post).toMatchObject({ 'x-sensitive-operation': 'funds.allocate', 'x-permission': 'funds.allocate' })
  expect(description.paths['/api/proofs/{id}/check'].post.parameters.map(({ name }: { name: string }) => name)).toEqual(['id', 'X-CSRF'])
})
