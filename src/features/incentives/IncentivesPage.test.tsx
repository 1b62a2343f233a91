import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { createMemoryRouter, RouterProvider } from 'react-router'
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { type Bar, BarKey } from '#contract/incentives.ts'
import { Masked } from '#contract/masked.ts'
import { fromMinor } from '#contract/money.ts'
import { Permission } from '#contract/people.ts'
import { rememberSession } from '#src/api/credentials.ts'
import { loadTextsOf, startTexts } from '#src/i18n/i18n.ts'
import { IncentivesPage } from './IncentivesPage.tsx'
import { statement } from './testing-statements.ts'

// The test browser knows neither media nor sizes.
vi.hoisted(() => {
  globalThis.ResizeObserver = class { observe() { return undefined } unobserve() { return undefined } disconnect() { return undefined } }
  globalThis.matchMedia = (media) => Object.assign(new EventTarget(), { matches: false, media, onchange: null, addListener: () => undefined, removeListener: () => undefined })
})

const now = '2026-11-20T06:00:00.000Z'
const idOf = (number: number) => `0b9c2b0e-3f0a-4a7e-9a53-6f9bb1c1b1${String(number).padStart(2, '0')}`
const [first, second] = [statement({ id: idOf(1), number: 'IS261101' }), statement({ id: idOf(2), number: 'IS261102', isNegative: true, amount: fromMinor(-50_00n) })]
const figures = { amount: '1184.50', payable: '0.00', frozen: '0.00', inPayment: '0.00', paidThisYear: '0.00' }
const bars: Bar[] = BarKey.options.map((key) => ({ key, amount: fromMinor(key === 'performance' ? 1_234_50n : key === 'unconfirmed' ? -1_234_50n : 0n) }))
const deadline = { until: '2026-12-14T16:00:00.000Z', day: '2026-12-14', workingDaysLeft: 4, isProvisional: true, onDeadline: 'LAPSE', count: 2, amount: '1184.50' }
let answers: Record<string, (body: Record<string, unknown>) => unknown>
let asked: [path: string, body: unknown][]

beforeAll(async () => {
  document.documentElement.lang = 'en-US'
  await startTexts()
  await loadTextsOf('incentivePages')
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
    '/api/business': () => ({ id: null, state: 'NOT_SUBMITTED', reason: null, checks: [{ step: 'company_data', isDone: true }, { step: 'company', isDone: false }], isSettlementPossible: false, companyName: 'Blue Harbor', creditCode: '', submitted: null, test: null, mayEdit: true }),
    '/api/incentives/overview': () => ({ figures: { ...figures, bars }, deadlines: [deadline], nextPeriod: '2026-11', opportunity: 'hidden', asOf: now }),
    '/api/incentives/choices': () => ({ years: [2026], periods: ['2026-10'], programs: [], productTypes: [], managers: [] }),
    '/api/incentives/statements/query': () => ({ items: [first, second], total: 2, amount: '1184.50', nextPeriod: '2026-11', asOf: now }),
    '/api/incentives/confirmations/preview': () => ({ items: [first, second], total: '1184.50' }),
  }
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : {}
    asked.push([url, body])
    const answer = answers[url]
    if (!answer) throw new TypeError(`network: ${url}`)
    const given = answer(Object.assign({}, body))
    return given instanceof Response ? given : new Response(JSON.stringify(given))
  })
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

function show(path = '/incentives') {
  const router = createMemoryRouter([{ path: '/incentives', element: <IncentivesPage /> }, { path: '*', element: <p>elsewhere</p> }], { initialEntries: [path] })
  render(<QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}><RouterProvider router={router} /></QueryClientProvider>)
  return router
}
const bodiesOf = (path: string) => asked.filter(([url]) => url === path).map(([, body]) => body)
const refuse = (problem: object) => new Response(JSON.stringify({ type: 'about:blank', title: 'Refused', status: 409, detail: 'Not possible.', requestId: 'r1', ...problem }), { status: 409, headers: { 'Content-Type': 'application/problem+json' } })

test('every bar of the chart opens its lines by name and amount, the table has the others, too, and the deadline says what happens then', async () => {
  show()
  const bar = await screen.findByRole('link', { name: 'Performance 1,234.50 CNY, view lines' })
  expect(bar.getAttribute('href')).toBe('/incentives?tab=lines&bar=performance')
  const table = within(screen.getByRole('table', { name: 'Figures of the chart' }))
  expect(table.getAllByRole('row')).toHaveLength(1 + BarKey.options.length + 1)
  expect(table.getByRole('row', { name: /^Lapsed .* 0\.00$/ })).toBeTruthy()
  expect(screen.getByText('lapses unless confirmed')).toBeTruthy()
  expect(screen.getByText('4 working days left', { exact: false })).toBeTruthy()
  expect(screen.getByText('2026-12-14 24:00 (China time)')).toBeTruthy()
  expect(screen.getByText('Provisional', { selector: '.tag' })).toBeTruthy()
})

