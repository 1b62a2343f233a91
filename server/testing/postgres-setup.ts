import type { TestProject } from 'vitest/node'
import { migrate } from '#server/db/migrate.ts'
import { openPostgres } from '#server/db/open.ts'
import { createTemplate, openCluster } from './postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Which database the test file runs on. */
    engine: 'embedded' | 'postgres'
    /** Of the cluster, for createTestDatabase; only where the engine is `postgres`. */
    postgresUrl: string
  }
}

/** Runs once before all test files of the project `postgres`: a server, and in it the migrated template. Returns how to take it down. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const cluster = await openCluster()
  await createTemplate(cluster.url, migrateDatabase)
  project.provide('postgresUrl', cluster.url)
  return () => cluster.stop()
}

async function migrateDatabase(url: string): Promise<void> {
  const failures: Error[] = []
  const engine = openPostgres(url, { poolMax: 2, onError: (error) => failures.push(error) })
  await migrate(engine)
  await engine.close()
  if (failures.length > 0) throw new AggregateError(failures, 'The connection broke while the template was migrated.')
}
