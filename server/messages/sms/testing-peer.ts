import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingHttpHeaders } from 'node:http'

export interface PeerRequest { method: string, url: string, headers: IncomingHttpHeaders, body: string }
export type PeerAnswer = { status: number, body: string, headers?: Record<string, string> } | 'hang'

/** A provider on this machine, for tests. @param answer decides about each request. @returns where it listens, what it got, and its end. */
export async function startPeer(answer: (request: PeerRequest) => PeerAnswer): Promise<{ endpoint: string, requests: PeerRequest[], close(): void }> {
  const requests: PeerRequest[] = []
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => {
      const request = { method: incoming.method ?? '', url: incoming.url ?? '', headers: incoming.headers, body: Buffer.concat(chunks).toString('utf8') }
      requests.push(request)
      const decided = answer(request)
      if (decided !== 'hang') outgoing.writeHead(decided.status, { 'Content-Type': 'application/json', ...decided.headers }).end(decided.body)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the peer has no port')
  return {
    endpoint: `http://127.0.0.1:${address.port}/`, requests,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
