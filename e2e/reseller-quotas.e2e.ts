import type { Page } from '@playwright/test'
import type { Backstage } from './backstage.ts'
import { grantQuota, proveByMail } from './couponing.ts'
import { expect, test, type TestPartner } from './fixtures.ts'
import { expectFitsPhone, expectGoodLooks } from './looks.ts'
import { rowsOf, securityCheck } from './steps.ts'

test.use({ partnerOptions: { verificationOn: true, type: 'DISTRIBUTOR' } })

let serial = 0
/** A reseller of this distributor. @returns its account. */
async function hasReseller(backstage: Backstage, distributor: TestPartner, name: string): Promise<string> {
  serial += 1
  const account = `shop-${process.pid}-${serial}`
  await backstage.tell('operator', { words: ['partner:create', '--account', account, '--name', name, '--type', 'RESELLER'] })
  await backstage.tell('operator', { words: ['partner:set', '--partner', account, '--distributor', distributor.account] })
  return account
}
const issued = (page: Page) => rowsOf(page, 'Quota issued to resellers')
const submitOf = (page: Page, name: string) => page.getByRole('dialog', { name }).locator('footer button[type=submit]')

test('a distributor gives quota to two resellers after a code from the mail, sees what became of it, and takes the rest back', async ({ signedInPage: page, partner, backstage, mail, clock }) => {
  test.setTimeout(120_000)
  const quota = await grantQuota(backstage, partner, { amount: '1000.00' })
  const [one, two] = [await hasReseller(backstage, partner, '东港渠道数据有限公司'), await hasReseller(backstage, partner, '西岭渠道数据有限公司')]
  await page.goto('/coupons/issued-quotas')
  await expect(page.getByText('No quota was issued to resellers yet')).toBeVisible()
  await expectGoodLooks(page, 'no issued quota')
  await page.getByRole('link', { name: 'Go to Quota' }).click()
  await rowsOf(page, 'List of quotas').filter({ hasText: quota }).getByRole('link', { name: 'Issue quota' }).click()
  const dialog = page.getByRole('dialog', { name: 'Issue voucher quota' })
  await submitOf(page, 'Issue voucher quota').click()
  await expect(dialog.getByText('Add resellers').last()).toBeVisible()
  await dialog.getByRole('button', { name: 'Add resellers' }).click()
  const picker = page.getByRole('dialog', { name: 'Add resellers' })
  await expect(picker.getByRole('checkbox')).toHaveCount(2)
  await expectGoodLooks(page, 'choosing resellers')
  for (const box of await picker.getByRole('checkbox').all()) await box.check()
  await submitOf(page, 'Add resellers').click()
  await dialog.getByRole('textbox', { name: new RegExp(`Amount for .* ${one}$`) }).fill('250.50')
  // The other one has no amount yet.
  await expect(submitOf(page, 'Issue voucher quota')).toHaveText('Issue voucher quota')
  await dialog.getByRole('textbox', { name: new RegExp(`Amount for .* ${two}$`) }).fill('800')
  await expect(dialog).toContainText('Left 1,000.00, needed 1,050.50.')
  await dialog.getByRole('textbox', { name: new RegExp(`Amount for .* ${two}$`) }).fill('100')
  await expect(dialog).toContainText('649.50')
  await dialog.getByRole('textbox', { name: 'Remark' }).fill('third quarter')
  await expectGoodLooks(page, 'issuing quota')
  await expectFitsPhone(page, 'issuing quota')
  await submitOf(page, 'Issue voucher quota').click()
  await expect(securityCheck(page)).toContainText('350.50')
  await proveByMail(page, mail, partner)
  const result = page.getByRole('dialog', { name: 'Quota issued' })
  await expect(result).toContainText('649.50')
  await expect(rowsOf(page, 'Issued quota')).toHaveCount(2)
  await expectGoodLooks(page, 'quota that was issued')
  await result.getByRole('link', { name: 'See issued quota' }).click()

  await expect(issued(page)).toHaveCount(2)
  await expect(issued(page).filter({ hasText: one })).toContainText('250.50')
  await expectGoodLooks(page, 'issued quota')
  await expectFitsPhone(page, 'issued quota')
  for (const box of await issued(page).getByRole('checkbox').all()) await box.check()
  await page.getByRole('link', { name: 'Batch reclaim' }).click()
  await expect(rowsOf(page, 'Quota to reclaim')).toHaveCount(2)
  await expectGoodLooks(page, 'reclaiming quota')
  await expectFitsPhone(page, 'reclaiming quota')
  // A person gets one code a minute.
  await clock.travel(61)
  await submitOf(page, 'Batch reclaim voucher quota').click()
  await expect(securityCheck(page)).toContainText('350.50')
  await expect(securityCheck(page).getByRole('term').filter({ hasText: 'Quotas' })).toBeVisible()
  await proveByMail(page, mail, partner)
  const reclaimed = page.getByRole('dialog', { name: 'Reclaimed' })
  await expect(reclaimed).toContainText('Reclaimed 2 quotas, 350.50 CNY in total, as expected.')
  await expectGoodLooks(page, 'reclaimed quota')
  await reclaimed.getByRole('button', { name: 'Close' }).last().click()
  await expect(issued(page).filter({ hasText: 'Reclaimed' })).toHaveCount(2)
  await expect(page.getByText(/\d selected/)).toHaveCount(0)
  expect((await partner.logged('quota.issue')).filter(({ result: how }) => how === 'success')).toHaveLength(2)
  expect((await partner.logged('quota.reclaim')).filter(({ result: how }) => how === 'success')).toHaveLength(2)
})

test('one row is reclaimed with the keyboard alone, and Escape leaves everything as it was', async ({ signedInPage: page, partner, backstage, mail }) => {
  const quota = await grantQuota(backstage, partner, { amount: '100.00' })
  const shop = await hasReseller(backstage, partner, '南浦渠道数据有限公司')
  await page.goto('/coupons')
  await rowsOf(page, 'List of quotas').filter({ hasText: quota }).getByRole('link', { name: 'Issue quota' }).focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Issue voucher quota' })
  await dialog.getByRole('button', { name: 'Add resellers' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('checkbox').first().focus()
  await page.keyboard.press('Space')
  await submitOf(page, 'Add resellers').focus()
  await page.keyboard.press('Enter')
  await expect(dialog.getByRole('button', { name: 'Add resellers' })).toBeFocused()
  await dialog.getByRole('textbox', { name: new RegExp(shop) }).focus()
  await page.keyboard.type('60')
  await page.keyboard.press('Enter')
  await proveByMail(page, mail, partner)
  await expect(page.getByRole('dialog', { name: 'Quota issued' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.goto('/coupons/issued-quotas')
  const reclaim = issued(page).getByRole('link', { name: 'Reclaim' })
  await reclaim.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'Reclaim voucher quota' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(issued(page)).toContainText('Active')
})
