import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { extname, join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'
import type { Hono } from 'hono'
import { Refusal } from './refusal.ts'
import type { AppCall, Vars } from './request.ts'

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.svg': 'image/svg+xml; charset=utf-8', '.txt': 'text/plain; charset=utf-8',
  '.png': 'image/png', '.ico': 'image/x-icon', '.json': 'application/json; charset=utf-8', '.webmanifest': 'application/manifest+json; charset=utf-8',
}
const compressible = /^(text\/|application\/(json|manifest)|image\/svg)/
const compress = promisify(brotliCompress)

/** Serves the built console from memory: hashed files for ever, the page itself never cached, with a policy that names its own inline parts by hash.
 *  An address with a file's ending that is no file answers 404, so that no cache takes a page for an image.
 *  @param directory the build. */
export function mountConsole(app: Hono<Vars>, directory: string): void {
  const page = readFileSync(join(directory, 'index.html'), 'utf8')
  const policy = pagePolicy(page)
  const files = new Map(listFiles(directory).map((path) => [`/${path}`, readFileSync(join(directory, path))]))
  const packed = new Map<string, Promise<Uint8Array>>()
  const send = async (c: AppCall, path: string, content: Buffer, headers: Record<string, string>) => {
    const type = types[extname(path)] ?? 'application/octet-stream'
    const isPacked = compressible.test(type) && /\bbr\b/.test(c.req.header('accept-encoding') ?? '')
    if (isPacked && !packed.has(path)) packed.set(path, compress(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }))
    const body = (isPacked ? await packed.get(path) : undefined) ?? content
    return c.body(Uint8Array.from(body), 200, { 'Content-Type': type, Vary: 'Accept-Encoding', ...(isPacked && { 'Content-Encoding': 'br' }), ...headers })
  }
  app.on(['GET', 'HEAD'], '/*', async (c, next) => {
    const { path } = c.req
    // Nobody who asks the API is answered with a page.
    if (path === '/api' || path.startsWith('/api/')) return await next()
    if (path === '/health' || path.startsWith('/health/') || path.startsWith('/dev/')) throw new Refusal('not_found')
    const file = path === '/index.html' ? undefined : files.get(path)
    if (file) return await send(c, path, file, { 'Cache-Control': path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'public, max-age=3600' })
    // Also `/customers/.css`, which has no ending in the sense of a file system.
    if (path.slice(path.lastIndexOf('/')).includes('.') || path.includes(';')) throw new Refusal('not_found')
    return await send(c, '/index.html', Buffer.from(page), {
      'Cache-Control': 'no-store', 'Content-Security-Policy': policy, 'Cross-Origin-Opener-Policy': 'same-origin', 'Permissions-Policy': 'camera=(), microphone=(), geolocation=()',
    })
  })
}

/** @param page the built HTML. @returns a policy under which only the console's own files and the inline parts of exactly this page run. */
function pagePolicy(page: string): string {
  const hashes = (pattern: RegExp) => [...page.matchAll(pattern)].map(([, content = '']) => ` 'sha256-${createHash('sha256').update(content).digest('base64')}'`).join('')
  const scripts = hashes(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)
  const styles = hashes(/<style[^>]*>([\s\S]*?)<\/style>/g)
  return `default-src 'self'; script-src 'self'${scripts}; style-src 'self'${styles}; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'; connect-src 'self'`
}

function listFiles(directory: string): string[] {
  if (!existsSync(directory)) return []
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.') && !entry.parentPath.includes('.vite') && extname(entry.name) !== '.map')
    .map((entry) => join(entry.parentPath, entry.name).slice(directory.length + 1).replaceAll('\\', '/'))
}
