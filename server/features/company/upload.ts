import type { Hono } from 'hono'
import { licenceUploadPath } from '#contract/company.ts'
import type { Deps } from '#server/http/deps.ts'
import { Refusal } from '#server/http/refusal.ts'
import type { Vars } from '#server/http/request.ts'
import { createLicenceReader, type LicenceReader } from '#server/licences/reader.ts'
import { findWords, noWords, type LicenceWords } from '#server/licences/words.ts'
import { takeDocument, type Document } from '#server/operations/document-type.ts'
import { mountUpload } from '#server/operations/upload.ts'

/** The upload of a licence, which is read at once. Answers a `LicenceRead`. */
export const mountLicenceUpload = (app: Hono<Vars>, deps: Deps, reader: LicenceReader = createLicenceReader()): void =>
  mountUpload(app, deps, { path: licenceUploadPath, permission: 'partner.settings', limit: 'upload.licence', kind: 'licence', otherwise: 'licence', take: takeDocument, read: (document) => readWords(reader, document) })

/** Refuses with `file_broken` what no decoder can open, and with busy where too many wait. */
async function readWords(reader: LicenceReader, { type, content }: Document): Promise<LicenceWords> {
  const result = await reader.read(type, content)
  if (result === undefined) throw new Refusal('busy', { retryAfter: 10 })
  // A document that takes for ever is made to; a picture may just be large, and the person can type what stands on it.
  if (result.state === 'unreadable' || (result.state === 'late' && type === 'application/pdf')) throw new Refusal('unsupported_media', { sentence: 'file_broken' })
  return result.state === 'read' ? findWords(result.text) : noWords
}
