import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { expect, inject, onTestFinished, test, vi } from 'vitest'
import { installJobs } from '#server/jobs/boss.ts'
import { checkSchema, migrate } from './migrate.ts'
import { openPostgres, type Engine } from './open.ts'

const minute = { timeout: 120_000 }

/** An empty database. @returns what opens it for one server more. */
async function emptyDatabase(): Promise<{ open(): Engine; cut(): Promise<unknown> }> {
  const client = new pg.Client({ connectionString: inject('postgresUrl') })
  await client.connect()
  const name = `empty_${randomBytes(4).toString('hex')}`
  await client.query(`create database ${name}`)
  const engines: Engine[] = []
  onTestFinished(async () => {
    await Promise.all(engines.map((engine) => engine.close()))
    await client.query(`drop database ${name}`)
    await client.end()
  })
  const url = new URL(inject('postgresUrl'))
  url.pathname = `/${name}`
  return {
    open() {
      const engine = openPostgres(url.href, { poolMax: 2, onError: () => undefined })
      engines.push(engine)
      return engine
    },
    cut: () => client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]),
  }
}
const applied = async (engine: Engine) => (await engine.query('select tag from schema_migrations order by tag').catch(() => ({ rows: [] }))).rows.length

test('of six servers that start together on an empty database each gets ready, and nothing is done twice', minute, async () => {
  for (let round = 0; round < 3; round += 1) {
    const { open } = await emptyDatabase()
    const engines = Array.from({ length: 6 }, open)
    const started = await Promise.allSettled(engines.map(async (engine) => {
      await migrate(engine)
      await installJobs(engine)
      await checkSchema(engine)
    }))
    expect(started.map((one) => (one.status === 'fulfilled' ? 'ready' : String(one.reason)))).toEqual(engines.map(() => 'ready'))
  }
})

test('servers that are started again together, whenever they are, each get ready', minute, async () => {
  const { open } = await emptyDatabase()
  await migrate(open())
  const engines = Array.from({ length: 8 }, open)
  for (let round = 0; round < 8; round += 1) {
    const started = await Promise.allSettled(engines.map(installJobs))
    expect(started.map((one) => (one.status === 'fulfilled' ? 'ready' : String(one.reason)))).toEqual(engines.map(() => 'ready'))
  }
})

test('a migration that is cut off, again and again, goes on where it was', minute, async () => {
  const { open, cut } = await emptyDatabase()
  const watcher = open()
  for (let done = 0; ; done = await applied(watcher)) {
    const migrating = migrate(open()).then(() => 'done', () => 'cut')
    const progress = vi.waitFor(async () => expect(await applied(watcher)).toBeGreaterThan(done), { timeout: 20_000, interval: 2 })
    // The next one is under way by then.
    if (await Promise.race([migrating, progress.then(() => 'progress')]) === 'done') break
    await cut()
    if (await migrating === 'done') break
  }
  await checkSchema(watcher)
})

test('a server refuses a database that is newer, older or of another past', minute, async () => {
  const engine = (await emptyDatabase()).open()
  await expect(checkSchema(engine)).rejects.toThrow(/older than this server/)
  await migrate(engine)
  await engine.script(`insert into schema_migrations values ('9999_later', 'x', now())`)
  await expect(checkSchema(engine)).rejects.toThrow(/newer than this server/)
  await expect(migrate(engine)).rejects.toThrow(/newer than this server/)
  await engine.script(`delete from schema_migrations where tag = '9999_later'; update schema_migrations set hash = 'x' where tag = (select max(tag) from schema_migrations)`)
  await expect(migrate(engine)).rejects.toThrow(/differs from the one/)
  await engine.script(`delete from schema_migrations where tag = (select max(tag) from schema_migrations)`)
  await expect(checkSchema(engine)).rejects.toThrow(/older than this server/)
})
