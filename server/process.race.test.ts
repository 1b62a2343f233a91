import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { expect, inject, onTestFinished, test, vi } from 'vitest'
import { installJobs } from '#server/jobs/boss.ts'
import { openPostgres } from '#server/db/open.ts'
import { demoAccounts, demoPassword } from '#server/dev/demo-people.ts'
import { signIn } from '#server/testing/console-client.ts'
import { unpack } from '#server/testing/packed.ts'
import { createTestDatabase } from '#server/testing/postgres.ts'
import { startServerProcess } from '#server/testing/server-process.ts'

const minute = { timeout: 120_000 }

/** Sends bytes that no browser would. @returns the answer as it comes, up to the end of the connection. */
async function sendBytes(url: string, bytes: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.end(bytes)
  const parts: Buffer[] = []
  for await (const part of socket) parts.push(Buffer.from(part))
  return Buffer.concat(parts).toString()
}

/** Sends the beginning of something and then nothing. @returns the answer, and the seconds until the connection was closed. */
async function dawdle(url: string, beginning: string): Promise<{ answer: string; seconds: number }> {
  const from = performance.now()
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.write(beginning)
  const parts: Buffer[] = []
  for await (const part of socket) parts.push(Buffer.from(part))
  return { answer: Buffer.concat(parts).toString(), seconds: (performance.now() - from) / 1000 }
}

async function openDatabase(): Promise<{ url: string; client: Client; directory: string }> {
  const directory = mkdtempSync(join(tmpdir(), 'process-'))
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
  const { url, drop } = await createTestDatabase(inject('postgresUrl'))
  onTestFinished(drop)
  const client = new Client({ connectionString: url })
  await client.connect()
  onTestFinished(() => client.end())
  return { url, client, directory }
}

