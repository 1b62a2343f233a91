import type { Browser, Locator, Page } from '@playwright/test'
import { queryCustomers } from '#contract/customers.ts'
import { queryMembers, setMemberState } from '#contract/members.ts'
import { asMember } from './accepting.ts'
import { expect, test, type TestMember } from './fixtures.ts'
import { expectFitsPhone, expectGoodLooks, expectReady } from './looks.ts'
import { notifications, rowsOf } from './steps.ts'

const members = (page: Page): Locator => rowsOf(page, 'Member list')
const rowOf = (page: Page, { login }: Pick<TestMember, 'login'>): Locator => members(page).filter({ has: page.getByRole('cell', { name: login, exact: true }) })
const password = 'quite a long password'

async function choose(page: Page, row: Locator, act: string): Promise<void> {
  await row.getByRole('button', { name: /^More actions/ }).click()
  await page.getByRole('menuitem', { name: act, exact: true }).click()
}

/** A browser of somebody else. */
async function otherPage(browser: Browser, baseURL: string | undefined): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-US', timezoneId: 'Asia/Shanghai', viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce', ...(baseURL !== undefined && { baseURL }) })
  return await context.newPage()
}

test('an administrator creates a manager, who sets the password by the link in the mail, signs in and sees only own customers', async ({ signedInPage: page, context, baseURL, browser, partner, mail }) => {
  test.setTimeout(90_000)
  const director = await partner.hasMember({ role: 'director', name: '陈思远' })
  await page.goto('/organization/members')
  await expectReady(page)
  await expectGoodLooks(page, 'members')
  await expectFitsPhone(page, 'members')
  await page.getByRole('button', { name: 'Create member' }).click()
  const form = page.getByRole('dialog', { name: 'Create member' })
  await form.getByRole('button', { name: 'Next' }).click()
  await expect(form.getByRole('textbox', { name: 'Login name' })).toBeFocused()
  await expect(form.getByText('Enter a mobile or an email')).toBeVisible()
  await expectGoodLooks(page, 'data of a new member')
  await form.getByRole('textbox', { name: 'Login name' }).fill(partner.admin.login)
  await form.getByRole('textbox', { name: 'Name', exact: true }).fill('林晓雯')
  await form.getByRole('textbox', { name: 'Email' }).fill('xiaowen@harbor.example')
  await page.keyboard.press('Enter')
  await expect(form.getByRole('radio', { name: /^Account manager/ })).toBeFocused()
  await expect(form.getByRole('checkbox', { name: 'Edit customer tags' })).toBeDisabled()
  await form.getByRole('checkbox', { name: 'Allocate to customers' }).check()
  await form.getByRole('combobox', { name: 'Director' }).selectOption({ label: '陈**' })
  await expectGoodLooks(page, 'role of a new member')
  await expectFitsPhone(page, 'role of a new member')
  await form.getByRole('button', { name: 'Create member' }).click()

  // The login name is somebody's already: the person is back at that field, with everything kept.
  await expect(form.getByRole('textbox', { name: 'Login name' })).toBeFocused()
  await expect(form.getByText('This login name is taken')).toBeVisible()
  await form.getByRole('textbox', { name: 'Login name' }).fill('xiaowen.lin')
  await form.getByRole('button', { name: 'Next' }).click()
  await form.getByRole('button', { name: 'Create member' }).click()
  const made = page.getByRole('dialog', { name: 'The member was created' })
  await expect(made).toContainText('x***@harbor.example')
  await expectGoodLooks(page, 'a member who was created')
  await made.getByRole('button', { name: 'Done' }).click()
  const row = rowOf(page, { login: 'xiaowen.lin' })
  await expect(row).toContainText('Invited')
  await expect(row).toContainText('陈**')
  expect(director.name).toBe('陈思远')

  const call = await asMember(context, baseURL ?? '')
  const { items } = await call(queryMembers, { body: { filter: { login: 'xiaowen.lin' } } })
  await partner.hasCustomer({ name: '自家客户有限公司', managerId: items[0]?.id ?? '' })
  await partner.hasCustomer({ name: '旁人客户有限公司' })
  await expect.poll(() => mail.newest('xiaowen@harbor.example')).toMatch(/\/set-up#[\w-]{43}/)
  const link = /\/set-up#[\w-]{43}/.exec(await mail.newest('xiaowen@harbor.example'))?.[0] ?? ''
  const theirs = await otherPage(browser, baseURL)
  await theirs.goto(link)
  await theirs.getByRole('textbox', { name: 'New password', exact: true }).fill(password)
  await theirs.getByRole('textbox', { name: 'New password again' }).fill(password)
  await theirs.getByRole('button', { name: 'Set password' }).click()
  await theirs.getByRole('link', { name: 'Sign in' }).click()
  await theirs.getByRole('textbox', { name: 'Account', exact: true }).fill(partner.account)
  await theirs.getByRole('textbox', { name: 'Member login name' }).fill('xiaowen.lin')
  await theirs.getByLabel('Password').fill(password)
  await theirs.getByRole('button', { name: 'Sign in' }).click()
  await theirs.getByRole('link', { name: 'Customers', exact: true }).click()
  await expect(rowsOf(theirs, 'Customer list')).toHaveCount(1)
  await expect(rowsOf(theirs, 'Customer list')).toContainText('自家***公司')
  await theirs.context().close()

  await page.reload()
  await expect(row).toContainText('Active')
  await row.getByRole('link', { name: /^View details/ }).click()
  const details = page.getByRole('dialog', { name: 'Member' })
  await expect(details).toContainText('Allocate to customers')
  await expect(details.getByRole('link', { name: '1 customer' })).toBeVisible()
  await expectGoodLooks(page, 'details of a member')
  await expectFitsPhone(page, 'details of a member')
  expect((await partner.logged('member.created')).map(({ result }) => result)).toEqual(['refused', 'success'])
})

test('a right that is taken away is gone at the next request, and the drawer tells what differs from the role', async ({ signedInPage: page, browser, baseURL, partner, signIn }) => {
  const manager = await partner.hasMember({ role: 'manager', name: '周一帆' })
  await partner.hasCustomer({ managerId: manager.id })
  const theirs = await otherPage(browser, baseURL)
  await signIn(manager, theirs.context())
  await theirs.goto('/customers')
  await expect(rowsOf(theirs, 'Customer list')).toHaveCount(1)
  const ask = await asMember(theirs.context(), baseURL ?? '')
  expect((await ask(queryCustomers, { body: {} })).total).toBe(1)

  await page.goto('/organization/members?role=manager')
  await choose(page, rowOf(page, manager), 'Roles and rights')
  const dialog = page.getByRole('dialog', { name: 'Roles and rights' })
  await dialog.getByRole('checkbox', { name: 'View customers' }).uncheck()
  await dialog.getByRole('checkbox', { name: 'Reclaim from customers' }).check()
  await expectGoodLooks(page, 'rights of a member')
  await dialog.getByRole('button', { name: 'Save role and rights' }).click()
  await expect(notifications(page)).toContainText('Role and rights were saved')

  await expect(ask(queryCustomers, { body: {} })).rejects.toThrow('403')
  await theirs.goto('/customers')
  await expect(theirs.getByRole('heading', { name: /may not/ })).toBeVisible()
  await theirs.context().close()
  await rowOf(page, manager).getByRole('link', { name: /^View details/ }).click()
  const details = page.getByRole('dialog', { name: 'Member' })
  await expect(details.getByText('Taken from the role', { exact: true })).toBeVisible()
  await expect(details.getByText('Beyond the role', { exact: true })).toBeVisible()
  await expect(details.getByRole('link', { name: 'View operation log' })).toHaveAttribute('href', `/operation-log?operatorId=${manager.id}`)
})

test('the last administrator cannot be disabled, neither by the menu nor past it', async ({ signedInPage: page, context, baseURL, partner }) => {
  await page.goto('/organization/members')
  await rowOf(page, partner.admin).getByRole('button', { name: /^More actions/ }).click()
  const disable = page.getByRole('menuitem', { name: /^Disable/ })
  await expect(disable).toHaveAttribute('aria-disabled', 'true')
  await expect(disable).toContainText('One usable administrator must remain')
  await expectGoodLooks(page, 'menu of a member')
  const call = await asMember(context, baseURL ?? '')
  await expect(call(setMemberState, { params: { id: partner.admin.id }, body: { state: 'DISABLED' } })).rejects.toThrow('409')
})

test('a manager with customers hands them over first; without any the sign-in ends at once, and enabling lets the person in again', async ({ signedInPage: page, browser, baseURL, partner, signIn }) => {
  const [busy, idle] = [await partner.hasMember({ role: 'manager', name: '周一帆' }), await partner.hasMember({ role: 'manager', name: '吴敏' })]
  await partner.hasCustomer({ managerId: busy.id })
  const theirs = await otherPage(browser, baseURL)
  await signIn(idle, theirs.context())
  await theirs.goto('/customers')
  await expect(theirs.getByRole('heading', { level: 1, name: 'Customers' })).toBeVisible()

  await page.goto('/organization/members')
  await choose(page, rowOf(page, busy), 'Disable')
  const first = page.getByRole('dialog', { name: 'Hand over the customers first' })
  await expect(first).toContainText('has 1 customer')
  await expectGoodLooks(page, 'customers to hand over')
  await first.getByRole('button', { name: 'Close' }).last().click()
  await choose(page, rowOf(page, idle), 'Disable')
  await page.getByRole('dialog', { name: 'Disable the member?' }).getByRole('button', { name: 'Disable member' }).click()
  await expect(rowOf(page, idle)).toContainText('Disabled')
  expect((await theirs.request.get('/api/session')).status()).toBe(401)
  await theirs.context().close()

  await choose(page, rowOf(page, idle), 'Enable')
  await page.getByRole('dialog', { name: 'Enable the member?' }).getByRole('button', { name: 'Enable member' }).click()
  await expect(rowOf(page, idle)).toContainText('Active')
})

test('a password is reset by a link that goes to the member, or is told once where no mail reaches anybody', async ({ signedInPage: page, context, partner, mail }) => {
  const [reached, unreached] = [await partner.hasMember({ role: 'operator' }), await partner.hasMember({ role: 'operator', hasEmail: false })]
  await page.goto('/organization/members?role=operator')
  await choose(page, rowOf(page, reached), 'Reset password')
  const question = page.getByRole('dialog', { name: 'Reset the password?' })
  await expectGoodLooks(page, 'question of a reset')
  await question.getByRole('button', { name: 'Reset password' }).click()
  const ready = page.getByRole('dialog', { name: 'The link for a new password is ready' })
  await expect(ready).toContainText('was sent to p')
  await expect(ready.getByRole('textbox')).toHaveCount(0)
  await ready.getByRole('button', { name: 'Done' }).click()
  await expect.poll(() => mail.newest(reached.email)).toMatch(/\/set-up#[\w-]{43}/)

  await choose(page, rowOf(page, unreached), 'Reset password')
  await question.getByRole('button', { name: 'Reset password' }).click()
  await expect(ready.getByRole('textbox', { name: 'Link to set the password' })).toHaveValue(/\/set-up#[\w-]{43}$/)
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await ready.getByRole('button', { name: 'Copy link' }).click()
  await expect(notifications(page)).toContainText('Link copied')
  await expectGoodLooks(page, 'a link that is told once')
})

test('a member is found by the mobile without a trace in the address, and an eye shows one value and is logged', async ({ signedInPage: page, partner }) => {
  const member = await partner.hasMember({ role: 'operator', name: '吴敏' })
  await page.goto('/organization/members')
  await expect(members(page)).toHaveCount(2)
  await page.getByRole('textbox', { name: 'Name, mobile or email' }).fill(member.mobile)
  await expect(members(page)).toHaveCount(1)
  await expect(page).toHaveURL(/view=/)
  expect(page.url()).not.toContain(member.mobile.slice(-4))
  await page.reload()
  await expect(members(page)).toHaveCount(1)
  await members(page).getByRole('button', { name: 'Show Mobile' }).click()
  await expect(members(page)).toContainText(member.mobile.slice(-4))
  await expect(members(page)).not.toContainText(member.name)
  expect(await partner.logged('data.reveal')).toHaveLength(1)
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await expect(members(page)).toHaveCount(2)
})

test('whoever may only look sees the members and nothing to change them by', async ({ page, partner, signIn }) => {
  await signIn(await partner.hasMember({ role: 'director' }))
  await page.goto('/organization/members')
  await expect(members(page)).toHaveCount(2)
  await expect(page.getByRole('button', { name: 'Create member' })).toHaveCount(0)
  await expect(page.getByRole('button', { name: /^More actions/ })).toHaveCount(0)
  await page.getByRole('button', { name: '切换为中文' }).or(page.getByRole('button', { name: 'Switch to English' })).click()
  await expect(page.getByRole('heading', { level: 1, name: '组织成员' })).toBeVisible()
  await expectGoodLooks(page, 'members in Chinese, to look at')
})
