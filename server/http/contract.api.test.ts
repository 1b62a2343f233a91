import { readFileSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod/mini'
import * as acceptance from '#contract/acceptance.ts'
import * as assignments from '#contract/assignments.ts'
import * as business from '#contract/business.ts'
import * as company from '#contract/company.ts'
import * as coupons from '#contract/coupons.ts'
import * as issuedCoupons from '#contract/coupons-issued.ts'
import * as couponWhitelist from '#contract/coupon-whitelist.ts'
import * as customers from '#contract/customers.ts'
import * as exportTasks from '#contract/exports.ts'
import * as funds from '#contract/funds.ts'
import * as home from '#contract/home.ts'
import * as incentiveInvoices from '#contract/incentive-invoices.ts'
import * as incentivePayments from '#contract/incentive-payments.ts'
import * as incentives from '#contract/incentives.ts'
import * as invites from '#contract/invites.ts'
import * as members from '#contract/members.ts'
import * as my from '#contract/my.ts'
import * as operationLog from '#contract/operation-log.ts'
import * as profile from '#contract/profile.ts'
import * as proofs from '#contract/proofs.ts'
import * as prospects from '#contract/prospects.ts'
import * as resellerQuotas from '#contract/reseller-quotas.ts'
import * as reveals from '#contract/reveals.ts'
import * as ownRoles from '#contract/roles.ts'
import * as search from '#contract/search.ts'
import * as security from '#contract/security.ts'
import * as session from '#contract/session.ts'
import * as specialists from '#contract/specialists.ts'
import type { Endpoint } from '#contract/endpoint.ts'
import { Permission, type Role } from '#contract/people.ts'
import { defaultPermissions } from '#contract/roles.ts'
import { features } from '#server/app.ts'
import { grantable, rolePermissions } from '#server/auth/permissions.ts'
import { list, sql } from '#server/db/query.ts'
import { createApi } from '#server/http/app.ts'
import { createTestApp, type Client, type TestApp, type TestPartner } from '#server/testing/app.ts'

const roles: readonly Role[] = ['administrator', 'director', 'manager', 'operator']
const isEndpoint = (value: unknown): value is Endpoint => typeof value === 'object' && value !== null && 'method' in value && 'path' in value && 'response' in value
const declared = [acceptance, assignments, business, company, coupons, coupons.issueCoupons, issuedCoupons, issuedCoupons.reclaimCoupons, couponWhitelist, my, customers, exportTasks, funds, home, incentiveInvoices, incentivePayments, incentives, invites, members, operationLog, profile, prospects, proofs, resellerQuotas, reveals, ownRoles, search, security, session, specialists].flatMap((part): unknown[] => Object.values(part)).filter(isEndpoint)
const nameOf = ({ method, path }: Endpoint) => `${method} ${path}`
const matrix = z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(new URL('./role-matrix.json', import.meta.url), 'utf8')))

let app: TestApp
const people = new Map<Role, Client>()
/** Of a subsidy partner: an address without a body has nothing that could be refused before the type of the partner is looked at. */
const subsidyPeople = new Map<Role, Client>()
const isOfSubsidy = ({ path }: Endpoint) => path.startsWith('/api/coupons/whitelist')
beforeAll(async () => {
  app = await createTestApp(features)
  const [partner, subsidy] = [await app.newPartner(), await app.newPartner({ type: 'SUBSIDY' })]
  for (const role of roles) {
    people.set(role, await partner.addMember({ role }))
    subsidyPeople.set(role, await subsidy.addMember({ role }))
  }
})
afterAll(() => app.close())

async function send(endpoint: Endpoint, client: Client | undefined, body: unknown): Promise<{ status: number; code: string }> {
  const path = endpoint.path.replace(':list', 'customers').replace(/:\w+/g, randomUUID())
  const response = await raw(endpoint, path, client, body)
  const text = await response.text()
  const parsed: unknown = text.startsWith('{') ? JSON.parse(text) : undefined
  return { status: response.status, code: z.safeParse(z.object({ code: z.string() }), parsed).data?.code ?? '' }
}
const raw = (endpoint: Endpoint, path: string, client: Client | undefined, body: unknown) => app.request(path, {
  method: endpoint.method, ...(endpoint.body && { body: JSON.stringify(body) }),
  headers: { origin: 'http://console.test', 'accept-language': 'en-US', ...(endpoint.body && { 'content-type': 'application/json' }), ...(endpoint.idempotent && { 'idempotency-key': randomUUID() }), ...(client && { cookie: `session=${client.token}`, 'x-csrf': app.csrfOf(client) }) },
})

