import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { cureOf, InviteCause } from '#contract/invites.ts'
import { loadCustomerTexts, startTexts, switchLanguage } from '#src/i18n/i18n.ts'
import { rememberCustomer } from '#src/public/ask-as-customer.ts'
import { InvitePage } from './InvitePage.tsx'

// The theme looks at the system's choice as soon as it is loaded, and the test browser knows no media.
vi.hoisted(() => { globalThis.matchMedia = (media) => Object.assign(new EventTarget(), { matches: false, media, onchange: null, addListener: () => undefined, removeListener: () => undefined }) })

const token = 'T'.repeat(43)
type Answer = { status?: number; body: unknown } | 'lost'
let answers: Record<string, Answer | Answer[]>
let sent: { url: string; body: unknown; csrf: string | null }[]
const problem = (status: number, code: string, more = {}): Answer => ({ status, body: { type: 'about:blank', title: code, status, code, detail: `refused: ${code}`, requestId: 'r-1', ...more } })
const open = { state: 'open', via: 'link', partnerName: 'Blue Harbor', associationType: 'RESALE', mobileMasked: null, expiresAt: null, documents: { agreement: '2026-11', privacy: '2026-11', notice: 'R-2026-11' }, signedIn: null }
const code = { sentTo: '138****5678', reference: 'KQ', now: '2026-11-20T10:00:00.000Z', resendAt: '2026-11-20T10:01:00.000Z', expiresAt: '2026-11-20T10:10:00.000Z' }
const associated = { result: 'associated', partnerName: 'Blue Harbor', associationType: 'RESALE', isFrozen: true }

beforeAll(async () => {
  document.documentElement.lang = 'en-US'
  await startTexts()
  await loadCustomerTexts()
})
beforeEach(() => {
  sent = []
  answers = { '/api/invite/view': { body: open }, '/api/invite/open': { body: {} }, '/api/invite/code': { body: code } }
  rememberCustomer('')
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    sent.push({ url, body: typeof init.body === 'string' ? JSON.parse(init.body) : undefined, csrf: new Headers(init.headers).get('X-CSRF') })
    const given = answers[url]
    const answer = Array.isArray(given) ? given.shift() : given
    if (answer === undefined || answer === 'lost') throw new TypeError('network')
    return new Response(JSON.stringify(answer.body), { status: answer.status ?? 200 })
  })
  history.replaceState({ invite: token }, '', '/invite')
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const press = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }))
const fill = (label: RegExp, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } })
const heading = (name: string | RegExp) => screen.findByRole('heading', { level: 1, name })
const bodyOf = (url: string) => sent.filter((one) => one.url === url).map((one) => one.body)

async function toForm() {
  render(<InvitePage />)
  await heading('First read what the association means')
  fireEvent.click(screen.getByRole('checkbox', { name: 'I have read and agree' }))
  press('Continue')
  await heading('Do you have a cloud account?')
  press(/^Register and associate/)
  await heading('Open an account')
}
async function toAgreements() {
  await toForm()
  fill(/^Account name/, 'yunhai_92')
  fill(/^Mobile number/, ' +86 138-1234 5678')
  press('Get code')
  await screen.findByText(/reference KQ/, { selector: '.field-hint' })
  fill(/^SMS code/, '１２３ 456')
  fill(/^Password \*|^Password$/, 'long enough')
  fill(/^Password again/, 'long enough')
  press('Continue')
  await heading('Agreements')
}
async function register() {
  await toAgreements()
  fireEvent.click(screen.getByRole('checkbox', { name: 'I agree to all of them' }))
  press('Register')
}

