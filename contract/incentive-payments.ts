import * as z from 'zod/mini'
import { BusinessCheck } from './business.ts'
import { endpoint } from './endpoint.ts'
import { PayoutOption, Period, ProgramKind } from './incentives.ts'
import { Masked } from './masked.ts'
import { Amount, Figure } from './money.ts'
import { Day, Id, Instant, listOf, pageFields } from './page.ts'

// Payment requests: how confirmed incentives are paid out.

export const PaymentState = z.enum(['SUBMITTED', 'UNDER_REVIEW', 'REJECTED', 'AWAITING_INVOICE', 'INVOICE_REVIEW', 'INVOICE_REJECTED', 'PAYING', 'COMPLETED', 'PAYMENT_FAILED', 'WITHDRAWN'])
export type PaymentState = z.infer<typeof PaymentState>

/** A calendar quarter as YYYY-Qn. */
const Quarter = z.string().check(z.regex(/^20\d{2}-Q[1-4]$/, 'quarter'))
export const requestMax = 100

/** Why nothing can be requested at all. `business`: not certified, or a change under review; `left`: the year after leaving the program is over. */
export const PaymentBlock = z.enum(['business', 'unpaid_bills', 'left'])
export type PaymentBlock = z.infer<typeof PaymentBlock>
/** Why a confirmed statement cannot be requested here. `quarterly`: by calendar quarter, see listQuarters; `frozen`: nothing of it is free. */
export const StatementBlock = z.enum(['frozen', 'quarterly'])
export type StatementBlock = z.infer<typeof StatementBlock>

/** A statement as payment requests name it. */
export const PayableStatement = z.object({
  id: Id, number: z.string(), period: Period, programName: z.string(), programKind: ProgramKind, /** What a request brings, or took, of it: adjusted, without what is frozen. */ amount: Figure,
  /** Below zero: part of every request, because what was taken away cannot be left out. */ isNegative: z.boolean(), options: z.array(PayoutOption),
})
export type PayableStatement = z.infer<typeof PayableStatement>

/** What the request form shows: confirmed statements, each with what stops it, and what stops everything. */
export const getRequestable = endpoint({
  method: 'GET', path: '/api/incentive-payments/requestable',
  response: z.object({
    items: z.array(z.object({ ...PayableStatement.shape, block: z.nullable(StatementBlock), /** Of the request whose payment failed. */ requestNumber: z.nullable(z.string()) })),
    /** Sum of the items without a block, never below zero: what a request of all of them brings. `quarterly` is what can be requested by quarter besides. */ payable: Figure, quarterly: Figure,
    /** Every option, and whether all items without a block can be paid that way. */
    options: z.array(z.object({ option: PayoutOption, isOffered: z.boolean(), needsInvoice: z.boolean(), /** Numbers of statements whose program does not offer it. */ notOfferedBy: z.array(z.string()) })),
    blocks: z.array(PaymentBlock), businessChecks: z.array(BusinessCheck), /** Last day to redeem after leaving the program. */ redeemUntil: z.nullable(Day),
  }),
})

const Step = z.object({ state: PaymentState, at: Instant, reason: z.nullable(z.string()), /** Null: the vendor or the system. */ byMasked: z.nullable(Masked), by: z.enum(['member', 'vendor', 'system']) })
export const Payment = z.object({
  id: Id, number: z.string(), at: Instant, state: PaymentState, option: PayoutOption, /** Of project incentives by quarter. */ quarter: z.nullable(z.string()),
  total: Amount, /** What is to be invoiced and paid; differs from the total for periods before 2019 only. */ payout: Amount, statements: z.int(),
  /** First and last period. */ periodFrom: Period, periodTo: Period, /** Null: the automatic request. */ operatorMasked: z.nullable(Masked), isAutomatic: z.boolean(),
  /** When the present state began, and when each state was first reached. */ stateAt: Instant, steps: z.array(z.object({ state: PaymentState, at: Instant })),
  /** Why it was rejected, its invoice returned or its payment failed; only while it is so. */ reason: z.nullable(z.string()),
  /** An invoice that a top-up of resale incentives still owes. */ isInvoiceOwed: z.boolean(),
  may: z.object({ edit: z.boolean(), invoice: z.boolean(), withdraw: z.boolean() }),
})
export type Payment = z.infer<typeof Payment>
export const PaymentSort = z.enum(['-at', 'at'])
export type PaymentSort = z.infer<typeof PaymentSort>
export const PaymentFilter = z.strictObject({
  state: z.optional(PaymentState), option: z.optional(PayoutOption), period: z.optional(Period), from: z.optional(Day), to: z.optional(Day), number: z.optional(z.string().check(z.trim(), z.maxLength(40))),
  /** Only quarterly requests, or none of them. */ quarterly: z.optional(z.boolean()),
})
export type PaymentFilter = z.infer<typeof PaymentFilter>
export const queryPayments = endpoint({
  method: 'POST', path: '/api/incentive-payments/query', reads: true,
  body: z.strictObject({ ...pageFields, sort: z._default(PaymentSort, '-at'), filter: z._default(PaymentFilter, {}) }), response: z.object({ ...listOf(Payment).shape, /** For the empty list. */ payable: Figure }),
})

