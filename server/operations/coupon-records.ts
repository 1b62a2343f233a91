import { randomUUID } from 'node:crypto'
import type { CouponKind } from '#contract/coupons.ts'
import type { CouponOperation } from '#contract/coupons-issued.ts'
import { list, sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'

/** One line of the operation records. Amounts in minor units. */
export type CouponRecordLine = {
  operation: CouponOperation; kind: CouponKind
  couponId: string | null
  /** The quota that changed; of a coupon that somebody else issued, none. */
  quotaId: string | null
  /** Of the coupon, or of the quota that the operation is about. */
  number: string
  customerId: string | null
  reseller?: { id: string; name: string }
  /** What was to move, and what did. */
  amount: bigint; actual: bigint
  /** How what is left of the quota changed, and what is left after. */
  quotaChange: bigint; quotaLeft: bigint | null
}
export type RecordedBy = { partnerId: string; at: Date; transferId: string; operatorId: string | null; initiator: 'member' | 'system' | 'vendor' | 'distributor'; remark: string }

/** Appends to the operation records, in the transaction of the effect. */
export async function writeCouponRecords(tx: Tx, { partnerId, at, transferId, operatorId, initiator, remark }: RecordedBy, lines: readonly CouponRecordLine[]): Promise<void> {
  if (lines.length === 0) return
  const column = (pick: (line: CouponRecordLine) => string | null) => list(lines.map(pick))
  await tx.run(sql`insert into coupon_records (partner_id, id, at, operation, kind, transfer_id, coupon_id, quota_id, number, customer_id, reseller_id, reseller_name, amount, actual, quota_change, quota_left, operator_id, initiator, remark)
    select ${partnerId}::uuid, r.id, ${at}::timestamptz, r.operation, r.kind, ${transferId}::uuid, r.coupon_id, r.quota_id, r.number, r.customer_id, r.reseller_id, r.reseller_name, r.amount, r.actual, r.quota_change, r.quota_left, ${operatorId}::uuid, ${initiator}, ${remark}
      from unnest(${list(lines.map(() => randomUUID()))}::uuid[], ${column(({ operation }) => operation)}::text[], ${column(({ kind }) => kind)}::text[], ${column(({ couponId }) => couponId)}::uuid[], ${column(({ quotaId }) => quotaId)}::uuid[],
        ${column(({ number }) => number)}::text[], ${column(({ customerId }) => customerId)}::uuid[], ${column(({ reseller }) => reseller?.id ?? null)}::uuid[], ${column(({ reseller }) => reseller?.name ?? null)}::text[],
        ${column(({ amount }) => String(amount))}::bigint[], ${column(({ actual }) => String(actual))}::bigint[], ${column(({ quotaChange }) => String(quotaChange))}::bigint[], ${column(({ quotaLeft }) => (quotaLeft === null ? null : String(quotaLeft)))}::bigint[])
        with ordinality as r(id, operation, kind, coupon_id, quota_id, number, customer_id, reseller_id, reseller_name, amount, actual, quota_change, quota_left, place) order by r.place`)
}