test('the page asks with the token from the history entry, and tells that it was opened only once it is seen', async () => {
  const hidden = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
  render(<InvitePage />)
  await heading('First read what the association means')
  expect(bodyOf('/api/invite/view')).toEqual([{ token }])
  expect(bodyOf('/api/invite/open')).toEqual([])
  hidden.mockReturnValue('visible')
  fireEvent(document, new Event('visibilitychange'))
  // The page may begin to listen a moment after its heading shows.
  await waitFor(() => expect(bodyOf('/api/invite/open')).toEqual([{ token }]))
  hidden.mockRestore()
})

test('a new customer registers with a cleaned number and code, and learns of the account', async () => {
  answers['/api/invite/register'] = { body: { accountName: 'yunhai_92', outcome: associated } }
  await register()
  expect(await heading('You are now a customer of Blue Harbor')).toBe(document.activeElement)
  expect(bodyOf('/api/invite/code')).toEqual([{ token, mobile: '13812345678' }])
  expect(bodyOf('/api/invite/register')).toEqual([{ token, accountName: 'yunhai_92', mobile: '13812345678', code: '123456', password: 'long enough', documents: open.documents, language: 'en-US' }])
  expect(screen.getByText(/Your account name is yunhai_92/)).toBeDefined()
  expect(screen.getByRole('link', { name: 'See my partner' }).getAttribute('href')).toBe('/my/partner')
})

test('nothing is sent before every document is ticked, and cancelling sends nothing at all', async () => {
  await toAgreements()
  fireEvent.click(screen.getByRole('checkbox', { name: /User Agreement/ }))
  press('Register')
  expect(document.activeElement).toBe(screen.getByRole('checkbox', { name: /Privacy Statement/ }))
  press('Cancel opening')
  await heading('Cancelled')
  expect(bodyOf('/api/invite/register')).toEqual([])
})

test('an empty form lists what is missing, and the first field takes the focus', async () => {
  await toForm()
  press('Continue')
  expect((await screen.findByRole('alert')).textContent).toContain('4 entries need a correction')
  expect(document.activeElement).toBe(screen.getByLabelText(/^Account name/))
})

test('what is typed while the code is on its way stays', async () => {
  let arrive = (): void => undefined
  const sentEarly = new Promise<void>((resolve) => { arrive = resolve })
  await toForm()
  fill(/^Mobile number/, '13812345678')
  const answer = globalThis.fetch
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    await sentEarly
    return await answer(url, init)
  })
  press('Get code')
  fill(/^Password \*|^Password$/, 'long enough')
  fill(/^SMS code/, '123456')
  arrive()
  await screen.findByText(/reference KQ/, { selector: '.field-hint' })
  expect(screen.getByLabelText<HTMLInputElement>(/^Password \*|^Password$/).value).toBe('long enough')
  expect(screen.getByLabelText<HTMLInputElement>(/^SMS code/).value).toBe('123456')
})

test('a wrong code leads back to its field with everything else kept', async () => {
  answers['/api/invite/register'] = problem(422, 'code_wrong', { attemptsLeft: 4 })
  await register()
  await heading('Open an account')
  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText(/^SMS code/)))
  expect(screen.getAllByText('refused: code_wrong').length).toBeGreaterThan(0)
  expect(screen.getByLabelText<HTMLInputElement>(/^Account name/).value).toBe('yunhai_92')
})

test('after a lost answer the person tries again, and is offered to sign in when the account exists by then', async () => {
  answers['/api/invite/register'] = ['lost', problem(409, 'account_taken', { fields: [{ path: 'accountName', code: 'account_taken', message: 'This name is taken.' }] })]
  await register()
  expect(await screen.findByText(/No answer came/)).toBeDefined()
  press('Register')
  await heading('Open an account')
  expect(screen.getByText(/If this account is yours/)).toBeDefined()
  press('I have an account')
  await heading('Sign in with the account to associate')
})

test('a link that was used meanwhile is told, with the way to the partner', async () => {
  answers['/api/invite/view'] = [{ body: open }, { body: { state: 'invalid' } }]
  answers['/api/invite/register'] = problem(409, 'link_closed')
  await register()
  await heading('This invitation is not valid any more')
  expect(screen.getByRole('link', { name: 'See my partner' })).toBeDefined()
})

