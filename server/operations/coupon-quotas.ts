import { randomUUID } from 'node:crypto'
import type { CouponKind, InvoiceRecipient, OrderType, QuotaSource, QuotaState } from '#contract/coupons.ts'
import { amountMaxMinor } from '#contract/money.ts'
import { momentOf } from '#server/db/moment.ts'
import { list, sql, type SQL } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { Refusal } from '#server/http/refusal.ts'
import { Accounts, couponUnit, readAccounts, type Account } from '#server/ledger/accounts.ts'
import { dayPart, nextNumber } from '#server/ledger/numbers.ts'
import { post, type Authorship, type Books } from '#server/ledger/post.ts'
import { writeCouponRecords, type RecordedBy } from './coupon-records.ts'

/** What a quota may be issued for. An empty list and null limit nothing. */
type QuotaLimits = { products: readonly string[]; orderTypes: readonly OrderType[]; /** Ten-digit IDs. */ customerNumbers: readonly string[]; associationType: 'RESALE' | 'REFERRAL' | null }
/** A quota whose row this transaction holds to its end. Amounts in minor units. */
export type LockedQuota = {
  id: string; number: string; kind: CouponKind; source: QuotaSource; granted: bigint; withdrawn: bigint; issued: bigint; returned: bigint; left: bigint; accountId: string
  validFrom: Date; validTo: Date; withdrawnAt: Date | null; products: string[]; orderTypes: OrderType[]; customerNumbers: string[]; associationType: 'RESALE' | 'REFERRAL' | null
  invoiceRecipient: InvoiceRecipient; onlyCustomerId: string | null; startsInactive: boolean
}

/** Columns of `coupon_quotas q` as LockedQuota. */
export const quotaColumns: SQL = sql`q.id, q.number, q.kind, q.source, q.granted, q.withdrawn, q.issued, q.returned, q.left_over as left, q.account_id as "accountId", q.valid_from as "validFrom", q.valid_to as "validTo", q.withdrawn_at as "withdrawnAt",
  q.products, q.order_types as "orderTypes", q.customer_numbers as "customerNumbers", q.association_type as "associationType", q.invoice_recipient as "invoiceRecipient", q.only_customer_id as "onlyCustomerId", q.starts_inactive as "startsInactive"`

type InTime = Pick<LockedQuota, 'left' | 'validFrom' | 'validTo' | 'withdrawnAt'>
/** @returns the state at an instant: it follows from time and what is left, but for what the grantor took back. */
export function quotaStateOf({ left, validFrom, validTo, withdrawnAt }: InTime, at: Date): QuotaState {
  if (withdrawnAt !== null) return 'RECLAIMED'
  if (at < validFrom) return 'NOT_STARTED'
  if (left === 0n) return 'USED_UP'
  return at >= validTo ? 'EXPIRED' : 'ACTIVE'
}
/** The same of `coupon_quotas q`, for filters. */
export const quotaStateSql = (at: Date): SQL => sql`case when q.withdrawn_at is not null then 'RECLAIMED' when ${at}::timestamptz < q.valid_from then 'NOT_STARTED' when q.left_over = 0 then 'USED_UP' when ${at}::timestamptz >= q.valid_to then 'EXPIRED' else 'ACTIVE' end`
/** @returns whether what comes back goes to the quota at this instant, and does not lapse. */
export const takesReturns = ({ validFrom, validTo, withdrawnAt }: Pick<InTime, 'validFrom' | 'validTo' | 'withdrawnAt'>, at: Date): boolean => withdrawnAt === null && validFrom <= at && at < validTo

/** Locks quotas of the partner to the end of the transaction, in the order of their ids. Customers are locked before them, coupons after.
 *  @returns them by id, as far as they exist, and the time behind the locks. */
export async function lockQuotas(tx: Tx, now: Date, partnerId: string, ids: readonly string[]): Promise<{ quotas: Map<string, LockedQuota>; moment: Date }> {
  const [rows, moment] = await Promise.all([
    tx.rows<LockedQuota>(sql`select ${quotaColumns} from coupon_quotas q where q.partner_id = ${partnerId} and q.id = any(${list(ids)}::uuid[]) order by q.id for no key update`),
    momentOf(tx, now),
  ])
  return { quotas: new Map(rows.map((row) => [row.id, row])), moment }
}

/** @returns the account of a quota or coupon as the ledger knows it; of one that was just opened, `balance` 0. */
export const couponAccount = (kind: 'quota' | 'coupon', id: string, ownerId: string, balance: bigint): Account => ({ id, kind, ownerId, currency: couponUnit(), balance, overdraft: 0n })
/** @returns the accounts given and the partner's `coupon-outside`. */
export async function withOutside(tx: Tx, partnerId: string, accounts: readonly Account[]): Promise<{ accounts: Accounts; outsideId: string }> {
  const outside = (await readAccounts(tx, partnerId, ['coupon-outside'], [])).partner('coupon-outside')
  return { accounts: new Accounts([...accounts, outside]), outsideId: outside.id }
}

