import { sql } from 'drizzle-orm'
import { boolean, check, customType, date, foreignKey, index, integer, jsonb, pgTable, primaryKey, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { customers } from './schema.ts'

// Tables of what a partner tells about its company, and of what it settles for its customers.

const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' })
const at = (name: string) => timestamp(name, { withTimezone: true })
const partnerId = uuid('partner_id').notNull()

/** What counts now. The name is that of `partners`. */
export const companies = pgTable('companies', {
  partnerId: uuid('partner_id').primaryKey(), creditCode: text('credit_code').notNull(), contractingEntity: text('contracting_entity').notNull(),
  address: text('address').notNull(), representative: text('representative').notNull(), industry: text('industry').notNull(), phone: text('phone').notNull(), website: text('website').notNull(),
  licenceId: uuid('licence_id'),
}, (t) => [check('companies_code', sql`${t.creditCode} ~ '^[0-9A-Z]{18}$'`)])

export const companyChanges = pgTable('company_changes', {
  partnerId, id: uuid('id').notNull(), before: jsonb('before').notNull(), after: jsonb('after').notNull(), licenceId: uuid('licence_id'),
  state: text('state').notNull(), reason: text('reason'), byId: uuid('by_id').notNull(), at: at('at').notNull(), decidedAt: at('decided_at'),
}, (t) => [
  primaryKey({ columns: [t.partnerId, t.id] }), index('company_changes_at').on(t.partnerId, t.at, t.id),
  uniqueIndex('company_changes_pending').on(t.partnerId).where(sql`state = 'UNDER_REVIEW'`),
  check('company_changes_state', sql`${t.state} in ('UNDER_REVIEW','APPROVED','REJECTED','WITHDRAWN') and (${t.state} = 'UNDER_REVIEW') = (${t.decidedAt} is null)`),
])

/** Files of a partner: licences, material of cases, agreements. What was uploaded and never handed in is swept. */
export const files = pgTable('files', {
  partnerId, id: uuid('id').notNull(), kind: text('kind').notNull(), name: text('name').notNull(), type: text('type').notNull(), bytes: integer('bytes').notNull(), sha256: text('sha256').notNull(),
  content: bytes('content').notNull(), /** What was read from it. */ facts: jsonb('facts').notNull(), byId: uuid('by_id'), createdAt: at('created_at').notNull(), isKept: boolean('is_kept').notNull(),
}, (t) => [
  primaryKey({ columns: [t.partnerId, t.id] }), index('files_loose').on(t.partnerId, t.createdAt).where(sql`not is_kept`),
  check('files_kind', sql`${t.kind} in ('licence','case','agreement','certificate','invoice')`), check('files_type', sql`${t.type} in ('image/png','image/jpeg','application/pdf','application/ofd')`), check('files_bytes', sql`${t.bytes} between 1 and 5242880`),
])

export const customerContacts = pgTable('customer_contacts', { partnerId: uuid('partner_id').primaryKey(), items: jsonb('items').notNull(), version: integer('version').notNull() })

export const cases = pgTable('cases', {
  partnerId, id: uuid('id').notNull(), name: text('name').notNull(), kind: text('kind').notNull(), submittedAt: at('submitted_at').notNull(), state: text('state').notNull(), reason: text('reason'),
}, (t) => [primaryKey({ columns: [t.partnerId, t.id] }), index('cases_at').on(t.partnerId, t.submittedAt, t.id), check('cases_kind', sql`${t.kind} in ('role','capability')`), check('cases_state', sql`${t.state} in ('UNDER_REVIEW','APPROVED','REJECTED')`)])
export const caseMaterials = pgTable('case_materials', { partnerId, caseId: uuid('case_id').notNull(), fileId: uuid('file_id').notNull() }, (t) => [
  primaryKey({ columns: [t.partnerId, t.caseId, t.fileId] }), foreignKey({ columns: [t.partnerId, t.caseId], foreignColumns: [cases.partnerId, cases.id] }), foreignKey({ columns: [t.partnerId, t.fileId], foreignColumns: [files.partnerId, files.id] }),
])

export const partnerAgreements = pgTable('partner_agreements', {
  partnerId, id: uuid('id').notNull(), name: text('name').notNull(), version: text('version').notNull(), signedAt: at('signed_at').notNull(), signedBy: text('signed_by').notNull(), validTo: date('valid_to'), fileId: uuid('file_id').notNull(),
}, (t) => [primaryKey({ columns: [t.partnerId, t.id] }), foreignKey({ columns: [t.partnerId, t.fileId], foreignColumns: [files.partnerId, files.id] })])

/** What messages the partner settles for all its resale customers, and whether it does. */
export const customerNotices = pgTable('customer_notices', { partnerId: uuid('partner_id').primaryKey(), isTakenOver: boolean('is_taken_over').notNull(), template: jsonb('template').notNull(), version: integer('version').notNull() })
/** What a customer settled; kept while the partner's template is in force. */
export const noticeChoices = pgTable('notice_choices', { partnerId, customerId: uuid('customer_id').notNull(), template: jsonb('template').notNull() }, (t) => [
  primaryKey({ columns: [t.partnerId, t.customerId] }), foreignKey({ columns: [t.partnerId, t.customerId], foreignColumns: [customers.partnerId, customers.id] }),
])
export const customerBills = pgTable('customer_bills', { partnerId: uuid('partner_id').primaryKey(), areShown: boolean('are_shown').notNull(), amounts: text('amounts').notNull(), version: integer('version').notNull() }, (t) => [check('customer_bills_amounts', sql`${t.amounts} in ('list','none')`)])
