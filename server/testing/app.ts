import { randomUUID } from 'node:crypto'
import { openAsBlob } from 'node:fs'
import pino from 'pino'
import { inject } from 'vitest'
import type { Answer, Endpoint, Input } from '#contract/endpoint.ts'
import type { Problem } from '#contract/errors.ts'
import type { Locale, PartnerState, PartnerType, Permission, Role } from '#contract/people.ts'
import type { ProofChannel } from '#contract/proofs.ts'
import { hashPassword } from '#server/auth/password.ts'
import { configureSealing } from '#server/auth/seal.ts'
import { startSession, csrfOf } from '#server/auth/sessions.ts'
import { readSecrets } from '#server/auth/secrets.ts'
import { openEmbedded, openPostgres, type Engine } from '#server/db/open.ts'
import { json, list, sql } from '#server/db/query.ts'
import { createDatabase, type Database, type Tx } from '#server/db/transaction.ts'
import { createApi, type MountFeature } from '#server/http/app.ts'
import type { Deps } from '#server/http/deps.ts'
import { openCustomerAccounts, openPartnerAccounts } from '#server/ledger/accounts.ts'
import { setCreditLimit, topUp } from '#server/ledger/vendor.ts'
import type { MessageChannel, Outgoing } from '#server/messages/channel.ts'
import { createTestDatabase } from './postgres.ts'

export const testPassword = 'a long enough password'
const origin = 'http://console.test'
const secrets = readSecrets({ CODE_SECRET: 'c'.repeat(40), SEAL_SECRET: 's'.repeat(40), CSRF_SECRET: 'f'.repeat(40) }, undefined)
let passwordHash: Promise<string> | undefined

/** A channel that keeps what it was given, and fails when told to. */
type RecordedChannel = MessageChannel & { sent: Outgoing[]; failing: boolean }
function recordChannel(): RecordedChannel {
  const channel: RecordedChannel = { sent: [], failing: false, async send(message) {
    if (channel.failing) throw new Error('the provider is away')
    channel.sent.push(message)
  } }
  return channel
}

export type Reply<E extends Endpoint> = { status: number; body: Answer<E>; problem: Problem; text: string; headers: Headers }
type CallOptions = { key?: string; proof?: string; headers?: Record<string, string>; raw?: unknown; csrf?: string | null }
export type Client = {
  memberId: string; sessionId: string; token: string
  /** Sends a request as the console would. `body` or `problem` is set by the status; the other is not to be read. */
  call<E extends Endpoint>(endpoint: E, input: Input<E>, options?: CallOptions): Promise<Reply<E>>
}
export type TestPartner = { id: string; account: string; admin: Client; addMember(options: { role?: Role; /** Instead of `role`. */ roles?: Role[]; customRoleIds?: string[]; extra?: Permission[]; directorId?: string; mobile?: string | null; email?: string | null; name?: string }): Promise<Client> }
export type TestApp = {
  database: Database; deps: Deps; engine: Engine
  sms: RecordedChannel; email: RecordedChannel; jobs: { name: string; data: Record<string, string> }[]
  /** Everything the server wrote to its log, as text. */
  logged: string[]
  /** Moves the one clock forward (or back) by so many seconds; all later transactions see it. */
  travel(seconds: number): void
  request(path: string, init?: RequestInit): Promise<Response>
  newPartner(options?: { type?: PartnerType; state?: PartnerState; verificationOn?: boolean; topUp?: bigint; credit?: bigint }): Promise<TestPartner>
  csrfOf(client: Client): string
  /** A further sign-in of a member. */
  signIn(partnerId: string, memberId: string): Promise<Client>
  inTenant<T>(partnerId: string, work: (tx: Tx, now: Date) => Promise<T>): Promise<T>
  addCustomer(partnerId: string, values?: Partial<NewCustomer>): Promise<{ id: string; number: string; accountId: string }>
  close(): Promise<void>
}
type NewCustomer = { name: string; accountName: string; mobile: string | null; email: string | null; associationType: 'RESALE' | 'REFERRAL'; managerId: string | null; tag: string; state: string; freezeCause: string | null; associatedAt: Date; held: bigint; unsettled: bigint; arrears: bigint; language: Locale }

