import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Tx } from '#server/db/transaction.ts'
import { insertFile, type FileKind } from '#server/operations/documents.ts'
import { documentBytesMax, documentName, takeDocument, type Document, type DocumentFault } from '#server/operations/document-type.ts'
import { CommandRefused } from './command.ts'

export type ReadFile = { name: string; document: Document }
const why: Record<DocumentFault, string> = { file_type: 'is no PNG, JPEG or PDF file', file_broken: 'is damaged or cut', file_pixels: 'has more than 40 megapixels' }

/** @param path of a file on the operator's machine. @returns it, as it may be kept. Refuses in one sentence what is missing, too large or of another type. */
export async function readOperatorFile(path: string): Promise<ReadFile> {
  const file = await open(path, 'r').catch(() => undefined)
  if (!file) throw new CommandRefused(`There is no file ${path} that can be read.`)
  try {
    const { size } = await file.stat()
    if (size < 1 || size > documentBytesMax) throw new CommandRefused(`${path} is empty or has more than 5 MB.`)
    const document = takeDocument(await file.readFile())
    if (typeof document === 'string') throw new CommandRefused(`${path} ${why[document]}.`)
    return { name: documentName(basename(path), document.type, 'document'), document }
  } finally {
    await file.close()
  }
}

/** Keeps files of the vendor with a partner. @returns their ids, in order. */
export async function keepOperatorFiles(tx: Tx, now: Date, partnerId: string, kind: FileKind, files: readonly ReadFile[]): Promise<string[]> {
  const ids: string[] = []
  for (const { name, document } of files) ids.push(await insertFile(tx, now, { partnerId, kind, name, document, byId: null, isKept: true }))
  return ids
}
