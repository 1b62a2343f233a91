import type { Payment, PaymentDetail, PayableStatement } from '#contract/incentive-payments.ts'
import { amountFromMinor, fromMinor } from '#contract/money.ts'
import type { Locale, Permission } from '#contract/people.ts'
import { payoutWorkingDays } from '#server/limits.ts'
import { maskAccountNumber, maskName } from '#server/masking/mask.ts'
import { addWorkingDays, chinaDayOf, endOfChinaDay } from '#server/messages/working-days.ts'
import type { Candidate } from '#server/operations/payments.ts'
import type { BankRow, ItemRow, PaymentRow, StepRow } from './store.ts'

type Named = Pick<Candidate, 'id' | 'number' | 'period' | 'programZh' | 'programEn' | 'programKind' | 'options' | 'isNegative'>
/** @param amount minor units. @returns a statement as payment requests name it, its program in the language of the request. */
export const presentStatement = ({ id, number, period, programZh, programEn, programKind, options, isNegative }: Named, amount: bigint, locale: Locale): PayableStatement =>
  ({ id, number, period, programName: locale === 'zh-CN' ? programZh : programEn, programKind, amount: fromMinor(amount), isNegative, options })

/** @returns the row of the list. */
export function presentPayment(row: PaymentRow, permissions: ReadonlySet<Permission>): Payment {
  const { id, number, at, state, option, quarter, total, payout, statements, periodFrom, periodTo, operatorName, stateAt, steps, reason } = row
  return {
    id, number, at: at.toISOString(), state, option, quarter, total: amountFromMinor(total), payout: amountFromMinor(payout), statements, periodFrom, periodTo, operatorMasked: maskName(operatorName), isAutomatic: operatorName === null,
    stateAt: stateAt.toISOString(), steps, reason, isInvoiceOwed: row.isInvoiceOwed && state !== 'REJECTED' && state !== 'WITHDRAWN',
    may: { edit: state === 'REJECTED' && permissions.has('incentive.request'), invoice: (state === 'AWAITING_INVOICE' || state === 'INVOICE_REJECTED') && row.listPublishedAt !== null && permissions.has('incentive.invoice'), withdraw: state === 'PAYMENT_FAILED' && permissions.has('incentive.request') },
  }
}

type Parts = { items: readonly ItemRow[]; steps: readonly StepRow[]; bank: BankRow | undefined }
/** @returns one request with everything in it. */
export const presentDetail = (row: PaymentRow, { items, steps, bank }: Parts, { permissions, locale }: { permissions: ReadonlySet<Permission>; locale: Locale }): PaymentDetail => ({
  ...presentPayment(row, permissions), items: items.map((item) => presentStatement(item, item.amount, locale)),
  history: steps.map(({ state, at, reason, by, memberName }) => ({ state, at: at.toISOString(), reason, by, byMasked: maskName(memberName) })),
  bank: bank && row.option === 'BANK_TRANSFER' ? { id: bank.id, accountName: bank.accountName, numberMasked: maskAccountNumber(bank.bankMasked), bankName: bank.bankName } : null,
  expectedBy: expectedBy(row)?.toISOString() ?? null, arrivedAs: row.arrivedAs,
})

/** A voucher quota says so itself; a payment has two working days from the approval of its invoice, and arrives by the end of the second, China time. */
function expectedBy({ state, stateAt, option, dueAt }: PaymentRow): Date | null {
  if (option === 'VOUCHER_QUOTA') return state === 'SUBMITTED' || state === 'UNDER_REVIEW' ? dueAt : null
  return state === 'PAYING' ? endOfChinaDay(addWorkingDays(chinaDayOf(stateAt), payoutWorkingDays).day) : null
}
