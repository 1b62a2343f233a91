import type { Page } from '@playwright/test'
import { common as enCommon } from '#src/i18n/en-US/common.ts'
import { customers as enCustomers } from '#src/i18n/en-US/customers.ts'
import { common as zhCommon } from '#src/i18n/zh-CN/common.ts'
import { customers as zhCustomers } from '#src/i18n/zh-CN/customers.ts'
import { expect, test } from './fixtures.ts'
import { expectFitsPhone, expectGoodLooks, expectReady } from './looks.ts'

const texts = { 'en-US': { common: enCommon, customers: enCustomers }, 'zh-CN': { common: zhCommon, customers: zhCustomers } }

const dialog = (page: Page) => page.getByRole('dialog')
const submit = (page: Page) => dialog(page).locator('button[type=submit]').last()

async function look(page: Page, what: string): Promise<void> {
  await expect(dialog(page).first()).toBeVisible()
  await expectReady(page)
  await expectGoodLooks(page, what)
  await expectFitsPhone(page, what)
}

for (const language of ['en-US', 'zh-CN'] as const) {
  test.describe(`in ${language}`, () => {
    test.setTimeout(120_000)
    test.use({ locale: language })
    const { common, customers } = texts[language]

    test('the forms over the list and its menus are accessible, translated and fit', async ({ signedInPage: page, partner }) => {
      await partner.hasCustomer({ tag: 'gold' })
      await partner.hasCustomer({ type: 'REFERRAL' })
      await page.goto('/customers')
      await expectReady(page)
      await page.getByRole('button', { name: customers.field.state, exact: true }).first().click()
      await look(page, 'a filter')
      await page.keyboard.press('Escape')
      for (const name of [common.table.columns, common.table.density, common.theme]) {
        await page.getByRole('button', { name, exact: true }).click()
        await expect(page.getByRole('menu')).toBeVisible()
        await expectGoodLooks(page, `menu ${name}`)
        await page.keyboard.press('Escape')
        await expect(page.getByRole('menu')).toBeHidden()
      }
      await page.getByRole('button', { name: customers.export, exact: true }).click()
      await look(page, 'export')
      await submit(page).click()
      await expect(dialog(page)).toBeHidden()
      await expectGoodLooks(page, 'a notification')
      for (const key of ['Control+k', '?']) {
        await page.keyboard.press(key)
        await look(page, `keys ${key}`)
        await page.keyboard.press('Escape')
        await expect(dialog(page)).toBeHidden()
      }
      await page.locator('tbody tr').last().locator('td').last().getByRole('button').last().click()
      await expect(page.getByRole('menu')).toBeVisible()
      await expectGoodLooks(page, 'menu of a row')
      await page.getByRole('menuitem', { name: customers.edit_tag }).click()
      await look(page, 'tag')
      await dialog(page).getByRole('textbox').fill('another')
      await page.keyboard.press('Escape')
      await expect(page.getByRole('alertdialog')).toBeVisible()
      await look(page, 'question before input is lost')
      await page.goto('/exports')
      await expectReady(page)
      await expectGoodLooks(page, 'exports with a task')
      await page.locator('tbody').getByRole('button').last().click()
      await look(page, 'question before a task is deleted')
    })

    test('so are allocating, reclaiming and the security check in each of its states', async ({ signedInPage: page, partner, phone }) => {
      await partner.hasBalance('1000.00')
      const all = [await partner.hasCustomer(), await partner.hasCustomer({ state: 'ACCOUNT_FROZEN' })]
      for (const customer of all) await partner.hasAllocated(customer, '100.00')
      const [first] = all
      const ids = all.map(({ id }) => id).join('.')
      for (const path of [`allocate?ids=${ids}`, `reclaim?ids=${ids}`, `reclaim?ids=${first?.id}`]) {
        await page.goto(`/customers/${path}`)
        await look(page, path.slice(0, 8))
      }
      await submit(page).click()
      await look(page, 'a form with a missing amount')
      await page.goto(`/customers/allocate?ids=${first?.id}`)
      await look(page, 'allocate')
      await dialog(page).getByRole('textbox').first().fill('5000')
      await submit(page).click()
      await expect(page.getByRole('alert')).not.toBeEmpty()
      await look(page, 'a refusal')
      await dialog(page).getByRole('textbox').first().fill('20')
      await submit(page).click()
      await expect(dialog(page).locator('.send')).toBeVisible()
      await look(page, 'security check')
      await dialog(page).locator('.send').click()
      const code = await phone.nextCode(partner.admin.mobile)
      await dialog(page).getByRole('textbox').fill(code === '000000' ? '000001' : '000000')
      await submit(page).click()
      await expect(dialog(page).getByRole('alert')).not.toBeEmpty()
      await look(page, 'a wrong code')
      await partner.sessionsEnd()
      await dialog(page).getByRole('textbox').fill(code)
      await submit(page).click()
      await expect(dialog(page).locator('[type=password]')).toBeVisible()
      await look(page, 'signing in over the page')
    })
  })
}
