import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { createMemoryRouter, RouterProvider } from 'react-router'
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { Masked } from '#contract/masked.ts'
import { Amount } from '#contract/money.ts'
import type { PasskeyAssertion } from '#contract/passkeys.ts'
import type { ProofRequired } from '#contract/proofs.ts'
import { Cancelled } from '#src/api/api-error.ts'
import type * as Passkeys from '#src/code/passkeys.ts'
import { type NoPasskey, PasskeyFailed, PasskeyStopped } from '#src/code/passkeys.ts'
import { loadTextsOf, startTexts } from '#src/i18n/i18n.ts'
import { serverNow } from '#src/lib/clock.ts'
import { ProofHost } from './ProofHost.tsx'
import { check, type Confirmed, proveIdentity } from './prove-identity.ts'

const device = vi.hoisted(() => {
  // The theme looks at the system's choice as soon as it is loaded, and the test browser knows no media.
  globalThis.matchMedia = (media) => Object.assign(new EventTarget(), { matches: false, media, onchange: null, addListener: () => undefined, removeListener: () => undefined })
  const made: { why: NoPasskey | undefined; sign: () => Promise<PasskeyAssertion>; isStopped: boolean } = { why: undefined, sign: () => new Promise(() => undefined), isStopped: false }
  return made
})
vi.mock('#src/code/passkeys.ts', async (load) => ({
  ...await load<typeof Passkeys>(),
  whyNoPasskey: () => device.why, signWithPasskey: () => device.sign(), stopPasskey: () => { device.isStopped = true },
}))

const id = '7f3a1c52-8d0e-4f6b-9a77-2f1de0c4b511'
const app = { id: '7f3a1c52-8d0e-4f6b-9a77-2f1de0c4b512', kind: 'totp' as const, name: 'My phone' }
const passkey = { id: '7f3a1c52-8d0e-4f6b-9a77-2f1de0c4b513', kind: 'passkey' as const, name: 'Blue key' }
const amount = Amount.parse('200.00')
const assertion: PasskeyAssertion = { id: 'AQ', rawId: 'AQ', type: 'public-key', clientExtensionResults: {}, response: { authenticatorData: 'AQ', clientDataJSON: 'AQ', signature: 'AQ' } }
const at = (seconds: number) => new Date(serverNow() + seconds * 1000).toISOString()
const proof = (more: Partial<ProofRequired> = {}): ProofRequired => ({
  proofId: id, why: 'needed', needs: 'code', summary: { operation: 'funds.allocate', total: amount, count: 1, largest: amount, facts: [], items: [{ nameMasked: Masked.parse('云海***公司'), idTail: '8841', amount }], notes: [] },
  channels: [{ channel: 'sms', destination: Masked.parse('138****5678') }], authenticators: [app, passkey], needsAuthenticator: false, preferred: 'sms',
  expiresAt: at(1800), sendsUsed: 0, sendsMax: 4, attemptsLeft: 5, sent: null, passedUntil: null, ...more,
})
type Answer = { status?: number; body: unknown }
let answers: Record<string, Answer>
let sent: { url: string; body: unknown }[]
const passed: Answer = { body: { passedUntil: '2099-01-01T00:00:00.000Z' } }
const problem = (status: number, code: string, more = {}): Answer => ({ status, body: { type: 'about:blank', title: code, status, code, detail: `refused: ${code}`, requestId: 'r-1', ...more } })

beforeAll(async () => {
  document.documentElement.lang = 'en-US'
  await startTexts()
  await loadTextsOf('confirming')
})
beforeEach(() => {
  sent = []
  Object.assign(device, { why: undefined, sign: async () => assertion, isStopped: false })
  answers = {
    [`/api/proofs/${id}/totp`]: passed, [`/api/proofs/${id}/passkey`]: passed,
    [`/api/proofs/${id}/passkey/challenge`]: { body: { options: { challenge: 'AQ', rpId: 'localhost', timeout: 300_000, userVerification: 'required', allowCredentials: [] } } },
  }
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    sent.push({ url, body: typeof init.body === 'string' ? JSON.parse(init.body) : undefined })
    const answer = answers[url]
    if (!answer) throw new TypeError(`network: ${url}`)
    return new Response(JSON.stringify(answer.body), { status: answer.status ?? 200 })
  })
})
afterEach(() => {
  act(() => check.current()?.cancel())
  cleanup()
  vi.unstubAllGlobals()
})

/** @returns what became of the check: the confirmed proof, or that it was closed. */
async function open(more: Partial<ProofRequired> = {}): Promise<{ outcome: () => Confirmed | 'cancelled' | undefined }> {
  let outcome: Confirmed | 'cancelled' | undefined
  render(<RouterProvider router={createMemoryRouter([{ path: '*', element: <ProofHost /> }])} />)
  act(() => void proveIdentity(proof(more)).then((confirmed) => { outcome = confirmed }, (error: unknown) => { if (error instanceof Cancelled) outcome = 'cancelled' }))
  await screen.findByRole('dialog')
  return { outcome: () => outcome }
}
const radios = () => screen.queryAllByRole('radio').map((radio) => radio.closest('label')?.textContent)
const choose = (name: RegExp) => fireEvent.click(screen.getByRole('radio', { name }))
const verb = () => screen.getByRole('button', { name: /^Allocate 200\.00 CNY/ })
const type = (code: string) => fireEvent.change(screen.getByRole('textbox'), { target: { value: code } })

test('somebody with an app and a passkey chooses among all ways, and SMS stays first', async () => {
  await open()
  expect(radios()).toEqual(['SMS138****5678', 'Authenticator appMy phone', 'PasskeyBlue key'])
  expect(screen.getByRole('radio', { name: /^SMS/ })).toHaveProperty('checked', true)
  expect(screen.getByRole('button', { name: 'Get code' })).toBeDefined()
})

