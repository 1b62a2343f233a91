import { findBrokenChains } from '#server/audit/verify.ts'
import { sql } from '#server/db/query.ts'
import type { Database, Tx } from '#server/db/transaction.ts'
import { findMismatches } from '#server/ledger/invariants.ts'
import { checkBackup, keptTables, readRows, type Checked } from './backup-archive.ts'
import { quote, readColumns, readMigrations } from './backup.ts'
import { CommandRefused } from './command.ts'

/** Tables whose triggers compute what the backup brings along. */
const guardedTables = ['entries', 'log_entries', 'incentive_lines']

/** Fills an empty, migrated database from a backup, in one transaction: all of it, checked, or nothing. Nobody is signed in afterwards, nothing waits to
 *  be confirmed, and messages that waited are not sent, because they may have left before. Request keys are kept, so that a repeated request still does
 *  nothing twice.
 *  @param database under the login that owns the tables. @returns rows per table.
 *  Refuses with CommandRefused a damaged file, another version's, a database that is not empty, and books or logs that do not hold together. */
export async function restoreBackup(database: Database, file: string): Promise<Checked['footer']['rows']> {
  const checked = await checkBackup(file)
  return await database.inTenant(checked.partnerIds, async (tx, now) => {
    // As the owner: the application's own role may not write the past.
    await tx.raw('set local role none')
    await tx.run(sql`select set_config('statement_timeout', '0', true), set_config('idle_in_transaction_session_timeout', '0', true)`)
    await refuseUnfit(tx, checked, file)
    for (const table of guardedTables) await tx.raw(`alter table ${quote(table)} disable trigger user`)
    await tx.raw('alter table customers disable trigger customers_assigned')
    await fill(tx, file)
    await tx.raw('alter table customers enable trigger customers_assigned')
    for (const table of guardedTables) await tx.raw(`alter table ${quote(table)} enable trigger user`)
    for (const { name, last, called } of checked.footer.sequences) await tx.run(sql`select setval(${name}::regclass, ${last}::bigint, ${called}::boolean)`)
    await endWhatWasOpen(tx, now)
    return await verify(tx, checked)
  })
}

async function refuseUnfit(tx: Tx, { header }: Checked, file: string): Promise<void> {
  if (JSON.stringify(await readMigrations(tx)) !== JSON.stringify(header.migrations)) throw new CommandRefused(`${file} was made by another version of the server. Restore it with that version, then update.`)
  const [partner] = await tx.rows(sql`select 1 from partners limit 1`)
  if (partner) throw new CommandRefused('This database is not empty. Restore into a new one; nothing was changed.')
}

async function fill(tx: Tx, file: string): Promise<void> {
  const columns = new Map<string, string>()
  for (const table of keptTables) columns.set(table, (await readColumns(tx, table)).map(quote).join())
  for await (const { table, rows } of readRows(file)) {
    const names = columns.get(table)
    if (names === undefined) throw new CommandRefused(`${file} holds a table ${table} that this version does not know.`)
    await tx.raw(`insert into ${quote(table)} (${names}) overriding system value select ${names} from json_populate_recordset(null::${quote(table)}, $1::json)`, [`[${rows.join()}]`])
  }
}

async function endWhatWasOpen(tx: Tx, now: Date): Promise<void> {
  await tx.run(sql`update proofs set state = 'void', code_mac = null where state in ('open', 'passed')`)
  await tx.run(sql`update messages set state = 'dropped', reason = 'restored', sealed = null where state = 'queued'`)
  await tx.run(sql`update export_tasks set state = 'FAILED', reason = 'error', finished_at = ${now} where state in ('QUEUED', 'RUNNING')`)
}

async function verify(tx: Tx, { footer }: Checked): Promise<Checked['footer']['rows']> {
  const rows: Record<string, number> = {}
  for (const table of keptTables) {
    const [counted] = await tx.rows<{ count: number }>(sql`select count(*)::int as count from ${sql.identifier(table)}`)
    rows[table] = counted?.count ?? 0
    if (rows[table] !== footer.rows[table]) throw new CommandRefused(`${table} has ${rows[table]} rows after the restore and ${footer.rows[table] ?? 0} in the backup. Nothing was restored.`)
  }
  const [mismatches, chains] = [await findMismatches(tx), await findBrokenChains(tx)]
  if (mismatches.length > 0) throw new CommandRefused(`The books in this backup do not balance in ${mismatches.length} places. Nothing was restored.`)
  if (chains.length > 0) throw new CommandRefused(`The operation log in this backup is broken for ${chains.length} partners. Nothing was restored.`)
  return rows
}
