import { sql } from 'drizzle-orm'
import {
  bigint, boolean, check, customType, date, foreignKey, index, integer, jsonb, pgSequence, pgTable, primaryKey, text, timestamp, unique, uniqueIndex, uuid,
} from 'drizzle-orm/pg-core'

// Tables of the whole product. Tenant tables start with partner_id in every key, so that one partner's rows can neither be
// reached nor referenced from another's, and so that the tables could be spread over several machines by that column.
// Columns have no time defaults: `now` comes from the transaction. Policies, triggers and the role are in the migrations.

const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' })
const minor = (name: string) => bigint(name, { mode: 'bigint' }).notNull()
const at = (name: string) => timestamp(name, { withTimezone: true })
const partnerId = uuid('partner_id').notNull()

export const transactionNumbers = pgSequence('transaction_numbers')
export const batchNumbers = pgSequence('batch_numbers')
export const lotNumbers = pgSequence('lot_numbers')
export const exportNumbers = pgSequence('export_numbers')

// ---- global: the closed list of tables without a partner's fence ----

export const partners = pgTable('partners', {
  id: uuid('id').primaryKey(),
  account: text('account').notNull().unique(),
  name: text('name').notNull(),
  type: text('type').notNull(),
  state: text('state').notNull(),
  verificationOn: boolean('verification_on').notNull(),
  timeZone: text('time_zone').notNull(),
  ecosystemName: text('ecosystem_name'), ecosystemMobile: text('ecosystem_mobile'), ecosystemEmail: text('ecosystem_email'),
  /** Granted by the vendor operator; `distributorLeft` is about a reseller's distributor. */
  mayDevelop: boolean('may_develop').notNull().default(true), mayResell: boolean('may_resell').notNull().default(true), distributorLeft: boolean('distributor_left').notNull().default(false), /** Of a reseller. */ distributorId: uuid('distributor_id'),
  /** What a reseller's budgets may come to together, by its distributor; null: no quota. Minor units. */ monthlyQuota: bigint('monthly_quota', { mode: 'bigint' }), oneTimeQuota: bigint('one_time_quota', { mode: 'bigint' }),
  /** Operations for which an administrator requires an authenticator. */
  requiredOperations: text('required_operations').array().notNull().default(sql`'{}'`),
  createdAt: at('created_at').notNull(),
}, (t) => [
  check('partners_quotas', sql`${t.monthlyQuota} >= 0 and ${t.oneTimeQuota} >= 0`),
  check('partners_type', sql`${t.type} in ('CSP','DISTRIBUTOR','RESELLER','SUBSIDY','GOVCLOUD','MARKETPLACE')`),
  check('partners_state', sql`${t.state} in ('ACTIVE','RESTRICTED','FROZEN','LEFT')`),
])

/** Who signs in with which name; `login` is empty for the master account. */
export const logins = pgTable('logins', {
  account: text('account').notNull(), login: text('login').notNull(),
  passwordHash: text('password_hash').notNull(),
  partnerId, memberId: uuid('member_id').notNull(), passwordSetAt: at('password_set_at'),
}, (t) => [primaryKey({ columns: [t.account, t.login] }), uniqueIndex('logins_member').on(t.partnerId, t.memberId)])

export const sessions = pgTable('sessions', {
  id: uuid('id').primaryKey(),
  tokenHash: text('token_hash').notNull().unique(),
  partnerId, memberId: uuid('member_id').notNull(),
  startedAt: at('started_at').notNull(), seenAt: at('seen_at').notNull(),
  address: text('address').notNull(), agent: text('agent').notNull(),
}, (t) => [index('sessions_member').on(t.partnerId, t.memberId, t.startedAt)])

/** Links under which a person sets the first or a new password: hashed, single use, gone when they lapse. */
export const setUps = pgTable('set_ups', { tokenHash: text('token_hash').primaryKey(), partnerId, memberId: uuid('member_id').notNull(), expiresAt: at('expires_at').notNull(),
  /** It went to the member's mail address alone, so whoever uses it reads that mail. */ provesEmail: boolean('proves_email').notNull().default(false) })

