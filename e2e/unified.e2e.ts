import type { Page } from '@playwright/test'
import * as z from 'zod/mini'
import type { Backstage } from './backstage.ts'
import { expect, test, type TestMember, type TestPartner } from './fixtures.ts'
import { expectFitsPhone, expectGoodLooks, expectReady } from './looks.ts'
import { securityCheck } from './steps.ts'

test.use({ hasUnifiedId: true })

/** The vendor's operator links a member. */
const link = (backstage: Backstage, { account }: TestPartner, { login }: TestMember, subject: string): Promise<string> =>
  backstage.ask('operator', { words: ['member:identity', '--partner', account, '--member', login, '--subject', subject] }, z.string())

/** On the provider's own page. */
async function sayWho(page: Page, subject: string): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Unified ID' })).toBeVisible()
  await page.getByRole('textbox', { name: 'Unified ID' }).fill(subject)
  await page.getByRole('button', { name: 'Go on' }).click()
}
const toProvider = (page: Page) => page.getByRole('link', { name: 'Sign in with 统一账号' })

test('somebody signs in with the unified ID, lands where they wanted to go, is sent there for contacts, and signs out here only', async ({ page, partner, backstage }) => {
  test.setTimeout(90_000)
  await link(backstage, partner, partner.admin, 'subject-of-admin')
  await page.goto('/customers?state=NORMAL')
  await expect(toProvider(page)).toBeVisible()
  await toProvider(page).click()
  await sayWho(page, 'subject-of-admin')
  await expect(page.getByRole('heading', { level: 1, name: 'Customers' })).toBeVisible()
  expect(new URL(page.url()).search).toBe('?state=NORMAL')
  expect((await partner.logged('session.signed_in')).map(({ details }) => details)).toEqual([expect.stringContaining('unified')])

  await page.goto('/profile?tab=account')
  await expect(page.getByRole('link', { name: 'Go to manage' })).toHaveAttribute('href', /^http:\/\/127\.0\.0\.1:\d+\/account$/)
  await expect(page.getByText('Account, contacts and password are managed with your unified ID.')).toBeVisible()
  await expect(page.getByRole('button', { name: /^Change / })).toHaveCount(0)
  await expectReady(page)
  await expectGoodLooks(page, 'the account of a unified ID')
  await expectFitsPhone(page, 'the account of a unified ID')

  await page.getByRole('button', { name: /^L Blue Harbor Cloud/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  // The provider still knows the person, so its page does not ask again.
  await toProvider(page).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible()
})

test('a unified account has no password here, and the page says why somebody comes back from the provider', async ({ page, partner, backstage }) => {
  test.setTimeout(90_000)
  const member = await partner.hasMember({ role: 'manager' })
  await link(backstage, partner, member, 'subject-of-member')
  await page.goto('/sign-in')
  await page.getByRole('textbox', { name: 'Account', exact: true }).fill(partner.account)
  await page.getByRole('textbox', { name: 'Member login name' }).fill(member.login)
  await page.getByLabel('Password').fill(member.password)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert')).toContainText('Account or password is wrong.')

  await toProvider(page).click()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByText('Signing in was cancelled. You can try again.')).toBeVisible()
  await toProvider(page).click()
  await sayWho(page, 'subject-of-nobody')
  await expect(page.getByText('This unified ID is not linked with a member of Partner Center.')).toBeVisible()
  expect(new URL(page.url()).search).toBe('')
  await expectGoodLooks(page, 'not linked')
  await expectFitsPhone(page, 'not linked')
})

test('the sign-in page leads with the unified ID in both languages and on a phone', async ({ page }) => {
  await page.goto('/sign-in')
  await expect(toProvider(page)).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Accounts that were not upgraded' })).toBeVisible()
  await expectGoodLooks(page, 'sign-in in English')
  await page.evaluate(() => localStorage.setItem('language', 'zh-CN'))
  await page.reload()
  await expect(page.getByRole('link', { name: '使用统一账号登录' })).toBeVisible()
  await expect(page.getByRole('heading', { name: '未升级的账号' })).toBeVisible()
  await expectGoodLooks(page, 'sign-in in Chinese')
  await expectFitsPhone(page, 'sign-in in Chinese')
})

test('the page waits with what was typed while somebody signs in again in another tab', async ({ page, context, partner, backstage, signIn }) => {
  test.setTimeout(90_000)
  const customer = await partner.hasCustomer()
  await partner.hasBalance('1000.00')
  await link(backstage, partner, partner.admin, 'subject-of-again')
  await signIn(partner.admin)
  await page.goto(`/customers/allocate?ids=${customer.id}`)
  await page.getByRole('textbox', { name: 'Amount', exact: true }).fill('12.50')
  await partner.sessionsEnd()
  await page.getByRole('button', { name: /^Allocate [\d,.]+ CNY/ }).click()
  const dialog = page.getByRole('dialog', { name: 'Your sign-in has ended' })
  await expect(dialog).toBeVisible()
  await expect(toProvider(page)).toBeVisible()
  await expectGoodLooks(page, 'signing in again')
  await expectFitsPhone(page, 'signing in again')
  const [tab] = await Promise.all([context.waitForEvent('page'), toProvider(page).click()])
  await sayWho(tab, 'subject-of-again')
  await expect(tab.getByText('You are signed in. Close this page and go on in the one you came from.')).toBeVisible()
  await tab.close()
  await expect(dialog).toHaveCount(0)
  await expect(securityCheck(page)).toContainText('12.50')
})
