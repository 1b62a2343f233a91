import { renderHook } from '@testing-library/react'
import { beforeAll, expect, test, vi } from 'vitest'
import { loadTextsOf, startTexts } from '#src/i18n/i18n.ts'
import { useInvoiceColumns } from './use-invoice-columns.tsx'

// The theme looks at the system's choice as soon as it is loaded, and the test browser knows no media.
vi.hoisted(() => { globalThis.matchMedia = (media) => Object.assign(new EventTarget(), { matches: false, media, onchange: null, addListener: () => undefined, removeListener: () => undefined }) })

beforeAll(async () => {
  document.documentElement.lang = 'en-US'
  await startTexts()
  await loadTextsOf('payouts')
})

test('whoever sees invoices in the order of their requests finds the arrow there, not at the period', () => {
  const { result } = renderHook(() => useInvoiceColumns())
  expect(result.current.filter(({ sort }) => sort !== undefined).map(({ header, sort }) => [header, sort])).toEqual([['Request number', 'at']])
})
