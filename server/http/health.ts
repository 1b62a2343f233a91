import { statfs } from 'node:fs/promises'
import type { Hono } from 'hono'
import { sql } from '#server/db/query.ts'
import { checkSchema } from '#server/db/migrate.ts'
import { booksClosed } from '#server/ledger/books.ts'
import type { Deps } from './deps.ts'
import type { Vars } from './request.ts'

const freeDiskShare = 0.05
/** Said wherever an operator looks, at the start and in the readiness details, as long as the embedded database is in use. */
export const embeddedNotice = 'The embedded database is for trying out and not for real money: a power failure may lose or damage data. Set DATABASE_URL for anything real.'

/** Liveness needs no database. Readiness writes to it, checks the schema, the last look at the books and free disk; neither tells versions. */
export function mountHealth(app: Hono<Vars>, deps: Deps, dataDirectory: string | undefined): void {
  app.get('/health/live', (c) => c.json({ live: true }))
  app.get('/health/ready', async (c) => {
    const checks: Record<string, boolean> = { open: !deps.isClosing() }
    checks['database'] = await passes(() => deps.database.inGlobal(async (tx, now) => {
      await tx.run(sql`insert into limits (name, subject, taken) values ('ready', 'probe', array[${now}::timestamptz]) on conflict (name, subject) do update set taken = excluded.taken`)
    }))
    checks['schema'] = checks['database'] && await passes(() => checkSchema(deps.database.engine))
    checks['books'] = checks['database'] && await passes(() => deps.database.inGlobal(async (tx) => {
      if (await booksClosed(tx)) throw new Error('the books are closed')
    }))
    checks['disk'] = dataDirectory === undefined || await passes(async () => {
      const { bavail, blocks } = await statfs(dataDirectory)
      if (bavail < blocks * freeDiskShare) throw new Error('the disk is almost full')
    })
    const ready = Object.values(checks).every(Boolean)
    return c.json({ ready, checks, ...(deps.settings.isEmbedded && { notice: embeddedNotice }) }, ready ? 200 : 503)
  })
}

const passes = async (check: () => Promise<void>): Promise<boolean> => await check().then(() => true, () => false)
