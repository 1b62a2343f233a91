import { Refusal } from './refusal.ts'
import type { AppCall } from './request.ts'

/** What a form adds to its one file: borders and headings. */
const formBytes = 16 * 1024
const typeOf = (c: AppCall): string => c.req.header('content-type') ?? ''

/** Refuses, before a byte is read, what is no form with a file or says that it is too large. @param bytesMax of the file. */
export function refuseForm(c: AppCall, bytesMax: number): void {
  if (!/^multipart\/form-data;\s*boundary=/i.test(typeOf(c)) || (c.req.header('content-encoding') ?? 'identity') !== 'identity') throw new Refusal('unsupported_media')
  if (Number(c.req.header('content-length') ?? 0) > bytesMax + formBytes) throw new Refusal('too_large', { sentence: 'file_bytes' })
}

/** Reads the form as far as it may go and not a byte further. Refuses one without exactly one file, in a part named `file`. */
export async function readFilePart(c: AppCall, bytesMax: number): Promise<{ name: string; bytes: Buffer }> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of c.req.raw.body ?? []) {
    size += chunk.byteLength
    if (size > bytesMax + formBytes) throw new Refusal('too_large', { sentence: 'file_bytes' })
    chunks.push(chunk)
  }
  const form = await new Response(Buffer.concat(chunks), { headers: { 'content-type': typeOf(c) } }).formData().catch(() => undefined)
  const parts = [...(form?.entries() ?? [])]
  const [part] = parts
  if (!part || parts.length > 1 || part[0] !== 'file' || typeof part[1] === 'string' || part[1].size === 0) throw new Refusal('malformed', { sentence: 'file_part' })
  if (part[1].size > bytesMax) throw new Refusal('too_large', { sentence: 'file_bytes' })
  return { name: part[1].name, bytes: Buffer.from(await part[1].arrayBuffer()) }
}
