import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statfsSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'

/** A PostgreSQL server for tests, crash rounds and measurements. */
export type Cluster = {
  /** Of the maintenance database, as the superuser `postgres`. */
  url: string
  /** Ends the server and removes its files. */
  stop(): Promise<void>
  /** Ends the server's main process with SIGKILL, as a crash of the machine's database would. Its files stay. */
  kill(): Promise<void>
  /** Starts the server on the same files and port, after `kill` or while it runs. Returns when it answers again. */
  restart(): Promise<void>
}

export type ClusterOptions = {
  /** True: files lie on a real disk and every commit is flushed to it. False: in memory where the machine allows. */
  durable?: boolean
}

const lowestMajor = 15
const memoryDirectory = '/dev/shm'
const memoryBytesMin = 2 * 1024 ** 3

/**
 * The server that tests may use: the one of TEST_DATABASE_URL, else a new throw-away cluster made from the system's binaries.
 * @throws if TEST_DATABASE_URL names another machine, or if there are no binaries of PostgreSQL 15 or newer
 */
export async function openCluster(options: ClusterOptions = {}): Promise<Cluster> {
  const given = process.env['TEST_DATABASE_URL']
  if (!given) return startCluster(options)
  refuseForeignHost(given)
  const cannot = () => Promise.reject(new Error('The server of TEST_DATABASE_URL is not ours to stop.'))
  return { url: given, stop: () => Promise.resolve(), kill: cannot, restart: cannot }
}

/**
 * Tests create, change and drop whole databases, so they run on this machine only.
 * @throws if the host of `url` is another machine
 */
export function refuseForeignHost(url: string): void {
  const { hostname, searchParams } = new URL(url)
  const host = searchParams.get('host') ?? hostname
  if (host === '' || host.startsWith('/') || ['localhost', '127.0.0.1', '[::1]', '::1'].includes(host)) return
  throw new Error(`TEST_DATABASE_URL points to ${host}. Tests create and drop databases, so they only run against this machine.`)
}

/**
 * Makes and starts a cluster in a temporary directory, on a free port of 127.0.0.1, without passwords and for up to 200 connections. It ends and
 * its files go when `stop` is called, and also when the process that started it dies in any way.
 * @throws if there are no binaries of PostgreSQL 15 or newer
 */
export async function startCluster({ durable = false }: ClusterOptions = {}): Promise<Cluster> {
  const bin = findPostgres()
  if (!bin) {
    throw new Error(`PostgreSQL ${lowestMajor} or newer is needed for these tests. Install its server package, or set TEST_DATABASE_URL.`)
  }
  const owner = findOwner()
  const home = mkdtempSync(join(durable ? tmpdir() : fastDirectory(), 'partner-center-pg-'))
  chmodSync(home, 0o700)
  if (owner) chownSync(home, owner.uid, owner.gid)
  const made = spawnSync(
    join(bin, 'initdb'),
    ['--pgdata', join(home, 'data'), '--username=postgres', '--auth=trust', '--encoding=UTF8', '--locale=C.UTF-8', '--no-sync'],
    { ...owner, cwd: home, encoding: 'utf8', env: { ...process.env, TZ: 'UTC' } },
  )
  if (made.status !== 0) {
    rmSync(home, { recursive: true, force: true })
    throw new Error(`initdb failed: ${made.stderr || String(made.error)}`)
  }
  return launch(bin, home, await freePort(), owner)
}

/** The directory that holds PostgreSQL's server binaries, newest version first, or undefined. */
function findPostgres(): string | undefined {
  return candidates().find((bin) => existsSync(join(bin, 'initdb')) && majorOf(bin) >= lowestMajor)
}

type Owner = { uid: number; gid: number }

