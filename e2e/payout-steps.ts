import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import * as z from 'zod/mini'
import { importColumns } from '#server/operations/incentive-import.ts'
import type { Backstage } from './backstage.ts'
import { enterCompany, licence, operate } from './company-steps.ts'
import type { TestPartner } from './fixtures.ts'

/** A company's account at an invented bank: no card number. */
export const bankNumber = '755900123456789012'
type Earned = { period: string; amount: string; kind?: string; payout?: readonly string[]; isNegative?: boolean; program?: string }

/** A program of the test's own; programs are for all partners. @returns its code. */
async function createProgram(backstage: Backstage, { kind = 'sales', payout = ['BANK_TRANSFER', 'TOP_UP', 'VOUCHER_QUOTA'] }: Pick<Earned, 'kind' | 'payout'> = {}): Promise<string> {
  const code = `E2E-${randomBytes(4).toString('hex').toUpperCase()}`
  await operate(backstage, ['program:create', '--code', code, '--name', '顾问销售激励', '--name-en', 'Referral incentive', '--kind', kind, '--on-deadline', kind === 'project' ? 'LAPSE' : 'AUTO_CONFIRM', ...payout.flatMap((option) => ['--payout', option])], null)
  return code
}

/** The vendor enters a statement of one line and publishes it. @returns its number. */
export async function publishStatement(backstage: Backstage, { account }: TestPartner, earned: Earned): Promise<string> {
  const program = earned.program ?? await createProgram(backstage, earned)
  const number = /IS\d+/.exec(await operate(backstage, ['statement:create', '--partner', account, '--program', program, '--period', earned.period, ...(earned.isNegative ? ['--negative'] : [])]))?.[0] ?? ''
  const directory = mkdtempSync(join(tmpdir(), 'statement-'))
  const file = join(directory, 'lines.csv')
  const cells: Record<(typeof importColumns)[number], string> = { customer: '', no_customer: 'PARTNER_LEVEL', order: '', data_number: `D${randomBytes(6).toString('hex')}`, product_type: 'ECS', billing_mode: 'ONE_TIME', association_type: 'REFERRAL', base_amount: '100000.00', rate: '5', incentive: earned.amount, reseller: '' }
  writeFileSync(file, `${importColumns.join(',')}\n${importColumns.map((column) => cells[column]).join(',')}\n`)
  await operate(backstage, ['statement:import', '--partner', account, '--statement', number, '--file', file, '--apply'])
  rmSync(directory, { recursive: true })
  await operate(backstage, ['statement:publish', '--partner', account, '--statement', number])
  return number
}

/** The signed-in person confirms every statement that waits, as the console asks the server. */
export async function confirmAll(page: Page, { url }: Backstage): Promise<void> {
  const { csrf } = z.object({ csrf: z.string() }).parse(await (await page.request.get('/api/session')).json())
  const post = (path: string, data: unknown) => page.request.post(path, { data, headers: { Origin: url, 'X-CSRF': csrf, 'Idempotency-Key': randomBytes(16).toString('hex') } })
  const found = z.object({ items: z.array(z.object({ id: z.string() })) }).parse(await (await post('/api/incentives/statements/query', { pageSize: 100, filter: { todo: 'confirm' } })).json())
  if (found.items.length === 0) return
  const answer = await post('/api/incentives/confirmations', { statementIds: found.items.map(({ id }) => id) })
  expect(answer.status(), await answer.text()).toBe(200)
}

/** Statements that are confirmed: what can be requested. @returns their numbers. */
export async function hasEarned(page: Page, backstage: Backstage, partner: TestPartner, earned: readonly Earned[]): Promise<string[]> {
  const numbers: string[] = []
  for (const one of earned) numbers.push(await publishStatement(backstage, partner, one))
  await confirmAll(page, backstage)
  return numbers
}

/** Fills the certification form in English. */
export async function fillCertification(page: Page): Promise<void> {
  const form = page.getByRole('dialog', { name: 'Business information certification' })
  await form.getByRole('textbox', { name: 'Postal address' }).fill('深圳市南山区云港路18号科创大厦6层')
  await form.getByRole('textbox', { name: 'Contact', exact: true }).fill('沈若溪')
  await form.getByRole('textbox', { name: 'Mobile of the contact' }).fill('138 0013 8000')
  await form.getByRole('textbox', { name: 'Account number' }).fill(bankNumber)
  await form.getByRole('textbox', { name: 'Bank', exact: true }).fill('招商银行')
  await form.getByRole('textbox', { name: 'Branch' }).fill('深圳科技园支行')
  await form.getByRole('radio', { name: 'General taxpayer' }).check()
  await form.getByRole('textbox', { name: 'Rate' }).fill('6')
  await form.locator('input[type=file]').setInputFiles(licence.path)
  await expect(form.getByText('licence.png was uploaded')).toBeVisible()
}