/** The whole application on the engine of the running test project, with recorded channels and a movable clock.
 *  @param features what is mounted besides sign-in and codes. @param poolMax connections on PostgreSQL. */
export async function createTestApp(features: readonly MountFeature[], { poolMax = 20 } = {}): Promise<TestApp> {
  const { engine, drop } = await openTestEngine(poolMax)
  let shift = 0
  const database = createDatabase(engine, { at: (now) => new Date(now.getTime() + shift * 1000) })
  const jobs: TestApp['jobs'] = []
  database.useJobs(async (name, data) => void jobs.push({ name, data }), (partnerIds) => void jobs.push(...partnerIds.map((partnerId) => ({ name: 'message.send', data: { partnerId } }))))
  configureSealing(secrets.seal)
  const [sms, email] = [recordChannel(), recordChannel()]
  const logged: string[] = []
  const deps: Deps = {
    database, secrets, channels: { sms, email } satisfies Record<ProofChannel, MessageChannel>, log: pino({}, { write: (line: string) => void logged.push(line) }), isClosing: () => false,
    settings: { publicUrl: origin, otherOrigins: [], codeLifeSeconds: 600, idleSeconds: 1800, sendsPerPartnerPerDay: 500, trustedProxyHops: 0, isProduction: false, isEmbedded: engine.kind === 'embedded' },
  }
  const { app } = createApi(deps, features)
  const inTenant: TestApp['inTenant'] = (partnerId, work) => database.inTenant(partnerId, work)
  const signIn: TestApp['signIn'] = async (partnerId, memberId) => {
    const { token } = await inTenant(partnerId, (tx, now) => startSession(tx, now, partnerId, memberId, { id: randomUUID(), address: '127.0.0.1', agent: 'test', locale: 'en-US' }))
    const [session] = await database.inGlobal((tx) => tx.rows<{ id: string }>(sql`select id from sessions where partner_id = ${partnerId} and member_id = ${memberId} order by started_at desc, seen_at desc limit 1`))
    return createClient(app, memberId, session?.id ?? '', token)
  }
  return {
    database, deps, engine, sms, email, jobs, logged, inTenant, signIn, csrfOf: ({ sessionId }) => csrfOf(secrets.csrf, sessionId),
    travel: (seconds) => { shift += seconds },
    request: async (path, init) => await app.request(path, init),
    newPartner: (options = {}) => newPartner(database, signIn, options),
    addCustomer: (partnerId, values = {}) => inTenant(partnerId, (tx, now) => insertCustomer(tx, now, partnerId, values)),
    async close() {
      await engine.close()
      await drop()
    },
  }
}

async function openTestEngine(poolMax: number): Promise<{ engine: Engine; drop: () => Promise<void> }> {
  if (inject('engine') === 'postgres') {
    const { url, drop } = await createTestDatabase(inject('postgresUrl'))
    return { engine: openPostgres(url, { poolMax, onError: () => undefined }), drop }
  }
  const engine = await openEmbedded(undefined, await openAsBlob(inject('embeddedTemplate')))
  return { engine, drop: async () => undefined }
}

function createClient(app: { request(path: string, init: RequestInit): Response | Promise<Response> }, memberId: string, sessionId: string, token: string): Client {
  return {
    memberId, sessionId, token,
    async call(endpoint, input, options = {}) {
      const parts: { params?: Record<string, string>; query?: Record<string, string>; body?: unknown } = Object.assign({}, input)
      const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(parts.params?.[name] ?? ''))
      const search = parts.query ? `?${new URLSearchParams(parts.query)}` : ''
      const csrf = options.csrf === undefined ? csrfOf(secrets.csrf, sessionId) : options.csrf
      const response = await app.request(`${path}${search}`, {
        method: endpoint.method,
        headers: {
          cookie: `session=${token}`, origin, 'accept-language': 'en-US', ...(endpoint.body && { 'content-type': 'application/json' }), ...(csrf !== null && { 'x-csrf': csrf }),
          ...(endpoint.idempotent && { 'idempotency-key': options.key ?? randomUUID() }), ...(options.proof && { 'x-proof-id': options.proof }), ...options.headers,
        },
        ...(endpoint.body && { body: JSON.stringify('raw' in options ? options.raw : parts.body) }),
      })
      const text = await response.text()
      const parsed = text === '' ? undefined : JSON.parse(text)
      return { status: response.status, body: parsed, problem: parsed, text, headers: response.headers }
    },
  }
}

