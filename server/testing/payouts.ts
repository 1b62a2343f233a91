import { randomUUID } from 'node:crypto'
import { submitInvoice, type InvoiceInput } from '#contract/incentive-invoices.ts'
import { createPayment, type PaymentDetail } from '#contract/incentive-payments.ts'
import type { PayoutOption, ProgramKind } from '#contract/incentives.ts'
import { Amount, fromMinor } from '#contract/money.ts'
import { runPayouts } from '#server/jobs/payouts.ts'
import { createProgram } from '#server/operations/incentive-entry.ts'
import { admin, vendor } from './admin.ts'
import type { Reply, TestApp, TestPartner } from './app.ts'
import { confirmNow, newStatement, type TestStatement } from './incentives.ts'

type Wish = { amount?: bigint; period?: string; kind?: ProgramKind; options?: readonly PayoutOption[]; isResale?: boolean; isNegative?: boolean; isConfirmed?: boolean }
const everyOption: readonly PayoutOption[] = ['BANK_TRANSFER', 'TOP_UP', 'VOUCHER_QUOTA']

/** A statement of a sales program of its own, confirmed unless wished otherwise. @param wish.amount minor units, 100.00 by default. */
export async function statement(app: TestApp, partner: Pick<TestPartner, 'id'>, { amount = 100_00n, period = '2026-08', kind = 'sales', options = everyOption, isResale = false, isNegative = false, isConfirmed = true }: Wish = {}): Promise<TestStatement> {
  const programId = await app.database.inGlobal((tx, now) => createProgram(tx, now, { code: `S-${randomUUID().slice(0, 8)}`, nameZh: '销售激励', nameEn: 'Sales incentive', kind, associationType: isResale ? 'RESALE' : null, onDeadline: 'LAPSE', workingDays: 40, payoutOptions: options, taxBasisPoints: 0 }))
  if (programId === undefined) throw new Error('the program exists')
  const made = await newStatement(app, partner, { programId, period, isNegative, lines: [{ incentive: isNegative ? -amount : amount }] })
  if (isConfirmed) await confirmNow(app, partner, made.id)
  return made
}

/** Asks for the payout of statements as the form does. @param total minor units. */
export const request = (partner: TestPartner, statements: readonly Pick<TestStatement, 'id'>[], option: PayoutOption, total: bigint, client = partner.admin): Promise<Reply<typeof createPayment>> =>
  client.call(createPayment, { body: { statementIds: statements.map(({ id }) => id), option, total: amountOf(total) } })

/** @param minor minor units. @returns as it goes over the wire. */
export const amountOf = (minor: bigint): Amount => Amount.parse(fromMinor(minor))

/** What the clock does, once. */
export const clockwork = (app: TestApp): Promise<void> => runPayouts(app.database, { onError: (error) => { throw error }, publicUrl: 'http://console.test' })

/** A command of the vendor about a request. */
export const decide = (app: TestApp, partner: TestPartner, name: string, { number }: Pick<PaymentDetail, 'number'>, reason = '资料不全'): Promise<{ code: number; printed: string }> =>
  admin(app, name, '--partner', partner.account, '--request', number, ...vendor(reason))

let invoices = 10_000_000
/** A special VAT invoice on paper of exactly the amount, with a number of its own. */
export function paperInvoice(payout: Amount, more: Partial<InvoiceInput> = {}): InvoiceInput {
  invoices += 1
  const net = (BigInt(payout.replace('.', '')) * 100n + 53n) / 106n
  return { kind: 'SPECIAL', number: String(invoices), code: '4403201234', date: '2026-11-20', net: amountOf(net), tax: amountOf(BigInt(payout.replace('.', '')) - net), total: payout, carrier: '顺丰速运', trackingNumber: 'SF1234567890', ...more }
}

/** Hands in the invoice of an approved request. */
export async function invoiced(partner: TestPartner, { id, payout }: Pick<PaymentDetail, 'id' | 'payout'>, client = partner.admin): Promise<void> {
  const { status, text } = await client.call(submitInvoice, { params: { id }, body: paperInvoice(payout) })
  if (status !== 200) throw new Error(text)
}
