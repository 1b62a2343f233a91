import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { createMemoryRouter, RouterProvider } from 'react-router'
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { Masked } from '#contract/masked.ts'
import { toastStore } from '#src/components/toast.ts'
import { loadTextsOf, startTexts } from '#src/i18n/i18n.ts'
import { serverNow } from '#src/lib/clock.ts'
import type { ContactChange, Own, Profile } from './change.ts'
import { ChangeDialog } from './ChangeDialog.tsx'

// The theme looks at the system's choice as soon as it is loaded, and the test browser knows no media.
vi.hoisted(() => { globalThis.matchMedia = (media) => Object.assign(new EventTarget(), { matches: false, media, onchange: null, addListener: () => undefined, removeListener: () => undefined }) })

const profile: Profile = {
  account: 'blue-harbor', login: 'lin.wei', nameMasked: Masked.parse('林*'), mobile: { masked: Masked.parse('138****5678'), isVerified: true }, email: { masked: Masked.parse('l***@partner.example'), isVerified: false },
  kind: 'cloud', manageUrl: null, passwordSetAt: null, language: 'en-US', verificationOn: true, mayChangeVerification: false, lockedUntil: null,
}
type Answer = { status?: number; body: unknown } | 'lost'
let answers: Record<string, Answer>
let sent: { url: string; body: unknown }[]
const problem = (status: number, code: string, more = {}): Answer => ({ status, body: { type: 'about:blank', title: code, status, code, detail: `refused: ${code}`, requestId: 'r-1', ...more } })
const at = (seconds: number) => new Date(serverNow() + seconds * 1000).toISOString()
const code = (sentTo: string) => ({ body: { channel: 'sms', sentTo, reference: 'KQ', now: at(0), resendAt: at(60), expiresAt: at(600) } })

