import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import type { ComponentProps } from 'react'
import { createMemoryRouter, RouterProvider } from 'react-router'
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { Masked } from '#contract/masked.ts'
import type { Member } from '#contract/members.ts'
import { Permission } from '#contract/people.ts'
import { rememberSession } from '#src/api/credentials.ts'
import { loadTextsOf, startTexts } from '#src/i18n/i18n.ts'
import { MemberDialogs } from './MemberDialogs.tsx'
import type { Open } from './open.ts'

vi.hoisted(() => { globalThis.matchMedia = (media) => Object.assign(new EventTarget(), { matches: false, media, onchange: null, addListener: () => undefined, removeListener: () => undefined }) })

const id = '0b9c2b0e-3f0a-4a7e-9a53-6f9bb1c1b111'
const directorId = '0b9c2b0e-3f0a-4a7e-9a53-6f9bb1c1b112'
const supportId = '0b9c2b0e-3f0a-4a7e-9a53-6f9bb1c1b113'
const now = '2026-11-20T06:00:00.000Z'
const member: Member = {
  id, nameMasked: Masked.parse('林*'), login: 'lin.wei', mobileMasked: null, emailMasked: Masked.parse('l***@partner.example'), roles: ['manager'], customRoles: [], extraPermissions: [], removedPermissions: [], director: null, customers: 0,
  state: 'ACTIVE', lastSignInAt: null, createdAt: now, language: 'en-US', signIns: 0, lockedUntil: null, isSelf: false, isLastAdministrator: false,
}
const roles = {
  builtIn: [
    { role: 'administrator', has: Permission.options, mayGet: [], members: 1 }, { role: 'director', has: ['home.view', 'org.view'], mayGet: [], members: 1 },
    { role: 'manager', has: ['home.view', 'customer.view', 'customer.tag'], mayGet: ['funds.allocate'], members: 1 }, { role: 'operator', has: ['home.view'], mayGet: ['customer.view'], members: 0 },
  ],
  custom: [{ id: supportId, name: 'Support desk', description: 'Answers customers', permissions: ['home.view', 'funds.view', 'log.view'], members: 0, changedAt: now, changedByMasked: null }],
  customMax: 10, grantable: [],
  directors: [{ id: directorId, nameMasked: '陈**' }],
}
type Answer = { status?: number; body: unknown }
let answers: Record<string, Answer>
let sent: { url: string; body: unknown }[]
const problem = (code: string, more = {}): Answer => ({ status: 400, body: { type: 'about:blank', title: code, status: 400, code, detail: `refused: ${code}`, requestId: 'r-1', ...more } })

beforeAll(async () => {
  document.documentElement.lang = 'en-US'
  await startTexts()
  await loadTextsOf('people')
})
beforeEach(() => {
  sent = []
  answers = { '/api/roles': { body: roles } }
  rememberSession({
    member: { id: directorId, nameMasked: Masked.parse('王*'), initial: '王', roles: ['administrator'], customRoles: [], reach: 'partner', language: 'en-US' }, partner: { id, name: 'Blue Harbor', type: 'CSP', state: 'ACTIVE', verificationOn: true, timeZone: 'Asia/Shanghai' },
    permissions: [...Permission.options], csrf: 'c', idleEndsAt: now, absoluteEndsAt: now, now, endedOldest: false, embedded: false,
  })
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    if (init.method !== 'GET') sent.push({ url, body: typeof init.body === 'string' ? JSON.parse(init.body) : undefined })
    const answer = answers[url]
    if (!answer) throw new TypeError(`network: ${url}`)
    return new Response(JSON.stringify(answer.body), { status: answer.status ?? 200 })
  })
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const onClose = vi.fn<() => void>()
const members: ComponentProps<typeof MemberDialogs>['members'] = { exportRequest: { content: 'members', filter: { state: 'ACTIVE' }, sort: '-createdAt' }, total: 12 }
const details = (given = {}) => ({ ...member, permissions: ['home.view'], department: 'East', rolesSince: [], authenticators: 1, isUnified: false, sessions: [], ...given })
function show(open: Open) {
  onClose.mockClear()
  const router = createMemoryRouter([{ path: '*', element: <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}><MemberDialogs open={open} members={members} onClose={onClose} /></QueryClientProvider> }])
  render(<RouterProvider router={router} />)
}
const press = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }))
const fill = (name: string, value: string) => fireEvent.change(screen.getByRole('textbox', { name }), { target: { value } })
const words = () => document.body.textContent ?? ''

