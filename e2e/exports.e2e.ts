import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { notifications, rowsOf } from './steps.ts'

const tasks = (page: Page) => rowsOf(page, 'Export history')

const grouped = (number: string) => `${number.slice(0, 6)} ${number.slice(6)}`

async function download(page: Page): Promise<string> {
  const [file] = await Promise.all([page.waitForEvent('download'), tasks(page).first().getByRole('link', { name: /^Download/ }).click()])
  expect(file.suggestedFilename()).toMatch(/\.csv$/)
  return await readFile(await file.path(), 'utf8')
}

test('the list one sees is exported as a file for Chinese Excel, with every personal value masked', async ({ signedInPage: page, partner }) => {
  const customer = await partner.hasCustomer({ name: '青屿云桥科技有限公司', accountName: 'qingyu_bridge', mobile: '+8613966667777', email: 'buyer@qingyu.example', tag: '=1+1', state: 'ACCOUNT_FROZEN' })
  await partner.hasCustomer({ name: '北山数据服务有限公司' })
  await page.goto('/customers?state=ACCOUNT_FROZEN')
  await expect(page.getByText('1 matches')).toBeVisible()
  await page.getByRole('button', { name: 'Show Mobile', exact: true }).click()
  await expect(page.getByRole('table')).toContainText('139 6666 7777')
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  await page.getByRole('dialog', { name: 'Export' }).getByRole('button', { name: 'Create task' }).click()
  await expect(notifications(page)).toContainText('The export task was created')
  await notifications(page).getByRole('link', { name: 'View export' }).click()
  await expect(tasks(page)).toContainText('Completed')
  const csv = await download(page)

  expect(csv.startsWith('\uFEFF')).toBe(true)
  // A line about the export, the heads, one customer; its number in two groups, so that no table program rounds it.
  expect(csv.trim().split(/\r?\n/)).toHaveLength(3)
  expect(csv).toContain(grouped(customer.number))
  expect(csv).toContain('青屿***公司')
  expect(csv).toContain('139****7777')
  for (const secret of ['云桥', 'qingyu_bridge', '6666', 'buyer@', '北山']) expect(csv).not.toContain(secret)
  // A value that a table program would compute is kept as text.
  expect(csv).not.toMatch(/(^|,)"?=1\+1/m)
  expect(await partner.logged('data.export')).toHaveLength(1)
  expect(await partner.logged('data.export_download')).toHaveLength(1)
})

test('only the ticked rows are exported when rows are ticked', async ({ signedInPage: page, partner }) => {
  const wanted = await partner.hasCustomer({ name: '青屿云桥科技有限公司' })
  const other = await partner.hasCustomer({ name: '北山数据服务有限公司' })
  await page.goto('/customers')
  await page.getByRole('checkbox', { name: /^Select 青屿/ }).check()
  await page.getByRole('button', { name: 'Export selected' }).click()
  const dialog = page.getByRole('dialog', { name: 'Export' })
  await expect(dialog.getByRole('radio', { name: /^The 1 selected/ })).toBeChecked()
  await dialog.getByRole('button', { name: 'Create task' }).click()
  await expect(notifications(page)).toContainText('The export task was created')
  await page.goto('/exports')
  await expect(tasks(page)).toContainText('Completed')
  const csv = await download(page)
  expect(csv).toContain(grouped(wanted.number))
  expect(csv).not.toContain(grouped(other.number))
})

test('records of money are exported with signs that say what they are', async ({ signedInPage: page, partner }) => {
  await partner.hasBalance('1000.00')
  const number = await partner.hasAllocated(await partner.hasCustomer(), '300.00')
  for (const path of ['/funds/adjustments', '/funds/transactions', '/operation-log']) {
    await page.goto(path)
    await page.getByRole('button', { name: 'Export', exact: true }).click()
    await page.getByRole('dialog', { name: 'Export' }).getByRole('button', { name: 'Create task' }).click()
    await expect(notifications(page)).toContainText('The export task was created')
  }
  await page.goto('/exports')
  await expect(tasks(page)).toHaveCount(3)
  await expect(tasks(page).getByText('Completed')).toHaveCount(3)
  await page.getByRole('button', { name: 'Content' }).click()
  await page.getByRole('radio', { name: 'Transactions' }).click()
  await expect(tasks(page)).toHaveCount(1)
  const csv = await download(page)
  expect(csv).toContain(number)
  expect(csv).toContain('300.00')
})

test('a task is deleted after a question, and its file is gone', async ({ signedInPage: page, partner }) => {
  await partner.hasCustomer()
  await page.goto('/customers')
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  await page.getByRole('dialog', { name: 'Export' }).getByRole('button', { name: 'Create task' }).click()
  await page.goto('/exports')
  const link = tasks(page).getByRole('link', { name: /^Download/ })
  const address = await link.getAttribute('href') ?? ''
  await tasks(page).getByRole('button', { name: /^Delete/ }).click()
  await page.getByRole('dialog', { name: 'Delete the export task?' }).getByRole('button', { name: /^Delete task/ }).click()
  await expect(page.getByRole('heading', { name: 'No exports in the last 3 days' })).toBeVisible()
  expect((await page.request.get(address)).status()).toBe(404)
  expect(await partner.logged('data.export_delete')).toHaveLength(1)
})

test('a file is handed out to the partner’s people only, and no longer than three days', async ({ signedInPage: page, partner, stranger, browser, backstage, signIn, clock }) => {
  await partner.hasCustomer()
  await page.goto('/customers')
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  await page.getByRole('dialog', { name: 'Export' }).getByRole('button', { name: 'Create task' }).click()
  await page.goto('/exports')
  await expect(tasks(page).getByRole('link', { name: /^Download/ })).toBeVisible({ timeout: 30_000 })
  const address = await tasks(page).getByRole('link', { name: /^Download/ }).getAttribute('href') ?? ''
  expect((await page.request.get(address)).status()).toBe(200)
  const elsewhere = await browser.newContext({ baseURL: backstage.url })
  expect((await elsewhere.request.get(address)).status()).toBe(401)
  await signIn(stranger.admin, elsewhere, stranger)
  expect((await elsewhere.request.get(address)).status()).toBe(404)
  await elsewhere.close()
  await clock.travel(3 * 86_400 + 60)
  await signIn(partner.admin)
  expect((await page.request.get(address)).status()).toBe(404)
})
