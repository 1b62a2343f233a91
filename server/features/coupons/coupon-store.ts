import { couponEndsSoonDays } from '#contract/coupons.ts'
import type { CouponFilter, queryCoupons } from '#contract/coupons-issued.ts'
import type { Parsed } from '#contract/endpoint.ts'
import { customerScope, seesWholePartner, type Actor } from '#server/auth/actor.ts'
import { every, inDays } from '#server/db/days.ts'
import { list, sql, type SQL } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { couponColumns, couponStateSql, type LockedCoupon } from '#server/operations/coupon-takings.ts'
import { customersNamed } from '#server/operations/customer-names.ts'
import { contactConditions, type LookUp } from '#server/operations/look-up.ts'
import { seenKinds } from './admit.ts'

/** A coupon with what its row on the screen needs; amounts in minor units, names clear. */
export type CouponRow = LockedCoupon & { customerName: string; customerNumber: string; quotaNumber: string | null; issuedAt: Date; endedAt: Date | null; used: bigint; returned: bigint; lapsed: bigint; remark: string }
export type UseRow = { orderNumber: string; amount: bigint; at: Date }
export type CouponQuery = Pick<Parsed<typeof queryCoupons>['body'], 'filter' | 'sort' | 'page' | 'pageSize'> & { lookUp: LookUp | undefined; selected?: readonly string[] | undefined }
type Totals = { total: number; faceValue: bigint; balance: bigint }

const columns = sql`${couponColumns}, c.name as "customerName", c.number as "customerNumber", q.number as "quotaNumber", k.issued_at as "issuedAt", k.ended_at as "endedAt", k.used, k.returned, k.lapsed, k.remark`
const joins = sql`join customers c on c.partner_id = k.partner_id and c.id = k.customer_id left join coupon_quotas q on q.partner_id = k.partner_id and q.id = k.quota_id`
const orders = {
  '-issuedAt': sql`k.issued_at desc, k.id desc`, issuedAt: sql`k.issued_at, k.id`, validUntil: sql`k.valid_until, k.id`, '-validUntil': sql`k.valid_until desc, k.id desc`, '-balance': sql`k.balance desc, k.id desc`, balance: sql`k.balance, k.id`,
} satisfies Record<CouponQuery['sort'], SQL>

/** @returns the page asked for, and over all pages how many coupons match and what they come to. Without those that lapsed more than half a year ago. */
export async function queryCouponRows(tx: Tx, now: Date, actor: Actor, { filter, sort, page, pageSize, lookUp, selected }: CouponQuery): Promise<{ rows: CouponRow[] } & Totals> {
  // How many rows a value has decides the plan; one made for all values would read the whole table for each.
  await tx.run(sql`select set_config('plan_cache_mode', 'force_custom_plan', true)`)
  const narrow = [...ofRow(actor, filter), ...ofCustomer(actor, filter, lookUp), ...(selected ? [sql`k.id = any(${list(selected)}::uuid[])`] : [])]
  const kept = keptConditions(now, actor, filter)
  const where = every([sql`k.partner_id = ${actor.partner.id}`, ...kept, ...narrow])
  const sums = narrow.length === 0
    ? sql`select coalesce(sum(k.total), 0)::int as total, coalesce(sum(k.face_value), 0)::bigint as "faceValue", coalesce(sum(k.balance), 0)::bigint as balance from coupon_totals k where ${where}`
    : sql`select count(*)::int as total, coalesce(sum(k.face_value), 0)::bigint as "faceValue", coalesce(sum(k.balance), 0)::bigint as balance from coupons k where ${where}`
  const [totals] = await tx.rows<Totals>(sums)
  // The page is cut before the joins, so that they are made for its rows only.
  const rows = await tx.rows<CouponRow>(sql`select ${columns} from (select k.* from coupons k where ${where} order by ${orders[sort]} limit ${pageSize}::int offset ${(page - 1) * pageSize}::int) k ${joins} order by ${orders[sort]}`)
  return { rows, ...totals ?? { total: 0, faceValue: 0n, balance: 0n } }
}

