import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { createMemoryRouter, RouterProvider } from 'react-router'
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { Masked } from '#contract/masked.ts'
import type { Member } from '#contract/members.ts'
import { Permission, Role } from '#contract/people.ts'
import type { CustomRole } from '#contract/roles.ts'
import { rememberSession } from '#src/api/credentials.ts'
import { loadTextsOf, startTexts, switchLanguage } from '#src/i18n/i18n.ts'
import { RolesPage } from './RolesPage.tsx'

// The test browser knows neither media nor sizes.
vi.hoisted(() => {
  globalThis.ResizeObserver = class { observe() { return undefined } unobserve() { return undefined } disconnect() { return undefined } }
  globalThis.matchMedia = (media) => Object.assign(new EventTarget(), { matches: false, media, onchange: null, addListener: () => undefined, removeListener: () => undefined })
})

const now = '2026-11-20T06:00:00.000Z'
const idOf = (number: number) => `0b9c2b0e-3f0a-4a7e-9a53-6f9bb1c1b1${String(number).padStart(2, '0')}`
const custom = (number: number, name: string, given: Partial<CustomRole> = {}): CustomRole => ({ id: idOf(number), name, description: '', permissions: ['home.view', 'funds.view'], members: 0, changedAt: now, changedByMasked: Masked.parse('王*'), ...given })
const person = (name: string, login: string): Member => ({
  id: idOf(50), nameMasked: Masked.parse(name), login, mobileMasked: null, emailMasked: null, roles: [], customRoles: [{ id: idOf(20), name: 'Support desk' }], extraPermissions: [], removedPermissions: [], director: null, customers: 0,
  state: 'ACTIVE', lastSignInAt: null, createdAt: now, language: 'en-US', signIns: 0, lockedUntil: null, isSelf: false, isLastAdministrator: false,
})
const builtIn = Role.options.map((role) => ({ role, has: role === 'director' ? ['home.view', 'funds.view', 'customer.view', 'org.role'] : ['home.view', 'funds.view'], mayGet: role === 'operator' ? ['customer.view'] : [], members: 1 }))
const grantable: Permission[] = ['home.view', 'funds.view', 'customer.view', 'log.view']
let roles: CustomRole[]
let sent: { method: string; url: string; body: unknown }[]
let answers: Record<string, { status?: number; body: unknown }>

beforeAll(async () => {
  document.documentElement.lang = 'en-US'
  await startTexts()
  await loadTextsOf('people')
})
const signIn = (permissions: readonly Permission[]) => rememberSession({
  member: { id: idOf(1), nameMasked: Masked.parse('王*'), initial: '王', roles: ['administrator'], customRoles: [], reach: 'partner', language: 'en-US' }, partner: { id: idOf(9), name: 'Blue Harbor', type: 'CSP', state: 'ACTIVE', verificationOn: true, timeZone: 'Asia/Shanghai' },
  permissions: [...permissions], csrf: 'c', idleEndsAt: now, absoluteEndsAt: now, now, endedOldest: false, embedded: false,
})
beforeEach(async () => {
  await switchLanguage('en-US')
  signIn(Permission.options)
  roles = [custom(20, 'Support desk', { description: 'Answers customers', permissions: ['home.view', 'funds.view', 'customer.view'], members: 2 }), custom(21, 'Auditor')]
  sent = []
  answers = {}
  vi.stubGlobal('fetch', async (url: string, { method = 'GET', body }: RequestInit) => {
    if (url === '/api/preferences') return new Response(JSON.stringify({ lists: {} }))
    if (url === '/api/roles' && method === 'GET') return new Response(JSON.stringify({ builtIn, custom: roles, customMax: 10, grantable, directors: [] }))
    if (method !== 'GET') sent.push({ method, url, body: typeof body === 'string' ? JSON.parse(body) : undefined })
    const answer = answers[url]
    if (!answer) throw new TypeError(`network: ${url}`)
    return new Response(JSON.stringify(answer.body), { status: answer.status ?? 200 })
  })
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

function show(path = '/organization/roles') {
  const router = createMemoryRouter([{ path: '*', element: <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}><RolesPage /></QueryClientProvider> }], { initialEntries: [path] })
  render(<RouterProvider router={router} />)
}
const row = async (name: string) => within(await waitFor(() => {
  const found = screen.getAllByRole('row').find((one) => one.textContent?.startsWith(name))
  if (!found) throw new Error(`no row of ${name}`)
  return found
}))
async function choose(name: string, act: string) {
  fireEvent.click((await row(name)).getByRole('button', { name: /^More actions/ }))
  fireEvent.click(await screen.findByRole('menuitem', { name: act }))
}
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }))
const fill = (name: string, value: string) => fireEvent.change(screen.getByRole('textbox', { name }), { target: { value } })

