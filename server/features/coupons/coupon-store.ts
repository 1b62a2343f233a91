import type { queryCoupons } from '#contract/coupons-issued.ts'
import type { Parsed } from '#contract/endpoint.ts'
import { customerScope, type Actor } from '#server/auth/actor.ts'
import { every } from '#server/db/days.ts'
import { list, sql, type SQL } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { seesCouponOf } from '#server/operations/coupon-sight.ts'
import { couponColumns, type LockedCoupon } from '#server/operations/coupon-takings.ts'
import type { LookUp } from '#server/operations/look-up.ts'
import { seenKinds } from './admit.ts'
import { customerOfEach, keptConditions, listedFrom, rowConditions } from './coupon-conditions.ts'
import { narrowConditions, sumCoupons } from './coupon-sums.ts'
import type { Sums } from './kept-sums.ts'

/** A coupon with what its row on the screen needs; amounts in minor units, names clear. */
export type CouponRow = LockedCoupon & { customerName: string; customerNumber: string; quotaNumber: string | null; issuedAt: Date; endedAt: Date | null; used: bigint; returned: bigint; lapsed: bigint; remark: string }
export type UseRow = { orderNumber: string; amount: bigint; at: Date }
export type CouponQuery = Pick<Parsed<typeof queryCoupons>['body'], 'filter' | 'sort' | 'page' | 'pageSize'> & { lookUp: LookUp | undefined; selected?: readonly string[] | undefined }

const columns = sql`${couponColumns}, c.name as "customerName", c.number as "customerNumber", q.number as "quotaNumber", k.issued_at as "issuedAt", k.ended_at as "endedAt", k.used, k.returned, k.lapsed, k.remark`
const joins = sql`join customers c on c.partner_id = k.partner_id and c.id = k.customer_id left join coupon_quotas q on q.partner_id = k.partner_id and q.id = k.quota_id`
const orders = {
  '-issuedAt': sql`k.issued_at desc, k.id desc`, issuedAt: sql`k.issued_at, k.id`, validUntil: sql`k.valid_until, k.id`, '-validUntil': sql`k.valid_until desc, k.id desc`, '-balance': sql`k.balance desc, k.id desc`, balance: sql`k.balance, k.id`,
} satisfies Record<CouponQuery['sort'], SQL>

/** @returns the page asked for, and over all pages how many coupons match and what they come to. Without those that lapsed more than half a year ago. */
export async function queryCouponRows(tx: Tx, now: Date, actor: Actor, query: CouponQuery): Promise<{ rows: CouponRow[] } & Sums> {
  const { sort, page, pageSize, selected } = query
  const narrow = [...narrowConditions(actor, query), ...(selected ? [sql`k.id = any(${list(selected)}::uuid[])`] : [])]
  const { all, total, faceValue, balance } = await sumCoupons(tx, now, actor, query, narrow)
  const kept = [sql`k.partner_id = ${actor.partner.id}`, ...keptConditions(now, actor, query.filter)]
  const found = { now, query, offset: (page - 1) * pageSize, limit: pageSize }
  // The page is cut before the joins, so that they are made for its rows only.
  const rows = await tx.rows<CouponRow>(sql`select ${columns} from (${pageOf(actor, found, { kept, narrow, all, total })}) k ${joins} order by ${orders[sort]}`)
  return { rows, total, faceValue, balance }
}

type Slice = { now: Date; query: CouponQuery; offset: number; limit: number }

/** Few coupons are collected and sorted. With many it is cheaper to walk an index in the order of the page until that is full, looking at each coupon's customer. */
function pageOf(actor: Actor, slice: Slice, { kept, narrow, all, total }: { kept: readonly SQL[]; narrow: readonly SQL[]; all: number | undefined; total: number }): SQL {
  const { query: { filter, sort, lookUp }, offset, limit } = slice
  if (all === undefined) return walk(slice, [...kept, ...narrow])
  if ((offset + limit) * all < total * total) return walk(slice, [...kept, ...rowConditions(actor, filter), ...customerOfEach(actor, lookUp)])
  return sql`with few as materialized (select k.* from coupons k where ${every([...kept, ...narrow])}) select k.* from few k order by ${orders[sort]} limit ${limit}::int offset ${offset}::int`
}

/** By expiry, what lapsed long ago lies before everything that is listed, and would be read for every page: it is stepped over. */
function walk({ now, query: { filter: { state }, sort }, offset, limit }: Slice, where: readonly SQL[]): SQL {
  const end = sql`limit ${limit}::int offset ${offset}::int`
  if (sort !== 'validUntil') return sql`select k.* from coupons k where ${every(where)} order by ${orders[sort]} ${end}`
  const part = (condition: SQL) => sql`select k.* from coupons k where ${every([...where, condition])} order by ${orders[sort]}`
  const listed = part(sql`k.valid_until > ${listedFrom(now)}`)
  if (state !== undefined && state !== 'USED' && state !== 'RECLAIMED') return sql`${listed} ${end}`
  const old = part(sql`k.state in ('USED','RECLAIMED') and k.valid_until <= ${listedFrom(now)}`)
  return sql`select k.* from ((${old} limit ${offset + limit}::int) union all (${listed} limit ${offset + limit}::int)) k order by ${orders[sort]} ${end}`
}

/** @returns the coupon, or undefined when it is unknown, foreign, of a kind or a customer whose coupons the partner does not see, or of a customer outside the person's scope. */
export async function readCoupon(tx: Tx, actor: Actor, id: string): Promise<CouponRow | undefined> {
  const [row] = await tx.rows<CouponRow>(sql`select ${columns} from coupons k ${joins} where k.partner_id = ${actor.partner.id} and k.id = ${id} and ${seenKinds(actor, sql`k.kind`, undefined)} and ${seesCouponOf(actor, sql`k.kind`, sql`k.customer_id`)} and ${customerScope(actor)}`)
  return row
}

/** @returns which orders the coupon paid for, newest first. */
export const readUses = (tx: Tx, partnerId: string, couponId: string): Promise<UseRow[]> =>
  tx.rows<UseRow>(sql`select u.order_number as "orderNumber", u.amount, u.at from coupon_redemptions u where u.partner_id = ${partnerId} and u.coupon_id = ${couponId} order by u.seq desc limit 1000`)
