import type { Hono } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { Endpoint } from '#contract/endpoint.ts'
import type { Permission } from '#contract/people.ts'
import { writeLog } from '#server/audit/write.ts'
import type { Actor } from '#server/auth/actor.ts'
import { openSession, readSession, type Signed } from '#server/auth/sessions.ts'
import type { Tx } from '#server/db/transaction.ts'
import type { Context, Mount, Operation, Visitor } from './context.ts'
import type { Deps } from './deps.ts'
import { logRefusal, perform, ProofMissing, requireProof, type Outcome } from './perform.ts'
import { Refusal } from './refusal.ts'
import { checkOrigin, customerCookieName, parseInput, proofIdOf, readBody, requestKey, tokenOf, type AppCall, type Vars } from './request.ts'

/** One mounted endpoint, for the API description and for the checks that every endpoint has a rule. */
export type Mounted = { endpoint: Endpoint; permission: Permission | 'signed_in' | 'public' | 'customer' }

/** Works in a transaction of the caller's partner, with the session of the call. Refuses with `not_signed_in`, and with `csrf` a change without its header. */
export async function inSession<T>(c: AppCall, deps: Deps, endpoint: Pick<Endpoint, 'method' | 'reads' | 'background'>, work: (tx: Tx, now: Date, signed: Signed) => Promise<T>): Promise<T> {
  const token = tokenOf(c, deps)
  if (token === undefined) throw new Refusal('not_signed_in')
  return await deps.database.inGlobal(async (tx, now, found) => {
    const signed = await readSession(tx, now, found, { csrfKey: deps.secrets.csrf, idleSeconds: deps.settings.idleSeconds }, !endpoint.background)
    if (!signed) throw new Refusal('not_signed_in')
    if (endpoint.method !== 'GET' && !endpoint.reads && c.req.header('x-csrf') !== signed.actor.csrf) throw new Refusal('csrf')
    c.set('timeZone', signed.actor.partner.timeZone)
    c.set('who', { partner: signed.actor.partner.id, member: signed.actor.member.id })
    return await work(tx, now, signed)
  }, openSession(token))
}

/** Refuses with `no_permission`. */
function demand(actor: Actor, permission: Permission | 'signed_in'): void {
  if (permission !== 'signed_in' && !actor.permissions.has(permission)) throw new Refusal('no_permission')
}

/** A read that the person may not make stands in the log, as a change does. */
export const logForbidden = (deps: Deps, { partner, member }: Actor, permission: string, request: Context['request']): Promise<void> =>
  deps.database.inTenant(partner.id, (tx, now) => writeLog(tx, now, { partnerId: partner.id, memberId: member.id, name: member.name, source: 'console' }, request, [{ operation: 'access.refused', result: 'refused', details: { permission } }]))

/** @returns where features register endpoints on this application, and the list of what they registered. */
export function createMount(app: Hono<Vars>, deps: Deps): { mount: Mount; mounted: Mounted[] } {
  const mounted: Mounted[] = []
  const mount: Mount = {
    read(endpoint, read) {
      mounted.push({ endpoint, permission: read.permission })
      app.on(endpoint.method, endpoint.path, async (c) => {
        const body = await receive(c, deps, endpoint)
        let caller: Actor | undefined
        const reply = await inSession(c, deps, endpoint, async (tx, now, { actor }) => {
          caller = actor
          demand(actor, read.permission)
          return await read.run(parseInput(endpoint, c, body), { tx, now, actor, request: c.var.facts })
        }).catch(async (error: unknown) => {
          if (error instanceof Refusal && error.code === 'no_permission' && caller) await logForbidden(deps, caller, read.permission, c.var.facts)
          return await followUp(deps, error, caller, c.var.facts)
        })
        return c.json(endpoint.response.parse(reply))
      })
    },
    perform(endpoint, operation) {
      mounted.push({ endpoint, permission: operation.permission })
      app.on(endpoint.method, endpoint.path, (c) => answerChange(c, deps, endpoint, operation))
    },
    own(endpoint, permission, run) {
      mounted.push({ endpoint, permission })
      app.on(endpoint.method, endpoint.path, async (c) => {
        const body = await receive(c, deps, endpoint)
        const actor = await inSession(c, deps, endpoint, async (_tx, _now, signed) => signed.actor)
        demand(actor, permission)
        return c.json(endpoint.response.parse(await run(parseInput(endpoint, c, body), { actor, request: c.var.facts })))
      })
    },
    open(endpoint, by, run) {
      mounted.push({ endpoint, permission: by })
      app.on(endpoint.method, endpoint.path, async (c) => {
        const input = parseInput(endpoint, c, await receive(c, deps, endpoint))
        return c.json(endpoint.response.parse(await run(input, visitorOf(c, deps))))
      })
    },
  }
  return { mount, mounted }
}

