import { createHash } from 'node:crypto'
import * as z from 'zod/mini'
import { ExportRequest } from '#contract/exports.ts'
import { Locale } from '#contract/people.ts'
import { writeLog } from '#server/audit/write.ts'
import type { Secrets } from '#server/auth/secrets.ts'
import { open, seal } from '#server/auth/seal.ts'
import type { Actor } from '#server/auth/actor.ts'
import { sql } from '#server/db/query.ts'
import type { Database, Tx } from '#server/db/transaction.ts'
import { readLocks } from '#server/features/members/store.ts'
import type { RequestFacts } from '#server/http/context.ts'
import { timeText } from '#server/messages/texts.ts'
import { byteOrderMark, csvLine } from './csv.ts'
import { loadExporter, mayExport } from './exports-actor.ts'
import { TooManyRows } from './exports-rows.ts'
import { exportSource } from './exports-sources.ts'
import { expireExports, failBuilding, finishBuilding, insertChunk, removeChunks, startBuilding } from './exports-store.ts'
import { exportWords } from './exports-words.ts'

const daySeconds = 24 * 3600
const keptSeconds = 3 * daySeconds
const rememberedSeconds = 30 * daySeconds
const stuckSeconds = 3600
const chunkBytes = 256 * 1024

const Asked = z.object({ request: ExportRequest, from: z.object({ id: z.string(), address: z.string(), agent: z.string(), locale: Locale }) })

/** @returns what is needed to build the file later, encrypted, because it may hold personal data that was looked for. */
export const sealAsked = (request: ExportRequest, from: RequestFacts): Uint8Array => seal(JSON.stringify({ request, from }))

/** Refuses by throwing what was sealed under another key. */
const openAsked = (sealed: Uint8Array): z.infer<typeof Asked> => Asked.parse(JSON.parse(open(sealed)))

type Task = NonNullable<Awaited<ReturnType<typeof startBuilding>>> & { id: string; partnerId: string }

/** Makes the file of one export: all rows from one moment, in parts of some 256 kB. The task ends with its log row, or not at all.
 *  A job that comes twice finds nothing to do. What goes wrong is told to the person as the reason, and to `onError`.
 *  @param secrets finds whom too many failed sign-ins keep out; without them nobody counts as such. */
export async function buildExport(database: Database, { partnerId, exportId }: { partnerId: string; exportId: string }, onError: (error: Error) => void, secrets?: Pick<Secrets, 'code'>): Promise<void> {
  const started = await database.inTenant(partnerId, (tx) => startBuilding(tx, partnerId, exportId))
  if (!started) return
  const task = { ...started, id: exportId, partnerId }
  try {
    const written = await database.inSnapshot(partnerId, (tx, now) => writeFile(tx, now, task, secrets))
    // On its own: in the snapshot, every other row of the log written meanwhile would be a conflict.
    await database.inTenant(partnerId, (tx, now) => tellSuccess(tx, now, task, written))
  } catch (error) {
    const reason = reasonOf(error)
    if (reason === 'error') onError(error instanceof Error ? error : new Error(String(error)))
    await database.inTenant(partnerId, (tx, now) => tellFailure(tx, now, task, reason))
  }
}

class Unexportable extends Error {
  readonly reason: 'no_permission' | 'unreadable'
  constructor(reason: 'no_permission' | 'unreadable') {
    super(reason)
    this.reason = reason
  }
}
const reasonOf = (error: unknown): string => (error instanceof TooManyRows ? 'too_many_rows' : error instanceof Unexportable ? error.reason : 'error')

type Written = { rows: number; fileHash: string; name: string; from: RequestFacts }