beforeAll(async () => {
  document.documentElement.lang = 'en-US'
  await startTexts()
  await loadTextsOf('confirming')
})
beforeEach(() => {
  sent = []
  answers = {
    '/api/profile/identity/send': code('138****5678'), '/api/profile/identity/check': { body: { openUntil: at(600) } }, '/api/profile/contact/send': code('139****0001'),
    '/api/profile/contact': { body: { masked: '139****0001', endedSignIns: 2 } }, '/api/profile/password': { body: { endedSignIns: 0 } },
  }
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    if (init.method !== 'GET') sent.push({ url, body: typeof init.body === 'string' ? JSON.parse(init.body) : undefined })
    const answer = answers[url]
    if (answer === undefined || answer === 'lost') throw new TypeError(`network: ${url}`)
    return new Response(JSON.stringify(answer.body), { status: answer.status ?? 200 })
  })
})
afterEach(() => {
  cleanup()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

function show(change: ContactChange, given: Partial<Profile> = {}, own: Own = { items: [], opensBy: 'message' }) {
  const router = createMemoryRouter([{ path: '*', element: <QueryClientProvider client={new QueryClient()}><ChangeDialog change={change} profile={{ ...profile, ...given }} own={own} onClose={() => undefined} /></QueryClientProvider> }])
  render(<RouterProvider router={router} />)
}
const button = (name: string | RegExp) => screen.findByRole('button', { name })
const press = async (name: string | RegExp) => fireEvent.click(await button(name))
const fill = async (name: string, value: string) => fireEvent.change(await screen.findByLabelText(name), { target: { value } })
const bodyOf = (url: string) => sent.filter((one) => one.url === url).map((one) => one.body)
const words = () => document.body.textContent ?? ''

async function toForm(change: ContactChange) {
  show(change)
  await press(/^Verify now/)
  await press('Get code')
  await screen.findByText(/reference KQ/)
  await fill('Code', ' 123 456 ')
  await press('Next')
  await screen.findByText(/^Step 3 of 4/)
}
async function toSecondCode() {
  await toForm('mobile')
  await fill('New mobile', '+86 139-0000-0001')
  await press('Get code')
  await screen.findByText(/139\*\*\*\*0001, reference KQ/)
}

test('a mobile is changed in four steps: a code to the present one, the new one, a code to that, and what it did', async () => {
  await toSecondCode()
  await fill('Code', '654321')
  await press('Change mobile')
  await screen.findByText('Your new mobile 139****0001 is in use.')
  expect(sent).toEqual([
    { url: '/api/profile/identity/send', body: { change: 'mobile', channel: 'sms' } }, { url: '/api/profile/identity/check', body: { change: 'mobile', code: '123456' } },
    { url: '/api/profile/contact/send', body: { change: 'mobile', value: '13900000001' } }, { url: '/api/profile/contact', body: { change: 'mobile', code: '654321' } },
  ])
  expect(words()).toContain('2 other sign-ins of this account were ended.')
  expect(toastStore.current().at(-1)).toMatchObject({ title: 'Mobile changed', text: '2 other sign-ins of this account were ended.' })
  expect(document.activeElement?.textContent).toContain('Changed')
})

test('only a verified contact is offered for the check; without one it says who can help instead', async () => {
  show('email')
  expect(await screen.findAllByRole('button', { name: /^Verify now/ })).toHaveLength(1)
  cleanup()
  show('email', { mobile: null })
  expect(await screen.findByText(/Ask your administrator to set or verify one/)).toBeDefined()
  expect(screen.queryByRole('button', { name: /^Verify now/ })).toBeNull()
  cleanup()
  show('email', { mobile: null, mayChangeVerification: true })
  expect(await screen.findByText(/Ask your ecosystem manager/)).toBeDefined()
})

test('a wrong code says how many attempts are left, and nothing opens', async () => {
  answers['/api/profile/identity/check'] = problem(422, 'code_wrong', { attemptsLeft: 3 })
  show('password')
  await press(/^Verify now/)
  await press('Get code')
  await screen.findByText(/reference KQ/)
  await fill('Code', '111111')
  await press('Next')
  await screen.findByText('Wrong code. 3 attempts left.')
  expect(words()).toContain('Step 2 of 4')
  expect(document.activeElement).toBe(screen.getByLabelText('Code'))
})

test('a code to one number does not prove another: after a change of the number a new code is needed', async () => {
  await toSecondCode()
  await fill('New mobile', '13900000002')
  await fill('Code', '654321')
  expect((await button('Change mobile')).getAttribute('aria-disabled')).toBe('true')
  fireEvent.submit(screen.getByLabelText('Code'))
  expect(bodyOf('/api/profile/contact')).toEqual([])
})

test('what cannot be a number is said at its field before anything is sent, and so is what the server refuses about it', async () => {
  await toForm('mobile')
  await fill('New mobile', '12345')
  await press('Get code')
  await screen.findByText('Enter a mainland China mobile number')
  expect(bodyOf('/api/profile/contact/send')).toEqual([])
  answers['/api/profile/contact/send'] = problem(400, 'invalid_input', { fields: [{ path: 'value', code: 'same', message: 'This is your mobile already.' }] })
  await fill('New mobile', '13812345678')
  await press('Get code')
  await screen.findByText('This is your mobile already.')
  expect(document.activeElement).toBe(screen.getByLabelText('New mobile'))
})

test('the form closes when its minutes are over, and starts over with what was typed still there', async () => {
  answers['/api/profile/identity/check'] = { body: { openUntil: at(1) } }
  await toForm('email')
  await fill('New email', 'new@partner.example')
  await screen.findByText(/counts no more. Nothing was changed/)
  answers['/api/profile/identity/check'] = { body: { openUntil: at(600) } }
  await press(/^Verify now/)
  await press('Resend')
  await screen.findByText(/reference KQ/)
  await fill('Code', '123456')
  await press('Next')
  expect(await screen.findByDisplayValue('new@partner.example')).toBeDefined()
})

test('a form that the server has closed starts over as well', async () => {
  await toForm('password')
  answers['/api/profile/password'] = problem(409, 'conflict')
  await fill('New password', 'long enough')
  await fill('New password again', 'long enough')
  await press('Change password')
  expect(await screen.findByText(/counts no more. Nothing was changed/)).toBeDefined()
})

test('a password is asked for twice, long enough, and the server has the last word', async () => {
  await toForm('password')
  await fill('New password', 'short')
  await press('Change password')
  await screen.findByText('A password has at least 8 characters')
  await fill('New password', 'long enough')
  await fill('New password again', 'long enouhg')
  await press('Change password')
  await screen.findByText('The two passwords differ')
  expect(bodyOf('/api/profile/password')).toEqual([])
  answers['/api/profile/password'] = problem(400, 'invalid_input', { fields: [{ path: 'password', code: 'password', message: 'Too common.' }] })
  await fill('New password again', 'long enough')
  await press('Change password')
  await screen.findByText('Too common.')
  answers['/api/profile/password'] = { body: { endedSignIns: 0 } }
  await press('Change password')
  await screen.findByText('Your new password is in use. Sign in with it from now on.')
  expect(words()).toContain('This account had no other sign-ins.')
})

test('a lost answer is not taken for a refusal', async () => {
  await toSecondCode()
  answers['/api/profile/contact'] = 'lost'
  await fill('Code', '654321')
  await press('Change mobile')
  expect(await screen.findByText(/the change may have happened/)).toBeDefined()
})

test('a lock ends it and says until when', async () => {
  answers['/api/profile/identity/send'] = problem(423, 'proof_locked', { retryAfter: 1800 })
  show('mobile')
  await press(/^Verify now/)
  await press('Get code')
  await screen.findByText('refused: proof_locked')
  expect(screen.queryByRole('button', { name: 'Next' })).toBeNull()
  await act(async () => undefined)
  await waitFor(() => expect(screen.getAllByRole('button', { name: 'Close' }).length).toBeGreaterThan(0))
})

const phone = { id: '7f3a1c52-8d0e-4f6b-9a77-2f1de0c4b512', kind: 'totp' as const, name: 'Work phone', createdAt: '2026-11-01T02:00:00.000Z', lastUsedAt: null }
const key = { ...phone, id: '7f3a1c52-8d0e-4f6b-9a77-2f1de0c4b513', kind: 'passkey' as const, name: 'Blue key' }

test('the code of an app opens the form as well, and nobody needs a contact for it', async () => {
  answers['/api/profile/identity/totp'] = { body: { openUntil: at(600) } }
  show('mobile', { mobile: null }, { items: [phone], opensBy: 'authenticator' })
  await press('Verify now: By authenticator app')
  const field = await screen.findByLabelText('Code of the authenticator app')
  await waitFor(() => expect(document.activeElement).toBe(field))
  expect(screen.queryByRole('button', { name: 'Get code' })).toBeNull()
  await press('Next')
  await screen.findByText('Enter the code of 6 digits.')
  await fill('Code of the authenticator app', '123456')
  await press('Next')
  expect(await screen.findByLabelText('New mobile')).toBeDefined()
  expect(bodyOf('/api/profile/identity/totp')).toEqual([{ change: 'mobile', code: '123456' }])
})

test('messages stay a way to change contacts for whoever has an authenticator, and a passkey that cannot work here says why', async () => {
  show('password', {}, { items: [phone, key], opensBy: 'authenticator' })
  expect(await screen.findAllByRole('button', { name: /^Verify now/ })).toHaveLength(2)
  expect(screen.getByText(/Blue key Passkeys work only when this console is opened by https/)).toBeDefined()
})
