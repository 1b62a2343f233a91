import type { CouponKind, OrderType } from '#contract/coupons.ts'
import type { getMyCoupons } from '#contract/coupons-issued.ts'
import type { Reply } from '#contract/endpoint.ts'
import { amountFromMinor } from '#contract/money.ts'
import { sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'

type Row = {
  number: string; kind: CouponKind; faceValue: bigint; balance: bigint; minOrder: bigint; maxShare: number | null; products: string[]; orderTypes: OrderType[]; validUntil: Date
  state: 'INACTIVE' | 'ACTIVE' | 'USED' | 'EXPIRED'
}
/** A customer has few coupons; beyond this the oldest of those that ended are left out. */
const shownMax = 500

/** @returns the customer's own coupons, those it can use at the top. The remark is the issuer's alone, and what was reclaimed is no longer the customer's. */
export async function readCoupons(tx: Tx, now: Date, { partnerId, accountId }: { partnerId: string; accountId: string }): Promise<Reply<typeof getMyCoupons>> {
  const rows = await tx.rows<Row>(sql`
    select k.number, k.kind, k.face_value as "faceValue", k.balance, k.min_order as "minOrder", k.max_share as "maxShare", k.products, k.order_types as "orderTypes", k.valid_until as "validUntil",
           case when k.state in ('INACTIVE','ACTIVE') and k.valid_until <= ${now}::timestamptz then 'EXPIRED' else k.state end as state
      from coupons k where k.partner_id = ${partnerId} and k.customer_id = ${accountId} and k.state <> 'RECLAIMED' and (k.state = 'USED' or k.valid_until > ${now}::timestamptz - interval '6 months')
     order by k.state in ('INACTIVE','ACTIVE') and k.valid_until > ${now}::timestamptz desc, k.valid_until, k.id limit ${shownMax}::int`)
  return {
    items: rows.map(({ faceValue, balance, minOrder, products, orderTypes, validUntil, ...row }) => ({
      ...row, faceValue: amountFromMinor(faceValue), balance: amountFromMinor(row.state === 'EXPIRED' ? 0n : balance), minOrder: amountFromMinor(minOrder), scope: { products, orderTypes }, validUntil: validUntil.toISOString(),
    })),
  }
}