test('every endpoint of the contract is mounted, once, and nothing else is', () => {
  const mounted = createApi(app.deps, features).mounted.map(({ endpoint }) => nameOf(endpoint))
  expect(mounted.toSorted()).toEqual(declared.map(nameOf).toSorted())
})

test('whoever reads the description of the API finds every endpoint with the parts that the contract declares, and no other', async () => {
  const { paths } = JSON.parse(await (await app.request('/api/openapi.json')).text())
  expect(Object.values<object>(paths).flatMap((item) => Object.keys(item))).toHaveLength(declared.length)
  for (const endpoint of declared) {
    const operation = paths[endpoint.path.replace(/:(\w+)/g, '{$1}')][endpoint.method.toLowerCase()]
    const partsIn = (place: string): string[] => operation.parameters.filter((one: { in: string }) => one.in === place).map(({ name, required }: { name: string; required: boolean }) => `${name}${required ? '' : '?'}`)
    const keysOf = (schema: z.ZodMiniType | undefined): string[] => {
      const { properties = {}, required = [] } = schema ? z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) : {}
      return Object.keys(properties).map((name) => `${name}${required.includes(name) ? '' : '?'}`)
    }
    expect([nameOf(endpoint), partsIn('path'), partsIn('query'), operation.requestBody !== undefined]).toEqual([nameOf(endpoint), keysOf(endpoint.params), keysOf(endpoint.query), endpoint.body !== undefined])
    expect([nameOf(endpoint), partsIn('header').includes('Idempotency-Key'), partsIn('header').includes('X-Proof-Id?'), operation['x-sensitive-operation']]).toEqual([nameOf(endpoint), endpoint.idempotent === true, endpoint.proof !== undefined, endpoint.proof])
  }
})

test('every sensitive endpoint takes a request key, and every change but sign-in a CSRF value', () => {
  expect(declared.filter(({ proof, idempotent }) => proof !== undefined && !idempotent).map(nameOf)).toEqual([])
  expect(declared.filter(({ reads, method, path }) => reads && (method !== 'POST' || !(path.endsWith('/query') || ['/api/search', '/api/invite/view', '/api/specialist-invite/view', '/api/invitations/preview', '/api/profile/preview', '/api/assignments/preview', '/api/handovers/preview', '/api/incentives/confirmations/preview', '/api/coupons/quota-reclaims/expected', '/api/invite-links/:id/address'].includes(path)))).map(nameOf)).toEqual([])
  expect(declared.filter((endpoint) => endpoint.isPublic).map(nameOf).toSorted()).toEqual([
    'DELETE /api/my/session', 'GET /api/my/bills', 'GET /api/my/coupons', 'GET /api/my/notices', 'GET /api/my/partner', 'GET /api/my/session', 'GET /api/my/specialist', 'GET /api/session/ways', 'POST /api/invite/accept', 'POST /api/invite/code', 'POST /api/invite/open', 'POST /api/invite/register', 'POST /api/invite/view', 'POST /api/my/session',
    'POST /api/password-reset', 'POST /api/password-reset/send', 'POST /api/session', 'POST /api/set-up', 'POST /api/specialist-invite/accept', 'POST /api/specialist-invite/view', 'PUT /api/my/notices', 'PUT /api/my/specialist',
  ])
})

test('nobody without a session gets anything from an endpoint that is not public', async () => {
  for (const endpoint of declared.filter(({ isPublic }) => !isPublic)) {
    expect([nameOf(endpoint), await send(endpoint, undefined, {})]).toEqual([nameOf(endpoint), { status: 401, code: 'not_signed_in' }])
  }
})

test('the matrix of roles has a row for every endpoint, and every cell is as the server decides', async () => {
  expect(Object.keys(matrix).toSorted()).toEqual(declared.filter(({ isPublic }) => !isPublic).map(nameOf).toSorted())
  for (const endpoint of declared.filter(({ isPublic, path, method }) => !isPublic && !(path === '/api/session' && method === 'DELETE'))) {
    const allowed: string[] = []
    for (const role of roles) {
      const { code } = await send(endpoint, (isOfSubsidy(endpoint) ? subsidyPeople : people).get(role), { unknownField: true })
      if (code !== 'no_permission') allowed.push(role)
    }
    expect([nameOf(endpoint), allowed.join(' ')]).toEqual([nameOf(endpoint), matrix[nameOf(endpoint)]])
  }
})

