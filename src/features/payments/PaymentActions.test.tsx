import { cleanup, render, screen } from '@testing-library/react'
import { createMemoryRouter, RouterProvider } from 'react-router'
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import type { Payment } from '#contract/incentive-payments.ts'
import { loadTextsOf, startTexts } from '#src/i18n/i18n.ts'
import { PaymentCure } from './PaymentActions.tsx'

vi.hoisted(() => { globalThis.matchMedia = (media) => Object.assign(new EventTarget(), { matches: false, media, onchange: null, addListener: () => undefined, removeListener: () => undefined }) })
vi.mock('#src/session/use-session.ts', () => ({ useCan: () => true }))

beforeAll(async () => {
  document.documentElement.lang = 'en-US'
  await startTexts()
  await loadTextsOf('payouts')
})
afterEach(cleanup)

test.each([
  ['BANK_TRANSFER', 1], ['TOP_UP', 0],
] as const)('whoever sees a failed payment is offered new bank data only where it goes to the bank: %s', (option: Payment['option'], offers) => {
  const row = { id: '00000000-0000-4000-8000-00000000000a', state: 'PAYMENT_FAILED' as const, option, quarter: null, may: { edit: false, invoice: false, withdraw: true } }
  render(<RouterProvider router={createMemoryRouter([{ path: '*', element: <PaymentCure row={row} /> }])} />)
  expect(screen.queryAllByRole('link', { name: 'Update bank data' })).toHaveLength(offers)
})
