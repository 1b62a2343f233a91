import { existsSync } from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { getRequestListener } from '@hono/node-server'
import type { Hono } from 'hono'
import pino, { type Logger } from 'pino'
import type { ProofChannel } from '#contract/proofs.ts'
import { serveBackups } from '#server/admin/backup-socket.ts'
import { configureSealing } from '#server/auth/seal.ts'
import { readSecrets, type Secrets } from '#server/auth/secrets.ts'
import { createUnifiedProvider } from '#server/auth/unified-provider.ts'
import { checkLogin } from '#server/db/check-login.ts'
import { checkPostgres, checkReachable } from '#server/db/check-postgres.ts'
import { checkSchema, migrate } from '#server/db/migrate.ts'
import { openEmbedded, openPostgres, type Engine } from '#server/db/open.ts'
import { createDatabase, databaseClock, type Clock, type Database } from '#server/db/transaction.ts'
import { createApi } from '#server/http/app.ts'
import { mountConsole } from '#server/http/console.ts'
import type { Deps } from '#server/http/deps.ts'
import { embeddedNotice, mountHealth } from '#server/http/health.ts'
import { listen } from '#server/http/listen.ts'
import { installJobs, startJobs } from '#server/jobs/boss.ts'
import { jobHandlers } from '#server/jobs/handlers.ts'
import type { Vars } from '#server/http/request.ts'
import type { MessageChannel } from '#server/messages/channel.ts'
import { createSmtpChannel } from '#server/messages/email/smtp.ts'
import { smsSettings, smtpSettings } from '#server/messages/settings.ts'
import { createSmsChannel } from '#server/messages/sms/gateway.ts'
import { features } from './app.ts'
import type { Env } from './env.ts'

export type Running = {
  url: string
  database: Database
  /** Refuses new requests, finishes those under way (25 s at most), stops the jobs and closes the database last. */
  stop(): Promise<void>
}
/** What only exists outside production: the outbox of unsent messages and its pages. Loaded by main.ts, never by this file. */
export type DevelopmentAids = { sms: MessageChannel; email: MessageChannel; mount(app: Hono<Vars>): void; /** Runs before the embedded database is opened. */ prepareDirectory?(directory: string): Promise<void>; /** Runs before anybody can sign in. */ prepare(database: Database, secrets: Secrets): Promise<void> }
export type StartOptions = { clock?: Clock; aids?: DevelopmentAids; log?: Logger; consoleDirectory?: string }

const drainMs = 25_000

/** Opens the database, brings its schema up to date where allowed, and serves API and console.
 *  Refuses with StartRefused, in one sentence, when something needed is missing. */
export async function startServer(env: Env, options: StartOptions = {}): Promise<Running> {
  const log = options.log ?? pino({ level: env.LOG_LEVEL, base: null, timestamp: pino.stdTimeFunctions.isoTime }, openLog())
  const directory = env.DATABASE_URL === undefined ? resolve(env.DATA_DIR) : undefined
  const secrets = readSecrets(env, env.isProduction ? undefined : resolve(env.DATA_DIR))
  configureSealing(secrets.seal)
  if (directory !== undefined) await options.aids?.prepareDirectory?.(directory)
  const engine = await openEngine(env, directory, log)
  const database = createDatabase(engine, options.clock ?? databaseClock)
  const { channels, close: closeChannels } = openChannels(env, options.aids)
  await options.aids?.prepare(database, secrets)
  let isClosing = false
  const server = createServer({ maxHeaderSize: 16 * 1024, headersTimeout: 10_000, requestTimeout: 30_000, connectionsCheckingInterval: 1000 })
  // The port is needed to know the own address; whoever comes before the rest is there is told to come again.
  let answer: RequestListener = (_request, response) => void response.writeHead(503, { 'Retry-After': '1', Connection: 'close' }).end()
  const inFlight = countRequests(server)
  server.on('request', (request, response) => answer(request, response))
  await listen(server, env)
  const url = env.PUBLIC_URL ?? addressOf(env, server.address())
  const deps: Deps = {
    database, secrets, channels, log, isClosing: () => isClosing, unified: env.unified && createUnifiedProvider(env.unified, url),
    settings: {
      publicUrl: url, otherOrigins: env.isProduction ? [] : localOrigins(env, server.address()), codeLifeSeconds: env.CODE_LIFE_SECONDS, idleSeconds: env.SESSION_IDLE_SECONDS, sendsPerPartnerPerDay: env.SENDS_PER_PARTNER_PER_DAY,
      trustedProxyHops: env.TRUSTED_PROXY_HOPS, isProduction: env.isProduction, isEmbedded: engine.kind === 'embedded',
    },
  }
  const onError = (error: Error) => log.error({ reason: error.message }, 'background work')
  const jobs = await startJobs(database, { handlers: jobHandlers({ database, channels, publicUrl: url, secrets, onError }), onError })
  const backups = directory === undefined ? undefined : await serveBackups(database, directory, onError)
  const { app } = createApi(deps, [...features, (_mount, hono) => {
    mountHealth(hono, deps, directory)
    options.aids?.mount(hono)
    const built = options.consoleDirectory ?? resolve('dist')
    if (existsSync(`${built}/index.html`)) mountConsole(hono, built)
  }])
  answer = getRequestListener(app.fetch)
  log.info({ url, database: engine.kind }, 'started')
  return {
    url, database,
    async stop() {
      isClosing = true
      log.info('stopping')
      // The jobs take nothing new from now on; what the last requests hand out waits in the database for the next start.
      await Promise.all([drain(server, inFlight), jobs.stop()])
      await backups?.close()
      closeChannels()
      await engine.close()
      log.info('stopped')
    },
  }
}

