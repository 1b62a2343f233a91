import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { createMemoryRouter, RouterProvider } from 'react-router'
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { Masked } from '#contract/masked.ts'
import type { Member } from '#contract/members.ts'
import { Permission } from '#contract/people.ts'
import { rememberSession } from '#src/api/credentials.ts'
import { loadRest, startTexts } from '#src/i18n/i18n.ts'
import { MemberDialogs } from './MemberDialogs.tsx'
import type { Open } from './open.ts'

vi.hoisted(() => { globalThis.matchMedia = (media) => Object.assign(new EventTarget(), { matches: false, media, onchange: null, addListener: () => undefined, removeListener: () => undefined }) })

const id = '0b9c2b0e-3f0a-4a7e-9a53-6f9bb1c1b111'
const directorId = '0b9c2b0e-3f0a-4a7e-9a53-6f9bb1c1b112'
const now = '2026-11-20T06:00:00.000Z'
const member: Member = {
  id, nameMasked: Masked.parse('林*'), login: 'lin.wei', mobileMasked: null, emailMasked: Masked.parse('l***@partner.example'), role: 'manager', extraPermissions: [], removedPermissions: [], director: null, customers: 0,
  state: 'ACTIVE', lastSignInAt: null, createdAt: now, language: 'en-US', signIns: 0, lockedUntil: null, isSelf: false, isLastAdministrator: false,
}
const roles = {
  roles: [
    { role: 'administrator', has: Permission.options, mayGet: [] }, { role: 'director', has: ['home.view', 'org.view'], mayGet: [] },
    { role: 'manager', has: ['home.view', 'customer.view', 'customer.tag'], mayGet: ['funds.allocate'] }, { role: 'operator', has: ['home.view'], mayGet: ['customer.view'] },
  ],
  directors: [{ id: directorId, nameMasked: '陈**' }],
}
type Answer = { status?: number; body: unknown }
let answers: Record<string, Answer>
let sent: { url: string; body: unknown }[]
const problem = (code: string, more = {}): Answer => ({ status: 400, body: { type: 'about:blank', title: code, status: 400, code, detail: `refused: ${code}`, requestId: 'r-1', ...more } })

beforeAll(async () => {
  document.documentElement.lang = 'en-US'
  await startTexts()
  await loadRest()
})
beforeEach(() => {
  sent = []
  answers = { '/api/members/roles': { body: roles } }
  rememberSession({
    member: { id: directorId, nameMasked: Masked.parse('王*'), initial: '王', roles: ['administrator'], language: 'en-US' }, partner: { id, name: 'Blue Harbor', type: 'CSP', state: 'ACTIVE', verificationOn: true, timeZone: 'Asia/Shanghai' },
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
function show(open: Open) {
  onClose.mockClear()
  const router = createMemoryRouter([{ path: '*', element: <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}><MemberDialogs open={open} onClose={onClose} /></QueryClientProvider> }])
  render(<RouterProvider router={router} />)
}
const press = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }))
const fill = (name: string, value: string) => fireEvent.change(screen.getByRole('textbox', { name }), { target: { value } })
const words = () => document.body.textContent ?? ''

test('a new manager gets data, a director and an extra permission; what the role has cannot be unticked', async () => {
  answers['/api/members'] = { body: { member, sentTo: 'l***@partner.example', url: null, expiresAt: '2026-11-21T06:00:00.000Z' } }
  show({ at: 'create' })
  fill('Login name', 'lin.wei')
  fill('Name', 'Lin Wei')
  fill('Email', 'lin@partner.example')
  press('Next')
  const tag = await screen.findByRole('checkbox', { name: 'Edit customer tags' })
  expect(tag).toMatchObject({ checked: true, disabled: true })
  fireEvent.click(screen.getByRole('checkbox', { name: 'Allocate to customers' }))
  fireEvent.change(screen.getByRole('combobox', { name: 'Director' }), { target: { value: directorId } })
  press('Create member')
  expect(await screen.findByText('A link to set the password was sent to l***@partner.example.')).toBeTruthy()
  expect(sent).toEqual([{ url: '/api/members', body: { login: 'lin.wei', name: 'Lin Wei', email: 'lin@partner.example', language: 'en-US', role: 'manager', extraPermissions: ['funds.allocate'], directorId } }])
})

test('without any contact nobody gets to the second step', async () => {
  show({ at: 'create' })
  fill('Login name', 'lin.wei')
  fill('Name', 'Lin Wei')
  press('Next')
  expect(await screen.findByText('Enter a mobile or an email')).toBeTruthy()
  expect(screen.queryByRole('radio')).toBeNull()
})

test('a login name that is taken is told at its field, on the first step', async () => {
  answers['/api/members'] = problem('invalid_input', { fields: [{ path: 'login', code: 'login_taken', message: 'taken' }] })
  show({ at: 'create' })
  fill('Login name', 'lin.wei')
  fill('Name', 'Lin Wei')
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
  press('Save role and rights')
  await waitFor(() => expect(sent).toEqual([{ url: `/api/members/${id}/rights`, body: { role: 'manager', extraPermissions: [], removedPermissions: ['customer.tag'], directorId } }]))
})

test('a manager with customers keeps the role until they are handed over', async () => {
  show({ at: 'rights', member: { ...member, customers: 3 } })
  fireEvent.click(await screen.findByRole('radio', { name: /^Operator/ }))
  expect(words()).toContain('Hand them over before the role changes.')
  press('Save role and rights')
  expect(sent).toEqual([])
})

test('a manager with customers is not disabled: the way to the handover stands in place of the question', () => {
  show({ at: 'disable', member: { ...member, customers: 3 } })
  expect(screen.queryByRole('button', { name: 'Disable member' })).toBeNull()
  expect(screen.getByRole('link', { name: 'Hand over customers' }).getAttribute('href')).toBe('/organization/assignments')
})

test('what the server refuses is told in the question, which stays', async () => {
  answers[`/api/members/${id}/state`] = problem('conflict')
  show({ at: 'disable', member })
  press('Disable member')
  expect(await screen.findByText('refused: conflict')).toBeTruthy()
  expect(onClose).not.toHaveBeenCalled()
})
