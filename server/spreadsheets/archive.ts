import { crc32, inflateRawSync } from 'node:zlib'

export type ArchivePart = { name: string; content: Buffer }
/** `broken`: no archive that one would make on purpose; `locked`: encrypted; `unpacked`: unfolds to more than it may. */
export type ArchiveFault = 'broken' | 'locked' | 'unpacked'

const partsMax = 500
const [localSign, centralSign, endSign] = [0x04034b50, 0x02014b50, 0x06054b50]
const [localBytes, centralBytes, endBytes] = [30, 46, 22]

/** Opens a ZIP archive without believing what it says of itself: each part is inflated against what is left of `bytesMax`, and its real size, sum and
 *  name must be those of both of its headings.
 *  @param bytesMax of all parts together. @returns the parts in the order of the directory, or what is wrong. */
export function openArchive(bytes: Buffer, bytesMax: number): ArchivePart[] | ArchiveFault {
  const end = findEnd(bytes)
  if (end === undefined) return 'broken'
  const [count, start] = [bytes.readUInt16LE(end + 10), bytes.readUInt32LE(end + 16)]
  // Several disks and the 64-bit form have no place in a file of a few megabytes.
  if (bytes.readUInt32LE(end + 4) !== 0 || bytes.readUInt16LE(end + 8) !== count || count > partsMax) return 'broken'
  const parts: ArchivePart[] = []
  const names = new Set<string>()
  let left = bytesMax
  let at = start
  for (let place = 0; place < count; place += 1) {
    const found = readPart(bytes, at, end, left)
    if (typeof found === 'string') return found
    // Two parts of one name are read by one program here and by another there.
    const key = found.name.toLowerCase()
    if (names.has(key)) return 'broken'
    names.add(key)
    parts.push({ name: found.name, content: found.content })
    left -= found.content.length
    at = found.next
  }
  return at <= end ? parts : 'broken'
}

/** The end's heading stands last, but for a comment. */
function findEnd(bytes: Buffer): number | undefined {
  for (let at = bytes.length - endBytes; at >= Math.max(0, bytes.length - endBytes - 0xffff); at -= 1) {
    if (bytes.readUInt32LE(at) === endSign && at + endBytes + bytes.readUInt16LE(at + 20) === bytes.length) return at
  }
  return undefined
}

function readPart(bytes: Buffer, at: number, end: number, left: number): (ArchivePart & { next: number }) | ArchiveFault {
  if (at + centralBytes > end || bytes.readUInt32LE(at) !== centralSign) return 'broken'
  const [flags, method, sum, packed, size] = [bytes.readUInt16LE(at + 8), bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 16), bytes.readUInt32LE(at + 20), bytes.readUInt32LE(at + 24)]
  const [nameBytes, local] = [bytes.readUInt16LE(at + 28), bytes.readUInt32LE(at + 42)]
  const next = at + centralBytes + nameBytes + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  const name = bytes.toString('utf8', at + centralBytes, at + centralBytes + nameBytes)
  if (next > end || !isInside(name)) return 'broken'
  if ((flags & 1) !== 0) return 'locked'
  if (local + localBytes > bytes.length || bytes.readUInt32LE(local) !== localSign) return 'broken'
  const from = local + localBytes + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
  const isSame = bytes.toString('utf8', local + localBytes, local + localBytes + bytes.readUInt16LE(local + 26)) === name && bytes.readUInt16LE(local + 8) === method
  if (!isSame || from + packed > bytes.length) return 'broken'
  if (size > left) return 'unpacked'
  const content = unpack(bytes.subarray(from, from + packed), method, left)
  if (typeof content === 'string') return content
  return content.length === size && crc32(content) === sum ? { name, content, next } : 'broken'
}

function unpack(packed: Buffer, method: number, left: number): Buffer | ArchiveFault {
  if (method === 0) return packed
  if (method !== 8) return 'broken'
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, left) })
  } catch (error) {
    return error instanceof RangeError ? 'unpacked' : 'broken'
  }
}

/** A path that leads out of the folder, or that two programs read differently, is not one that a spreadsheet program writes. */
const isInside = (name: string): boolean => /^[^\\:\p{Cc}\ufffd]{1,200}$/u.test(name) && !name.startsWith('/') && !name.split('/').some((step) => step === '..' || step === '.')

/** @returns an archive of these parts as they are, not compressed: what openArchive gave, in a form in which every reader finds the same. */
export function packArchive(parts: readonly ArchivePart[]): Buffer {
  const locals: Buffer[] = []
  const centrals: Buffer[] = []
  let at = 0
  for (const { name, content } of parts) {
    const title = Buffer.from(name, 'utf8')
    const [local, central] = [Buffer.alloc(localBytes), Buffer.alloc(centralBytes)]
    local.writeUInt32LE(localSign, 0)
    central.writeUInt32LE(centralSign, 0)
    central.writeUInt16LE(20, 4)
    for (const [heading, from] of [[local, 4], [central, 6]] as const) {
      heading.writeUInt16LE(20, from)
      // Names are UTF-8; the date is the first that the format knows, so that the same parts give the same archive.
      heading.writeUInt16LE(0x0800, from + 2)
      heading.writeUInt16LE(0x21, from + 8)
      heading.writeUInt32LE(crc32(content), from + 10)
      heading.writeUInt32LE(content.length, from + 14)
      heading.writeUInt32LE(content.length, from + 18)
      heading.writeUInt16LE(title.length, from + 22)
    }
    central.writeUInt32LE(at, 42)
    locals.push(local, title, content)
    centrals.push(central, title)
    at += localBytes + title.length + content.length
  }
  const directory = Buffer.concat(centrals)
  const end = Buffer.alloc(endBytes)
  end.writeUInt32LE(endSign, 0)
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...locals, directory, end])
}