/** Exact sliding windows: one row per limit and subject. Subjects that are personal are kept as keyed hashes. */
export const limits = pgTable('limits', {
  name: text('name').notNull(), subject: text('subject').notNull(), taken: timestamp('taken', { withTimezone: true }).array().notNull(),
}, (t) => [primaryKey({ columns: [t.name, t.subject] })])

/** Facts of the installation: demo seeded, books closed after a mismatch. */
export const installation = pgTable('installation', { key: text('key').primaryKey(), value: text('value').notNull(), at: at('at').notNull() })

// ---- people ----

export const members = pgTable('members', {
  partnerId, id: uuid('id').notNull(),
  login: text('login').notNull(), name: text('name').notNull(),
  mobile: text('mobile'), email: text('email'),
  mobileVerified: boolean('mobile_verified').notNull(), emailVerified: boolean('email_verified').notNull(),
  /** Built-in roles by name and custom ones by id: one to three in all, none of somebody who was deleted. `roleSince` tells since when, by name or id. */
  roles: text('roles').array().notNull(), customRoleIds: uuid('custom_role_ids').array().notNull().default(sql`'{}'`), roleSince: jsonb('role_since').notNull().default({}),
  extraPermissions: text('extra_permissions').array().notNull(), removedPermissions: text('removed_permissions').array().notNull(),
  directorId: uuid('director_id'),
  language: text('language').notNull(), lastChannel: text('last_channel'),
  state: text('state').notNull(), createdAt: at('created_at').notNull(),
  department: text('department').notNull().default(''),
  /** Made through a link that has not been used: there is no password yet. A reset does not set it again. */
  awaitsPassword: boolean('awaits_password').notNull().default(false), lastSignInAt: at('last_sign_in_at'),
}, (t) => [
  primaryKey({ columns: [t.partnerId, t.id] }), unique('members_login').on(t.partnerId, t.login),
  check('members_roles', sql`${t.state} = 'DELETED' and cardinality(${t.roles}) + cardinality(${t.customRoleIds}) = 0 or ${t.roles} <@ array['administrator','director','manager','operator'] and cardinality(${t.roles}) + cardinality(${t.customRoleIds}) between 1 and 3
    and not (${t.roles} @> array['administrator'] and cardinality(${t.roles}) + cardinality(${t.customRoleIds}) > 1) and not ${t.roles} @> array['director','manager']`),
  check('members_state', sql`${t.state} in ('ACTIVE','DISABLED','DELETED')`),
])

/** Wrong codes of a person over all proofs, sessions and channels, and the lock they lead to. */
export const verificationGuards = pgTable('verification_guards', {
  partnerId, memberId: uuid('member_id').notNull(),
  guesses: timestamp('guesses', { withTimezone: true }).array().notNull(),
  hourFrom: at('hour_from').notNull(), dayFrom: at('day_from').notNull(), lockedUntil: at('locked_until'),
}, (t) => [primaryKey({ columns: [t.partnerId, t.memberId] })])

export const preferences = pgTable('preferences', {
  partnerId, memberId: uuid('member_id').notNull(), list: text('list').notNull(), value: jsonb('value').notNull(),
}, (t) => [primaryKey({ columns: [t.partnerId, t.memberId, t.list] })])

// ---- customers ----

