import type { Locator, Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { notifications, securityCheck } from './steps.ts'

/** Goes on with Tab until the element that has this name is in focus, as somebody without a mouse does. */
async function tabTo(page: Page, role: 'link' | 'button' | 'textbox' | 'checkbox', name: string | RegExp): Promise<void> {
  const target = page.getByRole(role, { name, ...(typeof name === 'string' && { exact: true }) }).first()
  await expect(target).toBeVisible()
  for (let presses = 0; presses < 60; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  await expect(target, `${role} ${String(name)} is reached by Tab`).toBeFocused()
}

async function openPalette(page: Page): Promise<Locator> {
  const palette = page.getByRole('dialog', { name: 'Search' })
  // On a busy machine the frame that hears the key arrives after the rows.
  await expect(async () => {
    if (!await palette.isVisible()) await page.keyboard.press('Control+k')
    await expect(palette).toBeVisible({ timeout: 2000 })
  }).toPass()
  await expect(palette.getByRole('combobox')).toBeFocused()
  return palette
}

test('the main job is done with the keyboard alone, and the focus is never lost', async ({ signedInPage: page, partner, phone }) => {
  await partner.hasBalance('1000.00')
  const customer = await partner.hasCustomer({ name: '青屿云桥科技有限公司' })
  await page.goto('/')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused()
  await tabTo(page, 'link', 'Customers')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Customers' })).toBeFocused()

  await page.keyboard.press('/')
  await expect(page.getByRole('textbox', { name: 'Name, account or customer ID' })).toBeFocused()
  await page.keyboard.type('云桥')
  await expect(page.getByText('1 matches')).toBeVisible()
  await tabTo(page, 'link', 'Allocate')
  await page.keyboard.press('Enter')
  const amount = page.getByRole('textbox', { name: 'Amount', exact: true })
  await expect(page.getByRole('dialog', { name: 'Allocate' })).toBeVisible()
  await tabTo(page, 'textbox', 'Amount')
  await page.keyboard.type('200')
  await page.keyboard.press('Enter')

  const proof = securityCheck(page)
  await expect(proof.getByRole('button', { name: 'Get code' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(proof.getByRole('textbox', { name: 'Code' })).toBeFocused()
  await page.keyboard.type(await phone.nextCode(partner.admin.mobile))
  await page.keyboard.press('Enter')
  await expect(notifications(page)).toContainText('Adjustment succeeded')
  expect(await partner.balanceOf(customer)).toBe('200.00')
  await expect(amount).toBeHidden()
  // Back where the form was opened.
  await expect(page.getByRole('link', { name: 'Allocate', exact: true })).toBeFocused()
})

test('Tab stays inside a dialog, Escape closes it and gives the focus back', async ({ signedInPage: page, partner }) => {
  await partner.hasCustomer()
  await page.goto('/customers')
  const opener = page.getByRole('button', { name: 'Export', exact: true })
  await opener.focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Export' })
  await expect(dialog).toBeVisible()
  for (let presses = 0; presses < 12; presses += 1) {
    await page.keyboard.press('Tab')
    await expect(dialog.locator(':focus')).toHaveCount(1)
  }
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(opener).toBeFocused()
})

test('a menu is walked with the arrows', async ({ signedInPage: page, partner }) => {
  await partner.hasCustomer()
  await page.goto('/customers')
  await page.getByRole('button', { name: /^More actions for/ }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menu').or(page.getByRole('menu').locator(':focus')).and(page.locator(':focus'))).toHaveCount(1)
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('menuitem', { name: 'View details' })).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('menuitem', { name: 'View funds' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/tab=funds/)
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
})

test('Ctrl K finds pages by name and objects by their number; ? lists the keys', async ({ signedInPage: page, partner }) => {
  await partner.hasBalance('1000.00')
  const customer = await partner.hasCustomer({ name: '青屿云桥科技有限公司' })
  const number = await partner.hasAllocated(customer, '100.00')
  await page.goto('/customers')
  await expect(page.getByRole('link', { name: '青屿***公司' })).toBeVisible()
  const palette = await openPalette(page)
  await page.keyboard.type('transact')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Transactions' })).toBeFocused()

  await openPalette(page)
  await page.keyboard.type(customer.number)
  await expect(palette.getByRole('option', { name: /^Customer .*青屿\*\*\*公司/ })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: '青屿***公司' })).toBeVisible()

  await openPalette(page)
  await page.keyboard.type(number)
  await expect(palette.getByRole('option', { name: new RegExp(number) })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/funds\/adjustments/)

  await page.goto('/customers')
  await expect(page.getByRole('link', { name: '青屿***公司' })).toBeVisible()
  // The rows are drawn with the page; the keys work a moment later.
  await expect(async () => {
    await page.keyboard.press('?')
    await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible({ timeout: 1000 })
  }).toPass()
})

test('somebody else’s number finds nothing', async ({ signedInPage: page, partner, stranger }) => {
  const foreign = await stranger.hasCustomer()
  await partner.hasCustomer()
  await page.goto('/customers')
  await expect(page.getByRole('button', { name: /^More actions for/ })).toBeVisible()
  await openPalette(page)
  await page.keyboard.type(foreign.number)
  await expect(page.getByRole('dialog', { name: 'Search' })).toContainText('Nothing found')
  await page.goto(`/customers/${foreign.id}`)
  await expect(page.getByRole('heading', { name: 'This page was not found' })).toBeVisible()
})

/** @returns whether the element in focus looks otherwise than without the focus: itself, or the field or card it stands in. */
const looksFocused = (page: Page): Promise<{ name: string; isSeen: boolean }> => page.evaluate(() => {
  const element = document.activeElement
  if (!(element instanceof HTMLElement) || element === document.body) return { name: 'nothing', isSeen: true }
  const parts = [element, element.closest('.field'), element.closest('.choice')].filter((part) => part !== null)
  const look = () => parts.map((part) => getComputedStyle(part)).map((style) => `${style.boxShadow} ${style.borderColor} ${style.top}`).join()
  const focused = look()
  element.blur()
  const bare = look()
  element.focus()
  return { name: element.getAttribute('aria-label') ?? element.textContent, isSeen: focused !== bare }
})

test('wherever Tab leads a person without a mouse, the focus can be seen', async ({ signedInPage: page, partner }) => {
  await partner.hasCustomer({ name: '青屿云岫科技有限公司' })
  for (const path of ['/', '/customers', '/funds/transactions', '/organization/members', '/invites', '/profile']) {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expect(page.locator('.skeleton').first()).toBeHidden()
    if (path === '/customers') await page.getByRole('row').getByRole('checkbox').last().check()
    const unseen: string[] = []
    await page.getByRole('heading', { level: 1 }).focus()
    for (let presses = 0; presses < 40; presses += 1) {
      await page.keyboard.press('Tab')
      const { name, isSeen } = await looksFocused(page)
      if (!isSeen) unseen.push(name)
    }
    expect(unseen, path).toEqual([])
  }
})
