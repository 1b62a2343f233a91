import { crc32, deflateRawSync } from 'node:zlib'

/** A part of an archive that need not be what its headings say. */
export type OddPart = { name: string; content: Buffer; /** Of its own heading, where it differs. */ localName?: string; flags?: number; method?: number; /** What the headings claim it to unfold to. */ claimed?: number }

/** @returns a compressed archive of these parts, with whatever is wrong with them. */
export function oddArchive(parts: readonly OddPart[]): Buffer {
  const locals: Buffer[] = []
  const centrals: Buffer[] = []
  let at = 0
  for (const { name, content, localName = name, flags = 0, method = 8, claimed = content.length } of parts) {
    const packed = method === 8 ? deflateRawSync(content, { level: 9 }) : content
    const [local, central] = [Buffer.alloc(30), Buffer.alloc(46)]
    local.writeUInt32LE(0x04034b50, 0)
    central.writeUInt32LE(0x02014b50, 0)
    for (const [heading, from, title] of [[local, 4, localName], [central, 6, name]] as const) {
      heading.writeUInt16LE(20, from)
      heading.writeUInt16LE(flags, from + 2)
      heading.writeUInt16LE(method, from + 4)
      heading.writeUInt32LE(crc32(content), from + 10)
      heading.writeUInt32LE(packed.length, from + 14)
      heading.writeUInt32LE(claimed, from + 18)
      heading.writeUInt16LE(Buffer.byteLength(title), from + 22)
    }
    central.writeUInt32LE(at, 42)
    locals.push(local, Buffer.from(localName), packed)
    centrals.push(central, Buffer.from(name))
    at += 30 + Buffer.byteLength(localName) + packed.length
  }
  const directory = Buffer.concat(centrals)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...locals, directory, end])
}
