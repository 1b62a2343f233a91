import { Hono } from 'hono'
import { refusalStatus } from '#contract/errors.ts'
import { mountAuth } from '#server/auth/routes.ts'
import { isBusy, OutcomeUnknown } from '#server/db/errors.ts'
import type { Mount } from './context.ts'
import type { Deps } from './deps.ts'
import { createMount, type Mounted } from './mount.ts'
import { describeApi } from './openapi.ts'
import { toProblem } from './problem.ts'
import { Refusal } from './refusal.ts'
import { factsOf, type AppCall, type Vars } from './request.ts'

export type Application = { app: Hono<Vars>; mounted: readonly Mounted[] }
/** A feature's registration; `app` is for the few routes that answer no JSON, such as a download. */
export type MountFeature = (mount: Mount, app: Hono<Vars>, deps: Deps) => void

/** Builds the API: middleware in one order for every call, then sign-in and codes, then the features. */
export function createApi(deps: Deps, features: readonly MountFeature[]): Application {
  const app = new Hono<Vars>()
  app.use('*', async (c, next) => {
    const started = performance.now()
    c.set('facts', factsOf(c, deps))
    c.set('timeZone', 'Asia/Shanghai')
    await next()
    setHeaders(c, deps)
    if (c.req.path.startsWith('/api/')) {
      deps.log.info({ requestId: c.get('facts').id, method: c.req.method, route: c.req.routePath ?? c.req.path, status: c.res.status, ms: Math.round(performance.now() - started), ...c.get('who') }, 'request')
    }
  })
  app.use('*', async (c, next) => {
    // Whoever asks how the server is hears it to the end.
    if (deps.isClosing() && !c.req.path.startsWith('/health/')) {
      c.header('Connection', 'close')
      throw new Refusal('closing', { retryAfter: 5 })
    }
    await next()
  })
  const { mount, mounted } = createMount(app, deps)
  mountAuth(app, deps, mount, mounted)
  for (const feature of features) feature(mount, app, deps)
  app.get('/api/openapi.json', (c) => c.json(describeApi(mounted)))
  for (const path of new Set([...mounted.map(({ endpoint }) => endpoint.path), '/api/openapi.json'])) {
    app.all(path, () => { throw new Refusal('method_not_allowed') })
  }
  app.all('/api/*', () => { throw new Refusal('not_found') })
  app.onError((error, c) => answerError(error, c, deps))
  return { app, mounted }
}

function answerError(error: Error, c: AppCall, deps: Deps): Response {
  const refusal = asRefusal(error)
  const facts = c.get('facts')
  if (refusal.code === 'internal') deps.log.error({ requestId: facts.id, error: { name: error.name, message: error.message, stack: error.stack, cause: String(error.cause ?? '') } }, 'unexpected error')
  else if (refusal.code === 'busy' || refusal.code === 'outcome_unknown') deps.log.warn({ requestId: facts.id, reason: error.message }, refusal.code)
  const problem = toProblem(refusal, facts.id, facts.locale, c.get('timeZone'))
  return c.body(JSON.stringify(problem), refusalStatus[refusal.code], {
    'Content-Type': 'application/problem+json; charset=utf-8', ...(problem.retryAfter !== undefined && { 'Retry-After': String(problem.retryAfter) }),
  })
}

function asRefusal(error: Error): Refusal {
  if (error instanceof Refusal) return error
  if (error instanceof OutcomeUnknown) return new Refusal('outcome_unknown', { retryAfter: 1 })
  return isBusy(error) ? new Refusal('busy', { retryAfter: 1 }) : new Refusal('internal')
}

/** On the answer itself: the framework would wrap it anew for each header. */
function setHeaders(c: AppCall, deps: Deps): void {
  const { headers } = c.res
  headers.set('X-Content-Type-Options', 'nosniff')
  // The address of an invitation is a key, and so is the one that a provider sends people back to: no other page may hear of them.
  headers.set('Referrer-Policy', /^\/(?:invite|my|specialist|api\/invite|api\/specialist-invite|api\/my|api\/session\/unified)\//.test(c.req.path) ? 'no-referrer' : 'strict-origin-when-cross-origin')
  if (deps.settings.publicUrl.startsWith('https://')) headers.set('Strict-Transport-Security', 'max-age=31536000; includeSubDomains')
  if (headers.get('Content-Type') === 'application/json') headers.set('Content-Type', 'application/json; charset=utf-8')
  if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'no-store')
  if (c.req.path.startsWith('/api/')) {
    headers.set('Cross-Origin-Resource-Policy', 'same-origin')
    // What somebody uploaded must not run, whatever a browser takes it for.
    headers.set('Content-Security-Policy', `default-src 'none'; frame-ancestors 'none'${c.req.path.startsWith('/api/documents/') ? '; sandbox' : ''}`)
    headers.set('X-Request-Id', c.get('facts').id)
  }
}

