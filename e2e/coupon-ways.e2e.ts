import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { grantQuota, issued } from './couponing.ts'
import { expectReady } from './looks.ts'
import { rowsOf, securityCheck } from './steps.ts'

/** Goes on with Tab until this is in focus, as somebody without a mouse does. */
async function tabTo(page: Page, role: 'link' | 'button' | 'textbox' | 'checkbox', name: string | RegExp): Promise<void> {
  const target = page.getByRole(role, { name, ...(typeof name === 'string' && { exact: true }) }).first()
  await expect(target).toBeVisible()
  for (let presses = 0; presses < 60; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  await expect(target, `${role} ${String(name)} is reached by Tab`).toBeFocused()
}

test('with the keyboard alone a voucher is issued, a refused customer’s reason is heard, and the focus is never lost', async ({ signedInPage: page, partner, backstage, phone }) => {
  const resale = await partner.hasCustomer()
  const referral = await partner.hasCustomer({ type: 'REFERRAL' })
  await grantQuota(backstage, partner, { amount: '500.00', words: ['--association', 'RESALE'] })
  await page.goto('/coupons')
  await expectReady(page)
  await tabTo(page, 'link', 'Issue vouchers')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Issue vouchers' })
  await tabTo(page, 'textbox', 'Face value')
  await page.keyboard.type('60')
  await tabTo(page, 'button', 'Add customers')
  await page.keyboard.press('Enter')
  const picker = page.getByRole('dialog', { name: 'Add customers' })
  await expect(picker.getByRole('textbox', { name: 'Name, account, tag or customer ID' })).toBeFocused()
  await tabTo(page, 'checkbox', new RegExp(`${referral.number}$`))
  await expect(picker.getByRole('checkbox', { name: new RegExp(`${referral.number}$`) })).toHaveAccessibleDescription(/resale customers only/)
  await page.keyboard.press('Space')
  await expect(picker.getByText('0 of 10')).toBeVisible()
  await tabTo(page, 'checkbox', new RegExp(`${resale.number}$`))
  await page.keyboard.press('Space')
  await tabTo(page, 'button', 'Done')
  await page.keyboard.press('Enter')
  await expect(dialog.getByRole('button', { name: 'Add customers' })).toBeFocused()
  await tabTo(page, 'button', /^Issue 60\.00 CNY/)
  await page.keyboard.press('Enter')
  const proof = securityCheck(page)
  await expect(proof).toBeVisible()
  await tabTo(page, 'button', 'Get code')
  await page.keyboard.press('Enter')
  await expect(proof.getByRole('textbox', { name: 'Code' })).toBeFocused()
  await page.keyboard.type(await phone.nextCode(partner.admin.mobile))
  await page.keyboard.press('Enter')
  const result = page.getByRole('dialog', { name: 'Issued' })
  await expect(rowsOf(page, 'Issued coupons')).toHaveCount(1)
  await page.keyboard.press('Escape')
  await expect(result).toBeHidden()
  expect(await page.evaluate(() => document.activeElement?.tagName)).not.toBe('BODY')
})

test('the palette finds a quota and a coupon by their numbers', async ({ signedInPage: page, partner, backstage }) => {
  const quota = await grantQuota(backstage, partner, { amount: '500.00' })
  const [coupon] = await issued(backstage, partner, quota, [await partner.hasCustomer()], '10.00')
  for (const [number, drawer] of [[quota, 'Quota'], [coupon?.number ?? '', 'Coupon']] as const) {
    await page.goto('/')
    await expectReady(page)
    await page.getByRole('button', { name: /^Find a customer, number or page/ }).click()
    await page.getByRole('combobox').fill(number)
    await page.getByRole('option', { name: new RegExp(number) }).click()
    await expect(page.getByRole('dialog', { name: drawer })).toContainText(number)
  }
})

test.describe('of a partner of government cloud', () => {
  test.use({ partnerOptions: { verificationOn: true, type: 'GOVCLOUD' } })

  test('a partner of delivery coupons names the largest share, and the list is of that kind alone', async ({ signedInPage: page, partner, backstage, phone }) => {
    await partner.hasCustomer()
    await grantQuota(backstage, partner, { kind: 'DELIVERY', amount: '500.00' })
    await page.goto('/coupons')
    await expect(page.getByRole('heading', { level: 1, name: 'Delivery coupon quota' })).toBeVisible()
    await expect(page.getByRole('navigation', { name: 'Kind of coupon' })).toHaveCount(0)
    await page.getByRole('link', { name: 'Issue', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: 'Issue delivery coupons' })
    await dialog.getByRole('textbox', { name: 'Face value' }).fill('60')
    await dialog.getByRole('button', { name: 'Add customers' }).click()
    await page.getByRole('checkbox').check()
    await page.getByRole('button', { name: 'Done' }).click()
    await dialog.getByRole('button', { name: /^Issue 60\.00/ }).click()
    await expect(dialog.getByText('Enter a whole percentage from 1 to 100')).toBeVisible()
    await expect(dialog.getByRole('textbox', { name: 'Maximum share' })).toBeFocused()
    await dialog.getByRole('textbox', { name: 'Maximum share' }).fill('30')
    await dialog.getByRole('button', { name: /^Issue 60\.00/ }).click()
    const proof = securityCheck(page)
    await proof.getByRole('button', { name: 'Get code' }).click()
    await proof.getByRole('textbox', { name: 'Code' }).fill(await phone.nextCode(partner.admin.mobile))
    await proof.getByRole('button', { name: /^Issue delivery coupons/ }).click()
    await page.getByRole('dialog', { name: 'Issued' }).getByRole('link', { name: /^CP/ }).click()
    await expect(page.getByRole('dialog', { name: 'Coupon' })).toContainText('30%')
  })
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

  test('a voucher is taken back from its card, and the result stands in cards', async ({ signedInPage: page, partner, backstage, phone }) => {
    const quota = await grantQuota(backstage, partner, { amount: '500.00' })
    await issued(backstage, partner, quota, [await partner.hasCustomer()], '40.00')
    await page.goto('/')
    await page.getByRole('button', { name: 'Menu', exact: true }).tap()
    await page.getByRole('dialog', { name: 'Menu' }).getByRole('link', { name: 'Coupons' }).tap()
    await page.getByRole('link', { name: 'Issued', exact: true }).tap()
    await rowsOf(page, 'List of issued coupons').getByRole('link', { name: 'Reclaim' }).tap()
    await page.getByRole('button', { name: 'Reclaim 1 coupon, about 40.00 CNY' }).tap()
    const proof = securityCheck(page)
    await proof.getByRole('button', { name: 'Get code' }).tap()
    await proof.getByRole('textbox', { name: 'Code' }).fill(await phone.nextCode(partner.admin.mobile))
    await proof.getByRole('button', { name: /^Reclaim about 40\.00 CNY/ }).tap()
    await expect(page.getByRole('dialog', { name: 'Reclaimed' })).toContainText('as expected')
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0)
  })
})
