import type { Hono } from 'hono'
import { deleteCookie } from 'hono/cookie'
import { endSignIns, getSession, listSignIns, setUpPassword, signIn, signOut, staySignedIn, type Session } from '#contract/session.ts'
import { askPasskey, checkCode, checkPasskey, checkTotp, sendCode } from '#contract/proofs.ts'
import type { Endpoint } from '#contract/endpoint.ts'
import { writeLog } from '#server/audit/write.ts'
import { sql } from '#server/db/query.ts'
import type { Mount } from '#server/http/context.ts'
import type { Deps } from '#server/http/deps.ts'
import { inSession, type Mounted } from '#server/http/mount.ts'
import { Refusal } from '#server/http/refusal.ts'
import { checkOrigin, cookieName, parseInput, readBody, tokenOf, type AppCall, type Vars } from '#server/http/request.ts'
import { maskName } from '#server/masking/mask.ts'
import { askPasskeyFor, byPasskey, byTotp } from '#server/proofs/authenticators.ts'
import { checkBy, checkProof, refuseClosed } from '#server/proofs/check.ts'
import { lockedUntil, personLocked } from '#server/proofs/guard.ts'
import { relyingParty } from '#server/proofs/passkeys.ts'
import { sendProofCode } from '#server/proofs/send.ts'
import type { Actor } from './actor.ts'
import { setSessionCookie } from './session-cookie.ts'
import { endSessions, type Signed } from './sessions.ts'
import { setUpWith } from './set-up.ts'
import { signInWith } from './sign-in.ts'
import { mountUnified } from './unified-routes.ts'

const everything = 'signed_in' as const

/** Sign-in and codes: the endpoints that run outside the one transaction of a business request, and the person's own sessions. */
export function mountAuth(app: Hono<Vars>, deps: Deps, mount: Mount, mounted: Mounted[]): void {
  const listed = <E extends Endpoint>(endpoint: E, permission: Mounted['permission']): E => {
    mounted.push({ endpoint, permission })
    return endpoint
  }
  mountSession(app, deps, listed)
  mountUnified(app, deps, listed)
  mountProofs(app, deps, listed)
  mountAuthenticators(mount, deps)
  mountSignIns(mount)
}

type Listed = <E extends Endpoint>(endpoint: E, permission: Mounted['permission']) => E

function mountSession(app: Hono<Vars>, deps: Deps, listed: Listed): void {
  app.post(listed(signIn, 'public').path, async (c) => {
    checkOrigin(c, deps)
    const { body } = parseInput(signIn, c, await readBody(c))
    const { token, endedOldest, session } = await signInWith(deps, body, c.var.facts, tokenOf(c, deps))
    setSessionCookie(c, deps, token)
    return c.json(signIn.response.parse(present(deps, session, session.now, endedOldest)))
  })
  app.post(listed(setUpPassword, 'public').path, async (c) => {
    checkOrigin(c, deps)
    const { body } = parseInput(setUpPassword, c, await readBody(c))
    return c.json(setUpPassword.response.parse(await setUpWith(deps, body.token, body.password, c.var.facts)))
  })
  for (const endpoint of [listed(getSession, everything), listed(staySignedIn, everything)]) {
    app.on(endpoint.method, endpoint.path, async (c) => {
      if (endpoint.method === 'POST') {
        checkOrigin(c, deps)
        parseInput(endpoint, c, await readBody(c))
      }
      return await inSession(c, deps, endpoint, async (_tx, now, signed) => c.json(endpoint.response.parse(present(deps, signed, now, false))))
    })
  }
  app.delete(listed(signOut, everything).path, async (c) => {
    checkOrigin(c, deps)
    await inSession(c, deps, signOut, async (tx, now, { actor }) => {
      await endSessions(tx, actor.partner.id, actor.member.id, { id: actor.sessionId })
      await writeLog(tx, now, author(actor), c.var.facts, [{ operation: 'session.signed_out', objectKind: 'session' }])
    })
    deleteCookie(c, cookieName(deps), { path: '/', secure: deps.settings.publicUrl.startsWith('https://') })
    c.header('Clear-Site-Data', '"cache", "storage"')
    return c.json({})
  })
}

