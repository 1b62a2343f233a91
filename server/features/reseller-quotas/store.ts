import type { IssuedQuotaFilter, IssuedQuotaSort } from '#contract/reseller-quotas.ts'
import type { PartnerState } from '#contract/people.ts'
import type { Actor } from '#server/auth/actor.ts'
import { every, inDays } from '#server/db/days.ts'
import { momentOf } from '#server/db/moment.ts'
import { list, sql, type SQL } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { quotaColumns, quotaStateSql, type LockedQuota } from '#server/operations/coupon-quotas.ts'

/** A quota of a reseller as its distributor sees it, with the distributor's own quota that it came from. Amounts in minor units. */
export type IssuedRow = LockedQuota & { partnerId: string; account: string; name: string; /** Still the distributor's. */ isOwn: boolean; sourceId: string; sourceNumber: string; sourceFrom: Date; sourceTo: Date; sourceWithdrawnAt: Date | null; createdAt: Date }
const issuedColumns = sql`${quotaColumns}, q.partner_id as "partnerId", r.account, r.name, r.distributor_id = q.parent_partner_id as "isOwn", s.id as "sourceId", s.number as "sourceNumber", s.valid_from as "sourceFrom", s.valid_to as "sourceTo", s.withdrawn_at as "sourceWithdrawnAt", q.created_at as "createdAt"`
const issuedTables = sql`coupon_quotas q join partners r on r.id = q.partner_id join coupon_quotas s on s.partner_id = q.parent_partner_id and s.id = q.parent_quota_id`

type Asked = { filter: IssuedQuotaFilter; sort: IssuedQuotaSort; name: string | undefined }
const orders: Record<IssuedQuotaSort, SQL> = {
  '-issuedAt': sql`q.created_at desc, q.number desc`, issuedAt: sql`q.created_at, q.number`, '-left': sql`q.left_over desc, q.created_at desc, q.number desc`, left: sql`q.left_over, q.created_at desc, q.number desc`,
}

/** @returns one page of what the distributor gave to resellers, and the sums over all pages. */
export async function findIssued(tx: Tx, now: Date, { partner }: Actor, { filter, sort, name }: Asked, { offset, limit }: { offset: number; limit: number }): Promise<{ rows: IssuedRow[]; total: number; amount: bigint; left: bigint }> {
  const where = every([
    sql`q.parent_partner_id = ${partner.id}`, ...equal(sql`q.number`, filter.number), ...equal(sql`s.number`, filter.quotaNumber), ...(filter.resellerId === undefined ? [] : [sql`q.partner_id = ${filter.resellerId}::uuid`]),
    ...(filter.state === undefined ? [] : [sql`${quotaStateSql(now)} = ${filter.state}`]), ...inDays(sql`q.created_at`, filter.from, filter.to, partner.timeZone), ...(name === undefined ? [] : [named(name)]),
  ])
  const [sums] = await tx.rows<{ total: number; amount: bigint; left: bigint }>(sql`select count(*)::int as total, coalesce(sum(q.granted), 0)::bigint as amount, coalesce(sum(q.left_over), 0)::bigint as left from ${issuedTables} where ${where}`)
  const rows = await tx.rows<IssuedRow>(sql`select ${issuedColumns} from ${issuedTables} where ${where} order by ${orders[sort]} limit ${limit}::int offset ${offset}::int`)
  return { rows, total: sums?.total ?? 0, amount: sums?.amount ?? 0n, left: sums?.left ?? 0n }
}

const equal = (column: SQL, value: string | undefined): SQL[] => (value === undefined || value === '' ? [] : [sql`${column} = ${value}`])
/** Any part of the name, or the whole account. */
const named = (name: string): SQL => sql`(strpos(lower(normalize(r.name, NFKC)), lower(normalize(${name}::text, NFKC))) > 0 or r.account = lower(${name}::text))`

/** @returns what the distributor gave, by the ids of the resellers' quotas; one that is not the distributor's is missing. */
export async function readIssued(tx: Tx, { partner }: Actor, ids: readonly string[]): Promise<Map<string, IssuedRow>> {
  const rows = await tx.rows<IssuedRow>(sql`select ${issuedColumns} from ${issuedTables} where q.parent_partner_id = ${partner.id} and q.id = any(${list(ids)}::uuid[])`)
  return new Map(rows.map((row) => [row.id, row]))
}

/** Locks the resellers' quotas to the end of the transaction, which must have reached the resellers; the distributor's own are locked before.
 *  @returns them by id, and the time behind the locks. */
export async function lockIssued(tx: Tx, now: Date, { partner }: Actor, ids: readonly string[]): Promise<{ quotas: Map<string, LockedQuota>; moment: Date }> {
  const rows = await tx.rows<LockedQuota>(sql`select ${quotaColumns} from coupon_quotas q where q.parent_partner_id = ${partner.id} and q.id = any(${list(ids)}::uuid[]) order by q.partner_id, q.id for no key update`)
  return { quotas: new Map(rows.map((row) => [row.id, row])), moment: await momentOf(tx, now) }
}

export type PickRow = { id: string; account: string; name: string; state: PartnerState; quotaLeft: bigint }
/** @param ids only these. @returns one page of the distributor's resellers by name, with what is left of the voucher quota that it gave them. */
export async function findResellers(tx: Tx, now: Date, { partner }: Actor, { name, ids }: { name: string | undefined; ids: readonly string[] | undefined }, { offset, limit }: { offset: number; limit: number }): Promise<{ rows: PickRow[]; total: number }> {
  const where = every([sql`r.distributor_id = ${partner.id}`, sql`r.type = 'RESELLER'`, ...(name === undefined ? [] : [named(name)]), ...(ids === undefined ? [] : [sql`r.id = any(${list(ids)}::uuid[])`])])
  const [counted] = await tx.rows<{ total: number }>(sql`select count(*)::int as total from partners r where ${where}`)
  const rows = await tx.rows<PickRow>(sql`
    select r.id, r.account, r.name, r.state, coalesce((select sum(q.left_over) from coupon_quotas q where q.partner_id = r.id and q.parent_partner_id = ${partner.id} and q.kind = 'VOUCHER' and ${quotaStateSql(now)} = 'ACTIVE'), 0)::bigint as "quotaLeft"
      from partners r where ${where} order by r.name, r.id limit ${limit}::int offset ${offset}::int`)
  return { rows, total: counted?.total ?? 0 }
}
