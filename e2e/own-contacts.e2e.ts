import type { Locator, Page } from '@playwright/test'
import { expect, test, type TestPartner } from './fixtures.ts'
import { expectFitsPhone, expectGoodLooks, expectReady } from './looks.ts'
import { getCode, notifications, wrong } from './steps.ts'

const newPassword = 'quite another password'

/** Opens one change on the account page. @returns its dialog, at choosing how to check who it is. */
async function open(page: Page, name: 'Change mobile' | 'Change email' | 'Change password'): Promise<Locator> {
  await page.goto('/profile')
  await page.getByRole('button', { name, exact: true }).click()
  const dialog = page.getByRole('dialog', { name })
  await expect(dialog).toContainText('Step 1 of 4')
  return dialog
}

/** From choosing to the open form. */
async function confirmIdentity(dialog: Locator, by: 'SMS' | 'email', code: () => Promise<string>): Promise<void> {
  await dialog.getByRole('button', { name: `Verify now: By ${by} code` }).click()
  await getCode(dialog)
  await dialog.getByRole('textbox', { name: 'Code' }).fill(await code())
  await dialog.getByRole('button', { name: 'Next' }).click()
  await expect(dialog).toContainText('Step 3 of 4')
}

async function signInByForm(page: Page, partner: TestPartner, login: string, password: string): Promise<void> {
  await page.goto('/sign-in')
  await page.getByRole('textbox', { name: 'Account' }).fill(partner.account)
  await page.getByRole('textbox', { name: 'Member login name' }).fill(login)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

test('somebody changes the mobile: a code to the old one, a wrong one, a code to the new one; the old one is told', async ({ signedInPage: page, partner, phone }) => {
  test.setTimeout(90_000)
  const dialog = await open(page, 'Change mobile')
  await expect(dialog.getByRole('button', { name: 'Verify now: By SMS code' })).toBeFocused()
  await expectGoodLooks(page, 'choosing a check')
  await page.keyboard.press('Enter')
  await expect(dialog.getByRole('button', { name: 'Get code' })).toBeFocused()
  await getCode(dialog)
  const first = await phone.nextCode(partner.admin.mobile)
  await dialog.getByRole('textbox', { name: 'Code' }).fill(wrong(first))
  await page.keyboard.press('Enter')
  await expect(dialog.getByRole('alert')).toContainText('Wrong code. 4 attempts left.')
  await expectGoodLooks(page, 'a wrong code')
  await expectFitsPhone(page, 'a wrong code')
  // As people paste it.
  await dialog.getByRole('textbox', { name: 'Code' }).fill(`${first.slice(0, 3)} ${first.slice(3)}`)
  await page.keyboard.press('Enter')

  const field = dialog.getByRole('textbox', { name: 'New mobile' })
  await expect(field).toBeFocused()
  await expect(dialog.getByRole('timer')).toHaveText(/^Identity confirmed. Finish within (10:00|9:\d\d)\.$/)
  await field.fill('+86 139-0000-4321')
  await getCode(dialog)
  await expectGoodLooks(page, 'the new mobile')
  await expectFitsPhone(page, 'the new mobile')
  await dialog.getByRole('textbox', { name: 'Code' }).fill(await phone.nextCode('+8613900004321'))
  await dialog.getByRole('button', { name: 'Change mobile' }).click()

  await expect(dialog).toContainText('Your new mobile 139****4321 is in use.')
  await expect(notifications(page)).toContainText('Mobile changed')
  await expectGoodLooks(page, 'changed')
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  await expect(page.getByRole('main')).toContainText('139****4321')
  await expect(page.getByRole('button', { name: 'Change mobile' })).toBeFocused()
  await expect.poll(() => phone.newest(partner.admin.mobile)).not.toContain(first)
  expect(await partner.logged('profile.contact')).toHaveLength(1)
})

test('a new password ends the sign-in of another browser, and the next one needs it', async ({ signedInPage: page, partner, signIn, browser, backstage, mail }) => {
  const elsewhere = await browser.newContext({ baseURL: backstage.url })
  await signIn(partner.admin, elsewhere)
  const dialog = await open(page, 'Change password')
  await confirmIdentity(dialog, 'email', () => mail.nextCode(partner.admin.email))
  const field = dialog.getByLabel('New password', { exact: true })
  await expect(field).toBeFocused()
  await field.fill('password1')
  await dialog.getByLabel('New password again').fill('password1')
  await page.keyboard.press('Enter')
  await expect(field).toHaveAttribute('aria-invalid', 'true')
  await expectGoodLooks(page, 'a common password')
  await expectFitsPhone(page, 'a common password')
  expect((await elsewhere.request.get('/api/session')).status()).toBe(200)
  await field.fill(newPassword)
  await dialog.getByLabel('New password again').fill(newPassword)
  await page.keyboard.press('Enter')
  await expect(dialog).toContainText('Your new password is in use.')
  await expect(dialog).toContainText('1 other sign-in of this account was ended.')
  expect((await elsewhere.request.get('/api/session')).status()).toBe(401)
  expect((await page.request.get('/api/session')).status()).toBe(200)

  const other = await elsewhere.newPage()
  await signInByForm(other, partner, partner.admin.login, partner.admin.password)
  await expect(other.getByRole('alert')).toBeVisible()
  await signInByForm(other, partner, partner.admin.login, newPassword)
  await expect(other.getByRole('heading', { level: 1, name: 'Home' })).toBeAttached()
  await elsewhere.close()
})

test('the form closes after ten minutes and nothing was changed', async ({ signedInPage: page, partner, phone, clock }) => {
  const dialog = await open(page, 'Change email')
  await confirmIdentity(dialog, 'SMS', () => phone.nextCode(partner.admin.mobile))
  await dialog.getByRole('textbox', { name: 'New email' }).fill('new@partner.example')
  await clock.travel(601)
  await dialog.getByRole('button', { name: 'Get code' }).click()
  await expect(dialog).toContainText('The identity check counts no more. Nothing was changed.')
  await expectGoodLooks(page, 'a form that has closed')
  expect(await partner.logged('profile.contact')).toHaveLength(0)
})

test('without a verified contact it says who can help', async ({ page, partner, signIn }) => {
  await signIn(await partner.hasMember({ role: 'operator', hasMobile: false, hasEmail: false }))
  const dialog = await open(page, 'Change email')
  await expect(dialog).toContainText('Ask your administrator to set or verify one.')
  await expect(dialog.getByRole('button', { name: /^Verify now/ })).toHaveCount(0)
  await expectGoodLooks(page, 'no contact')
})

test('whoever forgot the password gets a code by mail, sets a new one and signs in with it', async ({ page, partner, mail }) => {
  await page.goto('/sign-in')
  await page.getByRole('link', { name: 'Forgotten password' }).click()
  await expectReady(page)
  await expectGoodLooks(page, 'forgotten password')
  await expectFitsPhone(page, 'forgotten password')
  await page.getByRole('textbox', { name: 'Account' }).fill(partner.account)
  await page.getByRole('textbox', { name: 'Member login name' }).fill(partner.admin.login)
  await page.getByRole('radio', { name: /^Email/ }).check()
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByRole('button', { name: 'Get code' }).click()
  await expect(page.getByText('If the account and its contact exist')).toBeVisible()
  const code = await mail.nextCode(partner.admin.email)
  await page.getByRole('textbox', { name: 'Code' }).fill(wrong(code))
  await page.getByLabel('New password', { exact: true }).fill(newPassword)
  await page.getByLabel('New password again').fill(newPassword)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert').filter({ hasText: 'Wrong code.' })).toBeVisible()
  await expectGoodLooks(page, 'a new password with a wrong code')
  await expectFitsPhone(page, 'a new password with a wrong code')
  await page.getByRole('textbox', { name: 'Code' }).fill(code)
  await page.keyboard.press('Enter')
  await expect(page.getByText('The password is reset')).toBeVisible()
  await expectGoodLooks(page, 'the password is reset')
  await page.getByRole('link', { name: 'Sign in' }).click()
  await signInByForm(page, partner, partner.admin.login, newPassword)
  await expect(page.getByRole('heading', { level: 1, name: 'Home' })).toBeAttached()
})

test('the page for a forgotten password says the same about an account that does not exist', async ({ page, partner }) => {
  const said: string[] = []
  for (const account of [partner.account, 'nobody-at-all']) {
    await page.goto('/forgotten')
    await page.getByRole('textbox', { name: 'Account' }).fill(account)
    await page.getByRole('textbox', { name: 'Member login name' }).fill(partner.admin.login)
    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByRole('button', { name: 'Get code' }).click()
    await expect(page.getByText('If the account and its contact exist')).toBeVisible()
    said.push((await page.getByRole('main').innerText()).replace(/\d\d:\d\d:\d\d|reference [A-Z]{2}|\d+ s\b/g, ''))
  }
  expect(said[0]).toBe(said[1])
})

test('an administrator sets the time zone after seeing how a message will look; others only see it', async ({ signedInPage: page, partner, context, signIn }) => {
  await page.goto('/profile?tab=messages')
  const sample = page.getByRole('figure', { name: 'A message looks like this' })
  await expect(sample).toContainText('GMT+08:00')
  await page.getByRole('combobox', { name: 'Time zone' }).selectOption('Europe/Berlin')
  await expect(sample).toContainText(/GMT\+0[12]:00/)
  await page.getByRole('button', { name: 'Save time zone' }).click()
  await expect(notifications(page)).toContainText('Time zone saved')
  await page.goto('/profile?tab=sign-ins')
  await expect(page.getByRole('main')).toContainText(/Times in GMT\+0[12]:00/)
  expect(await partner.logged('partner.time_zone')).toHaveLength(1)

  await signIn(await partner.hasMember({ role: 'operator' }), context)
  await page.goto('/profile?tab=messages')
  await expect(sample).toContainText(/GMT\+0[12]:00/)
  await expect(page.getByRole('combobox', { name: 'Time zone' })).toHaveCount(0)
})

test.describe('in Chinese on a phone', () => {
  test.use({ locale: 'zh-CN', viewport: { width: 390, height: 844 } })

  test('the steps fit and are translated', async ({ signedInPage: page, partner, phone }) => {
    await page.goto('/profile')
    await page.getByRole('button', { name: '修改电子邮箱' }).click()
    const dialog = page.getByRole('dialog', { name: '修改电子邮箱' })
    await expectGoodLooks(page, '选择')
    await dialog.getByRole('button', { name: '立即验证：通过短信验证码验证' }).click()
    await dialog.getByRole('button', { name: '获取验证码' }).click()
    await dialog.getByRole('textbox', { name: '验证码' }).fill(await phone.nextCode(partner.admin.mobile))
    await expectGoodLooks(page, '验证码')
    await dialog.getByRole('button', { name: '下一步' }).click()
    await expect(dialog.getByRole('textbox', { name: '新邮箱' })).toBeFocused()
    await expectGoodLooks(page, '新邮箱')
    await page.goto('/forgotten')
    await expectGoodLooks(page, '忘记密码')
  })
})