export const PaymentDetail = z.object({
  ...Payment.shape, items: z.array(PayableStatement), /** Every step, also repeated ones, oldest first. */ history: z.array(Step),
  /** The certified account a bank transfer goes to; `id` is that of the business information, for a reveal. */ bank: z.nullable(z.object({ id: Id, accountName: z.string(), numberMasked: Masked, bankName: z.string() })),
  /** By when it arrives: two working days after approval of the invoice, or ten minutes after the request. */ expectedBy: z.nullable(Instant),
  /** The voucher quota's number or the transaction it arrived as. */ arrivedAs: z.nullable(z.string()),
})
export type PaymentDetail = z.infer<typeof PaymentDetail>
const idParams = z.strictObject({ id: Id })
export const getPayment = endpoint({ method: 'GET', path: '/api/incentive-payments/:id', params: idParams, response: PaymentDetail })

const requestBody = z.strictObject({
  statementIds: z.array(Id).check(z.minLength(1, 'rows_min'), z.maxLength(requestMax, 'rows_max')), option: PayoutOption,
  /** The total that was shown; refused as stale when it is another by now. */ total: Amount,
})
/** Requests the payout of any of the requestable statements, all or nothing; negative incentives are set off with them. Refused: `business_not_certified` (facts.state, facts.missing), `unpaid_bills`,
 *  `rows_refused` (not_confirmed, frozen, in_request, quarterly, option_not_offered), `payment_total` not above zero, `stale`. */
export const createPayment = endpoint({ method: 'POST', path: '/api/incentive-payments', idempotent: true, body: requestBody, response: PaymentDetail })
/** A rejected request, with statements and option chosen anew. */
export const resendPayment = endpoint({ method: 'POST', path: '/api/incentive-payments/:id/resend', params: idParams, idempotent: true, body: requestBody, response: PaymentDetail })

/** Gives a request up whose payment failed, for good: it is not paid once more, and its statements, which were given back when it failed, can be requested anew. Its invoice no longer counts. */
export const withdrawPayment = endpoint({ method: 'POST', path: '/api/incentive-payments/:id/withdraw', params: idParams, idempotent: true, body: z.strictObject({}), response: PaymentDetail })

/** Requests each statement once it is confirmed, with the preferred option where its program offers it. */
export const getAutomaticPayment = endpoint({
  method: 'GET', path: '/api/incentive-payments/automatic',
  response: z.object({ isOn: z.boolean(), option: z.nullable(PayoutOption), changedAt: z.nullable(Instant), changedByMasked: z.nullable(Masked), version: z.int() }),
})
export const putAutomaticPayment = endpoint({
  method: 'PUT', path: '/api/incentive-payments/automatic', idempotent: true, body: z.strictObject({ isOn: z.boolean(), option: z.nullable(PayoutOption), version: z.int() }), response: getAutomaticPayment.response,
})

/** Why a quarter cannot be requested. The first four name the month. */
export const QuarterBlock = z.enum(['month_open', 'month_unconfirmed', 'month_under_review', 'month_failed', 'frozen', 'nothing', 'total', 'business', 'unpaid_bills', 'left'])
export type QuarterBlock = z.infer<typeof QuarterBlock>
export const QuarterRow = z.object({
  quarter: Quarter, months: z.array(z.object({ month: Period, statements: z.int(), amount: Figure, /** Nothing of it was confirmed in time. */ isLapsed: z.boolean() })), items: z.array(PayableStatement), /** Of the statements that can be requested: what is frozen of them and so no part of the total. */ frozen: Figure, total: Figure, options: z.array(PayoutOption),
  blocks: z.array(z.object({ block: QuarterBlock, month: z.nullable(Period) })), isRequestable: z.boolean(),
  /** Its latest request. */ request: z.nullable(z.object({ id: Id, number: z.string(), state: PaymentState, option: PayoutOption })),
})
export type QuarterRow = z.infer<typeof QuarterRow>
/** Calendar quarters with project incentives, newest first. */
export const listQuarters = endpoint({ method: 'GET', path: '/api/incentive-payments/quarters', response: z.object({ items: z.array(QuarterRow), businessChecks: z.array(BusinessCheck) }) })
/** Requests what is confirmed of one quarter, as reviewed; a rejected one is submitted again the same way. */
export const requestQuarter = endpoint({
  method: 'POST', path: '/api/incentive-payments/quarters', idempotent: true, body: z.strictObject({ quarter: Quarter, option: PayoutOption, total: Amount }), response: PaymentDetail,
})
