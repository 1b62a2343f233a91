import { couponEndsSoonDays } from '#contract/coupons.ts'
import type { CouponFilter } from '#contract/coupons-issued.ts'
import { customerScope, seesWholePartner, type Actor } from '#server/auth/actor.ts'
import { endingInDays, every, inDays } from '#server/db/days.ts'
import { sql, type SQL } from '#server/db/query.ts'
import { seesCouponOf } from '#server/operations/coupon-sight.ts'
import { couponStateSql } from '#server/operations/coupon-takings.ts'
import { customersNamed, nameHolds } from '#server/operations/customer-names.ts'
import { contactConditions, type LookUp } from '#server/operations/look-up.ts'
import { seenKinds } from './admit.ts'

// Conditions on `coupons k`; those that `coupon_totals k` can answer, too, are the kept ones.

/** Before this instant a coupon that expired is not listed any more. */
export const listedFrom = (now: Date): SQL => sql`(${now}::timestamptz - interval '6 months')`
/** @returns until when a coupon ends soon. */
export const soonUntil = (now: Date): SQL => sql`(${now}::timestamptz + make_interval(days => ${couponEndsSoonDays}::int))`

/** @returns what the totals know, too: kind, quota, state and end. A solution provider sees delivery coupons of resale customers only, which rows alone know. */
export function keptConditions(now: Date, actor: Actor, filter: CouponFilter): SQL[] {
  return [
    seenKinds(actor, sql`k.kind`, filter.kind),
    sql`(k.state in ('USED','RECLAIMED') or k.valid_until > ${listedFrom(now)})`,
    ...(filter.state === undefined ? [] : [stateCondition(now, filter.state)]),
    ...(filter.quotaId === undefined ? [] : [sql`k.quota_id = ${filter.quotaId}::uuid`]),
    ...(filter.quotaNumber ? [sql`k.quota_id in (select q.id from coupon_quotas q where q.partner_id = ${actor.partner.id} and q.number = ${filter.quotaNumber.toUpperCase()})`] : []),
    ...endingInDays(sql`k.valid_until`, filter.expiryFrom, filter.expiryTo, actor.partner.timeZone),
    ...(filter.endsSoon === true ? [sql`k.state = 'ACTIVE' and k.valid_until > ${now}::timestamptz and k.valid_until <= ${soonUntil(now)}`] : []),
  ]
}

function stateCondition(now: Date, state: NonNullable<CouponFilter['state']>): SQL {
  if (state === 'USED' || state === 'RECLAIMED') return sql`k.state = ${state}`
  return state === 'EXPIRED' ? sql`${couponStateSql(now)} = 'EXPIRED'` : sql`k.state = ${state} and k.valid_until > ${now}::timestamptz`
}

/** @returns what is asked of the coupon itself. */
export function rowConditions(actor: Actor, filter: CouponFilter): SQL[] {
  return [
    ...(filter.number ? [sql`k.number = ${filter.number.toUpperCase()}`] : []),
    ...inDays(sql`k.issued_at`, filter.issuedFrom, filter.issuedTo, actor.partner.timeZone),
    ...(filter.orderNumber ? [sql`k.id in (select u.coupon_id from coupon_redemptions u where u.partner_id = ${actor.partner.id} and u.order_number = ${filter.orderNumber})`] : []),
    ...(filter.customerId === undefined ? [] : [sql`k.customer_id = ${filter.customerId}`]),
  ]
}

/** @returns what is asked of the customer, as sets of customers: the way to few of them. */
export function customerConditions(actor: Actor, filter: CouponFilter, lookUp: LookUp | undefined): SQL[] {
  const partnerId = actor.partner.id
  const of = (condition: SQL) => sql`k.customer_id in (select c.id from customers c where c.partner_id = ${partnerId} and ${condition})`
  const contacts = lookUp ? contactConditions(lookUp) : []
  return [
    // As a list, so that few customers of many are found by index.
    ...(seesWholePartner(actor) ? [] : [sql`k.customer_id = any(array(select c.id from customers c where c.partner_id = ${partnerId} and ${customerScope(actor)}))`]),
    ...(filter.customerNumber === undefined ? [] : [of(sql`c.number = ${filter.customerNumber.replaceAll(' ', '')}`)]),
    ...(lookUp?.name === undefined ? [] : [sql`k.customer_id in ${customersNamed(partnerId, lookUp.name)}`]),
    ...(contacts.length === 0 ? [] : [of(every(contacts))]),
    ...(actor.partner.type === 'CSP' && filter.kind !== 'VOUCHER' ? [seesCouponOf(actor, sql`k.kind`, sql`k.customer_id`)] : []),
  ]
}

/** @returns whose customer, and what is in the name, asked of each coupon's customer in turn: the way where many coupons match and the first are wanted. */
export function customerOfEach(actor: Actor, lookUp: LookUp | undefined): SQL[] {
  const asked = [...(seesWholePartner(actor) ? [] : [customerScope(actor)]), ...(lookUp?.name === undefined ? [] : [nameHolds(lookUp.name)])]
  return asked.length === 0 ? [] : [sql`(select ${every(asked)} from customers c where c.partner_id = k.partner_id and c.id = k.customer_id)`]
}
