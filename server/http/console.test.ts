import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Hono } from 'hono'
import { afterAll, expect, test } from 'vitest'
import { mountConsole } from './console.ts'
import { Refusal } from './refusal.ts'
import type { Vars } from './request.ts'

const inline = { script: "document.documentElement.dataset.theme = 'dark'", style: 'body { margin: 0 }' }
const page = `<!doctype html><html><head><meta charset="utf-8"><script>${inline.script}</script><style>${inline.style}</style>
<script type="module" src="/assets/main-abc123.js"></script></head><body></body></html>`
const program = `export const text = '${'words '.repeat(400)}'`

const dist = mkdtempSync(join(tmpdir(), 'console-'))
mkdirSync(join(dist, 'assets'))
mkdirSync(join(dist, '.vite'))
for (const [path, text] of Object.entries({ 'index.html': page, 'assets/main-abc123.js': program, 'assets/main-abc123.js.map': '{}', 'robots.txt': 'User-agent: *', '.stamp': 'x', '.vite/manifest.json': '{}' })) writeFileSync(join(dist, path), text)
afterAll(() => rmSync(dist, { recursive: true }))

const app = new Hono<Vars>()
app.get('/api/thing', (c) => c.json({ secret: true }))
mountConsole(app, dist)
app.all('/api/*', (c) => c.json({ code: 'not_found' }, 404))
app.onError((error, c) => (error instanceof Refusal && error.code === 'not_found' ? c.text('', 404) : c.text('', 500)))
const get = (path: string, headers: Record<string, string> = {}) => app.request(path, { headers })
const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

test('only the console’s own files and the inline parts of exactly this page may run', async () => {
  const response = await get('/customers')
  expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([200, 'text/html; charset=utf-8', page])
  const policy = new Map((response.headers.get('content-security-policy') ?? '').split('; ').map((part) => [part.split(' ')[0], part.split(' ').slice(1)]))
  expect(Object.fromEntries(policy)).toEqual({
    'default-src': ["'self'"], 'script-src': ["'self'", hashOf(inline.script)], 'style-src': ["'self'", hashOf(inline.style)], 'img-src': ["'self'", 'data:'], 'object-src': ["'none'"],
    'base-uri': ["'none'"], 'frame-ancestors': ["'none'"], 'form-action': ["'self'"], 'connect-src': ["'self'"],
  })
  expect(response.headers.get('cross-origin-opener-policy')).toBe('same-origin')
})

test('the page is never cached, what has its hash in the name for a year, the rest shortly', async () => {
  const cached = async (path: string) => (await get(path)).headers.get('cache-control')
  for (const path of ['/', '/customers/allocate?ids=1', '/no/such/page']) expect([path, await cached(path)]).toEqual([path, 'no-store'])
  expect(await cached('/assets/main-abc123.js')).toBe('public, max-age=31536000, immutable')
  expect(await cached('/robots.txt')).toBe('public, max-age=3600')
})

test.each([
  '/customers/1/anything.png', '/customers.css', '/customers/.css', '/index.html', '/customers;.js', '/customers/x;a=b', '/customers%2ecss', '/customers%2Fx%2Ejs', '/customers/%3b.js', '/assets/none-000.js', '/assets/main-abc123.js.map', '/.stamp',
  '/.vite/manifest.json', '/assets/..%2f.stamp', '/..%2f..%2fetc%2fpasswd.txt', '/health/none', '/dev/outbox',
])('%s is no file and never the page', async (path) => expect((await get(path)).status).toBe(404))

test('an address of the API never gives the page', async () => {
  expect(await (await get('/api/thing')).json()).toEqual({ secret: true })
  for (const path of ['/api', '/api/', '/api/unknown', '/api/dev/outbox', '/api/x.css', '/api/thing/.js']) {
    const response = await get(path)
    expect([path, response.status, response.headers.get('content-type')?.startsWith('text/html') ?? false]).toEqual([path, 404, false])
  }
  expect((await app.request('/customers', { method: 'POST' })).status).toBe(404)
})

test('a browser that takes brotli gets it, with the same content and type', async () => {
  const [plain, packed] = [await get('/assets/main-abc123.js'), await get('/assets/main-abc123.js', { 'accept-encoding': 'gzip, br' })]
  expect([plain.headers.get('content-encoding'), packed.headers.get('content-encoding')]).toEqual([null, 'br'])
  expect([plain.headers.get('content-type'), packed.headers.get('content-type'), packed.headers.get('vary')]).toEqual(['text/javascript; charset=utf-8', 'text/javascript; charset=utf-8', 'Accept-Encoding'])
  expect((await packed.arrayBuffer()).byteLength).toBeLessThan(program.length / 4)
})
