import { crc32 } from 'node:zlib'

/** A file as it may be kept. Pictures are built anew from the parts that draw: no metadata, no place, nothing behind the end. */
export type Document = { type: 'image/png' | 'image/jpeg' | 'application/pdf' | 'application/ofd'; content: Buffer }
/** Why a file is not taken: another kind of file; one that breaks off or hides something; a picture that nobody needs so large. */
export type DocumentFault = 'file_type' | 'file_broken' | 'file_pixels'

export const documentBytesMax = 5 * 1024 * 1024
const pixelsMax = 40_000_000
const sideMax = 30_000
const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const extensions = { 'image/png': 'png', 'image/jpeg': 'jpg', 'application/pdf': 'pdf', 'application/ofd': 'ofd' } as const satisfies Record<Document['type'], string>

/** @param bytes as uploaded. @returns what it is, told by its content and by nothing else, in the form in which it may be kept; or why it is not taken. */
export function takeDocument(bytes: Buffer): Document | DocumentFault {
  if (bytes.subarray(0, 8).equals(pngSignature)) return takePng(bytes)
  if (bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) return takeJpeg(bytes)
  if (/^%PDF-[12]\.\d[\r\n %]/.test(bytes.toString('latin1', 0, 9))) return takePdf(bytes)
  return 'file_type'
}

/** @param typed a name from outside. @returns one that is safe to show and to save: one line, no path, with the ending of what the file really is. */
export function documentName(typed: string, type: Document['type'], otherwise: string): string {
  const last = typed.normalize('NFC').split(/[/\\]/).at(-1) ?? ''
  const plain = last.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}"*:<>?|;%]/gu, '').replace(/\.[a-z0-9]{1,5}$/i, '').replace(/^[.\s]+|[.\s]+$/g, '')
  return `${[...plain].slice(0, 80).join('') || otherwise}.${extensions[type]}`
}

const isSane = (width: number, height: number): DocumentFault | undefined =>
  (width < 1 || height < 1 ? 'file_broken' : width > sideMax || height > sideMax || width * height > pixelsMax ? 'file_pixels' : undefined)

const depths: Record<number, readonly number[]> = { 0: [1, 2, 4, 8, 16], 2: [8, 16], 3: [1, 2, 4, 8], 4: [8, 16], 6: [8, 16] }

function takePng(bytes: Buffer): Document | DocumentFault {
  const kept: Buffer[] = [pngSignature]
  let has = ''
  for (let at = 8; at + 12 <= bytes.length;) {
    const length = bytes.readUInt32BE(at)
    const end = at + 12 + length
    if (end > bytes.length) return 'file_broken'
    const name = bytes.toString('latin1', at + 4, at + 8)
    if (!/^[A-Za-z]{4}$/.test(name) || crc32(bytes.subarray(at + 4, end - 4)) !== bytes.readUInt32BE(end - 4)) return 'file_broken'
    const isFirst = at === 8
    if (isFirst !== (name === 'IHDR') || (isFirst && length !== 13)) return 'file_broken'
    if (isFirst) {
      const [depth = 0, color = 0, compression, filter, interlace = 0] = bytes.subarray(at + 16, at + 21)
      if (!depths[color]?.includes(depth) || compression !== 0 || filter !== 0 || interlace > 1) return 'file_broken'
      const fault = isSane(bytes.readUInt32BE(at + 8), bytes.readUInt32BE(at + 12))
      if (fault) return fault
    }
    if (['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND'].includes(name)) kept.push(bytes.subarray(at, end))
    has += ` ${name}`
    // Whatever stands behind the end of a picture is there for another reader.
    if (name === 'IEND') return has.includes(' IDAT') && length === 0 && end === bytes.length ? { type: 'image/png', content: Buffer.concat(kept) } : 'file_broken'
    at = end
  }
  return 'file_broken'
}

const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
const isDrawing = (marker: number): boolean => isFrame(marker) || [0xc4, 0xcc, 0xda, 0xdb, 0xdc, 0xdd, 0xee].includes(marker)

function takeJpeg(bytes: Buffer): Document | DocumentFault {
  const kept: Buffer[] = []
  let turned = 1
  let frames = 0
  let scans = 0
  for (let at = 2; at + 4 <= bytes.length || bytes[at + 1] === 0xd9;) {
    if (bytes[at] !== 0xff) return 'file_broken'
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xff) { at += 1; continue }
    if (marker === 0xd9) {
      if (frames !== 1 || scans === 0) return 'file_broken'
      // What a camera appends is cut off.
      return { type: 'image/jpeg', content: Buffer.concat([Buffer.from([0xff, 0xd8]), turnedBy(turned), ...kept, Buffer.from([0xff, 0xd9])]) }
    }
    let end = at + 2 + bytes.readUInt16BE(at + 2)
    if (marker < 0xc0 || (marker >= 0xd0 && marker <= 0xd8) || end < at + 4 || end > bytes.length) return 'file_broken'
    if (isFrame(marker)) {
      if (end < at + 10) return 'file_broken'
      const fault = isSane(bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5))
      if (fault) return fault
      frames += 1
    }
    if (marker === 0xe1) turned = readTurn(bytes.subarray(at + 4, end)) ?? turned
    if (marker === 0xda) {
      scans += 1
      end = endOfScan(bytes, end)
    }
    if (isDrawing(marker)) kept.push(bytes.subarray(at, end))
    at = end
  }
  return 'file_broken'
}

/** Coded points of a picture end at the first marker that is no restart. */
function endOfScan(bytes: Buffer, from: number): number {
  let at = bytes.indexOf(0xff, from)
  while (at >= 0 && at + 1 < bytes.length) {
    const next = bytes[at + 1] ?? 0
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at
    at = bytes.indexOf(0xff, next === 0xff ? at + 1 : at + 2)
  }
  return bytes.length
}

/** How the camera was held, 1 to 8: the one thing of its notes that a reader of the picture needs. */
function readTurn(segment: Buffer): number | undefined {
  if (segment.toString('latin1', 0, 6) !== 'Exif\0\0' || segment.length < 20) return undefined
  const tiff = segment.subarray(6)
  const isLittle = tiff.toString('latin1', 0, 2) === 'II'
  const short = (at: number) => (at + 2 > tiff.length ? 0 : isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at))
  const first = isLittle ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4)
  for (let entry = first + 2; entry < first + 2 + Math.min(short(first), 64) * 12; entry += 12) {
    if (short(entry) === 0x0112) return short(entry + 8) >= 1 && short(entry + 8) <= 8 ? short(entry + 8) : undefined
  }
  return undefined
}

const turnedBy = (turned: number): Buffer => (turned === 1 ? Buffer.alloc(0) : Buffer.concat([
  Buffer.from([0xff, 0xe1, 0, 34]), Buffer.from('Exif\0\0MM\0*\0\0\0\b\0\x01', 'latin1'), Buffer.from([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, turned, 0, 0, 0, 0, 0, 0]),
]))

function takePdf(bytes: Buffer): Document | DocumentFault {
  const tail = bytes.toString('latin1', Math.max(0, bytes.length - 2048))
  return /startxref\s+\d+\s+%%EOF\s*$/.test(tail) ? { type: 'application/pdf', content: bytes } : 'file_broken'
}
