import type { Hono } from 'hono'
import type * as z from 'zod/mini'
import type { Uploaded } from '#contract/business.ts'
import type { Permission } from '#contract/people.ts'
import { secondsUntil, takeLimit } from '#server/db/limit.ts'
import type { Deps } from '#server/http/deps.ts'
import { readFilePart, refuseForm } from '#server/http/file-part.ts'
import { inSession, logForbidden } from '#server/http/mount.ts'
import { Refusal } from '#server/http/refusal.ts'
import { checkOrigin, type Vars } from '#server/http/request.ts'
import { uploadsPerPerson } from '#server/limits.ts'
import { insertFile, type FileKind } from './documents.ts'
import { documentBytesMax, documentName, type Document } from './document-type.ts'

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
    refuseForm(c, documentBytesMax)
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
    const part = await readFilePart(c, documentBytesMax)
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