test('built-in roles stand first and can only be copied; members of a role are one press away', async () => {
  show()
  expect((await row('Administrator')).getByText('Built-in')).toBeTruthy()
  expect((await row('Support desk')).getByRole('link', { name: '2 members' }).getAttribute('href')).toBe(`/organization/members?customRoleId=${idOf(20)}`)
  expect((await row('Operator')).getByRole('link', { name: '1 member' }).getAttribute('href')).toBe('/organization/members?role=operator')
  fireEvent.click((await row('Operator')).getByRole('button', { name: /^More actions/ }))
  expect((await screen.findAllByRole('menuitem')).map(({ textContent }) => textContent)).toEqual(['Copy'])
})

test('a new role offers what a custom role may hold, and every role has the defaults', async () => {
  answers['/api/roles'] = { body: custom(22, 'Reader') }
  show()
  await row('Auditor')
  press('Create role')
  expect(await screen.findByRole('checkbox', { name: 'View Home' })).toMatchObject({ checked: true, disabled: true })
  expect(screen.queryByRole('checkbox', { name: 'Manage roles' })).toBeNull()
  fill('Role name', 'Reader')
  fireEvent.click(screen.getByRole('checkbox', { name: 'View the operation log' }))
  fireEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Create role' }))
  await waitFor(() => expect(sent).toEqual([{ method: 'POST', url: '/api/roles', body: { name: 'Reader', description: '', permissions: ['home.view', 'funds.view', 'log.view'] } }]))
})

test('a copy of a built-in role leaves out what only administrators hold', async () => {
  answers['/api/roles'] = { body: custom(22, 'Copy') }
  show()
  await choose('Account director', 'Copy')
  expect((await screen.findByRole<HTMLInputElement>('textbox', { name: 'Role name' })).value).toBe('Account director copy')
  fireEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Create role' }))
  await waitFor(() => expect(sent[0]?.body).toMatchObject({ permissions: ['home.view', 'funds.view', 'customer.view'] }))
})

test('whoever changes a role in use is told whom it concerns and when; a name that is taken is told at its field', async () => {
  answers[`/api/roles/${idOf(20)}`] = { status: 400, body: { type: 'about:blank', title: 'x', status: 400, code: 'invalid_input', detail: 'no', requestId: 'r-1', fields: [{ path: 'name', code: 'role_name_taken', message: '' }] } }
  show()
  await choose('Support desk', 'Edit')
  expect(await screen.findByText(/^2 members have this role\. The change is in force at their next action, also where a code was sent/)).toBeTruthy()
  fireEvent.click(screen.getByRole('checkbox', { name: 'View customers' }))
  fill('Role name', 'Auditor')
  press('Save role')
  expect(await screen.findByText('Another role, or a built-in one, has this name')).toBeTruthy()
  expect(sent).toEqual([{ method: 'PUT', url: `/api/roles/${idOf(20)}`, body: { name: 'Auditor', description: 'Answers customers', permissions: ['home.view', 'funds.view'] } }])
})

test('a role in use is not deleted: its members are named; one that nobody has is', async () => {
  answers['/api/members/query'] = { body: { items: [person('周**', 'yifan.zhou'), person('吴*', 'min.wu')], total: 2, view: null, lookupKinds: [] } }
  show()
  await choose('Support desk', 'Delete')
  expect(await screen.findByText('Members with it: 周** (yifan.zhou), 吴* (min.wu)')).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Delete role' })).toBeNull()
  cleanup()
  sent = []
  answers[`/api/roles/${idOf(21)}`] = { body: {} }
  show()
  await choose('Auditor', 'Delete')
  fireEvent.click(await screen.findByRole('button', { name: 'Delete role' }))
  await waitFor(() => expect(sent).toEqual([{ method: 'DELETE', url: `/api/roles/${idOf(21)}`, body: undefined }]))
})

test('with ten custom roles there is no eleventh, and the button says why', async () => {
  roles = Array.from({ length: 10 }, (_, index) => custom(30 + index, `Role ${index}`))
  show()
  await row('Role 9')
  const create = screen.getByRole('button', { name: /^Create role/ })
  expect(create.getAttribute('aria-disabled')).toBe('true')
  fireEvent.click(create)
  expect(screen.queryByRole('dialog')).toBeNull()
})

test('whoever may only look changes nothing, and without the right the page says whom to ask', async () => {
  signIn(['org.view'])
  show()
  await row('Auditor')
  expect(screen.queryByRole('button', { name: /^(Create role|More actions)/ })).toBeNull()
  cleanup()
  signIn(['home.view'])
  show()
  expect(screen.getByRole('heading', { name: 'You may not view the roles' })).toBeTruthy()
})

describe.each(['zh-CN', 'en-US'] as const)('in %s', (locale) => {
  test('the details tell in words what a role may do and what can be added', async () => {
    await switchLanguage(locale)
    show('/organization/roles?open=operator')
    const drawer = await screen.findByRole('dialog')
    expect(drawer.textContent).toContain(locale === 'zh-CN' ? '可另行授予查看客户' : 'Can be addedView customers')
    expect(document.body.textContent).not.toMatch(/(roles|permissions)\.[a-z]|[a-z]_[a-z]|\{\{/)
  })
})
