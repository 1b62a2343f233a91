import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { createMemoryRouter, RouterProvider } from 'react-router'
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { Masked } from '#contract/masked.ts'
import { Permission } from '#contract/people.ts'
import { rememberSession } from '#src/api/credentials.ts'
import { loadRest, startTexts } from '#src/i18n/i18n.ts'
import { AssignmentsPage } from './AssignmentsPage.tsx'
import { ManagedPage } from './ManagedPage.tsx'

// The test browser knows neither media nor sizes.
vi.hoisted(() => {
  globalThis.ResizeObserver = class { observe() { return undefined } unobserve() { return undefined } disconnect() { return undefined } }
  globalThis.matchMedia = (media) => Object.assign(new EventTarget(), { matches: false, media, onchange: null, addListener: () => undefined, removeListener: () => undefined })
})

const now = '2026-11-20T06:00:00.000Z'
const idOf = (number: number) => `0b9c2b0e-3f0a-4a7e-9a53-6f9bb1c1b1${String(number).padStart(2, '0')}`
const zhang = { id: idOf(1), nameMasked: Masked.parse('张**') }
const figures = { customers: 2, monthExpenditure: '48216.40', monthPerformance: '31477.90' }
const manager = { ...figures, manager: zhang, login: 'zhangmy', director: null, isActive: true }
const customer = (number: number, holder: typeof zhang | null = null) => ({
  id: idOf(number), number: `20814588${number}`, nameMasked: '云海***公司', accountNameMasked: 'yunh***07', associationType: 'RESALE', associatedAt: now, mobileMasked: null, emailMasked: null, tag: '', manager: holder,
  monthExpenditure: '0.00', balance: null, budget: null, state: 'NORMAL', freezeCause: null, nextExpiry: null, matched: [],
})
const assigned = (number: number) => ({ id: idOf(number), number: `20814588${number}`, nameMasked: '云海***公司', accountNameMasked: 'yunh***07', associationType: 'RESALE', assignedAt: now, countsFrom: '2026-11-21', monthExpenditure: '0.00', planned: null })
const dates = { countsTo: '2026-11-20', countsFrom: '2026-11-21' }
let answers: Record<string, (body: Record<string, unknown>) => unknown>
let asked: [path: string, body: unknown][]

beforeAll(async () => {
  document.documentElement.lang = 'en-US'
  await startTexts()
  await loadRest()
})
const signIn = (permissions: readonly Permission[]) => rememberSession({
  member: { id: idOf(90), nameMasked: Masked.parse('王*'), initial: '王', roles: ['administrator'], customRoles: [], reach: 'partner', language: 'en-US' }, partner: { id: idOf(99), name: 'Blue Harbor', type: 'CSP', state: 'ACTIVE', verificationOn: true, timeZone: 'Asia/Shanghai' },
  permissions: [...permissions], csrf: 'c', idleEndsAt: now, absoluteEndsAt: now, now, endedOldest: false, embedded: false,
})
beforeEach(() => {
  signIn(Permission.options)
  asked = []
  answers = {
    '/api/preferences': () => ({ lists: {} }),
    '/api/assignments/choices': () => ({ managers: [zhang], directors: [] }),
    '/api/assignments/managers/query': () => ({ items: [manager], total: 1, unassigned: { ...figures, customers: 3 }, all: { ...figures, customers: 5 }, asOf: now }),
    [`/api/assignments/managers/${zhang.id}/customers/query`]: () => ({ items: [assigned(11), assigned(12)], total: 2, view: null, lookupKinds: [], manager }),
    '/api/assignments/preview': ({ customerIds }) => ({ ...dates, items: (Array.isArray(customerIds) ? customerIds : []).map((id: unknown) => ({ id, number: '2081458841', nameMasked: '云海***公司', manager: null })) }),
  }
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : {}
    asked.push([url, body])
    const answer = answers[url]
    if (!answer) throw new TypeError(`network: ${url}`)
    return new Response(JSON.stringify(answer(Object.assign({}, body))))
  })
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

function show(path = '/organization/assignments') {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  const router = createMemoryRouter([{ path: '/organization/assignments', element: <AssignmentsPage /> }, { path: '/organization/assignments/:id', element: <ManagedPage /> }], { initialEntries: [path] })
  render(<QueryClientProvider client={client}><RouterProvider router={router} /></QueryClientProvider>)
}
const bodiesOf = (path: string) => asked.filter(([url]) => url === path).map(([, body]) => body)

