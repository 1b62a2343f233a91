import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, onTestFinished, test, vi } from 'vitest'
import * as z from 'zod/mini'
import { demoAccounts, demoPassword } from '#server/dev/demo-people.ts'
import { createTestDatabase } from '#server/testing/postgres.ts'
import { freePort, startServerProcess, type ServerProcess } from '#server/testing/server-process.ts'

/** What a fault in the program looks like, on demand. */
const faulty = `data:text/javascript,process.on('SIGUSR2',()=>void Promise.reject(new Error('a planted fault')))`
const minute = { timeout: 120_000 }

const home = mkdtempSync(join(tmpdir(), 'process-'))
let database: { url: string; drop(): Promise<void> } | undefined
beforeAll(async () => {
  database = inject('engine') === 'postgres' ? await createTestDatabase(inject('postgresUrl')) : undefined
})
afterAll(async () => {
  await database?.drop()
  rmSync(home, { recursive: true, force: true })
})

let starts = 0

/** Starts the server; one after the other on the same data, because the demo takes long to make. */
async function start(): Promise<ServerProcess & { log: () => string }> {
  starts += 1
  const logFile = join(home, `log-${starts}`)
  const server = await startServerProcess({ env: { DATA_DIR: join(home, 'data'), DEMO: '1', ...(database && { DATABASE_URL: database.url }) }, nodeArguments: ['--import', faulty], logFile })
  onTestFinished(server.kill)
  return { ...server, log: () => readFileSync(logFile, 'utf8') }
}

/** A sign-in whose body is still on its way: the server has taken the request and cannot answer it yet. */
async function beginSignIn(url: string): Promise<{ finish(): Promise<number | undefined> }> {
  const [account] = demoAccounts
  const body = JSON.stringify({ account: account?.account, ...(account?.member && { member: account.member }), password: demoPassword })
  const sent = request(`${url}/api/session`, { method: 'POST', headers: { origin: url, 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)), expect: '100-continue' } })
  sent.flushHeaders()
  await once(sent, 'continue')
  return {
    async finish() {
      const answered = once(sent, 'response')
      sent.end(body)
      const [response] = await answered
      response.resume()
      return response.statusCode
    },
  }
}

async function ended(server: ServerProcess): Promise<number | null> {
  if (server.child.exitCode === null) await once(server.child, 'exit')
  return server.child.exitCode
}
const isClosing = async (url: string) => {
  const response = await fetch(`${url}/health/ready`)
  return response.status === 503 && z.parse(z.object({ checks: z.object({ open: z.boolean() }) }), await response.json()).checks.open === false
}

test('on SIGTERM the server says that it closes, finishes what it was asked, and ends; a second signal shortens nothing', minute, async () => {
  const server = await start()
  const waiting = await beginSignIn(server.url)
  const from = performance.now()
  server.child.kill('SIGTERM')
  await vi.waitFor(async () => expect(await isClosing(server.url)).toBe(true), { timeout: 20_000, interval: 20 })
  for (const path of ['/api/session', '/api/customers/query', '/']) {
    const refused = await fetch(server.url + path)
    expect([path, refused.status, refused.headers.get('connection'), refused.headers.get('retry-after'), z.parse(z.object({ code: z.string() }), await refused.json()).code]).toEqual([path, 503, 'close', '5', 'closing'])
  }
  expect((await fetch(`${server.url}/health/live`)).status).toBe(200)
  server.child.kill('SIGTERM')
  expect(await waiting.finish()).toBe(200)
  expect(await ended(server)).toBe(0)
  expect(performance.now() - from).toBeLessThan(30_000)
  expect(server.log()).toContain('"stopped"')
})

test('a fault that nobody caught is logged, what was under way is answered, and the process ends as failed', minute, async () => {
  const server = await start()
  const waiting = await beginSignIn(server.url)
  server.child.kill('SIGUSR2')
  await vi.waitFor(async () => expect(await isClosing(server.url)).toBe(true), { timeout: 20_000, interval: 20 })
  expect(await waiting.finish()).toBe(200)
  expect(await ended(server)).toBe(1)
  const [line = ''] = server.log().split('\n').filter((text) => text.includes('a planted fault'))
  expect(JSON.parse(line)).toMatchObject({ level: 'fatal', msg: 'unhandledRejection', error: expect.stringContaining('a planted fault') })
})

test('in production nothing starts on half of the settings, and the message says what is missing and why', minute, async () => {
  const directory = mkdtempSync(join(tmpdir(), 'process-'))
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
  const run = (env: Record<string, string>) => startServerProcess({ env: { NODE_ENV: 'production', DATA_DIR: directory, ...env }, logFile: join(directory, 'log') })
  await expect(run({})).rejects.toThrow(/Production needs: DATABASE_URL \(the embedded database may lose data when the power fails; ALLOW_EMBEDDED_IN_PRODUCTION=1 accepts that\)/)
  await expect(run({ SESSION_IDLE: '1' })).rejects.toThrow('Unknown settings: SESSION_IDLE')
})

test('whoever looks at the start or at the readiness is told of the embedded database, and of nothing on PostgreSQL', minute, async () => {
  const server = await start()
  const { notice } = z.parse(z.object({ notice: z.optional(z.string()) }), await (await fetch(`${server.url}/health/ready`)).json())
  const Line = z.object({ level: z.number(), msg: z.string() })
  const told = server.log().split('\n').filter((line) => line.includes('embedded database')).map((line) => z.parse(Line, JSON.parse(line)))
  const isEmbedded = inject('engine') === 'embedded'
  expect([/not for real money/, /power failure may lose/, /DATABASE_URL/].map((words) => words.test(notice ?? ''))).toEqual([isEmbedded, isEmbedded, isEmbedded])
  expect(told).toEqual(isEmbedded ? [{ level: 40, msg: notice }] : [])
})

test('a server whose log finds no space starts, answers and ends like any other', minute, async () => {
  const port = await freePort()
  const full = openSync('/dev/full', 'w')
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'server/main.ts'], {
    stdio: ['ignore', full, full], env: { PATH: process.env['PATH'] ?? '', HOST: '127.0.0.1', PORT: String(port), DATA_DIR: join(home, 'data'), DEMO: '1', ...(database && { DATABASE_URL: database.url }) },
  })
  closeSync(full)
  onTestFinished(() => void child.kill('SIGKILL'))
  const url = `http://127.0.0.1:${port}`
  await vi.waitFor(async () => expect((await fetch(`${url}/health/ready`)).status).toBe(200), { timeout: 60_000, interval: 50 })
  for (let turn = 0; turn < 50; turn += 1) expect((await fetch(`${url}/api/session`)).status).toBe(401)
  const exit = once(child, 'exit')
  child.kill('SIGTERM')
  expect(await exit).toEqual([0, null])
})
