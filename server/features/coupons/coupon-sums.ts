import type { CouponFilter } from '#contract/coupons-issued.ts'
import { customerScope, seesWholePartner, type Actor } from '#server/auth/actor.ts'
import { every } from '#server/db/days.ts'
import { sql, type SQL } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import type { LookUp } from '#server/operations/look-up.ts'
import { seenKinds } from './admit.ts'
import { customerConditions, keptConditions, listedFrom, rowConditions, soonUntil } from './coupon-conditions.ts'
import { keepSums, recallSums, type KeptSums, type Sums } from './kept-sums.ts'

/** `all`: how many coupons the partner has of these kinds; undefined where that was of no use. */
export type Found = Sums & { all: number | undefined }
type Asked = { filter: CouponFilter; lookUp: LookUp | undefined; selected?: readonly string[] | undefined }

const ofRows = sql`count(*)::int as total, coalesce(sum(k.face_value), 0)::bigint as "faceValue", coalesce(sum(k.balance), 0)::bigint as balance`
const ofTotals = sql`coalesce(sum(k.total), 0)::int as total, coalesce(sum(k.face_value), 0)::bigint as "faceValue", coalesce(sum(k.balance), 0)::bigint as balance`
const nothing: Sums = { total: 0, faceValue: 0n, balance: 0n }

/** How many rows a value has decides the plan; one made for all values would read the whole table for each. */
const replan = sql`set_config('plan_cache_mode', 'force_custom_plan', true)`

/** @param narrow conditions that the totals do not know. @returns how many coupons match and what they come to: from the totals where these know it, else as summed before
 *  if nothing has changed since, else anew. */
export async function sumCoupons(tx: Tx, now: Date, actor: Actor, asked: Asked, narrow: readonly SQL[]): Promise<Found> {
  const mine = sql`k.partner_id = ${actor.partner.id}`
  const where = every([mine, ...keptConditions(now, actor, asked.filter), ...narrow])
  if (narrow.length === 0 || !isSteady(actor, asked)) {
    await tx.run(sql`select ${replan}`)
    const [sums] = await tx.rows<Sums>(narrow.length === 0 ? sql`select ${ofTotals} from coupon_totals k where ${where}` : sql`select ${ofRows} from coupons k where ${where}`)
    return { ...sums ?? nothing, all: undefined }
  }
  const version = versionOf(now, actor, asked)
  const [current] = await tx.rows<{ version: string; all: number }>(sql`select ${version} as version, (select coalesce(sum(t.total), 0)::int from coupon_totals t where t.partner_id = ${actor.partner.id} and ${seenKinds(actor, sql`t.kind`, asked.filter.kind)}) as all, ${replan}`)
  const key = JSON.stringify([actor.partner.id, actor.partner.timeZone, actor.reach, seesWholePartner(actor) ? null : actor.member.id, asked.filter, asked.lookUp?.name ?? null])
  const known = recallSums(key)
  if (current && known?.version === current.version) return { ...known, all: current.all }
  const [sums] = await tx.rows<KeptSums>(sql`select s.*, ${version} as version from (select ${ofRows} from coupons k where ${where}) s`)
  if (sums) keepSums(key, sums)
  return { ...sums ?? nothing, all: current?.all }
}

/** @returns whether what matches changes only with what a version is made of. A contact or an association type may change without it; and of one coupon or customer there is little to sum. */
function isSteady(actor: Actor, { filter, lookUp, selected }: Asked): boolean {
  return selected === undefined && lookUp?.mobile === undefined && lookUp?.email === undefined && !filter.number && !filter.orderNumber && filter.customerId === undefined && filter.customerNumber === undefined
    && (actor.partner.type !== 'CSP' || filter.kind === 'VOUCHER')
}

/** The sums of two moments are the same if this is. A coupon only ever comes, becomes active, is used and ends: the count grows, or what waits and what is left over sink, and none of it
 *  comes back. Time takes coupons over three borders, each in one direction; the names have a version of their own; whose customers they are is seen from the customers. */
function versionOf(now: Date, actor: Actor, { filter, lookUp }: Asked): SQL {
  const partner = actor.partner.id
  const before = (border: SQL) => sql`sum(t.total) filter (where t.valid_until <= ${border})`
  const names = lookUp?.name === undefined ? sql`null` : sql`(select n.names_version from customer_totals n where n.partner_id = ${partner})`
  const scope = seesWholePartner(actor) ? sql`null` : sql`(select array[count(*), bit_xor(uuid_hash_extended(c.id, 0))]::text from customers c where c.partner_id = ${partner} and ${customerScope(actor)})`
  return sql`(select array[sum(t.total)::text, (sum(t.total) filter (where t.state = 'INACTIVE'))::text, sum(t.balance)::text, ${before(listedFrom(now))}::text, ${before(sql`${now}::timestamptz`)}::text, ${before(soonUntil(now))}::text, ${names}::text, ${scope}]::text
    from coupon_totals t where t.partner_id = ${partner} and ${seenKinds(actor, sql`t.kind`, filter.kind)})`
}

/** @returns every condition that the totals do not know. */
export const narrowConditions = (actor: Actor, { filter, lookUp }: Pick<Asked, 'filter' | 'lookUp'>): SQL[] => [...rowConditions(actor, filter), ...customerConditions(actor, filter, lookUp)]
