import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import * as z from 'zod/mini'
import { StartRefused } from '#server/start-refused.ts'
import type { Engine } from './open.ts'

const folder = new URL('./migrations/', import.meta.url)
const Journal = z.object({ entries: z.array(z.object({ tag: z.string() })) })

type Migration = { tag: string; hash: string; text: string }

async function readMigrations(): Promise<Migration[]> {
  const journal = Journal.parse(JSON.parse(await readFile(new URL('meta/_journal.json', folder), 'utf8')))
  return await Promise.all(journal.entries.map(async ({ tag }) => {
    const text = await readFile(new URL(`${tag}.sql`, folder), 'utf8')
    return { tag, text, hash: createHash('sha256').update(text).digest('hex') }
  }))
}

/** Brings the schema up to this version of the server. Each migration is one transaction; two servers that start together queue.
 *  @param engine opened with a login that owns the schema. Refuses a schema that is newer than this server, or whose past differs. */
export async function migrate(engine: Engine): Promise<void> {
  const migrations = await readMigrations()
  // Under the lock, too: of two that make the same table at once PostgreSQL lets one fail, whatever the statement says.
  await engine.script(`begin; select pg_advisory_xact_lock(7310041); create table if not exists schema_migrations (tag text primary key, hash text not null, at timestamptz not null); commit`)
  for (const [position, migration] of migrations.entries()) {
    const applied = await appliedMigrations(engine)
    checkPast(applied, migrations)
    if (applied.length > position) continue
    // The advisory lock is held to the commit, so that a second server waits here and then finds the row.
    await engine.script(`begin; set local statement_timeout = 0; set local lock_timeout = 0; select pg_advisory_xact_lock(7310041);
      do $run$ begin if exists (select 1 from schema_migrations where tag = '${migration.tag}') then raise exception 'already applied' using errcode = 'PC001'; end if; end $run$;
      ${migration.text.replaceAll('--> statement-breakpoint', '')};
      insert into schema_migrations values ('${migration.tag}', '${migration.hash}', now()); commit`).catch(async (error: unknown) => {
      await engine.script('rollback').catch(() => undefined)
      if (!(error instanceof Error && error.message.includes('already applied'))) throw error
    })
  }
}

/** Refuses with StartRefused when the schema is not exactly the one this server was written for. */
export async function checkSchema(engine: Engine): Promise<void> {
  const migrations = await readMigrations()
  const applied = await appliedMigrations(engine).catch(() => [])
  checkPast(applied, migrations)
  if (applied.length < migrations.length) throw new StartRefused(`The database schema is older than this server (${applied.length} of ${migrations.length} migrations). Run: npm run admin -- migrate`)
}

type Applied = { tag: unknown; hash: unknown }

async function appliedMigrations(engine: Engine): Promise<Applied[]> {
  const { rows } = await engine.query('select tag, hash from schema_migrations order by tag')
  return rows.map((row) => ({ tag: row['tag'], hash: row['hash'] }))
}

function checkPast(applied: readonly Applied[], migrations: readonly Migration[]): void {
  for (const [position, { tag, hash }] of applied.entries()) {
    const known = migrations[position]
    if (!known) throw new StartRefused(`The database schema is newer than this server (it has ${String(tag)}).`)
    if (known.tag !== tag || known.hash !== hash) throw new StartRefused(`Migration ${String(tag)} in the database differs from the one this server knows.`)
  }
}
