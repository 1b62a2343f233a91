import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { createMemoryRouter, RouterProvider } from 'react-router'
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { Masked } from '#contract/masked.ts'
import type { Session } from '#contract/session.ts'
import { presentSession, rememberSession } from '#src/api/credentials.ts'
import { loadRest, startTexts } from '#src/i18n/i18n.ts'
import { serverNow } from '#src/lib/clock.ts'
import { signInAgain } from '#src/session/sign-in-again.ts'
import { useSession } from '#src/session/use-session.ts'
import type * as Dialog from './SignInAgain.tsx'

vi.hoisted(() => { globalThis.matchMedia = (media) => Object.assign(new EventTarget(), { matches: false, media, onchange: null, addListener: () => undefined, removeListener: () => undefined }) })

const [first, second] = ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'] as const
function sessionOf(id: string, csrf: string): Session {
  const now = new Date(serverNow()).toISOString()
  return {
    member: { id, nameMasked: Masked.parse('L**'), initial: 'L', roles: ['administrator'], customRoles: [], reach: 'partner', language: 'en-US' },
    partner: { id: '00000000-0000-4000-8000-00000000000b', name: 'Blue Harbor', type: 'DISTRIBUTOR', state: 'ACTIVE', verificationOn: true, timeZone: 'Asia/Shanghai' },
    permissions: [], csrf, idleEndsAt: now, absoluteEndsAt: now, now, endedOldest: false, embedded: false,
  }
}

let SignInAgain: typeof Dialog.SignInAgain
let sent: { method: string; csrf: string | null }[]
let whoSignsIn: string
/** Lets the sign-out that is on its way be answered. */
let answerSignOut: () => void

beforeAll(async () => {
  document.documentElement.lang = 'en-US'
  await startTexts()
  await loadRest()
  // As in the console: when somebody has to sign in again, long after the first texts.
  SignInAgain = (await import('./SignInAgain.tsx')).SignInAgain
})
beforeEach(() => {
  sent = []
  rememberSession(sessionOf(first, 'of the first'))
  vi.stubGlobal('fetch', async (_: string, init: RequestInit) => {
    // How one may sign in here is asked beside it.
    if (init.method === 'GET') return new Response(JSON.stringify({ unified: null }), { status: 200 })
    sent.push({ method: init.method ?? '', csrf: new Headers(init.headers).get('X-CSRF') })
    if (init.method === 'DELETE') await new Promise<void>((resolve) => { answerSignOut = resolve })
    return new Response(JSON.stringify(init.method === 'DELETE' ? {} : sessionOf(whoSignsIn, `of ${whoSignsIn}`)), { status: 200 })
  })
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

/** As the page shows it: for whoever it takes for signed in. */
function OverThePage() {
  return <SignInAgain memberId={useSession().member.id} />
}

/** @returns what tells whether the waiting call went on. */
function open() {
  const goesOn = vi.fn<() => void>()
  void signInAgain().then(goesOn)
  render(<RouterProvider router={createMemoryRouter([{ path: '/', element: <OverThePage /> }])} />)
  for (const [label, value] of [['Account', 'blue-harbor'], ['Password', 'long enough']] as const) fireEvent.change(screen.getByLabelText(label), { target: { value } })
  return goesOn
}
const insist = () => { const form = document.querySelector('form'); if (form) fireEvent.submit(form) }

test('somebody else is signed out again, and does not get in by insisting while that is on its way', async () => {
  whoSignsIn = second
  const goesOn = open()
  insist()
  await screen.findByText(/^Sign in as the same person/)
  await waitFor(() => expect(sent).toHaveLength(2))
  insist()
  expect(sent).toEqual([{ method: 'POST', csrf: 'of the first' }, { method: 'DELETE', csrf: `of ${second}` }])
  expect(presentSession()?.member.id).toBe(first)
  answerSignOut()
  await waitFor(() => expect(screen.getByRole('button', { name: 'Sign in and continue' }).getAttribute('aria-busy')).toBeNull())
  insist()
  await waitFor(() => expect(sent.map(({ method }) => method)).toEqual(['POST', 'DELETE', 'POST', 'DELETE']))
  expect(goesOn).not.toHaveBeenCalled()

  answerSignOut()
  await waitFor(() => expect(screen.getByRole('button', { name: 'Sign in and continue' }).getAttribute('aria-busy')).toBeNull())
  whoSignsIn = first
  insist()
  await waitFor(() => expect(goesOn).toHaveBeenCalledOnce())
})
