import type { Locator, Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { expectFitsPhone, expectGoodLooks, expectReady } from './looks.ts'
import { notifications, rowsOf } from './steps.ts'

// Numbers are reserved and taken over all partners, so these belong to the tests of this file alone.
const rows = (page: Page) => rowsOf(page, 'Prospects')
const rowOf = (page: Page, mobile: string): Locator => rows(page).filter({ hasText: `${mobile.slice(0, 3)}****${mobile.slice(-4)}` })
const form = (page: Page) => page.getByRole('dialog', { name: 'Preregister customer' })

type Typed = { name: string; mobile: string; email?: string; type?: 'Resale' | 'Referral' }

/** Fills the form and hands it in; with a type the invitation is sent, too. */
async function report(page: Page, { name, mobile, email, type }: Typed): Promise<void> {
  await page.getByRole('button', { name: 'Preregister customer' }).first().click()
  if (type) await form(page).getByRole('radio', { name: type }).check()
  else await form(page).getByRole('radio', { name: 'Not now' }).check()
  await form(page).getByRole('textbox', { name: 'Customer full name' }).fill(name)
  await form(page).getByRole('textbox', { name: 'Mobile' }).fill(mobile)
  if (email) await form(page).getByRole('textbox', { name: 'Email' }).fill(email)
  await form(page).getByRole('button', { name: /^Preregister/ }).click()
}

/** As report, for one that is taken; closes the form. */
async function reported(page: Page, typed: Typed): Promise<void> {
  await report(page, typed)
  await expect(form(page).getByRole('heading', { name: 'Reported', exact: true })).toBeFocused()
  await form(page).getByRole('button', { name: 'Done' }).click()
  await expect(form(page)).toBeHidden()
}

test('a customer is preregistered without a mail, its missing email is added in the row, and then it can be invited', async ({ signedInPage: page, mail }) => {
  await page.goto('/customers/development')
  await expect(page.getByText('Preregister a prospect so that no other partner can report it for 15 days.')).toBeVisible()
  await reported(page, { name: '青屿云桥科技有限公司', mobile: '136 4646 7777' })
  const row = rowOf(page, '13646467777')
  await expect(row).toContainText('Reported')
  await expect(row).toContainText('Not invited')
  await expect(page.getByText('Under review and reported: 1 of 100')).toBeVisible()
  await expect(row.getByRole('button', { name: 'Invite', exact: true })).toHaveAttribute('aria-disabled', 'true')
  await expectReady(page)
  await expectGoodLooks(page, 'prospects')

  await row.getByRole('button', { name: 'Click to add email' }).click()
  await expect(page.getByRole('textbox', { name: 'Email' })).toBeFocused()
  await page.keyboard.type('li@')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Enter one valid email address of at most 64 characters')).toBeVisible()
  await page.keyboard.type('bridge.example')
  await page.keyboard.press('Enter')
  await expect(row).toContainText('l***@bridge.example')
  expect(await mail.newest('li@bridge.example')).toBe('')

  await row.getByRole('button', { name: 'Invite', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Invite customer' })
  await dialog.getByRole('button', { name: 'Send invitation' }).click()
  await expect(dialog.getByText('Choose an association type', { exact: true })).toBeVisible()
  await dialog.getByRole('radio', { name: 'Referral' }).check()
  await dialog.getByRole('button', { name: 'Preview email' }).click()
  await expect(dialog.getByRole('region', { name: 'Preview of the email' })).toContainText('l***@bridge.example')
  await expectGoodLooks(page, 'invite')
  await expectFitsPhone(page, 'invite')
  await dialog.getByRole('button', { name: 'Send invitation' }).click()
  await expect(notifications(page)).toContainText('Invitation sent')
  await expect(row).toContainText('Sent')
  await expect(row.getByRole('button', { name: 'Resend' })).toHaveAttribute('aria-disabled', 'true')
  await expect.poll(() => mail.newest('li@bridge.example'), 'the invitation').toMatch(/\/invite\/[\w-]{20,}/)
})

test('of a batch nothing is sent while one row is refused, and one press leaves that row out', async ({ signedInPage: page, mail }) => {
  await page.goto('/customers/development')
  await reported(page, { name: '北山数据服务有限公司', mobile: '13646460001', email: 'wang@north.example' })
  await reported(page, { name: '南湖软件有限公司', mobile: '13646460002' })
  await expect(rows(page)).toHaveCount(2)
  for (const box of await rows(page).getByRole('checkbox').all()) await box.check()
  await expect(page.getByText('1 of them can be invited')).toBeVisible()
  await page.getByText('2 selected').locator('xpath=ancestor::div[1]').getByRole('button', { name: 'Batch invite' }).click()
  const dialog = page.getByRole('dialog', { name: 'Invite 2 customers' })
  await dialog.getByRole('radio', { name: 'Referral' }).check()
  await dialog.getByRole('button', { name: 'Send 2 invitations' }).click()
  const refused = page.getByRole('dialog').getByRole('alert')
  await expect(refused).toBeFocused()
  await expect(refused).toContainText('136****0002')
  await expect(refused).not.toContainText('136****0001')
  expect(await mail.newest('wang@north.example')).toBe('')
  await expectGoodLooks(page, 'refused rows')

  await page.getByRole('button', { name: 'Drop it and send to the others' }).click()
  await expect(notifications(page)).toContainText('1 invitation sent')
  await expect(rowOf(page, '13646460001')).toContainText('Sent')
  await expect(rowOf(page, '13646460002')).toContainText('Not invited')
  await expect.poll(() => mail.newest('wang@north.example'), 'the invitation').toContain('/invite/')
})

test('what another partner reserved cannot be reported: the cause stands in place, without its name, and what was typed stays', async ({ signedInPage: page, signIn, stranger, browser }) => {
  const theirs = await browser.newContext({ locale: 'en-US' })
  await signIn(stranger.admin, theirs, stranger)
  const theirPage = await theirs.newPage()
  await theirPage.goto(new URL('/customers/development', await origin(page)).href)
  await reported(theirPage, { name: '东海智能有限公司', mobile: '13646460003' })
  await theirs.close()

  let reports = 0
  page.on('request', (request) => { if (request.method() === 'POST' && request.url().endsWith('/api/prospects')) reports += 1 })
  await page.goto('/customers/development?do=preregister')
  await expect(form(page)).toBeVisible()
  await page.keyboard.press('Escape')
  await report(page, { name: '东海智能有限公司', mobile: '+86 136-4646-0003' })
  await expect(form(page).getByRole('heading', { name: 'Cannot be reported' })).toBeFocused()
  await expect(form(page)).toContainText('Another partner has reported this customer.')
  await expect(form(page)).toContainText('A report ends after 15 days.')
  await expect(form(page)).not.toContainText(stranger.account)
  await expectGoodLooks(page, 'refused report')
  await form(page).getByRole('button', { name: 'Back to the form' }).click()
  await expect(form(page).getByRole('textbox', { name: 'Mobile' })).toHaveValue('+86 136-4646-0003')
  await expect(form(page).getByRole('textbox', { name: 'Mobile' })).toBeFocused()
  expect(reports).toBe(1)
  expect(await page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage }))).not.toContain('6666')
})

