import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { grantQuota, issued, proveByMail } from './couponing.ts'
import { expectFitsPhone, expectGoodLooks, expectReady } from './looks.ts'
import { notifications, rowsOf, securityCheck } from './steps.ts'

const dialog = (page: Page, name: string) => page.getByRole('dialog', { name })
const submit = (page: Page, name: string) => dialog(page, name).locator('footer button[type=submit]')
async function look(page: Page, what: string): Promise<void> {
  await expectReady(page)
  await expectGoodLooks(page, what)
  await expectFitsPhone(page, what)
}

test.describe('of a subsidy partner', () => {
  test.use({ partnerOptions: { verificationOn: true, type: 'SUBSIDY' } })

  test('a cash coupon goes to a customer on the whitelist, confirmed by a code from the mail, stands in the list and on the customer’s page, and is taken back', async ({ signedInPage: page, partner, backstage, mail, clock }) => {
    test.setTimeout(180_000)
    const [listed, other] = [await partner.hasCustomer({ name: '青屿云桥科技有限公司' }), await partner.hasCustomer({ name: '北山数据服务有限公司' })]
    const quota = await grantQuota(backstage, partner, { kind: 'CASH', amount: '500.00' })
    await page.goto('/coupons/whitelist')
    await page.getByRole('button', { name: 'Add Customer' }).click()
    await dialog(page, 'Add Customer').getByRole('textbox', { name: 'Name or account' }).fill(listed.accountName)
    await page.keyboard.press('Enter')
    await expect(notifications(page)).toContainText('Added')

    await page.goto('/coupons')
    await page.getByRole('navigation', { name: 'Kind of coupon' }).getByRole('link', { name: 'Cash coupons' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Cash coupon quota' })).toBeVisible()
    await look(page, 'cash coupon quota')
    await rowsOf(page, 'List of quotas').filter({ hasText: quota }).getByRole('link', { name: 'Issue' }).click()
    const form = dialog(page, 'Issue cash coupons')
    await form.getByRole('textbox', { name: 'Face value' }).fill('80')
    await form.getByRole('button', { name: 'Add customers' }).click()
    const picker = dialog(page, 'Add customers')
    await expect(picker.getByRole('checkbox', { name: new RegExp(`${other.number}$`) })).toHaveAccessibleDescription(/whitelist/)
    await look(page, 'customers for cash coupons, one not on the whitelist')
    await picker.getByRole('checkbox', { name: new RegExp(`${listed.number}$`) }).check()
    await submit(page, 'Add customers').click()
    await look(page, 'issuing a cash coupon')
    await submit(page, 'Issue cash coupons').click()
    await expect(securityCheck(page)).toContainText('80.00')
    await look(page, 'the security check of cash coupons')
    await proveByMail(page, mail, partner)
    await expect(dialog(page, 'Issued')).toContainText(`Quota ${quota} has 420.00 CNY left.`)
    await look(page, 'issued cash coupons')

    await page.goto('/coupons/issued?kind=CASH')
    await expect(page.getByRole('heading', { level: 1, name: 'Issued cash coupons' })).toBeVisible()
    await expect(rowsOf(page, 'List of issued coupons')).toContainText('80.00')
    await page.goto(`/customers/${listed.id}?tab=coupons`)
    const row = rowsOf(page, 'Coupons')
    await expect(row).toContainText('80.00')
    await look(page, 'the customer’s coupons')
    // The next code may be asked for a minute after the last.
    await clock.travel(90)
    await row.getByRole('link', { name: 'Reclaim' }).click()
    await expect(dialog(page, 'Reclaim cash coupons')).toContainText(quota)
    await look(page, 'reclaiming a cash coupon')
    await submit(page, 'Reclaim cash coupons').click()
    await proveByMail(page, mail, partner)
    await expect(dialog(page, 'Reclaimed')).toContainText('1 coupon was reclaimed: 80.00 CNY, as expected.')
    await look(page, 'reclaimed cash coupons')
    await dialog(page, 'Reclaimed').getByRole('button', { name: 'Close' }).last().click()
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expect(row).toContainText('Reclaimed')
    await page.goto('/coupons?kind=CASH')
    await expect(rowsOf(page, 'List of quotas')).toContainText('500.00')
  })
})

test.describe('of a partner of government cloud', () => {
  test.use({ partnerOptions: { verificationOn: true, type: 'GOVCLOUD' } })

  test('a delivery coupon is taken back from the list of issued ones, with a code from the mail, and the records tell both', async ({ signedInPage: page, partner, backstage, mail }) => {
    const quota = await grantQuota(backstage, partner, { kind: 'DELIVERY', amount: '500.00' })
    const [coupon] = await issued(backstage, partner, quota, [await partner.hasCustomer()], '60.00')
    await page.goto('/coupons/issued')
    await expect(page.getByRole('heading', { level: 1, name: 'Issued delivery coupons' })).toBeVisible()
    await rowsOf(page, 'List of issued coupons').filter({ hasText: coupon?.number ?? '' }).getByRole('link', { name: 'Reclaim' }).click()
    await look(page, 'reclaiming a delivery coupon')
    await submit(page, 'Reclaim delivery coupons').click()
    await expect(securityCheck(page)).toContainText('60.00')
    await proveByMail(page, mail, partner)
    await expect(dialog(page, 'Reclaimed')).toContainText('1 coupon was reclaimed: 60.00 CNY, as expected.')
    await dialog(page, 'Reclaimed').getByRole('link', { name: 'See operation records' }).click()
    const records = rowsOf(page, 'List of operation records')
    await expect(records).toHaveCount(1)
    await expect(records).toContainText('Reclaimed')
    await page.goto('/coupons/records')
    await expect(records.filter({ hasText: coupon?.number ?? '' })).toHaveCount(2)
  })
})
