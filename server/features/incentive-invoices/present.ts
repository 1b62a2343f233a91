import type { Derivation, InvoiceRow } from '#contract/incentive-invoices.ts'
import { amountFromMinor, fromMinor } from '#contract/money.ts'
import type { Permission } from '#contract/people.ts'
import { maskName } from '#server/masking/mask.ts'
import { deriveInvoice } from '#server/operations/invoice-amount.ts'
import { allowedKinds } from './rules.ts'
import type { InvoiceRecord } from './store.ts'

/** @returns how the amount to invoice follows from the notice, where it is not simply the notice. */
export function presentDerivation({ items, taxpayerStatus, rateBasisPoints }: InvoiceRecord): Derivation | null {
  const { lines } = deriveInvoice(items, { status: taxpayerStatus, rateBasisPoints })
  if (lines.every(({ net }) => net === null)) return null
  return {
    status: taxpayerStatus, rate: fromMinor(BigInt(rateBasisPoints)),
    lines: lines.map(({ number, period, amount, net, tax, toInvoice }) => ({ statementNumber: number, period, notice: fromMinor(amount), net: net === null ? null : fromMinor(net), tax: tax === null ? null : fromMinor(tax), toInvoice: fromMinor(toInvoice) })),
  }
}

/** @returns a row of the list: what is to be invoiced, and the invoice as it was handed in last. */
export function presentInvoice(row: InvoiceRecord, permissions: ReadonlySet<Permission>): InvoiceRow {
  const { invoice, items, listPublishedAt, state } = row
  const mayHandIn = listPublishedAt !== null && permissions.has('incentive.invoice')
  const programKinds = [...new Set(items.map(({ programKind }) => programKind))]
  return {
    id: row.id, requestNumber: row.requestNumber, at: row.at.toISOString(), option: row.option, state, reason: row.reason, periodFrom: row.periodFrom, periodTo: row.periodTo, notice: amountFromMinor(row.total), toInvoice: amountFromMinor(row.payout),
    derivation: presentDerivation(row), programKinds, allowedKinds: allowedKinds(programKinds), isOwed: row.isInvoiceOwed, list: { isAvailable: listPublishedAt !== null, wait: listPublishedAt === null ? waitOf(row) : null, publishedAt: listPublishedAt?.toISOString() ?? null },
    invoice: invoice && {
      kind: invoice.kind, number: invoice.number, code: invoice.code, date: invoice.day, net: amountFromMinor(invoice.net), tax: amountFromMinor(invoice.tax), total: amountFromMinor(invoice.total), carrier: invoice.carrier, trackingNumber: invoice.trackingNumber,
      file: invoice.fileId === null ? null : { id: invoice.fileId, name: invoice.fileName ?? '', bytes: invoice.fileBytes ?? 0 }, submittedAt: invoice.invoiceAt.toISOString(), byMasked: maskName(invoice.byName),
    },
    may: { fillIn: state === 'AWAITING_INVOICE' && mayHandIn, correct: state === 'INVOICE_REJECTED' && mayHandIn },
  }
}

/** @returns why the invoice list is not there yet. */
export const waitOf = ({ isCountersigned }: Pick<InvoiceRecord, 'isCountersigned'>): 'countersigning' | 'preparing' => (isCountersigned ? 'countersigning' : 'preparing')
