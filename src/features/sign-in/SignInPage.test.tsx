import { act, cleanup, render, screen } from '@testing-library/react'
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { startTexts, switchLanguage } from '#src/i18n/i18n.ts'
import { SignInPage } from './SignInPage.tsx'

// The theme looks at the system's choice as soon as it is loaded, and the test browser knows no media.
vi.hoisted(() => { globalThis.matchMedia = (media) => Object.assign(new EventTarget(), { matches: false, media, onchange: null, addListener: () => undefined, removeListener: () => undefined }) })

let ways: { unified: { name: string } | null } | 'lost'
let asked: string[]
beforeAll(async () => {
  document.documentElement.lang = 'en-US'
  await startTexts()
})
beforeEach(() => {
  ways = { unified: { name: 'Harbor ID' } }
  asked = []
  history.replaceState(null, '', '/sign-in')
  vi.stubGlobal('fetch', async (url: string) => {
    asked.push(url)
    if (ways === 'lost' || url !== '/api/session/ways') throw new TypeError('network')
    return new Response(JSON.stringify(ways))
  })
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const settle = () => act(() => vi.dynamicImportSettled())

test('with a unified ID its link leads, to the page that was asked for, and the password follows for accounts that were not upgraded', async () => {
  history.replaceState(null, '', '/sign-in?next=%2Fcustomers%3Fpage%3D2')
  render(<SignInPage />)
  // The password is there at once, whatever the server says later.
  const password = screen.getByLabelText('Password')
  const link = await screen.findByRole('link', { name: 'Sign in with Harbor ID' })
  expect(link.getAttribute('href')).toBe('/api/session/unified?next=%2Fcustomers%3Fpage%3D2')
  expect(link.compareDocumentPosition(password) & Node.DOCUMENT_POSITION_FOLLOWING).toBeTruthy()
  expect([link.className, screen.getByRole('button', { name: 'Sign in' }).className]).toEqual([expect.stringContaining('primary'), expect.not.stringContaining('primary')])
  expect(screen.getByRole('heading', { name: 'Accounts that were not upgraded' })).toBeTruthy()
})

test.each([['no unified ID', { unified: null }], ['a server that does not answer', 'lost' as const]])('with %s the page is the one with the password', async (_what, answer) => {
  ways = answer
  render(<SignInPage />)
  await settle()
  expect(screen.queryByRole('link', { name: /Sign in with/ })).toBeNull()
  expect(screen.getByRole('button', { name: 'Sign in' }).className).toContain('primary')
  expect(asked).toEqual(['/api/session/ways'])
})

test('why somebody came back is said once, in both languages', async () => {
  const said = { unlinked: /not linked/, cancelled: /cancelled/, expired: /no longer valid/, disabled: /disabled/, unreachable: /cannot be reached/, refused: /could not be confirmed/, limit: /Too many/ }
  for (const [trouble, sentence] of Object.entries(said)) {
    history.replaceState(null, '', `/sign-in?unified=${trouble}&next=%2Ffunds`)
    render(<SignInPage />)
    expect((await screen.findByText(sentence)).textContent).not.toContain('unified.')
    // A reload starts anew.
    expect(location.search).toBe('?next=%2Ffunds')
    await act(() => switchLanguage('zh-CN'))
    expect(screen.queryByText(sentence)).toBeNull()
    expect(document.querySelector('.note')?.textContent).toMatch(/[。]$/)
    await act(() => switchLanguage('en-US'))
    cleanup()
  }
})

test('what somebody else wrote into the address is not shown, and leads nowhere else', async () => {
  history.replaceState(null, '', '/sign-in?unified=%3Cb%3Ecall%20this%20number&next=//e.example')
  render(<SignInPage />)
  const link = await screen.findByRole('link', { name: 'Sign in with Harbor ID' })
  expect(link.getAttribute('href')).toBe('/api/session/unified?next=%2F')
  expect(document.body.textContent).not.toContain('call this number')
  expect(document.querySelector('.note')).toBeNull()
})