test('without any authenticator nothing has changed: only channels, and no word about others', async () => {
  await open({ authenticators: [] })
  expect(radios()).toEqual(['SMS138****5678'])
  expect(screen.getByRole('group', { name: 'Send the code by' })).toBeDefined()
})

test('the code of the app is typed without asking for one, and confirms the operation', async () => {
  const { outcome } = await open({ preferred: 'totp' })
  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Code of the authenticator app')))
  expect(screen.queryByRole('button', { name: /Get code|Resend/ })).toBeNull()
  type(' 123 456 ')
  fireEvent.click(verb())
  await waitFor(() => expect(outcome()).toMatchObject({ proofId: id }))
  expect(sent).toEqual([{ url: `/api/proofs/${id}/totp`, body: { code: '123456' } }])
})

test('a wrong code of the app costs an attempt and says what may be the reason; fewer digits cost none', async () => {
  answers[`/api/proofs/${id}/totp`] = problem(422, 'code_wrong', { attemptsLeft: 4 })
  const { outcome } = await open({ preferred: 'totp' })
  type('12345')
  fireEvent.click(verb())
  await screen.findByText('Enter the code of 6 digits.')
  expect(sent).toEqual([])
  type('123456')
  fireEvent.click(verb())
  await screen.findByText('Wrong code. 4 attempts left. Each code works once; if you have just used it, wait for the next.')
  expect(screen.getByText('4 of 5 attempts left')).toBeDefined()
  expect(screen.getByRole('textbox')).toHaveProperty('value', '')
  expect(outcome()).toBeUndefined()
})

test('a passkey is asked for by the verb button and signs the challenge of the server', async () => {
  const { outcome } = await open()
  choose(/^Passkey/)
  expect(screen.queryByRole('textbox')).toBeNull()
  expect(sent).toEqual([])
  fireEvent.click(verb())
  await waitFor(() => expect(outcome()).toMatchObject({ proofId: id }))
  expect(sent).toEqual([{ url: `/api/proofs/${id}/passkey/challenge`, body: {} }, { url: `/api/proofs/${id}/passkey`, body: { assertion } }])
})

test('closing the window of the browser is no error: it says so calmly, and the button works again', async () => {
  device.sign = async () => { throw new PasskeyStopped() }
  const { outcome } = await open({ preferred: 'passkey' })
  fireEvent.click(verb())
  await screen.findByText(/^The window of the browser was closed and nothing was carried out/)
  expect(screen.queryAllByRole('alert').map((one) => one.textContent).join('')).toBe('')
  device.sign = async () => assertion
  fireEvent.click(verb())
  await waitFor(() => expect(outcome()).toMatchObject({ proofId: id }))
})

test('a device that fails says what to do, and another way can be taken', async () => {
  device.sign = async () => { throw new PasskeyFailed(new Error('no'), false) }
  await open({ preferred: 'passkey' })
  fireEvent.click(verb())
  await screen.findByText(/^The passkey could not be used/)
  choose(/^Authenticator app/)
  expect(screen.queryByText(/^The passkey could not be used/)).toBeNull()
  expect(screen.getByLabelText('Code of the authenticator app')).toBeDefined()
})

test('Cancel closes the window of the browser as well, and what it then answers confirms nothing', async () => {
  let answer: (given: PasskeyAssertion) => void = () => undefined
  device.sign = () => new Promise((resolve) => { answer = resolve })
  const { outcome } = await open({ preferred: 'passkey' })
  fireEvent.click(verb())
  await screen.findByText('Go on in the window of your browser.')
  expect(verb().getAttribute('aria-busy')).toBe('true')
  fireEvent.click(screen.getByRole('button', { name: 'Cancel' }))
  await waitFor(() => expect(outcome()).toBe('cancelled'))
  await waitFor(() => expect(device.isStopped).toBe(true))
  await act(async () => answer(assertion))
  expect(sent.map(({ url }) => url)).toEqual([`/api/proofs/${id}/passkey/challenge`])
})

test('where passkeys do not work the reason stands in their place, and another way is chosen', async () => {
  device.why = 'address'
  await open({ preferred: 'passkey' })
  expect(screen.getByRole('radio', { name: /^Passkey/ })).toHaveProperty('disabled', true)
  expect(radios()[2]).toContain('Passkeys do not work when this console is opened by an IP address.')
  expect(screen.getByRole('radio', { name: /^SMS/ })).toHaveProperty('checked', true)
})

test('where an authenticator is required it says why, and SMS is not there', async () => {
  await open({ needsAuthenticator: true, preferred: null })
  expect(screen.getByText(/requires an authenticator app or a passkey for this operation, so no code is sent/)).toBeDefined()
  expect(radios()).toEqual(['Authenticator appMy phone', 'PasskeyBlue key'])
})

test('whoever has none of what is required is led to where they add one while the form waits, and nothing can be confirmed', async () => {
  const { outcome } = await open({ needsAuthenticator: true, authenticators: [], preferred: null })
  expect(screen.queryAllByRole('radio')).toEqual([])
  const link = screen.getByRole('link', { name: 'Add one in a new tab' })
  expect(link.getAttribute('href')).toBe('/profile?tab=account#authenticators')
  expect(verb().getAttribute('aria-disabled')).toBe('true')
  fireEvent.submit(document.querySelector('#proof-form') ?? document.body)
  expect(link.getAttribute('target')).toBe('_blank')
  expect(outcome()).toBeUndefined()
})
