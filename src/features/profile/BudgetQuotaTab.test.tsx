import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, render, screen, within } from '@testing-library/react'
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { loadTextsOf, startTexts } from '#src/i18n/i18n.ts'
import { BudgetQuotaTab } from './BudgetQuotaTab.tsx'

// The theme looks at the system's choice as soon as it is loaded, and the test browser knows no media.
vi.hoisted(() => { globalThis.matchMedia = (media) => Object.assign(new EventTarget(), { matches: false, media, onchange: null, addListener: () => undefined, removeListener: () => undefined }) })

beforeAll(async () => {
  document.documentElement.lang = 'en-US'
  await startTexts()
  await loadTextsOf('partner')
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

test('a reseller reads what was granted, what the budgets come to and what is left; of a quota that was not granted, that', async () => {
  vi.stubGlobal('fetch', async () => new Response(JSON.stringify({ monthly: { granted: '1000.00', used: '1350.00', left: '-350.00' }, oneTime: null }), { status: 200 }))
  render(<QueryClientProvider client={new QueryClient()}><BudgetQuotaTab /></QueryClientProvider>)
  const monthly = await screen.findByRole('region', { name: 'Monthly quota' })
  expect(within(monthly).getAllByRole('definition').map((cell) => cell.textContent)).toEqual(['1,000.00', '−1,350.00', '−350.00'])
  expect(within(screen.getByRole('region', { name: 'One-time quota' })).queryAllByRole('definition')).toEqual([])
  expect(screen.getByText('The distributor has not granted this quota; budgets are not limited by it.')).toBeDefined()
})
