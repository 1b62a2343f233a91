import type { CouponKind, OrderType } from '#contract/coupons.ts'
import type { CouponOperation, CouponState } from '#contract/coupons-issued.ts'
import { momentOf } from '#server/db/moment.ts'
import { list, sql, type SQL } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { post, type Authorship, type Books } from '#server/ledger/post.ts'
import { couponAccount, quotaColumns, recordedBy, takesReturns, withOutside, type LockedQuota } from './coupon-quotas.ts'
import { writeCouponRecords } from './coupon-records.ts'

/** A coupon whose row this transaction holds to its end. Amounts in minor units. */
export type LockedCoupon = {
  id: string; number: string; kind: CouponKind; customerId: string; accountId: string; quotaId: string | null; issuerName: string | null; faceValue: bigint; balance: bigint; minOrder: bigint; maxShare: number | null
  products: string[]; orderTypes: OrderType[]; validUntil: Date; /** As it was left; see couponStateOf. */ state: CouponState
}
export const couponColumns: SQL = sql`k.id, k.number, k.kind, k.customer_id as "customerId", k.account_id as "accountId", k.quota_id as "quotaId", k.issuer_name as "issuerName", k.face_value as "faceValue", k.balance, k.min_order as "minOrder",
  k.max_share as "maxShare", k.products, k.order_types as "orderTypes", k.valid_until as "validUntil", k.state`

/** @returns the state at an instant: a coupon whose time is over is EXPIRED before the job has come to it. */
export const couponStateOf = ({ state, validUntil }: Pick<LockedCoupon, 'state' | 'validUntil'>, at: Date): CouponState => ((state === 'ACTIVE' || state === 'INACTIVE') && at >= validUntil ? 'EXPIRED' : state)
/** The same of `coupons k`, for filters. */
export const couponStateSql = (at: Date): SQL => sql`case when k.state in ('INACTIVE','ACTIVE') and k.valid_until <= ${at}::timestamptz then 'EXPIRED' else k.state end`

export type Locked = { coupons: Map<string, LockedCoupon>; quotas: Map<string, LockedQuota>; /** The time behind the locks. */ moment: Date }
/** Locks coupons of the partner, and before them their quotas, to the end of the transaction. @returns both by id, as far as they exist. */
export async function lockCoupons(tx: Tx, now: Date, partnerId: string, ids: readonly string[]): Promise<Locked> {
  // Sent together and run in this order. Which quota a coupon is of never changes, so it may be asked before the lock.
  const [quotas, coupons, moment] = await Promise.all([
    tx.rows<LockedQuota>(sql`select ${quotaColumns} from coupon_quotas q where q.partner_id = ${partnerId} and q.id in (select k.quota_id from coupons k where k.partner_id = ${partnerId} and k.id = any(${list(ids)}::uuid[])) order by q.id for no key update`),
    tx.rows<LockedCoupon>(sql`select ${couponColumns} from coupons k where k.partner_id = ${partnerId} and k.id = any(${list(ids)}::uuid[]) order by k.id for no key update`),
    momentOf(tx, now),
  ])
  return { quotas: new Map(quotas.map((row) => [row.id, row])), coupons: new Map(coupons.map((row) => [row.id, row])), moment }
}

export type Cause = Extract<CouponOperation, 'reclaimed' | 'returned_expiry' | 'returned_disassociation' | 'returned_withdrawal'>
/** What was taken of one coupon, in minor units; `quota` is what got it, null when it lapsed. */
export type TakenBack = { coupon: LockedCoupon; amount: bigint; quota: LockedQuota | null }
type Order = { books: Books; by: Authorship; cause: Cause; locked: Locked; rows: readonly { coupon: LockedCoupon; /** What people were told before; the balance itself without it. */ expected?: bigint }[]; remark?: string }

/** Takes the whole balance of each coupon back to its quota; where that is no longer in force, it lapses. All or none.
 *  @param order coupons with a balance, of `locked`. @returns what was taken, in the order of the rows. */
