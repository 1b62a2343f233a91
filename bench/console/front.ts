import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { createSecureServer, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2'
import { extname, join, relative, sep } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { brotliCompressSync, constants } from 'node:zlib'
import type { Certificate } from './certificate.ts'

/** Added to every answer of an API, for the way between a front server and what is behind it. */
export const API_LATENCY = 60

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.webmanifest': 'application/manifest+json',
}
const PACKED = /^(text\/|application\/(problem\+|manifest\+)?json|image\/svg)/
const WORTH_PACKING = 512

export interface ApiRequest {
  method: string
  /** Path with its query */
  target: string
  headers: Record<string, string | string[] | undefined>
  body: Buffer
}

export interface ApiAnswer {
  status: number
  headers: Record<string, string | string[]>
  body: Buffer
}

export type Api = (request: ApiRequest) => Promise<ApiAnswer> | ApiAnswer

interface File {
  headers: Record<string, string>
  body: Buffer
}

function pack(type: string, body: Buffer, quality: number) {
  if (!PACKED.test(type) || body.length < WORTH_PACKING) return { headers: {}, body }
  const packed = brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } })
  return { headers: { 'content-encoding': 'br' }, body: packed }
}

/** All files of a folder by their path in a URL, packed as hard as brotli can: a front server does that once, ahead of time. */
function readFolder(folder: string): Map<string, File> {
  const files = new Map<string, File>()
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || entry.name.endsWith('.map')) continue
    const path = join(entry.parentPath, entry.name)
    const type = TYPES[extname(path)] ?? 'application/octet-stream'
    const { headers, body } = pack(type, readFileSync(path), constants.BROTLI_MAX_QUALITY)
    const caching = type.startsWith('text/html') ? 'no-cache' : 'public, max-age=31536000, immutable'
    files.set(`/${relative(folder, path).split(sep).join('/')}`, { headers: { ...headers, 'content-type': type, 'cache-control': caching }, body })
  }
  return files
}

/**
 * A front server on a free port of localhost: HTTP/2 over TLS, the files of a built single-page app (its index.html for every
 * path that is no file), and an API under /api/. All sites are measured behind this one, so that only the sites differ.
 */
export async function startFront(folder: string, api: Api, { key, cert }: Certificate) {
  const files = readFolder(folder)
  const index = files.get('/index.html')
  if (!index) throw new Error(`${folder} has no index.html`)

  async function answerApi(request: Http2ServerRequest, response: Http2ServerResponse) {
    const chunks: Uint8Array[] = []
    for await (const chunk of request) chunks.push(chunk)
    await pause(API_LATENCY)
    const answer = await api({ method: request.method, target: request.url, headers: request.headers, body: Buffer.concat(chunks) })
    const { headers, body } = pack(String(answer.headers['content-type']), answer.body, 4)
    response.writeHead(answer.status, { ...answer.headers, ...headers })
    response.end(body)
  }

  const server = createSecureServer({ key, cert }, (request, response) => {
    const { pathname } = new URL(request.url, 'https://localhost')
    if (pathname.startsWith('/api/')) {
      answerApi(request, response).catch((error: unknown) => {
        console.error(`${request.method} ${request.url}:`, error)
        response.stream.destroy()
      })
      return
    }
    const file = files.get(pathname) ?? (extname(pathname) === '' ? index : undefined)
    response.writeHead(file ? 200 : 404, file?.headers ?? {})
    response.end(file?.body ?? '')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the front server has no port')
  return { origin: `https://localhost:${address.port}`, stop: () => void server.close() }
}
