import { expect, type Locator, type Page } from '@playwright/test'

/** Opens the allocate form of one customer and asks for an amount. @returns the security check. */
export async function askToAllocate(page: Page, customer: { id: string }, amount: string): Promise<Locator> {
  await page.goto(`/customers/allocate?ids=${customer.id}`)
  return await submitAmount(page, amount)
}

/** Fills the amount of the form in view and submits it. @returns the security check. */
export async function submitAmount(page: Page, amount: string): Promise<Locator> {
  await page.getByRole('textbox', { name: 'Amount', exact: true }).fill(amount)
  await page.getByRole('button', { name: /^(Allocate|Reclaim) [\d,.]+ CNY/ }).click()
  const proof = securityCheck(page)
  await expect(proof).toBeVisible()
  return proof
}

export const securityCheck = (page: Page): Locator => page.getByRole('dialog', { name: 'Security check' })
export const notifications = (page: Page): Locator => page.getByRole('status', { name: 'Notifications' })

/** @returns the rows of a list, without the shapes that stand for them while they load. */
export const rowsOf = (page: Page, table: string | RegExp): Locator => page.getByRole('table', { name: table, exact: true }).locator('tbody').getByRole('row').filter({ hasText: /./ })

/** Asks for a code and waits until it was sent. */
export async function getCode(proof: Locator): Promise<void> {
  await proof.getByRole('button', { name: /^(Get code|Resend)$/ }).click()
  await expect(proof.getByText('Only this newest code works.')).toBeVisible()
}

/** Types a code and presses the verb. */
export async function confirmWith(proof: Locator, code: string): Promise<void> {
  await proof.getByRole('textbox', { name: 'Code' }).fill(code)
  await proof.getByRole('button', { name: /^(Allocate|Reclaim) [\d,.]+ CNY|^Turn verification off$/ }).click()
}

/** @returns a code that is not this one. */
export const wrong = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, '0')
