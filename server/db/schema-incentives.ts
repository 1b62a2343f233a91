import { sql } from 'drizzle-orm'
import { bigint, boolean, check, date, foreignKey, index, integer, pgSequence, pgTable, primaryKey, smallint, text, timestamp, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { customers, members } from './schema.ts'

// Incentives. Sums of a statement and of its groups of lines are kept by triggers on its lines, so that neither a list of statements nor what filters find is summed from lines.

const minor = (name: string) => bigint(name, { mode: 'bigint' }).notNull()
const at = (name: string) => timestamp(name, { withTimezone: true })
const partnerId = uuid('partner_id').notNull()

export const statementNumbers = pgSequence('statement_numbers')

/** Of the vendor, for all partners. */
export const incentivePrograms = pgTable('incentive_programs', {
  id: uuid('id').primaryKey(), code: text('code').notNull().unique(), nameZh: text('name_zh').notNull(), nameEn: text('name_en').notNull(), kind: text('kind').notNull(), /** Null: both. */ associationType: text('association_type'),
  onDeadline: text('on_deadline').notNull(), workingDays: integer('working_days').notNull(), payoutOptions: text('payout_options').array().notNull(),
  /** Taken from each line that counts, in hundredths of a percent. */ taxBasisPoints: integer('tax_basis_points').notNull(), createdAt: at('created_at').notNull(),
}, (t) => [
  check('incentive_programs_kind', sql`${t.kind} in ('sales','project','delivery','marketplace','procurement')`), check('incentive_programs_type', sql`${t.associationType} in ('RESALE','REFERRAL')`),
  check('incentive_programs_deadline', sql`${t.onDeadline} in ('LAPSE','AUTO_CONFIRM') and ${t.workingDays} between 1 and 250`), check('incentive_programs_tax', sql`${t.taxBasisPoints} between 0 and 10000`),
  check('incentive_programs_options', sql`cardinality(${t.payoutOptions}) > 0 and ${t.payoutOptions} <@ array['BANK_TRANSFER','TOP_UP','VOUCHER_QUOTA']`),
])

export const incentiveStatements = pgTable('incentive_statements', {
  partnerId, id: uuid('id').notNull(), number: text('number').notNull(), programId: uuid('program_id').notNull().references(() => incentivePrograms.id),
  /** The first day of its month. */ period: date('period').notNull(), isNegative: boolean('is_negative').notNull(), state: text('state').notNull(),
  /** Sums of the lines; kept by triggers. `net` = performance − excluded − tax + adjusted, and `frozen` is a part of it. */
  lines: integer('lines').notNull().default(0), performance: minor('performance').default(sql`0`), excluded: minor('excluded').default(sql`0`), tax: minor('tax').default(sql`0`), adjusted: minor('adjusted').default(sql`0`), frozen: minor('frozen').default(sql`0`),
  net: minor('net').generatedAlwaysAs(sql`performance - excluded - tax + adjusted`),
  createdAt: at('created_at').notNull(), /** The generation, from which the deadline counts. */ publishedAt: at('published_at'),
  /** The last day, and the first instant at which it is over. */ confirmDay: date('confirm_day'), confirmUntil: at('confirm_until'), isProvisional: boolean('is_provisional').notNull().default(false),
  confirmedAt: at('confirmed_at'), /** Null with a time: by the system. */ confirmedById: uuid('confirmed_by_id'), confirmedAmount: bigint('confirmed_amount', { mode: 'bigint' }), lapsedAt: at('lapsed_at'),
  /** The open payment request, what it takes, and what earlier ones paid. A negative statement that is set off has amounts below zero, also after it lapsed. */
  paymentRequestId: uuid('payment_request_id'), requested: minor('requested').default(sql`0`), paid: minor('paid').default(sql`0`), paidAt: at('paid_at'),
  /** Which part is paid next: lines that were frozen when the rest was requested belong to a later one. */ payoutRound: smallint('payout_round').notNull().default(1),
}, (t) => [
  primaryKey({ columns: [t.partnerId, t.id] }), unique('incentive_statements_number').on(t.partnerId, t.number), unique('incentive_statements_sign').on(t.partnerId, t.id, t.isNegative),
  foreignKey({ columns: [t.partnerId, t.confirmedById], foreignColumns: [members.partnerId, members.id] }),
  index('incentive_statements_period').on(t.partnerId, t.period, t.id), index('incentive_statements_amount').on(t.partnerId, t.net, t.id), index('incentive_statements_until').on(t.partnerId, t.confirmUntil, t.id),
  index('incentive_statements_due').on(t.confirmUntil).where(sql`state = 'PENDING_CONFIRMATION'`), index('incentive_statements_request').on(t.partnerId, t.paymentRequestId),
  check('incentive_statements_state', sql`${t.state} in ('ESTIMATED','PENDING_CONFIRMATION','CONFIRMED','ISSUING','ISSUED','LAPSED')`),
  check('incentive_statements_month', sql`extract(day from ${t.period}) = 1`),
  check('incentive_statements_published', sql`(${t.state} = 'ESTIMATED') = (${t.publishedAt} is null) and (${t.publishedAt} is null) = (${t.confirmUntil} is null) and (${t.confirmUntil} is null) = (${t.confirmDay} is null)`),
  check('incentive_statements_confirmed', sql`(${t.state} in ('CONFIRMED','ISSUING','ISSUED')) = (${t.confirmedAt} is not null) and (${t.confirmedAt} is null) = (${t.confirmedAmount} is null) and (${t.state} = 'LAPSED') = (${t.lapsedAt} is not null) and (${t.confirmedById} is null or ${t.confirmedAt} is not null)`),
  check('incentive_statements_sums', sql`${t.lines} >= 0 and case when ${t.isNegative} then ${t.performance} <= 0 and ${t.net} <= 0 and ${t.frozen} = 0 and ${t.requested} <= 0 and ${t.paid} <= 0 and ${t.requested} + ${t.paid} >= ${t.net} else ${t.performance} >= 0 and ${t.tax} >= 0 and ${t.frozen} >= 0 and ${t.requested} >= 0 and ${t.paid} >= 0 and ${t.frozen} + ${t.requested} + ${t.paid} <= ${t.net} end`),
  check('incentive_statements_request', sql`(${t.requested} <> 0) = (${t.paymentRequestId} is not null) and case when ${t.state} = 'LAPSED' then ${t.isNegative} or ${t.requested} = 0 else (${t.state} = 'ISSUING') = (${t.requested} <> 0) end and (${t.state} <> 'ISSUED' or ${t.frozen} = 0 and ${t.paid} = ${t.net}) and (${t.state} <> 'ISSUING' or ${t.frozen} + ${t.requested} + ${t.paid} = ${t.net})`),
  check('incentive_statements_paid', sql`(${t.paid} <> 0) = (${t.paidAt} is not null) and ${t.payoutRound} >= 1`),
])

/** One order or bill row. What was entered is never changed; adjustments, exclusion and freezes are beside it. */
export const incentiveLines = pgTable('incentive_lines', {
  partnerId, id: uuid('id').notNull(), statementId: uuid('statement_id').notNull(), seq: integer('seq').notNull(), number: text('number').notNull(), isNegative: boolean('is_negative').notNull(),
  customerId: uuid('customer_id'), noCustomer: text('no_customer'), orderNumber: text('order_number'), dataNumber: text('data_number').notNull(), productType: text('product_type').notNull(), billingMode: text('billing_mode').notNull(),
  associationType: text('association_type').notNull(), baseAmount: minor('base_amount'), /** In ten-thousandths of a percent. */ rate: integer('rate').notNull(), incentive: minor('incentive'), tax: minor('tax'),
  reseller: text('reseller'), resellerKey: text('reseller_key').generatedAlwaysAs(sql`lower(normalize(reseller, NFKC))`),
  isExcluded: boolean('is_excluded').notNull().default(false), exclusionReason: text('exclusion_reason'),
  /** Sum of its adjustments. */ adjusted: minor('adjusted').default(sql`0`), adjustments: integer('adjustments').notNull().default(0),
  /** Freezes that hold it now. */ freezes: smallint('freezes').notNull().default(0), payoutRound: smallint('payout_round').notNull().default(1),
  /** State of its latest feedback. */ feedbackState: text('feedback_state'),
  net: minor('net').generatedAlwaysAs(sql`case when is_excluded then 0 else incentive - tax + adjusted end`),
}, (t) => [
  primaryKey({ columns: [t.partnerId, t.id] }), foreignKey({ columns: [t.partnerId, t.statementId, t.isNegative], foreignColumns: [incentiveStatements.partnerId, incentiveStatements.id, incentiveStatements.isNegative] }),
  foreignKey({ columns: [t.partnerId, t.customerId], foreignColumns: [customers.partnerId, customers.id] }),
  unique('incentive_lines_seq').on(t.partnerId, t.statementId, t.seq), unique('incentive_lines_data').on(t.partnerId, t.statementId, t.dataNumber),
  index('incentive_lines_incentive').on(t.partnerId, t.statementId, t.incentive, t.id), index('incentive_lines_all').on(t.partnerId, t.incentive, t.id), index('incentive_lines_customer').on(t.partnerId, t.customerId, t.statementId), index('incentive_lines_order').on(t.partnerId, t.orderNumber),
  index('incentive_lines_number').on(t.partnerId, t.dataNumber), index('incentive_lines_product').on(t.partnerId, t.productType, t.statementId, t.incentive, t.id),
  // For what few lines of a statement have; more are met soon enough in the order of the page.
  index('incentive_lines_kinds').on(t.partnerId, t.statementId, t.billingMode, t.associationType),
  // Of what few lines have: found in the order of the page, without a look at all others.
  index('incentive_lines_feedback').on(t.partnerId, t.statementId, t.feedbackState, t.incentive, t.id).where(sql`feedback_state is not null`), index('incentive_lines_excluded').on(t.partnerId, t.statementId, t.incentive, t.id).where(sql`is_excluded`),
  index('incentive_lines_adjusted').on(t.partnerId, t.statementId, t.incentive, t.id).where(sql`adjustments > 0`), index('incentive_lines_frozen').on(t.partnerId, t.statementId, t.incentive, t.id).where(sql`freezes > 0`),
  check('incentive_lines_customer', sql`(${t.customerId} is null) = (${t.noCustomer} is not null) and ${t.noCustomer} in ('DISASSOCIATED','PARTNER_LEVEL','NOT_NAMED')`),
  check('incentive_lines_kinds', sql`${t.billingMode} in ('PAY_PER_USE','YEARLY_MONTHLY','ONE_TIME') and ${t.associationType} in ('RESALE','REFERRAL') and ${t.feedbackState} in ('OPEN','ANSWERED','CLOSED')`),
  check('incentive_lines_sums', sql`${t.rate} >= 0 and ${t.freezes} >= 0 and case when ${t.isNegative} then ${t.incentive} <= 0 and ${t.tax} = 0 and ${t.net} <= 0 and ${t.freezes} = 0 else ${t.incentive} >= 0 and ${t.tax} between 0 and ${t.incentive} and ${t.net} >= 0 end`),
  check('incentive_lines_exclusion', sql`${t.isExcluded} = (${t.exclusionReason} is not null)`),
])

/** Sums of the lines of a statement that are alike in everything that a filter or a bar asks of a line itself; kept by triggers. Named as in the lines, so that a condition
 *  means the same on both. A group whose last line moved to another one stays, with nothing in it. */
export const incentiveLineGroups = pgTable('incentive_line_groups', {
  partnerId, statementId: uuid('statement_id').notNull(), productType: text('product_type').notNull(), billingMode: text('billing_mode').notNull(), associationType: text('association_type').notNull(),
  isExcluded: boolean('is_excluded').notNull(), isTaxed: boolean('is_taxed').notNull(), /** 1: any. */ adjustments: smallint('adjustments').notNull(), /** 1: any. */ freezes: smallint('freezes').notNull(), payoutRound: smallint('payout_round').notNull(),
  /** Empty: none. */ feedback: text('feedback').notNull(), feedbackState: text('feedback_state').generatedAlwaysAs(sql`nullif(feedback, '')`),
  lines: integer('lines').notNull(), incentive: minor('incentive'), tax: minor('tax'), adjusted: minor('adjusted'), net: minor('net'),
}, (t) => [
  primaryKey({ name: 'incentive_line_groups_pk', columns: [t.partnerId, t.statementId, t.productType, t.billingMode, t.associationType, t.isExcluded, t.isTaxed, t.adjustments, t.freezes, t.payoutRound, t.feedback] }),
  foreignKey({ name: 'incentive_line_groups_statement', columns: [t.partnerId, t.statementId], foreignColumns: [incentiveStatements.partnerId, incentiveStatements.id] }),
])

/** The same per customer, without the product type: what a look-up of people, an account manager's customers or a person's own scope find is summed from these. Lines without
 *  customer are in none. */
export const incentiveCustomerGroups = pgTable('incentive_customer_groups', {
  partnerId, statementId: uuid('statement_id').notNull(), customerId: uuid('customer_id').notNull(), billingMode: text('billing_mode').notNull(), associationType: text('association_type').notNull(),
  isExcluded: boolean('is_excluded').notNull(), isTaxed: boolean('is_taxed').notNull(), /** 1: any. */ adjustments: smallint('adjustments').notNull(), /** 1: any. */ freezes: smallint('freezes').notNull(), payoutRound: smallint('payout_round').notNull(),
  /** Empty: none. */ feedback: text('feedback').notNull(), feedbackState: text('feedback_state').generatedAlwaysAs(sql`nullif(feedback, '')`),
  lines: integer('lines').notNull(), incentive: minor('incentive'), tax: minor('tax'), adjusted: minor('adjusted'), net: minor('net'),
}, (t) => [
  primaryKey({ name: 'incentive_customer_groups_pk', columns: [t.partnerId, t.statementId, t.customerId, t.billingMode, t.associationType, t.isExcluded, t.isTaxed, t.adjustments, t.freezes, t.payoutRound, t.feedback] }),
  foreignKey({ name: 'incentive_customer_groups_statement', columns: [t.partnerId, t.statementId], foreignColumns: [incentiveStatements.partnerId, incentiveStatements.id] }), index('incentive_customer_groups_customer').on(t.partnerId, t.customerId, t.statementId),
])

/** Append-only. */
export const incentiveAdjustments = pgTable('incentive_adjustments', {
  partnerId, id: uuid('id').notNull(), lineId: uuid('line_id').notNull(), seq: integer('seq').notNull(), amount: minor('amount'), reason: text('reason').notNull(), operator: text('operator').notNull(), at: at('at').notNull(),
}, (t) => [
  primaryKey({ columns: [t.partnerId, t.id] }), foreignKey({ columns: [t.partnerId, t.lineId], foreignColumns: [incentiveLines.partnerId, incentiveLines.id] }), unique('incentive_adjustments_seq').on(t.partnerId, t.lineId, t.seq),
  check('incentive_adjustments_amount', sql`${t.amount} <> 0`),
])

/** Holds some or all lines of one statement. Which ones: `incentive_frozen_lines`. */
export const incentiveFreezes = pgTable('incentive_freezes', {
  partnerId, id: uuid('id').notNull(), statementId: uuid('statement_id').notNull(), cause: text('cause').notNull(), explanation: text('explanation').notNull(), /** Whose expenditure is unpaid. */ customerId: uuid('customer_id'),
  lines: integer('lines').notNull(), amount: minor('amount'), frozenAt: at('frozen_at').notNull(), /** Paid: released when this day begins, China time. */ releasesOn: date('releases_on'), releasedAt: at('released_at'),
}, (t) => [
  primaryKey({ columns: [t.partnerId, t.id] }), foreignKey({ columns: [t.partnerId, t.statementId], foreignColumns: [incentiveStatements.partnerId, incentiveStatements.id] }),
  foreignKey({ columns: [t.partnerId, t.customerId], foreignColumns: [customers.partnerId, customers.id] }), index('incentive_freezes_at').on(t.partnerId, t.frozenAt, t.id),
  index('incentive_freezes_due').on(t.releasesOn).where(sql`released_at is null`), uniqueIndex('incentive_freezes_unpaid').on(t.partnerId, t.statementId, t.customerId).where(sql`released_at is null and customer_id is not null`),
  check('incentive_freezes_cause', sql`${t.cause} in ('UNPAID_EXPENDITURE','VENDOR_DECISION') and (${t.cause} = 'UNPAID_EXPENDITURE') = (${t.customerId} is not null)`),
])
export const incentiveFrozenLines = pgTable('incentive_frozen_lines', { partnerId, freezeId: uuid('freeze_id').notNull(), lineId: uuid('line_id').notNull() }, (t) => [
  primaryKey({ columns: [t.partnerId, t.freezeId, t.lineId] }), foreignKey({ columns: [t.partnerId, t.freezeId], foreignColumns: [incentiveFreezes.partnerId, incentiveFreezes.id] }),
  foreignKey({ columns: [t.partnerId, t.lineId], foreignColumns: [incentiveLines.partnerId, incentiveLines.id] }),
])

export const incentiveFeedbacks = pgTable('incentive_feedbacks', {
  partnerId, id: uuid('id').notNull(), lineId: uuid('line_id').notNull(), statementId: uuid('statement_id').notNull(), memberId: uuid('member_id').notNull(), opinion: text('opinion').notNull(), state: text('state').notNull(),
  at: at('at').notNull(), answer: text('answer'), answeredAt: at('answered_at'), closedAt: at('closed_at'),
}, (t) => [
  primaryKey({ columns: [t.partnerId, t.id] }), foreignKey({ columns: [t.partnerId, t.lineId], foreignColumns: [incentiveLines.partnerId, incentiveLines.id] }), foreignKey({ columns: [t.partnerId, t.memberId], foreignColumns: [members.partnerId, members.id] }),
  index('incentive_feedbacks_line').on(t.partnerId, t.lineId, t.at), index('incentive_feedbacks_statement').on(t.partnerId, t.statementId, t.state), uniqueIndex('incentive_feedbacks_open').on(t.partnerId, t.lineId).where(sql`state = 'OPEN'`),
  check('incentive_feedbacks_state', sql`${t.state} in ('OPEN','ANSWERED','CLOSED') and (${t.answer} is null) = (${t.answeredAt} is null) and (${t.state} <> 'ANSWERED' or ${t.answer} is not null) and (${t.state} = 'CLOSED') = (${t.closedAt} is not null)`),
])

/** Which reminders of a statement are done with: one row per step, also of a step that was overtaken while the server slept. */
export const incentiveReminders = pgTable('incentive_reminders', { partnerId, statementId: uuid('statement_id').notNull(), daysLeft: smallint('days_left').notNull(), at: at('at').notNull(), isSent: boolean('is_sent').notNull() }, (t) => [
  primaryKey({ columns: [t.partnerId, t.statementId, t.daysLeft] }), foreignKey({ columns: [t.partnerId, t.statementId], foreignColumns: [incentiveStatements.partnerId, incentiveStatements.id] }),
])
