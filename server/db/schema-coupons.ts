import { sql } from 'drizzle-orm'
import { bigint, boolean, check, customType, foreignKey, index, integer, pgSequence, pgTable, primaryKey, text, timestamp, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { accounts, customers, transfers } from './schema.ts'

// Coupons. Amounts move in the ledger like money, in a unit of their own (`CNY.coupon`), so that no posting can turn one into the other: a quota's account
// holds what is left of it, a coupon's account its balance, and the partner's `coupon-outside` is where grants come from and where what is used or
// lapses goes to. The sums that rows carry beside their account are changed in the transaction that posts, behind the row's lock, and compared by ledger.check.
// Who needs several locks takes customers first, then quotas, then coupons, each in the order of their ids; the posting takes the accounts last.

const minor = (name: string) => bigint(name, { mode: 'bigint' }).notNull()
const at = (name: string) => timestamp(name, { withTimezone: true })
const partnerId = uuid('partner_id').notNull()
const texts = (name: string) => text(name).array().notNull().default(sql`'{}'`)

const xid8 = customType<{ data: string }>({ dataType: () => 'xid8' })

export const quotaNumbers = pgSequence('quota_numbers')
export const couponNumbers = pgSequence('coupon_numbers')

export const couponQuotas = pgTable('coupon_quotas', {
  partnerId, id: uuid('id').notNull(), number: text('number').notNull(), kind: text('kind').notNull(), source: text('source').notNull(),
  granted: minor('granted'), /** What the grantor took back. */ withdrawn: minor('withdrawn'), issued: minor('issued'), returned: minor('returned'), left: minor('left_over'),
  accountId: uuid('account_id').notNull(),
  validFrom: at('valid_from').notNull(), /** The first instant at which it is over. */ validTo: at('valid_to').notNull(),
  /** Limits; empty or null limits nothing. Customers by their ten-digit IDs, because a quota may name one that is not (yet) this partner's. */
  products: texts('products'), orderTypes: texts('order_types'), customerNumbers: texts('customer_numbers'), associationType: text('association_type'),
  invoiceRecipient: text('invoice_recipient').notNull(), /** It came back from this customer. */ onlyCustomerId: uuid('only_customer_id'),
  /** Its coupons wait for their activation by the vendor. */ startsInactive: boolean('starts_inactive').notNull().default(false),
  /** Set when the grantor took it back. The other states follow from time and what is left. */
  withdrawnAt: at('withdrawn_at'),
  /** Of a reseller's quota: the distributor and the distributor's quota that it was issued from. */
  parentPartnerId: uuid('parent_partner_id'), parentQuotaId: uuid('parent_quota_id'),
  createdAt: at('created_at').notNull(), /** When people were told that it ends. */ remindedAt: at('reminded_at'),
}, (t) => [
  primaryKey({ columns: [t.partnerId, t.id] }), unique('coupon_quotas_number').on(t.partnerId, t.number), uniqueIndex('coupon_quotas_account').on(t.partnerId, t.accountId),
  foreignKey({ columns: [t.partnerId, t.accountId], foreignColumns: [accounts.partnerId, accounts.id] }),
  index('coupon_quotas_valid').on(t.partnerId, t.validTo, t.id), index('coupon_quotas_left').on(t.partnerId, t.left, t.id), index('coupon_quotas_granted').on(t.partnerId, t.granted, t.id),
  index('coupon_quotas_parent').on(t.parentPartnerId, t.parentQuotaId),
  check('coupon_quotas_kind', sql`${t.kind} in ('VOUCHER','CASH','DELIVERY')`), check('coupon_quotas_source', sql`${t.source} in ('vendor','distributor','incentive') and (${t.source} = 'distributor') = (${t.parentPartnerId} is not null) and (${t.parentPartnerId} is null) = (${t.parentQuotaId} is null)`),
  check('coupon_quotas_sum', sql`${t.granted} > 0 and ${t.withdrawn} >= 0 and ${t.issued} >= 0 and ${t.returned} between 0 and ${t.issued} and ${t.left} >= 0 and ${t.left} = ${t.granted} - ${t.withdrawn} - ${t.issued} + ${t.returned}`),
  check('coupon_quotas_validity', sql`${t.validFrom} < ${t.validTo}`), check('coupon_quotas_withdrawn', sql`${t.withdrawn} = 0 or ${t.withdrawnAt} is not null`),
  check('coupon_quotas_types', sql`${t.orderTypes} <@ array['NEW','RENEWAL','CHANGE'] and ${t.invoiceRecipient} in ('PARTNER','USER') and ${t.associationType} in ('RESALE','REFERRAL')`),
])

export const coupons = pgTable('coupons', {
  partnerId, id: uuid('id').notNull(), number: text('number').notNull(), kind: text('kind').notNull(),
  customerId: uuid('customer_id').notNull(), accountId: uuid('account_id').notNull(),
  /** Null, with the issuer's name, for a coupon that somebody else issued: this partner only sees it. */
  quotaId: uuid('quota_id'), issuerName: text('issuer_name'),
  faceValue: minor('face_value'), balance: minor('balance'), used: minor('used'), returned: minor('returned'), lapsed: minor('lapsed'),
  minOrder: minor('min_order'), maxShare: integer('max_share'), products: texts('products'), orderTypes: texts('order_types'),
  /** INACTIVE, ACTIVE, USED, EXPIRED or RECLAIMED. A coupon whose time is over reads as EXPIRED before the job has come to it. */
  state: text('state').notNull(), issuedAt: at('issued_at').notNull(), validUntil: at('valid_until').notNull(), endedAt: at('ended_at'),
  issuerId: uuid('issuer_id'), remark: text('remark').notNull(), remindedAt: at('reminded_at'),
}, (t) => [
  primaryKey({ columns: [t.partnerId, t.id] }), unique('coupons_number').on(t.partnerId, t.number), uniqueIndex('coupons_account').on(t.partnerId, t.accountId),
  foreignKey({ columns: [t.partnerId, t.customerId], foreignColumns: [customers.partnerId, customers.id] }),
  foreignKey({ columns: [t.partnerId, t.accountId], foreignColumns: [accounts.partnerId, accounts.id] }),
  foreignKey({ columns: [t.partnerId, t.quotaId], foreignColumns: [couponQuotas.partnerId, couponQuotas.id] }),
  index('coupons_issued').on(t.partnerId, t.kind, t.issuedAt, t.id), index('coupons_valid').on(t.partnerId, t.kind, t.validUntil, t.id), index('coupons_balance').on(t.partnerId, t.kind, t.balance, t.id),
  index('coupons_customer').on(t.partnerId, t.customerId, t.issuedAt), index('coupons_quota').on(t.partnerId, t.quotaId, t.issuedAt), index('coupons_state').on(t.partnerId, t.kind, t.state, t.issuedAt, t.id),
  /** By expiry, past what lapsed long ago and is not listed. */
  index('coupons_done').on(t.partnerId, t.kind, t.validUntil, t.id).where(sql`state in ('USED','RECLAIMED')`),
  index('coupons_open').on(t.partnerId, t.validUntil).where(sql`state in ('INACTIVE','ACTIVE')`),
  check('coupons_kind', sql`${t.kind} in ('VOUCHER','CASH','DELIVERY') and (${t.kind} = 'DELIVERY') = (${t.maxShare} is not null) and ${t.maxShare} between 1 and 100`),
  check('coupons_state', sql`${t.state} in ('INACTIVE','ACTIVE','USED','EXPIRED','RECLAIMED') and (${t.state} in ('INACTIVE','ACTIVE')) = (${t.endedAt} is null) and (${t.state} in ('INACTIVE','ACTIVE')) = (${t.balance} > 0)`),
  check('coupons_sum', sql`${t.faceValue} > 0 and ${t.balance} >= 0 and ${t.used} >= 0 and ${t.returned} >= 0 and ${t.lapsed} >= 0 and ${t.minOrder} >= 0 and ${t.faceValue} = ${t.balance} + ${t.used} + ${t.returned} + ${t.lapsed}`),
  check('coupons_origin', sql`(${t.quotaId} is null) = (${t.issuerName} is not null)`), check('coupons_remark', sql`char_length(${t.remark}) <= 200`),
])

/** Counts and sums of coupons by what lists filter on, so that a total is no walk over all of them. Filled by triggers. A coupon without quota counts under
 *  the nil UUID. */
export const couponTotals = pgTable('coupon_totals', {
  partnerId, kind: text('kind').notNull(), quotaId: uuid('quota_id').notNull(), state: text('state').notNull(), validUntil: at('valid_until').notNull(),
  total: integer('total').notNull(), faceValue: minor('face_value'), balance: minor('balance'),
}, (t) => [primaryKey({ columns: [t.partnerId, t.kind, t.quotaId, t.state, t.validUntil] })])

/** How coupons changed of late: each as it was, taken away, and as it is, added, with the transaction that did it, so that sums made before are brought up to date. Filled by
 *  triggers, swept after an hour. */
export const couponChanges = pgTable('coupon_changes', {
  partnerId, xid: xid8('xid').notNull(), seq: bigint('seq', { mode: 'bigint' }).notNull().generatedAlwaysAsIdentity(), at: at('at').notNull(), /** 1 or -1. */ way: integer('way').notNull(),
  kind: text('kind').notNull(), quotaId: uuid('quota_id'), customerId: uuid('customer_id').notNull(), state: text('state').notNull(), issuedAt: at('issued_at').notNull(), validUntil: at('valid_until').notNull(), faceValue: minor('face_value'), balance: minor('balance'),
}, (t) => [primaryKey({ columns: [t.partnerId, t.xid, t.seq] }), index('coupon_changes_at').on(t.partnerId, t.at)])

/** What a coupon paid for: one row per order and payment. Insert only. */
export const couponRedemptions = pgTable('coupon_redemptions', {
  partnerId, seq: bigint('seq', { mode: 'bigint' }).notNull().generatedAlwaysAsIdentity(), couponId: uuid('coupon_id').notNull(), transferId: uuid('transfer_id').notNull(),
  orderNumber: text('order_number').notNull(), amount: minor('amount'), at: at('at').notNull(),
}, (t) => [
  primaryKey({ columns: [t.partnerId, t.seq] }), index('coupon_redemptions_coupon').on(t.partnerId, t.couponId, t.seq), index('coupon_redemptions_order').on(t.partnerId, t.orderNumber),
  foreignKey({ columns: [t.partnerId, t.couponId], foreignColumns: [coupons.partnerId, coupons.id] }), foreignKey({ columns: [t.partnerId, t.transferId], foreignColumns: [transfers.partnerId, transfers.id] }),
  check('coupon_redemptions_amount', sql`${t.amount} > 0`),
])

/** The operation records: one row per coupon or quota and movement, by hand or by itself. Insert only. */
export const couponRecords = pgTable('coupon_records', {
  partnerId, seq: bigint('seq', { mode: 'bigint' }).notNull().generatedAlwaysAsIdentity(), id: uuid('id').notNull(), at: at('at').notNull(),
  operation: text('operation').notNull(), kind: text('kind').notNull(), transferId: uuid('transfer_id').notNull(),
  /** The coupon; or the quota itself. Of quota issued to a reseller: the distributor's own quota, with the number of the reseller's. */
  couponId: uuid('coupon_id'), quotaId: uuid('quota_id'), number: text('number').notNull(),
  customerId: uuid('customer_id'), /** Of quota issued to or reclaimed from a reseller. */ resellerId: uuid('reseller_id'), resellerName: text('reseller_name'),
  amount: minor('amount'), actual: minor('actual'), /** Signed: how what is left of the quota changed; 0 when it lapsed. */ quotaChange: minor('quota_change'), quotaLeft: bigint('quota_left', { mode: 'bigint' }),
  operatorId: uuid('operator_id'), initiator: text('initiator').notNull(), remark: text('remark').notNull(),
}, (t) => [
  primaryKey({ columns: [t.partnerId, t.seq] }), uniqueIndex('coupon_records_id').on(t.partnerId, t.id),
  foreignKey({ columns: [t.partnerId, t.transferId], foreignColumns: [transfers.partnerId, transfers.id] }),
  index('coupon_records_kind').on(t.partnerId, t.kind, t.seq), index('coupon_records_customer').on(t.partnerId, t.customerId, t.seq), index('coupon_records_quota').on(t.partnerId, t.quotaId, t.seq),
  index('coupon_records_coupon').on(t.partnerId, t.couponId, t.seq), index('coupon_records_number').on(t.partnerId, t.number), index('coupon_records_operator').on(t.partnerId, t.operatorId, t.seq),
  check('coupon_records_operation', sql`${t.operation} in ('quota_granted','quota_withdrawn','issued','reclaimed','returned_expiry','returned_disassociation','returned_withdrawal','lapsed','quota_issued','quota_reclaimed')`),
  check('coupon_records_initiator', sql`${t.initiator} in ('member','system','vendor','distributor') and (${t.initiator} = 'member') = (${t.operatorId} is not null)`),
  check('coupon_records_amount', sql`${t.amount} > 0 and ${t.actual} >= 0 and ${t.actual} <= ${t.amount}`),
])
