import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { configureSealing } from '#server/auth/seal.ts'
import { readSecrets } from '#server/auth/secrets.ts'
import { checkReachable } from '#server/db/check-postgres.ts'
import { checkSchema, migrate } from '#server/db/migrate.ts'
import { openEmbedded, openPostgres, type Engine } from '#server/db/open.ts'
import { StartRefused } from '#server/start-refused.ts'
import { runCommand } from './run.ts'

// What stands in the environment goes before what stands in .env, as for the server.
if (existsSync('.env')) process.loadEnvFile('.env')
// Only what the commands need of the environment: they also run on machines that have no address, mail or SMS settings.
const { DATABASE_URL: url, MIGRATION_DATABASE_URL: ownerUrl, DATA_DIR, NODE_ENV, ALLOW_EMBEDDED_IN_PRODUCTION, PUBLIC_URL, PORT, OIDC_ISSUER } = process.env
const directory = resolve(DATA_DIR || './data')
const isProduction = NODE_ENV === 'production'

async function open(asOwner: boolean): Promise<Engine> {
  const address = asOwner ? ownerUrl || url : url
  if (address) {
    const engine = openPostgres(address, { poolMax: 2, onError: (error) => console.error(error.message) })
    const check = async () => {
      await checkReachable(engine, asOwner && ownerUrl ? 'MIGRATION_DATABASE_URL' : 'DATABASE_URL')
      if (!asOwner) await checkSchema(engine)
    }
    await check().catch(async (error: unknown) => {
      await engine.close()
      throw error
    })
    return engine
  }
  if (isProduction && !['1', 'true'].includes(ALLOW_EMBEDDED_IN_PRODUCTION ?? '')) throw new StartRefused('DATABASE_URL is not set.')
  const engine = await openEmbedded(directory)
  await migrate(engine)
  return engine
}

function prepareMessages(): void {
  const { CODE_SECRET, SEAL_SECRET, CSRF_SECRET } = process.env
  const given = Object.fromEntries(Object.entries({ CODE_SECRET, SEAL_SECRET, CSRF_SECRET }).filter(([, value]) => value))
  configureSealing(readSecrets(given, isProduction ? undefined : directory).seal)
}

process.exitCode = await runCommand(process.argv.slice(2), {
  open, prepareMessages, dataDirectory: url ? undefined : directory,
  publicUrl: (PUBLIC_URL || `http://localhost:${PORT || '3000'}`).replace(/\/$/, ''),
  issuer: URL.parse(OIDC_ISSUER ?? '')?.href,
  print: (line) => console.log(line),
  printError: (line) => console.error(line),
  readInput: async () => (await text(process.stdin)).replace(/\r?\n$/, ''),
})