/** Lines that cannot be written, because the disk is full or nobody reads them, are kept up to a megabyte and then lost: the work goes on without them. What has to be
 *  known later stands in the operation log. Written at once, so that nothing is left to write at the end. */
function openLog(): ReturnType<typeof pino.destination> {
  const destination = pino.destination({ dest: 1, sync: true, maxLength: 1024 * 1024 })
  destination.on('error', () => undefined)
  return destination
}

async function openEngine(env: Env, directory: string | undefined, log: Logger): Promise<Engine> {
  if (env.DATABASE_URL === undefined) {
    const engine = await openEmbedded(directory)
    log.warn(embeddedNotice)
    await migrate(engine)
    await installJobs(engine)
    return engine
  }
  const engine = openPostgres(env.DATABASE_URL, { poolMax: env.DATABASE_POOL, onError: (error) => log.warn({ reason: error.message }, 'database connection') })
  const strictness = { isProduction: env.isProduction, warn: (sentence: string) => log.warn(sentence) }
  await checkReachable(engine, 'DATABASE_URL')
  await checkPostgres(engine, strictness)
  const migrationUrl = env.MIGRATION_DATABASE_URL ?? (env.isProduction ? undefined : env.DATABASE_URL)
  if (migrationUrl !== undefined) {
    const owner = openPostgres(migrationUrl, { poolMax: 2, onError: (error) => log.warn({ reason: error.message }, 'database connection') })
    await checkReachable(owner, env.MIGRATION_DATABASE_URL === undefined ? 'DATABASE_URL' : 'MIGRATION_DATABASE_URL')
    await migrate(owner).then(() => installJobs(owner)).finally(() => owner.close())
  }
  await checkSchema(engine)
  await checkLogin(engine, strictness)
  return engine
}

/** A configured provider is used; without one the aids take the message, where they exist. */
function openChannels(env: Env, aids: DevelopmentAids | undefined): { channels: Partial<Record<ProofChannel, MessageChannel>>; close: () => void } {
  const [mail, text] = [smtpSettings(env.channels), smsSettings(env.channels)]
  const smtp = mail && createSmtpChannel(mail)
  const email = smtp ?? aids?.email
  const sms = text ? createSmsChannel(text) : aids?.sms
  return { channels: { ...(email && { email }), ...(sms && { sms }) }, close: () => smtp?.close() }
}

const portOf = (address: AddressInfo | string | null): number => (typeof address === 'object' && address !== null ? address.port : 0)
/** Of this machine the name is told and not the number: passkeys belong to a name. */
const addressOf = (env: Env, address: AddressInfo | string | null): string => `http://${['0.0.0.0', '::', '127.0.0.1', '::1'].includes(env.HOST) ? 'localhost' : env.HOST}:${portOf(address)}`
/** People type localhost as well as 127.0.0.1; the console behind its development server has a port of its own. */
const localOrigins = (env: Env, address: AddressInfo | string | null): string[] =>
  ['localhost', '127.0.0.1'].flatMap((host) => [`http://${host}:${portOf(address)}`, `http://${host}:5173`]).filter((origin) => origin !== env.PUBLIC_URL)

/** @returns how many requests are being answered at the moment. */
function countRequests(server: Server): () => number {
  let count = 0
  server.on('request', (_request, response) => {
    count += 1
    response.once('close', () => { count -= 1 })
  })
  return () => count
}

/** Ends when no request is left, after 25 s at most. Until then new connections are taken, so that whoever comes hears that the server is closing. */
async function drain(server: Server, inFlight: () => number): Promise<void> {
  const until = performance.now() + drainMs
  while (inFlight() > 0 && performance.now() < until) await pause(50)
  const closed = new Promise<void>((done) => server.close(() => done()))
  server.closeAllConnections()
  await closed
}
