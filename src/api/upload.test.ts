import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { LicenceRead, licenceUploadPath } from '#contract/company.ts'
import { upload } from './upload.ts'

// The theme looks at the system's choice as soon as it is loaded, and the test browser knows no media.
vi.hoisted(() => { globalThis.matchMedia = (media) => Object.assign(new EventTarget(), { matches: false, media, onchange: null, addListener: () => undefined, removeListener: () => undefined }) })

type Handler = ((event: { loaded: number; total: number }) => void) | null
let requests: FakeRequest[]
/** A request whose course the test decides. */
class FakeRequest {
  upload: { onprogress: Handler; onload: (() => void) | null } = { onprogress: null, onload: null }
  onload: (() => void) | null = null
  onerror: (() => void) | null = null
  onabort: (() => void) | null = null
  headers: Record<string, string> = {}
  status = 0
  responseText = ''
  file: unknown
  open() { requests.push(this) }
  setRequestHeader(name: string, value: string) { this.headers[name] = value }
  send(form: FormData) { this.file = form.get('file') }
  abort() { this.onabort?.() }
  answer(status: number, body: unknown) {
    this.status = status
    this.responseText = typeof body === 'string' ? body : JSON.stringify(body)
    this.onload?.()
  }
}
const file = new File(['x'], 'licence.png', { type: 'image/png' })
const read = { fileId: '6b1f0f5e-6a0c-4c0e-9a52-0d6c3f1f7a11', read: { name: '深圳云港', creditCode: null, address: null, representative: null } }
const start = () => {
  const percents: number[] = []
  const stop = new AbortController()
  const result = upload(licenceUploadPath, LicenceRead, file, { signal: stop.signal, onProgress: (percent) => percents.push(percent) })
  return { percents, stop, result }
}
const last = () => { const found = requests.at(-1); if (!found) throw new Error('no request'); return found }

beforeEach(() => {
  requests = []
  vi.stubGlobal('XMLHttpRequest', FakeRequest)
})
afterEach(() => vi.unstubAllGlobals())

test('a file is sent as one part, its progress told, and what was read comes back', async () => {
  const { percents, result } = start()
  last().upload.onprogress?.({ loaded: 25, total: 100 })
  last().upload.onload?.()
  last().answer(200, read)
  expect(await result).toEqual(read)
  expect(percents).toEqual([25, 100])
  expect(last().file).toBeInstanceOf(File)
  expect(last().headers).toHaveProperty('X-CSRF')
})

test('a refusal keeps its sentence; an answer that is none of the server\'s, and no answer, are a lost network', async () => {
  const refused = start()
  last().answer(415, { type: 'about:blank', title: 'x', status: 415, code: 'unsupported_media', detail: '文件已损坏', requestId: 'r-7' })
  await expect(refused.result).rejects.toMatchObject({ failure: { detail: '文件已损坏', requestId: 'r-7' } })
  const proxied = start()
  last().answer(502, '<html>')
  await expect(proxied.result).rejects.toMatchObject({ name: 'Unreachable' })
  const odd = start()
  last().answer(200, { fileId: 'no id' })
  await expect(odd.result).rejects.toMatchObject({ name: 'Unreachable' })
  const lost = start()
  last().onerror?.()
  await expect(lost.result).rejects.toMatchObject({ name: 'Unreachable' })
})

test('who cancels the upload is told nothing and nothing goes on', async () => {
  const { stop, result } = start()
  stop.abort()
  await expect(result).rejects.toMatchObject({ name: 'Cancelled' })
  expect(requests).toHaveLength(1)
})
