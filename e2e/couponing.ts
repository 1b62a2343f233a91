import { expect, type Page } from '@playwright/test'
import * as z from 'zod/mini'
import type { CouponKind } from '#contract/coupon-kinds.ts'
import { parseAmount } from '#contract/money.ts'
import type { Backstage } from './backstage.ts'
import { operate } from './company-steps.ts'
import type { TestPartner } from './fixtures.ts'
import { getCode, securityCheck } from './steps.ts'

const Issued = z.array(z.object({ id: z.string(), number: z.string(), customerId: z.string() }))
type Quota = { kind?: CouponKind; amount: string; /** Last day in force. */ until?: string; /** More words of the vendor's command, e.g. its limits. */ words?: readonly string[] }

/** The vendor grants the partner a quota. @returns its number. */
export async function grantQuota(backstage: Backstage, partner: TestPartner, { kind = 'VOUCHER', amount, until = farDay(), words = [] }: Quota): Promise<string> {
  const said = await operate(backstage, ['quota:grant', '--partner', partner.account, '--kind', kind, '--amount', amount, '--until', until, ...words])
  return /CQ\d+/.exec(said)?.[0] ?? ''
}

/** The partner issued one coupon to each of the customers before. @returns the coupons in their order. */
export async function issued(backstage: Backstage, partner: TestPartner, quota: string, customers: readonly { id: string }[], text: string, remark = ''): Promise<z.infer<typeof Issued>> {
  const amount = parseAmount(text)
  if (!amount) throw new Error(`${text} is no amount`)
  return await backstage.ask('issued', { partnerId: partner.id, quota, customerIds: customers.map(({ id }) => id), amount, remark }, Issued)
}

/** A customer pays a part of an order with its coupon. */
export const spend = (backstage: Backstage, partner: TestPartner, coupon: string, amount: string, order = 'ORD-1001'): Promise<string> =>
  operate(backstage, ['coupon:redeem', '--partner', partner.account, '--coupon', coupon, '--amount', amount, '--order', order, '--order-amount', '100000.00'])

/** @param days from today. @returns the day in the partner's zone. */
export const farDay = (days = 200): string => new Date(Date.now() + 8 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10)

/** Confirms the security check in view with the code that comes by mail. @param between what happens once the code was sent. */
export async function proveByMail(page: Page, mail: { nextCode(to: string): Promise<string> }, partner: TestPartner, between: () => Promise<unknown> = async () => undefined): Promise<void> {
  const proof = securityCheck(page)
  await proof.getByRole('radio', { name: /email/i }).check()
  await getCode(proof)
  await between()
  await proof.getByRole('textbox', { name: 'Code' }).fill(await mail.nextCode(partner.admin.email))
  await proof.locator('footer button[type=submit]').click()
  await expect(proof).toBeHidden()
}
