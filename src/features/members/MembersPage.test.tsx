import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { createMemoryRouter, RouterProvider } from 'react-router'
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { Masked } from '#contract/masked.ts'
import type { Member, MemberState } from '#contract/members.ts'
import { Permission, Role } from '#contract/people.ts'
import { rememberSession } from '#src/api/credentials.ts'
import { loadTextsOf, startTexts, switchLanguage } from '#src/i18n/i18n.ts'
import { MembersPage } from './MembersPage.tsx'

// The test browser knows neither media nor sizes.
vi.hoisted(() => {
  globalThis.ResizeObserver = class { observe() { return undefined } unobserve() { return undefined } disconnect() { return undefined } }
  globalThis.matchMedia = (media) => Object.assign(new EventTarget(), { matches: false, media, onchange: null, addListener: () => undefined, removeListener: () => undefined })
})

const now = '2026-11-20T06:00:00.000Z'
const idOf = (number: number) => `0b9c2b0e-3f0a-4a7e-9a53-6f9bb1c1b11${number}`
const person = (number: number, role: Role, given: Partial<Member> = {}): Member => ({
  id: idOf(number), nameMasked: Masked.parse('林*'), login: `person${number}`, mobileMasked: Masked.parse('138****5678'), emailMasked: null, roles: [role], customRoles: [], extraPermissions: [], removedPermissions: [], director: null, customers: 0,
  state: 'ACTIVE', lastSignInAt: null, createdAt: now, language: 'zh-CN', signIns: 0, lockedUntil: null, isSelf: false, isLastAdministrator: false, ...given,
})
const list = [person(1, 'administrator', { login: '', isSelf: true, isLastAdministrator: true }), person(2, 'director'), person(3, 'manager', { customers: 12, director: { id: idOf(2), nameMasked: Masked.parse('陈**') } }), person(4, 'operator', { customRoles: [{ id: idOf(7), name: 'Support desk' }], state: 'LOCKED', lockedUntil: '2026-11-20T08:00:00.000Z' })]
const roles = { builtIn: [], custom: [{ id: idOf(7), name: 'Support desk', description: '', permissions: ['home.view'], members: 1, changedAt: now, changedByMasked: null }], customMax: 10, grantable: [], directors: [] }
let items: Member[]
let asked: unknown[]

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
  items = list
  asked = []
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    if (url === '/api/preferences') return new Response(JSON.stringify({ lists: {} }))
    if (url === '/api/roles') return new Response(JSON.stringify(roles))
    if (url === '/api/members/query') {
      asked.push(typeof init.body === 'string' ? JSON.parse(init.body) : undefined)
      return new Response(JSON.stringify({ items, total: items.length, view: null, lookupKinds: [] }))
    }
    const member = items.find(({ id }) => url === `/api/members/${id}`)
    if (member) return new Response(JSON.stringify({ ...member, permissions: Permission.options, department: 'East', rolesSince: [...member.roles.map((role) => ({ role, customRole: null, at: now })), ...member.customRoles.map((customRole) => ({ role: null, customRole, at: now }))], authenticators: 2, isUnified: false, sessions: [{ id: idOf(8), startedAt: now, seenAt: now, address: '203.0.113.9', agent: '' }] }))
    throw new TypeError(`network: ${url}`)
  })
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

function show(path = '/organization/members') {
  const router = createMemoryRouter([{ path: '*', element: <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}><MembersPage /></QueryClientProvider> }], { initialEntries: [path] })
  render(<RouterProvider router={router} />)
}
const row = async (login: string) => within(await waitFor(() => {
  const found = screen.getAllByRole('row').find((one) => one.textContent?.includes(login))
  if (!found) throw new Error(`no row of ${login}`)
  return found
}))

test('only account managers have a number of customers, which leads to them', async () => {
  show()
  expect((await row('person3')).getByRole('link', { name: '12 customers' }).getAttribute('href')).toBe(`/organization/assignments/${idOf(3)}`)
  expect((await row('person2')).queryByRole('link', { name: /customer/ })).toBeNull()
  expect((await row('person4')).getByText(/^until /)).toBeTruthy()
  expect((await row('Master account')).getByText('You')).toBeTruthy()
})