test('a partner that is not certified reads the next step and where it is done', async () => {
  show()
  expect(await screen.findByText(/Next step: fill in the company/)).toBeTruthy()
  expect(screen.getByRole('link', { name: 'Go to business certification' }).getAttribute('href')).toBe('/profile/business')
})

test.each([
  ['FAILED', /Next step: correct what the reason names/], ['LOCKED', /Next step: open a ticket/],
])('a partner whose certification is %s reads what helps, not the first step of all', async (state, words) => {
  const before = answers['/api/business']
  answers['/api/business'] = () => ({ ...Object(before?.({})), state })
  show()
  expect(await screen.findByText(words)).toBeTruthy()
})

test('an account manager sees what waits and no figures of the partner, and nobody without the permission sees anything', async () => {
  answers['/api/incentives/overview'] = () => ({ figures: null, deadlines: [deadline], nextPeriod: '2026-11', opportunity: 'switch', asOf: now })
  signIn(['incentive.view'])
  show()
  expect(await screen.findByText(/What your company can request is shown to administrators/)).toBeTruthy()
  expect(screen.queryByText('Payable')).toBeNull()
  expect(screen.queryByText('Request payment')).toBeNull()
  expect(bodiesOf('/api/business')).toEqual([])
  expect(screen.getByText(/Switch to that account/)).toBeTruthy()
  cleanup()
  signIn([])
  show()
  expect(await screen.findByText('You may not view incentives')).toBeTruthy()
})

test('who confirms one statement sees every other one of its month before, and confirms exactly what was shown', async () => {
  answers['/api/incentives/confirmations'] = () => ({ count: 2, total: '1184.50' })
  show('/incentives?tab=statements')
  fireEvent.click(within(await screen.findByRole('row', { name: /IS261101/ })).getByRole('button', { name: 'Confirm' }))
  const dialog = within(await screen.findByRole('dialog', { name: 'Confirm 2 incentive statements' }))
  expect(dialog.getByText(/1 more was added/)).toBeTruthy()
  expect(dialog.getByRole('row', { name: /Resale performance ?IS261102 · Resale.*Oct 2026 −50\.00/ })).toBeTruthy()
  fireEvent.click(dialog.getByRole('button', { name: 'Confirm 2 statements, 1,184.50 CNY' }))
  await waitFor(() => expect(bodiesOf('/api/incentives/confirmations')).toEqual([{ statementIds: [first.id, second.id] }]))
  expect(bodiesOf('/api/incentives/confirmations/preview')[0]).toEqual({ statementIds: [first.id] })
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
})

test('whoever is told that the month has grown meanwhile checks it again instead of pressing the same button', async () => {
  answers['/api/incentives/confirmations'] = () => refuse({ code: 'conflict', facts: { missing: 'IS261103' } })
  show('/incentives?tab=statements')
  fireEvent.click(within(await screen.findByRole('row', { name: /IS261101/ })).getByRole('button', { name: 'Confirm' }))
  fireEvent.click(await screen.findByRole('button', { name: /^Confirm 2 statements/ }))
  fireEvent.click(await screen.findByRole('button', { name: 'Check again' }))
  expect(await screen.findByRole('button', { name: /^Confirm 2 statements/ })).toBeTruthy()
  expect(bodiesOf('/api/incentives/confirmations/preview')).toHaveLength(2)
})

test('refused statements are named with their reason', async () => {
  answers['/api/incentives/confirmations'] = () => refuse({ code: 'rows_refused', rows: [{ row: 1, code: 'statement_lapsed', message: 'Lapsed.' }] })
  show('/incentives?tab=statements')
  fireEvent.click(within(await screen.findByRole('row', { name: /IS261101/ })).getByRole('button', { name: 'Confirm' }))
  fireEvent.click(await screen.findByRole('button', { name: /^Confirm 2 statements/ }))
  expect(await screen.findByText('IS261102: Lapsed.')).toBeTruthy()
})

test('filters stand in the address and in the question, yes and no included', async () => {
  show('/incentives?tab=statements&isFrozen=true&period=2026-10&year=nonsense')
  await screen.findByRole('row', { name: /IS261101/ })
  expect(bodiesOf('/api/incentives/statements/query')[0]).toMatchObject({ filter: { isFrozen: true, period: '2026-10' } })
  expect(await screen.findByRole('button', { name: /^Period ?Oct 2026/ })).toBeTruthy()
})

test('an empty list names the month whose statements come next', async () => {
  answers['/api/incentives/statements/query'] = () => ({ items: [], total: 0, amount: '0.00', nextPeriod: '2026-11', asOf: now })
  show('/incentives?tab=statements')
  expect(await screen.findByText(/next statements are those of Nov 2026/)).toBeTruthy()
})
