import type { CouponFilter } from '#contract/coupons-issued.ts'
import { customerScope, seesWholePartner, type Actor } from '#server/auth/actor.ts'
import { every } from '#server/db/days.ts'
import { sql, type SQL } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import type { LookUp } from '#server/operations/look-up.ts'
import { seenKinds } from './admit.ts'
import { customerConditions, customerOfEach, keptConditions, listedFrom, rowConditions, soonUntil } from './coupon-conditions.ts'
import { keepSums, recallSums, type KeptSums, type Sums } from './kept-sums.ts'

/** `all`: how many coupons the partner has of these kinds; undefined where that was of no use. */
export type Found = Sums & { all: number | undefined }
type Asked = { filter: CouponFilter; lookUp: LookUp | undefined; selected?: readonly string[] | undefined }

const ofRows = sql`count(*)::int as total, coalesce(sum(k.face_value), 0)::bigint as "faceValue", coalesce(sum(k.balance), 0)::bigint as balance`
const ofTotals = sql`coalesce(sum(k.total), 0)::int as total, coalesce(sum(k.face_value), 0)::bigint as "faceValue", coalesce(sum(k.balance), 0)::bigint as balance`
const nothing: Sums = { total: 0, faceValue: 0n, balance: 0n }

/** How many rows a value has decides the plan; one made for all values would read the whole table for each. */
const replan = sql`set_config('plan_cache_mode', 'force_custom_plan', true)`

type Read = KeptSums & { all: number }

/** @param narrow conditions that the totals do not know. @returns how many coupons match and what they come to: from the totals where these know it, else as summed before
 *  with what has changed since, else anew. */
export async function sumCoupons(tx: Tx, now: Date, actor: Actor, asked: Asked, narrow: readonly SQL[]): Promise<Found> {
  await tx.run(sql`select ${replan}`)
  const kept = [sql`k.partner_id = ${actor.partner.id}`, ...keptConditions(now, actor, asked.filter)]
  const where = every([...kept, ...narrow])
  if (narrow.length === 0 || !isSteady(actor, asked)) {
    const [sums] = await tx.rows<Sums>(narrow.length === 0 ? sql`select ${ofTotals} from coupon_totals k where ${where}` : sql`select ${ofRows} from coupons k where ${where}`)
    return { ...sums ?? nothing, all: undefined }
  }
  const key = JSON.stringify([actor.partner.id, actor.partner.timeZone, actor.reach, seesWholePartner(actor) ? null : actor.member.id, asked.filter, asked.lookUp?.name ?? null])
  const known = recallSums(key)
  // What changed is little: its customers are looked at one by one.
  const changed = every([...kept, ...rowConditions(actor, asked.filter), ...customerOfEach(actor, asked.lookUp)])
  const found = known && await bringUp(tx, known, changed, aroundOf(now, actor, asked)) || await sumAnew(tx, where, aroundOf(now, actor, asked))
  if (!found) return { ...nothing, all: undefined }
  const { all, ...sums } = found
  keepSums(key, sums)
  return { total: sums.total, faceValue: sums.faceValue, balance: sums.balance, all }
}

async function sumAnew(tx: Tx, where: SQL, around: SQL): Promise<Read | undefined> {
  const [read] = await tx.rows<Read>(sql`select s.*, ${around}, pg_current_snapshot()::text as seen, now()::text as at from (select ${ofRows} from coupons k where ${where}) s`)
  return read
}

/** Adds what transactions did that the kept sums did not see yet. @returns undefined where these are of no use: too old, or newer than what this transaction sees. */
async function bringUp(tx: Tx, known: KeptSums, where: SQL, around: SQL): Promise<Read | undefined> {
  const seen = sql`${known.seen}::pg_snapshot`
  const [read] = await tx.rows<Read & { isUseful: boolean }>(sql`
    select s.*, ${around}, pg_current_snapshot()::text as seen, ${known.at}::text as at,
           ${known.at}::timestamptz > now() - interval '30 minutes' and pg_snapshot_xmax(${seen}) <= pg_snapshot_xmax(pg_current_snapshot())
             and not exists (select 1 from pg_snapshot_xip(pg_current_snapshot()) x where pg_visible_in_snapshot(x, ${seen})) as "isUseful"
      from (select coalesce(sum(k.way), 0)::int as total, coalesce(sum(k.way * k.face_value), 0)::bigint as "faceValue", coalesce(sum(k.way * k.balance), 0)::bigint as balance
              from coupon_changes k where ${where} and k.xid >= pg_snapshot_xmin(${seen}) and not pg_visible_in_snapshot(k.xid, ${seen})) s`)
  if (!read?.isUseful || read.version !== known.version) return undefined
  const { isUseful: _isUseful, ...rest } = read
  return { ...rest, total: known.total + read.total, faceValue: known.faceValue + read.faceValue, balance: known.balance + read.balance }
}

/** @returns whether what matches changes only with what a version is made of. A contact or an association type may change without it, orders are not among the changes, and of one coupon or customer there is little to sum. */
function isSteady(actor: Actor, { filter, lookUp, selected }: Asked): boolean {
  return selected === undefined && lookUp?.mobile === undefined && lookUp?.email === undefined && !filter.number && !filter.orderNumber && filter.customerId === undefined && filter.customerNumber === undefined
    && (actor.partner.type !== 'CSP' || filter.kind === 'VOUCHER')
}

/** @returns columns that say what sums hang on besides the coupons themselves, and of how many coupons the partner has any. Time takes coupons over three borders, each in one
 *  direction: as long as as many lie before each, they are the same. The names have a version of their own; whose customers they are is seen from the customers. */
function aroundOf(now: Date, actor: Actor, { filter, lookUp }: Asked): SQL {
  const partner = actor.partner.id
  const before = (border: SQL) => sql`(sum(t.total) filter (where t.valid_until <= ${border}))::text`
  const names = lookUp?.name === undefined ? sql`null` : sql`(select n.names_version::text from customer_totals n where n.partner_id = ${partner})`
  const scope = seesWholePartner(actor) ? sql`null` : sql`(select array[count(*), bit_xor(uuid_hash_extended(c.id, 0))]::text from customers c where c.partner_id = ${partner} and ${customerScope(actor)})`
  const totals = sql`from coupon_totals t where t.partner_id = ${partner} and ${seenKinds(actor, sql`t.kind`, filter.kind)}`
  return sql`(select array[${before(listedFrom(now))}, ${before(sql`${now}::timestamptz`)}, ${before(soonUntil(now))}, ${names}, ${scope}]::text ${totals}) as version, (select coalesce(sum(t.total), 0)::int ${totals}) as all`
}

/** @returns every condition that the totals do not know. */
export const narrowConditions = (actor: Actor, { filter, lookUp }: Pick<Asked, 'filter' | 'lookUp'>): SQL[] => [...rowConditions(actor, filter), ...customerConditions(actor, filter, lookUp)]