/** Codes run through transactions of their own: a guess and a send slot are committed before anything else happens. */
function mountProofs(app: Hono<Vars>, deps: Deps, listed: Listed): void {
  const caller = async (c: AppCall, endpoint: Endpoint) => await inSession(c, deps, endpoint, async (_tx, _now, { actor }) => actor)
  app.post(listed(sendCode, everything).path, async (c) => {
    checkOrigin(c, deps)
    const raw = await readBody(c)
    const actor = await caller(c, sendCode)
    const { params, body } = parseInput(sendCode, c, raw)
    const sent = await sendProofCode({ ...deps, ...deps.settings }, { actor, request: c.var.facts }, params.id.toLowerCase(), body.channel)
    return c.json(sendCode.response.parse(sent))
  })
  app.post(listed(checkCode, everything).path, async (c) => {
    checkOrigin(c, deps)
    const raw = await readBody(c)
    const actor = await caller(c, checkCode)
    const { params, body } = parseInput(checkCode, c, raw)
    const { passedUntil } = await checkProof(deps.database, deps.secrets, { actor, request: c.var.facts }, params.id.toLowerCase(), body.code)
    return c.json(checkCode.response.parse({ passedUntil: passedUntil.toISOString() }))
  })
}

function mountAuthenticators(mount: Mount, deps: Deps): void {
  const { database } = deps
  const told = ({ passedUntil }: { passedUntil: Date }) => ({ passedUntil: passedUntil.toISOString() })
  mount.own(checkTotp, everything, async ({ params, body }, caller) => told(await checkBy(database, caller, params.id.toLowerCase(), byTotp(caller.actor, body.code))))
  mount.own(askPasskey, everything, async ({ params }, { actor }) => await database.inTenant(actor.partner.id, async (tx, now) => {
    const id = params.id.toLowerCase()
    const locked = await lockedUntil(tx, now, actor.partner.id, actor.member.id)
    if (locked) throw personLocked(locked, now)
    await refuseClosed(tx, now, actor, id)
    return { options: await askPasskeyFor(tx, now, actor, relyingParty(deps.settings), `proof:${id}`) }
  }))
  mount.own(checkPasskey, everything, async ({ params, body }, caller) => {
    const id = params.id.toLowerCase()
    return told(await checkBy(database, caller, id, byPasskey(caller.actor, relyingParty(deps.settings), `proof:${id}`, body.assertion)))
  })
}

function mountSignIns(mount: Mount): void {
  mount.read(listSignIns, {
    permission: everything,
    async run(_input, { tx, actor }) {
      const rows = await tx.rows<{ id: string; started_at: Date; seen_at: Date; address: string; agent: string }>(sql`
        select id, started_at, seen_at, address, agent from sessions where partner_id = ${actor.partner.id} and member_id = ${actor.member.id} order by started_at desc`)
      return { items: rows.map((row) => ({ id: row.id, startedAt: row.started_at.toISOString(), seenAt: row.seen_at.toISOString(), address: row.address, agent: row.agent, isThis: row.id === actor.sessionId })) }
    },
  })
  mount.perform(endSignIns, {
    permission: everything,
    async prepare({ body }, { actor }) {
      if (body.which === actor.sessionId) throw new Refusal('last_session')
    },
    async apply(_nothing, { body }, { tx, actor }) {
      const ended = await endSessions(tx, actor.partner.id, actor.member.id, body.which === 'others' ? { except: actor.sessionId } : { id: body.which })
      if (ended === 0 && body.which !== 'others') throw new Refusal('not_found')
      return { ended }
    },
    log: (reply) => ({ operation: 'session.ended', objectKind: 'session', details: { ended: reply.ended } }),
  })
}

function present(deps: Deps, { actor, times }: Signed, now: Date, endedOldest: boolean): Session {
  const { partner, member } = actor
  return {
    member: { id: member.id, nameMasked: maskName(member.name), initial: [...member.name][0] ?? '', roles: [...member.roles], customRoles: member.customRoles.map(({ name }) => name), reach: actor.reach, language: member.language },
    partner: { id: partner.id, name: partner.name, type: partner.type, state: partner.state, verificationOn: partner.verificationOn, timeZone: partner.timeZone },
    permissions: [...actor.permissions], csrf: actor.csrf, idleEndsAt: times.idleEndsAt.toISOString(), absoluteEndsAt: times.absoluteEndsAt.toISOString(), now: now.toISOString(),
    endedOldest, embedded: deps.settings.isEmbedded,
  }
}

const author = (actor: Actor) => ({ partnerId: actor.partner.id, memberId: actor.member.id, name: actor.member.name, source: 'console' as const })
