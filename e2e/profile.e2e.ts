import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { confirmWith, getCode, notifications, securityCheck } from './steps.ts'

const theSwitch = (page: Page) => page.getByRole('switch', { name: 'Verification by code' })

test('turning verification off needs a code and is told to every administrator; then allocating asks a plain question', async ({ signedInPage: page, partner, phone, mail }) => {
  await partner.hasBalance('1000.00')
  const colleague = await partner.hasMember({ role: 'administrator', name: 'Zhou Min' })
  const customer = await partner.hasCustomer({ name: '青屿云桥科技有限公司' })
  await page.goto('/profile')
  await expect(theSwitch(page)).toBeChecked()
  await theSwitch(page).click()
  const proof = securityCheck(page)
  await getCode(proof)
  await confirmWith(proof, await phone.nextCode(partner.admin.mobile))
  await expect(notifications(page)).toContainText('Verification by code is off')
  await expect(theSwitch(page)).not.toBeChecked()
  expect(await partner.logged('verification.off')).toHaveLength(1)
  await expect.poll(() => mail.newest(colleague.email)).toContain('confirmed without a code')

  await page.goto(`/customers/allocate?ids=${customer.id}`)
  await page.getByRole('textbox', { name: 'Amount', exact: true }).fill('200')
  await page.getByRole('button', { name: /^Allocate 200\.00 CNY/ }).click()
  const question = page.getByRole('dialog', { name: 'Confirm adjustment?' })
  await expect(question).toContainText('1,000.00 → 800.00')
  await expect(question.getByRole('textbox')).toHaveCount(0)
  expect(await partner.balance()).toBe('1000.00')
  await question.getByRole('button', { name: 'Allocate 200.00 CNY to 青屿***公司' }).click()
  await expect(notifications(page)).toContainText('Adjustment succeeded')
  expect(await partner.balance()).toBe('800.00')
  expect(await partner.logged('funds.allocate')).toMatchObject([{ confirmedBy: 'click' }])
})

test.describe('with the switch off', () => {
  test.use({ partnerOptions: { verificationOn: false } })

  test('turning it on takes effect at once: a question that is still open becomes a check by code', async ({ signedInPage: page, context, partner }) => {
    await partner.hasBalance('1000.00')
    const customer = await partner.hasCustomer()
    await page.goto(`/customers/allocate?ids=${customer.id}`)
    await page.getByRole('textbox', { name: 'Amount', exact: true }).fill('200')
    await page.getByRole('button', { name: /^Allocate 200\.00 CNY/ }).click()
    const question = page.getByRole('dialog', { name: 'Confirm adjustment?' })
    await expect(question).toBeVisible()

    const other = await context.newPage()
    await other.goto('/profile')
    await theSwitch(other).click()
    await expect(notifications(other)).toContainText('Verification by code is on')

    await question.getByRole('button', { name: /^Allocate 200\.00 CNY/ }).click()
    await expect(securityCheck(page).getByRole('button', { name: 'Get code' })).toBeVisible()
    expect(await partner.balance()).toBe('1000.00')
    expect(await partner.logged('verification.on')).toHaveLength(1)
  })
})

test('somebody who is no administrator sees the state of the switch and who may change it', async ({ page, partner, signIn }) => {
  await signIn(await partner.hasMember({ role: 'manager' }))
  await page.goto('/profile')
  await expect(page.getByText('Only administrators can change it.')).toBeVisible()
  await expect(theSwitch(page)).toHaveCount(0)
})

test('without a verified contact no code can be sent, and the check says where to look', async ({ page, partner, signIn }) => {
  await partner.hasBalance('1000.00')
  const customer = await partner.hasCustomer()
  await signIn(await partner.hasMember({ role: 'administrator', hasMobile: false, hasEmail: false }))
  await page.goto(`/customers/allocate?ids=${customer.id}`)
  await page.getByRole('textbox', { name: 'Amount', exact: true }).fill('200')
  await page.getByRole('button', { name: /^Allocate 200\.00 CNY/ }).click()
  const proof = securityCheck(page)
  await expect(proof).toContainText('You have no verified mobile or email, so no code can be sent.')
  await expect(proof.getByRole('button', { name: /^Allocate 200\.00 CNY/ })).toHaveAttribute('aria-disabled', 'true')
  await proof.getByRole('link', { name: 'View your profile' }).click()
  await expect(page.getByText('No code can reach you, so you cannot confirm what needs one.')).toBeVisible()
  expect(await partner.balance()).toBe('1000.00')
})

test('one sees where one is signed in, and ends the others', async ({ signedInPage: page, partner, signIn, browser, backstage }) => {
  const elsewhere = await browser.newContext({ baseURL: backstage.url })
  await signIn(partner.admin, elsewhere)
  expect((await elsewhere.request.get('/api/session')).status()).toBe(200)
  await page.goto('/profile?tab=sign-ins')
  await expect(page.getByRole('main').getByRole('listitem')).toHaveCount(2)
  await page.getByRole('button', { name: 'End all others' }).click()
  await expect(page.getByRole('main').getByRole('listitem')).toHaveCount(1)
  expect((await elsewhere.request.get('/api/session')).status()).toBe(401)
  await elsewhere.close()
})

test('the language of the messages is one’s own choice, beside that of the console', async ({ signedInPage: page, partner, phone }) => {
  await partner.hasBalance('1000.00')
  const customer = await partner.hasCustomer()
  await page.goto('/profile?tab=messages')
  await page.getByRole('combobox', { name: 'Message language' }).selectOption({ label: '简体中文' })
  await expect(notifications(page)).toContainText('Message language saved')
  await page.goto(`/customers/allocate?ids=${customer.id}`)
  await page.getByRole('textbox', { name: 'Amount', exact: true }).fill('200')
  await page.getByRole('button', { name: /^Allocate 200\.00 CNY/ }).click()
  await getCode(securityCheck(page))
  expect(await phone.newest(partner.admin.mobile)).toContain('您正在向')
})
