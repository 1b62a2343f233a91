import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { createMemoryRouter, Link, Outlet, RouterProvider } from 'react-router'
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { loadTextsOf, startTexts } from '#src/i18n/i18n.ts'
import { BillsTab } from './BillsTab.tsx'
import { NoticesTab } from './NoticesTab.tsx'

// The theme looks at the system's choice as soon as it is loaded, and the test browser knows no media.
vi.hoisted(() => { globalThis.matchMedia = (media) => Object.assign(new EventTarget(), { matches: false, media, onchange: null, addListener: () => undefined, removeListener: () => undefined }) })

const all = { sms: true, email: true, inApp: true }
const template = { balance: all, expiry: all, security: all, product: all }
let kept: Record<string, { version: number } & Record<string, unknown>>
let sent: unknown[]

beforeAll(async () => {
  document.documentElement.lang = 'en-US'
  await startTexts()
  await loadTextsOf('partner')
})
beforeEach(() => {
  sessionStorage.clear()
  sent = []
  kept = { '/api/customer-notices': { isTakenOver: false, template, customers: 2, version: 1 }, '/api/customer-bills': { areShown: true, amounts: 'none', customers: 2, version: 1 } }
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const now = kept[url]
    if (!now) throw new TypeError(`network: ${url}`)
    if (init.method === 'GET') return new Response(JSON.stringify(now))
    const { version, ...body } = JSON.parse(String(init.body))
    sent.push({ version, ...body })
    if (version !== now.version) return new Response(JSON.stringify({ type: 'about:blank', title: 'stale', status: 409, code: 'stale', detail: 'changed meanwhile', requestId: 'r-1' }), { status: 409 })
    kept[url] = { ...now, ...body, version: version + 1 }
    return new Response(JSON.stringify(kept[url]))
  })
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

function show(tab: 'notices' | 'bills') {
  const router = createMemoryRouter([{ path: '*', element: <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}><Link to="?tab=other">elsewhere</Link>{tab === 'notices' ? <NoticesTab /> : <BillsTab />}<Outlet /></QueryClientProvider> }], { initialEntries: ['/profile'] })
  render(<RouterProvider router={router} />)
  return router
}
const press = async (name: string) => fireEvent.click(await screen.findByRole('button', { name }))

test('a colleague saved other notices first: the own choice stays in sight, and saving it over theirs sends exactly that', async () => {
  show('notices')
  fireEvent.click(await screen.findByRole('switch'))
  fireEvent.click(screen.getByRole('checkbox', { name: 'Product: SMS' }))
  expect(screen.getByText('Saving applies it to 2 resale customers at once', { exact: false })).toBeTruthy()
  kept['/api/customer-notices'] = { isTakenOver: true, template, customers: 2, version: 5 }
  await press('Save customer notices')
  await screen.findByText('Somebody else has just saved something', { exact: false })
  expect(screen.getByRole<HTMLInputElement>('checkbox', { name: 'Product: SMS' }).checked).toBe(false)
  await press('Save mine instead')
  await waitFor(() => expect(sent[1]).toEqual({ isTakenOver: true, template: { ...template, product: { ...all, sms: false } }, version: 5 }))
  await waitFor(() => expect(screen.getByRole('button', { name: 'Save customer notices' }).getAttribute('aria-disabled')).toBe('true'))
})

test('taking theirs gives up the own choice, and there is nothing left to save', async () => {
  show('bills')
  fireEvent.click(await screen.findByRole('switch'))
  kept['/api/customer-bills'] = { areShown: true, amounts: 'list', customers: 2, version: 3 }
  await press('Save customer bills')
  await press('Use what is saved')
  await waitFor(() => expect(screen.getByRole<HTMLInputElement>('radio', { name: /^List price/ }).checked).toBe(true))
  expect(screen.getByRole('switch').getAttribute('aria-checked')).toBe('true')
  expect(sent).toEqual([{ areShown: false, amounts: 'none', version: 1 }])
  expect(screen.getByRole('button', { name: 'Save customer bills' }).getAttribute('aria-disabled')).toBe('true')
})

test('another tab of the page is not opened over a changed form without asking', async () => {
  const router = show('bills')
  fireEvent.click(await screen.findByRole('switch'))
  fireEvent.click(screen.getByText('elsewhere'))
  await press('Keep editing')
  expect(router.state.location.search).toBe('')
  fireEvent.click(screen.getByText('elsewhere'))
  await press('Discard and leave')
  await waitFor(() => expect(router.state.location.search).toBe('?tab=other'))
})
