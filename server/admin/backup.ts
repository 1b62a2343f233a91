import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { Readable, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import * as z from 'zod/mini'
import { list, sql } from '#server/db/query.ts'
import type { Database, Tx } from '#server/db/transaction.ts'
import { CommandRefused } from './command.ts'
import { checkBackup, hashLine, keptTables, leftColumns, leftTables, type Footer, type Header } from './backup-archive.ts'

/** Writes everything that must be kept, as of one moment, while the server goes on. @param out gets the compressed archive and is ended. */
export async function writeBackup(database: Database, out: Writable): Promise<void> {
  await database.inSnapshot([], async (tx, now) => {
    const partners = await tx.rows<{ id: string }>(sql`select id from partners`)
    // Opens the fences for all, within the snapshot, so that a partner who comes meanwhile is either there with everything or not at all.
    await tx.run(sql`select set_config('app.partner_ids', ${`{${partners.map(({ id }) => id).join()}}`}, true), set_config('statement_timeout', '0', true), set_config('idle_in_transaction_session_timeout', '0', true)`)
    await refuseUnknownTables(tx)
    await pipeline(Readable.from(archive(tx, now)), createGzip(), out)
  })
}

/** Makes a backup file that only its owner can read, and reads it back. @param make writes the archive to the stream.
 *  @returns how many rows it holds, and the SHA-256 of the file. Refuses to write over a file. */
export async function saveBackup(file: string, make: (out: Writable) => Promise<void>): Promise<{ rows: number; sha256: string }> {
  const part = `${file}.part`
  if (existsSync(file)) throw new CommandRefused(`${file} exists already. Choose another name.`)
  try {
    await rm(part, { force: true })
    const out = createWriteStream(part, { flags: 'wx', mode: 0o600, flush: true })
    await make(out).finally(() => out.destroy())
    const { footer } = await checkBackup(part)
    await rename(part, file)
    return { rows: Object.values(footer.rows).reduce((sum, count) => sum + count, 0), sha256: await hashFile(file) }
  } catch (error) {
    await rm(part, { force: true })
    throw error
  }
}

async function hashFile(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}

async function* archive(tx: Tx, now: Date): AsyncGenerator<string> {
  const hash = createHash('sha256')
  const rows: Record<string, number> = {}
  yield hashLine(hash, JSON.stringify({ format: 'partner-center-backup', version: 1, takenAt: now.toISOString(), migrations: await readMigrations(tx) } satisfies Header))
  for (const table of keptTables) {
    yield hashLine(hash, `=${table}`)
    let count = 0
    for await (const line of tableRows(tx, table)) {
      count += 1
      yield hashLine(hash, line)
    }
    rows[table] = count
  }
  const footer: Footer = { rows, sequences: await readSequences(tx), sha256: hash.digest('hex') }
  yield `!${JSON.stringify(footer)}\n`
}

/** Rows that are fetched at once: parts of export files are large, files of partners up to 5 MB, everything else is small. */
const stepOf: Partial<Record<string, number>> = { export_chunks: 8, files: 2 }
const Line = z.object({ line: z.string() })

async function* tableRows(tx: Tx, table: string): AsyncGenerator<string> {
  const columns = (await readColumns(tx, table)).filter((column) => !leftColumns.includes(`${table}.${column}`))
  const step = stepOf[table] ?? 1000
  await tx.raw(`declare backup no scroll cursor for select to_json(r)::text as line from (select ${columns.map(quote).join()} from ${quote(table)}) r`)
  for (;;) {
    const { rows } = await tx.raw(`fetch ${step} from backup`)
    if (rows.length === 0) break
    for (const row of rows) yield Line.parse(row).line
  }
  await tx.raw('close backup')
}

/** @returns the names of the columns that can be written; the others compute themselves. */
export async function readColumns(tx: Tx, table: string): Promise<string[]> {
  const rows = await tx.rows<{ name: string }>(sql`select attname as name from pg_attribute where attrelid = ${table}::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum`)
  return rows.map(({ name }) => name)
}

export const readMigrations = (tx: Tx): Promise<Header['migrations']> => tx.rows(sql`select tag, hash from schema_migrations order by tag`)

async function readSequences(tx: Tx): Promise<Footer['sequences']> {
  const names = await tx.rows<{ name: string }>(sql`select c.relname as name from pg_class c where c.relkind = 'S' and c.relnamespace = 'public'::regnamespace order by c.relname`)
  const sequences: Footer['sequences'] = []
  for (const { name } of names) {
    const { rows } = await tx.raw(`select '${name}' as name, last_value::text as last, is_called as called from ${quote(name)}`)
    sequences.push(...z.array(z.object({ name: z.string(), last: z.string(), called: z.boolean() })).parse(rows))
  }
  return sequences
}

/** A table that nobody thought of here would be missing after a restore. */
async function refuseUnknownTables(tx: Tx): Promise<void> {
  const unknown = await tx.rows<{ name: string }>(sql`select tablename as name from pg_tables where schemaname = 'public' and tablename <> all(${list([...keptTables, ...leftTables])}::text[])`)
  if (unknown.length > 0) throw new Error(`the backup does not know these tables: ${unknown.map(({ name }) => name).join(', ')}`)
}

/** Names come from our own schema. */
export const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`
