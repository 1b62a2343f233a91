import { expect, test } from './fixtures.ts'
import { rowsOf } from './steps.ts'

test('Home tells what there is and what moved last, and each figure leads to its records', async ({ signedInPage: page, partner }) => {
  await partner.hasBalance('1000.00')
  await partner.hasCredit('500.00')
  const customer = await partner.hasCustomer({ name: '青屿云桥科技有限公司' })
  const number = await partner.hasAllocated(customer, '300.00')
  await page.goto('/')
  const funds = page.getByRole('region', { name: 'Funds' })
  for (const figure of ['700.00', '500.00', '300.00']) await expect(funds).toContainText(figure)
  await page.getByRole('table').getByRole('link', { name: number }).click()
  await expect(page.getByRole('dialog', { name: 'Adjustment' })).toContainText('青屿***公司')
  await page.goBack()
  await funds.getByRole('link', { name: 'Top-up account available Transactions' }).click()
  await expect(page.getByRole('region', { name: 'Statement' })).toContainText('Closing balance700.00')
})

test('the work that waits is counted, and its list has exactly the counted rows', async ({ signedInPage: page, partner }) => {
  const manager = await partner.hasMember({ role: 'manager' })
  await partner.hasBalance('1000.00')
  const owing = await partner.hasCustomer({ managerId: manager.id })
  await partner.hasAllocated(owing, '100.00')
  await partner.hasFacts(owing, { arrears: '12.00' })
  await partner.hasCustomer()
  await partner.hasCustomer()
  for (const [work, count] of [['No account manager', 2], ['In arrears', 1], ['No allocated balance', 2]] as const) {
    await page.goto('/')
    const line = page.getByRole('listitem').filter({ hasText: work })
    await expect(line).toContainText(`${count} customer`)
    await line.getByRole('link').click()
    await expect(rowsOf(page, 'Customer list')).toHaveCount(count)
  }
})

test('the frozen customers counted on Home are the rows of its list', async ({ signedInPage: page, partner }) => {
  for (const state of ['ACCOUNT_FROZEN', 'RESOURCES_FROZEN', 'NORMAL'] as const) await partner.hasCustomer({ state })
  await page.goto('/')
  await page.getByRole('region', { name: 'Customers' }).getByRole('link', { name: '2', exact: true }).click()
  await expect(rowsOf(page, 'Customer list')).toHaveCount(2)
})

test('a new partner’s Home says that nothing waits, and nothing of another partner’s', async ({ signedInPage: page, stranger }) => {
  await stranger.hasBalance('777.00')
  await stranger.hasAllocated(await stranger.hasCustomer(), '111.00')
  await page.goto('/')
  await expect(page.getByText('Nothing is waiting.')).toBeVisible()
  await expect(page.getByRole('main')).not.toContainText('777')
  await expect(page.getByRole('main')).not.toContainText('111')
})
