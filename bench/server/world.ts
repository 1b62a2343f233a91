import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate } from '#server/db/migrate.ts'
import { openPostgres } from '#server/db/open.ts'
import { createDatabase, type Database } from '#server/db/transaction.ts'
import { startCluster } from '#server/testing/postgres.ts'
import { startServerProcess, type ServerProcess } from '#server/testing/server-process.ts'

/** A PostgreSQL that flushes to disk, a server on it, and a connection of our own for what no client can do. */
export type World = { database: Database; databaseUrl: string; server: ServerProcess; logFile: string; close(): Promise<void> }

/** @param fill makes the data before the server starts. @param nodeArguments for the server's process. */
export async function startWorld(fill: (database: Database) => Promise<void>, nodeArguments: readonly string[] = []): Promise<World> {
  const directory = mkdtempSync(join(tmpdir(), 'bench-server-'))
  const logFile = join(directory, 'server.log')
  const cluster = await startCluster({ durable: true })
  const engine = openPostgres(cluster.url, { poolMax: 4, onError: (error) => console.error(error.message) })
  const end = async () => {
    await engine.close()
    await cluster.stop()
    rmSync(directory, { recursive: true, force: true })
  }
  try {
    await migrate(engine)
    const database = createDatabase(engine)
    await fill(database)
    await engine.script('vacuum analyze')
    const server = await startServerProcess({ env: { DATA_DIR: join(directory, 'data'), DATABASE_URL: cluster.url }, logFile, nodeArguments })
    return {
      database, databaseUrl: cluster.url, server, logFile,
      async close() {
        await server.stop()
        await end()
      },
    }
  } catch (error) {
    await end()
    throw error
  }
}
