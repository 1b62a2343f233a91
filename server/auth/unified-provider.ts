import * as oidc from 'openid-client'
import { unifiedCallbackPath } from '#contract/session.ts'
import type { UnifiedSettings } from '#server/env.ts'

/** What the browser must bring back unchanged, or what its answer must contain; made anew for each sign-in. */
export type Expected = { state: string; nonce: string; verifier: string }
/** `unreachable`: no answer, or none that could be understood. `cancelled`: the person did not go through with it. `refused`: an answer that proves nothing. */
export type ProviderTrouble = 'unreachable' | 'cancelled' | 'refused'
export class ProviderFailed extends Error {
  override readonly name = 'ProviderFailed'
  readonly trouble: ProviderTrouble
  /** @param reason a code for the server's log; never anything that the provider wrote. */
  constructor(trouble: ProviderTrouble, reason: string) {
    super(reason)
    this.trouble = trouble
  }
}

/** Who vouches for people, as far as sign-in needs it. */
export type UnifiedProvider = Pick<UnifiedSettings, 'issuer' | 'name' | 'manageUrl'> & {
  /** @returns the provider's page for this sign-in, and what its answer must fit. Throws ProviderFailed. */
  begin(): Promise<{ url: URL; expected: Expected }>
  /** @param search the query of the callback, with its question mark. @returns the subject whom the issuer vouches for. Throws ProviderFailed. */
  finish(search: string, expected: Expected): Promise<string>
}

const answerSeconds = 5
/** How long what discovery said is taken for true, and how long it goes on being used while the provider does not answer. */
const freshMs = 3600_000
const staleMs = 24 * 3600_000

/** Authorization code flow with PKCE, state and nonce. Nothing is asked of the provider before somebody wants to sign in, so it may be away when the
 *  server starts; what it says of itself is kept for an hour, and a failure is not kept at all. @param publicUrl of this installation. */
export function createUnifiedProvider(settings: UnifiedSettings, publicUrl: string): UnifiedProvider {
  const callback = `${publicUrl}${unifiedCallbackPath}`
  const find = keepFresh(() => discover(settings))
  return {
    issuer: settings.issuer, name: settings.name, manageUrl: settings.manageUrl,
    async begin() {
      const config = await find()
      const expected = { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier: oidc.randomPKCECodeVerifier() }
      const url = oidc.buildAuthorizationUrl(config, {
        // Only who it is: contacts and names stay where they are.
        scope: 'openid', redirect_uri: callback, state: expected.state, nonce: expected.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(expected.verifier), code_challenge_method: 'S256',
      })
      return { url, expected }
    },
    async finish(search, { state, nonce, verifier }) {
      const config = await find()
      try {
        const tokens = await oidc.authorizationCodeGrant(config, new URL(`${callback}${search}`), { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true })
        const subject = tokens.claims()?.sub
        if (subject === undefined || subject === '' || subject.length > 255) throw new ProviderFailed('refused', 'no usable subject')
        return subject
      } catch (error) {
        throw asTrouble(error)
      }
    },
  }
}

async function discover({ issuer, clientId, clientSecret }: UnifiedSettings): Promise<oidc.Configuration> {
  const url = new URL(issuer)
  // The settings have made sure that plain http stays on this machine.
  const isPlain = url.protocol === 'http:'
  // The signature counts, not only the way the token came: whoever stands in between must not be able to write one.
  const execute = [oidc.enableNonRepudiationChecks, ...(isPlain ? [oidc.allowInsecureRequests] : [])]
  try {
    const found = await oidc.discovery(url, clientId, clientSecret, undefined, { timeout: answerSeconds, execute })
    const metadata = found.serverMetadata()
    const ways = metadata.token_endpoint_auth_methods_supported
    const config = new oidc.Configuration(metadata, clientId, clientSecret, ways === undefined || ways.includes('client_secret_basic') ? oidc.ClientSecretBasic(clientSecret) : oidc.ClientSecretPost(clientSecret))
    config.timeout = answerSeconds
    for (const apply of execute) apply(config)
    return config
  } catch (error) {
    throw new ProviderFailed('unreachable', codeOf(error))
  }
}

/** Many who ask at once wait for one answer. What is an hour old is asked for again and used until the new one is there or a day is over. */
function keepFresh(ask: () => Promise<oidc.Configuration>): () => Promise<oidc.Configuration> {
  let kept: { config: oidc.Configuration; at: number } | undefined
  let asking: Promise<oidc.Configuration> | undefined
  const renew = () => (asking ??= ask().then((config) => {
    kept = { config, at: performance.now() }
    return config
  }).finally(() => { asking = undefined }))
  return async () => {
    const age = kept === undefined ? Infinity : performance.now() - kept.at
    if (kept === undefined || age > staleMs) return await renew()
    if (age > freshMs) renew().catch(() => undefined)
    return kept.config
  }
}

const away = new Set(['OAUTH_TIMEOUT', 'OAUTH_ABORT', 'OAUTH_RESPONSE_IS_NOT_JSON', 'OAUTH_RESPONSE_IS_NOT_CONFORM', 'OAUTH_PARSE_ERROR'])

function asTrouble(error: unknown): ProviderFailed {
  if (error instanceof ProviderFailed) return error
  const code = codeOf(error)
  if (error instanceof oidc.AuthorizationResponseError) {
    if (['access_denied', 'consent_required', 'interaction_required', 'login_required'].includes(error.error)) return new ProviderFailed('cancelled', code)
    return new ProviderFailed(['server_error', 'temporarily_unavailable'].includes(error.error) ? 'unreachable' : 'refused', code)
  }
  // A refused connection has no code of the protocol.
  const isAway = away.has(code) || (error instanceof TypeError && code === '') || (error instanceof oidc.ClientError && error.cause instanceof TypeError)
  return new ProviderFailed(isAway ? 'unreachable' : 'refused', code === '' ? 'no connection' : code)
}

/** @returns the library's code, which is one of a fixed list. */
const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '')
