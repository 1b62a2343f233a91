import { Agent, request } from 'node:http'
import * as z from 'zod/mini'

export type Answer = { status: number; text: string; headers: Record<string, string | string[] | undefined> }

/** One person's browser, as far as the API sees it: connections that are kept, the session's cookie, the CSRF value. */
export type ConsoleClient = {
  /** @param body bytes go as they are, with the type that `headers` say; anything else as JSON. @returns the whole answer. Throws when the connection breaks before its end: then nobody knows what the server did. */
  send(method: 'GET' | 'POST', path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
  close(): void
}

type Fixed = { url: string; agent: Agent; headers: Record<string, string> }

/** Signs a person in. @param connections how many requests may be under way at once; further ones wait here. Refuses by throwing when the server does
 *  not take the password. */
export async function signIn(url: string, credentials: { account: string; member: string; password: string }, connections = 1): Promise<ConsoleClient> {
  const { fixed, ...client } = openConnections(url, connections)
  const { status, text, headers } = await exchange(fixed, 'POST', '/api/session', credentials)
  if (status !== 200) throw new Error(`signing in was answered ${status}: ${text}`)
  const { csrf } = Session.parse(JSON.parse(text))
  const [cookie = ''] = [headers['set-cookie'] ?? []].flat()
  Object.assign(fixed.headers, { 'x-csrf': csrf, cookie: cookie.split(';')[0] ?? '' })
  return client
}

/** The same for a server that knows nobody. @returns a browser that is not signed in. */
export function openClient(url: string): ConsoleClient {
  const { fixed: _fixed, ...client } = openConnections(url, 1)
  return client
}

function openConnections(url: string, maxSockets: number): ConsoleClient & { fixed: Fixed } {
  const agent = new Agent({ keepAlive: true, maxSockets })
  const fixed: Fixed = { url, agent, headers: { origin: url, 'content-type': 'application/json', 'accept-language': 'en-US' } }
  return { fixed, send: (method, path, body, more) => exchange(fixed, method, path, body, more), close: () => agent.destroy() }
}

const Session = z.object({ csrf: z.string() })

function exchange({ url, agent, headers }: Fixed, method: string, path: string, body?: unknown, more?: Record<string, string>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const payload = body === undefined || Buffer.isBuffer(body) ? body : JSON.stringify(body)
    const sent = request(url + path, { method, agent, headers: { ...headers, ...(payload !== undefined && { 'content-length': String(Buffer.byteLength(payload)) }), ...more } }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('error', reject)
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString(), headers: answer.headers }))
    })
    sent.on('error', reject)
    sent.end(payload)
  })
}

const ProofRequired = z.object({ code: z.literal('proof_required'), proof: z.object({ proofId: z.string() }) })

/** Does a money operation of a partner whose switch is off, as the console does: the request, and when the server asks, the same request
 *  again with the proof. @param key the operation's request key, the same in every attempt. @param proofId a proof of an earlier attempt.
 *  @returns the last answer, with the proof that was held up. Throws as `send` does. */
export async function confirmByClick(client: ConsoleClient, path: string, body: unknown, key: string, proofId?: string): Promise<Answer & { proofId: string | undefined }> {
  const send = (proof?: string) => client.send('POST', path, body, { 'idempotency-key': key, ...(proof !== undefined && { 'x-proof-id': proof }) })
  const first = await send(proofId)
  const asked = first.status === 403 ? ProofRequired.safeParse(JSON.parse(first.text)) : undefined
  if (!asked?.success) return { ...first, proofId }
  const confirmed = asked.data.proof.proofId
  return { ...(await send(confirmed)), proofId: confirmed }
}