/** The customer's cookie has a name of its own, so that neither side's is ever taken for the other's. */
function visitorOf(c: AppCall, deps: Deps): Visitor {
  const name = customerCookieName(deps)
  const attributes = { path: '/', secure: deps.settings.publicUrl.startsWith('https://') }
  return {
    request: c.var.facts, token: getCookie(c, name), csrf: c.req.header('x-csrf'),
    setToken: (token) => void (token === null ? deleteCookie(c, name, attributes) : setCookie(c, name, token, { ...attributes, httpOnly: true, sameSite: 'Lax' })),
  }
}

/** What is checked of a request before anything is opened. @returns its body, if the endpoint takes one. */
async function receive(c: AppCall, deps: Deps, endpoint: Endpoint): Promise<unknown> {
  if (endpoint.method === 'GET') return undefined
  checkOrigin(c, deps)
  return endpoint.body ? await readBody(c) : undefined
}

async function answerChange<E extends Endpoint, P>(c: AppCall, deps: Deps, endpoint: E, operation: Operation<E, P>): Promise<Response> {
  const body = await receive(c, deps, endpoint)
  const proofId = endpoint.proof ? proofIdOf(c) : undefined
  let caller: Actor | undefined
  let outcome: Outcome
  try {
    outcome = await inSession(c, deps, endpoint, async (tx, now, { actor }) => {
      caller = actor
      demand(actor, operation.permission)
      const context: Context = { tx, now, actor, request: c.var.facts }
      const input = parseInput(endpoint, c, body)
      return await perform({ endpoint, route: `${endpoint.method} ${c.req.path}`, input, key: endpoint.idempotent ? requestKey(c) : undefined, proofId }, operation, context)
    })
  } catch (error) {
    if (error instanceof ProofMissing) throw await requireProof(deps, error, { proofId }, c.var.facts)
    if (error instanceof Refusal && caller) await logRefusal(deps, caller, operation, error, c.var.facts)
    return await followUp(deps, error, caller, c.var.facts)
  }
  const isProblem = outcome.status >= 400
  return c.body(outcome.body, { status: outcome.status === 200 ? 200 : toStatus(outcome.status), headers: {
    'Content-Type': isProblem ? 'application/problem+json; charset=utf-8' : 'application/json; charset=utf-8', ...(outcome.isReplay && { 'Idempotent-Replayed': 'true' }),
  } })
}

/** Does what a refusal leaves to do once its transaction is undone, and refuses. */
async function followUp(deps: Deps, error: unknown, actor: Actor | undefined, request: Context['request']): Promise<never> {
  const afterwards = error instanceof Refusal ? error.more.afterwards : undefined
  if (afterwards && actor) await deps.database.inTenant(actor.partner.id, (tx, now) => afterwards({ tx, now, actor, request }))
  throw error
}

type Status = 400 | 403 | 404 | 409 | 422 | 423 | 429 | 503
const statuses: readonly Status[] = [400, 403, 404, 409, 422, 423, 429, 503]
const toStatus = (status: number): Status => statuses.find((known) => known === status) ?? 409