test('the menu offers to unlock whoever is locked, and says why the last administrator stays', async () => {
  show()
  fireEvent.click((await row('person4')).getByRole('button', { name: /^More actions/ }))
  expect(await screen.findByRole('menuitem', { name: 'Unlock' })).toBeTruthy()
  cleanup()
  items = [person(1, 'administrator', { isSelf: true, isLastAdministrator: true })]
  show()
  fireEvent.click((await row('person1')).getByRole('button', { name: /^More actions/ }))
  const disable = await screen.findByRole('menuitem', { name: /^Disable/ })
  expect(disable.textContent).toContain('One usable administrator must remain')
  expect(screen.queryByRole('menuitem', { name: 'Unlock' })).toBeNull()
})

test('a mobile is looked up in the body of the request, a role by the address', async () => {
  show('/organization/members?role=manager&sort=-customers')
  await row('person3')
  fireEvent.change(screen.getByRole('textbox', { name: 'Name, mobile or email' }), { target: { value: '5678' } })
  await waitFor(() => expect(asked.at(-1)).toEqual({ page: 1, pageSize: 10, sort: '-customers', filter: { role: 'manager' }, lookup: { mobile: '5678' } }))
})

test('a member with two roles shows both, and the list can be narrowed to a custom one', async () => {
  show(`/organization/members?customRoleId=${idOf(7)}`)
  expect((await row('person4')).getByText('Operator').nextElementSibling?.textContent).toBe('Support desk')
  expect(asked.at(-1)).toMatchObject({ filter: { customRoleId: idOf(7) } })
  expect(await screen.findByRole('button', { name: /Roles.*Support desk/ })).toBeTruthy()
})

test('the details tell since when, and how many authenticators could be removed for a lost device', async () => {
  show(`/organization/members?open=${idOf(4)}`)
  const drawer = await screen.findByRole('dialog')
  await waitFor(() => expect(drawer.textContent).toContain('Support desk since 2026-11-20'))
  expect(drawer.textContent).toContain('2 (apps or passkeys)')
  expect(within(drawer).getByRole('button', { name: 'Remove authenticators' })).toBeTruthy()
  cleanup()
  items = [person(1, 'administrator', { isSelf: true })]
  show(`/organization/members?open=${idOf(1)}`)
  await waitFor(() => expect(screen.getByRole('dialog').textContent).toContain('2 (apps or passkeys)'))
  expect(screen.queryByRole('button', { name: 'Remove authenticators' })).toBeNull()
})

test('without the right the page says whom to ask, and whoever may only look changes nothing', async () => {
  signIn(['home.view'])
  show()
  expect(screen.getByRole('heading', { name: 'You may not view the members' })).toBeTruthy()
  cleanup()
  signIn(['org.view'])
  show()
  await row('person3')
  expect(screen.queryByRole('button', { name: 'Create member' })).toBeNull()
  expect(screen.queryByRole('button', { name: /^More actions/ })).toBeNull()
})

describe.each(['zh-CN', 'en-US'] as const)('in %s', (locale) => {
  test('every role, state and permission has its words', async () => {
    await switchLanguage(locale)
    const states: readonly MemberState[] = ['INVITED', 'ACTIVE', 'DISABLED', 'LOCKED']
    items = Role.options.map((role, index) => person(index + 1, role, { state: states[index] ?? 'ACTIVE' }))
    show(`/organization/members?open=${idOf(1)}`)
    const drawer = await screen.findByRole('dialog')
    await waitFor(() => expect(drawer.textContent).toContain('203.0.113.9'))
    expect(document.body.textContent).not.toMatch(/members\.|roles\.|permissions\.|[a-z]_[a-z]|INVITED|ACTIVE|DISABLED|LOCKED|org\.|log\./)
  })
})
