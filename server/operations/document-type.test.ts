import { expect, test } from 'vitest'
import { licencePicture, pdf, png, pngChunk } from '#server/testing/files.ts'
import { documentName, takeDocument } from './document-type.ts'

const seg = (marker: number, data: Buffer): Buffer => Buffer.concat([Buffer.from([0xff, marker, (data.length + 2) >> 8, (data.length + 2) & 255]), data])
const frame = (width: number, height: number): Buffer => seg(0xc0, Buffer.from([8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0]))
const scan = Buffer.concat([seg(0xda, Buffer.from([1, 1, 0, 0, 63, 0])), Buffer.from([0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56])])
const jpeg = (...parts: Buffer[]): Buffer => Buffer.concat([Buffer.from([0xff, 0xd8]), ...parts, Buffer.from([0xff, 0xd9])])
const exif = (order: 'II' | 'MM', turn: number): Buffer => {
  const tiff = Buffer.alloc(26)
  tiff.write(order, 0, 'latin1')
  const put = (value: number, at: number) => (order === 'II' ? tiff.writeUInt16LE(value, at) : tiff.writeUInt16BE(value, at))
  put(42, 2)
  if (order === 'II') tiff.writeUInt32LE(8, 4)
  else tiff.writeUInt32BE(8, 4)
  for (const [value, at] of [[1, 8], [0x0112, 10], [3, 12], [turn, 18]] as const) put(value, at)
  return seg(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff, Buffer.from('GPS 31.2N home of the photographer')]))
}
const take = (bytes: Buffer) => {
  const taken = takeDocument(bytes)
  return typeof taken === 'string' ? taken : taken.type
}

test('pictures and documents are told by their content', () => {
  expect([take(licencePicture()), take(png(10, 10)), take(jpeg(frame(10, 10), scan)), take(pdf(['Hello']))]).toEqual(['image/png', 'image/png', 'image/jpeg', 'application/pdf'])
})

test.each<[string, Buffer]>([
  ['a page', Buffer.from('<!doctype html><script>alert(1)</script>')], ['a drawing with scripts', Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')], ['an archive', Buffer.from('PK\x03\x04rest', 'latin1')],
  ['a GIF', Buffer.from('GIF89a')], ['a program', Buffer.from('MZ\x90\x00', 'latin1')], ['nothing', Buffer.alloc(0)], ['text', Buffer.from('just words')], ['a page before a picture', Buffer.concat([Buffer.from('<html>'), png(2, 2)])],
  ['a document that begins late', Buffer.concat([Buffer.from('\n<script>'), pdf(['x'])])],
])('%s is none of the three', (_name, bytes) => expect(take(bytes)).toBe('file_type'))

test('a picture that breaks off, hides something behind its end or was changed is not taken', () => {
  const whole = png(20, 20)
  for (let length = 9; length < whole.length; length += 1) expect([length, take(whole.subarray(0, length))]).toEqual([length, 'file_broken'])
  expect(take(Buffer.concat([whole, Buffer.from('PK\x03\x04', 'latin1')]))).toBe('file_broken')
  const changed = Buffer.from(whole)
  changed[60] = (changed[60] ?? 0) ^ 1
  expect(take(changed)).toBe('file_broken')
  expect(take(jpeg(frame(10, 10), scan).subarray(0, -2))).toBe('file_broken')
  expect(take(jpeg(scan))).toBe('file_broken')
  expect(take(jpeg(frame(10, 10), frame(10, 10), scan))).toBe('file_broken')
  expect(take(Buffer.concat([pdf(['x']), Buffer.from('PK\x05\x06', 'latin1')]))).toBe('file_broken')
  expect(take(pdf(['x']).subarray(0, 200))).toBe('file_broken')
})

test('a heading that claims a picture beyond 40 megapixels is enough to refuse it', () => {
  expect([take(png(4, 4, [], { width: 60_000, height: 60_000 })), take(png(4, 4, [], { width: 40_001, height: 1 })), take(png(4, 4, [], { width: 8000, height: 5001 })), take(png(4, 4, [], { width: 8000, height: 5000 }))]).toEqual(['file_pixels', 'file_pixels', 'file_pixels', 'image/png'])
  expect([take(jpeg(frame(65_535, 65_535), scan)), take(png(4, 4, [], { width: 0, height: 5 }))]).toEqual(['file_pixels', 'file_broken'])
})

test('of a picture only what draws is kept, and how it was held', () => {
  const noted = takeDocument(png(5, 5, [pngChunk('tEXt', Buffer.from('Author\0somebody')), pngChunk('eXIf', Buffer.from('secret place'))]))
  if (typeof noted === 'string') throw new Error(noted)
  expect(noted.content.equals(png(5, 5))).toBe(true)
  for (const order of ['II', 'MM'] as const) {
    const photo = takeDocument(Buffer.concat([jpeg(exif(order, 6), seg(0xfe, Buffer.from('a remark')), frame(10, 10), scan), Buffer.from('appended film')]))
    if (typeof photo === 'string') throw new Error(photo)
    const text = photo.content.toString('latin1')
    expect([order, text.includes('photographer'), text.includes('remark'), text.includes('film')]).toEqual([order, false, false, false])
    expect(photo.content.includes(Buffer.from([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6]))).toBe(true)
    // What was built can be taken again and stays as it is.
    expect(takeDocument(photo.content)).toEqual(photo)
  }
})

test('a name from outside becomes one line without a path', () => {
  const named = (typed: string) => documentName(typed, 'image/png', 'licence')
  expect(['../../etc/passwd', 'C:\\files\\营业执照.PNG', 'a"b\r\nSet-Cookie: x=1.png', '.png', '', '\u202egnp.exe', '执照.pdf.html', 'x'.repeat(300)].map(named))
    .toEqual(['passwd.png', '营业执照.png', 'abSet-Cookie x=1.png', 'licence.png', 'licence.png', 'gnp.png', '执照.pdf.png', `${'x'.repeat(80)}.png`])
})
