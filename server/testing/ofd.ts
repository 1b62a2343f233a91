import { crc32, deflateRawSync } from 'node:zlib'

type Entry = { name: string; content: Buffer | string; /** What the directory says of its size, where that is not the truth. */ claimed?: number; /** Mode of its outer attributes. */ mode?: number; isStored?: boolean; flags?: number }

/** An archive of these entries, as programs write it. @param comment behind its end. */
export function zip(entries: readonly Entry[], comment = ''): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const { name, content, claimed, mode = 0, isStored = false, flags = 0 } of entries) {
    const [plain, file] = [Buffer.from(content), Buffer.from(name)]
    const packed = isStored ? plain : deflateRawSync(plain)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(flags, 2)
    common.writeUInt16LE(isStored ? 0 : 8, 4)
    common.writeUInt32LE(crc32(plain), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(claimed ?? plain.length, 18)
    common.writeUInt16LE(file.length, 22)
    const body = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, file, packed])
    const [tail, version] = [Buffer.alloc(14), Buffer.from([20, 0])]
    tail.writeUInt32LE((mode << 16) >>> 0, 6)
    tail.writeUInt32LE(at, 10)
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02', 'latin1'), version, common, tail, file]))
    bodies.push(body)
    at += body.length
  }
  const whole = Buffer.concat(directory)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(entries.length, 4)
  end.writeUInt16LE(entries.length, 6)
  end.writeUInt32LE(whole.length, 8)
  end.writeUInt32LE(at, 12)
  end.writeUInt16LE(comment.length, 16)
  return Buffer.concat([...bodies, whole, Buffer.from('PK\x05\x06', 'latin1'), end, Buffer.from(comment)])
}

const root = '<?xml version="1.0" encoding="UTF-8"?><ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016" Version="1.1" DocType="OFD"><ofd:DocBody/></ofd:OFD>'
/** An electronic invoice of one page. @param more entries besides. */
export const ofd = (more: readonly Entry[] = [], comment = ''): Buffer => zip([{ name: 'OFD.xml', content: root }, { name: 'Doc_0/', content: '', isStored: true }, { name: 'Doc_0/Document.xml', content: '<ofd:Document/>' }, ...more], comment)
