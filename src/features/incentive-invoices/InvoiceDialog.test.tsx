import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, render, screen } from '@testing-library/react'
import { createMemoryRouter, RouterProvider } from 'react-router'
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { loadTextsOf, startTexts } from '#src/i18n/i18n.ts'
import { InvoiceDialog } from './InvoiceDialog.tsx'

// The theme looks at the system's choice as soon as it is loaded, and the test browser knows no media.
vi.hoisted(() => { globalThis.matchMedia = (media) => Object.assign(new EventTarget(), { matches: false, media, onchange: null, addListener: () => undefined, removeListener: () => undefined }) })

const id = '00000000-0000-4000-8000-00000000000a'
const row = {
  id, requestNumber: 'PR1', at: '2026-11-01T00:00:00.000Z', option: 'BANK_TRANSFER', state: 'PAYING', reason: null, notice: '100.00', toInvoice: '100.00', derivation: null, programKinds: ['sales'], allowedKinds: ['SPECIAL'], isOwed: false,
  list: { isAvailable: true, wait: null, publishedAt: '2026-11-01T00:00:00.000Z' }, invoice: null, may: { fillIn: false, correct: false },
}

beforeAll(async () => {
  document.documentElement.lang = 'en-US'
  await startTexts()
  await loadTextsOf('payouts')
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

test.each([
  ['2026-03', '2026-03', 'Request PR1, period Mar 2026'], ['2026-03', '2026-05', 'Request PR1, period Mar 2026 to May 2026'],
])('whoever follows a link to an invoice that was handed in meanwhile reads where it stands, for all its months (%s, %s)', async (periodFrom, periodTo, words) => {
  vi.stubGlobal('fetch', async () => new Response(JSON.stringify({ ...row, periodFrom, periodTo })))
  render(<RouterProvider router={createMemoryRouter([{ path: '*', element: <QueryClientProvider client={new QueryClient()}><InvoiceDialog id={id} onClose={() => undefined} /></QueryClientProvider> }])} />)
  expect(await screen.findByText(words)).toBeTruthy()
  expect(screen.getByText('Being paid')).toBeTruthy()
})