test('a new manager gets data, a director and an extra permission; what the role has cannot be unticked', async () => {
  answers['/api/members'] = { body: { member, sentTo: 'l***@partner.example', url: null, expiresAt: '2026-11-21T06:00:00.000Z' } }
  show({ at: 'create' })
  fill('Login name', 'lin.wei')
  fill('Member name', 'Lin Wei')
  fill('Email', 'lin@partner.example')
  fill('Department', 'East')
  press('Next')
  const tag = await screen.findByRole('checkbox', { name: 'Edit customer tags' })
  expect(tag).toMatchObject({ checked: true, disabled: true })
  fireEvent.click(screen.getByRole('checkbox', { name: 'Allocate to customers' }))
  fireEvent.change(screen.getByRole('combobox', { name: 'Director' }), { target: { value: directorId } })
  press('Create member')
  expect(await screen.findByText('A link to set the password was sent to l***@partner.example.')).toBeTruthy()
  expect(sent).toEqual([{ url: '/api/members', body: { login: 'lin.wei', name: 'Lin Wei', email: 'lin@partner.example', language: 'en-US', department: 'East', roles: ['manager'], customRoleIds: [], extraPermissions: ['funds.allocate'], directorId } }])
})

test('without any contact nobody gets to the second step', async () => {
  show({ at: 'create' })
  fill('Login name', 'lin.wei')
  fill('Member name', 'Lin Wei')
  press('Next')
  expect(await screen.findByText('Enter a mobile or an email')).toBeTruthy()
  expect(screen.queryByRole('checkbox')).toBeNull()
})

test('a login name that is taken is told at its field, on the first step', async () => {
  answers['/api/members'] = problem('invalid_input', { fields: [{ path: 'login', code: 'login_taken', message: 'taken' }] })
  show({ at: 'create' })
  fill('Login name', 'lin.wei')
  fill('Member name', 'Lin Wei')
  fill('Mobile', '13800138000')
  press('Next')
  await screen.findByRole('checkbox', { name: 'Edit customer tags' })
  press('Create member')
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Login name' })))
  expect(screen.getByRole('textbox', { name: 'Login name' }).getAttribute('aria-invalid')).toBe('true')
})

test('the link of a member without an address is shown once, to be copied', async () => {
  const url = 'https://partner.example/set-up#abc'
  answers[`/api/members/${id}/reset`] = { body: { member, sentTo: null, url, expiresAt: '2026-11-20T06:30:00.000Z' } }
  show({ at: 'reset', member })
  press('Reset password')
  expect((await screen.findByRole<HTMLInputElement>('textbox', { name: 'Link to set the password' })).value).toBe(url)
  expect(words()).toContain('it is not shown again')
})

test('taking a right away sends it by name', async () => {
  answers[`/api/members/${id}/rights`] = { body: member }
  show({ at: 'rights', member: { ...member, director: { id: directorId, nameMasked: Masked.parse('陈**') } } })
  fireEvent.click(await screen.findByRole('checkbox', { name: 'Edit customer tags' }))
  press('Save roles')
  await waitFor(() => expect(sent).toEqual([{ url: `/api/members/${id}/rights`, body: { roles: ['manager'], customRoleIds: [], extraPermissions: [], removedPermissions: ['customer.tag'], directorId } }]))
})

test('a manager with customers keeps the role until they are handed over', async () => {
  show({ at: 'rights', member: { ...member, customers: 3 } })
  fireEvent.click(await screen.findByRole('checkbox', { name: /^Operator/ }))
  expect(words()).not.toContain('Hand them over')
  fireEvent.click(screen.getByRole('checkbox', { name: /^Account manager/ }))
  expect(words()).toContain('Hand them over before the role changes.')
  press('Save roles')
  expect(sent).toEqual([])
})

test('a manager with customers is not disabled: the way to the handover stands in place of the question', () => {
  show({ at: 'disable', member: { ...member, customers: 3 } })
  expect(screen.queryByRole('button', { name: 'Disable member' })).toBeNull()
  expect(words()).toContain('林* lin.wei has 3 customers.')
  expect(screen.getByRole('link', { name: 'Hand over customers' }).getAttribute('href')).toBe('/organization/assignments')
})

test('what the server refuses is told in the question, which stays', async () => {
  answers[`/api/members/${id}/state`] = problem('conflict')
  show({ at: 'disable', member })
  press('Disable member')
  expect(await screen.findByText('refused: conflict')).toBeTruthy()
  expect(onClose).not.toHaveBeenCalled()
})

