import type { Hono } from 'hono'
import { licenceUploadPath, type LicenceRead } from '#contract/company.ts'
import type * as z from 'zod/mini'
import { takeLimit, secondsUntil } from '#server/db/limit.ts'
import type { Deps } from '#server/http/deps.ts'
import { readFilePart, refuseForm } from '#server/http/file-part.ts'
import { inSession, logForbidden } from '#server/http/mount.ts'
import { Refusal } from '#server/http/refusal.ts'
import { checkOrigin, type Vars } from '#server/http/request.ts'
import { uploadsPerPerson } from '#server/limits.ts'
import { createLicenceReader, type LicenceReader } from '#server/licences/reader.ts'
import { findWords, noWords, type LicenceWords } from '#server/licences/words.ts'
import { insertFile } from '#server/operations/documents.ts'
import { documentBytesMax, documentName, takeDocument, type Document } from '#server/operations/document-type.ts'

const endpoint = { method: 'POST' } as const

/** The upload of a licence: a form with one part `file`. Who may not, or too often, is refused before a byte is read; nothing that is not one whole
 *  picture or document is kept, and what is kept is swept after a day unless it is handed in. */
export function mountLicenceUpload(app: Hono<Vars>, deps: Deps, reader: LicenceReader = createLicenceReader()): void {
  app.post(licenceUploadPath, async (c) => {
    checkOrigin(c, deps)
    refuseForm(c, documentBytesMax)
    const { actor: caller, may } = await inSession(c, deps, endpoint, async (tx, now, { actor }) => {
      if (!actor.permissions.has('partner.settings')) return { actor, may: false }
      const free = await takeLimit(tx, now, 'upload.licence', actor.member.id, uploadsPerPerson.window, uploadsPerPerson.max)
      if (free) throw new Refusal('too_many_requests', { retryAfter: secondsUntil(free, now) })
      return { actor, may: true }
    })
    if (!may) {
      await logForbidden(deps, caller, 'partner.settings', c.var.facts)
      throw new Refusal('no_permission')
    }
    const { name, bytes } = await readFilePart(c, documentBytesMax)
    const document = takeDocument(bytes)
    if (typeof document === 'string') throw new Refusal('unsupported_media', { sentence: document })
    const read = await readWords(reader, document)
    const fileId = await inSession(c, deps, endpoint, async (tx, now, { actor }) => {
      // Asked again: reading took its time.
      if (!actor.permissions.has('partner.settings')) throw new Refusal('no_permission')
      return await insertFile(tx, now, { partnerId: actor.partner.id, kind: 'licence', name: documentName(name, document.type, 'licence'), document, facts: read, byId: actor.member.id, isKept: false })
    })
    return c.json({ fileId, read } satisfies z.infer<typeof LicenceRead>)
  })
}

/** Refuses with `file_broken` what no decoder can open, and with busy where too many wait. */
async function readWords(reader: LicenceReader, { type, content }: Document): Promise<LicenceWords> {
  const result = await reader.read(type, content)
  if (result === undefined) throw new Refusal('busy', { retryAfter: 10 })
  // A document that takes for ever is made to; a picture may just be large, and the person can type what stands on it.
  if (result.state === 'unreadable' || (result.state === 'late' && type === 'application/pdf')) throw new Refusal('unsupported_media', { sentence: 'file_broken' })
  return result.state === 'read' ? findWords(result.text) : noWords
}