export const customers = pgTable('customers', {
  partnerId, id: uuid('id').notNull(),
  number: text('number').notNull(),
  name: text('name').notNull(), accountName: text('account_name').notNull(),
  nameKey: text('name_key').notNull().generatedAlwaysAs(sql`lower(normalize(name, NFKC))`),
  accountKey: text('account_key').notNull().generatedAlwaysAs(sql`lower(normalize(account_name, NFKC))`),
  /** E.164 */
  mobile: text('mobile'), mobileLast4: text('mobile_last4').generatedAlwaysAs(sql`right(mobile, 4)`),
  email: text('email'), emailLast4: text('email_last4').generatedAlwaysAs(sql`right(email, 4)`),
  language: text('language').notNull(), /** The vendor's company that the customer has its contract with, where it is another than the partner's. */ contractingEntity: text('contracting_entity'),
  associationType: text('association_type').notNull(), associatedAt: at('associated_at').notNull(),
  managerId: uuid('manager_id'), tag: text('tag').notNull(),
  state: text('state').notNull(), freezeCause: text('freeze_cause'), frozenAt: at('frozen_at'),
  monthExpenditure: minor('month_expenditure'),
  /** Facts posted by the vendor operator that lower what may be reclaimed. */
  held: minor('held'), unsettled: minor('unsettled'), arrears: minor('arrears'),
  budgetType: text('budget_type'), budgetAmount: bigint('budget_amount', { mode: 'bigint' }), budgetUsed: minor('budget_used'), budgetWhenUsedUp: text('budget_when_used_up'),
  budgetPercent: integer('budget_percent').generatedAlwaysAs(sql`case when budget_amount > 0 then least(budget_used * 100 / budget_amount, 100000)::int end`),
  nextExpiry: at('next_expiry'),
  /** Ledger accounts: what was allocated, and the customer's own top-ups. */
  accountId: uuid('account_id').notNull(), ownAccountId: uuid('own_account_id').notNull(),
}, (t) => [
  primaryKey({ columns: [t.partnerId, t.id] }), unique('customers_number').on(t.partnerId, t.number),
  foreignKey({ columns: [t.partnerId, t.managerId], foreignColumns: [members.partnerId, members.id] }),
  index('customers_associated').on(t.partnerId, t.associatedAt, t.id), index('customers_manager').on(t.partnerId, t.managerId, t.associatedAt),
  index('customers_mobile').on(t.partnerId, t.mobile), index('customers_last4').on(t.partnerId, t.mobileLast4),
  index('customers_email').on(t.partnerId, t.email), index('customers_email4').on(t.partnerId, t.emailLast4),
  index('customers_account_name').on(t.partnerId, t.accountKey), index('customers_tag').on(t.partnerId, t.tag),
  index('customers_expenditure').on(t.partnerId, t.monthExpenditure, t.id), index('customers_budget').on(t.partnerId, t.budgetPercent, t.id),
  index('customers_expiry').on(t.partnerId, t.nextExpiry, t.id), index('customers_state').on(t.partnerId, t.state, t.associatedAt),
  check('customers_type', sql`${t.associationType} in ('RESALE','REFERRAL')`),
  check('customers_account_state', sql`${t.state} in ('NORMAL','ACCOUNT_FROZEN','RESOURCES_FROZEN')`),
  check('customers_cause', sql`(${t.state} = 'NORMAL') = (${t.freezeCause} is null)`),
  check('customers_facts', sql`${t.held} >= 0 and ${t.unsettled} >= 0 and ${t.arrears} >= 0 and ${t.budgetUsed} >= 0`),
  check('customers_tag_length', sql`char_length(${t.tag}) <= 64`),
])

/** Pairs of neighbouring characters of name and account name. Equality on them is what row policies let an index answer;
 *  a pattern index would never be used under a policy. Filled by a trigger. */
export const customerGrams = pgTable('customer_grams', {
  partnerId, gram: text('gram').notNull(), customerId: uuid('customer_id').notNull(),
}, (t) => [primaryKey({ columns: [t.partnerId, t.gram, t.customerId] })])

/** How many customers a partner has, so that the unfiltered list does not count them; and a value that every new or changed name replaces, so that
 *  what was counted over all names can be kept as long as they stay. Filled by triggers. */
export const customerTotals = pgTable('customer_totals', { partnerId: uuid('partner_id').primaryKey(), total: integer('total').notNull(), namesVersion: uuid('names_version').notNull().defaultRandom() })

export const expenditures = pgTable('expenditures', {
  partnerId, customerId: uuid('customer_id').notNull(), month: date('month').notNull(), amount: minor('amount'),
}, (t) => [primaryKey({ columns: [t.partnerId, t.customerId, t.month] })])

/** What somebody looked up by personal data, so that an opaque id can stand in the address. */
export const views = pgTable('views', {
  partnerId, id: uuid('id').notNull(), memberId: uuid('member_id').notNull(), sealed: bytes('sealed').notNull(), at: at('at').notNull(),
}, (t) => [primaryKey({ columns: [t.partnerId, t.id] })])

// ---- ledger ----

