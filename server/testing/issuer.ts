import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import Provider, { type Grant, type OfRequest } from 'oidc-provider'
import { unifiedCallbackPath } from '#contract/session.ts'
import type { UnifiedSettings } from '#server/env.ts'

/** Changes what the token endpoint is about to hand out. @param sign makes a token of these claims with the issuer's own key. */
type Tamper = (claims: Record<string, unknown>, sign: (claims: object, header?: object) => string, token: string) => string
export type Issuer = {
  settings: UnifiedSettings
  /** Until further notice. */
  tamper: Tamper | undefined
  close(): Promise<void>
}

const asText = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url')

/** A real provider on this machine, with one form that takes anybody's word. @param publicUrl of the console. @param port taken again after a pause. */
export async function startIssuer(publicUrl: string, port = 0): Promise<Issuer> {
  const jwk = { ...generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }), kid: 'key', use: 'sig', alg: 'RS256' }
  const signed = (claims: object, header: object = { alg: 'RS256', kid: 'key', typ: 'JWT' }): string => {
    const content = `${asText(header)}.${asText(claims)}`
    return `${content}.${sign('sha256', Buffer.from(content), createPrivateKey({ key: jwk, format: 'jwk' })).toString('base64url')}`
  }
  const server = createServer()
  await new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const url = `http://127.0.0.1:${address.port}`
  const settings: UnifiedSettings = { issuer: `${url}/`, clientId: 'partner-center', clientSecret: 'a secret between two servers', name: '统一账号', manageUrl: `${url}/account` }
  const provider = new Provider(url, configuration(settings, publicUrl, jwk))
  const answer = provider.callback()
  const issuer: Issuer = {
    settings, tamper: undefined,
    close: () => new Promise((closed) => {
      server.close(() => closed())
      server.closeAllConnections()
    }),
  }
  server.on('request', (request, response) => {
    if (request.url?.startsWith('/interaction/')) return void interact(provider, request, response)
    if (request.url === '/token') rewrite(response, (token) => (issuer.tamper ? issuer.tamper(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()), signed, token) : token))
    answer(request, response)
  })
  return issuer
}

const configuration = ({ clientId, clientSecret }: UnifiedSettings, publicUrl: string, jwk: object): object => ({
  clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: [`${publicUrl}${unifiedCallbackPath}`], response_types: ['code'], grant_types: ['authorization_code'] }],
  jwks: { keys: [jwk] }, cookies: { keys: ['only for tests'] }, pkce: { required: () => true },
  features: { devInteractions: { enabled: false } }, interactions: { url: (_context: OfRequest, { uid }: { uid: string }) => `/interaction/${uid}` },
  ttl: { Interaction: 600, Session: 600, Grant: 600, AuthorizationCode: 60, AccessToken: 60, IdToken: 60 },
  findAccount: (_context: OfRequest, accountId: string) => ({ accountId, claims: () => ({ sub: accountId }) }),
  // Nobody is asked for consent: the console is the provider's own client.
  async loadExistingGrant({ oidc: { client, session, provider } }: OfRequest): Promise<Grant | undefined> {
    if (!session.accountId) return undefined
    const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId })
    grant.addOIDCScope('openid')
    await grant.save()
    return grant
  },
})

/** GET shows the form, POST takes it. */
async function interact(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method !== 'POST') {
    response.setHeader('Content-Type', 'text/html; charset=utf-8')
    response.end(`<!doctype html><html lang="en"><title>Unified ID</title><main><h1>Unified ID</h1><form method="post">
      <label>Unified ID <input name="person"></label><button name="do" value="enter">Go on</button><button name="do" value="cancel">Cancel</button></form></main>`)
    return
  }
  const given = new URLSearchParams(await text(request))
  const result = given.get('do') === 'cancel' ? { error: 'access_denied', error_description: 'the person did not want to' } : { login: { accountId: given.get('person') ?? '' } }
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false })
}

/** Lets the id token of an answer pass through `change`. */
function rewrite(response: ServerResponse, change: (token: string) => string): void {
  const end = response.end.bind(response)
  const changed = (chunk: unknown): typeof response => {
    const answered: { id_token?: string } = typeof chunk === 'string' || chunk instanceof Uint8Array ? JSON.parse(Buffer.from(chunk).toString()) : {}
    const body = JSON.stringify({ ...answered, ...(answered.id_token !== undefined && { id_token: change(answered.id_token) }) })
    response.setHeader('Content-Length', Buffer.byteLength(body))
    return end(body)
  }
  Object.assign(response, { end: changed })
}
