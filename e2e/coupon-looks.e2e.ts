import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { grantQuota, issued, spend } from './couponing.ts'
import { expectFitsPhone, expectGoodLooks, expectReady } from './looks.ts'

const dialog = (page: Page) => page.getByRole('dialog').last()
const submit = (page: Page) => page.locator('.dialog footer button[type=submit]').last()

async function look(page: Page, what: string): Promise<void> {
  await expectReady(page)
  await expectGoodLooks(page, what)
  await expectFitsPhone(page, what)
}

for (const language of ['en-US', 'zh-CN'] as const) {
  test.describe(`in ${language}`, () => {
    test.setTimeout(180_000)
    test.use({ locale: language })

    test('the pages of coupons, empty and full, and their drawers are accessible, translated and fit', async ({ signedInPage: page, partner, backstage }) => {
      for (const path of ['/coupons', '/coupons/issued', '/coupons/records', '/coupons?kind=DELIVERY', '/coupons/issued?state=USED']) {
        await page.goto(path)
        await look(page, `${path}, empty`)
      }
      const customers = [await partner.hasCustomer(), await partner.hasCustomer({ type: 'REFERRAL' })]
      const quota = await grantQuota(backstage, partner, { amount: '1000.00', words: ['--product', 'ECS', '--product', 'OBS', '--product', 'RDS', '--order-type', 'NEW'] })
      const plain = await grantQuota(backstage, partner, { amount: '100.00' })
      const [used] = await issued(backstage, partner, plain, customers, '50.00', 'a remark')
      await spend(backstage, partner, used?.number ?? '', '50.00')
      for (const path of ['/coupons', '/coupons/issued', '/coupons/records', `/customers/${customers[0]?.id}?tab=coupons`, `/coupons/issued?open=${used?.id}`, `/coupons?number=${quota}`]) {
        await page.goto(path)
        await look(page, path)
      }
      await page.locator('tbody a.row-action').last().click()
      await expect(dialog(page)).toBeVisible()
      await look(page, 'a quota')
    })

    test('so are the forms of issuing and reclaiming, their refusals and results', async ({ signedInPage: page, partner, backstage, phone }) => {
      const customers = [await partner.hasCustomer({ tag: 'gold' }), await partner.hasCustomer({ type: 'REFERRAL' })]
      const quota = await grantQuota(backstage, partner, { amount: '1000.00', words: ['--association', 'RESALE'] })
      await page.goto(`/customers/issue-coupons?ids=${customers.map(({ id }) => id).join('.')}`)
      await expect(page.getByRole('alert')).toBeVisible()
      await page.locator('.more > summary').first().click()
      await page.locator('.more > summary').last().click()
      await submit(page).click()
      await look(page, 'issuing with an empty field and a refused customer')
      await page.locator('.chosen-head button').click()
      await expect(page.locator('.picker-box')).toBeVisible()
      await look(page, 'adding customers')
      await submit(page).click()
      await page.locator('.refused-rows .button').click()
      await page.locator('#issue-form .amount input').first().fill('100')
      await submit(page).click()
      await expect(page.locator('.send')).toBeVisible()
      await look(page, 'the security check of an issue')
      await page.locator('.send').click()
      await page.locator('.code-field input').fill(await phone.nextCode(partner.admin.mobile))
      await submit(page).click()
      await expect(page.locator('.chosen-rows tbody tr')).toHaveCount(1)
      await look(page, 'what was issued')
      const coupons = await issued(backstage, partner, quota, customers, '50.00')
      await spend(backstage, partner, coupons[0]?.number ?? '', '50.00')
      await page.goto(`/coupons/issued/reclaim-coupons?kind=VOUCHER&ids=${coupons.map(({ id }) => id).join('.')}`)
      await expect(page.locator('.refused-rows')).toBeVisible()
      await look(page, 'a reclaim with a refused coupon')
      await page.goto('/coupons/issued/reclaim-coupons?kind=VOUCHER')
      await look(page, 'a reclaim of nothing')
    })
  })
}