test('roles that do not go together say so while they are ticked', async () => {
  show({ at: 'rights', member })
  const manager = await screen.findByRole('checkbox', { name: /^Account manager/ })
  expect(screen.getByRole('checkbox', { name: /^Account director.*Does not go with account manager$/ })).toMatchObject({ disabled: true })
  expect(screen.getByRole('checkbox', { name: /^Administrator.*Goes with no other role/ })).toMatchObject({ disabled: true })
  fireEvent.click(manager)
  expect(words()).toContain('Choose at least one role')
  fireEvent.click(screen.getByRole('checkbox', { name: /^Administrator/ }))
  expect(screen.getByRole('checkbox', { name: /^Support desk.*An administrator has no other role$/ })).toMatchObject({ disabled: true })
  expect(words()).toContain('sees and changes everything')
})

test('a second role beside account manager warns that all customers come into sight, and is sent by its id', async () => {
  answers[`/api/members/${id}/rights`] = { body: member }
  show({ at: 'rights', member })
  fireEvent.click(await screen.findByRole('checkbox', { name: /^Support desk.*Answers customers$/ }))
  expect(words()).toContain('no longer only assigned ones')
  expect(screen.getByRole('checkbox', { name: 'View the operation log' })).toMatchObject({ checked: true })
  press('Save roles')
  await waitFor(() => expect(sent).toEqual([{ url: `/api/members/${id}/rights`, body: { roles: ['manager'], customRoleIds: [supportId], extraPermissions: [], removedPermissions: [], directorId: null } }]))
})

test('a director who stops being one: the managers who lose the director are named', async () => {
  const person = (nameMasked: string, login: string) => ({ customers: 0, monthExpenditure: '0.00', monthPerformance: '0.00', manager: { id: supportId, nameMasked }, login, director: null, isActive: true })
  const none = { customers: 0, monthExpenditure: '0.00', monthPerformance: '0.00' }
  answers['/api/assignments/managers/query'] = { body: { items: [person('周**', 'yifan.zhou')], total: 1, unassigned: none, all: none, asOf: now } }
  show({ at: 'rights', member: { ...member, roles: ['director'] } })
  fireEvent.click(await screen.findByRole('checkbox', { name: /^Account director/ }))
  fireEvent.click(screen.getByRole('checkbox', { name: /^Operator/ }))
  expect(await screen.findByText('This concerns 周** (yifan.zhou)')).toBeTruthy()
})

test('the department is there to be changed, and emptied', async () => {
  answers[`/api/members/${id}`] = { body: details() }
  show({ at: 'edit', member })
  const department = await screen.findByRole<HTMLInputElement>('textbox', { name: 'Department' })
  expect(department.value).toBe('East')
  fill('Department', '')
  press('Save data')
  await waitFor(() => expect(sent).toEqual([{ url: `/api/members/${id}`, body: { department: '' } }]))
})

test('before a member is deleted, the open work is shown; with customers the handover comes first', async () => {
  answers[`/api/members/${id}`] = { body: details() }
  answers['/api/prospects/query'] = { body: { items: [], total: 2, view: null, lookupKinds: [], used: 0, max: 100 } }
  answers['/api/invitations/query'] = { body: { items: [], total: 0, view: null, lookupKinds: [], toCure: 0 } }
  show({ at: 'delete', member })
  expect((await screen.findByText('Reports in progress')).nextElementSibling?.textContent).toBe('4')
  expect(screen.getByRole('link', { name: 'Hand over' })).toBeTruthy()
  sent = []
  answers[`/api/members/${id}`] = { body: {} }
  press('Delete member')
  await waitFor(() => expect(onClose).toHaveBeenCalled())
  expect(sent).toEqual([{ url: `/api/members/${id}`, body: undefined }])
  cleanup()
  show({ at: 'delete', member: { ...member, customers: 3 } })
  expect(screen.queryByRole('button', { name: 'Delete member' })).toBeNull()
  expect(screen.getByRole('link', { name: 'Hand over customers' })).toBeTruthy()
})

test('the authenticators of a lost device are removed after a question', async () => {
  answers[`/api/members/${id}/authenticators/remove`] = { body: { removed: 2 } }
  show({ at: 'authenticators', member, count: 2 })
  expect(words()).toContain('For a lost or changed device.')
  press('Remove authenticators')
  await waitFor(() => expect(onClose).toHaveBeenCalled())
})

test('an export takes the filters of the list', async () => {
  answers['/api/exports'] = problem('export_limit')
  show({ at: 'export' })
  press('Create task')
  await waitFor(() => expect(sent).toEqual([{ url: '/api/exports', body: { request: members.exportRequest, language: 'en-US' } }]))
})
