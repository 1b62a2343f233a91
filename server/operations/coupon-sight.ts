import type { Actor } from '#server/auth/actor.ts'
import { sql, type SQL } from '#server/db/query.ts'

/** A solution provider sees delivery coupons, which others issue, of its resale customers only: in lists, behind numbers, in files and records alike.
 *  @param kind of the coupon. @param customerId whose it is. @returns a condition. */
export const seesCouponOf = ({ partner }: Actor, kind: SQL, customerId: SQL): SQL => (partner.type === 'CSP'
  ? sql`(${kind} <> 'DELIVERY' or ${customerId} in (select r.id from customers r where r.partner_id = ${partner.id} and r.association_type = 'RESALE'))`
  : sql`true`)
