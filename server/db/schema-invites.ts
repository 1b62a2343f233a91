import { sql } from 'drizzle-orm'
import { boolean, check, foreignKey, index, integer, pgSequence, pgTable, primaryKey, text, timestamp, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { customers, members } from './schema.ts'

// Tables of prospects, invitations and acceptance. The global ones belong to customers and the vendor, not to a partner: an account exists before and
// after it is anybody's customer, and a token must be found before it is known whose it is.

const at = (name: string) => timestamp(name, { withTimezone: true })
const partnerId = uuid('partner_id').notNull()

export const invitationNumbers = pgSequence('invitation_numbers')

// ---- global ----

/** A customer's account at the vendor. A customer row has the id of its account. */
export const cloudAccounts = pgTable('cloud_accounts', {
  id: uuid('id').primaryKey(),
  name: text('name').notNull(), nameKey: text('name_key').notNull().generatedAlwaysAs(sql`lower(normalize(name, NFKC))`),
  /** E.164, proven by a code when the account was opened. */
  mobile: text('mobile'), email: text('email'), language: text('language').notNull(),
  /** Null: nobody can sign in yet. */
  passwordHash: text('password_hash'),
  registeredAt: at('registered_at').notNull(),
  /** Of a person, not of a company, as far as the vendor knows. Only such an account becomes a project specialist. */
  isPersonal: boolean('is_personal').notNull().default(false),
  /** What the vendor operator knows of it and what keeps it from being reported or associated. */
  facts: text('facts').array().notNull().default([]),
  /** Of an enterprise: its name, as the vendor knows it. */
  company: text('company'), companyKey: text('company_key').generatedAlwaysAs(sql`lower(normalize(company, NFKC))`),
  /** The enterprise master account that this one is a member of. A master is nobody's member. No foreign key: a backup is read back row by row. */
  masterId: uuid('master_id'),
  /** Whose customer it is. Set by exactly one acceptance, because only an empty one may be filled. */
  partnerId: uuid('partner_id'),
}, (t) => [
  uniqueIndex('cloud_accounts_name').on(t.nameKey).where(sql`password_hash is not null`), index('cloud_accounts_name_key').on(t.nameKey), index('cloud_accounts_mobile').on(t.mobile), index('cloud_accounts_company').on(t.companyKey), index('cloud_accounts_master').on(t.masterId),
  check('cloud_accounts_member', sql`${t.masterId} <> ${t.id}`),
  check('cloud_accounts_facts', sql`${t.facts} <@ array['CASH_SPEND','UNPAID_BILLS','CREDIT_ACCOUNT','ENTERPRISE_MEMBERS','RESERVED_INSTANCES','SERVICE_CONTRACT','SPECIAL_CONTRACT','IS_PARTNER','VENDOR_INTERNAL','CONSUMER_CLOUD','REPORTED_BY_VENDOR','REWARD_PROGRAM','OTHER_SITE','VENDOR_CONTRACT','ENTERPRISE_MEMBER','FOLLOWED_BY_SALES','OWNED_BY_VENDOR_SALES','OTHER_COUNTRY']`),
])

export const customerSessions = pgTable('customer_sessions', {
  id: uuid('id').primaryKey(), tokenHash: text('token_hash').notNull().unique(), accountId: uuid('account_id').notNull().references(() => cloudAccounts.id),
  startedAt: at('started_at').notNull(), seenAt: at('seen_at').notNull(), address: text('address').notNull(), agent: text('agent').notNull(),
}, (t) => [index('customer_sessions_account').on(t.accountId, t.startedAt)])

/** What a token opens. The token itself is nowhere. */
export const inviteTokens = pgTable('invite_tokens', {
  tokenHash: text('token_hash').primaryKey(), partnerId, invitationId: uuid('invitation_id'), linkId: uuid('link_id'),
}, (t) => [check('invite_tokens_one', sql`(${t.invitationId} is null) <> (${t.linkId} is null)`)])

/** Codes of people who are not signed in to a console: one per purpose, link and destination. */
export const publicCodes = pgTable('public_codes', {
  purpose: text('purpose').notNull(), /** Hash of the token the code belongs to. */ subject: text('subject').notNull(), destinationHash: text('destination_hash').notNull(),
  codeMac: text('code_mac').notNull(), reference: text('reference').notNull(), guesses: integer('guesses').notNull(), sentAt: at('sent_at').notNull(), expiresAt: at('expires_at').notNull(),
}, (t) => [primaryKey({ columns: [t.purpose, t.subject, t.destinationHash] }), check('public_codes_guesses', sql`${t.guesses} between 0 and 5`)])

/** Who has a number reserved. The number is kept as a keyed hash: partners learn of each other's prospects only that there is one. */
export const reservations = pgTable('reservations', {
  mobileHash: text('mobile_hash').primaryKey(), partnerId, prospectId: uuid('prospect_id').notNull(), /** Null: under review. */ expiresAt: at('expires_at'),
})

export const activities = pgTable('activities', {
  id: uuid('id').primaryKey(), name: text('name').notNull(), associationType: text('association_type').notNull(), startsAt: at('starts_at').notNull(), endsAt: at('ends_at').notNull(), createdAt: at('created_at').notNull(),
}, (t) => [check('activities_type', sql`${t.associationType} in ('RESALE','REFERRAL')`), check('activities_range', sql`${t.startsAt} < ${t.endsAt}`)])

// ---- of a partner ----

export const prospects = pgTable('prospects', {
  partnerId, id: uuid('id').notNull(),
  name: text('name').notNull(), nameKey: text('name_key').notNull().generatedAlwaysAs(sql`lower(normalize(name, NFKC))`),
  /** E.164 */
  mobile: text('mobile').notNull(), mobileLast4: text('mobile_last4').generatedAlwaysAs(sql`right(mobile, 4)`),
  email: text('email'), emailLast4: text('email_last4').generatedAlwaysAs(sql`right(email, 4)`),
  /** As it was left; a report whose time is over reads as EXPIRED. */
  state: text('state').notNull(), cause: text('cause'), reviewReason: text('review_reason'), reviewCause: text('review_cause'), rejectReason: text('reject_reason'),
  managerId: uuid('manager_id'), reporterId: uuid('reporter_id').notNull(),
  reportedAt: at('reported_at').notNull(), expiresAt: at('expires_at'), remindedAt: at('reminded_at'),
  lastInvitationId: uuid('last_invitation_id'), customerId: uuid('customer_id'),
}, (t) => [
  primaryKey({ columns: [t.partnerId, t.id] }),
  foreignKey({ columns: [t.partnerId, t.managerId], foreignColumns: [members.partnerId, members.id] }), foreignKey({ columns: [t.partnerId, t.reporterId], foreignColumns: [members.partnerId, members.id] }),
  foreignKey({ columns: [t.partnerId, t.customerId], foreignColumns: [customers.partnerId, customers.id] }),
  index('prospects_reported').on(t.partnerId, t.reportedAt, t.id), index('prospects_expiry').on(t.partnerId, t.expiresAt, t.id), index('prospects_mobile').on(t.partnerId, t.mobile),
  index('prospects_open').on(t.partnerId).where(sql`state in ('UNDER_REVIEW','REPORTED','ASSOCIATION_FAILED')`),
  check('prospects_state', sql`${t.state} in ('UNDER_REVIEW','REPORTED','REJECTED','ASSOCIATION_FAILED','ASSOCIATED','EXPIRED')`),
])

export const inviteLinks = pgTable('invite_links', {
  partnerId, id: uuid('id').notNull(),
  kind: text('kind').notNull(), associationType: text('association_type').notNull(), label: text('label').notNull(), activityId: uuid('activity_id').references(() => activities.id),
  creatorId: uuid('creator_id').notNull(), /** Set when an account manager made it. */ managerId: uuid('manager_id'),
  createdAt: at('created_at').notNull(), revokedAt: at('revoked_at'), /** Null: no end. */ startsAt: at('starts_at'), endsAt: at('ends_at'),
  opened: integer('opened').notNull().default(0), registered: integer('registered').notNull().default(0), associated: integer('associated').notNull().default(0), lastUsedAt: at('last_used_at'),
}, (t) => [
  primaryKey({ columns: [t.partnerId, t.id] }), foreignKey({ columns: [t.partnerId, t.creatorId], foreignColumns: [members.partnerId, members.id] }),
  uniqueIndex('invite_links_general').on(t.partnerId, t.creatorId, t.associationType).where(sql`kind = 'GENERAL' and revoked_at is null`),
  uniqueIndex('invite_links_activity').on(t.partnerId, t.creatorId, t.activityId).where(sql`kind = 'ACTIVITY' and revoked_at is null`),
  index('invite_links_created').on(t.partnerId, t.createdAt, t.id), index('invite_links_associated').on(t.partnerId, t.associated, t.id),
  check('invite_links_kind', sql`${t.kind} in ('GENERAL','CUSTOM','ACTIVITY')`), check('invite_links_type', sql`${t.associationType} in ('RESALE','REFERRAL')`), check('invite_links_label', sql`char_length(${t.label}) <= 64`),
])

/** One invited customer: a mail to a prospect, or an account that came through a link. */
export const invitations = pgTable('invitations', {
  partnerId, id: uuid('id').notNull(), number: text('number').notNull(),
  kind: text('kind').notNull(), associationType: text('association_type').notNull(),
  prospectId: uuid('prospect_id'), linkId: uuid('link_id'), /** Of the message that carries a mail invitation. */ messageId: uuid('message_id'),
  /** Facts of the moment: of the prospect for mails, of the account for links. */
  name: text('name'), nameKey: text('name_key').generatedAlwaysAs(sql`lower(normalize(name, NFKC))`), mobile: text('mobile'), mobileLast4: text('mobile_last4').generatedAlwaysAs(sql`right(mobile, 4)`),
  email: text('email'), emailLast4: text('email_last4').generatedAlwaysAs(sql`right(email, 4)`),
  accountId: uuid('account_id').references(() => cloudAccounts.id), accountName: text('account_name'),
  inviterId: uuid('inviter_id').notNull(), managerId: uuid('manager_id'), label: text('label'),
  sentAt: at('sent_at').notNull(), expiresAt: at('expires_at'),
  /** As it was left; one whose time is over reads as EXPIRED, one whose mail failed as SEND_FAILED. */
  state: text('state').notNull(), cause: text('cause'), openedAt: at('opened_at'), registeredAt: at('registered_at'), associatedAt: at('associated_at'), customerId: uuid('customer_id'),
}, (t) => [
  primaryKey({ columns: [t.partnerId, t.id] }), unique('invitations_number').on(t.partnerId, t.number),
  foreignKey({ columns: [t.partnerId, t.prospectId], foreignColumns: [prospects.partnerId, prospects.id] }), foreignKey({ columns: [t.partnerId, t.linkId], foreignColumns: [inviteLinks.partnerId, inviteLinks.id] }),
  foreignKey({ columns: [t.partnerId, t.inviterId], foreignColumns: [members.partnerId, members.id] }), foreignKey({ columns: [t.partnerId, t.customerId], foreignColumns: [customers.partnerId, customers.id] }),
  uniqueIndex('invitations_link_account').on(t.partnerId, t.linkId, t.accountId).where(sql`link_id is not null`),
  // A prospect has one mail invitation at a time that still works.
  uniqueIndex('invitations_pending').on(t.partnerId, t.prospectId).where(sql`kind = 'MAIL' and state in ('SENT','OPENED','FAILED')`),
  index('invitations_sent').on(t.partnerId, t.sentAt, t.id), index('invitations_expiry').on(t.partnerId, t.expiresAt, t.id), index('invitations_prospect').on(t.partnerId, t.prospectId, t.sentAt),
  // Holds all that a look-up by name goes through, so that it need not read the rows.
  index('invitations_name').on(t.partnerId, t.nameKey, t.sentAt, t.expiresAt, t.id),
  index('invitations_state').on(t.partnerId, t.state, t.sentAt), index('invitations_failed').on(t.partnerId, t.cause).where(sql`state = 'FAILED'`),
  index('invitations_mobile').on(t.partnerId, t.mobile), index('invitations_message').on(t.partnerId, t.messageId), index('invitations_customer').on(t.partnerId, t.customerId),
  check('invitations_kind', sql`${t.kind} in ('MAIL','GENERAL','CUSTOM','ACTIVITY')`), check('invitations_type', sql`${t.associationType} in ('RESALE','REFERRAL')`),
  check('invitations_state', sql`${t.state} in ('SENT','OPENED','FAILED','ASSOCIATED','REVOKED','REPLACED')`),
])

/** What a customer agreed to when it was associated, and in which version. */
export const agreements = pgTable('agreements', {
  partnerId, customerId: uuid('customer_id').notNull(), document: text('document').notNull(), version: text('version').notNull(), language: text('language').notNull(), acceptedAt: at('accepted_at').notNull(), address: text('address').notNull(),
}, (t) => [
  primaryKey({ columns: [t.partnerId, t.customerId, t.document, t.acceptedAt] }), foreignKey({ columns: [t.partnerId, t.customerId], foreignColumns: [customers.partnerId, customers.id] }),
  check('agreements_document', sql`${t.document} in ('agreement','privacy','notice')`),
])
