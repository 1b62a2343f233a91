import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { createMemoryRouter, RouterProvider } from 'react-router'
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { loadTextsOf, startTexts } from '#src/i18n/i18n.ts'
import { ContactsTab } from './ContactsTab.tsx'

// The theme looks at the system's choice as soon as it is loaded, and the test browser knows no media.
vi.hoisted(() => { globalThis.matchMedia = (media) => Object.assign(new EventTarget(), { matches: false, media, onchange: null, addListener: () => undefined, removeListener: () => undefined }) })

const zhou = { name: '周敏', mobile: '+8613800138000', email: '', remark: '' }
const he = { name: '何安', mobile: '', email: 'he.an@partner.example', remark: '' }
let kept: { items: (typeof zhou)[]; version: number }
let sent: unknown[]
let refuse: { status: number; body: object } | undefined

beforeAll(async () => {
  document.documentElement.lang = 'en-US'
  await startTexts()
  await loadTextsOf('partner')
})
beforeEach(() => {
  kept = { items: [zhou, he], version: 1 }
  sent = []
  refuse = undefined
  vi.stubGlobal('fetch', async (_url: string, init: RequestInit) => {
    if (init.method === 'GET') return new Response(JSON.stringify({ ...kept, max: 5 }))
    const body = JSON.parse(String(init.body))
    sent.push(body)
    if (refuse) return new Response(JSON.stringify(refuse.body), { status: refuse.status })
    if (body.version !== kept.version) return new Response(JSON.stringify({ type: 'about:blank', title: 'stale', status: 409, code: 'stale', detail: 'changed meanwhile', requestId: 'r-1' }), { status: 409 })
    kept = { items: body.items, version: kept.version + 1 }
    return new Response(JSON.stringify({ ...kept, max: 5 }))
  })
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

async function show() {
  const router = createMemoryRouter([{ path: '*', element: <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}><ContactsTab /></QueryClientProvider> }])
  render(<RouterProvider router={router} />)
  await screen.findByRole('group', { name: 'Contact 1' })
}
const press = async (name: string) => fireEvent.click(await screen.findByRole('button', { name }))
const names = () => screen.getAllByLabelText(/^Name/).map((field) => (field instanceof HTMLInputElement ? field.value : ''))
const preview = () => screen.getByRole('figure')

test('moving a contact changes what customers see first, and saving sends all of them with the version that was read', async () => {
  await show()
  await press('Move down 周敏')
  await waitFor(() => expect(names()).toEqual(['何安', '周敏']))
  expect(within(preview()).getAllByRole('listitem').map((one) => one.textContent)).toEqual(['何安he.an@partner.example', '周敏138 0013 8000'])
  await waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toBe('Move down 周敏'))
  await press('Save customer contacts')
  await waitFor(() => expect(sent).toEqual([{ items: [he, zhou], version: 1 }]))
  // What was saved is the new beginning: there is nothing left to save.
  await waitFor(() => expect(screen.getByRole('button', { name: 'Save customer contacts' }).getAttribute('aria-disabled')).toBe('true'))
})

test('a colleague was quicker: the person reads what is saved, and takes it or saves the own contacts over it', async () => {
  await show()
  await press('Remove 周敏')
  await waitFor(() => expect(names()).toEqual(['何安']))
  kept = { items: [zhou], version: 7 }
  await press('Save customer contacts')
  const notice = await screen.findByText('What is saved: 周敏')
  expect(names()).toEqual(['何安'])
  expect(document.activeElement?.contains(notice)).toBe(true)
  await press('Save mine instead')
  await waitFor(() => expect(kept).toEqual({ items: [he], version: 8 }))
  expect(sent).toHaveLength(2)

  await press('Add a contact')
  kept = { items: [zhou], version: 9 }
  fireEvent.change((await screen.findAllByLabelText(/^Name/))[1] ?? document.body, { target: { value: '林' } })
  fireEvent.change(screen.getAllByLabelText('Email')[1] ?? document.body, { target: { value: 'lin@partner.example' } })
  await press('Save customer contacts')
  await press('Use what is saved')
  await waitFor(() => expect(names()).toEqual(['周敏']))
  expect(kept.version).toBe(9)
})

test('what the server finds wrong is said at its field', async () => {
  refuse = { status: 400, body: { type: 'about:blank', title: 'x', status: 400, code: 'invalid_input', detail: 'x', requestId: 'r-1', fields: [{ path: 'items.1.email', code: 'email', message: '' }] } }
  await show()
  fireEvent.change(screen.getAllByLabelText('Email')[1] ?? document.body, { target: { value: 'he.an@partner' } })
  await press('Save customer contacts')
  await waitFor(() => expect(screen.getAllByLabelText('Email')[1]?.getAttribute('aria-invalid')).toBe('true'))
  expect(names()).toEqual(['周敏', '何安'])
})