export const accounts = pgTable('accounts', {
  partnerId, id: uuid('id').notNull(),
  kind: text('kind').notNull(), ownerId: uuid('owner_id'), currency: text('currency').notNull(),
  balance: minor('balance'), /** How far below zero the balance may go; null: without bound (the outside world). */ overdraft: bigint('overdraft', { mode: 'bigint' }),
}, (t) => [
  primaryKey({ columns: [t.partnerId, t.id] }),
  index('accounts_kind').on(t.partnerId, t.kind, t.balance, t.ownerId),
  uniqueIndex('accounts_partner_kind').on(t.partnerId, t.kind).where(sql`owner_id is null`),
  check('accounts_kinds', sql`${t.kind} in ('outside','top-up','credit','rebate','customer','own','coupon-outside','quota','coupon')`),
  check('accounts_balance', sql`${t.overdraft} is null or ${t.balance} >= -${t.overdraft}`),
  check('accounts_overdraft', sql`${t.overdraft} >= 0`),
])

export const transfers = pgTable('transfers', {
  partnerId, id: uuid('id').notNull(),
  number: text('number').notNull(), kind: text('kind').notNull(), isBatch: boolean('is_batch').notNull(),
  actorId: uuid('actor_id'), proofId: uuid('proof_id'), keyHash: text('key_hash'), requestId: text('request_id').notNull(), confirmedBy: text('confirmed_by').notNull(),
  reason: text('reason').notNull(), at: at('at').notNull(),
}, (t) => [primaryKey({ columns: [t.partnerId, t.id] }), unique('transfers_number').on(t.partnerId, t.number)])

export const entries = pgTable('entries', {
  partnerId, seq: bigint('seq', { mode: 'bigint' }).notNull().generatedAlwaysAsIdentity(),
  transferId: uuid('transfer_id').notNull(), accountId: uuid('account_id').notNull(), currency: text('currency').notNull(),
  amount: minor('amount'), balanceAfter: minor('balance_after'), at: at('at').notNull(),
}, (t) => [
  primaryKey({ columns: [t.partnerId, t.seq] }),
  foreignKey({ columns: [t.partnerId, t.transferId], foreignColumns: [transfers.partnerId, transfers.id] }),
  foreignKey({ columns: [t.partnerId, t.accountId], foreignColumns: [accounts.partnerId, accounts.id] }),
  index('entries_account').on(t.partnerId, t.accountId, t.seq), index('entries_transfer').on(t.partnerId, t.transferId),
  check('entries_amount', sql`${t.amount} <> 0`),
])

export const lots = pgTable('lots', {
  partnerId, id: uuid('id').notNull(), seq: bigint('seq', { mode: 'bigint' }).notNull().generatedAlwaysAsIdentity(),
  number: text('number').notNull(),
  customerId: uuid('customer_id').notNull(), accountId: uuid('account_id').notNull(), sourceAccountId: uuid('source_account_id').notNull(), source: text('source').notNull(),
  transferId: uuid('transfer_id').notNull(), operatorId: uuid('operator_id'),
  granted: minor('granted'), spent: minor('spent'), reclaimed: minor('reclaimed'), remaining: minor('remaining'), at: at('at').notNull(),
}, (t) => [
  primaryKey({ columns: [t.partnerId, t.id] }), unique('lots_number').on(t.partnerId, t.number),
  foreignKey({ columns: [t.partnerId, t.accountId], foreignColumns: [accounts.partnerId, accounts.id] }),
  foreignKey({ columns: [t.partnerId, t.transferId], foreignColumns: [transfers.partnerId, transfers.id] }),
  index('lots_account').on(t.partnerId, t.accountId, t.seq), index('lots_open').on(t.partnerId, t.accountId, t.seq).where(sql`remaining > 0`),
  check('lots_sum', sql`${t.granted} > 0 and ${t.spent} >= 0 and ${t.reclaimed} >= 0 and ${t.remaining} >= 0 and ${t.granted} = ${t.spent} + ${t.reclaimed} + ${t.remaining}`),
  check('lots_source', sql`${t.source} in ('top-up','credit')`),
])