async function writeFile(tx: Tx, now: Date, task: Task, secrets: Pick<Secrets, 'code'> | undefined): Promise<Written> {
  // The first search of a large list takes longer than a request may; and a plan made for any number of rows is a bad one for some hundred.
  await tx.run(sql`select set_config('statement_timeout', '60s', true), set_config('plan_cache_mode', 'force_custom_plan', true)`)
  const actor = await loadExporter(tx, task.partnerId, task.memberId)
  if (!actor || !mayExport(actor, task.content)) throw new Unexportable('no_permission')
  const { request, from } = readAsked(task)
  const { headers, chunks } = exportSource(tx, now, actor, request, task.language, secrets && task.content === 'members' ? await readLocks(tx, now, secrets, actor) : undefined)
  await removeChunks(tx, task.partnerId, task.id)
  const file = createFile((part, data) => insertChunk(tx, task.partnerId, task.id, part, data))
  await file.write(opening(actor, task, now, headers))
  let rows = 0
  for await (const lines of chunks) {
    rows += lines.length
    await file.write(lines.map(csvLine).join(''))
  }
  return { rows, fileHash: await file.end(), name: actor.member.name, from }
}

async function tellSuccess(tx: Tx, now: Date, task: Task, { rows, fileHash, name, from }: Written): Promise<void> {
  const expiresAt = new Date(now.getTime() + keptSeconds * 1000)
  if (!(await finishBuilding(tx, now, task.partnerId, task.id, { rows, fileHash, expiresAt }))) return
  await writeLog(tx, now, { partnerId: task.partnerId, memberId: task.memberId, name, source: 'console' }, from, [{
    operation: 'data.export', objectKind: 'export', objectNumber: task.number, details: { content: task.content, filter: task.filterText, rows, file: fileHash },
  }])
}

function readAsked(task: Task): z.infer<typeof Asked> {
  try {
    return openAsked(task.sealedRequest)
  } catch {
    throw new Unexportable('unreadable')
  }
}

/** What the file is, when it was made and in which zone its times are; then the headers. */
function opening(actor: Actor, { content, filterText, language }: Task, now: Date, headers: readonly string[]): string {
  const word = exportWords(language)
  const zone = actor.partner.timeZone
  const about = [word.content(content), word.pair(word.label('filter'), filterText), word.pair(word.label('exportedAt'), `${timeText(now, zone)} (${zone})`), word.label('amounts')]
  const filled = [...about, ...headers.slice(about.length).map(() => '')]
  return byteOrderMark + csvLine(filled.map((text) => ({ text }))) + csvLine(headers.map((text) => ({ text })))
}

/** Collects text and hands it on in parts, so that a large file never lies in memory. */
function createFile(insert: (part: number, data: Uint8Array) => Promise<void>): { write(text: string): Promise<void>; end(): Promise<string> } {
  const hash = createHash('sha256')
  let waiting: Uint8Array[] = []
  let size = 0
  let part = 0
  const flush = async () => {
    const data = Buffer.concat(waiting)
    waiting = []
    size = 0
    if (data.byteLength === 0) return
    await insert(part, data)
    part += 1
  }
  return {
    async write(text) {
      const data = Buffer.from(text, 'utf8')
      hash.update(data)
      waiting.push(data)
      size += data.byteLength
      if (size >= chunkBytes) await flush()
    },
    async end() {
      await flush()
      return hash.digest('hex')
    },
  }
}

async function tellFailure(tx: Tx, now: Date, task: Task, reason: string): Promise<void> {
  if (!(await failBuilding(tx, now, task.partnerId, task.id, reason))) return
  const [member] = await tx.rows<{ name: string }>(sql`select name from members where partner_id = ${task.partnerId} and id = ${task.memberId}`)
  await writeLog(tx, now, { partnerId: task.partnerId, memberId: task.memberId, name: member?.name ?? null, source: 'system' }, { id: 'job', address: '', agent: '', locale: task.language }, [{
    operation: 'data.export', objectKind: 'export', objectNumber: task.number, result: 'failed', details: { content: task.content, filter: task.filterText, reason },
  }])
}

/** Ends the life of files and of what is remembered of them. @param partners whose exports. */
export async function expireFiles(database: Database, partners: readonly string[]): Promise<void> {
  if (partners.length === 0) return
  const before = (now: Date, seconds: number) => new Date(now.getTime() - seconds * 1000)
  await database.inTenant(partners, (tx, now) => expireExports(tx, now, { stuckBefore: before(now, stuckSeconds), forgetBefore: before(now, rememberedSeconds) }))
}