export type Grant = {
  books: Books; by: Authorship; kind: CouponKind; /** Minor units, more than zero. */ amount: bigint
  validFrom: Date; /** The first instant at which it is over. */ validTo: Date
  limits?: Partial<QuotaLimits>; invoiceRecipient?: InvoiceRecipient; onlyCustomerId?: string | null; startsInactive?: boolean
  /** Of a reseller's quota: the distributor and the distributor's quota. */
  origin: { source: Exclude<QuotaSource, 'distributor'> } | { source: 'distributor'; partnerId: string; quotaId: string }
}
export type Granted = { id: string; number: string; transferId: string }

/** Gives a partner quota to issue from, in the transaction of the caller. Writes quota, posting and operation record; log row and messages are the caller's.
 *  Refuses with invalid_input an amount or a validity that cannot be. */
export async function grantQuota(tx: Tx, now: Date, { books, by, kind, amount, validFrom, validTo, limits = {}, invoiceRecipient = 'PARTNER', onlyCustomerId = null, startsInactive = false, origin }: Grant): Promise<Granted> {
  if (amount <= 0n || amount > amountMaxMinor || validFrom >= validTo) throw new Refusal('invalid_input')
  const { partnerId } = books
  const [id, accountId] = [randomUUID(), randomUUID()]
  const parent = origin.source === 'distributor' ? origin : undefined
  await tx.run(sql`insert into accounts (partner_id, id, kind, owner_id, currency, balance, overdraft) values (${partnerId}, ${accountId}, 'quota', ${id}, ${couponUnit()}, 0, 0)`)
  const [row] = await tx.rows<{ number: string }>(sql`
    insert into coupon_quotas (partner_id, id, number, kind, source, granted, withdrawn, issued, returned, left_over, account_id, valid_from, valid_to, products, order_types, customer_numbers, association_type, invoice_recipient, only_customer_id, starts_inactive, parent_partner_id, parent_quota_id, created_at)
    values (${partnerId}, ${id}, ${nextNumber('CQ', 'quota_numbers', dayPart(now, books.timeZone))}, ${kind}, ${origin.source}, ${amount}, 0, 0, 0, ${amount}, ${accountId}, ${validFrom}, ${validTo}, ${list([...limits.products ?? []])}::text[], ${list([...limits.orderTypes ?? []])}::text[],
      ${list([...limits.customerNumbers ?? []])}::text[], ${limits.associationType ?? null}::text, ${invoiceRecipient}, ${onlyCustomerId}::uuid, ${startsInactive}::boolean, ${parent?.partnerId ?? null}::uuid, ${parent?.quotaId ?? null}::uuid, ${now})
    returning number`)
  if (!row) throw new Error('a quota vanished while it was granted')
  const { accounts, outsideId } = await withOutside(tx, partnerId, [couponAccount('quota', accountId, id, 0n)])
  const { transferId } = await post(tx, { books, by, at: now, kind: 'quota_grant', isBatch: false, accounts, moves: [{ accountId: outsideId, amount: -amount }, { accountId, amount }] })
  await writeCouponRecords(tx, recordedBy({ books, by, at: now, transferId }, parent ? 'distributor' : origin.source === 'incentive' ? 'system' : 'vendor'), [
    { operation: 'quota_granted', kind, couponId: null, quotaId: id, number: row.number, customerId: null, amount, actual: amount, quotaChange: amount, quotaLeft: amount },
  ])
  return { id, number: row.number, transferId }
}

/** Takes back all that is left of a quota and ends it.
 *  @param quota locked. @param moment behind the lock. @returns how much came back. Refuses with conflict a quota that is not in force, or of which nothing is left. */
export async function withdrawQuota(tx: Tx, { books, by, quota, moment, initiator }: { books: Books; by: Authorship; quota: LockedQuota; moment: Date; initiator: 'vendor' | 'distributor' }): Promise<{ amount: bigint; transferId: string }> {
  if (quotaStateOf(quota, moment) !== 'ACTIVE') throw new Refusal('conflict', { sentence: 'quota_state' })
  const { partnerId } = books
  const amount = quota.left
  await tx.run(sql`update coupon_quotas set withdrawn = withdrawn + ${amount}::bigint, left_over = left_over - ${amount}::bigint, withdrawn_at = ${moment} where partner_id = ${partnerId} and id = ${quota.id}`)
  const { accounts, outsideId } = await withOutside(tx, partnerId, [couponAccount('quota', quota.accountId, quota.id, amount)])
  const { transferId } = await post(tx, { books, by, at: moment, kind: 'quota_withdraw', isBatch: false, accounts, moves: [{ accountId: quota.accountId, amount: -amount }, { accountId: outsideId, amount }] })
  await writeCouponRecords(tx, recordedBy({ books, by, at: moment, transferId }, initiator), [
    { operation: 'quota_withdrawn', kind: quota.kind, couponId: null, quotaId: quota.id, number: quota.number, customerId: null, amount, actual: amount, quotaChange: -amount, quotaLeft: 0n },
  ])
  return { amount, transferId }
}

/** @returns who stands in the operation records: the member whose transfer it is, or else the initiator given. */
export const recordedBy = ({ books, by, at, transferId, remark = '' }: { books: Books; by: Authorship; at: Date; transferId: string; remark?: string }, otherwise: RecordedBy['initiator']): RecordedBy =>
  ({ partnerId: books.partnerId, at, transferId, operatorId: by.actorId, initiator: by.actorId === null ? otherwise : 'member', remark })
