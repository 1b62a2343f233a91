import type { Parsed } from '#contract/endpoint.ts'
import type { CouponKind, QuotaFilter, queryQuotas } from '#contract/coupons.ts'
import type { CouponOperation } from '#contract/coupons-issued.ts'
import { couponEndsSoonDays } from '#contract/coupons.ts'
import { toMinor } from '#contract/money.ts'
import { customerScope, seesWholePartner, type Actor } from '#server/auth/actor.ts'
import { every, inDays } from '#server/db/days.ts'
import { list, sql, type SQL } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { quotaColumns, quotaStateSql, type LockedQuota } from '#server/operations/coupon-quotas.ts'
import { seenKinds } from './admit.ts'

/** A quota with what its row on the screen needs; amounts in minor units, names clear. */
export type QuotaRow = LockedQuota & { onlyNumber: string | null }
/** A customer that quotas name by ID: `id` and `name` only of one that the person may see. */
export type NamedCustomer = { id: string; number: string; name: string }
export type MovementRow = { at: Date; operation: CouponOperation; number: string; amount: bigint; leftAfter: bigint }
type Asked = Parsed<typeof queryQuotas>['body'] & { selected?: readonly string[] | undefined }

const source = sql`coupon_quotas q left join customers o on o.partner_id = q.partner_id and o.id = q.only_customer_id`
const columns = sql`${quotaColumns}, o.number as "onlyNumber"`
const orders = {
  validTo: sql`q.valid_to, q.id`, '-validTo': sql`q.valid_to desc, q.id desc`, '-left': sql`q.left_over desc, q.id desc`, left: sql`q.left_over, q.id`, '-granted': sql`q.granted desc, q.id desc`, granted: sql`q.granted, q.id`,
} satisfies Record<Asked['sort'], SQL>

/** @returns the page asked for, and over all pages how many quotas there are and what they come to. */
export async function queryQuotaRows(tx: Tx, now: Date, actor: Actor, { filter, sort, page, pageSize, selected }: Asked): Promise<{ rows: QuotaRow[]; total: number; granted: bigint; left: bigint }> {
  const where = every([...conditions(now, actor, filter), ...(selected ? [sql`q.id = any(${list(selected)}::uuid[])`] : [])])
  const [counted] = await tx.rows<{ total: number; granted: bigint; left: bigint }>(sql`select count(*)::int as total, coalesce(sum(q.granted), 0)::bigint as granted, coalesce(sum(q.left_over), 0)::bigint as left from coupon_quotas q where ${where}`)
  const rows = await tx.rows<QuotaRow>(sql`select ${columns} from ${source} where ${where} order by ${orders[sort]} limit ${pageSize}::int offset ${(page - 1) * pageSize}::int`)
  return { rows, total: counted?.total ?? 0, granted: counted?.granted ?? 0n, left: counted?.left ?? 0n }
}

/** @returns the quota, or undefined when it is unknown, foreign or of a kind that the partner does not see. */
export async function readQuota(tx: Tx, actor: Actor, id: string): Promise<QuotaRow | undefined> {
  const [row] = await tx.rows<QuotaRow>(sql`select ${columns} from ${source} where q.partner_id = ${actor.partner.id} and q.id = ${id} and ${seenKinds(actor, sql`q.kind`, undefined)}`)
  return row
}

/** @returns quotas of the kind that can be issued from now, the one that ends first at the top. */
export const readChoices = (tx: Tx, now: Date, actor: Actor, kind: CouponKind): Promise<QuotaRow[]> =>
  tx.rows<QuotaRow>(sql`select ${columns} from ${source} where q.partner_id = ${actor.partner.id} and q.kind = ${kind} and ${quotaStateSql(now)} = 'ACTIVE' order by q.valid_to, q.id limit 200`)

/** @returns those of the customers that quotas name whom the person may see, by their IDs. */
export async function readNamed(tx: Tx, actor: Actor, quotas: readonly Pick<QuotaRow, 'customerNumbers' | 'onlyNumber'>[]): Promise<Map<string, NamedCustomer>> {
  const numbers = quotas.flatMap(({ customerNumbers, onlyNumber }) => (onlyNumber === null ? customerNumbers : [...customerNumbers, onlyNumber]))
  if (numbers.length === 0) return new Map()
  const rows = await tx.rows<NamedCustomer>(sql`select c.id, c.number, c.name from customers c where c.partner_id = ${actor.partner.id} and c.number = any(${list(numbers)}::text[]) and ${customerScope(actor)}`)
  return new Map(rows.map((row) => [row.number, row]))
}

/** @returns the newest hundred movements within the person's scope, and how many there are. Those of the quota itself are everybody's. */
export async function readMovements(tx: Tx, actor: Actor, quotaId: string): Promise<{ rows: MovementRow[]; total: number }> {
  const mine = seesWholePartner(actor) ? sql`true` : sql`(r.customer_id is null or r.customer_id in (select c.id from customers c where c.partner_id = ${actor.partner.id} and ${customerScope(actor)}))`
  const where = sql`r.partner_id = ${actor.partner.id} and r.quota_id = ${quotaId} and r.quota_change <> 0 and ${mine}`
  const [counted] = await tx.rows<{ total: number }>(sql`select count(*)::int as total from coupon_records r where ${where}`)
  const rows = await tx.rows<MovementRow>(sql`select r.at, r.operation, r.number, r.quota_change as amount, r.quota_left as "leftAfter" from coupon_records r where ${where} order by r.seq desc limit 100`)
  return { rows, total: counted?.total ?? 0 }
}

function conditions(now: Date, actor: Actor, filter: QuotaFilter): SQL[] {
  const { timeZone } = actor.partner
  return [
    sql`q.partner_id = ${actor.partner.id}`, seenKinds(actor, sql`q.kind`, filter.kind),
    ...(filter.number ? [sql`q.number = ${filter.number.toUpperCase()}`] : []),
    ...(filter.state === undefined ? [] : [sql`${quotaStateSql(now)} = ${filter.state}`]),
    ...(filter.source === undefined ? [] : [sql`q.source = ${filter.source}`]),
    // In force on some day of the range: begun before its end, and not over before its start.
    ...inDays(sql`q.valid_from`, undefined, filter.validTo, timeZone), ...inDays(sql`q.valid_to - interval '1 millisecond'`, filter.validFrom, undefined, timeZone),
    ...(filter.leftMin === undefined ? [] : [sql`q.left_over >= ${toMinor(filter.leftMin)}::bigint`]), ...(filter.leftMax === undefined ? [] : [sql`q.left_over <= ${toMinor(filter.leftMax)}::bigint`]),
    ...(filter.endsSoon === true ? [quotaEndsSoon(now)] : []),
  ]
}

/** A condition on `coupon_quotas q`: in force, with something left, and over within a week. */
const quotaEndsSoon = (now: Date): SQL => sql`${quotaStateSql(now)} = 'ACTIVE' and q.valid_to <= ${now}::timestamptz + make_interval(days => ${couponEndsSoonDays}::int)`