/** @returns the coupon, or undefined when it is unknown, foreign, of a kind the partner does not see or of a customer outside the person's scope. */
export async function readCoupon(tx: Tx, actor: Actor, id: string): Promise<CouponRow | undefined> {
  const [row] = await tx.rows<CouponRow>(sql`select ${columns} from coupons k ${joins} where k.partner_id = ${actor.partner.id} and k.id = ${id} and ${seenKinds(actor, sql`k.kind`, undefined)} and ${customerScope(actor)}`)
  return row
}

/** @returns which orders the coupon paid for, newest first. */
export const readUses = (tx: Tx, partnerId: string, couponId: string): Promise<UseRow[]> =>
  tx.rows<UseRow>(sql`select u.order_number as "orderNumber", u.amount, u.at from coupon_redemptions u where u.partner_id = ${partnerId} and u.coupon_id = ${couponId} order by u.seq desc limit 1000`)

/** What the totals know, too: kind, quota, state and end. A solution provider sees delivery coupons of resale customers only, which rows alone know. */
function keptConditions(now: Date, actor: Actor, filter: CouponFilter): SQL[] {
  const soon = sql`k.valid_until <= ${now}::timestamptz + make_interval(days => ${couponEndsSoonDays}::int)`
  return [
    seenKinds(actor, sql`k.kind`, filter.kind),
    sql`(k.state in ('USED','RECLAIMED') or k.valid_until > ${now}::timestamptz - interval '6 months')`,
    ...(filter.state === undefined ? [] : [stateCondition(now, filter.state)]),
    ...(filter.quotaId === undefined ? [] : [sql`k.quota_id = ${filter.quotaId}::uuid`]),
    ...(filter.quotaNumber ? [sql`k.quota_id in (select q.id from coupon_quotas q where q.partner_id = ${actor.partner.id} and q.number = ${filter.quotaNumber.toUpperCase()})`] : []),
    ...inDays(sql`(k.valid_until - interval '1 millisecond')`, filter.expiryFrom, filter.expiryTo, actor.partner.timeZone),
    ...(filter.endsSoon === true ? [sql`k.state = 'ACTIVE' and k.valid_until > ${now}::timestamptz and ${soon}`] : []),
  ]
}

function stateCondition(now: Date, state: NonNullable<CouponFilter['state']>): SQL {
  if (state === 'USED' || state === 'RECLAIMED') return sql`k.state = ${state}`
  return state === 'EXPIRED' ? sql`${couponStateSql(now)} = 'EXPIRED'` : sql`k.state = ${state} and k.valid_until > ${now}::timestamptz`
}

function ofRow(actor: Actor, filter: CouponFilter): SQL[] {
  return [
    ...(filter.number ? [sql`k.number = ${filter.number.toUpperCase()}`] : []),
    ...inDays(sql`k.issued_at`, filter.issuedFrom, filter.issuedTo, actor.partner.timeZone),
    ...(filter.orderNumber ? [sql`k.id in (select u.coupon_id from coupon_redemptions u where u.partner_id = ${actor.partner.id} and u.order_number = ${filter.orderNumber})`] : []),
    ...(filter.customerId === undefined ? [] : [sql`k.customer_id = ${filter.customerId}`]),
  ]
}

function ofCustomer(actor: Actor, filter: CouponFilter, lookUp: LookUp | undefined): SQL[] {
  const partnerId = actor.partner.id
  const of = (condition: SQL) => sql`k.customer_id in (select c.id from customers c where c.partner_id = ${partnerId} and ${condition})`
  const contacts = lookUp ? contactConditions(lookUp) : []
  return [
    ...(seesWholePartner(actor) ? [] : [of(customerScope(actor))]),
    ...(filter.customerNumber === undefined ? [] : [of(sql`c.number = ${filter.customerNumber.replaceAll(' ', '')}`)]),
    ...(lookUp?.name === undefined ? [] : [sql`k.customer_id in ${customersNamed(partnerId, lookUp.name)}`]),
    ...(contacts.length === 0 ? [] : [of(every(contacts))]),
    // Of other issuers' coupons a solution provider sees those of its resale customers.
    ...(actor.partner.type === 'CSP' && filter.kind !== 'VOUCHER' ? [sql`(k.kind <> 'DELIVERY' or ${of(sql`c.association_type = 'RESALE'`)})`] : []),
  ]
}
