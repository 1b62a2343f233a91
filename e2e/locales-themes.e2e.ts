import { expect, test, type TestPartner } from './fixtures.ts'
import { expectFitsPhone, expectGoodLooks, expectReady } from './looks.ts'

const pages = ['/', '/customers', '/funds', '/funds/adjustments', '/funds/transactions', '/operation-log', '/operation-log?tab=reveals', '/exports', '/organization/members', '/organization/roles', '/organization/specialists', '/profile', '/profile?tab=company', '/profile?tab=messages', '/profile?tab=customer-notices', '/profile?tab=customer-bills', '/profile?tab=contacts', '/profile?tab=sign-ins', '/profile/cases', '/profile/agreements', '/incentives', '/incentives?tab=statements', '/incentives?tab=lines', '/incentives?tab=freezes', '/incentives/projects', '/incentives/payments', '/incentives/invoices', '/incentives/projects/requests', '/profile/business']

/** Something of every kind, so that no page is empty. */
async function furnish(partner: TestPartner) {
  await partner.hasBalance('9000.00')
  await partner.hasCredit('5000.00')
  const customer = await partner.hasCustomer({ tag: 'gold', name: '青屿云桥科技有限公司' })
  await partner.hasAllocated(customer, '1200.00')
  await partner.hasConsumed(customer, '150.00')
  await partner.hasFacts(customer, { held: '30.00' })
  const others = [await partner.hasCustomer({ state: 'ACCOUNT_FROZEN' }), await partner.hasCustomer({ type: 'REFERRAL', mobile: null })]
  return { customer, others }
}

for (const language of ['en-US', 'zh-CN'] as const) {
  test.describe(`in ${language}`, () => {
    test.setTimeout(180_000)
    test.use({ locale: language })

    test('every page is accessible, translated, and fits the window and a phone', async ({ signedInPage: page, partner }) => {
      const { customer } = await furnish(partner)
      await page.goto('/customers')
      await page.locator('tbody button[aria-pressed=false]').first().click()
      await expect(page.locator('tbody button[aria-pressed=true]')).toHaveCount(1)
      await expectGoodLooks(page, 'a value that is shown')
      for (const path of [...pages, ...['', '?tab=funds', '?tab=log'].map((tab) => `/customers/${customer.id}${tab}`), '/nowhere']) {
        await page.goto(path)
        await expectReady(page)
        await expect(page.locator('html')).toHaveAttribute('lang', language)
        await expectGoodLooks(page, path)
        await expectFitsPhone(page, path)
      }
      for (const path of ['/funds/adjustments', '/operation-log']) {
        await page.goto(path)
        await page.locator('tbody a.row-action').first().click()
        await expect(page.getByRole('dialog')).toBeVisible()
        await expectReady(page)
        await expectGoodLooks(page, `details over ${path}`)
        await expectFitsPhone(page, `details over ${path}`)
      }
    })

    test('so are the sign-in page and its refusals', async ({ page }) => {
      await page.goto('/sign-in')
      await expectReady(page)
      await expectGoodLooks(page, 'sign-in')
      await page.locator('button[type=submit]').click()
      await expectGoodLooks(page, 'sign-in with empty fields')
      await expectFitsPhone(page, 'sign-in')
    })
  })
}

test('language and theme are switched without losing what was typed, and are remembered', async ({ signedInPage: page, partner }) => {
  await partner.hasCustomer({ name: '青屿云桥科技有限公司' })
  await page.goto('/customers')
  await page.getByRole('textbox', { name: 'Name, account or customer ID' }).fill('云桥')
  await expect(page.getByText('1 matches')).toBeVisible()
  await page.getByRole('button', { name: /切换为中文$/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: '客户管理' })).toBeVisible()
  await expect(page.getByRole('textbox').first()).toHaveValue('云桥')
  await page.getByRole('button', { name: '主题' }).click()
  await page.getByRole('menuitemcheckbox', { name: '深色' }).click()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await page.reload()
  await expect(page.getByRole('heading', { level: 1, name: '客户管理' })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await expect(page).toHaveTitle(/^客户管理/)
})
