import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, render, screen } from '@testing-library/react'
import { createMemoryRouter, RouterProvider } from 'react-router'
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { Masked } from '#contract/masked.ts'
import { rememberSession } from '#src/api/credentials.ts'
import { loadTextsOf, startTexts } from '#src/i18n/i18n.ts'
import type { Profile } from './change.ts'
import { OwnData } from './OwnData.tsx'

// The theme looks at the system's choice as soon as it is loaded, and the test browser knows no media.
vi.hoisted(() => { globalThis.matchMedia = (media) => Object.assign(new EventTarget(), { matches: false, media, onchange: null, addListener: () => undefined, removeListener: () => undefined }) })

const now = '2026-11-20T02:00:00.000Z'
const profile: Profile = {
  account: 'blue-harbor', login: 'lin.wei', nameMasked: Masked.parse('林*'), mobile: { masked: Masked.parse('138****5678'), isVerified: true }, email: null,
  kind: 'cloud', manageUrl: null, passwordSetAt: null, language: 'en-US', verificationOn: true, mayChangeVerification: false, lockedUntil: null,
}

beforeAll(async () => {
  document.documentElement.lang = 'en-US'
  await startTexts()
  await loadTextsOf('confirming')
  rememberSession({
    member: { id: '7f3a1c52-8d0e-4f6b-9a77-2f1de0c4b511', nameMasked: Masked.parse('林*'), initial: '林', roles: ['operator'], customRoles: ['Night shift'], reach: 'partner', language: 'en-US' },
    partner: { id: '7f3a1c52-8d0e-4f6b-9a77-2f1de0c4b510', name: 'Blue Harbor Cloud', type: 'CSP', state: 'ACTIVE', verificationOn: true, timeZone: 'Asia/Shanghai' },
    permissions: [], csrf: 'c', idleEndsAt: now, absoluteEndsAt: now, now, endedOldest: false, embedded: false,
  })
})
afterEach(cleanup)

function show(more: Partial<Profile>) {
  render(<RouterProvider router={createMemoryRouter([{ path: '*', element: <QueryClientProvider client={new QueryClient()}><OwnData profile={{ ...profile, ...more }} own={{ items: [], opensBy: 'message' }} locked={undefined} /></QueryClientProvider> }])} />)
}
const daysAgo = (days: number) => new Date(Date.parse(now) - days * 86_400_000).toISOString()
const hint = 'In use for more than 90 days; consider changing it'

test('the age of the password is told, and an old one is hinted at, not shouted about', () => {
  show({ passwordSetAt: daysAgo(90) })
  expect(screen.getByText('Set 2026-08-22 (90 days ago)')).toBeDefined()
  expect(screen.queryByText(hint)).toBeNull()
  cleanup()
  show({ passwordSetAt: daysAgo(91) })
  expect(screen.getByText(hint).className).not.toMatch(/danger|warning/)
  cleanup()
  show({ passwordSetAt: daysAgo(0) })
  expect(screen.getByText('Set today')).toBeDefined()
})

test('a unified ID is managed in one place: a way there, and nothing to change here', () => {
  show({ kind: 'unified', manageUrl: 'https://id.example.com/account' })
  const link = screen.getByRole('link', { name: 'Go to manage' })
  expect(link.getAttribute('href')).toBe('https://id.example.com/account')
  expect(link.getAttribute('rel')).toContain('noopener')
  expect(screen.queryAllByRole('button')).toEqual([])
  expect(screen.queryByText('Password')).toBeNull()
  cleanup()
  show({})
  expect(screen.getAllByRole('button').map((button) => button.getAttribute('aria-label'))).toEqual(['Change mobile', 'Change email', 'Change password'])
  expect(screen.queryByRole('link')).toBeNull()
})

test('roles of the partner stand beside those of the console', () => {
  show({})
  expect(screen.getByText(/Night shift/)).toBeDefined()
})
