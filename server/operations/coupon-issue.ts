import { randomUUID } from 'node:crypto'
import type { CouponKind, OrderType } from '#contract/coupons.ts'
import { list, sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { Accounts, couponUnit } from '#server/ledger/accounts.ts'
import { dayPart, nextNumber } from '#server/ledger/numbers.ts'
import { post, type Authorship, type Books } from '#server/ledger/post.ts'
import { couponAccount, recordedBy, withOutside, type LockedQuota } from './coupon-quotas.ts'
import { writeCouponRecords } from './coupon-records.ts'

/** What each coupon of an issue is. Amounts in minor units. */
export type Terms = { faceValue: bigint; minOrder: bigint; maxShare: number | null; products: readonly string[]; orderTypes: readonly OrderType[]; validUntil: Date }
export type IssuedCoupon = { id: string; number: string; customerId: string }
type Opened = { id: string; accountId: string; customerId: string }

/** Issues one coupon to each customer, all or none. @param quota locked, with enough left; the posting and the row's constraint decide again.
 *  @returns the coupons in the order of the customers. Refuses with insufficient_funds. */
export async function issueFrom(tx: Tx, { books, by, at, quota, terms, customerIds, remark }: { books: Books; by: Authorship; at: Date; quota: LockedQuota; terms: Terms; customerIds: readonly string[]; remark: string }): Promise<IssuedCoupon[]> {
  const { partnerId } = books
  const { faceValue } = terms
  const opened = customerIds.map((customerId): Opened => ({ id: randomUUID(), accountId: randomUUID(), customerId }))
  const total = faceValue * BigInt(opened.length)
  const coupons = await insertCoupons(tx, { books, at, kind: quota.kind, quotaId: quota.id, issuerName: null, issuerId: by.actorId, state: quota.startsInactive ? 'INACTIVE' : 'ACTIVE', terms, remark, opened })
  const accounts = new Accounts([couponAccount('quota', quota.accountId, quota.id, quota.left), ...opened.map(({ id, accountId }) => couponAccount('coupon', accountId, id, 0n))])
  const { transferId } = await post(tx, { books, by, at, kind: 'coupon_issue', isBatch: opened.length > 1, accounts, moves: [{ accountId: quota.accountId, amount: -total }, ...opened.map(({ accountId }) => ({ accountId, amount: faceValue }))] })
  await tx.run(sql`update coupon_quotas set issued = issued + ${total}::bigint, left_over = left_over - ${total}::bigint where partner_id = ${partnerId} and id = ${quota.id}`)
  await writeCouponRecords(tx, recordedBy({ books, by, at, transferId, remark }, 'system'), coupons.map(({ id, number, customerId }, place) => ({
    operation: 'issued', kind: quota.kind, couponId: id, quotaId: quota.id, number, customerId, amount: faceValue, actual: faceValue, quotaChange: -faceValue, quotaLeft: quota.left - faceValue * BigInt(place + 1),
  })))
  return coupons
}

/** A coupon that somebody else issued to a customer of the partner: the partner only sees it. Posted by the vendor operator. */
export async function receiveCoupon(tx: Tx, { books, by, at, kind, issuerName, terms, customerId }: { books: Books; by: Authorship; at: Date; kind: CouponKind; issuerName: string; terms: Terms; customerId: string }): Promise<IssuedCoupon> {
  const opened: Opened = { id: randomUUID(), accountId: randomUUID(), customerId }
  const [coupon] = await insertCoupons(tx, { books, at, kind, quotaId: null, issuerName, issuerId: null, state: 'ACTIVE', terms, remark: '', opened: [opened] })
  if (!coupon) throw new Error('a coupon vanished while it was received')
  const { accounts, outsideId } = await withOutside(tx, books.partnerId, [couponAccount('coupon', opened.accountId, opened.id, 0n)])
  await post(tx, { books, by, at, kind: 'coupon_receive', isBatch: false, accounts, moves: [{ accountId: outsideId, amount: -terms.faceValue }, { accountId: opened.accountId, amount: terms.faceValue }] })
  return coupon
}

type Inserted = { books: Books; at: Date; kind: CouponKind; quotaId: string | null; issuerName: string | null; issuerId: string | null; state: 'INACTIVE' | 'ACTIVE'; terms: Terms; remark: string; opened: readonly Opened[] }
async function insertCoupons(tx: Tx, { books: { partnerId, timeZone }, at, kind, quotaId, issuerName, issuerId, state, terms, remark, opened }: Inserted): Promise<IssuedCoupon[]> {
  const { faceValue, minOrder, maxShare, products, orderTypes, validUntil } = terms
  await tx.run(sql`insert into accounts (partner_id, id, kind, owner_id, currency, balance, overdraft)
    select ${partnerId}::uuid, c.account_id, 'coupon', c.id, ${couponUnit()}, 0, 0 from unnest(${list(opened.map(({ id }) => id))}::uuid[], ${list(opened.map(({ accountId }) => accountId))}::uuid[]) as c(id, account_id)`)
  const rows = await tx.rows<IssuedCoupon>(sql`
    insert into coupons (partner_id, id, number, kind, customer_id, account_id, quota_id, issuer_name, face_value, balance, used, returned, lapsed, min_order, max_share, products, order_types, state, issued_at, valid_until, issuer_id, remark)
    select ${partnerId}::uuid, c.id, ${nextNumber('CP', 'coupon_numbers', dayPart(at, timeZone))}, ${kind}, c.customer_id, c.account_id, ${quotaId}::uuid, ${issuerName}::text, ${faceValue}::bigint, ${faceValue}::bigint, 0, 0, 0, ${minOrder}::bigint, ${maxShare}::int,
        ${list([...products])}::text[], ${list([...orderTypes])}::text[], ${state}, ${at}::timestamptz, ${validUntil}::timestamptz, ${issuerId}::uuid, ${remark}
      from unnest(${list(opened.map(({ id }) => id))}::uuid[], ${list(opened.map(({ accountId }) => accountId))}::uuid[], ${list(opened.map(({ customerId }) => customerId))}::uuid[]) with ordinality as c(id, account_id, customer_id, place) order by c.place
    returning id, number, customer_id as "customerId"`)
  return rows
}
