import { randomUUID } from 'node:crypto'
import type { Browser } from '@playwright/test'
import * as z from 'zod/mini'
import { createLink, getInvitation, queryInvitations } from '#contract/invites.ts'
import { reportProspect } from '#contract/prospects.ts'
import { expect, test, type TestMember } from './fixtures.ts'
import { agree, type AsMember, asMember, choose, fillRegistration, pathOf, signInAsCustomer } from './accepting.ts'
import { expectReady } from './looks.ts'
import { rowsOf } from './steps.ts'

const Account = z.object({ id: z.string(), name: z.string(), mobile: z.string(), password: z.string() })
type SignIn = (member: TestMember, context: Awaited<ReturnType<Browser['newContext']>>) => Promise<void>

/** The partner's side, in a browser of its own. */
async function office(browser: Browser, signIn: SignIn, member: TestMember, url: string) {
  const context = await browser.newContext({ baseURL: url })
  await signIn(member, context)
  return { call: await asMember(context, url), page: () => context.newPage() }
}

/** Reports a prospect with a mail. @returns the path in the mail that arrived. */
async function inviteByMail(call: AsMember, newestMail: (to: string) => Promise<string>, mobile: string): Promise<{ path: string; email: string }> {
  const email = `buyer-${randomUUID().slice(0, 8)}@prospect.example`
  const { result } = await call(reportProspect, { body: { name: '溪桥软件有限公司', mobile, email, invite: { associationType: 'RESALE' } } })
  expect(result).toBe('reported')
  let path = ''
  await expect.poll(async () => {
    path = /https?:\/\/\S+?(\/invite\/[\w-]+)/.exec(await newestMail(email))?.[1] ?? ''
    return path
  }, 'a mail with a link').not.toBe('')
  return { path, email }
}

test('a mail’s link leads to a new account, which the inviting manager then has as a customer', async ({ page, browser, partner, signIn, mail, phone, backstage, request }) => {
  const manager = await partner.hasMember({ role: 'manager', name: 'Zhou Lan' })
  const { call } = await office(browser, signIn, manager, backstage.url)
  const { path } = await inviteByMail(call, (to) => mail.newest(to), '13912340001')
  const only = async () => (await call(queryInvitations, { body: { page: 1, pageSize: 10 } })).items[0]

  // A mail scanner fetches what it finds.
  const scanned = await request.get(path)
  expect(scanned.headers()['referrer-policy']).toBe('no-referrer')
  await request.head(path)
  expect(await only()).toMatchObject({ state: 'SENT', openedAt: null })

  const asked: string[] = []
  page.on('request', (sent) => asked.push(sent.url()))
  await page.goto(path)
  await expect(page.getByText('Blue Harbor Cloud invites you to become its resale customer.')).toBeVisible()
  await expect(page.getByText('139****0001', { exact: true })).toBeVisible()
  expect(new URL(page.url()).pathname).toBe('/invite')
  await expect.poll(async () => (await only())?.state).toBe('OPENED')
  expect(asked.filter((url) => !url.startsWith(backstage.url))).toEqual([])
  expect(asked.filter((url) => /\/api\/session|AppLayout|\/app-|CustomersPage/.test(url))).toEqual([])
  expect(asked.filter((url) => url.includes(path) && new URL(url).pathname !== path)).toEqual([])
  await page.reload()
  await expect(page.getByText('139****0001', { exact: true })).toBeVisible()

  await choose(page, 'Register and associate')
  await page.getByRole('textbox', { name: 'Mobile number' }).fill('13912340002')
  await page.getByRole('button', { name: 'Get code' }).click()
  await expect(page.getByRole('textbox', { name: 'Mobile number' })).toHaveAccessibleDescription('Register with the mobile number that the partner reported.')
  await fillRegistration(page, { accountName: 'xiqiao_soft', mobile: '+86 139-1234 0001', newestCode: () => phone.nextCode('+8613912340001') })
  await agree(page, 'Register')
  await expect(page.getByRole('heading', { level: 1, name: 'You are now a customer of Blue Harbor Cloud' })).toBeFocused()
  await page.getByRole('link', { name: 'See my partner' }).click()
  await expect(page.getByRole('heading', { level: 2, name: 'Blue Harbor Cloud' })).toBeVisible()
  await expect(page.getByText('Zhou Lan')).toBeVisible()
  await expect(page.getByText('Account frozen', { exact: true })).toBeVisible()
  await expect(page.getByText('User Agreement')).toBeVisible()

  const invitation = await only()
  expect(await call(getInvitation, { params: { id: invitation?.id ?? '' } })).toMatchObject({ state: 'ASSOCIATED', cause: null })
  const desk = await office(browser, signIn, partner.admin, backstage.url)
  const list = await desk.page()
  await list.goto('/customers')
  await expectReady(list)
  await expect(rowsOf(list, 'Customer list')).toHaveCount(1)
  await expect(rowsOf(list, 'Customer list')).toContainText('Account frozen')
  await expect(rowsOf(list, 'Customer list')).toContainText('Z***')
  await list.locator('tbody a[data-open]').click()
  const steps = list.getByRole('region', { name: 'Next steps' })
  await expect(steps.getByRole('listitem')).toContainText([/Assign a manager \(done\)Z\*\*\*/, 'Set a budgetNone, optional', 'Unfreeze the accountFrozen since the association', 'AllocatePossible before unfreezing'])
  await steps.getByRole('button', { name: 'Do not show the next steps again' }).click()
  await expect(steps).toBeHidden()
  await list.reload()
  await expect(list.getByText('Account frozen: New association.')).toBeVisible()
  await expect(steps).toBeHidden()

  // The link is used up, for whoever comes second.
  await page.goto(path)
  await expect(page.getByRole('heading', { level: 1, name: 'This invitation is not valid any more' })).toBeVisible()
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

  test('a QR code opens the short way, and the link’s label becomes the customer’s tag', async ({ page, browser, partner, signIn, phone, backstage }) => {
    const manager = await partner.hasMember({ role: 'manager', name: 'Zhou Lan' })
    const { call } = await office(browser, signIn, manager, backstage.url)
    const { url } = await call(createLink, { body: { kind: 'CUSTOM', associationType: 'RESALE', label: 'Autumn fair' } })
    await page.goto(pathOf(url))
    await page.getByRole('button', { name: 'Agree' }).tap()
    await fillRegistration(page, { mobile: '１３９１２３４１００１', newestCode: () => phone.nextCode('+8613912341001') })
    await agree(page, 'Register')
    await expect(page.getByText(/Your account name is user_[0-9a-f]+/)).toBeVisible()
    const desk = await office(browser, signIn, partner.admin, backstage.url)
    const list = await desk.page()
    await list.setViewportSize({ width: 1440, height: 900 })
    await list.goto('/customers')
    await rowsOf(list, 'Customer list').locator('[data-open]').click()
    await expect(list.getByRole('complementary')).toContainText('Autumn fair')
    await expect(list.locator('main')).toContainText('Z***')
  })
})

