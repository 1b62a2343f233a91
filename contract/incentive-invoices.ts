import * as z from 'zod/mini'
import { TaxpayerStatus } from './business.ts'
import { endpoint } from './endpoint.ts'
import { PayoutOption, Period, ProgramKind } from './incentives.ts'
import { Masked } from './masked.ts'
import { Amount, Figure, PositiveAmount } from './money.ts'
import { Day, Id, Instant, listOf, pageFields } from './page.ts'
import { plainLine } from './text.ts'

// Invoices for payment requests by bank transfer and top-up: exactly one for each.

/** ORDINARY is never taken; it can be chosen so that the refusal says so. */
export const InvoiceKind = z.enum(['SPECIAL', 'ELECTRONIC_SPECIAL', 'ORDINARY'])
export type InvoiceKind = z.infer<typeof InvoiceKind>
/** Those of the payment's states that concern its invoice. */
export const InvoiceState = z.enum(['AWAITING_INVOICE', 'INVOICE_REVIEW', 'INVOICE_REJECTED', 'PAYING', 'COMPLETED', 'PAYMENT_FAILED', 'WITHDRAWN'])
export type InvoiceState = z.infer<typeof InvoiceState>
/** Why the invoice list is not there yet. `countersigning`: of marketplace and procurement statements, which both sides sign first. */
const ListWait = z.enum(['countersigning', 'preparing'])
export type ListWait = z.infer<typeof ListWait>

/** How the amount to invoice follows for a period before 2019-01-01: the notice without the 6 % it contains, and the taxpayer's own rate on top. */
export const Derivation = z.object({
  status: TaxpayerStatus, rate: z.string(),
  lines: z.array(z.object({ statementNumber: z.string(), period: Period, notice: Figure, /** Null: a period from 2019 on, taken as it is. */ net: z.nullable(Figure), tax: z.nullable(Figure), toInvoice: Figure })),
})
export type Derivation = z.infer<typeof Derivation>

const Invoice = z.object({
  kind: InvoiceKind, number: z.string(), /** Empty on electronic ones. */ code: z.string(), date: Day, net: Amount, tax: Amount, total: Amount,
  carrier: z.string(), trackingNumber: z.string(), file: z.nullable(z.object({ id: Id, name: z.string(), bytes: z.int() })), submittedAt: Instant, byMasked: Masked,
})
export const InvoiceRow = z.object({
  /** Of the payment request. */ id: Id, requestNumber: z.string(), at: Instant, option: PayoutOption, state: InvoiceState, /** Why it was returned; only while it is. */ reason: z.nullable(z.string()),
  periodFrom: Period, periodTo: Period, /** As the notice says. */ notice: Amount, /** The one amount that is taken. */ toInvoice: Amount, /** Where the two are not the same thing. */ derivation: z.nullable(Derivation),
  programKinds: z.array(ProgramKind), allowedKinds: z.array(InvoiceKind), isOwed: z.boolean(), list: z.object({ isAvailable: z.boolean(), wait: z.nullable(ListWait), publishedAt: z.nullable(Instant) }),
  invoice: z.nullable(Invoice), may: z.object({ fillIn: z.boolean(), correct: z.boolean() }),
})
export type InvoiceRow = z.infer<typeof InvoiceRow>
export const InvoiceSort = z.enum(['-at', 'at'])
export type InvoiceSort = z.infer<typeof InvoiceSort>
export const InvoiceFilter = z.strictObject({ state: z.optional(InvoiceState), kind: z.optional(InvoiceKind), period: z.optional(Period), number: z.optional(z.string().check(z.trim(), z.maxLength(40))) })
export type InvoiceFilter = z.infer<typeof InvoiceFilter>
/** Requests from the moment on at which an invoice is due. `number` is that of the request or of the invoice. */
export const queryInvoices = endpoint({
  method: 'POST', path: '/api/incentive-invoices/query', reads: true, body: z.strictObject({ ...pageFields, sort: z._default(InvoiceSort, '-at'), filter: z._default(InvoiceFilter, {}) }), response: listOf(InvoiceRow),
})
const idParams = z.strictObject({ id: Id })
export const getInvoice = endpoint({ method: 'GET', path: '/api/incentive-invoices/:id', params: idParams, response: InvoiceRow })

/** Hands in the invoice of a request, or the corrected one of a returned request. Refused: an ordinary invoice or another kind that is not allowed, any other amount, a number that
 *  was used before, a list that is not there yet, a state that waits for no invoice. */
export const submitInvoice = endpoint({
  method: 'POST', path: '/api/incentive-invoices/:id', params: idParams, idempotent: true,
  body: z.strictObject({
    kind: InvoiceKind, number: z.string().check(z.trim(), z.regex(/^(\d{8}|\d{20})$/, 'invoice_number')), /** Paper: 10 or 12 digits. Electronic: none. */ code: z._default(z.string().check(z.trim(), z.regex(/^(\d{10}|\d{12})?$/, 'invoice_code')), ''),
    date: Day, net: PositiveAmount, tax: Amount, total: PositiveAmount,
    /** Paper. */ carrier: z._default(plainLine(0, 64), ''), trackingNumber: z._default(z.string().check(z.trim(), z.regex(/^[A-Za-z0-9-]{0,40}$/, 'tracking_number')), ''), /** Electronic: from the upload. A correction may keep the one it has. */ fileId: z.optional(Id),
  }),
  response: InvoiceRow,
})
export type InvoiceInput = z.infer<typeof submitInvoice.body>

/** An electronic invoice: multipart form, one part `file`; PDF or OFD told by content, at most 5 MB. Answers an `Uploaded`. Downloaded by `documentPath`. */
export const invoiceUploadPath = '/api/incentive-invoices/files'

/** The invoice list, to be printed and sent along. Refused with `invoice_list_waiting` while it is not there yet; `facts.wait` says why. */
export const getInvoiceList = endpoint({
  method: 'GET', path: '/api/incentive-invoices/:id/list', params: idParams,
  response: z.object({
    requestNumber: z.string(), publishedAt: Instant, /** Who invoices. */ seller: z.object({ name: z.string(), creditCode: z.string() }), /** Who is invoiced: the contracting entity. */ buyer: z.string(),
    items: z.array(z.object({ statementNumber: z.string(), period: Period, programName: z.string(), programKind: ProgramKind, amount: Figure })), total: Amount, allowedKinds: z.array(InvoiceKind), derivation: z.nullable(Derivation),
    /** To be written on the list: empty until the invoice was handed in. */ invoiceNumber: z.string(),
  }),
})
