// The functions of by-hand.sql behind the least that a server can be, as a process of its own: node:http, JSON, one connection per client. Nobody is
// asked who they are and nothing is checked. It shows what HTTP alone leaves of the functions on this machine.
import { createServer, type IncomingMessage } from 'node:http'
import pg from 'pg'
import * as z from 'zod/mini'
import { ByHand, callFreeze, callMove, raiseFence } from './by-hand.ts'

const Call = z.object({ place: z.number(), call: ByHand, proof: z.nullable(z.string()) })

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString()
}

const connections = new Map<number, pg.Client>()
/** Each client stays with its partner, so the fence is raised once per connection. */
async function connectionOf(place: number, partnerId: string): Promise<pg.Client> {
  const known = connections.get(place)
  if (known) return known
  const connection = new pg.Client({ connectionString: process.env['DATABASE_URL'] })
  await connection.connect()
  await raiseFence(connection, partnerId)
  connections.set(place, connection)
  return connection
}

const server = createServer((request, response) => {
  void readText(request).then(async (text) => {
    const { place, call, proof } = Call.parse(JSON.parse(text))
    const connection = await connectionOf(place, call.partnerId)
    const answer = request.url === '/freeze' ? { proof: await callFreeze(connection, call) } : { number: await callMove(connection, call, proof) }
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer))
  }).catch((error: unknown) => response.writeHead(500).end(String(error)))
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.send?.(typeof address === 'object' ? address?.port : address)
})
process.once('SIGTERM', () => process.exit(0))
