import { existsSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { configureSealing } from '#server/auth/seal.ts'
import { readSecrets } from '#server/auth/secrets.ts'
import { lockDirectory } from '#server/db/lock.ts'
import { migrate } from '#server/db/migrate.ts'
import { openEmbedded } from '#server/db/open.ts'
import { createDatabase } from '#server/db/transaction.ts'
import { installJobs } from '#server/jobs/boss.ts'
import { StartRefused } from '#server/start-refused.ts'
import { seedDemo } from './demo.ts'

/** The database gets its name when it is whole, so that one that was left half made is never opened. */
async function main(directory: string): Promise<void> {
  const lock = lockDirectory(directory)
  const [whole, unfinished] = [join(directory, 'pg'), join(directory, 'unfinished')]
  if (existsSync(whole)) return
  rmSync(unfinished, { recursive: true, force: true })
  const engine = await openEmbedded(unfinished)
  await migrate(engine)
  await installJobs(engine)
  const database = createDatabase(engine)
  // The same as the server's: given, or kept beside the database.
  const given = (name: string) => process.env[name] || undefined
  const secrets = readSecrets({ CODE_SECRET: given('CODE_SECRET'), SEAL_SECRET: given('SEAL_SECRET'), CSRF_SECRET: given('CSRF_SECRET') }, directory)
  configureSealing(secrets.seal)
  await seedDemo(database, await database.inGlobal(async (_tx, now) => now), secrets)
  await engine.close()
  renameSync(join(unfinished, 'pg'), whole)
  rmSync(unfinished, { recursive: true, force: true })
  lock.close()
}

// Nobody waits for it any more.
process.on('disconnect', () => process.exit(1))
try {
  await main(process.argv[2] ?? '')
  process.exit(0)
} catch (error) {
  process.stderr.write(error instanceof StartRefused || !(error instanceof Error) ? String(error instanceof Error ? error.message : error) : `${error.stack}`, () => process.exit(1))
}