async function launch(bin: string, home: string, port: number, owner: Owner | undefined): Promise<Cluster> {
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`
  const start = async () => {
    const keeper = startKeeper(bin, home, port, owner)
    await answering(url, keeper, home)
    return keeper
  }
  let keeper = await start()
  const end = async (word: 'keep' | 'remove') => {
    const gone = keeper.exitCode === null && keeper.signalCode === null ? once(keeper, 'exit') : undefined
    keeper.stdin?.end(`${word}\n`)
    await gone
  }
  return {
    url,
    stop: async () => {
      await end('remove')
      rmSync(home, { recursive: true, force: true })
    },
    kill: async () => {
      const [pid = ''] = readFileSync(join(home, 'data', 'postmaster.pid'), 'utf8').split('\n')
      process.kill(Number(pid), 'SIGKILL')
      await unreachable(url)
    },
    restart: async () => {
      await end('keep')
      keeper = await start()
    },
  }
}

// A shell stands between us and the server. It reads from a pipe that closes when we die, even by SIGKILL, and then ends the server and removes
// its files; so a test run that was cut off leaves nothing behind. After a crash the server's children may hold the shared memory for a moment,
// and a new server refuses to start until they are gone, hence the loop.
const keeperScript = `
home=$1; shift
while :; do
  "$@" >>"$home/log" 2>&1 </dev/null &
  server=$!
  sleep 0.2
  kill -0 $server 2>/dev/null && break
  wait $server
  tail -n 3 "$home/log" | grep -q 'shared memory block' || exit 1
done
word=remove
read -r word || word=remove
kill -QUIT $server 2>/dev/null
wait $server
[ "$word" = keep ] || rm -rf "$home"
`

function startKeeper(bin: string, home: string, port: number, owner: Owner | undefined): ChildProcess {
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: home,
    max_connections: '200',
    shared_buffers: '128MB',
    max_wal_size: '512MB',
    // As in production: the server under test refuses a database that does not promise durability.
    fsync: 'on',
    synchronous_commit: 'on',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_min_messages: 'warning',
  }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  return spawn('sh', ['-c', keeperScript, 'keeper', home, join(bin, 'postgres'), '-D', join(home, 'data'), ...flags], {
    ...owner,
    cwd: home,
    // Its own group, so that Ctrl-C in a terminal reaches the tests first and they can say what they were doing.
    detached: true,
    stdio: ['pipe', 'ignore', 'inherit'],
  })
}

async function answering(url: string, keeper: ChildProcess, home: string): Promise<void> {
  for (let tries = 0; keeper.exitCode === null && tries < 600; tries += 1) {
    if (await answers(url)) return
    await pause(50)
  }
  throw new Error(`PostgreSQL did not start:\n${existsSync(join(home, 'log')) ? readFileSync(join(home, 'log'), 'utf8') : ''}`)
}

async function unreachable(url: string): Promise<void> {
  while (await answers(url)) await pause(20)
}

async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query('select 1')
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}

// initdb refuses to run as root, so root hands the cluster to a user without rights: PostgreSQL's own, else nobody.
function findOwner(): Owner | undefined {
  if (process.getuid?.() !== 0) return undefined
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map((flag) => spawnSync('id', [flag, name], { encoding: 'utf8' }))
    if (uid?.status === 0 && gid?.status === 0) return { uid: Number(uid.stdout), gid: Number(gid.stdout) }
  }
  throw new Error('PostgreSQL does not run as root, and this machine has neither a user postgres nor nobody.')
}

// Debian and its relatives keep the server's binaries out of the path, one directory per version.
function candidates(): string[] {
  const versions = '/usr/lib/postgresql'
  const packaged = existsSync(versions) ? readdirSync(versions).map((name) => join(versions, name, 'bin')) : []
  const onPath = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean)
  return [...packaged.toSorted((a, b) => majorOf(b) - majorOf(a)), ...onPath]
}

function majorOf(bin: string): number {
  const { stdout } = spawnSync(join(bin, 'postgres'), ['--version'], { encoding: 'utf8' })
  return Number(/(\d+)/.exec(stdout ?? '')?.[1] ?? 0)
}

function fastDirectory(): string {
  try {
    const { bavail, bsize } = statfsSync(memoryDirectory)
    return bavail * bsize >= memoryBytesMin ? memoryDirectory : tmpdir()
  } catch {
    return tmpdir()
  }
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((done) => probe.listen(0, '127.0.0.1', done))
  const address = probe.address()
  await new Promise((done) => probe.close(done))
  if (address === null || typeof address === 'string') throw new Error('No free port was found.')
  return address.port
}

export type TestDatabase = {
  url: string
  /** Ends every connection to the database and removes it. */
  drop(): Promise<void>
}

/** The database that every test database is a copy of; global set-up migrates it once. */
const templateName = 'partner_center_template'

/**
 * A new database for one test file, a copy of the migrated template (about 0.1 s).
 * @param url of any database of the cluster, as a user who may create databases; in tests `inject('postgresUrl')`
 */
export async function createTestDatabase(url: string): Promise<TestDatabase> {
  const name = `t_${randomBytes(6).toString('hex')}`
  await maintain(url, `create database ${name} template ${templateName}`)
  return { url: urlOf(url, name), drop: () => maintain(url, `drop database if exists ${name} with (force)`) }
}

/**
 * Makes the template anew.
 * @param migrate brings the empty database at the given address to the current schema and leaves no connection open
 */
export async function createTemplate(url: string, migrate: (databaseUrl: string) => Promise<void>): Promise<void> {
  await maintain(url, `drop database if exists ${templateName} with (force)`)
  await maintain(url, `create database ${templateName} template template0`)
  await migrate(urlOf(url, templateName))
}

function urlOf(url: string, database: string): string {
  const changed = new URL(url)
  changed.pathname = `/${database}`
  return changed.href
}

async function maintain(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