test('an account that exists is associated after signing in; what is in the way is told and can be put right', async ({ page, browser, partner, signIn, backstage }) => {
  const account = await backstage.ask('account', { facts: ['UNPAID_BILLS'] }, Account)
  const { call } = await office(browser, signIn, partner.admin, backstage.url)
  const { url } = await call(createLink, { body: { kind: 'GENERAL', associationType: 'REFERRAL' } })
  await page.goto(pathOf(url))
  await signInAsCustomer(page, { name: account.name, password: 'not the password' })
  await expect(page.getByRole('alert')).toBeFocused()
  await page.getByLabel('Password').fill(account.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await agree(page, 'Associate')
  await expect(page.getByRole('heading', { level: 1, name: 'The association did not work' })).toBeFocused()
  await expect(page.getByText('The account has unpaid bills.')).toBeVisible()

  await backstage.tell('factsOfAccount', { id: account.id, facts: [] })
  await page.getByRole('button', { name: 'Done, try again' }).click()
  await agree(page, 'Associate')
  await expect(page.getByRole('heading', { level: 1, name: 'You are now a customer of Blue Harbor Cloud' })).toBeFocused()

  // Of another partner it cannot become a customer any more.
  await page.goto('/my/partner')
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Customer sign-in' })).toBeVisible()
})

test('a forwarded mail needs the code to the account’s own number, which must be the reported one', async ({ page, browser, partner, signIn, mail, phone, backstage }) => {
  const [invited, other] = [await backstage.ask('account', {}, Account), await backstage.ask('account', {}, Account)]
  const { call } = await office(browser, signIn, partner.admin, backstage.url)
  const { path } = await inviteByMail(call, (to) => mail.newest(to), invited.mobile)
  await page.goto(path)
  await signInAsCustomer(page, other)
  await page.getByRole('button', { name: 'Get code' }).click()
  await expect(page.getByRole('alert')).toContainText('the mobile number that the partner reported')
  await page.getByRole('button', { name: 'Use another account' }).click()
  await page.getByRole('textbox', { name: 'Account name or mobile number' }).fill(invited.mobile)
  await page.getByLabel('Password').fill(invited.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('button', { name: 'Get code' }).click()
  await page.getByRole('textbox', { name: 'SMS code' }).fill(await phone.nextCode(invited.mobile))
  await page.getByRole('button', { name: 'Continue' }).click()
  await agree(page, 'Associate')
  await expect(page.getByRole('heading', { level: 1, name: 'You are now a customer of Blue Harbor Cloud' })).toBeFocused()
})
