import { expect, test } from './fixtures.ts'
import { expectGoodLooks, expectReady } from './looks.ts'
import { confirmWith, getCode, notifications, securityCheck, submitAmount } from './steps.ts'

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

test('on a phone a customer is looked up, a mobile is shown, and an allocation is confirmed by its code', async ({ signedInPage: page, partner, phone }) => {
  await partner.hasBalance('1000.00')
  const customer = await partner.hasCustomer({ name: '青屿云桥科技有限公司', mobile: '+8613966667777' })
  await partner.hasCustomer({ name: '北山数据服务有限公司' })
  await page.goto('/')
  await page.getByRole('button', { name: 'Menu', exact: true }).tap()
  await page.getByRole('dialog', { name: 'Menu' }).getByRole('link', { name: 'Customers' }).tap()
  await expectReady(page)
  await expectGoodLooks(page, 'customers on a phone')

  await page.getByRole('textbox', { name: 'Name, account or customer ID' }).fill('云桥')
  const card = page.getByRole('row').filter({ has: page.getByRole('link', { name: '青屿***公司' }) })
  await expect(page.getByText('1 matches')).toBeVisible()
  await card.getByRole('button', { name: 'Show Mobile' }).tap()
  await expect(card).toContainText('139 6666 7777')
  expect(await partner.logged('data.reveal')).toHaveLength(1)

  await card.getByRole('link', { name: 'Allocate' }).tap()
  const proof = await submitAmount(page, '200')
  await expectGoodLooks(page, 'security check on a phone')
  await expect(proof.getByRole('textbox', { name: 'Code' })).toHaveAttribute('inputmode', 'numeric')
  await expect(proof.getByRole('textbox', { name: 'Code' })).toHaveAttribute('autocomplete', 'one-time-code')
  await getCode(proof)
  await confirmWith(proof, await phone.nextCode(partner.admin.mobile))
  await expect(notifications(page)).toContainText('Adjustment succeeded')
  expect(await partner.balanceOf(customer)).toBe('200.00')
})

test('on a phone the filters open as one sheet, and the chosen one narrows the list', async ({ signedInPage: page, partner }) => {
  await partner.hasCustomer({ state: 'ACCOUNT_FROZEN' })
  await partner.hasCustomer()
  await page.goto('/customers')
  await expectReady(page)
  await page.getByRole('button', { name: 'Filter', exact: true }).tap()
  const sheet = page.getByRole('dialog', { name: 'Filter' })
  await sheet.getByRole('button', { name: /^Account state/ }).tap()
  await sheet.getByRole('radio', { name: 'Account frozen' }).tap()
  await expectGoodLooks(page, 'filters on a phone')
  await sheet.getByRole('button', { name: 'Show results' }).tap()
  await expect(page.getByText('1 matches')).toBeVisible()
  await expect(page.getByRole('button', { name: /^Filter.*1/ })).toBeVisible()
})

test('on a phone the order of the cards is chosen from a menu', async ({ signedInPage: page, partner }) => {
  await partner.hasBalance('100.00')
  await partner.hasAllocated(await partner.hasCustomer({ name: '青屿云桥科技有限公司' }), '30.00')
  await partner.hasCustomer({ name: '云海数智科技有限公司' })
  await page.goto('/customers')
  await expectReady(page)
  const first = page.locator('tbody tr').first()
  await expect(first).toContainText('云海***公司')
  await page.getByRole('button', { name: 'Order', exact: true }).tap()
  await page.getByRole('menuitemcheckbox', { name: 'Allocated: largest first' }).tap()
  await expect(page).toHaveURL(/sort=-balance/)
  await expect(first).toContainText('青屿***公司')
  await expect(page.getByRole('button', { name: 'Filter', exact: true })).toBeVisible()
})

test('on a phone the pages of a customer and of a batch fit', async ({ signedInPage: page, partner }) => {
  await partner.hasBalance('1000.00')
  const customers = [await partner.hasCustomer(), await partner.hasCustomer()]
  for (const customer of customers) await partner.hasAllocated(customer, '100.00')
  for (const path of [`/customers/${customers[0]?.id}`, `/customers/${customers[0]?.id}?tab=funds`, `/customers/reclaim?ids=${customers.map(({ id }) => id).join('.')}`]) {
    await page.goto(path)
    await expectReady(page)
    await expectGoodLooks(page, path)
  }
  await page.getByRole('button', { name: 'All that is reclaimable' }).tap()
  await page.getByRole('button', { name: 'Reclaim 200.00 CNY from 2 customers' }).tap()
  await expect(securityCheck(page)).toBeVisible()
  await expectGoodLooks(page, 'security check of a batch on a phone')
})

test('whoever zooms to 400 % scrolls a page in one direction only, and no name or number is cut', async ({ signedInPage: page, partner }) => {
  const customer = await partner.hasCustomer({ name: '青屿云岭科技有限公司' })
  await page.setViewportSize({ width: 320, height: 568 })
  for (const path of ['/', '/customers', `/customers/${customer.id}`, '/funds', '/operation-log', '/profile', '/profile?tab=company', '/profile/business', '/organization/members']) {
    await page.goto(path)
    await expectReady(page)
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), path).toBeLessThanOrEqual(0)
    const cut = await page.locator('.cell > :first-child, .cell a').evaluateAll((values) => values.filter((value) => value.checkVisibility() && value.scrollWidth > value.clientWidth + 1).map((value) => value.textContent))
    expect(cut, path).toEqual([])
  }
})
