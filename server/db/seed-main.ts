import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { StartRefused } from '#server/start-refused.ts'
import { checkMembership } from './check-login.ts'
import { migrate } from './migrate.ts'
import { openEmbedded, openPostgres, type Engine } from './open.ts'
import { seedLarge } from './seed-large.ts'
import { createDatabase } from './transaction.ts'

const help = `Makes a large partner with invented customers, for measuring and trying out.

  npm run seed -- [options]

  --customers <number>   how many customers, 1 to 250000 (100000)
  --account <name>       what the partner signs in with; must not exist yet (large)
  --partner <name>       the partner's name as shown (远汀数科)
  --help

Writes to DATABASE_URL, which must be a login that owns the schema and is in the role app; without it to the embedded database in DATA_DIR (./data) while no server
uses it. Migrations run first. Refused where NODE_ENV is production.`

const password = 'demo-partner-center'
/** More would not fit into the one receipt that all of it is allocated from. */
const customersMax = 250_000

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { customers: { type: 'string', default: '100000' }, account: { type: 'string', default: 'large' }, partner: { type: 'string', default: '远汀数科' }, help: { type: 'boolean', default: false } } })
  if (values.help) return console.log(help)
  if (process.env['NODE_ENV'] === 'production') throw new StartRefused('Invented data do not belong into production: NODE_ENV is production.')
  const customers = Number(values.customers)
  if (!Number.isInteger(customers) || customers < 1 || customers > customersMax) throw new StartRefused(`--customers is a whole number from 1 to ${customersMax}.`)
  if (!/^[a-z0-9][a-z0-9.-]{2,31}$/.test(values.account)) throw new StartRefused('--account has 3 to 32 lower-case letters, digits, dots or hyphens.')
  const engine = await open()
  try {
    await migrate(engine)
    await checkMembership(engine)
    const from = performance.now()
    const { logins } = await seedLarge(createDatabase(engine), { account: values.account, name: values.partner, customers, password })
    // So that the first queries are planned for what is there now.
    await engine.script('analyze')
    console.log(`${customers} customers in ${((performance.now() - from) / 1000).toFixed(1)} s. Password of all: ${password}`)
    for (const login of logins) console.log(`  ${values.account}${login === '' ? '  (administrator)' : ` / ${login}`}`)
  } finally {
    await engine.close()
  }
}

function open(): Promise<Engine> | Engine {
  const url = process.env['DATABASE_URL']
  if (url) return openPostgres(url, { poolMax: 2, onError: (error) => console.error(error.message) })
  return openEmbedded(process.env['DATA_DIR'] || './data')
}

// What stands in the environment goes before what stands in .env, as for the server.
if (existsSync('.env')) process.loadEnvFile('.env')
await main().catch((error: unknown) => {
  console.error(error instanceof StartRefused || !(error instanceof Error) ? String(error instanceof Error ? error.message : error) : `Nothing was written: ${error.message}`)
  process.exitCode = 1
})