/** One allocate or reclaim entry of one customer from or to one source. */
export const adjustments = pgTable('adjustments', {
  partnerId, id: uuid('id').notNull(), seq: bigint('seq', { mode: 'bigint' }).notNull().generatedAlwaysAsIdentity(),
  number: text('number').notNull(), transferId: uuid('transfer_id').notNull(), batchNumber: text('batch_number'),
  customerId: uuid('customer_id').notNull(), kind: text('kind').notNull(), source: text('source').notNull(),
  amount: minor('amount'), balanceBefore: minor('balance_before'), balanceAfter: minor('balance_after'),
  operatorId: uuid('operator_id'), at: at('at').notNull(),
}, (t) => [
  primaryKey({ columns: [t.partnerId, t.id] }), unique('adjustments_number').on(t.partnerId, t.number),
  foreignKey({ columns: [t.partnerId, t.transferId], foreignColumns: [transfers.partnerId, transfers.id] }),
  foreignKey({ columns: [t.partnerId, t.customerId], foreignColumns: [customers.partnerId, customers.id] }),
  index('adjustments_seq').on(t.partnerId, t.seq), index('adjustments_customer').on(t.partnerId, t.customerId, t.seq), index('adjustments_transfer').on(t.partnerId, t.transferId),
  index('adjustments_batch').on(t.partnerId, t.batchNumber), index('adjustments_amount').on(t.partnerId, t.amount, t.seq),
  check('adjustments_kind', sql`${t.kind} in ('allocate','reclaim','reclaim_disassociation','reclaim_switch')`),
  check('adjustments_sum', sql`${t.amount} > 0 and ${t.balanceAfter} >= 0 and ${t.balanceBefore} >= 0`),
])

/** Which lots an adjustment made or took from. */
export const lotMoves = pgTable('lot_moves', {
  partnerId, adjustmentId: uuid('adjustment_id').notNull(), lotId: uuid('lot_id').notNull(), amount: minor('amount'),
}, (t) => [
  primaryKey({ columns: [t.partnerId, t.adjustmentId, t.lotId] }),
  foreignKey({ columns: [t.partnerId, t.adjustmentId], foreignColumns: [adjustments.partnerId, adjustments.id] }),
  foreignKey({ columns: [t.partnerId, t.lotId], foreignColumns: [lots.partnerId, lots.id] }),
])

// ---- proofs, request keys, log, messages, exports ----

export const proofs = pgTable('proofs', {
  partnerId, id: uuid('id').notNull(),
  memberId: uuid('member_id').notNull(), sessionId: uuid('session_id').notNull(),
  operation: text('operation').notNull(), needs: text('needs').notNull(), state: text('state').notNull(),
  summary: jsonb('summary').notNull(),
  /** Digest of the canonical input alone, and of input and facts together. */
  inputDigest: text('input_digest').notNull(), digest: text('digest').notNull(),
  createdAt: at('created_at').notNull(), expiresAt: at('expires_at').notNull(),
  guesses: integer('guesses').notNull(), sends: integer('sends').notNull(),
  codeMac: text('code_mac'), codeChannel: text('code_channel'), codeReference: text('code_reference'), codeSentTo: text('code_sent_to'),
  codeSentAt: at('code_sent_at'), codeExpiresAt: at('code_expires_at'),
  /** What the check was made with; and whether only an authenticator will do. */ passedBy: text('passed_by'), needsAuthenticator: boolean('needs_authenticator').notNull().default(false),
  passedUntil: at('passed_until'), usedAt: at('used_at'),
}, (t) => [
  primaryKey({ columns: [t.partnerId, t.id] }),
  uniqueIndex('proofs_open').on(t.partnerId, t.memberId, t.sessionId, t.digest).where(sql`state in ('open','passed')`),
  index('proofs_member').on(t.partnerId, t.memberId, t.createdAt),
  check('proofs_states', sql`${t.state} in ('open','passed','used','locked','void')`), check('proofs_needs', sql`${t.needs} in ('code','click')`),
  check('proofs_counts', sql`${t.guesses} between 0 and 5 and ${t.sends} between 0 and 4`),
])

