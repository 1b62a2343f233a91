import type { Hono } from 'hono'
import type * as z from 'zod/mini'
import type { Uploaded } from '#contract/business.ts'
import type { Permission } from '#contract/people.ts'
import { secondsUntil, takeLimit } from '#server/db/limit.ts'
import type { Deps } from '#server/http/deps.ts'
import { inSession, logForbidden } from '#server/http/mount.ts'
import { Refusal } from '#server/http/refusal.ts'
import { checkOrigin, type AppCall, type Vars } from '#server/http/request.ts'
import { uploadsPerPerson } from '#server/limits.ts'
import { insertFile, type FileKind } from './documents.ts'
import { documentBytesMax, documentName, type Document } from './document-type.ts'

/** What a form adds to its one file: borders and headings. */
const formBytes = 16 * 1024
const endpoint = { method: 'POST' } as const
type Facts = Record<string, string | null>

export type Upload = {
  path: string; permission: Permission; /** Name of the limit per person. */ limit: string; kind: FileKind; /** Name of a file without one. */ otherwise: string
  /** What the bytes are, told by their content; or the sentence that refuses them. */ take(bytes: Buffer): Document | string
  /** What is read from it and kept with it. Refuses by throwing. */ read?(document: Document): Promise<Facts>
}

/** An upload: a form with one part `file`. Who may not, or too often, is refused before a byte is read; nothing that is not one whole file of a wanted type is kept, and what is
 *  kept is swept after a day unless it is handed in. */
export function mountUpload(app: Hono<Vars>, deps: Deps, { path, permission, limit, kind, otherwise, take, read }: Upload): void {
  app.post(path, async (c) => {
    checkOrigin(c, deps)
    const type = c.req.header('content-type') ?? ''
    if (!/^multipart\/form-data;\s*boundary=/i.test(type) || (c.req.header('content-encoding') ?? 'identity') !== 'identity') throw new Refusal('unsupported_media')
    if (Number(c.req.header('content-length') ?? 0) > documentBytesMax + formBytes) throw new Refusal('too_large', { sentence: 'file_bytes' })
    const { actor: caller, may } = await inSession(c, deps, endpoint, async (tx, now, { actor }) => {
      if (!actor.permissions.has(permission)) return { actor, may: false }
      const free = await takeLimit(tx, now, limit, actor.member.id, uploadsPerPerson.window, uploadsPerPerson.max)
      if (free) throw new Refusal('too_many_requests', { retryAfter: secondsUntil(free, now) })
      return { actor, may: true }
    })
    if (!may) {
      await logForbidden(deps, caller, permission, c.var.facts)
      throw new Refusal('no_permission')
    }
    const part = await readFilePart(c, type)
    const document = take(part.bytes)
    if (typeof document === 'string') throw new Refusal('unsupported_media', { sentence: document })
    const facts = await read?.(document)
    const name = documentName(part.name, document.type, otherwise)
    const fileId = await inSession(c, deps, endpoint, async (tx, now, { actor }) => {
      // Asked again: reading took its time.
      if (!actor.permissions.has(permission)) throw new Refusal('no_permission')
      return await insertFile(tx, now, { partnerId: actor.partner.id, kind, name, document, ...(facts && { facts }), byId: actor.member.id, isKept: false })
    })
    return c.json(facts === undefined ? { fileId, name, bytes: document.content.length } satisfies z.infer<typeof Uploaded> : { fileId, read: facts })
  })
}

/** Reads the form as far as it may go and not a byte further. Refuses one without exactly one file. */
async function readFilePart(c: AppCall, type: string): Promise<{ name: string; bytes: Buffer }> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of c.req.raw.body ?? []) {
    size += chunk.byteLength
    if (size > documentBytesMax + formBytes) throw new Refusal('too_large', { sentence: 'file_bytes' })
    chunks.push(chunk)
  }
  const form = await new Response(Buffer.concat(chunks), { headers: { 'content-type': type } }).formData().catch(() => undefined)
  const parts = [...(form?.entries() ?? [])]
  const [part] = parts
  if (!part || parts.length > 1 || part[0] !== 'file' || typeof part[1] === 'string' || part[1].size === 0) throw new Refusal('malformed', { sentence: 'file_part' })
  if (part[1].size > documentBytesMax) throw new Refusal('too_large', { sentence: 'file_bytes' })
  return { name: part[1].name, bytes: Buffer.from(await part[1].arrayBuffer()) }
}
