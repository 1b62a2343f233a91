import type { TestProject } from 'vitest/node'
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
  await createTemplate(cluster.url, () => Promise.resolve())
  project.provide('postgresUrl', cluster.url)
  return () => cluster.stop()
}
