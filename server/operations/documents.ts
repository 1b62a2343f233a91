import { createHash, randomUUID } from 'node:crypto'
import { json, sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { Refusal } from '#server/http/refusal.ts'
import { filesPerPartner } from '#server/limits.ts'
import type { Document } from './document-type.ts'

export type FileKind = 'licence' | 'case' | 'agreement' | 'certificate' | 'invoice'
export type NewFile = { partnerId: string; kind: FileKind; /** As documentName gave it. */ name: string; document: Document; /** What was read from it. */ facts?: Record<string, string | null>; /** The member who uploaded it; null: the vendor. */ byId: string | null; /** False: swept after a day unless it is handed in. */ isKept: boolean }

/** Stores a file with the partner's. @returns its id. Refuses with too_large, `files_full`, what is more than a partner's files may be together. */
export async function insertFile(tx: Tx, now: Date, { partnerId, kind, name, document: { type, content }, facts = {}, byId, isKept }: NewFile): Promise<string> {
  // Two files at once count each other.
  await tx.rows(sql`select 1 from partners where id = ${partnerId} for no key update`)
  const [held] = await tx.rows<{ bytes: bigint }>(sql`select coalesce(sum(bytes), 0)::bigint as bytes from files where partner_id = ${partnerId}`)
  if ((held?.bytes ?? 0n) + BigInt(content.length) > BigInt(filesPerPartner)) throw new Refusal('too_large', { sentence: 'files_full' })
  const id = randomUUID()
  await tx.run(sql`insert into files (partner_id, id, kind, name, type, bytes, sha256, content, facts, by_id, created_at, is_kept)
    values (${partnerId}::uuid, ${id}::uuid, ${kind}, ${name}, ${type}, ${content.length}::int, ${createHash('sha256').update(content).digest('hex')}, ${content}, ${json(facts)}, ${byId}::uuid, ${now}::timestamptz, ${isKept}::boolean)`)
  return id
}

export type FileRow = { id: string; kind: FileKind; name: string; type: Document['type']; bytes: number; byId: string | null; createdAt: Date; isKept: boolean; facts: Record<string, string | null> }
/** @returns what is known of a file, without its content; undefined where the partner has none. */
export async function readFile(tx: Tx, partnerId: string, id: string): Promise<FileRow | undefined> {
  const [row] = await tx.rows<FileRow>(sql`select id, kind, name, type, bytes, by_id as "byId", created_at as "createdAt", is_kept as "isKept", facts from files where partner_id = ${partnerId} and id = ${id}::uuid`)
  return row
}

/** @returns the content of a file that readFile found. */
export async function readContent(tx: Tx, partnerId: string, id: string): Promise<Uint8Array> {
  const [row] = await tx.rows<{ content: Uint8Array }>(sql`select content from files where partner_id = ${partnerId} and id = ${id}::uuid`)
  if (!row) throw new Refusal('not_found')
  return row.content
}

/** A file that belongs to something from now on and is not swept: to one thing, of any number that ask for it at once. @returns whether it was still there and free. */
export async function keepFile(tx: Tx, partnerId: string, id: string): Promise<boolean> {
  return (await tx.run(sql`update files set is_kept = true where partner_id = ${partnerId} and id = ${id}::uuid and not is_kept`)) > 0
}
