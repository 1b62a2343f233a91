import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { rowsOf } from './steps.ts'

const rows = (page: Page) => rowsOf(page, 'Customer list')

test('filters narrow the list, stand in the address, survive reload and Back, and go away with one press', async ({ signedInPage: page, partner }) => {
  await partner.hasCustomer({ tag: 'gold' })
  await partner.hasCustomer({ type: 'REFERRAL' })
  await partner.hasCustomer({ state: 'ACCOUNT_FROZEN' })
  await page.goto('/customers')
  await expect(rows(page)).toHaveCount(3)

  await page.getByRole('button', { name: 'Account state', exact: true }).first().click()
  await page.getByRole('radio', { name: 'Account frozen' }).click()
  await expect(rows(page)).toHaveCount(1)
  await expect(page.getByText('1 matches')).toBeVisible()
  await page.reload()
  await expect(rows(page)).toHaveCount(1)
  await expect(rows(page)).toContainText('Account frozen')

  await rows(page).getByRole('link').first().click()
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
  await page.goBack()
  await expect(rows(page)).toHaveCount(1)
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await expect(rows(page)).toHaveCount(3)
  expect(new URL(page.url()).search).toBe('')
})

test('a look-up by name finds, leaves an opaque id in the address, and finds the same after a reload', async ({ signedInPage: page, partner }) => {
  const wanted = await partner.hasCustomer({ name: '青屿云桥科技有限公司' })
  await partner.hasCustomer({ name: '北山数据服务有限公司' })
  await page.goto('/customers')
  await page.getByRole('textbox', { name: 'Name, account or customer ID' }).fill('云桥')
  await expect(rows(page)).toHaveCount(1)
  await expect(rows(page)).toContainText(wanted.number.slice(0, 6))
  await expect(rows(page)).toContainText('matches the look-up')
  await expect(page).toHaveURL(/\?view=[0-9a-f-]{36}$/)
  expect(decodeURIComponent(page.url())).not.toContain('云桥')

  await page.reload()
  await expect(rows(page)).toHaveCount(1)
  await expect(page.getByText('as looked up before')).toBeVisible()
})

for (const [way, typed] of [['its last four digits', '7777'], ['the full number as people paste it', '+86 139 6666 7777']] as const) {
  test(`a mobile is found by ${way}, which never stands in the address`, async ({ signedInPage: page, partner }) => {
    await partner.hasCustomer({ mobile: '+8613966667777' })
    await partner.hasCustomer({ mobile: '+8613966660000' })
    await page.goto('/customers')
    await page.getByRole('button', { name: 'More', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Mobile' }).click()
    await page.getByRole('textbox', { name: 'Mobile' }).fill(typed)
    await page.keyboard.press('Enter')
    await expect(rows(page)).toHaveCount(1)
    await expect(rows(page)).toContainText('139****7777')
    await expect(page).toHaveURL(/view=/)
    expect(decodeURIComponent(page.url())).not.toMatch(/7777|6666/)
  })
}

test('sorting, paging and the page size stand in the address, and ticks survive paging', async ({ signedInPage: page, partner }) => {
  await partner.hasBalance('9000.00')
  for (let index = 0; index < 12; index += 1) {
    const customer = await partner.hasCustomer()
    await partner.hasAllocated(customer, `${100 + index}.00`)
  }
  await page.goto('/customers')
  await page.getByRole('button', { name: 'Allocated', exact: true }).click()
  await expect(page.getByRole('columnheader', { name: 'Allocated' })).toHaveAttribute('aria-sort', 'descending')
  await expect(rows(page).first()).toContainText('111.00')
  await rows(page).first().getByRole('checkbox').check()
  await page.getByRole('button', { name: 'Page 2' }).click()
  await expect(rows(page)).toHaveCount(2)
  await expect(rows(page).last()).toContainText('100.00')
  await rows(page).last().getByRole('checkbox').check()
  await expect(page.getByText('2 selected')).toBeVisible()
  await page.getByRole('button', { name: 'Previous page' }).click()
  await expect(rows(page).first().getByRole('checkbox')).toBeChecked()
  await page.reload()
  await expect(rows(page).first()).toContainText('111.00')
  await page.getByRole('button', { name: '10 a page' }).click()
  await page.getByRole('menuitemcheckbox', { name: '20 a page' }).click()
  await expect(rows(page)).toHaveCount(12)
})

test('somebody whose kept page is beyond the end sees the last page there is, and Back leaves the list', async ({ signedInPage: page, partner }) => {
  for (let index = 0; index < 11; index += 1) await partner.hasCustomer({ tag: 'gold' })
  await page.goto('/operation-log')
  await expect(page.getByRole('heading', { name: 'Operation log', level: 1 })).toBeVisible()
  await page.goto('/customers?tag=gold&page=7')
  await expect(rows(page)).toHaveCount(1)
  await expect(page.getByRole('button', { name: 'Page 2' })).toHaveAttribute('aria-current', 'page')
  expect(new URL(page.url()).search).toBe('?tag=gold&page=2')
  await page.goBack()
  await expect(page.getByRole('heading', { name: 'Operation log', level: 1 })).toBeVisible()
})

test('chosen columns and density are remembered for the person, also in another browser', async ({ signedInPage: page, partner, signIn, browser, backstage }) => {
  await partner.hasCustomer({ tag: 'gold' })
  await page.goto('/customers')
  await expect(page.getByRole('columnheader', { name: 'Tag' })).toBeHidden()
  await page.getByRole('button', { name: 'Columns' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Tag' }).click()
  await expect(page.getByRole('columnheader', { name: 'Tag' })).toBeVisible()
  const roomy = (await rows(page).boundingBox())?.height ?? 0
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Density' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Compact' }).click()
  await expect.poll(async () => (await rows(page).boundingBox())?.height ?? 0).toBeLessThan(roomy)
  await page.reload()
  await expect(page.getByRole('cell', { name: 'gold' })).toBeVisible()

  const elsewhere = await browser.newContext({ locale: 'en-US', viewport: { width: 1440, height: 900 } })
  await signIn(partner.admin, elsewhere)
  const other = await elsewhere.newPage()
  await other.goto(`${backstage.url}/customers`)
  await expect(other.getByRole('cell', { name: 'gold' })).toBeVisible()
  await elsewhere.close()
})

test('an account manager sees only the customers assigned to them, also by address', async ({ page, partner, signIn }) => {
  const manager = await partner.hasMember({ role: 'manager', name: 'Chen Hao' })
  const own = await partner.hasCustomer({ managerId: manager.id })
  const foreign = await partner.hasCustomer()
  await signIn(manager)
  await page.goto('/customers')
  await expect(rows(page)).toHaveCount(1)
  await expect(rows(page)).toContainText(own.number.slice(0, 6))
  await page.goto(`/customers/${foreign.id}`)
  await expect(page.getByRole('heading', { name: 'This page was not found' })).toBeVisible()
})

test('the three kinds of nothing differ: none yet, none fits, and none assigned', async ({ signedInPage: page, partner, signIn }) => {
  await page.goto('/customers')
  await expect(page.getByRole('heading', { name: 'No associated customers yet' })).toBeVisible()
  await page.goto('/customers?state=ACCOUNT_FROZEN')
  await expect(page.getByRole('heading', { name: 'No customer matches' })).toBeVisible()
  await signIn(await partner.hasMember({ role: 'manager' }))
  await page.goto('/customers')
  await expect(page.getByRole('heading', { name: 'No customer is assigned to you yet' })).toBeVisible()
})
