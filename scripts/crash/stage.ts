import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate } from '#server/db/migrate.ts'
import { openEmbedded, openPostgres } from '#server/db/open.ts'
import { createDatabase, type Database } from '#server/db/transaction.ts'
import { startCluster } from '#server/testing/postgres.ts'
import { freePort, startServerProcess, type ServerProcess } from '#server/testing/server-process.ts'

/** A server on a database, both of which can be killed. */
export type Stage = {
  url: string
  server(): ServerProcess
  startServer(): Promise<void>
  /** Undefined on the embedded database, which is the server's own process. */
  database: { kill(): Promise<void>; restart(): Promise<void> } | undefined
  /** Looks into the database. On the embedded one the server must not run. */
  look<T>(work: (database: Database) => Promise<T>): Promise<T>
  /** What the server did not expect, as its log tells it. */
  unexpected(): string[]
  close(): Promise<void>
}

type Part = Pick<Stage, 'database' | 'look'> & { env: Record<string, string>; close(): Promise<void> }

/** @returns a stage whose schema is made; its server does not run yet. */
export async function openStage(kind: 'postgres' | 'embedded'): Promise<Stage> {
  const directory = mkdtempSync(join(tmpdir(), 'crash-'))
  const dataDirectory = join(directory, 'data')
  const part = kind === 'postgres' ? await onPostgres() : onEmbedded(dataDirectory)
  const port = await freePort()
  let running: ServerProcess | undefined
  return {
    ...part, url: `http://127.0.0.1:${port}`,
    server() {
      if (!running) throw new Error('the server was not started')
      return running
    },
    async startServer() {
      running = await startServerProcess({ env: { ...part.env, DATA_DIR: dataDirectory }, port, logFile: join(directory, 'server.log') })
    },
    unexpected: () => readFileSync(join(directory, 'server.log'), 'utf8').split('\n').filter((line) => line.includes('unexpected error')).slice(-5),
    async close() {
      await running?.stop()
      await part.close()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

async function onPostgres(): Promise<Part> {
  const cluster = await startCluster({ durable: true })
  const engine = openPostgres(cluster.url, { poolMax: 2, onError: () => undefined })
  await migrate(engine)
  const database = createDatabase(engine)
  return {
    env: { DATABASE_URL: cluster.url }, database: cluster, look: (work) => work(database),
    async close() {
      await engine.close()
      await cluster.stop()
    },
  }
}

function onEmbedded(directory: string): Part {
  return {
    env: {}, database: undefined,
    async look(work) {
      const engine = await openEmbedded(directory)
      try {
        await migrate(engine)
        return await work(createDatabase(engine))
      } finally {
        await engine.close()
      }
    },
    close: () => Promise.resolve(),
  }
}