/** The vendor approves what was handed in and pays the small amount. */
export async function passReview(backstage: Backstage, { account }: TestPartner, amount = '0.37'): Promise<void> {
  await operate(backstage, ['business:approve', '--partner', account])
  await operate(backstage, ['business:send-test', '--partner', account, '--amount', amount])
}

/** From nothing to certified, by the pages. */
export async function certify(page: Page, backstage: Backstage, partner: TestPartner): Promise<void> {
  await enterCompany(backstage, partner)
  await page.goto('/profile/business')
  await page.getByRole('button', { name: 'Fill in for certification' }).click()
  await fillCertification(page)
  await page.getByRole('button', { name: 'Hand in for certification' }).click()
  await expect(page.getByRole('button', { name: 'Edit business information' })).toHaveAttribute('aria-disabled', 'true')
  await passReview(backstage, partner)
  await page.reload()
  await page.getByRole('textbox', { name: 'Amount received' }).fill('0.37')
  await page.getByRole('button', { name: 'Confirm 0.37 CNY received' }).click()
  await expect(page.locator('.page-head .tag')).toHaveText('Certified')
}

type Invoice = { total: string; net: string; tax: string; number: string; /** Electronic; on paper without it. */ file?: { name: string; bytes: Buffer } }
/** Fills the open form of an invoice in English, electronic or on paper, and hands it in. */
export async function handInInvoice(page: Page, { total, net, tax, number, file }: Invoice): Promise<void> {
  const form = page.getByRole('dialog', { name: 'Fill in invoice' })
  await form.getByRole('radio', { name: file ? 'Electronic special invoice' : 'Special VAT invoice (paper)' }).check()
  await form.getByRole('textbox', { name: 'Invoice number' }).fill(number)
  await form.getByLabel('Invoice date').fill('2026-11-01')
  await form.getByRole('textbox', { name: 'Amount without tax' }).fill(net)
  await form.getByRole('textbox', { name: 'Tax', exact: true }).fill(tax)
  if (file) {
    await form.locator('input[type=file]').setInputFiles({ name: file.name, mimeType: 'application/octet-stream', buffer: file.bytes })
    await expect(form.getByText(`${file.name} was uploaded`)).toBeVisible()
  } else {
    await form.getByRole('textbox', { name: 'Invoice code' }).fill('4403213130')
    await form.getByRole('textbox', { name: 'Carrier' }).fill('顺丰速运')
    await form.getByRole('textbox', { name: 'Tracking number' }).fill('SF1234567890')
  }
  await expect(form.getByText('Equal to the amount to invoice')).toBeVisible()
  await form.getByRole('button', { name: `Hand in invoice over ${total} CNY` }).click()
  await expect(form).toHaveCount(0)
}

/** The signed-in person requests everything that can be, by bank transfer. @param total as the button says it. @returns the request's number. */
export async function requestTransfer(page: Page, total: string): Promise<string> {
  await page.goto('/incentives/payments')
  await page.getByRole('button', { name: 'Request payment' }).click()
  const form = page.getByRole('dialog', { name: 'Request payment', exact: true })
  await form.getByRole('radio', { name: 'Bank transfer' }).check()
  await form.getByRole('button', { name: `Request payment of ${total} CNY` }).click()
  await expect(form).toHaveCount(0)
  return /PR\d+/.exec(await page.getByRole('table', { name: 'List of payment requests' }).innerText())?.[0] ?? ''
}

/** A step of the vendor for a payment request. @param number as the console shows it. */
export const step = (backstage: Backstage, { account }: TestPartner, command: 'payment:approve' | 'payment:reject' | 'payment:pay' | 'payment:fail' | 'invoice:approve' | 'invoice:reject' | 'invoice-list:publish', number: string, reason = 'e2e'): Promise<string> =>
  operate(backstage, [command, '--partner', account, '--request', number], reason)
