import { readFileSync } from 'node:fs'
import { crc32, deflateSync } from 'node:zlib'

/** A drawn licence of an invented company: 深圳云港数据服务有限公司, 91440300MA5DEMQ1X9, 沈若溪, 深圳市南山区云港路18号科创大厦6层. */
export const licencePicture = (): Buffer => readFileSync(new URL('./licence.png', import.meta.url))
export const licenceCode = '91440300MA5DEMQ1X9'

/** One part of a PNG. */
export function pngChunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

/** A grey picture. @param more parts that stand before its end. @param claimed what its heading says, where that is not the truth. */
export function png(width: number, height: number, more: readonly Buffer[] = [], claimed = { width, height }): Buffer {
  const heading = Buffer.alloc(13)
  heading.writeUInt32BE(claimed.width, 0)
  heading.writeUInt32BE(claimed.height, 4)
  heading.set([8, 0, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), pngChunk('IHDR', heading), pngChunk('IDAT', deflateSync(Buffer.concat(Array.from({ length: height }, () => Buffer.alloc(width + 1, 0xff).fill(0, 0, 1))))), ...more, pngChunk('IEND', Buffer.alloc(0)),
  ])
}

/** A document of one page. @param lines of text; a Chinese line is drawn with the font that every reader has for it. @param more in its catalogue, such as a script. */
export function pdf(lines: readonly string[], more = ''): Buffer {
  const shown = (line: string) => (/^[\x20-\x7e]*$/.test(line) ? `/F1 12 Tf TEXT (${line.replace(/[()\\]/g, '')}) Tj` : `/F2 12 Tf TEXT <${Buffer.from(line, 'utf16le').swap16().toString('hex')}> Tj`)
  const text = lines.map((line, place) => `BT ${shown(line).replace('TEXT', `60 ${760 - place * 24} Td`)} ET`).join('\n')
  const objects = [
    `<< /Type /Catalog /Pages 2 0 R ${more} >>`, '<< /Type /Pages /Kids [3 0 R] /Count 1 >>', '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R /F2 6 0 R >> >> >>',
    `<< /Length ${text.length} >>\nstream\n${text}\nendstream`, '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>', '<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [7 0 R] >>',
    '<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /FontDescriptor 8 0 R /DW 1000 >>',
    '<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>',
  ]
  let body = '%PDF-1.4\n'
  const places = objects.map((object, index) => {
    const at = body.length
    body += `${index + 1} 0 obj\n${object}\nendobj\n`
    return at
  })
  const start = body.length
  body += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`
  return Buffer.from(body, 'latin1')
}
