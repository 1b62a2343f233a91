import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { startTexts } from '#src/i18n/i18n.ts'
import { SetUpPage } from './SetUpPage.tsx'

// The theme looks at the system's choice as soon as it is loaded, and the test browser knows no media.
vi.hoisted(() => { globalThis.matchMedia = (media) => Object.assign(new EventTarget(), { matches: false, media, onchange: null, addListener: () => undefined, removeListener: () => undefined }) })

beforeAll(async () => {
  document.documentElement.lang = 'en-US'
  await startTexts()
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

test('whoever chooses a common password behind a link reads at the field that it is one, and chooses another', async () => {
  const problem = { type: 'about:blank', title: 'invalid_input', status: 400, code: 'invalid_input', detail: 'Correct what is marked.', requestId: 'r-1', fields: [{ path: 'password', code: 'password', message: 'Too common.' }] }
  vi.stubGlobal('fetch', async () => new Response(JSON.stringify(problem), { status: 400 }))
  render(<SetUpPage />)
  for (const label of ['New password', 'New password again']) fireEvent.change(screen.getByLabelText(label), { target: { value: '12345678' } })
  fireEvent.click(screen.getByRole('button', { name: 'Set password' }))
  await screen.findByText('Too common.')
  expect(document.activeElement).toBe(screen.getByLabelText('New password'))
  expect(screen.queryByText('Correct what is marked.')).toBeNull()
  vi.stubGlobal('fetch', async () => new Response(JSON.stringify({ account: 'blue-harbor', member: 'lin.wei' })))
  for (const label of ['New password', 'New password again']) fireEvent.change(screen.getByLabelText(label), { target: { value: 'a long pass phrase' } })
  fireEvent.click(screen.getByRole('button', { name: 'Set password' }))
  await screen.findByText(/blue-harbor/)
})