test('an administrator sees each manager’s figures and, quietly, what belongs to nobody', async () => {
  show()
  expect(await screen.findByRole('row', { name: /张\*\* ?zhangmy No director 2 48,216\.40 31,477\.90/ })).toBeTruthy()
  expect(screen.getByRole('link', { name: '3 customers' }).getAttribute('href')).toBe('/customers?manager=unassigned')
  expect(screen.getByText('5 customers')).toBeTruthy()
})

test('a director reads no number of unassigned customers, which are not theirs to see, and whose total it is', async () => {
  signIn(['org.view'])
  answers['/api/assignments/managers/query'] = () => ({ items: [manager], total: 1, unassigned: null, all: { ...figures, customers: 2 }, asOf: now })
  show()
  expect(await screen.findByText('Total of your managers')).toBeTruthy()
  expect(screen.queryByText('Unassigned')).toBeNull()
})

test('whoever may only look gets no button that changes anything', async () => {
  signIn(['org.view'])
  show()
  expect(await screen.findByRole('link', { name: 'View customer list' })).toBeTruthy()
  expect(screen.queryByRole('button', { name: /Assign customers|Hand over/ })).toBeNull()
  cleanup()
  signIn([])
  show()
  expect(await screen.findByText('You may not view customer assignment')).toBeTruthy()
})

test('ticks survive a look-up, assigned customers cannot be ticked, and the second step shows the first counting day', async () => {
  answers['/api/customers/query'] = ({ lookup }) => ({ items: lookup ? [customer(21, zhang), customer(22)] : [customer(20)], total: 1, view: null, lookupKinds: [], asOf: now })
  show()
  fireEvent.click(within(await screen.findByRole('row', { name: /zhangmy/ })).getByRole('button', { name: 'Assign customers' }))
  const dialog = within(await screen.findByRole('dialog', { name: 'Assign customers' }))
  fireEvent.click(await dialog.findByRole('checkbox', { name: /2081458820/ }))
  fireEvent.change(dialog.getByRole('textbox', { name: /^Find a customer/ }), { target: { value: 'yun' } })
  const theirs = await dialog.findByRole('checkbox', { name: /2081458821.*Assigned to 张/ })
  expect(theirs).toHaveProperty('disabled', true)
  fireEvent.click(dialog.getByRole('checkbox', { name: /2081458822/ }))
  expect(dialog.getByText('2/100 selected')).toBeTruthy()
  expect(bodiesOf('/api/customers/query')[0]).toMatchObject({ filter: { manager: 'unassigned' } })
  fireEvent.click(dialog.getByRole('button', { name: 'Next' }))
  await waitFor(() => expect(document.activeElement?.textContent).toContain('Step 2 of 2'))
  expect(await dialog.findByText(/2026-11-21 \(China time\)/)).toBeTruthy()
  expect(bodiesOf('/api/assignments/preview')).toEqual([{ customerIds: [idOf(20), idOf(22)] }])
})

test('a reclaim says what ends, what stays, and whose figures have not begun', async () => {
  show(`/organization/assignments/${zhang.id}`)
  await screen.findByRole('row', { name: /2081458811|208145 8811/ })
  fireEvent.click(screen.getByRole('checkbox', { name: 'Select this page' }))
  fireEvent.click(screen.getByRole('button', { name: 'Batch reclaim' }))
  const dialog = within(await screen.findByRole('dialog', { name: 'Reclaim 2 customers' }))
  expect(dialog.getByText(/will no longer belong to account manager 张\*\*; later expenditure and performance no longer count/)).toBeTruthy()
  expect(await dialog.findByText(/^2026-11-20 \(China time\)/)).toBeTruthy()
  expect(dialog.getByText('2 of them have not begun to count yet and count for nothing with this account manager.')).toBeTruthy()
})

test('a handover that runs is followed until it is over', async () => {
  let moved = 0
  const handover = { id: idOf(50), number: 'HO1', from: zhang, to: { id: idOf(2), nameMasked: '李*' }, day: '2026-11-20', customers: 5000, kept: 1, tellsCustomers: false, createdAt: now, doneAt: null, operatorMasked: '王*' }
  answers['/api/handovers/query'] = () => {
    moved += 2500
    return { items: [{ ...handover, moved, state: moved < 5000 ? 'RUNNING' : 'DONE' }], total: 1 }
  }
  show('/organization/assignments?tab=handovers')
  expect(await screen.findByText('2,500 of 5,000 moved', { selector: '.caption' })).toBeTruthy()
  expect(await screen.findByText('Done', { selector: '.tag' })).toBeTruthy()
  expect(screen.queryByRole('progressbar')).toBeNull()
})
