import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { loadForgottenTexts, startTexts } from '#src/i18n/i18n.ts'
import { serverNow } from '#src/lib/clock.ts'
import { ForgottenPage } from './ForgottenPage.tsx'

// The theme looks at the system's choice as soon as it is loaded, and the test browser knows no media.
vi.hoisted(() => { globalThis.matchMedia = (media) => Object.assign(new EventTarget(), { matches: false, media, onchange: null, addListener: () => undefined, removeListener: () => undefined }) })

type Answer = { status?: number; body: unknown } | 'lost'
let answers: Record<string, Answer>
let sent: { url: string; body: unknown }[]
const problem = (status: number, code: string, more = {}): Answer => ({ status, body: { type: 'about:blank', title: code, status, code, detail: `refused: ${code}`, requestId: 'r-1', ...more } })
const at = (seconds: number) => new Date(serverNow() + seconds * 1000).toISOString()

beforeAll(async () => {
  document.documentElement.lang = 'en-US'
  await startTexts()
  await loadForgottenTexts()
})
beforeEach(() => {
  sent = []
  answers = { '/api/password-reset/send': { body: { reference: 'KQ', now: at(0), resendAt: at(60), expiresAt: at(600) } }, '/api/password-reset': { body: {} } }
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    sent.push({ url, body: typeof init.body === 'string' ? JSON.parse(init.body) : undefined })
    const answer = answers[url]
    if (answer === undefined || answer === 'lost') throw new TypeError(`network: ${url}`)
    return new Response(JSON.stringify(answer.body), { status: answer.status ?? 200 })
  })
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const press = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }))
const fill = (label: string, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } })
const words = () => document.body.textContent ?? ''

async function toCode(member: string) {
  render(<ForgottenPage />)
  fill('Account', ' blue-harbor ')
  fill('Member login name', member)
  fireEvent.click(screen.getByRole('radio', { name: /^Email/ }))
  press('Next')
  press('Get code')
  await screen.findByText(/If the account and its contact exist/)
}
function fillPassword(code = '123456') {
  fill('Code', code)
  fill('New password', 'long enough')
  fill('New password again', 'long enough')
}

test('a member gets a code by mail and sets a new password; the page never says whether there is such an account', async () => {
  await toCode('lin.wei')
  expect(words()).not.toMatch(/A code was sent|Sent to/)
  fillPassword(' 123 456')
  press('Reset password')
  await screen.findByText(/^The password is reset/)
  expect(sent).toEqual([
    { url: '/api/password-reset/send', body: { account: 'blue-harbor', member: 'lin.wei', channel: 'email' } },
    { url: '/api/password-reset', body: { account: 'blue-harbor', member: 'lin.wei', code: '123456', password: 'long enough' } },
  ])
  expect(screen.getByRole('link', { name: 'Sign in' }).getAttribute('href')).toBe('/sign-in')
  expect(JSON.stringify({ ...sessionStorage, ...localStorage })).not.toMatch(/long enough|blue-harbor|123456/)
})

test('the master account leaves the member out', async () => {
  await toCode(' ')
  expect(sent[0]?.body).toEqual({ account: 'blue-harbor', channel: 'email' })
})

test('without an account nothing goes on, and the field says why', () => {
  render(<ForgottenPage />)
  press('Next')
  expect(words()).toContain('Enter your account')
  expect(document.activeElement).toBe(screen.getByLabelText('Account'))
})

test('a wrong code is said at the code, and the password stays', async () => {
  await toCode('lin.wei')
  answers['/api/password-reset'] = problem(422, 'code_wrong', { attemptsLeft: 4 })
  fillPassword()
  press('Reset password')
  await screen.findByText('Wrong code. 4 attempts left.')
  expect(screen.getByLabelText<HTMLInputElement>('New password').value).toBe('long enough')
  answers['/api/password-reset'] = problem(422, 'code_wrong', { attemptsLeft: 0 })
  fill('Code', '111111')
  press('Reset password')
  await screen.findByText('Too many wrong codes. You can get a new one in half an hour.')
  expect(screen.getByRole('button', { name: 'Reset password' }).getAttribute('aria-disabled')).toBe('true')
})

test('a common password is refused at its field, different ones before anything is sent', async () => {
  await toCode('')
  fillPassword()
  fill('New password again', 'something else')
  press('Reset password')
  expect(words()).toContain('The two passwords differ')
  expect(sent).toHaveLength(1)
  answers['/api/password-reset'] = problem(400, 'invalid_input', { fields: [{ path: 'password', code: 'password', message: 'Too common.' }] })
  fill('New password again', 'long enough')
  press('Reset password')
  await screen.findByText('Too common.')
  expect(document.activeElement).toBe(screen.getByLabelText('New password'))
})

test('asking too often says when to try again, and a lost answer is not taken for a refusal', async () => {
  await toCode('')
  answers['/api/password-reset'] = 'lost'
  fillPassword()
  press('Reset password')
  await screen.findByText(/No answer came, so the password may be reset/)
  cleanup()
  answers['/api/password-reset/send'] = problem(429, 'too_many_requests', { retryAfter: 900 })
  render(<ForgottenPage />)
  fill('Account', 'blue-harbor')
  press('Next')
  press('Get code')
  expect(await screen.findByText(/^Too many codes requested\. Try again at/)).toBeDefined()
})
