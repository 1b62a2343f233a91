import { randomUUID } from 'node:crypto'
import type { ExportContent, ExportState } from '#contract/exports.ts'
import type { Locale } from '#contract/people.ts'
import { sql, type SQL } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { dayPart } from '#server/ledger/numbers.ts'

/** An export as it is kept; `creatorName` is clear. */
export type ExportRow = {
  id: string; number: string; memberId: string; creatorName: string; content: ExportContent; filterText: string; language: Locale; state: ExportState
  rows: number | null; reason: string | null; createdAt: Date; expiresAt: Date | null
}

const running = sql`state in ('QUEUED', 'RUNNING')`
const columns = sql`t.id, t.number, t.member_id as "memberId", m.name as "creatorName", t.content, t.filter_text as "filterText", t.language, t.state, t.rows, t.reason, t.created_at as "createdAt", t.expires_at as "expiresAt"`
const source = sql`export_tasks t join members m on m.partner_id = t.partner_id and m.id = t.member_id`

/** Holds all other exports of the partner back until this transaction ends. @returns how many wait or run. */
export async function lockRunning(tx: Tx, partnerId: string): Promise<number> {
  await tx.run(sql`select pg_advisory_xact_lock(hashtextextended('exports ' || ${partnerId}::text, 0))`)
  const [row] = await tx.rows<{ count: number }>(sql`select count(*)::int as count from export_tasks where partner_id = ${partnerId} and ${running}`)
  return row?.count ?? 0
}

export type NewExport = { partnerId: string; memberId: string; timeZone: string; content: ExportContent; sealedRequest: Uint8Array; filterText: string; language: Locale }

/** @returns the id of the new export, which waits. */
export async function insertExport(tx: Tx, now: Date, task: NewExport): Promise<string> {
  const id = randomUUID()
  await tx.run(sql`insert into export_tasks (partner_id, id, number, member_id, content, sealed_request, filter_text, language, state, created_at)
    values (${task.partnerId}, ${id}, ${`EX${dayPart(now, task.timeZone)}`}::text || to_char(nextval('export_numbers'), 'FM999999000000'), ${task.memberId}, ${task.content}, ${task.sealedRequest}, ${task.filterText}, ${task.language}, 'QUEUED', ${now})`)
  return id
}

/** @param owner only exports of this member; `undefined`: of everybody in the partner. @returns the page asked for, newest first, and how many match. */
export async function queryExportRows(tx: Tx, partnerId: string, owner: string | undefined, asked: { page: number; pageSize: number; content?: ExportContent | undefined; state?: ExportState | undefined }): Promise<{ total: number; rows: ExportRow[] }> {
  const conditions: SQL[] = [sql`t.partner_id = ${partnerId}`]
  if (owner !== undefined) conditions.push(sql`t.member_id = ${owner}`)
  if (asked.content !== undefined) conditions.push(sql`t.content = ${asked.content}`)
  if (asked.state !== undefined) conditions.push(sql`t.state = ${asked.state}`)
  const where = sql.join(conditions, sql` and `)
  const [counted] = await tx.rows<{ total: number }>(sql`select count(*)::int as total from export_tasks t where ${where}`)
  const rows = await tx.rows<ExportRow>(sql`select ${columns} from ${source} where ${where} order by t.created_at desc, t.id desc limit ${asked.pageSize}::int offset ${(asked.page - 1) * asked.pageSize}::int`)
  return { total: counted?.total ?? 0, rows }
}

/** @param owner as in queryExportRows. @returns undefined when it does not exist for this person. */
export async function readExport(tx: Tx, partnerId: string, owner: string | undefined, id: string): Promise<ExportRow | undefined> {
  const [row] = await tx.rows<ExportRow>(sql`select ${columns} from ${source} where t.partner_id = ${partnerId} and t.id = ${id} and ${owner === undefined ? sql`true` : sql`t.member_id = ${owner}`}`)
  return row
}

/** Lets a failed export run again; while it waits, `finished_at` tells since when. @returns false when the export is not one that failed. */
export async function requeue(tx: Tx, now: Date, partnerId: string, id: string): Promise<boolean> {
  return (await tx.run(sql`update export_tasks set state = 'QUEUED', reason = null, finished_at = ${now} where partner_id = ${partnerId} and id = ${id} and state = 'FAILED'`)) > 0
}