test('further roles add what they have and nothing else: a custom role what it holds, and two roles what either has', async () => {
  const peopleOf = async (partner: TestPartner) => {
    const roleWith = (permissions: readonly Permission[]) => app.inTenant(partner.id, async (tx, now) => {
      const id = randomUUID()
      await tx.run(sql`insert into custom_roles (partner_id, id, name, description, permissions, created_at, changed_at, changed_by_id)
        values (${partner.id}, ${id}, ${id.slice(0, 8)}, '', ${list(permissions)}::text[], ${now}, ${now}, ${partner.admin.memberId})`)
      return id
    })
    return { full: await partner.addMember({ customRoleIds: [await roleWith(Permission.options)] }), empty: await partner.addMember({ customRoleIds: [await roleWith([])] }), both: await partner.addMember({ roles: ['manager', 'operator'] }) }
  }
  const [own, ofSubsidy] = [await peopleOf(await app.newPartner()), await peopleOf(await app.newPartner({ type: 'SUBSIDY' }))]
  for (const { endpoint, permission } of createApi(app.deps, features).mounted.filter(({ permission: by, endpoint: { path, method } }) => by !== 'public' && by !== 'customer' && !(path === '/api/session' && method === 'DELETE'))) {
    const { full, empty, both } = isOfSubsidy(endpoint) ? ofSubsidy : own
    const isOpen = async (client: Client) => (await send(endpoint, client, { unknownField: true })).code !== 'no_permission'
    const holds = (permissions: readonly string[]) => permission === 'signed_in' || permissions.includes(permission)
    expect([nameOf(endpoint), await isOpen(full), await isOpen(empty), await isOpen(both)]).toEqual([nameOf(endpoint), holds(grantable), holds(defaultPermissions), holds([...rolePermissions.manager.has, ...rolePermissions.operator.has])])
  }
})

test('an endpoint outside the console that is a customer\'s own answers nobody else, whatever session of the console is shown', async () => {
  const own = createApi(app.deps, features).mounted.filter(({ permission }) => permission === 'customer').map(({ endpoint }) => endpoint)
  expect(own.map(nameOf).toSorted()).toEqual(['DELETE /api/my/session', 'GET /api/my/bills', 'GET /api/my/coupons', 'GET /api/my/notices', 'GET /api/my/partner', 'GET /api/my/session', 'GET /api/my/specialist', 'POST /api/invite/accept', 'POST /api/specialist-invite/accept', 'PUT /api/my/notices', 'PUT /api/my/specialist'])
  for (const endpoint of own) {
    const every = { sms: true, email: true, inApp: true }
    const body = endpoint.path === '/api/my/notices' ? { template: { balance: every, expiry: every, security: every, product: every } } : endpoint.path === '/api/my/specialist' ? { items: [] } : endpoint.path === '/api/specialist-invite/accept' ? { token: 'x'.repeat(22) } : endpoint.path === '/api/invite/accept' ? { token: 'x'.repeat(43), documents: { agreement: '1', privacy: '1', notice: '1' }, language: 'zh-CN' } : {}
    expect([nameOf(endpoint), await send(endpoint, people.get('administrator'), body)]).toEqual([nameOf(endpoint), { status: 401, code: 'not_signed_in' }])
  }
})

test('every body refuses a field it does not know', async () => {
  for (const endpoint of declared.filter(({ body }) => body !== undefined)) {
    const { code } = await send(endpoint, people.get('administrator'), { partnerId: randomUUID(), role: 'administrator' })
    // One of several shapes is chosen by a field of its own, so there the choice is refused first.
    expect([nameOf(endpoint), ['unknown_field', ...(['/api/exports', '/api/invite-links'].includes(endpoint.path) ? ['invalid_input'] : [])].includes(code) ? 'refused' : code]).toEqual([nameOf(endpoint), 'refused'])
  }
})

test('an id that nobody has answers 404 to whoever may ask', async () => {
  for (const endpoint of declared.filter(({ path, method }) => path.includes(':id') && method === 'GET')) {
    expect([nameOf(endpoint), await send(endpoint, people.get('administrator'), undefined)]).toEqual([nameOf(endpoint), { status: 404, code: 'not_found' }])
  }
})
