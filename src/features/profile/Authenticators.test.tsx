import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query'
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { createMemoryRouter, RouterProvider } from 'react-router'
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { Masked } from '#contract/masked.ts'
import type { PasskeyAttestation } from '#contract/passkeys.ts'
import { type Authenticator, listAuthenticators } from '#contract/security.ts'
import { query } from '#src/api/query.ts'
import type * as Passkeys from '#src/code/passkeys.ts'
import { type NoPasskey, PasskeyFailed, PasskeyStopped } from '#src/code/passkeys.ts'
import { toastStore } from '#src/components/toast.ts'
import { loadTextsOf, startTexts } from '#src/i18n/i18n.ts'
import { serverNow } from '#src/lib/clock.ts'
import { type AuthenticatorList, Authenticators } from './Authenticators.tsx'
import type { Profile } from './change.ts'
import { RequiredOperations } from './RequiredOperations.tsx'

const device = vi.hoisted(() => {
  // The theme looks at the system's choice as soon as it is loaded, and the test browser knows no media.
  globalThis.matchMedia = (media) => Object.assign(new EventTarget(), { matches: false, media, onchange: null, addListener: () => undefined, removeListener: () => undefined })
  const made: { why: NoPasskey | undefined; make: () => Promise<PasskeyAttestation> } = { why: undefined, make: () => new Promise(() => undefined) }
  return made
})
vi.mock('#src/code/passkeys.ts', async (load) => ({ ...await load<typeof Passkeys>(), whyNoPasskey: () => device.why, makePasskey: () => device.make(), stopPasskey: () => undefined }))

const profile: Profile = {
  account: 'blue-harbor', login: 'lin.wei', nameMasked: Masked.parse('林*'), mobile: { masked: Masked.parse('138****5678'), isVerified: true }, email: null,
  kind: 'cloud', manageUrl: null, passwordSetAt: null, language: 'en-US', verificationOn: true, mayChangeVerification: true, lockedUntil: null,
}
const phone: Authenticator = { id: '7f3a1c52-8d0e-4f6b-9a77-2f1de0c4b512', kind: 'totp', name: 'Work phone', createdAt: '2026-11-01T02:00:00.000Z', lastUsedAt: null }
const key: Authenticator = { id: '7f3a1c52-8d0e-4f6b-9a77-2f1de0c4b513', kind: 'passkey', name: 'Blue key', createdAt: '2026-11-02T02:00:00.000Z', lastUsedAt: '2026-11-03T02:00:00.000Z' }
const attestation: PasskeyAttestation = { id: 'AQ', rawId: 'AQ', type: 'public-key', clientExtensionResults: {}, response: { attestationObject: 'AQ', clientDataJSON: 'AQ' } }
const empty: AuthenticatorList = { items: [], max: 10, requiredFor: [], mayRequire: true, mayRequireFor: ['funds.allocate', 'verification.off'], opensBy: 'message', openUntil: null, passkeyHost: 'localhost' }
type Answer = { status?: number; body: unknown } | 'lost'
let answers: Record<string, Answer>
let sent: { method: string; url: string; body: unknown }[]
const problem = (status: number, code: string, more = {}): Answer => ({ status, body: { type: 'about:blank', title: code, status, code, detail: `refused: ${code}`, requestId: 'r-1', ...more } })
const at = (seconds: number) => new Date(serverNow() + seconds * 1000).toISOString()
const own = '/api/profile/authenticators'
const withList = (more: Partial<AuthenticatorList>) => { answers[own] = { body: { ...empty, ...more } } }

beforeAll(async () => {
  document.documentElement.lang = 'en-US'
  await startTexts()
  await loadTextsOf('confirming')
})
beforeEach(() => {
  sent = []
  Object.assign(device, { why: undefined, make: async () => attestation })
  answers = {
    [own]: { body: empty }, '/api/profile/identity/send': { body: { channel: 'sms', sentTo: '138****5678', reference: 'KQ', now: at(0), resendAt: at(60), expiresAt: at(600) } },
    '/api/profile/identity/check': { body: { openUntil: at(600) } }, '/api/profile/identity/totp': { body: { openUntil: at(600) } },
    [`${own}/totp/begin`]: { body: { secret: 'JBSWY3DPEHPK3PXP', uri: 'otpauth://totp/Partner%20Center:lin.wei?secret=JBSWY3DPEHPK3PXP', expiresAt: at(600) } }, [`${own}/totp`]: { body: phone },
    [`${own}/passkey/begin`]: { body: { options: { challenge: 'AQ', rp: { id: 'localhost', name: 'Partner Center' }, user: { id: 'AQ', name: 'a', displayName: 'a' }, pubKeyCredParams: [], timeout: 300_000, attestation: 'none', excludeCredentials: [], authenticatorSelection: { residentKey: 'discouraged', requireResidentKey: false, userVerification: 'required' } } } },
    [`${own}/passkey`]: { body: key }, [`${own}/${phone.id}`]: { body: phone },
  }
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const method = init.method ?? 'GET'
    if (method !== 'GET') sent.push({ method, url, body: typeof init.body === 'string' ? JSON.parse(init.body) : undefined })
    const answer = answers[url]
    if (answer === undefined || answer === 'lost') throw new TypeError(`network: ${url}`)
    return new Response(JSON.stringify(answer.body), { status: answer.status ?? 200 })
  })
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

