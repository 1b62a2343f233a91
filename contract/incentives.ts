import * as z from 'zod/mini'
import { AssociationType } from './customers.ts'
import { endpoint } from './endpoint.ts'
import { lookupAnswer, lookupFields } from './invites.ts'
import { Masked } from './masked.ts'
import { Figure } from './money.ts'
import { Day, Id, Instant, listOf, pageFields } from './page.ts'
import { plainLine } from './text.ts'

// Incentives: what a partner earns, as the vendor enters it. A program says who earns what, a statement is one program in one month, a line is one order
// or bill row. Amounts are figures: those of a negative incentive are below zero.

/** At most so many statements are confirmed at once. */
export const confirmMax = 100

export const ProgramKind = z.enum(['sales', 'project', 'delivery', 'marketplace', 'procurement'])
export type ProgramKind = z.infer<typeof ProgramKind>
/** What happens to an unconfirmed statement when its last working day is over. */
export const OnDeadline = z.enum(['LAPSE', 'AUTO_CONFIRM'])
export type OnDeadline = z.infer<typeof OnDeadline>
export const PayoutOption = z.enum(['BANK_TRANSFER', 'TOP_UP', 'VOUCHER_QUOTA'])
export type PayoutOption = z.infer<typeof PayoutOption>
/** A statement past its deadline already reads as what it becomes, also before the server has got round to it. */
export const StatementState = z.enum(['ESTIMATED', 'PENDING_CONFIRMATION', 'CONFIRMED', 'ISSUING', 'ISSUED', 'LAPSED'])
export type StatementState = z.infer<typeof StatementState>
export const BillingMode = z.enum(['PAY_PER_USE', 'YEARLY_MONTHLY', 'ONE_TIME'])
export type BillingMode = z.infer<typeof BillingMode>
/** Why a line has no customer. */
export const NoCustomer = z.enum(['DISASSOCIATED', 'PARTNER_LEVEL', 'NOT_NAMED'])
export type NoCustomer = z.infer<typeof NoCustomer>
export const FreezeReason = z.enum(['UNPAID_EXPENDITURE', 'VENDOR_DECISION'])
export type FreezeReason = z.infer<typeof FreezeReason>
export const FeedbackState = z.enum(['OPEN', 'ANSWERED', 'CLOSED'])
export type FeedbackState = z.infer<typeof FeedbackState>

/** A month as YYYY-MM. */
export const Period = z.string().check(z.regex(/^20\d{2}-(0[1-9]|1[0-2])$/, 'month'))
export const Program = z.object({ id: Id, /** As the vendor named it, in the language of the request. */ name: z.string(), kind: ProgramKind, associationType: z.nullable(AssociationType), onDeadline: OnDeadline, payoutOptions: z.array(PayoutOption) })
export type Program = z.infer<typeof Program>

/** Until when something is to be confirmed. */
export const Deadline = z.object({
  /** The first instant at which it is too late: 24:00 China time of the last day. */ until: Instant,
  /** The last day itself, China time. */ day: Day,
  /** Working days after today, up to and including the last; 0 on the last day and afterwards. */ workingDaysLeft: z.int(),
  /** The holidays of a year in between are not published yet: its statutory ones and weekends were assumed, and the day may still move later, never earlier. */ isProvisional: z.boolean(),
  onDeadline: OnDeadline,
})
export type Deadline = z.infer<typeof Deadline>