export const requestKeys = pgTable('request_keys', {
  partnerId, memberId: uuid('member_id').notNull(), endpoint: text('endpoint').notNull(), key: text('key').notNull(),
  inputDigest: text('input_digest').notNull(), status: integer('status'), body: text('body'), at: at('at').notNull(),
}, (t) => [primaryKey({ columns: [t.partnerId, t.memberId, t.endpoint, t.key] })])

export const logHeads = pgTable('log_heads', { partnerId: uuid('partner_id').primaryKey(), seq: bigint('seq', { mode: 'bigint' }).notNull(), hash: bytes('hash').notNull() })

/** Append-only, chained by hash per partner; seq and hashes are set by a trigger. */
export const logEntries = pgTable('log_entries', {
  partnerId, seq: bigint('seq', { mode: 'bigint' }).notNull(), id: uuid('id').notNull(),
  at: at('at').notNull(), operatorId: uuid('operator_id'), operatorName: text('operator_name'), operation: text('operation').notNull(),
  objectKind: text('object_kind'), objectNumber: text('object_number'), customerId: uuid('customer_id'),
  amount: bigint('amount', { mode: 'bigint' }), result: text('result').notNull(), confirmedBy: text('confirmed_by').notNull(), source: text('source').notNull(),
  requestId: text('request_id').notNull(), address: text('address').notNull(), agent: text('agent').notNull(), details: jsonb('details').notNull(),
  previousHash: bytes('previous_hash').notNull(), hash: bytes('hash').notNull(),
}, (t) => [
  primaryKey({ columns: [t.partnerId, t.seq] }), uniqueIndex('log_entries_id').on(t.partnerId, t.id),
  index('log_entries_operation').on(t.partnerId, t.operation, t.seq), index('log_entries_operator').on(t.partnerId, t.operatorId, t.seq),
  index('log_entries_customer').on(t.partnerId, t.customerId, t.seq), index('log_entries_at').on(t.partnerId, t.at), index('log_entries_sign_ins').on(t.partnerId, t.operatorId, t.at).where(sql`operation = 'session.signed_in'`), index('log_entries_request').on(t.partnerId, t.requestId),
])

export const messages = pgTable('messages', {
  partnerId, id: uuid('id').notNull(), kind: text('kind').notNull(), channel: text('channel').notNull(), toMasked: text('to_masked').notNull(),
  /** Encrypted under a key outside the database; wiped once the message left. */
  sealed: bytes('sealed'), state: text('state').notNull(), attempts: integer('attempts').notNull(), reason: text('reason'), at: at('at').notNull(), sentAt: at('sent_at'),
  /** When a worker may take it: moved ahead while one works on it, and after a failure. */
  dueAt: at('due_at').notNull(),
}, (t) => [primaryKey({ columns: [t.partnerId, t.id] }), index('messages_queued').on(t.partnerId, t.dueAt).where(sql`state = 'queued'`), check('messages_state', sql`${t.state} in ('queued','sent','failed','dropped')`)])

export const exportTasks = pgTable('export_tasks', {
  partnerId, id: uuid('id').notNull(), number: text('number').notNull(), memberId: uuid('member_id').notNull(),
  content: text('content').notNull(), sealedRequest: bytes('sealed_request').notNull(), filterText: text('filter_text').notNull(), language: text('language').notNull(),
  state: text('state').notNull(), rows: integer('rows'), reason: text('reason'), fileHash: text('file_hash'),
  createdAt: at('created_at').notNull(), finishedAt: at('finished_at'), expiresAt: at('expires_at'),
}, (t) => [
  primaryKey({ columns: [t.partnerId, t.id] }), unique('export_tasks_number').on(t.partnerId, t.number), index('export_tasks_created').on(t.partnerId, t.createdAt),
  check('export_tasks_state', sql`${t.state} in ('QUEUED','RUNNING','COMPLETED','FAILED','EXPIRED')`),
])
export const exportChunks = pgTable('export_chunks', {
  partnerId, exportId: uuid('export_id').notNull(), part: integer('part').notNull(), data: bytes('data').notNull(),
}, (t) => [primaryKey({ columns: [t.partnerId, t.exportId, t.part] }), foreignKey({ columns: [t.partnerId, t.exportId], foreignColumns: [exportTasks.partnerId, exportTasks.id] }).onDelete('cascade')])
