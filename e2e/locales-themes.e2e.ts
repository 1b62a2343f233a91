import { expect, test, type TestPartner } from './fixtures.ts'
import { expectFitsPhone, expectGoodLooks, expectReady } from './looks.ts'

const looks = [['en-US', 'light'], ['en-US', 'dark'], ['zh-CN', 'light'], ['zh-CN', 'dark']] as const
const pages = ['/', '/customers', '/funds', '/funds/adjustments', '/funds/transactions', '/operation-log', '/operation-log?tab=reveals', '/exports', '/profile']

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

for (const [language, theme] of looks) {
  test.describe(`in ${language}, ${theme}`, () => {
    test.setTimeout(90_000)
    test.beforeEach(({ page }) => page.addInitScript(([words, colours]) => {
      localStorage.setItem('language', words)
      localStorage.setItem('theme', colours)
    }, [language, theme] as const))

    test('every page is accessible, translated, and fits the window and a phone', async ({ signedInPage: page, partner }) => {
      const { customer } = await furnish(partner)
      for (const path of [...pages, ...['', '?tab=funds', '?tab=log'].map((tab) => `/customers/${customer.id}${tab}`), '/nowhere']) {
        await page.goto(path)
        await expectReady(page)
        await expect(page.locator('html')).toHaveAttribute('lang', language)
        await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
        await expectGoodLooks(page, path)
        await expectFitsPhone(page, path)
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
