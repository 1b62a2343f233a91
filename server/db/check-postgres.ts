import { StartRefused } from '#server/start-refused.ts'
import type { Engine } from './open.ts'

const lowestVersion = 150_000

/** Refuses to start where the address, the login or the server behind it is wrong. @param setting the setting that holds the address. */
export async function checkReachable(engine: Pick<Engine, 'query'>, setting: string): Promise<void> {
  await engine.query('select 1').catch((error: unknown) => {
    // Of several addresses of one host each has a reason of its own, and the error around them has no words.
    const reasons = error instanceof AggregateError ? error.errors : [error]
    throw new StartRefused(`The database of ${setting} cannot be used: ${reasons.map((reason) => (reason instanceof Error ? reason.message : String(reason))).join('; ')}.`)
  })
}

/** Refuses to start on a PostgreSQL older than 15, or on one that may forget what it acknowledged.
 *  @param warn is told of what is allowed but unwise: such settings outside production, and missing data checksums. */
export async function checkPostgres(engine: Engine, { isProduction, warn }: { isProduction: boolean; warn: (sentence: string) => void }): Promise<void> {
  const { rows: [row] } = await engine.query(`select current_setting('server_version_num')::int as version, current_setting('fsync') as fsync,
    current_setting('full_page_writes') as full_page_writes, current_setting('synchronous_commit') as synchronous_commit, current_setting('data_checksums') as checksums`)
  if (Number(row?.['version']) < lowestVersion) throw new StartRefused('PostgreSQL must be version 15 or newer.')
  const off = ['fsync', 'full_page_writes', 'synchronous_commit'].filter((name) => row?.[name] === 'off')
  if (off.length > 0 && isProduction) throw new StartRefused(`PostgreSQL runs with ${off.join(', ')} off: acknowledged money could be lost. Turn it on.`)
  if (off.length > 0) warn(`PostgreSQL runs with ${off.join(', ')} off; production refuses that.`)
  if (row?.['checksums'] === 'off') warn('PostgreSQL runs without data checksums; damaged pages would not be noticed.')
}