function Shown({ locked }: { locked: string | undefined }) {
  const { data } = useQuery(query(listAuthenticators, {}))
  return data ? <><Authenticators list={data} profile={profile} locked={locked} /><RequiredOperations list={data} /></> : null
}
async function show(locked?: string, address = '/profile') {
  const router = createMemoryRouter([{ path: '*', element: <QueryClientProvider client={new QueryClient()}><Shown locked={locked} /></QueryClientProvider> }], { initialEntries: [address] })
  render(<RouterProvider router={router} />)
  await screen.findByRole('button', { name: 'Add app' })
}
const dialog = () => screen.findByRole('dialog')
const press = async (name: string | RegExp, inside?: HTMLElement) => fireEvent.click(await (inside ? within(inside) : screen).findByRole('button', { name }))
const fill = async (name: string, value: string) => fireEvent.change(await screen.findByLabelText(name), { target: { value } })
const bodies = (url: string) => sent.filter((one) => one.url === url).map(({ body }) => body)

async function passByMessage() {
  await press(/^Verify now: By SMS/)
  await press('Get code')
  await screen.findByText(/reference KQ/)
  await fill('Code', '123456')
  await press('Next')
}

test('an app is added: identity, then code to scan and secret in groups, a name, and the first code', async () => {
  await show()
  await press('Add app')
  await passByMessage()
  await screen.findByRole('img', { name: 'QR code that adds the authenticator app' })
  expect(screen.getByText('JBSW Y3DP EHPK 3PXP')).toBeDefined()
  expect(document.activeElement).toBe(screen.getByLabelText('Name'))
  await fill('Name', ' Work phone ')
  await fill('Code that the app shows', '654321')
  withList({ items: [phone], opensBy: 'authenticator' })
  await press('Add app', await dialog())
  await screen.findByText('Work phone')
  expect(bodies('/api/profile/identity/check')).toEqual([{ change: 'authenticator', code: '123456' }])
  expect(bodies(`${own}/totp`)).toEqual([{ name: 'Work phone', code: '654321' }])
  expect(toastStore.current().at(-1)).toMatchObject({ title: 'Authenticator app added' })
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
})

test('a wrong first code stands at its field, a taken name at its own, and what was typed stays', async () => {
  withList({ openUntil: at(600) })
  answers[`${own}/totp`] = problem(422, 'code_wrong', { attemptsLeft: 4 })
  await show()
  await press('Add app')
  await screen.findByText('JBSW Y3DP EHPK 3PXP')
  await fill('Code that the app shows', '111111')
  await press('Add app', await dialog())
  await screen.findByText(/^Wrong code. 4 attempts left/)
  answers[`${own}/totp`] = problem(400, 'invalid_input', { fields: [{ path: 'name', code: 'name_taken', message: 'You use this name already.' }] })
  await fill('Code that the app shows', '222222')
  await press('Add app', await dialog())
  await screen.findByText('You use this name already.')
  expect(screen.getByLabelText('Name')).toHaveProperty('value', 'My phone')
  await fill('Name', 'see www.example.com')
  await press('Add app', await dialog())
  await screen.findByText('No web or mail addresses, no invisible characters')
  expect(bodies(`${own}/totp`)).toHaveLength(2)
})

test('a secret that has waited too long is replaced by another', async () => {
  withList({ openUntil: at(600) })
  answers[`${own}/totp`] = problem(422, 'code_expired')
  await show()
  await press('Add app')
  await screen.findByText('JBSW Y3DP EHPK 3PXP')
  answers[`${own}/totp/begin`] = { body: { secret: 'AAAABBBB', uri: 'otpauth://totp/b?secret=AAAABBBB', expiresAt: at(600) } }
  await fill('Code that the app shows', '111111')
  await press('Add app', await dialog())
  await screen.findByText('AAAA BBBB')
  expect(screen.getByText('refused: code_expired')).toBeDefined()
})

test('whoever has an authenticator is asked for it and not for a message', async () => {
  withList({ items: [phone], opensBy: 'authenticator' })
  await show()
  await press('Add passkey')
  await screen.findByText(/so one is needed to check that it is you/)
  expect(screen.queryByRole('button', { name: /By SMS/ })).toBeNull()
  await press('Verify now: By authenticator app')
  expect(document.activeElement).toBe(await screen.findByLabelText('Code of the authenticator app'))
  await fill('Code of the authenticator app', '123456')
  await press('Next')
  await screen.findByText(/^Press the button, then follow your browser to make a passkey/)
  expect(bodies('/api/profile/identity/totp')).toEqual([{ change: 'authenticator', code: '123456' }])
})

