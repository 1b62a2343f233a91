import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { createDeflate } from 'node:zlib'
import { expect, test } from 'vitest'
import { licencePicture, pdf, png } from '#server/testing/files.ts'
import { confinement } from '#server/confined/reader.ts'
import { createLicenceReader, licenceProgram } from './reader.ts'

test('one file is read at a time, three wait, and whoever comes then is told to come again', async () => {
  const reader = createLicenceReader()
  const results = await Promise.all(Array.from({ length: 6 }, () => reader.read('application/pdf', pdf(['Unified credit code']))))
  expect(results.map((result) => result?.state)).toEqual(['read', 'read', 'read', 'read', undefined, undefined])
  expect((await reader.read('image/png', png(60, 60)))?.state).toBe('read')
}, 60_000)

test('a file that takes too long is given up, its process ended, and the next one is read', async () => {
  const from = performance.now()
  expect((await createLicenceReader(0.05).read('image/png', licencePicture()))?.state).toBe('late')
  expect(performance.now() - from).toBeLessThan(5000)
})

test.each<[string, Buffer]>([['application/pdf', Buffer.from('%PDF-1.4\nrubbish')], ['image/png', Buffer.from('rubbish')], ['image/jpeg', Buffer.alloc(100, 0xff)]])('a %s that no decoder opens is unreadable, and ends nobody but its own process', async (type, bytes) => {
  expect((await createLicenceReader().read(type, bytes))?.state).toBe('unreadable')
}, 30_000)

test('a document of many pages is no licence', async () => {
  const many = pdf(['x']).toString('latin1').replace('/Kids [3 0 R] /Count 1', `/Kids [${'3 0 R '.repeat(6)}] /Count 6`)
  expect((await createLicenceReader().read('application/pdf', Buffer.from(many, 'latin1')))?.state).toBe('unreadable')
}, 30_000)

test('a document of a few megabytes that unfolds to more than the memory of a machine ends its own process long before', async () => {
  const parts: Buffer[] = []
  const shrink = createDeflate({ level: 9 }).on('data', (part: Buffer) => void parts.push(part))
  const spaces = Buffer.alloc(1024 * 1024, 'BT (A) Tj ET ')
  for (let megabyte = 0; megabyte < 2000; megabyte += 1) await new Promise((resolve) => shrink.write(spaces, resolve))
  await new Promise((resolve) => shrink.end().once('end', resolve))
  const stream = Buffer.concat(parts)
  const plain = pdf(['x'])
  const content = Buffer.concat([Buffer.from(plain.toString('latin1').replace(/<< \/Length \d+ >>\nstream\n[^]*?\nendstream/, `<< /Length ${stream.length} /Filter /FlateDecode >>\nstream\n${stream.toString('latin1')}\nendstream`), 'latin1')])
  expect(content.length).toBeLessThan(5 * 1024 * 1024)
  // Ended otherwise, also for its time, it is another signal or none.
  const { signal } = spawnSync(process.execPath, [...confinement(licenceProgram), licenceProgram.main, 'application/pdf'], { env: {}, input: content, timeout: 60_000, killSignal: 'SIGTERM' })
  expect(signal).toBe('SIGKILL')
}, 120_000)

test('a process that is started for reading may neither write, nor look around, nor start anything', () => {
  const asked = `JSON.stringify([process.permission.has('fs.write'), process.permission.has('fs.read', '/etc/passwd'), process.permission.has('fs.read', ${JSON.stringify(fileURLToPath(new URL('../env.ts', import.meta.url)))}), process.permission.has('child'), process.permission.has('fs.read', ${JSON.stringify(fileURLToPath(new URL('./words.ts', import.meta.url)))})])`
  const { stdout } = spawnSync(process.execPath, [...confinement(licenceProgram), '-p', asked], { env: {}, encoding: 'utf8' })
  expect(JSON.parse(stdout)).toEqual([false, false, false, false, true])
})