/** The bars from what was earned to what can be requested now. Each but the last is what it adds (or, below zero, takes away); their sum is exactly
 *  `payable`. Every line of every statement is in `performance` or `negative` and in whatever takes it away again.
 *
 *  | key | what it adds | lines |
 *  | --- | --- | --- |
 *  | performance | incentive of all lines of ordinary statements | all of these |
 *  | excluded | minus the incentive of excluded lines | excluded ones |
 *  | tax | minus the tax of the lines that count | those with tax |
 *  | adjustments | what the vendor added or took | adjusted ones |
 *  | negative | negative incentives, once confirmed or lapsed | lines of these statements |
 *  | lapsed | minus what was not confirmed in time | lines of lapsed ordinary statements |
 *  | frozen | minus what is frozen, of statements that have not lapsed | frozen ones |
 *  | unconfirmed | minus what is estimated or waits for confirmation, unless frozen | lines of such statements |
 *  | inPayment | minus what was requested, plus the negative incentives that were set off in it | lines of such payments |
 *  | paid | minus what was paid, plus the negative incentives that were set off in it | lines that were paid |
 *  | carried | plus what negative incentives exceed everything else by; it waits for later statements | none |
 */
export const BarKey = z.enum(['performance', 'excluded', 'tax', 'adjustments', 'negative', 'lapsed', 'frozen', 'unconfirmed', 'inPayment', 'paid', 'carried'])
export type BarKey = z.infer<typeof BarKey>
/** The lines behind it: the list of lines with the filter `bar`, and `statementId` for one statement. `carried` has none. */
export const Bar = z.object({ key: BarKey, amount: Figure })
export type Bar = z.infer<typeof Bar>

export const getIncentiveOverview = endpoint({
  method: 'GET', path: '/api/incentives/overview',
  response: z.object({
    /** Null for account managers and directors, who see lines of their customers, not what the partner is paid. */
    figures: z.nullable(z.object({
      /** Net of all statements, whatever their state: performance + excluded + tax + adjustments and all negative incentives. */ amount: Figure,
      /** The end of the bars, and exactly what the server accepts as a request of everything now. */ payable: Figure,
      frozen: Figure, inPayment: Figure, /** Paid in the present calendar year, China time. */ paidThisYear: Figure,
      bars: z.array(Bar),
    })),
    /** Statements that wait for confirmation, by the day on which it ends, nearest first. */
    deadlines: z.array(z.object({ ...Deadline.shape, count: z.int(), amount: Figure })),
    /** The month whose statements come next; for an empty list. */
    nextPeriod: Period,
    /** The menu entry of the opportunity incentive (激励申请), whose application is made elsewhere: for the master account of a solution provider that the vendor has marked. `switch`: shown
     *  to its other members with the hint to switch the account. */
    opportunity: z.enum(['shown', 'switch', 'hidden']),
    asOf: Instant,
  }),
})

export const Statement = z.object({
  id: Id, number: z.string(), period: Period, program: Program, /** A negative incentive: below zero, set off against others. */ isNegative: z.boolean(),
  /** Net: incentive − excluded lines − tax + adjustments. */ amount: Figure,
  /** What was confirmed; null before. */ confirmedAmount: z.nullable(Figure), confirmedAt: z.nullable(Instant), /** Masked name; null with `confirmedAt`: by the system. */ confirmedBy: z.nullable(Masked),
  state: StatementState, /** Null before it is published. Afterwards it stays, also when it is over. */ deadline: z.nullable(Deadline),
  feedback: z.object({ open: z.int(), answered: z.int(), closed: z.int() }),
  frozen: Figure,
  /** Null, with what was confirmed, for account managers and directors: they see a statement as far as its lines are of their customers, with the sums of these. */
  payment: z.nullable(z.object({ inPayment: Figure, paid: Figure, /** What a request of this statement brings now; below zero for a negative one that has to be set off. */ payable: Figure })),
  lines: z.int(), /** The sums are those of the person's own customers. */ isPartial: z.boolean(), canConfirm: z.boolean(),
})
export type Statement = z.infer<typeof Statement>
export const StatementSort = z.enum(['-period', 'period', '-amount', 'amount', 'confirmUntil', '-confirmUntil'])
export type StatementSort = z.infer<typeof StatementSort>
export const StatementFilter = z.strictObject({
  year: z.optional(z.int().check(z.minimum(2000), z.maximum(2099))), period: z.optional(Period), programId: z.optional(Id), kind: z.optional(ProgramKind), onDeadline: z.optional(OnDeadline),
  state: z.optional(StatementState), associationType: z.optional(AssociationType), productType: z.optional(z.string().check(z.trim(), z.maxLength(64))),
  /** Full number. */ number: z.optional(z.string().check(z.trim(), z.maxLength(40))), isFrozen: z.optional(z.boolean()),
  /** `confirm`: those that can be confirmed now; `request`: those that can be requested now. */ todo: z.optional(z.enum(['confirm', 'request'])),
})
export type StatementFilter = z.infer<typeof StatementFilter>
export const queryStatements = endpoint({
  method: 'POST', path: '/api/incentives/statements/query', reads: true,
  body: z.strictObject({ ...pageFields, sort: z._default(StatementSort, '-period'), filter: z._default(StatementFilter, {}) }),
  response: z.object({ ...listOf(Statement).shape, /** Net of all that match. */ amount: Figure, nextPeriod: Period, asOf: Instant }),
})
const idParams = z.strictObject({ id: Id })
export const getStatement = endpoint({ method: 'GET', path: '/api/incentives/statements/:id', params: idParams, response: z.object({ ...Statement.shape, /** Null when the sums are partial. */ bars: z.nullable(z.array(Bar)), asOf: Instant }) })
/** Choices of the filters, within the person's scope. */
export const getIncentiveChoices = endpoint({
  method: 'GET', path: '/api/incentives/choices',
  response: z.object({ years: z.array(z.int()), periods: z.array(Period), programs: z.array(Program), productTypes: z.array(z.string()), managers: z.array(z.object({ id: Id, nameMasked: Masked })) }),
})

