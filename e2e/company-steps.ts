import { fileURLToPath } from 'node:url'
import * as z from 'zod/mini'
import type { Page } from '@playwright/test'
import type { Backstage } from './backstage.ts'
import type { TestPartner } from './fixtures.ts'

/** A drawn licence of an invented company: 深圳云港数据服务有限公司, 91440300MA5DEMQ1X9, 沈若溪, 深圳市南山区云港路18号科创大厦6层. */
export const licence = { path: fileURLToPath(new URL('../server/testing/licence.png', import.meta.url)), code: '91440300MA5DEMQ1X9', name: '深圳云港数据服务有限公司', address: '深圳市南山区云港路18号科创大厦6层', representative: '沈若溪' }

/** Types a command of the vendor's operator. @param reason null for a command that only looks. @returns what it prints. */
export const operate = (backstage: Backstage, words: readonly string[], reason: string | null = 'e2e'): Promise<string> => backstage.ask('operator', { words: [...words], reason }, z.string())

/** The vendor has entered the partner's company. @param code its own; that of the licence unless another is given. */
export async function enterCompany(backstage: Backstage, { account }: TestPartner, code: string = licence.code): Promise<void> {
  await operate(backstage, ['company:create', '--partner', account, '--credit-code', code, '--contracting-entity', '华辰云计算技术有限公司', '--address', '深圳市南山区旧港路1号', '--representative', '陈一航'])
}

/** The vendor decides about the change that waits. @param reason told to the partner when it is rejected. */
export async function review(backstage: Backstage, { account }: TestPartner, decision: 'approve' | 'reject', reason = 'e2e'): Promise<void> {
  const [change = ''] = (await operate(backstage, ['company:list', '--partner', account], null)).split(' ')
  await operate(backstage, ['company:review', '--partner', account, '--change', change, `--${decision}`], reason)
}

/** Opens the customer's own page, signed in as the customer. */
export async function openMyPartner(page: Page, backstage: Backstage, partner: TestPartner, customer: { id: string; accountName: string }): Promise<void> {
  const { password } = await backstage.ask('mySignIn', { partnerId: partner.id, customerId: customer.id }, z.object({ password: z.string() }))
  await page.goto('/my/sign-in')
  await page.locator('input').nth(0).fill(customer.accountName)
  await page.locator('input[type=password]').fill(password)
  await page.keyboard.press('Enter')
  await page.waitForURL('**/my/partner')
}
