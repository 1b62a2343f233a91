// The product as tests use it: its own database, a mail server that keeps what it gets, the built console, and a clock that can be moved.
// Runs as a child process of one test worker and ends with it. Prints one line: where the console and the stage of the tests are.
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { Client } from 'pg'
import { SMTPServer } from 'smtp-server'
import { runCommand } from '#server/admin/run.ts'
import { openPostgres } from '#server/db/open.ts'
import { createOutbox } from '#server/dev/outbox.ts'
import { readEnv } from '#server/env.ts'
import { startServer } from '#server/start.ts'
import { openCluster } from '#server/testing/postgres.ts'
import type { Letter } from './letters.ts'
import { createStage } from './stage.ts'

const directory = mkdtempSync(join(tmpdir(), 'partner-center-e2e-'))
const cluster = await openCluster()
const databaseName = `e2e_${randomBytes(6).toString('hex')}`
await maintain(`create database ${databaseName}`)
const databaseUrl = new URL(cluster.url)
databaseUrl.pathname = `/${databaseName}`

const letters: Letter[] = []
const mail = new SMTPServer({
  disabledCommands: ['AUTH', 'STARTTLS'], logger: false,
  onData(stream, session, done) {
    const parts: Buffer[] = []
    stream.on('data', (part: Buffer) => parts.push(part))
    stream.on('end', () => {
      letters.unshift({ to: session.envelope.rcptTo.map((recipient) => recipient.address), source: Buffer.concat(parts).toString('utf8') })
      done()
    })
  },
})
await new Promise<void>((listening) => mail.listen(0, '127.0.0.1', listening))
const mailAddress = mail.server.address()

// Where people come back to must be known before the server is there.
const issuer = process.env['E2E_UNIFIED'] === '1' ? await openIssuer(await freePort()) : undefined
const outbox = createOutbox(() => undefined)
let shift = 0
const clock = { at: (now: Date) => new Date(now.getTime() + shift * 1000) }
const running = await startServer(
  readEnv({
    NODE_ENV: 'test', PORT: '0', HOST: '127.0.0.1', DATA_DIR: directory, DATABASE_URL: databaseUrl.href,
    ...issuer?.settings,
    SMTP_HOST: '127.0.0.1', SMTP_PORT: String(portOf(mailAddress)), SMTP_FROM: 'partner-center@example.test', SMTP_REQUIRE_TLS: 'false',
  }),
  {
    clock,
    aids: { sms: outbox.sms, email: outbox.email, mount: (app) => void app.route('/', outbox.routes), prepare: async () => undefined },
    log: pino({ level: process.env['E2E_LOG'] ?? 'silent' }, pino.destination(2)),
    consoleDirectory: process.env['E2E_CONSOLE'] ?? 'dist',
  },
)
const stage = createStage(running.database, { letters, outbox, travel: (seconds) => { shift += seconds }, operator })

const control = createServer((request, response) => {
  void answer(request).then((text) => response.end(text), (error: unknown) => {
    response.statusCode = 500
    response.end(error instanceof Error ? error.stack : String(error))
  })
})
await new Promise<void>((listening) => control.listen(0, '127.0.0.1', listening))
process.stdout.write(`${JSON.stringify({ url: running.url, stage: `http://127.0.0.1:${portOf(control.address())}` })}\n`)

let ending: Promise<void> | undefined
process.once('SIGTERM', () => void end())
// The pipe closes when the worker dies in whatever way.
process.stdin.resume().once('end', () => void end())

async function answer(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part)
  const given: unknown = JSON.parse(Buffer.concat(parts).toString('utf8'))
  return JSON.stringify(await stage((request.url ?? '/').slice(1), given) ?? null)
}

function end(): Promise<void> {
  ending ??= (async () => {
    control.closeAllConnections()
    control.close()
    await running.stop()
    mail.close()
    await issuer?.close()
    await maintain(`drop database ${databaseName} with (force)`)
    await cluster.stop()
    rmSync(directory, { recursive: true, force: true })
    process.exit(0)
  })()
  return ending
}

/** Runs a command of the vendor's operator on this database. Refuses by throwing what it says. */
async function operator(words: readonly string[]): Promise<string> {
  const said: string[] = []
  const say = (line: string) => void said.push(line)
  const code = await runCommand(words, {
    open: async () => openPostgres(databaseUrl.href, { poolMax: 1, onError: (error) => say(error.message) }), clock, publicUrl: running.url, issuer: issuer?.settings.OIDC_ISSUER, print: say, printError: say, readInput: async () => '', prepareMessages: () => undefined,
  })
  if (code !== 0) throw new Error(said.join('\n'))
  return said.join('\n')
}

/** The provider of the unified ID, and what the server must be told of it. */
async function openIssuer(consolePort: number) {
  const { startIssuer } = await import('#server/testing/issuer.ts')
  const publicUrl = `http://localhost:${consolePort}`
  const { settings: { issuer: url, clientId, clientSecret, name, manageUrl }, close } = await startIssuer(publicUrl)
  return { close, settings: { PORT: String(consolePort), PUBLIC_URL: publicUrl, OIDC_ISSUER: url, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret, OIDC_NAME: name, OIDC_MANAGE_URL: manageUrl } }
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((listening) => probe.listen(0, '127.0.0.1', listening))
  const port = portOf(probe.address())
  await new Promise((closed) => probe.close(closed))
  return port
}

async function maintain(statement: string): Promise<void> {
  const client = new Client({ connectionString: cluster.url })
  await client.connect()
  await client.query(statement).finally(() => client.end())
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