test('a prospect is found by the last digits of its mobile, shown whole for a moment, and only in memory', async ({ signedInPage: page, partner }) => {
  await page.goto('/customers/development')
  await reported(page, { name: '青屿云桥科技有限公司', mobile: '13646464444' })
  await reported(page, { name: '北山数据服务有限公司', mobile: '13646460005' })
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Mobile' }).click()
  await page.getByRole('textbox', { name: 'Mobile' }).fill('4444')
  await page.keyboard.press('Enter')
  await expect(rows(page)).toHaveCount(1)
  await expect(page).toHaveURL(/view=/)
  expect(page.url()).not.toContain('4444')
  await rows(page).getByRole('button', { name: 'Show Mobile' }).click()
  await expect(rows(page)).toContainText('136 4646 4444')
  expect(await partner.logged('data.reveal')).toHaveLength(1)
})

test('a manager reports for themself; their director sees it and is told why nothing can be sent', async ({ page, partner, signIn }) => {
  const director = await partner.hasMember({ role: 'director' })
  const manager = await partner.hasMember({ role: 'manager', name: 'Zhou Ning', directorId: director.id })
  await signIn(manager)
  await page.goto('/customers/development')
  await reported(page, { name: '西山软件有限公司', mobile: '13646460006', email: 'zhao@west.example' })
  await expect(rows(page)).toContainText('Z***')
  await expect(page.getByRole('button', { name: 'Export', exact: true })).toBeHidden()

  await signIn(director)
  await page.reload()
  await expect(rowOf(page, '13646460006')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Preregister customer' })).toBeHidden()
  await expect(rows(page).getByRole('button', { name: 'Invite', exact: true })).toBeHidden()
  await rows(page).getByRole('button', { name: /^More actions/ }).click()
  await expect(page.getByRole('menuitem', { name: 'Invite' })).toHaveAttribute('aria-disabled', 'true')
})

/** The test's console, as an origin. */
async function origin(page: Page): Promise<string> {
  await page.goto('/customers/development')
  return new URL(page.url()).origin
}