const statementIds = z.array(Id).check(z.minLength(1, 'rows_min'), z.maxLength(confirmMax, 'rows_max'))
/** What confirming these comes to: they and every other statement of their months that can be confirmed. */
export const previewConfirmation = endpoint({
  method: 'POST', path: '/api/incentives/confirmations/preview', reads: true, body: z.strictObject({ statementIds }),
  response: z.object({ items: z.array(Statement), total: Figure }),
})
/** Confirms statements: all or none, and those of one month only together. Row refusals: already_confirmed, statement_lapsed, not_pending, after_deadline. A month of which one is left out is
 *  refused as `conflict` with `facts.missing`, the numbers left out. */
export const confirmStatements = endpoint({
  method: 'POST', path: '/api/incentives/confirmations', idempotent: true, body: z.strictObject({ statementIds }),
  response: z.object({ count: z.int(), total: Figure }),
})

export const Feedback = z.object({
  id: Id, opinion: z.string(), state: FeedbackState, byMasked: Masked, at: Instant, answer: z.nullable(z.string()), answeredAt: z.nullable(Instant), closedAt: z.nullable(Instant),
})
export type Feedback = z.infer<typeof Feedback>
/** @returns whether feedback on lines of such a statement is taken. */
export const takesFeedback = (state: StatementState): boolean => state === 'ESTIMATED' || state === 'PENDING_CONFIRMATION'
export const IncentiveLine = z.object({
  id: Id, number: z.string(), statement: z.object({ id: Id, number: z.string(), period: Period, /** Until its amount is settled. */ takesFeedback: z.boolean() }), programName: z.string(),
  customer: z.nullable(z.object({ id: Id, number: z.string(), nameMasked: Masked, accountNameMasked: Masked })), noCustomer: z.nullable(NoCustomer),
  order: z.nullable(z.string()), /** Number of the row in the vendor's data. */ dataNumber: z.string(), productType: z.string(), billingMode: BillingMode, associationType: AssociationType,
  baseAmount: Figure, /** Percent with up to four decimals, e.g. `7.5`. */ rate: z.string(), incentive: Figure, tax: Figure, isExcluded: z.boolean(), exclusionReason: z.nullable(z.string()),
  adjustment: Figure, /** Of the latest adjustment. */ adjustmentReason: z.nullable(z.string()), adjustments: z.int(),
  /** incentive − tax + adjustment; 0.00 when excluded. */ net: Figure,
  isFrozen: z.boolean(), feedback: z.nullable(Feedback), manager: z.nullable(z.object({ id: Id, nameMasked: Masked })), resellerMasked: z.nullable(Masked),
})
export type IncentiveLine = z.infer<typeof IncentiveLine>
export const LineSort = z.enum(['-incentive', 'incentive', '-period', 'period'])
export type LineSort = z.infer<typeof LineSort>
const text = z.optional(z.string().check(z.trim(), z.maxLength(64)))
/** Filters that are no personal data. Customer and account by name or mobile: `lookup`. */
export const LineFilter = z.strictObject({
  statementId: z.optional(Id), statementNumber: text, period: z.optional(Period), programId: z.optional(Id), order: text, dataNumber: text,
  customerId: z.optional(Id), customerNumber: z.optional(z.string().check(z.trim(), z.regex(/^[0-9 ]{1,20}$/, 'number'))), managerId: z.optional(z.union([Id, z.literal('unassigned')])),
  productType: text, associationType: z.optional(AssociationType), billingMode: z.optional(BillingMode), feedbackState: z.optional(z.union([FeedbackState, z.literal('none')])),
  isFrozen: z.optional(z.boolean()), /** The lines behind a bar of the overview, or with `statementId` of that statement. */ bar: z.optional(BarKey),
})
export type LineFilter = z.infer<typeof LineFilter>
/** Any part of the reseller's name: a company's name, so never in an address. */
export const ResellerPart = z.string().check(z.trim(), z.minLength(2, 'name_part'), z.maxLength(64, 'name_part'))
export const queryLines = endpoint({
  method: 'POST', path: '/api/incentives/lines/query', reads: true,
  body: z.strictObject({ ...pageFields, sort: z._default(LineSort, '-incentive'), filter: z._default(LineFilter, {}), ...lookupFields, reseller: z.optional(ResellerPart) }),
  response: z.object({
    ...listOf(IncentiveLine).shape, ...lookupAnswer,
    /** Of all lines that match: incentive − excluded − tax + adjustment = net. `bar` is what they add to the bar that the filter names; null without one. */
    totals: z.object({ incentive: Figure, excluded: Figure, tax: Figure, adjustment: Figure, net: Figure, bar: z.nullable(Figure) }),
    asOf: Instant,
  }),
})
export const getLine = endpoint({
  method: 'GET', path: '/api/incentives/lines/:id', params: idParams,
  response: z.object({ ...IncentiveLine.shape, feedbacks: z.array(Feedback), adjustmentHistory: z.array(z.object({ amount: Figure, reason: z.string(), at: Instant })) }),
})

/** Why something is frozen, newest first. A released one stays listed. */
export const Freeze = z.object({
  id: Id, statement: z.object({ id: Id, number: z.string(), period: Period }), reason: FreezeReason, /** The vendor's own words. */ explanation: z.string(),
  customer: z.nullable(z.object({ id: Id, number: z.string(), nameMasked: Masked })), lines: z.int(), amount: Figure, frozenAt: Instant,
  /** The customer has paid: released at 00:00 China time of this day. */ releasesOn: z.nullable(Day), releasedAt: z.nullable(Instant),
})
export type Freeze = z.infer<typeof Freeze>
export const queryFreezes = endpoint({
  method: 'POST', path: '/api/incentives/freezes/query', reads: true,
  body: z.strictObject({ ...pageFields, statementId: z.optional(Id), state: z.optional(z.enum(['frozen', 'released'])) }), response: listOf(Freeze),
})

/** An objection to a line, while its statement is estimated or waits for confirmation. Does not stop the deadline. One at a time per line: the next when the earlier one is closed or answered. */
export const createFeedback = endpoint({
  method: 'POST', path: '/api/incentives/lines/:id/feedback', idempotent: true, params: idParams, body: z.strictObject({ opinion: plainLine(1, 500) }), response: Feedback,
})