test('a signed-in customer of a mail invitation confirms with a code and is associated with the session’s own value', async () => {
  answers['/api/invite/view'] = { body: { ...open, via: 'mail', mobileMasked: '138****5678', signedIn: { accountNameMasked: 'yun***92', mobileMasked: '138****5678', csrf: 'csrf-of-customer' } } }
  answers['/api/invite/accept'] = { body: associated }
  render(<InvitePage />)
  await heading('First read what the association means')
  fireEvent.click(screen.getByRole('checkbox', { name: 'I have read and agree' }))
  press('Continue')
  press(/^Associate yun\*\*\*92/)
  await heading('Which accounts can be associated')
  press('I see')
  await heading('Confirm that it is you')
  press('Get code')
  await screen.findByText(/reference KQ/, { selector: '.field-hint' })
  expect(bodyOf('/api/invite/code')).toEqual([{ token }])
  fill(/^SMS code/, '123456')
  press('Continue')
  await heading('Agreements')
  fireEvent.click(screen.getByRole('checkbox', { name: 'I agree to all of them' }))
  press('Associate')
  await heading('You are now a customer of Blue Harbor')
  expect(sent.find(({ url }) => url === '/api/invite/accept')).toMatchObject({ csrf: 'csrf-of-customer', body: { token, code: '123456' } })
})

test.each([
  [{ state: 'invalid' }, 'This invitation is not valid any more', /Ask the partner for a new one/],
  [{ state: 'expired', at: '2026-11-18T02:00:00.000Z' }, 'This invitation has expired', /2026-11-18 10:00:00 \(GMT\+08:00\)/],
  [{ state: 'not_started', from: '2026-12-01T00:00:00.000Z', to: '2026-12-31T00:00:00.000Z' }, 'The activity has not started yet', /2026-12-01 .* to 2026-12-31 /],
  [{ state: 'ended', from: '2026-10-01T00:00:00.000Z', to: '2026-10-31T00:00:00.000Z' }, 'The activity is over', /2026-10-01 .* to 2026-10-31 /],
  [{ state: 'partner_blocked' }, 'The invitation cannot be accepted now', /cannot accept customers at present/],
])('a link that is %o says so and what to do', async (view, title, text) => {
  answers['/api/invite/view'] = { body: view }
  render(<InvitePage />)
  await heading(title)
  expect(screen.getByRole('status').textContent).toMatch(text)
  expect(bodyOf('/api/invite/open')).toEqual([])
})

test('a page without a token asks nobody', async () => {
  history.replaceState(null, '', '/invite')
  render(<InvitePage />)
  await heading('This invitation is not valid any more')
  expect(sent).toEqual([])
})

test('every cause tells the customer what is in the way and what to do, in both languages', async () => {
  for (const cause of InviteCause.options) {
    answers['/api/invite/register'] = { body: { accountName: 'yunhai_92', outcome: { result: 'failed', cause } } }
    await register()
    await heading('The association did not work')
    const words = screen.getByRole('status').textContent
    expect(`${cause} ${words}`.length).toBeGreaterThan(cause.length + 40)
    expect(screen.queryAllByRole('button', { name: /^(Try again|Done, try again|Use another account)$/ })).toHaveLength(/^(LINK|CODE_USED|ACTIVITY|NO_RESALE|PARTNER_|DISTRIBUTOR)/.test(cause) ? 0 : 1)
    await switchLanguage('zh-CN')
    await screen.findByRole('heading', { level: 1, name: '未能关联' })
    expect(`${cause} ${screen.getByRole('status').textContent}`).toMatch(/。.*。$/)
    await switchLanguage('en-US')
    cleanup()
  }
  expect(Object.keys(cureOf)).toEqual(InviteCause.options)
}, 60_000)
