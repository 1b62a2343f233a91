import { inflateRawSync } from 'node:zlib'
import { takeDocument, type Document, type DocumentFault } from './document-type.ts'

/** Why a file is not taken as an electronic invoice: besides the general faults, another kind of file, and one that holds what runs. */
export type InvoiceFileFault = DocumentFault | 'file_type_invoice' | 'file_active'

const entriesMax = 500
/** Of all entries together, unpacked: many times what an invoice needs, and little enough to be looked at. */
const unpackedMax = 20 * 1024 * 1024
const nameMax = 200

/** @param bytes as uploaded. @returns the file, told by its content and by nothing else: a PDF without scripts, or an OFD (GB/T 33190-2016): an archive with its
 *  document description at the root. */
export function takeInvoiceFile(bytes: Buffer): Document | InvoiceFileFault {
  if (bytes.subarray(0, 4).equals(Buffer.from('PK\x03\x04', 'latin1'))) return takeOfd(bytes)
  const document = takeDocument(bytes)
  if (document === 'file_type' || (typeof document !== 'string' && document.type !== 'application/pdf')) return 'file_type_invoice'
  return typeof document === 'string' || !isActive(document.content) ? document : 'file_active'
}

/** What is hidden deeper is harmless all the same, because a browser only ever saves the file. Names in a document may be written with #xx, so both spellings are looked for; shorter names than
 *  these turn up in compressed pictures by chance, and attachments carry the data of a real invoice. */
const isActive = (content: Buffer): boolean => /\/(JavaScript|Launch|RichMedia)\b/.test(content.toString('latin1').replace(/#([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))))

type Entry = { name: string; method: number; flags: number; packed: number; unpacked: number; at: number }

function takeOfd(bytes: Buffer): Document | InvoiceFileFault {
  const entries = readDirectory(bytes)
  if (!entries || entries.length === 0 || entries.length > entriesMax) return 'file_broken'
  if (new Set(entries.map(({ name }) => name.toLowerCase())).size < entries.length || entries.some((entry) => !isPlainName(entry.name) || (entry.flags & 1) !== 0 || (entry.method !== 0 && entry.method !== 8))) return 'file_broken'
  if (entries.reduce((sum, { unpacked }) => sum + unpacked, 0) > unpackedMax) return 'file_broken'
  const root = entries.find(({ name }) => name === 'OFD.xml')
  if (!root) return 'file_type_invoice'
  let left = unpackedMax
  for (const entry of entries) {
    const content = unpack(bytes, entry, left)
    if (content === undefined) return 'file_broken'
    left -= content.length
    if (entry === root && !/<(?:\w+:)?OFD[\s>]/.test(content.toString('utf8', 0, 4096))) return 'file_type_invoice'
    if (isProgram(entry.name, content)) return 'file_active'
  }
  return { type: 'application/ofd', content: bytes }
}

/** A path inside the archive: no root, no way up, no drive, nothing that a file system reads otherwise. */
const isPlainName = (name: string): boolean => name.length <= nameMax && /^[^\\:*?"<>|\p{Cc}\p{Cf}]+$/u.test(name) && !name.startsWith('/') && !name.split('/').some((part) => part === '..' || part === '.')
  && !name.replace(/\/$/, '').split('/').includes('')

const programs = ['MZ', '\x7fELF', 'PK\x03\x04', '#!']
/** What a reader of invoices never needs and another program might run: by its name, by its first bytes, or an archive in the archive. */
const isProgram = (name: string, content: Buffer): boolean => /\.(exe|dll|js|vbs|bat|cmd|ps1|sh|jar|html?|svg|hta|scr|com|lnk)$/i.test(name) || programs.some((mark) => content.toString('latin1', 0, 4).startsWith(mark)) || /<(?:html|script|svg)[\s>]/i.test(content.toString('latin1', 0, 1024))

/** Reads the central directory, and only it: what its entries do not name does not exist. @returns undefined where it does not fill the file's end exactly. */
function readDirectory(bytes: Buffer): Entry[] | undefined {
  const end = bytes.length - 22
  // No comment behind it and no second volume: whatever stands there is for another reader.
  if (end < 0 || bytes.readUInt32LE(end) !== 0x06054b50 || bytes.readUInt16LE(end + 20) !== 0 || bytes.readUInt16LE(end + 4) !== 0 || bytes.readUInt16LE(end + 6) !== 0) return undefined
  const [count, size, start] = [bytes.readUInt16LE(end + 10), bytes.readUInt32LE(end + 12), bytes.readUInt32LE(end + 16)]
  if (start + size !== end || bytes.readUInt16LE(end + 8) !== count || count > entriesMax) return undefined
  const entries: Entry[] = []
  let at = start
  for (let number = 0; number < count; number += 1) {
    if (at + 46 > end || bytes.readUInt32LE(at) !== 0x02014b50) return undefined
    const [nameLength, extra, comment] = [bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30), bytes.readUInt16LE(at + 32)]
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength)
    // A link in the archive is a mode of its outer attributes.
    if (nameLength === 0 || ((bytes.readUInt32LE(at + 38) >>> 16) & 0o170000) === 0o120000) return undefined
    entries.push({ name, flags: bytes.readUInt16LE(at + 8), method: bytes.readUInt16LE(at + 10), packed: bytes.readUInt32LE(at + 20), unpacked: bytes.readUInt32LE(at + 24), at: bytes.readUInt32LE(at + 42) })
    at += 46 + nameLength + extra + comment
  }
  return at === end ? entries : undefined
}

/** @param left how much may still be unpacked. @returns the content, or undefined where it is not what the directory says of it. */
function unpack(bytes: Buffer, { name, method, packed, unpacked, at }: Entry, left: number): Buffer | undefined {
  if (at + 30 > bytes.length || bytes.readUInt32LE(at) !== 0x04034b50) return undefined
  const nameLength = bytes.readUInt16LE(at + 26)
  const begin = at + 30 + nameLength + bytes.readUInt16LE(at + 28)
  if (bytes.toString('utf8', at + 30, at + 30 + nameLength) !== name || begin + packed > bytes.length || unpacked > left) return undefined
  const raw = bytes.subarray(begin, begin + packed)
  if (method === 0) return packed === unpacked ? raw : undefined
  try {
    const content = inflateRawSync(raw, { maxOutputLength: Math.max(1, unpacked) })
    return content.length === unpacked ? content : undefined
  } catch {
    return undefined
  }
}
