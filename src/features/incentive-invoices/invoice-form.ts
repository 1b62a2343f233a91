import { type InvoiceInput, InvoiceKind, type InvoiceRow } from '#contract/incentive-invoices.ts'
import { type Amount, amountFromMinor, amountMaxMinor, type Figure, fromMinor, parseAmount, toMinor } from '#contract/money.ts'

/** What a person types. */
export type InvoiceValues = { kind: InvoiceKind | ''; number: string; code: string; date: string; net: string; tax: string; carrier: string; trackingNumber: string }
export type InvoiceField = keyof InvoiceValues
export const invoiceFields = ['kind', 'number', 'code', 'date', 'net', 'tax', 'carrier', 'trackingNumber'] as const satisfies readonly InvoiceField[]

/** @returns what the form begins with: the returned invoice, else nothing but the kind where only one is taken. */
export function startOf({ invoice, allowedKinds }: Pick<InvoiceRow, 'invoice' | 'allowedKinds'>): InvoiceValues {
  const [only] = allowedKinds.length === 1 ? allowedKinds : []
  if (!invoice) return { kind: only ?? '', number: '', code: '', date: '', net: '', tax: '', carrier: '', trackingNumber: '' }
  return { kind: allowedKinds.find((kind) => kind === invoice.kind) ?? only ?? '', number: invoice.number, code: invoice.code, date: invoice.date, net: invoice.net, tax: invoice.tax, carrier: invoice.carrier, trackingNumber: invoice.trackingNumber }
}

/** Digits as people paste them. */
const digits = (text: string): string => text.normalize('NFKC').replace(/[\s-]/g, '')

export type Comparison = { total: Amount; difference: Figure; is: 'equal' | 'short' | 'over' }
/** Net and tax make the total, which has to be the amount to invoice. @returns undefined until both are amounts. */
export function compareTotal({ net, tax }: Pick<InvoiceValues, 'net' | 'tax'>, toInvoice: Amount): Comparison | undefined {
  const [netAmount, taxAmount] = [parseAmount(net), parseAmount(tax)]
  if (!netAmount || !taxAmount) return undefined
  const sum = toMinor(netAmount) + toMinor(taxAmount)
  if (sum > amountMaxMinor) return undefined
  const off = sum - toMinor(toInvoice)
  return { total: amountFromMinor(sum), difference: fromMinor(off < 0n ? -off : off), is: off === 0n ? 'equal' : off < 0n ? 'short' : 'over' }
}

type Known = { toInvoice: Amount; today: string; hasFile: boolean; isSending: boolean }
export type InvoiceProblems = Partial<Record<InvoiceField | 'file', string>>

/** @returns a message key under `errors.field` for each field at fault; the server decides by the same rules. */
export function problemsOf(values: InvoiceValues, { toInvoice, today, hasFile, isSending }: Known): InvoiceProblems {
  const isPaper = values.kind === 'SPECIAL'
  const net = parseAmount(values.net)
  const found: { [K in keyof InvoiceProblems]: string | undefined } = {
    kind: values.kind === '' ? 'invoice_kind' : undefined,
    number: /^(\d{8}|\d{20})$/.test(digits(values.number)) ? undefined : 'invoice_number',
    code: !isPaper || /^(\d{10}|\d{12})$/.test(digits(values.code)) ? undefined : 'invoice_code',
    date: values.date === '' || values.date > today ? 'invoice_date' : undefined,
    net: net === undefined || net === '0.00' ? 'amount' : undefined,
    tax: parseAmount(values.tax) === undefined ? 'invoice_tax' : compareTotal(values, toInvoice)?.is === 'equal' || net === undefined ? undefined : 'invoice_total',
    carrier: isPaper && values.carrier.trim() === '' ? 'required' : undefined,
    trackingNumber: !isPaper || /^[A-Za-z0-9-]{1,40}$/.test(values.trackingNumber.trim()) ? undefined : 'tracking_number',
    file: isPaper || values.kind === '' ? undefined : isSending ? 'file_waits' : hasFile ? undefined : 'file_missing',
  }
  return Object.fromEntries(Object.entries(found).filter(([, problem]) => problem !== undefined))
}

/** @param values without problems. @returns what is handed in; undefined where an amount is none. */
export function toInput(values: InvoiceValues, toInvoice: Amount, fileId: string | undefined): InvoiceInput | undefined {
  const [net, tax, kind] = [parseAmount(values.net), parseAmount(values.tax), InvoiceKind.safeParse(values.kind)]
  const compared = compareTotal(values, toInvoice)
  if (!net || !tax || !compared || !kind.success) return undefined
  const isPaper = kind.data === 'SPECIAL'
  return {
    kind: kind.data, number: digits(values.number), code: isPaper ? digits(values.code) : '', date: values.date, net, tax, total: compared.total,
    carrier: isPaper ? values.carrier.trim() : '', trackingNumber: isPaper ? values.trackingNumber.trim() : '', ...(!isPaper && fileId !== undefined && { fileId }),
  }
}

/** @returns why a kind cannot be chosen here. */
export function whyNotAllowed(kind: InvoiceKind, allowed: readonly InvoiceKind[]): 'ordinary_not_allowed' | 'kind_not_allowed' | undefined {
  if (allowed.includes(kind)) return undefined
  return kind === 'ORDINARY' ? 'ordinary_not_allowed' : 'kind_not_allowed'
}
