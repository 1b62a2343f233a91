import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { lockDirectory } from '#server/db/lock.ts'
import { openEmbedded } from '#server/db/open.ts'
import { sql } from '#server/db/query.ts'
import { createDatabase } from '#server/db/transaction.ts'
import { findMismatches } from '#server/ledger/invariants.ts'
import { StartRefused } from '#server/start-refused.ts'
import { makeDemoDirectory } from './demo-directory.ts'
import { uuidFrom } from './demo-ids.ts'
import { demoPartners } from './demo-people.ts'
import { readSecrets } from '#server/auth/secrets.ts'
import { seedDemo } from './demo.ts'

const minute = { timeout: 240_000 }

function newDirectory(): string {
  const directory = join(mkdtempSync(join(tmpdir(), 'demo-directory-')), 'data')
  onTestFinished(() => rmSync(join(directory, '..'), { recursive: true, force: true }))
  return directory
}

async function expectWholeDemo(directory: string): Promise<void> {
  const engine = await openEmbedded(directory)
  try {
    const database = createDatabase(engine)
    expect(await seedDemo(database, new Date(), readSecrets({ CODE_SECRET: 'c'.repeat(40), SEAL_SECRET: 's'.repeat(40), CSRF_SECRET: 'f'.repeat(40) }, undefined))).toBe(false)
    await database.inTenant(demoPartners.map(({ account }) => uuidFrom(`partner ${account}`)), async (tx) => {
      expect(await tx.rows(sql`select count(*)::int as count from partners`)).toEqual([{ count: demoPartners.length }])
      expect(await findMismatches(tx)).toEqual([])
    })
  } finally {
    await engine.close()
  }
}

test('a demo whose making was interrupted is made again from the start, and one that is there is left alone', minute, async () => {
  const directory = newDirectory()
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    const server = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'server/main.ts'], { env: { PATH: process.env['PATH'], DATA_DIR: directory, PORT: '0' }, stdio: 'ignore' })
    onTestFinished(() => void server.kill('SIGKILL'))
    await vi.waitFor(() => expect(existsSync(join(directory, 'unfinished', 'pg', 'PG_VERSION'))).toBe(true), { timeout: 60_000, interval: 10 })
    const ended = once(server, 'exit')
    server.kill(signal)
    expect(await ended).toEqual([null, signal])
    // Whoever was making it is gone, too: the directory is free.
    await vi.waitFor(() => lockDirectory(directory).close(), { timeout: 60_000, interval: 10 })
    expect(existsSync(join(directory, 'pg'))).toBe(false)
    rmSync(join(directory, 'unfinished', 'pg', 'PG_VERSION'))
  }

  await makeDemoDirectory(directory)
  await expectWholeDemo(directory)
  expect(existsSync(join(directory, 'unfinished'))).toBe(false)
  const engine = await openEmbedded(directory)
  await engine.query(`insert into installation (key, value, at) values ('mine', 'kept', now())`)
  await engine.close()
  await makeDemoDirectory(directory)
  const again = await openEmbedded(directory)
  expect((await again.query(`select value from installation where key = 'mine'`)).rows).toEqual([{ value: 'kept' }])
  await again.close()
})

test('who makes the demo where another process is at work, or where nothing can be written, hears why', minute, async () => {
  const listeners = () => [process.listenerCount('SIGTERM'), process.listenerCount('SIGINT')]
  const before = listeners()
  const directory = newDirectory()
  const lock = lockDirectory(directory)
  await expect(makeDemoDirectory(directory)).rejects.toThrow(new StartRefused(`Another process is using ${directory}. Stop it first, or give this one its own directory (DATA_DIR) or a PostgreSQL database (DATABASE_URL).`))
  lock.close()
  const foreign = newDirectory()
  mkdirSync(join(foreign, 'something'), { recursive: true })
  chmodSync(foreign, 0o755)
  await expect(makeDemoDirectory(foreign)).rejects.toThrow('Choose another DATA_DIR')
  for (const path of [directory, foreign]) expect(existsSync(join(path, 'pg'))).toBe(false)
  expect(listeners()).toEqual(before)
})
