import type { Page } from '@playwright/test'
import { expect, test, type TestMember, type TestPartner } from './fixtures.ts'
import { expectGoodLooks } from './looks.ts'

async function fillIn(page: Page, partner: TestPartner, { login, password }: Pick<TestMember, 'login' | 'password'>): Promise<void> {
  await page.getByRole('textbox', { name: 'Account', exact: true }).fill(partner.account)
  await page.getByRole('textbox', { name: 'Member login name' }).fill(login)
  await page.getByLabel('Password').fill(password)
}

test('somebody signs in with account, member name and password, and lands where they wanted to go', async ({ page, partner }) => {
  await partner.hasCustomer()
  await page.goto('/customers?associationType=RESALE')
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  await fillIn(page, partner, partner.admin)
  await page.getByRole('button', { name: 'Sign in' }).click()

  await expect(page.getByRole('heading', { level: 1, name: 'Customers' })).toBeVisible()
  await expect(page.getByRole('table', { name: 'Customer list' }).getByRole('row')).toHaveCount(2)
  expect(new URL(page.url()).search).toBe('?associationType=RESALE')
  expect(await partner.logged('session.signed_in')).toHaveLength(1)
})

test('a wrong password keeps what was typed, says nothing about which part is wrong, and is logged', async ({ page, partner }) => {
  await page.goto('/sign-in')
  await fillIn(page, partner, { login: partner.admin.login, password: 'not the password' })
  await page.keyboard.press('Enter')
  const refusal = page.getByRole('alert')
  await expect(refusal).toBeVisible()
  const words = await refusal.innerText()
  await expect(page.getByRole('textbox', { name: 'Account' })).toHaveValue(partner.account)

  await fillIn(page, partner, { login: 'nobody', password: 'not the password' })
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeEnabled()
  expect(withoutRequestId(await refusal.innerText())).toBe(withoutRequestId(words))
  expect((await partner.logged('session.failed')).length).toBeGreaterThan(0)
  expect(await partner.logged('session.signed_in')).toHaveLength(0)
})

test('a field left empty is named, and the focus goes there', async ({ page }) => {
  await page.goto('/sign-in')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('textbox', { name: 'Account' })).toBeFocused()
  await expect(page.getByRole('textbox', { name: 'Account' })).toHaveAccessibleDescription('Enter your account')
})

test('signing out in one tab signs out the other at once', async ({ signedInPage, context, partner }) => {
  await signedInPage.goto('/customers')
  const other = await context.newPage()
  await other.goto('/exports')
  await expect(other.getByRole('heading', { level: 1 })).toBeVisible()
  await signedInPage.getByRole('button', { name: /^L Blue Harbor Cloud/ }).click()
  await signedInPage.getByRole('menuitem', { name: 'Sign out' }).click()

  await expect(other.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  await expect(signedInPage.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  expect((await other.request.get('/api/session')).status()).toBe(401)
  expect(await partner.logged('session.signed_out')).toHaveLength(1)
})

test('when the sign-in ends in the middle of a form, one signs in over the page and the form goes on with what was typed', async ({ signedInPage: page, partner }) => {
  await partner.hasCustomer({ tag: 'old' })
  await page.goto('/customers')
  await page.getByRole('button', { name: /^More actions for/ }).click()
  await page.getByRole('menuitem', { name: 'Edit tag' }).click()
  await page.getByRole('textbox', { name: 'Tag' }).fill('key account')
  await partner.sessionsEnd()
  await page.getByRole('button', { name: 'Save tag' }).click()

  const again = page.getByRole('dialog', { name: 'Your sign-in has ended' })
  await expect(again).toBeVisible()
  expect(await partner.logged('customer.tag')).toHaveLength(0)
  await fillIn(page, partner, partner.admin)
  await again.getByRole('button', { name: 'Sign in and continue' }).click()

  await expect(again).toBeHidden()
  await expect(page.getByRole('status', { name: 'Notifications' })).toContainText('Tag saved')
  expect(await partner.logged('customer.tag')).toHaveLength(1)
})

test('another person who signs in over the page does not go on with the form of the first', async ({ signedInPage: page, partner }) => {
  const colleague = await partner.hasMember({ role: 'administrator', name: 'Zhou Min' })
  await partner.hasCustomer({ tag: 'old' })
  await page.goto('/customers')
  await page.getByRole('button', { name: /^More actions for/ }).click()
  await page.getByRole('menuitem', { name: 'Edit tag' }).click()
  await page.getByRole('textbox', { name: 'Tag' }).fill('key account')
  await partner.sessionsEnd()
  await page.getByRole('button', { name: 'Save tag' }).click()
  await fillIn(page, partner, colleague)
  const again = page.getByRole('dialog', { name: 'Your sign-in has ended' })
  await again.getByRole('button', { name: 'Sign in and continue' }).click()
  await expect(again.getByRole('status')).toContainText('Sign in as the same person')
  // Neither by insisting.
  await again.getByRole('button', { name: 'Sign in and continue' }).click()
  await expect.poll(async () => (await partner.logged('session.signed_out')).length).toBe(2)
  await expect(again).toBeVisible()
  expect(await partner.logged('customer.tag')).toHaveLength(0)
})

test('after half an hour without activity the next request asks to sign in', async ({ signedInPage: page, partner, clock }) => {
  await partner.hasCustomer()
  await page.goto('/customers')
  // With its rows there, nothing is on its way that would find the session over before the person asks for something.
  await expect(page.getByRole('button', { name: /^More actions for/ })).toBeVisible()
  await clock.travel(31 * 60)
  await page.getByRole('button', { name: 'Allocated', exact: true }).click()
  await expect(page.getByRole('dialog', { name: 'Your sign-in has ended' })).toBeVisible()
})

test('two minutes before that a dialog offers to stay, and staying keeps what was typed', async ({ signedInPage: page, partner, clock }) => {
  await partner.hasCustomer({ tag: 'old' })
  await page.clock.install()
  await page.goto('/customers')
  await page.getByRole('button', { name: /^More actions for/ }).click()
  await page.getByRole('menuitem', { name: 'Edit tag' }).click()
  await page.getByRole('textbox', { name: 'Tag' }).fill('key account')
  const almost = 28 * 60 + 10
  await clock.travel(almost)
  await page.clock.fastForward(almost * 1000)
  const warning = page.getByRole('dialog', { name: 'You are about to be signed out' })
  await expect(warning.getByRole('button', { name: 'Stay signed in' })).toBeFocused()
  await expectGoodLooks(page, 'the warning before the idle end')
  await page.keyboard.press('Enter')
  await expect(warning).toBeHidden()
  await clock.travel(5 * 60)
  await page.getByRole('button', { name: 'Save tag' }).click()
  await expect(page.getByRole('status', { name: 'Notifications' })).toContainText('Tag saved')
})

const withoutRequestId = (text: string): string => text.replace(/Request id.*/s, '')