let people = 0

async function newPartner(database: Database, signIn: TestApp['signIn'], options: { type?: PartnerType; state?: PartnerState; verificationOn?: boolean; topUp?: bigint; credit?: bigint }): Promise<TestPartner> {
  const id = randomUUID()
  const account = `partner-${id.slice(0, 8)}`
  passwordHash ??= hashPassword(testPassword)
  const password = await passwordHash
  await database.inTenant(id, async (tx, now) => {
    await tx.run(sql`insert into partners (id, account, name, type, state, verification_on, time_zone, created_at)
      values (${id}, ${account}, 'Test Partner', ${options.type ?? 'CSP'}, ${options.state ?? 'ACTIVE'}, ${options.verificationOn ?? true}, 'Asia/Shanghai', ${now})`)
    await openPartnerAccounts(tx, id)
    const books = { partnerId: id, timeZone: 'Asia/Shanghai' }
    if (options.topUp) await topUp(tx, { books, requestId: 'test', reason: 'test', at: now, amount: options.topUp })
    if (options.credit) await setCreditLimit(tx, id, options.credit)
  })
  const addMember: TestPartner['addMember'] = async ({ role, roles = role === undefined ? [] : [role], customRoleIds = [], extra = [], directorId, mobile, email, name = 'Lin Wei' }) => {
    const memberId = randomUUID()
    people += 1
    const login = `member${people}`
    await database.inTenant(id, async (tx, now) => {
      await tx.run(sql`insert into members (partner_id, id, login, name, mobile, email, mobile_verified, email_verified, roles, custom_role_ids, role_since, extra_permissions, removed_permissions, director_id, language, state, created_at)
        values (${id}, ${memberId}, ${login}, ${name}, ${mobile === undefined ? `+86138${String(10_000_000 + people)}` : mobile}, ${email === undefined ? `person${people}@partner.example` : email}, true, true, ${list(roles)}::text[], ${list(customRoleIds)}::uuid[],
          ${json(Object.fromEntries([...roles, ...customRoleIds].map((key) => [key, now.toISOString()])))},          ${list(extra)}::text[], '{}'::text[], ${directorId ?? null}, 'en-US', 'ACTIVE', ${now})`)
      await tx.run(sql`insert into logins (account, login, password_hash, partner_id, member_id, password_set_at) values (${account}, ${login}, ${password}, ${id}, ${memberId}, ${now})`)
    })
    return await signIn(id, memberId)
  }
  return { id, account, addMember, admin: await addMember({ role: 'administrator' }) }
}

let numbers = 2_081_450_000

async function insertCustomer(tx: Tx, now: Date, partnerId: string, values: Partial<NewCustomer>): Promise<{ id: string; number: string; accountId: string }> {
  const id = randomUUID()
  numbers += 1
  const number = String(numbers)
  const [accounts] = await openCustomerAccounts(tx, partnerId, [id])
  if (!accounts) throw new Error('no accounts were opened')
  const state = values.state ?? 'NORMAL'
  await tx.run(sql`insert into customers (partner_id, id, number, name, account_name, mobile, email, language, association_type, associated_at, manager_id, tag, state, freeze_cause, month_expenditure, held, unsettled, arrears, budget_used, account_id, own_account_id)
    values (${partnerId}, ${id}, ${number}, ${values.name ?? `云海科技有限公司${numbers % 1000}`}, ${values.accountName ?? `yunhai_${numbers % 100_000}`}, ${values.mobile === undefined ? `+86139${String(numbers).slice(-8)}` : values.mobile},
      ${values.email === undefined ? `buyer${numbers}@customer.example` : values.email}, ${values.language ?? 'zh-CN'}, ${values.associationType ?? 'RESALE'}, ${values.associatedAt ?? now}, ${values.managerId ?? null}, ${values.tag ?? ''}, ${state},
      ${state === 'NORMAL' ? null : values.freezeCause ?? 'MANUAL'}, 0, ${values.held ?? 0n}, ${values.unsettled ?? 0n}, ${values.arrears ?? 0n}, 0, ${accounts.accountId}, ${accounts.ownAccountId})`)
  return { id, number, accountId: accounts.accountId }
}