test('connections that the database cuts, idle or in the middle of a change, end no server, and requests work again at once', minute, async () => {
  const { url, client, directory } = await openDatabase()
  const server = await startServerProcess({ env: { DATA_DIR: directory, DATABASE_URL: url, DEMO: '1', DATABASE_POOL: '10' }, logFile: join(directory, 'log') })
  onTestFinished(server.kill)
  const [account] = demoAccounts
  const person = await signIn(server.url, { account: account?.account ?? '', member: account?.member ?? '', password: demoPassword })
  const cut = async (state: string) => (await client.query(`select count(pg_terminate_backend(pid))::int as cut from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and state like $1`, [state])).rows[0]?.cut
  const read = () => person.send('GET', '/api/session')

  // Idle ones: the next requests get new connections.
  await Promise.all(Array.from({ length: 10 }, () => fetch(`${server.url}/health/ready`)))
  expect(await cut('idle')).toBeGreaterThan(1)
  await vi.waitFor(async () => expect((await read()).status).toBe(200), { timeout: 20_000, interval: 20 })

  // One that waits for a lock inside its transaction.
  await client.query('begin')
  await client.query('select 1 from partners for update')
  const change = person.send('POST', '/api/profile/verification/on', {})
  await vi.waitFor(async () => expect((await client.query(`select count(*)::int as waiting from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)).rows[0]?.waiting).toBeGreaterThan(0), { timeout: 20_000, interval: 20 })
  await cut('active')
  const refused = await change
  expect([refused.status, JSON.parse(refused.text).code, refused.headers['retry-after']]).toEqual([503, 'busy', '1'])
  await client.query('rollback')
  expect((await person.send('POST', '/api/profile/verification/on', {})).status).toBe(200)

  // All of them, again and again, while people work: an answer is either right or 503.
  const until = performance.now() + 3000
  const statuses = new Set<number>()
  const people = Array.from({ length: 8 }, async () => {
    while (performance.now() < until) statuses.add((await fetch(`${server.url}/health/ready`)).status)
  })
  while (performance.now() < until) {
    await cut('%')
    statuses.add((await fetch(`${server.url}/health/ready`)).status)
  }
  await Promise.all(people)
  expect([...statuses].filter((status) => status !== 200 && status !== 503)).toEqual([])
  await vi.waitFor(async () => expect([(await read()).status, (await fetch(`${server.url}/health/ready`)).status]).toEqual([200, 200]), { timeout: 20_000, interval: 50 })
  expect(server.child.exitCode).toBeNull()
  person.close()
  expect(await server.stop()).toBe(0)
})

test('a production server, made of the packed files alone, works under a login that owns nothing, has no outbox and no demo accounts, and tells nobody its versions', minute, async () => {
  const { url, client, directory } = await openDatabase()
  const owner = openPostgres(url, { poolMax: 2, onError: () => undefined })
  await installJobs(owner)
  const login = `server_${randomBytes(4).toString('hex')}`
  await owner.script(`create role ${login} login in role app`)
  onTestFinished(async () => {
    await owner.script(`drop owned by ${login}; drop role ${login}`)
    await owner.close()
  })
  const address = new URL(url)
  address.username = login
  const secrets = Object.fromEntries(['CODE_SECRET', 'SEAL_SECRET', 'CSRF_SECRET'].map((name) => [name, randomBytes(32).toString('base64')]))
  const product = join(directory, 'product')
  unpack(product)
  const server = await startServerProcess({
    directory: product,
    env: {
      NODE_ENV: 'production', DATA_DIR: directory, DATABASE_URL: address.href, PUBLIC_URL: 'https://console.example', DEMO: '1',
      SMTP_HOST: 'mail.invalid', SMTP_FROM: 'partner-center@console.example', ...secrets,
    },
    logFile: join(directory, 'log'),
  })
  onTestFinished(server.kill)
  for (const path of ['/dev/outbox', '/dev/outbox.css', '/api/dev/outbox', '/api/dev/clock', '/api/debug']) expect([path, (await fetch(server.url + path)).status]).toEqual([path, 404])
  expect(await (await fetch(`${server.url}/api/openapi.json`)).json()).toMatchObject({ openapi: '3.1.0' })
  expect((await fetch(`${server.url}/api/funds/allocations`)).status).toBe(405)
  expect((await client.query('select count(*)::int as count from logins')).rows).toEqual([{ count: 0 }])
  const { headers } = await fetch(`${server.url}/api/session`)
  expect(headers.get('strict-transport-security')).toBe('max-age=31536000; includeSubDomains')
  expect([headers.get('server'), headers.get('x-powered-by')]).toEqual([null, null])
  const odd: [bytes: string, status: RegExp][] = [
    [`GET /api/session HTTP/1.1\r\nHost: x\r\nX-Long: ${'a'.repeat(17_000)}\r\n\r\n`, /^HTTP\/1.1 431 /], ['TRACE /api/session HTTP/1.1\r\nHost: x\r\nConnection: close\r\nCookie: session=secret-of-mine\r\n\r\n', /^HTTP\/1.1 (4\d\d|501) /],
    ['GET /api/session HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n', /^HTTP\/1.1 400 /], ['GET / HTTP/1.1\r\n\r\n', /^HTTP\/1.1 400 /], ['\u0016\u0003\u0001', /^HTTP\/1.1 400 /],
    ['POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /', /^HTTP\/1.1 400 /],
  ]
  for (const [bytes, status] of odd) {
    const answer = await sendBytes(server.url, bytes)
    expect([bytes.slice(0, 40), answer]).toEqual([bytes.slice(0, 40), expect.stringMatching(status)])
    expect(answer).not.toMatch(/secret-of-mine|\bat |node_modules|Error:/)
  }
  // The login itself may neither change nor remove what was booked or logged, also without the role switch.
  const asServer = new Client({ connectionString: address.href })
  await asServer.connect()
  onTestFinished(() => asServer.end())
  for (const table of ['entries', 'transfers', 'adjustments', 'lot_moves', 'log_entries', 'log_heads']) {
    for (const statement of [`update ${table} set partner_id = partner_id`, `delete from ${table}`, `truncate ${table}`, `drop table ${table}`, `alter table ${table} disable trigger all`]) {
      await expect(asServer.query(statement)).rejects.toThrow(/permission denied|must be owner/)
    }
  }
  expect((await asServer.query(`select count(*)::int as owned from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname = current_user`)).rows).toEqual([{ owned: 0 }])
  expect(await server.stop()).toBe(0)
  for (const value of [...Object.values(secrets), login]) expect(readFileSync(join(directory, 'log'), 'utf8')).not.toContain(value)
})

test('a production server that is given the login of the owner refuses to start and says which it needs', minute, async () => {
  const { url, directory } = await openDatabase()
  const secrets = Object.fromEntries(['CODE_SECRET', 'SEAL_SECRET', 'CSRF_SECRET'].map((name) => [name, randomBytes(32).toString('base64')]))
  const env = { NODE_ENV: 'production', DATA_DIR: directory, DATABASE_URL: url, PUBLIC_URL: 'https://console.example', SMTP_HOST: 'mail.invalid', SMTP_FROM: 'partner-center@console.example', ...secrets }
  await expect(startServerProcess({ env, logFile: join(directory, 'log') })).rejects.toThrow('is a superuser. Requests need a login that only belongs to the role app')
})

test('whoever does not come to the end is let go: after ten seconds without all headers, after thirty without the whole request', minute, async () => {
  const { url, directory } = await openDatabase()
  const server = await startServerProcess({ env: { DATA_DIR: directory, DATABASE_URL: url }, logFile: join(directory, 'log') })
  onTestFinished(server.kill)
  const [headers, body] = await Promise.all([
    dawdle(server.url, 'GET / HTTP/1.1\r\nHost: localhost\r\n'),
    dawdle(server.url, `POST /api/session HTTP/1.1\r\nHost: localhost\r\nOrigin: ${server.url}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"account"`),
  ])
  expect([headers.answer.slice(9, 12), body.answer.slice(9, 12)]).toEqual(['408', '408'])
  expect(headers.seconds).toBeLessThan(13)
  expect(body.seconds).toBeLessThan(33)
})
