import type { Page } from '@playwright/test'
import { writeWorkbook } from '#server/spreadsheets/write.ts'
import type { Backstage } from './backstage.ts'
import { expect, test } from './fixtures.ts'
import { expectFitsPhone, expectGoodLooks, expectReady } from './looks.ts'
import { notifications, rowsOf } from './steps.ts'

test.use({ partnerOptions: { verificationOn: true, type: 'SUBSIDY' } })

let serial = 0
/** An account at the vendor with a company of its own. */
async function hasAccount(backstage: Backstage): Promise<{ name: string; company: string }> {
  serial += 1
  const account = { name: `wl.${process.pid}.${serial}`, company: `名单${process.pid}第${serial}号有限公司` }
  await backstage.tell('operator', { words: ['account:create', '--name', account.name, '--company', account.company], reason: null })
  return account
}
const customers = (page: Page) => rowsOf(page, 'Customers on the whitelist')
const choose = (page: Page, name: string, text: string | Buffer) => page.locator('input[type=file]').setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(text) })

test('a subsidy partner adds a customer, is shown what is wrong with a file, imports a right one after a question, and takes a customer off', async ({ signedInPage: page, backstage }) => {
  test.setTimeout(120_000)
  const [one, two] = [await hasAccount(backstage), await hasAccount(backstage)]
  await page.goto('/coupons')
  await page.getByRole('link', { name: 'Customer whitelist' }).click()
  await expect(page.getByText('Nobody is on the whitelist yet')).toBeVisible()
  await expectGoodLooks(page, 'an empty whitelist')
  await page.getByRole('button', { name: 'Add customer' }).click()
  const adding = page.getByRole('dialog', { name: 'Add customer' })
  await adding.getByRole('textbox', { name: 'Name or account' }).fill('nobody.at.all')
  await adding.getByRole('button', { name: 'Add customer' }).click()
  await expect(adding.getByText('There is no customer of this name or account')).toBeVisible()
  await expectGoodLooks(page, 'a customer that nobody knows')
  await adding.getByRole('textbox', { name: 'Name or account' }).fill('名单***公司')
  await page.keyboard.press('Enter')
  await expect(adding.getByText('A masked value names nobody. Enter the full name or account')).toBeVisible()
  await adding.getByRole('textbox', { name: 'Name or account' }).fill(one.company)
  await page.keyboard.press('Enter')
  await expect(notifications(page)).toContainText('Added 名单***公司')
  await expect(customers(page)).toHaveCount(1)

  await page.getByRole('button', { name: 'Import new version' }).click()
  await expectGoodLooks(page, 'choosing a file')
  await expectFitsPhone(page, 'choosing a file')
  const importing = page.getByRole('dialog')
  await choose(page, 'odd.csv', 'a,b\n1,2\n')
  await expect(importing.getByRole('alert')).toContainText('The headings must be the two of the template')
  await choose(page, 'wrong.csv', `Account,Customer name\n${two.name},\nnot.known,\n${two.name},\n`)
  await expect(page.getByRole('dialog', { name: 'Preview' })).toContainText('2 rows cannot be imported, so nothing can.')
  await expect(rowsOf(page, 'Rows of the preview')).toHaveCount(2)
  await expect(rowsOf(page, 'Rows of the preview').nth(1)).toContainText('Same customer as row 2')
  await expect(page.getByRole('button', { name: 'Next' })).toBeHidden()
  await expectGoodLooks(page, 'a preview with refused rows')
  await expectFitsPhone(page, 'a preview with refused rows')
  await page.getByRole('button', { name: 'Choose another file' }).click()
  await choose(page, 'right.xlsx', writeWorkbook([['账号', '客户名称'], ['', two.company]]))
  await expect(page.getByRole('dialog', { name: 'Preview' })).toContainText('1 row was checked and can be imported.')
  await page.getByRole('button', { name: 'Next' }).click()
  const question = page.getByRole('dialog', { name: 'Replace the present list?' })
  await expect(question).toContainText('New: 1, removed: 1, kept: 0.')
  await expect(question.getByRole('button', { name: 'Replace the list' })).toBeFocused()
  await expectGoodLooks(page, 'the question before the list is replaced')
  await question.getByRole('button', { name: 'Replace the list' }).click()
  await expect(notifications(page)).toContainText(/Imported version 2 with 1 customer(?!s)/)
  await expect(customers(page)).toHaveCount(1)
  await expectGoodLooks(page, 'a whitelist')
  await expectFitsPhone(page, 'a whitelist')
  await page.getByRole('button', { name: 'Remove' }).click()
  await page.getByRole('dialog', { name: 'Remove this customer?' }).getByRole('button', { name: 'Remove' }).click()
  await expect(page.getByText('Nobody is on the whitelist yet')).toBeVisible()
})

test('the whitelist is kept with the keyboard alone', async ({ signedInPage: page, backstage }) => {
  const account = await hasAccount(backstage)
  await page.goto('/coupons/whitelist')
  await expectReady(page)
  await page.getByRole('button', { name: 'Add customer' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('textbox', { name: 'Name or account' })).toBeFocused()
  await page.keyboard.type(account.name)
  await page.keyboard.press('Enter')
  await expect(customers(page)).toHaveCount(1)
  await expect(page.getByRole('button', { name: 'Add customer' })).toBeFocused()
  await page.getByRole('button', { name: 'Import new version' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'Import new version' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Import new version' })).toBeFocused()
  await page.getByRole('button', { name: /^Remove/ }).focus()
  await page.keyboard.press('Enter')
  const question = page.getByRole('dialog', { name: 'Remove this customer?' })
  await expect(question).toBeVisible()
  await question.getByRole('button', { name: 'Remove' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByText('Nobody is on the whitelist yet')).toBeVisible()
})
