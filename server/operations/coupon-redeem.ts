import type { OrderType } from '#contract/coupons.ts'
import { amountMaxMinor } from '#contract/money.ts'
import { momentOf } from '#server/db/moment.ts'
import { sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { Refusal } from '#server/http/refusal.ts'
import { post, shortage, type Authorship, type Books } from '#server/ledger/post.ts'
import { couponAccount, withOutside } from './coupon-quotas.ts'
import { couponColumns, couponStateOf, type LockedCoupon } from './coupon-takings.ts'

/** The order that a coupon pays for; amounts in minor units. Type and product are asked for only where the coupon is limited to some. */
export type PaidOrder = { number: string; amount: bigint; type?: OrderType | undefined; product?: string | undefined }

/** Locks one coupon by its number. @returns it, and the time behind the lock. Refuses with not_found. */
async function lockByNumber(tx: Tx, now: Date, partnerId: string, number: string): Promise<{ coupon: LockedCoupon; moment: Date }> {
  const [[coupon], moment] = await Promise.all([tx.rows<LockedCoupon>(sql`select ${couponColumns} from coupons k where k.partner_id = ${partnerId} and k.number = ${number} for no key update`), momentOf(tx, now)])
  if (!coupon) throw new Refusal('not_found')
  return { coupon, moment }
}

/** A customer pays part of an order with a coupon. @param amount minor units, more than zero. @returns the coupon, what is left of it, and the transfer's number.
 *  Refuses with conflict a coupon that is not active at this moment, an order below the minimum, above the share or out of scope, and with insufficient_funds more than it holds. */
export async function redeemCoupon(tx: Tx, now: Date, { books, by, number, order, amount }: { books: Books; by: Authorship; number: string; order: PaidOrder; amount: bigint }): Promise<{ coupon: LockedCoupon; left: bigint; transfer: string }> {
  if (amount <= 0n || amount > amountMaxMinor) throw new Refusal('invalid_input')
  const { partnerId } = books
  const { coupon, moment } = await lockByNumber(tx, now, partnerId, number)
  if (couponStateOf(coupon, moment) !== 'ACTIVE') throw new Refusal('conflict', { sentence: 'coupon_not_due' })
  if (!fits(coupon, order, amount)) throw new Refusal('conflict', { sentence: 'coupon_order' })
  if (amount > coupon.balance) throw new Refusal('insufficient_funds', { sentence: 'coupon_short', facts: shortage(coupon.balance, amount).more.facts ?? {} })
  const { accounts, outsideId } = await withOutside(tx, partnerId, [couponAccount('coupon', coupon.accountId, coupon.id, coupon.balance)])
  const { transferId, number: transfer } = await post(tx, { books, by, at: moment, kind: 'coupon_redeem', isBatch: false, accounts, moves: [{ accountId: coupon.accountId, amount: -amount }, { accountId: outsideId, amount }] })
  const left = coupon.balance - amount
  await tx.run(sql`update coupons set balance = ${left}::bigint, used = used + ${amount}::bigint, state = case when ${left === 0n}::boolean then 'USED' else state end, ended_at = case when ${left === 0n}::boolean then ${moment}::timestamptz end
    where partner_id = ${partnerId} and id = ${coupon.id}`)
  await tx.run(sql`insert into coupon_redemptions (partner_id, coupon_id, transfer_id, order_number, amount, at) values (${partnerId}, ${coupon.id}, ${transferId}, ${order.number}, ${amount}, ${moment})`)
  return { coupon, left, transfer }
}

function fits({ minOrder, maxShare, orderTypes, products }: LockedCoupon, order: PaidOrder, amount: bigint): boolean {
  return amount <= order.amount && order.amount >= minOrder && (maxShare === null || amount * 100n <= order.amount * BigInt(maxShare))
    && (orderTypes.length === 0 || order.type !== undefined && orderTypes.includes(order.type)) && (products.length === 0 || order.product !== undefined && products.includes(order.product))
}

/** Makes a coupon usable that waits for its activation. Refuses with not_found, and with conflict a coupon in another state. */
export async function activateCoupon(tx: Tx, now: Date, partnerId: string, number: string): Promise<LockedCoupon> {
  const { coupon, moment } = await lockByNumber(tx, now, partnerId, number)
  if (couponStateOf(coupon, moment) !== 'INACTIVE') throw new Refusal('conflict', { sentence: 'coupon_state' })
  await tx.run(sql`update coupons set state = 'ACTIVE' where partner_id = ${partnerId} and id = ${coupon.id}`)
  return coupon
}
