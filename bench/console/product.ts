import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Api } from './front.ts'

const START_TIMEOUT = 180_000
const DEMO = { account: 'demo', password: 'demo-partner-center' }
/** They belong to one connection, not to the request or answer that is passed on */
const CONNECTION_HEADERS = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'upgrade', 'host', 'accept-encoding'])

export interface Cookie {
  name: string
  value: string
}

/** A port of this machine that is free at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}

/** Passes requests on to the server on that port, as a front server would. */
export const forwardTo =
  (port: number): Api =>
  ({ method, target, headers, body }) =>
    new Promise((resolve, reject) => {
      const passed = Object.entries(headers).filter(([name]) => !name.startsWith(':') && !CONNECTION_HEADERS.has(name))
      const headersOut = { ...Object.fromEntries(passed), 'content-length': body.length }
      const sent = httpRequest({ host: '127.0.0.1', port, path: target, method, headers: headersOut }, (answer) => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        answer.on('error', reject)
        answer.on('end', () => {
          const kept: Record<string, string | string[]> = {}
          for (const [name, value] of Object.entries(answer.headers)) if (value !== undefined && !CONNECTION_HEADERS.has(name)) kept[name] = value
          resolve({ status: answer.statusCode ?? 502, headers: kept, body: Buffer.concat(chunks) })
        })
      })
      sent.on('error', reject)
      sent.end(body)
    })

async function untilReady(port: number, server: ChildProcess, output: () => string) {
  const giveUp = performance.now() + START_TIMEOUT
  while (performance.now() < giveUp) {
    if (server.exitCode !== null) break
    const ready = await fetch(`http://127.0.0.1:${port}/health/ready`).then((answer) => answer.ok, () => false)
    if (ready) return
    await pause(200)
  }
  throw new Error(`the server did not get ready:\n${output()}`)
}

async function signIn(port: number, publicUrl: string): Promise<Cookie[]> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: publicUrl },
    body: JSON.stringify(DEMO),
  })
  if (!answer.ok) throw new Error(`signing in was answered ${answer.status}: ${await answer.text()}`)
  return answer.headers.getSetCookie().map((line) => {
    const [pair = ''] = line.split(';')
    const equals = pair.indexOf('=')
    return { name: pair.slice(0, equals), value: pair.slice(equals + 1) }
  })
}

/** Starts the product's server with demo data of its own and signs in as the demo administrator. `publicUrl` is where the browser will find it. */
export async function startProduct(root: string, port: number, publicUrl: string) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-console-'))
  const { DATABASE_URL: _, ...environment } = process.env
  const server = spawn(process.execPath, ['server/main.ts'], {
    cwd: root,
    env: { ...environment, DATA_DIR: folder, HOST: '127.0.0.1', PORT: String(port), PUBLIC_URL: publicUrl },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const keep = (text: Buffer) => {
    output = (output + text.toString()).slice(-4000)
  }
  server.stdout.on('data', keep)
  server.stderr.on('data', keep)
  const stop = async () => {
    if (server.exitCode === null) {
      server.kill('SIGTERM')
      await once(server, 'exit')
    }
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await untilReady(port, server, () => output)
    return { cookies: await signIn(port, publicUrl), stop }
  } catch (error) {
    await stop()
    throw error
  }
}
