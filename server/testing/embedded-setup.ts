import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { migrate } from '#server/db/migrate.ts'
import { openEmbedded } from '#server/db/open.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The files of a migrated database, for a copy of its own per test file; only where the engine is `embedded`. */
    embeddedTemplate: string
  }
}

/** Runs once before all test files of the project `embedded`: making a database and migrating it takes most of the time of a short file. Returns how to take
 *  the template away. */
export async function setup(project: TestProject): Promise<() => void> {
  const directory = mkdtempSync(join(tmpdir(), 'partner-center-embedded-'))
  const engine = await openEmbedded(undefined)
  await migrate(engine)
  const file = join(directory, 'template.tar')
  writeFileSync(file, Buffer.from(await (await engine.pglite.dumpDataDir('none')).arrayBuffer()))
  await engine.close()
  project.provide('embeddedTemplate', file)
  return () => rmSync(directory, { recursive: true, force: true })
}
