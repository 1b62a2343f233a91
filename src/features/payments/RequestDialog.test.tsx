import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { createMemoryRouter, RouterProvider } from 'react-router'
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { loadTextsOf, startTexts } from '#src/i18n/i18n.ts'
import { RequestDialog } from './RequestDialog.tsx'

// The theme looks at the system's choice as soon as it is loaded, and the test browser knows no media.
vi.hoisted(() => { globalThis.matchMedia = (media) => Object.assign(new EventTarget(), { matches: false, media, onchange: null, addListener: () => undefined, removeListener: () => undefined }) })

const ids = { a: '00000000-0000-4000-8000-00000000000a', b: '00000000-0000-4000-8000-00000000000b', c: '00000000-0000-4000-8000-00000000000c', d: '00000000-0000-4000-8000-00000000000d' }
const item = (id: string, number: string, amount: string, more: object = {}) => ({ id, number, period: '2026-08', programName: 'Referral', programKind: 'sales', amount, isNegative: false, options: ['BANK_TRANSFER', 'VOUCHER_QUOTA'], block: null, requestNumber: null, ...more })
const requestable = {
  items: [item(ids.a, 'IS1', '500.00'), item(ids.b, 'IS2', '200.00', { options: ['VOUCHER_QUOTA'] }), item(ids.c, 'IS3', '-50.00', { isNegative: true })], payable: '650.00', quarterly: '0.00',
  options: [{ option: 'BANK_TRANSFER', isOffered: false, needsInvoice: true, notOfferedBy: ['IS2'] }, { option: 'TOP_UP', isOffered: false, needsInvoice: true, notOfferedBy: ['IS1', 'IS2'] }, { option: 'VOUCHER_QUOTA', isOffered: true, needsInvoice: false, notOfferedBy: [] }],
  blocks: new Array<string>(), businessChecks: [{ step: 'bank', isDone: false }, { step: 'company', isDone: true }], redeemUntil: null,
}
let now: typeof requestable
let sent: unknown[]
let refusal: object

beforeAll(async () => {
  document.documentElement.lang = 'en-US'
  await startTexts()
  await loadTextsOf('payouts')
})
beforeEach(() => {
  now = requestable
  sent = []
  vi.stubGlobal('fetch', async (_url: string, init: RequestInit) => {
    if (init.method === 'GET') return new Response(JSON.stringify(now))
    sent.push(JSON.parse(String(init.body)))
    return new Response(JSON.stringify({ type: 'about:blank', title: 'refused', status: 409, detail: 'Refused.', requestId: 'r-1', ...refusal }), { status: 409 })
  })
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

async function show(wanted: readonly string[] = []) {
  const router = createMemoryRouter([{ path: '*', element: <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}><RequestDialog editId={undefined} wanted={wanted} onClose={() => undefined} /></QueryClientProvider> }])
  render(<RouterProvider router={router} />)
}
const press = async (name: string | RegExp) => fireEvent.click(await screen.findByRole('button', { name }))

test('everything is ticked beforehand, the negative incentive is set off, and an option that a ticked statement lacks says which', async () => {
  await show()
  expect(await screen.findByText('2 of 2 chosen')).toBeTruthy()
  expect(screen.getByText('Not offered for IS2')).toBeTruthy()
  fireEvent.click(screen.getByRole('checkbox', { name: 'Choose statement IS2' }))
  expect(screen.queryByText('Not offered for IS2')).toBeNull()
  // The one option that everything can be paid by was chosen beforehand.
  expect(screen.getByRole('button', { name: 'Request payment of 450.00 CNY' }).getAttribute('aria-disabled')).toBeNull()
})

test('whoever comes from a statement that cannot be requested here finds nothing else ticked in its place', async () => {
  await show([ids.d])
  expect(await screen.findByText('0 of 2 chosen')).toBeTruthy()
})

test('whoever comes from one statement finds only that one ticked', async () => {
  await show([ids.a])
  expect(await screen.findByText('1 of 2 chosen')).toBeTruthy()
})

test('a refused statement is named with its reason and dropped with one press; the rest stays as it was', async () => {
  refusal = { code: 'rows_refused', rows: [{ row: 1, code: 'in_request', message: 'It is in another request.' }] }
  await show()
  fireEvent.click(await screen.findByRole('radio', { name: /Voucher quota/ }))
  await press('Request payment of 650.00 CNY')
  expect(await screen.findByText('IS2: It is in another request.')).toBeTruthy()
  expect(sent).toEqual([{ statementIds: [ids.a, ids.b], option: 'VOUCHER_QUOTA', total: '650.00' }])
  await press('Drop the refused statement')
  expect(await screen.findByRole('button', { name: 'Request payment of 450.00 CNY' })).toBeTruthy()
  await waitFor(() => expect(screen.queryByText('IS2: It is in another request.')).toBeNull())
})

test('a total that is old by now is not requested: the person reloads and keeps the choice', async () => {
  refusal = { code: 'stale' }
  await show()
  fireEvent.click(await screen.findByRole('radio', { name: /Voucher quota/ }))
  await press('Request payment of 650.00 CNY')
  await screen.findByText('The amounts have changed')
  now = { ...requestable, items: requestable.items.slice(0, 2) }
  await press('Reload')
  expect(await screen.findByRole('button', { name: 'Request payment of 700.00 CNY' })).toBeTruthy()
  expect(screen.getByRole<HTMLInputElement>('radio', { name: /Voucher quota/ }).checked).toBe(true)
})

test('without certification there is no form but what is missing', async () => {
  now = { ...requestable, blocks: ['business'] }
  await show()
  expect((await screen.findAllByRole('listitem')).map((one) => one.textContent)).toEqual(['Bank accountMissing'])
  expect(screen.queryByRole('checkbox')).toBeNull()
})
