import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'

const shown = { name: '青屿云桥科技有限公司', mobile: '+8613966667777', email: 'buyer@qingyu.example' }

test('the eye in a cell shows one value, only that one, and it is logged', async ({ signedInPage: page, partner }) => {
  const customer = await partner.hasCustomer(shown)
  await partner.hasCustomer()
  await page.goto('/customers')
  const row = page.getByRole('row').filter({ has: page.getByRole('link', { name: '青屿***公司' }) })
  await row.getByRole('button', { name: 'Show Mobile' }).click()

  await expect(row).toContainText('139 6666 7777')
  await expect(row).not.toContainText(shown.name)
  const [entry, ...others] = await partner.logged('data.reveal')
  expect(others).toEqual([])
  expect(entry).toMatchObject({ result: 'success', customerId: customer.id })
  expect(JSON.stringify(await partner.state())).not.toContain('13966667777')
})

test('the eye in a head shows the column of this page, one record for each customer and field', async ({ signedInPage: page, partner }) => {
  const customers = [await partner.hasCustomer(shown), await partner.hasCustomer({ name: '北山数据服务有限公司' }), await partner.hasCustomer({ mobile: null })]
  await page.goto('/customers')
  await page.getByRole('button', { name: 'Show Mobile for 2 rows on this page' }).click()
  await expect(page.getByRole('table')).toContainText('139 6666 7777')
  expect((await partner.logged('data.reveal')).map((entry) => entry.customerId).toSorted()).toEqual(customers.slice(0, 2).map(({ id }) => id).toSorted())

  await page.getByRole('button', { name: /^Show Name \/ account for 3 rows/ }).click()
  await expect(page.getByRole('link', { name: shown.name })).toBeVisible()
  expect(await partner.logged('data.reveal')).toHaveLength(2 + 3 * 2)

  await page.getByRole('button', { name: 'Hide all' }).click()
  await expect(page.getByRole('table')).not.toContainText('139 6666 7777')
  await expect(page.getByRole('link', { name: shown.name })).toBeHidden()
})

test('what was shown hides by itself after sixty seconds', async ({ signedInPage: page, partner }) => {
  await partner.hasCustomer(shown)
  await page.clock.install()
  await page.goto('/customers')
  await page.getByRole('button', { name: 'Show Mobile', exact: true }).click()
  await expect(page.getByRole('table')).toContainText('139 6666 7777')
  await page.clock.fastForward(50_000)
  await expect(page.getByRole('button', { name: /^Hide Mobile, hidden again in \d s/ })).toBeVisible()
  await page.clock.fastForward(11_000)
  await expect(page.getByRole('table')).not.toContainText('139 6666 7777')
  await expect(page.getByRole('table')).toContainText('139****7777')
})

test('what was shown hides when the tab is left, when the view changes, and with the page', async ({ signedInPage: page, partner }) => {
  await partner.hasCustomer(shown)
  await page.goto('/customers')
  const show = async () => {
    await page.getByRole('button', { name: 'Show Mobile', exact: true }).click()
    await expect(page.getByRole('table')).toContainText('139 6666 7777')
  }
  await show()
  await leaveTab(page)
  await expect(page.getByRole('table')).not.toContainText('139 6666 7777')

  await show()
  await page.getByRole('button', { name: 'This month', exact: true }).click()
  await expect(page.getByRole('table')).not.toContainText('139 6666 7777')

  await show()
  await page.getByRole('link', { name: 'Export history' }).click()
  await page.goBack()
  await expect(page.getByRole('table')).toContainText('139****7777')
  await expect(page.getByRole('table')).not.toContainText('139 6666 7777')
})

test('what was shown in one order of the list stays hidden in every later one', async ({ signedInPage: page, partner }) => {
  await partner.hasBalance('900.00')
  for (let index = 0; index < 12; index += 1) {
    const customer = await partner.hasCustomer({ mobile: `+86139666677${10 + index}` })
    if (index % 3 === 0) await partner.hasAllocated(customer, `${10 + index}.00`)
    if (index % 3 === 0) await partner.hasConsumed(customer, `${9 - index / 3}.00`)
  }
  await page.goto('/customers')
  const list = page.getByRole('table', { name: 'Customer list' })
  for (const order of ['This month', 'Allocated', 'This month', 'Allocated']) {
    await list.getByRole('button', { name: 'Show Mobile', exact: true }).first().click()
    await expect(list).toContainText('139 6666 77')
    await page.getByRole('button', { name: order, exact: true }).click()
    await expect(list).not.toContainText('139 6666 77')
    await expect(list.getByRole('button', { name: 'Show Mobile', exact: true })).toHaveCount(10)
  }
})

test('a customer’s page shows name, mobile and mail by their eyes, and keeps nothing personal anywhere', async ({ signedInPage: page, partner }) => {
  const customer = await partner.hasCustomer(shown)
  await page.goto('/customers')
  await page.getByRole('button', { name: 'Show Customer name' }).click()
  await page.getByRole('link', { name: shown.name }).click()
  await expect(page.getByRole('heading', { level: 1, name: '青屿***公司' })).toBeVisible()
  for (const field of ['Customer name', 'Mobile', 'Email']) await page.getByRole('main').getByRole('button', { name: `Show ${field}`, exact: true }).first().click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(shown.name)
  await expect(page.getByRole('main')).toContainText('139 6666 7777')
  await expect(page.getByRole('main')).toContainText(shown.email)

  const kept = await page.evaluate(() => JSON.stringify([location.href, document.title, { ...localStorage }, { ...sessionStorage }, history.state]))
  for (const secret of [shown.name, '13966667777', '139 6666 7777', shown.email, customer.accountName]) expect(kept).not.toContain(secret)
})

test('somebody without the permission gets no eye', async ({ page, partner, signIn }) => {
  await partner.hasCustomer(shown)
  const member = await partner.hasMember({ role: 'operator', extra: ['customer.view'], removed: ['data.reveal'] })
  await signIn(member)
  await page.goto('/customers')
  await expect(page.getByRole('table')).toContainText('139****7777')
  await expect(page.getByRole('button', { name: /^Show / })).toHaveCount(0)
})

/** A headless browser never hides a page, so the page is told what a browser tells it when another tab comes to the front. */
const leaveTab = (page: Page): Promise<void> => page.evaluate(() => {
  Object.defineProperty(document, 'hidden', { configurable: true, get: () => true })
  document.dispatchEvent(new Event('visibilitychange'))
  Reflect.deleteProperty(document, 'hidden')
})