export async function removeExport(tx: Tx, partnerId: string, id: string): Promise<void> {
  await tx.run(sql`delete from export_tasks where partner_id = ${partnerId} and id = ${id}`)
}

/** Takes the export for building. @returns undefined when it is done, deleted or was never there, so that a job that comes twice builds once. */
export async function startBuilding(tx: Tx, partnerId: string, id: string): Promise<{ number: string; memberId: string; content: ExportContent; sealedRequest: Uint8Array; filterText: string; language: Locale } | undefined> {
  const [row] = await tx.rows<{ number: string; memberId: string; content: ExportContent; sealedRequest: Uint8Array; filterText: string; language: Locale }>(sql`
    update export_tasks set state = 'RUNNING' where partner_id = ${partnerId} and id = ${id} and ${running}
    returning number, member_id as "memberId", content, sealed_request as "sealedRequest", filter_text as "filterText", language`)
  return row
}

export async function insertChunk(tx: Tx, partnerId: string, id: string, part: number, data: Uint8Array): Promise<void> {
  await tx.run(sql`insert into export_chunks (partner_id, export_id, part, data) values (${partnerId}, ${id}, ${part}::int, ${data})`)
}

/** What an attempt that was cut off left behind. */
export async function removeChunks(tx: Tx, partnerId: string, id: string): Promise<void> {
  await tx.run(sql`delete from export_chunks where partner_id = ${partnerId} and export_id = ${id}`)
}

/** @returns false when the export was deleted or finished by another meanwhile. */
export async function finishBuilding(tx: Tx, now: Date, partnerId: string, id: string, done: { rows: number; fileHash: string; expiresAt: Date }): Promise<boolean> {
  return (await tx.run(sql`update export_tasks set state = 'COMPLETED', rows = ${done.rows}::int, file_hash = ${done.fileHash}, finished_at = ${now}, expires_at = ${done.expiresAt}
    where partner_id = ${partnerId} and id = ${id} and state = 'RUNNING'`)) > 0
}

export async function failBuilding(tx: Tx, now: Date, partnerId: string, id: string, reason: string): Promise<boolean> {
  return (await tx.run(sql`update export_tasks set state = 'FAILED', reason = ${reason}, finished_at = ${now} where partner_id = ${partnerId} and id = ${id} and ${running}`)) > 0
}

/** @returns how large the file is and in how many parts, 0 and 0 for none. Sizes in bytes. */
export async function measureFile(tx: Tx, partnerId: string, id: string): Promise<{ bytes: number; parts: number }> {
  const [row] = await tx.rows<{ bytes: number; parts: number }>(sql`select coalesce(sum(length(data)), 0)::int as bytes, count(*)::int as parts from export_chunks where partner_id = ${partnerId} and export_id = ${id}`)
  return row ?? { bytes: 0, parts: 0 }
}

export async function readChunk(tx: Tx, partnerId: string, id: string, part: number): Promise<Uint8Array | undefined> {
  const [row] = await tx.rows<{ data: Uint8Array }>(sql`select data from export_chunks where partner_id = ${partnerId} and export_id = ${id} and part = ${part}::int`)
  return row?.data
}

/** Deletes files that are over, marks what nobody finishes any more as failed, and forgets old rows, in the partners that the transaction sees.
 *  @param dates instants before which each happens. */
export async function expireExports(tx: Tx, now: Date, dates: { stuckBefore: Date; forgetBefore: Date }): Promise<void> {
  await tx.run(sql`delete from export_chunks c using export_tasks t where t.partner_id = c.partner_id and t.id = c.export_id and t.state = 'COMPLETED' and t.expires_at <= ${now}`)
  await tx.run(sql`update export_tasks set state = 'EXPIRED' where state = 'COMPLETED' and expires_at <= ${now}`)
  await tx.run(sql`update export_tasks set state = 'FAILED', reason = 'error', finished_at = ${now} where ${running} and coalesce(finished_at, created_at) < ${dates.stuckBefore}`)
  await tx.run(sql`delete from export_tasks where state in ('EXPIRED', 'FAILED') and coalesce(expires_at, finished_at, created_at) < ${dates.forgetBefore}`)
}
