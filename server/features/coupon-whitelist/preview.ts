import { randomUUID } from 'node:crypto'
import type { Hono } from 'hono'
import * as z from 'zod/mini'
import { whitelistBytesMax, WhitelistProblem, whitelistUploadPath, type WhitelistPreview } from '#contract/coupon-whitelist.ts'
import type { Actor } from '#server/auth/actor.ts'
import { openIfOurs, seal } from '#server/auth/seal.ts'
import { secondsUntil, takeLimit } from '#server/db/limit.ts'
import { sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import type { Deps } from '#server/http/deps.ts'
import { readFilePart, refuseForm } from '#server/http/file-part.ts'
import { inSession, logForbidden } from '#server/http/mount.ts'
import { Refusal } from '#server/http/refusal.ts'
import { checkOrigin, type Vars } from '#server/http/request.ts'
import { uploadsPerPerson, whitelistPreviewLife } from '#server/limits.ts'
import { createSheetReader, type SheetReader } from '#server/spreadsheets/reader.ts'
import type { SheetFault } from '#server/spreadsheets/sheet.ts'
import { maySeeWhitelist } from './admit.ts'
import { askRegistry } from './registry.ts'
import { compareLists, judgeRows, readColumns, type JudgedRow, type TypedRow } from './rules.ts'
import { readKeys, readWhitelist } from './store.ts'

const Known = z.object({ accountName: z.string(), key: z.string(), name: z.string(), masterAccountName: z.nullable(z.string()) })
const typed = { row: z.int(), account: z.string(), name: z.string() }
const Judged = z.array(z.union([z.object({ ...typed, known: Known, problem: z.null(), other: z.null() }), z.object({ ...typed, known: z.null(), problem: WhitelistProblem, other: z.nullable(z.int()) })]))

/** The upload of a new version: read, compared with what the vendor knows and with the list, and kept for half an hour. Nothing of the list is changed.
 *  Who may not, or too often, is refused before a byte is read. */
export function mountWhitelistUpload(app: Hono<Vars>, deps: Deps, reader: SheetReader = createSheetReader()): void {
  app.post(whitelistUploadPath, async (c) => {
    checkOrigin(c, deps)
    refuseForm(c, whitelistBytesMax)
    const { actor: caller, may } = await inSession(c, deps, { method: 'POST' }, async (tx, now, { actor }) => {
      if (!maySeeWhitelist(actor)) return { actor, may: false }
      const free = await takeLimit(tx, now, 'upload.whitelist', actor.member.id, uploadsPerPerson.window, uploadsPerPerson.max)
      if (free) throw new Refusal('too_many_requests', { retryAfter: secondsUntil(free, now) })
      return { actor, may: true }
    })
    if (!may) {
      await logForbidden(deps, caller, 'coupon.whitelist', c.var.facts)
      throw new Refusal('no_permission')
    }
    const rows = await readRows(reader, (await readFilePart(c, whitelistBytesMax)).bytes)
    return c.json(await inSession(c, deps, { method: 'POST' }, async (tx, now, { actor }) => {
      // Asked again: reading took its time.
      if (!maySeeWhitelist(actor)) throw new Refusal('no_permission')
      return await keepPreview(tx, now, actor, rows)
    }))
  })
}

/** Refuses a file that is not what the template is, saying what is wrong with it. */
async function readRows(reader: SheetReader, bytes: Buffer): Promise<TypedRow[]> {
  const sheet = await reader.read(bytes)
  if (sheet === undefined) throw new Refusal('busy', { retryAfter: 10 })
  if ('fault' in sheet) throw refusalOf(sheet)
  const rows = readColumns(sheet.rows)
  if (!rows) throw new Refusal('invalid_input', { sentence: 'sheet_columns' })
  if (rows.length === 0) throw new Refusal('invalid_input', { sentence: 'sheet_empty' })
  return rows
}

const refusalOf = ({ fault, cell }: SheetFault): Refusal =>
  new Refusal(fault === 'sheet_rows' || fault === 'sheet_unpacked' ? 'too_large' : 'unsupported_media', { sentence: fault === 'sheet_formula' && cell !== undefined ? 'sheet_formula_at' : fault, ...(cell !== undefined && { facts: { cell } }) })

async function keepPreview(tx: Tx, now: Date, { partner, member }: Actor, rows: readonly TypedRow[]): Promise<z.infer<typeof WhitelistPreview>> {
  const list = await readWhitelist(tx, partner.id)
  const judged = judgeRows(rows, await askRegistry(tx, partner.id, { accounts: rows.map(({ account }) => account), names: rows.map(({ name }) => name) }))
  const id = randomUUID()
  const expiresAt = new Date(now.getTime() + whitelistPreviewLife * 1000)
  // A person has one at a time: the next file takes its place.
  await tx.run(sql`delete from whitelist_previews where partner_id = ${partner.id} and member_id = ${member.id}`)
  await tx.run(sql`insert into whitelist_previews (partner_id, id, member_id, revision, sealed, created_at, expires_at)
    values (${partner.id}::uuid, ${id}::uuid, ${member.id}::uuid, ${list.revision}::int, ${seal(JSON.stringify(judged))}, ${now}::timestamptz, ${expiresAt}::timestamptz)`)
  return {
    id, expiresAt: expiresAt.toISOString(), version: list.version, size: list.size, rows: judged.length, refused: judged.filter(({ problem }) => problem !== null).length,
    ...compareLists(await readKeys(tx, partner.id), new Set(judged.flatMap(({ known }) => (known ? [known.key] : [])))),
  }
}

/** @returns what the person's file was read as, and the revision of the list that it was compared with. Refuses with not_found what is somebody else's, replaced, used or over. */
export async function readPreview(tx: Tx, now: Date, { partner, member }: Actor, id: string): Promise<{ revision: number; rows: JudgedRow[] }> {
  const [row] = await tx.rows<{ revision: number; sealed: Uint8Array }>(sql`select revision, sealed from whitelist_previews
    where partner_id = ${partner.id} and id = ${id}::uuid and member_id = ${member.id} and expires_at > ${now}::timestamptz`)
  const text = row && openIfOurs(row.sealed)
  if (row === undefined || text === undefined) throw new Refusal('not_found', { sentence: 'whitelist_preview_gone' })
  return { revision: row.revision, rows: Judged.parse(JSON.parse(text)) }
}

export const removePreview = (tx: Tx, { partner }: Actor, id: string): Promise<number> => tx.run(sql`delete from whitelist_previews where partner_id = ${partner.id} and id = ${id}::uuid`)
