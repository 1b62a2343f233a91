import type { InvoiceInput, InvoiceKind } from '#contract/incentive-invoices.ts'
import type { ProgramKind } from '#contract/incentives.ts'

/** Of a marketplace or procurement statement only a special VAT invoice on paper is taken. */
const onPaperOnly = new Set<ProgramKind>(['marketplace', 'procurement'])
/** @param kinds of the programs in one request. @returns what every one of them allows. An ordinary invoice is never taken. */
export const allowedKinds = (kinds: readonly ProgramKind[]): InvoiceKind[] => (kinds.some((kind) => onPaperOnly.has(kind)) ? ['SPECIAL'] : ['SPECIAL', 'ELECTRONIC_SPECIAL'])

export type Due = { /** Minor units. */ toInvoice: bigint; allowed: readonly InvoiceKind[]; /** YYYY-MM-DD, China. */ today: string; /** A file that was handed in with an earlier form. */ hasFile: boolean }
export type Fault = { path: string; code: string }

/** @param amounts of the form, in minor units. @returns every field at fault. */
export function invoiceFaults({ kind, code, date, carrier, trackingNumber, fileId }: InvoiceInput, { net, tax, total }: { net: bigint; tax: bigint; total: bigint }, { toInvoice, allowed, today, hasFile }: Due): Fault[] {
  const isPaper = kind === 'SPECIAL'
  const wrong = (is: boolean, path: string, fault: string): Fault[] => (is ? [{ path, code: fault }] : [])
  return [
    ...(kind === 'ORDINARY' ? [{ path: 'kind', code: 'invoice_ordinary' }] : wrong(!allowed.includes(kind), 'kind', 'invoice_kind')),
    ...wrong(isPaper && code === '', 'code', 'invoice_code_paper'), ...wrong(kind === 'ELECTRONIC_SPECIAL' && code !== '', 'code', 'invoice_code_electronic'),
    ...wrong(date > today, 'date', 'invoice_date'), ...wrong(net + tax !== total, 'total', 'invoice_sum'), ...wrong(net + tax === total && total !== toInvoice, 'total', 'invoice_amount'),
    ...wrong(isPaper && carrier === '', 'carrier', 'required'), ...wrong(isPaper && trackingNumber === '', 'trackingNumber', 'required'), ...wrong(isPaper && fileId !== undefined, 'fileId', 'invoice_no_file'),
    ...wrong(kind === 'ELECTRONIC_SPECIAL' && fileId === undefined && !hasFile, 'fileId', 'invoice_file'),
  ]
}