test('a passkey is made by the browser; a closed window adds nothing and is no error; a device that holds one already says so', async () => {
  withList({ openUntil: at(600) })
  device.make = async () => { throw new PasskeyStopped() }
  await show()
  await press('Add passkey')
  await press('Add passkey', await dialog())
  await screen.findByText(/^The window of the browser was closed and nothing was added/)
  device.make = async () => { throw new PasskeyFailed(new Error('known'), true) }
  await press('Add passkey', await dialog())
  await screen.findByText(/^This device already holds a passkey of yours/)
  expect(bodies(`${own}/passkey`)).toEqual([])
  device.make = async () => attestation
  await fill('Name', 'Blue key')
  await press('Add passkey', await dialog())
  await waitFor(() => expect(bodies(`${own}/passkey`)).toEqual([{ name: 'Blue key', attestation }]))
  expect(toastStore.current().at(-1)).toMatchObject({ title: 'Passkey added' })
})

test('removing needs an open form; the last one of an administrator stays, and the reason stands in the dialog', async () => {
  withList({ items: [phone], opensBy: 'authenticator', openUntil: at(600) })
  answers[`${own}/${phone.id}`] = problem(409, 'conflict', { detail: 'You are the only administrator who has one.' })
  await show()
  await press('Remove: Work phone')
  await screen.findByText(/This is your last one/)
  await press('Remove', await dialog())
  await screen.findByText('You are the only administrator who has one.')
  answers[`${own}/${phone.id}`] = problem(409, 'conflict', { facts: { why: 'opening_gone' } })
  await press('Remove', await dialog())
  await screen.findByText('The identity check counts no more. Nothing was changed. Please check again.')
  expect(sent.map(({ method }) => method)).toEqual(['DELETE', 'DELETE'])
})

test('a name is changed without an identity check', async () => {
  withList({ items: [phone, key], opensBy: 'authenticator' })
  await show()
  await press('Rename: Work phone')
  await fill('Name', 'New phone')
  withList({ items: [{ ...phone, name: 'New phone' }, key], opensBy: 'authenticator' })
  await press('Save', await dialog())
  await screen.findByText('New phone')
  expect(sent).toEqual([{ method: 'PUT', url: `${own}/${phone.id}`, body: { name: 'New phone' } }])
})

test.each([['address', 'localhost', /IP address/], ['insecure', 'localhost', /opened by https/], ['unsupported', 'localhost', /This browser has no passkeys/], [undefined, 'console.example.com', /Open this console at console.example.com/]] as const)(
  'where passkeys cannot be (%s) the button stays and says why', async (why, host, words) => {
    device.why = why
    withList({ passkeyHost: host })
    await show()
    expect(screen.getAllByText(words).length).toBeGreaterThan(0)
    expect(screen.getByRole('button', { name: 'Add passkey' }).getAttribute('aria-disabled')).toBe('true')
    await press('Add passkey')
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(screen.getByRole('button', { name: 'Add app' }).getAttribute('aria-disabled')).toBeNull()
  },
)

test('whoever comes from the security check arrives at the section', async () => {
  Element.prototype.scrollIntoView = () => undefined
  await show(undefined, '/profile?tab=account#authenticators')
  expect(document.activeElement?.id).toBe('authenticators')
})

test('while verification is locked nothing is added or removed', async () => {
  withList({ items: [phone], opensBy: 'authenticator' })
  await show('Verification is locked until noon.')
  for (const name of ['Add app', 'Add passkey', 'Remove: Work phone']) expect(screen.getByRole('button', { name }).getAttribute('aria-disabled')).toBe('true')
})

test('an administrator without an authenticator cannot require one; others see what is required', async () => {
  await show()
  expect(screen.getAllByRole('checkbox')).toHaveLength(2)
  fireEvent.click(screen.getByRole('checkbox', { name: 'Allocate to customers' }))
  expect(screen.getAllByText(/of your own first/).length).toBeGreaterThan(0)
  await press('Save requirements')
  expect(sent).toEqual([])
  cleanup()
  withList({ mayRequire: false, requiredFor: ['funds.allocate', 'verification.off'] })
  await show()
  expect(screen.queryByRole('checkbox')).toBeNull()
  expect(screen.getAllByRole('listitem').map((item) => item.textContent)).toEqual(['Allocate to customers', 'Turn verification by code off'])
  expect(screen.getByText('Your administrator requires one for: Allocate to customers, Turn verification by code off. Add at least one.')).toBeDefined()
})
