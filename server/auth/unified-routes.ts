import type { Hono } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { Endpoint } from '#contract/endpoint.ts'
import { getSignInWays, unifiedCallbackPath, unifiedSignInPath } from '#contract/session.ts'
import type { Deps } from '#server/http/deps.ts'
import type { Mounted } from '#server/http/mount.ts'
import { Refusal } from '#server/http/refusal.ts'
import { parseInput, tokenOf, type AppCall, type Vars } from '#server/http/request.ts'
import { handshakeLife } from '#server/limits.ts'
import { setSessionCookie } from './session-cookie.ts'
import { ownPath, sealHandshake } from './unified-handshake.ts'
import { ProviderFailed, type UnifiedProvider } from './unified-provider.ts'
import { returnFrom, type Returned, type UnifiedTrouble } from './unified.ts'

/** Signing in with the unified ID: what the sign-in page may offer, the way to the provider, and the way back. Where none is set up, neither way exists. */
export function mountUnified(app: Hono<Vars>, deps: Deps, listed: <E extends Endpoint>(endpoint: E, permission: Mounted['permission']) => E): void {
  app.get(listed(getSignInWays, 'public').path, (c) => {
    parseInput(getSignInWays, c, undefined)
    return c.json(getSignInWays.response.parse({ unified: deps.unified ? { name: deps.unified.name } : null }))
  })
  app.get(unifiedSignInPath, async (c) => await leave(c, deps, providerOf(c, deps)))
  app.get(unifiedCallbackPath, async (c) => await comeBack(c, deps, providerOf(c, deps)))
  for (const path of [unifiedSignInPath, unifiedCallbackPath]) app.all(path, () => { throw new Refusal('method_not_allowed') })
}

/** Refuses with not_found where there is no provider, and what only looks whether there is a page: it would use a handshake up. */
function providerOf(c: AppCall, deps: Deps): UnifiedProvider {
  if (c.req.raw.method !== 'GET') throw new Refusal('method_not_allowed')
  if (!deps.unified) throw new Refusal('not_found')
  return deps.unified
}

async function leave(c: AppCall, deps: Deps, provider: UnifiedProvider): Promise<Response> {
  const next = ownPath(c.req.query('next'))
  try {
    const { url, expected } = await provider.begin()
    const value = await deps.database.inGlobal(async (_tx, now) => sealHandshake(now, expected, next))
    setCookie(c, handshakeName(deps), value, { httpOnly: true, sameSite: 'Lax', path: '/', secure: isSecure(deps), maxAge: handshakeLife })
    return c.redirect(url.href, 303)
  } catch (error) {
    const trouble = error instanceof ProviderFailed ? error.trouble : 'unreachable'
    deps.log.warn({ requestId: c.var.facts.id, reason: error instanceof Error ? error.message : '' }, `unified sign-in: ${trouble}`)
    return c.redirect(signInPage(trouble, next), 303)
  }
}

async function comeBack(c: AppCall, deps: Deps, provider: UnifiedProvider): Promise<Response> {
  let returned: Returned
  try {
    returned = await returnFrom(deps, provider, { search: new URL(c.req.url).search, cookie: getCookie(c, handshakeName(deps)), request: c.var.facts, previous: tokenOf(c, deps) })
  } catch (error) {
    // A person stands here with a browser: whatever went wrong, the sign-in page says so.
    deps.log.error({ requestId: c.var.facts.id, reason: error instanceof Error ? error.message : '' }, 'unified sign-in failed')
    returned = { trouble: 'unreachable', isOver: true }
  }
  if ('entered' in returned || returned.isOver) deleteCookie(c, handshakeName(deps), { path: '/', secure: isSecure(deps) })
  if ('trouble' in returned) return c.redirect(signInPage(returned.trouble, returned.next), 303)
  setSessionCookie(c, deps, returned.entered.token)
  // The sixth sign-in ended the oldest: the sign-in page says so on the way.
  return c.redirect(returned.entered.endedOldest ? signInPage('oldest', returned.next) : returned.next, 303)
}

function signInPage(unified: UnifiedTrouble | 'oldest', next = '/'): string {
  const search = new URLSearchParams({ unified, ...(next !== '/' && { next }) })
  return `/sign-in?${search}`
}

const isSecure = ({ settings }: Deps): boolean => settings.publicUrl.startsWith('https://')
const handshakeName = (deps: Deps): string => (isSecure(deps) ? '__Host-unified' : 'unified')