export async function takeBack(tx: Tx, { books, by, cause, locked: { quotas, moment }, rows, remark }: Order): Promise<TakenBack[]> {
  const { partnerId } = books
  const taken = rows.map(({ coupon }): TakenBack => {
    const quota = coupon.quotaId === null ? undefined : quotas.get(coupon.quotaId)
    return { coupon, amount: coupon.balance, quota: quota && takesReturns(quota, moment) ? quota : null }
  })
  if (taken.length === 0) return []
  const { accounts, outsideId } = await withOutside(tx, partnerId, [...taken.map(({ coupon }) => couponAccount('coupon', coupon.accountId, coupon.id, coupon.balance)), ...[...quotas.values()].map((quota) => couponAccount('quota', quota.accountId, quota.id, quota.left))])
  const { transferId } = await post(tx, {
    books, by, at: moment, kind: cause === 'reclaimed' ? 'coupon_reclaim' : 'coupon_return', isBatch: taken.length > 1, accounts,
    moves: taken.flatMap(({ coupon, amount, quota }) => [{ accountId: coupon.accountId, amount: -amount }, { accountId: quota?.accountId ?? outsideId, amount }]),
  })
  await emptyCoupons(tx, partnerId, taken, cause, moment)
  await refillQuotas(tx, partnerId, taken)
  const left = new Map([...quotas].map(([id, quota]) => [id, quota.left]))
  await writeCouponRecords(tx, recordedBy({ books, by, at: moment, transferId, ...(remark !== undefined && { remark }) }, 'system'), taken.map(({ coupon, amount, quota }, place) => {
    if (quota) left.set(quota.id, (left.get(quota.id) ?? 0n) + amount)
    const isLapsed = !quota && cause === 'returned_expiry'
    return {
      operation: isLapsed ? 'lapsed' : cause, kind: coupon.kind, couponId: coupon.id, quotaId: coupon.quotaId, number: coupon.number, customerId: coupon.customerId, amount: rows[place]?.expected ?? amount, actual: isLapsed ? 0n : amount,
      quotaChange: quota ? amount : 0n, quotaLeft: coupon.quotaId === null ? null : left.get(coupon.quotaId) ?? null,
    }
  }))
  return taken
}

/** An inactive coupon was never the customer's to use, so it is not reclaimed: it ends. */
async function emptyCoupons(tx: Tx, partnerId: string, taken: readonly TakenBack[], cause: Cause, moment: Date): Promise<void> {
  const count = await tx.run(sql`
    update coupons k set balance = 0, returned = k.returned + t.back, lapsed = k.lapsed + t.amount - t.back, state = case when ${cause === 'returned_expiry'}::boolean or k.state = 'INACTIVE' then 'EXPIRED' else 'RECLAIMED' end, ended_at = ${moment}::timestamptz
      from unnest(${list(taken.map(({ coupon }) => coupon.id))}::uuid[], ${list(taken.map(({ amount }) => amount))}::bigint[], ${list(taken.map(({ amount, quota }) => (quota ? amount : 0n)))}::bigint[]) as t(id, amount, back)
     where k.partner_id = ${partnerId} and k.id = t.id and k.balance = t.amount and k.state in ('INACTIVE','ACTIVE')`)
  if (count !== taken.length) throw new Error('a coupon changed under its lock')
}

async function refillQuotas(tx: Tx, partnerId: string, taken: readonly TakenBack[]): Promise<void> {
  const sums = new Map<string, bigint>()
  for (const { quota, amount } of taken) if (quota) sums.set(quota.id, (sums.get(quota.id) ?? 0n) + amount)
  if (sums.size === 0) return
  await tx.run(sql`update coupon_quotas q set returned = q.returned + t.amount, left_over = q.left_over + t.amount from unnest(${list([...sums.keys()])}::uuid[], ${list([...sums.values()])}::bigint[]) as t(id, amount) where q.partner_id = ${partnerId} and q.id = t.id`)
}
