import type { Hono } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { Endpoint } from '#contract/endpoint.ts'
import type { Permission } from '#contract/people.ts'
import { writeLog } from '#server/audit/write.ts'
import type { Actor } from '#server/auth/actor.ts'
import { openSession, readSession, RecentCallers, type Signed } from '#server/auth/sessions.ts'
import { isUnforeseen } from '#server/db/errors.ts'
import type { Tx } from '#server/db/transaction.ts'
import type { Context, Mount, Operation, Visitor } from './context.ts'
import type { Deps } from './deps.ts'
import { askAhead, logRefusal, perform, ProofMissing, requireProof, Unforeseen, type Call, type Outcome } from './perform.ts'
import { Refusal } from './refusal.ts'
import { checkOrigin, customerCookieName, parseInput, proofIdOf, readBody, requestKey, tokenOf, type AppCall, type Vars } from './request.ts'

/** One mounted endpoint, for the API description and for the checks that every endpoint has a rule. */
export type Mounted = { endpoint: Endpoint; permission: Permission | 'signed_in' | 'public' | 'customer' }

/** Works in a transaction of the caller's partner, with the session of the call. Refuses with `not_signed_in`, and with `csrf` a change without its header.
 *  @param ahead sends what can be asked before the session is answered, for the caller as of the last request; what it returned comes as `asked` if the caller
 *  is the same still. */
export async function inSession<T, A = undefined>(c: AppCall, deps: Deps, endpoint: Pick<Endpoint, 'method' | 'reads' | 'background'>, work: (tx: Tx, now: Date, signed: Signed, asked: A | undefined) => Promise<T>, ahead?: (tx: Tx, actor: Actor) => A | undefined): Promise<T> {
  const token = tokenOf(c, deps)
  if (token === undefined) throw new Refusal('not_signed_in')
  const recent = { callers: recentOf(deps), token }
  const caller = recent.callers.of(token)
  const isFromConsole = (actor: Actor) => endpoint.method === 'GET' || endpoint.reads === true || c.req.header('x-csrf') === actor.csrf
  let asked: A | undefined
  return await deps.database.inGlobal(async (tx, now, found) => {
    const signed = await readSession(tx, now, found, { csrfKey: deps.secrets.csrf, idleSeconds: deps.settings.idleSeconds }, !endpoint.background, recent)
    if (!signed) throw new Refusal('not_signed_in')
    if (!isFromConsole(signed.actor)) throw new Refusal('csrf')
    c.set('timeZone', signed.actor.partner.timeZone)
    c.set('who', { partner: signed.actor.partner.id, member: signed.actor.member.id })
    return await work(tx, now, signed, signed.actor === caller ? asked : undefined)
  }, openSession(token), ahead && caller && isFromConsole(caller) ? (tx) => { asked = ahead(tx, caller) } : undefined)
}

const recentCallers = new WeakMap<Deps['database'], RecentCallers>()
function recentOf({ database }: Deps): RecentCallers {
  const known = recentCallers.get(database) ?? new RecentCallers()
  recentCallers.set(database, known)
  return known
}

const may = ({ permissions }: Actor, permission: Permission | 'signed_in'): boolean => permission === 'signed_in' || permissions.has(permission)

/** Refuses with `no_permission`. */
function demand(actor: Actor, permission: Permission | 'signed_in'): void {
  if (!may(actor, permission)) throw new Refusal('no_permission')
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
          return await read.run(parseInput(endpoint, c, body), { tx, now, actor, request: c.get('facts') })
        }).catch(async (error: unknown) => {
          if (error instanceof Refusal && error.code === 'no_permission' && caller) await logForbidden(deps, caller, read.permission, c.get('facts'))
          return await followUp(deps, error, caller, c.get('facts'))
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
        return c.json(endpoint.response.parse(await run(parseInput(endpoint, c, body), { actor, request: c.get('facts') })))
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
    request: c.get('facts'), token: getCookie(c, name), csrf: c.req.header('x-csrf'),
    setToken: (token) => void (token === null ? deleteCookie(c, name, attributes) : setCookie(c, name, token, { ...attributes, httpOnly: true, sameSite: 'Lax' })),
  }
}

/** What is checked of a request before anything is opened. @returns its body, if the endpoint takes one. */
async function receive(c: AppCall, deps: Deps, endpoint: Endpoint): Promise<unknown> {
  if (endpoint.method === 'GET') return undefined
  checkOrigin(c, deps)
  return endpoint.body ? await readBody(c) : undefined
}

async function answerChange<E extends Endpoint, P, L>(c: AppCall, deps: Deps, endpoint: E, operation: Operation<E, P, L>): Promise<Response> {
  const body = await receive(c, deps, endpoint)
  const proofId = endpoint.proof ? proofIdOf(c) : undefined
  const request = c.get('facts')
  let caller: Actor | undefined
  const callOf = (mayForesee: boolean): Call<E> =>
    ({ endpoint, route: `${endpoint.method} ${c.req.path}`, input: parseInput(endpoint, c, body), key: endpoint.idempotent ? requestKey(c) : undefined, proofId, mayForesee })
  const run = async (mayForesee: boolean): Promise<Outcome> => {
    const later = await inSession(c, deps, endpoint, async (tx, now, { actor }, asked: ReturnType<typeof askAhead<E, P, L>> | undefined) => {
      caller = actor
      demand(actor, operation.permission)
      return await perform(callOf(mayForesee), operation, { tx, now, actor, request }, asked)
    }, (tx, actor) => {
      if (!mayForesee || !operation.look || !may(actor, operation.permission)) return undefined
      try {
        return askAhead(callOf(true), operation, { tx, actor, request, isRepeat: proofId !== undefined })
      } catch {
        // What is wrong with the input is told to whoever may ask.
        return undefined
      }
    })
    return later()
  }
  let outcome: Outcome
  try {
    outcome = await run(true).catch(async (error: unknown) => {
      if (!(error instanceof Unforeseen) && !(proofId !== undefined && operation.foresee && isUnforeseen(error))) throw error
      return await run(false)
    })
  } catch (error) {
    if (error instanceof ProofMissing) throw await requireProof(deps, error, { proofId }, request)
    if (error instanceof Refusal && caller) await logRefusal(deps, caller, operation, error, request)
    return await followUp(deps, error, caller, request)
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
