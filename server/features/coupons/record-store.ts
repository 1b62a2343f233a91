import type { CouponKind } from '#contract/coupons.ts'
import type { CouponOperation, CouponRecordFilter, queryCouponRecords } from '#contract/coupons-issued.ts'
import type { Parsed } from '#contract/endpoint.ts'
import { customerScope, seesWholePartner, type Actor } from '#server/auth/actor.ts'
import { every, inDays } from '#server/db/days.ts'
import { list, sql, type SQL } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { seesCouponOf } from '#server/operations/coupon-sight.ts'
import { customersNamed } from '#server/operations/customer-names.ts'
import { seenKinds } from './admit.ts'

/** An operation record with what its row on the screen needs; amounts in minor units, names clear. */
export type RecordRow = {
  id: string; at: Date; operation: CouponOperation; kind: CouponKind; number: string; sourceQuotaNumber: string | null; customerId: string | null; customerName: string | null; customerNumber: string | null; resellerName: string | null
  amount: bigint; actual: bigint; quotaChange: bigint; operatorName: string | null; initiator: 'member' | 'system' | 'vendor' | 'distributor'; remark: string
}
type Asked = Parsed<typeof queryCouponRecords>['body'] & { selected?: readonly string[] | undefined }

/** Equal times keep the order in which they were written. */
const orders = { '-at': sql`r.seq desc`, at: sql`r.seq` } satisfies Record<Asked['sort'], SQL>
const columns = sql`r.id, r.at, r.operation, r.kind, r.number, case when r.number <> q.number then q.number end as "sourceQuotaNumber", r.customer_id as "customerId", c.name as "customerName", c.number as "customerNumber", r.reseller_name as "resellerName",
  r.amount, r.actual, r.quota_change as "quotaChange", m.name as "operatorName", r.initiator, r.remark`
const joins = sql`left join customers c on c.partner_id = r.partner_id and c.id = r.customer_id left join coupon_quotas q on q.partner_id = r.partner_id and q.id = r.quota_id left join members m on m.partner_id = r.partner_id and m.id = r.operator_id`

/** @param asked filters, of which `party` is any part of the customer's or reseller's name. @returns the page asked for, and how many records match in all. */
export async function queryRecordRows(tx: Tx, actor: Actor, { filter, party, sort, page, pageSize, selected }: Asked): Promise<{ rows: RecordRow[]; total: number }> {
  const where = every([...conditions(actor, filter, party), ...(selected ? [sql`r.id = any(${list(selected)}::uuid[])`] : [])])
  const [counted] = await tx.rows<{ total: number }>(sql`select count(*)::int as total from coupon_records r where ${where}`)
  const rows = await tx.rows<RecordRow>(sql`select ${columns} from (select r.* from coupon_records r where ${where} order by ${orders[sort]} limit ${pageSize}::int offset ${(page - 1) * pageSize}::int) r ${joins} order by ${orders[sort]}`)
  return { rows, total: counted?.total ?? 0 }
}

/** @returns who issued or reclaimed. */
export const readOperators = (tx: Tx, actor: Actor): Promise<{ id: string; name: string }[]> =>
  tx.rows(sql`select m.id, m.name from members m where m.partner_id = ${actor.partner.id} and exists (select 1 from coupon_records r where r.partner_id = m.partner_id and r.operator_id = m.id) order by m.name, m.id`)

function conditions(actor: Actor, filter: CouponRecordFilter, party: string | undefined): SQL[] {
  const partnerId = actor.partner.id
  const of = (condition: SQL) => sql`r.customer_id in (select c.id from customers c where c.partner_id = ${partnerId} and ${condition})`
  const quota = (number: string) => sql`(select q.id from coupon_quotas q where q.partner_id = ${partnerId} and q.number = ${number.toUpperCase()})`
  return [
    sql`r.partner_id = ${partnerId}`, seenKinds(actor, sql`r.kind`, filter.kind), seesCouponOf(actor, sql`r.kind`, sql`r.customer_id`), ...inDays(sql`r.at`, filter.from, filter.to, actor.partner.timeZone),
    ...(seesWholePartner(actor) ? [] : [of(customerScope(actor))]),
    ...(filter.operation === undefined ? [] : [sql`r.operation = ${filter.operation}`]),
    ...(filter.number ? [sql`r.number = ${filter.number.toUpperCase()}`] : []),
    // The quota itself; or everything that was issued from it.
    ...(filter.quotaNumber ? [sql`(r.number = ${filter.quotaNumber.toUpperCase()} and r.coupon_id is null)`] : []),
    ...(filter.sourceQuotaNumber ? [sql`r.quota_id in ${quota(filter.sourceQuotaNumber)}`] : []),
    ...(filter.customerId === undefined ? [] : [sql`r.customer_id = ${filter.customerId}`]),
    ...(filter.customerNumber === undefined ? [] : [of(sql`c.number = ${filter.customerNumber.replaceAll(' ', '')}`)]),
    ...(filter.operatorId === undefined ? [] : [sql`r.operator_id = ${filter.operatorId}`]),
    ...(party === undefined ? [] : [sql`(r.customer_id in ${customersNamed(partnerId, party)} or strpos(lower(normalize(r.reseller_name, NFKC)), lower(normalize(${party}::text, NFKC))) > 0)`]),
  ]
}
