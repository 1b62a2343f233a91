import { sql } from 'drizzle-orm'
import { bigint, boolean, check, customType, date, foreignKey, index, integer, pgSequence, pgTable, primaryKey, text, timestamp, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { files } from './schema-company.ts'
import { incentiveStatements } from './schema-incentives.ts'
import { members } from './schema.ts'

// How incentives are paid out: whom (business information), what (payment requests), against which invoice.

const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' })
const minor = (name: string) => bigint(name, { mode: 'bigint' }).notNull()
const at = (name: string) => timestamp(name, { withTimezone: true })
const partnerId = uuid('partner_id').notNull()

export const paymentNumbers = pgSequence('payment_numbers')

/** What was handed in, once per hand-in; never changed afterwards but for the decision. */
export const businessSubmissions = pgTable('business_submissions', {
  partnerId, id: uuid('id').notNull(), companyName: text('company_name').notNull(), creditCode: text('credit_code').notNull(), address: text('address').notNull(), contactName: text('contact_name').notNull(), contactMobile: text('contact_mobile').notNull(),
  accountName: text('account_name').notNull(), /** Encrypted under a key outside the database; beside it the mask that lists show. */ bankSealed: bytes('bank_sealed').notNull(), bankMasked: text('bank_masked').notNull(), bankName: text('bank_name').notNull(), branch: text('branch').notNull(),
  taxpayerStatus: text('taxpayer_status').notNull(), /** In hundredths of a percent. */ rateBasisPoints: integer('rate_basis_points').notNull(), certificateId: uuid('certificate_id').notNull(),
  byId: uuid('by_id').notNull(), at: at('at').notNull(), decidedAt: at('decided_at'), reason: text('reason'),
}, (t) => [
  primaryKey({ columns: [t.partnerId, t.id] }), foreignKey({ columns: [t.partnerId, t.byId], foreignColumns: [members.partnerId, members.id] }), foreignKey({ columns: [t.partnerId, t.certificateId], foreignColumns: [files.partnerId, files.id] }),
  check('business_submissions_tax', sql`${t.taxpayerStatus} in ('GENERAL','SMALL') and ${t.rateBasisPoints} between 0 and 9999`), check('business_submissions_code', sql`${t.creditCode} ~ '^[0-9A-Z]{18}$'`),
])

/** Where the certification stands. The row of a partner that never handed anything in is missing. */
export const businesses = pgTable('businesses', {
  partnerId: uuid('partner_id').primaryKey(), state: text('state').notNull(), /** Handed in last. */ submissionId: uuid('submission_id').notNull(), /** Certified last. */ certifiedId: uuid('certified_id'), certifiedAt: at('certified_at'),
  /** The test payment, while it counts. */ testAmount: bigint('test_amount', { mode: 'bigint' }), testSentAt: at('test_sent_at'), testAttempts: integer('test_attempts').notNull(),
}, (t) => [
  foreignKey({ columns: [t.partnerId, t.submissionId], foreignColumns: [businessSubmissions.partnerId, businessSubmissions.id] }), foreignKey({ columns: [t.partnerId, t.certifiedId], foreignColumns: [businessSubmissions.partnerId, businessSubmissions.id] }),
  check('businesses_state', sql`${t.state} in ('UNDER_REVIEW','TEST_PAYMENT','CERTIFIED','FAILED','LOCKED') and (${t.state} <> 'CERTIFIED' or ${t.certifiedId} = ${t.submissionId}) and (${t.certifiedId} is null) = (${t.certifiedAt} is null)`),
  check('businesses_test', sql`(${t.state} in ('TEST_PAYMENT','LOCKED')) = (${t.testAmount} is not null) and (${t.testAmount} is null) = (${t.testSentAt} is null) and ${t.testAmount} > 0 and ${t.testAttempts} between 0 and 3 and (${t.state} <> 'TEST_PAYMENT' or ${t.testAttempts} < 3)`),
])

/** What settlement depends on besides: facts of the vendor, and the partner's own automatic request. */
export const payoutSettings = pgTable('payout_settings', {
  partnerId: uuid('partner_id').primaryKey(), /** The vendor's bills to the partner are unpaid since then. */ unpaidSince: at('unpaid_since'), /** Left the program. */ leftAt: at('left_at'),
  automaticOption: text('automatic_option'), /** What is confirmed from then on is requested by itself; null: switched off. */ automaticSince: at('automatic_since'), changedAt: at('changed_at'), changedById: uuid('changed_by_id'), version: integer('version').notNull().default(0),
}, (t) => [
  foreignKey({ columns: [t.partnerId, t.changedById], foreignColumns: [members.partnerId, members.id] }),
  check('payout_settings_option', sql`${t.automaticOption} in ('BANK_TRANSFER','TOP_UP','VOUCHER_QUOTA') and (${t.automaticSince} is null or ${t.automaticOption} is not null)`),
])

export const paymentRequests = pgTable('payment_requests', {
  partnerId, id: uuid('id').notNull(), number: text('number').notNull(), at: at('at').notNull(), state: text('state').notNull(), stateAt: at('state_at').notNull(), option: text('option').notNull(), /** Of project incentives: YYYY-Qn. */ quarter: text('quarter'),
  /** Sum of the items, and what is invoiced and paid. */ total: minor('total'), payout: minor('payout'), periodFrom: date('period_from').notNull(), periodTo: date('period_to').notNull(),
  /** Null: the automatic request. */ operatorId: uuid('operator_id'), reason: text('reason'), /** The certified information whose taxpayer status counts; and that whose account was paid to. */ businessId: uuid('business_id').notNull(), paidToId: uuid('paid_to_id'),
  /** Both sides sign the statement first. */ isCountersigned: boolean('is_countersigned').notNull(), isInvoiceOwed: boolean('is_invoice_owed').notNull(), listPublishedAt: at('list_published_at'), /** When a voucher quota arrives. */ dueAt: at('due_at'),
  /** Transaction or quota number. */ arrivedAs: text('arrived_as'),
}, (t) => [
  primaryKey({ columns: [t.partnerId, t.id] }), unique('payment_requests_number').on(t.partnerId, t.number), index('payment_requests_at').on(t.partnerId, t.at, t.id), index('payment_requests_state').on(t.partnerId, t.state, t.at),
  index('payment_requests_moving').on(t.stateAt).where(sql`state in ('SUBMITTED','UNDER_REVIEW')`),
  foreignKey({ columns: [t.partnerId, t.operatorId], foreignColumns: [members.partnerId, members.id] }), foreignKey({ columns: [t.partnerId, t.businessId], foreignColumns: [businessSubmissions.partnerId, businessSubmissions.id] }), foreignKey({ columns: [t.partnerId, t.paidToId], foreignColumns: [businessSubmissions.partnerId, businessSubmissions.id] }),
  uniqueIndex('payment_requests_quarter').on(t.partnerId, t.quarter).where(sql`state not in ('REJECTED','COMPLETED','WITHDRAWN')`),
  check('payment_requests_state', sql`${t.state} in ('SUBMITTED','UNDER_REVIEW','REJECTED','AWAITING_INVOICE','INVOICE_REVIEW','INVOICE_REJECTED','PAYING','COMPLETED','PAYMENT_FAILED','WITHDRAWN') and (${t.state} in ('REJECTED','INVOICE_REJECTED','PAYMENT_FAILED')) = (${t.reason} is not null)`),
  check('payment_requests_option', sql`${t.option} in ('BANK_TRANSFER','TOP_UP','VOUCHER_QUOTA') and (${t.option} <> 'VOUCHER_QUOTA' or ${t.state} in ('SUBMITTED','UNDER_REVIEW','REJECTED','COMPLETED'))`),
  check('payment_requests_amounts', sql`${t.total} > 0 and ${t.payout} > 0`),
])

/** What a request takes of which statement. A statement is in one open item at most, whoever else wants it at the same moment. */
export const paymentItems = pgTable('payment_items', {
  partnerId, requestId: uuid('request_id').notNull(), statementId: uuid('statement_id').notNull(), amount: minor('amount'), /** From the request until it is rejected, has failed or was paid. */ isOpen: boolean('is_open').notNull(),
}, (t) => [
  primaryKey({ columns: [t.partnerId, t.requestId, t.statementId] }), foreignKey({ columns: [t.partnerId, t.requestId], foreignColumns: [paymentRequests.partnerId, paymentRequests.id] }),
  foreignKey({ columns: [t.partnerId, t.statementId], foreignColumns: [incentiveStatements.partnerId, incentiveStatements.id] }),
  uniqueIndex('payment_items_open').on(t.partnerId, t.statementId).where(sql`is_open`), index('payment_items_statement').on(t.partnerId, t.statementId), check('payment_items_amount', sql`${t.amount} <> 0`),
])

/** Every step, also repeated ones. Append-only. */
export const paymentSteps = pgTable('payment_steps', {
  partnerId, requestId: uuid('request_id').notNull(), seq: integer('seq').notNull(), state: text('state').notNull(), at: at('at').notNull(), reason: text('reason'), by: text('by').notNull(), memberId: uuid('member_id'),
}, (t) => [
  primaryKey({ columns: [t.partnerId, t.requestId, t.seq] }), foreignKey({ columns: [t.partnerId, t.requestId], foreignColumns: [paymentRequests.partnerId, paymentRequests.id] }),
  foreignKey({ columns: [t.partnerId, t.memberId], foreignColumns: [members.partnerId, members.id] }), check('payment_steps_by', sql`${t.by} in ('member','vendor','system') and (${t.by} = 'member') = (${t.memberId} is not null)`),
])

/** The invoice of a request as it was handed in last. */
export const incentiveInvoices = pgTable('incentive_invoices', {
  partnerId, requestId: uuid('request_id').notNull(), kind: text('kind').notNull(), number: text('number').notNull(), code: text('code').notNull(), day: date('day').notNull(), net: minor('net'), tax: minor('tax'), total: minor('total'),
  carrier: text('carrier').notNull(), trackingNumber: text('tracking_number').notNull(), fileId: uuid('file_id'), byId: uuid('by_id').notNull(), at: at('at').notNull(),
}, (t) => [
  primaryKey({ columns: [t.partnerId, t.requestId] }), foreignKey({ columns: [t.partnerId, t.requestId], foreignColumns: [paymentRequests.partnerId, paymentRequests.id] }), foreignKey({ columns: [t.partnerId, t.fileId], foreignColumns: [files.partnerId, files.id] }),
  foreignKey({ columns: [t.partnerId, t.byId], foreignColumns: [members.partnerId, members.id] }), index('incentive_invoices_number').on(t.partnerId, t.number),
  check('incentive_invoices_kind', sql`${t.kind} in ('SPECIAL','ELECTRONIC_SPECIAL') and (${t.kind} = 'ELECTRONIC_SPECIAL') = (${t.fileId} is not null) and (${t.kind} = 'SPECIAL') = (${t.code} <> '') and (${t.kind} = 'SPECIAL') = (${t.trackingNumber} <> '')`),
  check('incentive_invoices_sum', sql`${t.net} + ${t.tax} = ${t.total} and ${t.net} > 0 and ${t.tax} >= 0`),
])

/** Every invoice number that was ever handed in belongs to one request for good. `code` is empty on electronic ones. */
export const invoiceNumbers = pgTable('invoice_numbers', { partnerId, code: text('code').notNull(), number: text('number').notNull(), requestId: uuid('request_id').notNull(), at: at('at').notNull() }, (t) => [
  primaryKey({ columns: [t.partnerId, t.code, t.number] }), foreignKey({ columns: [t.partnerId, t.requestId], foreignColumns: [paymentRequests.partnerId, paymentRequests.id] }),
])
