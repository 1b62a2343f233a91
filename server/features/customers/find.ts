import type { CustomerFilter, CustomerSort } from '#contract/customers.ts'
import { customerScope, seesWholePartner, type Actor } from '#server/auth/actor.ts'
import { every } from '#server/db/days.ts'
import { list, sql, type SQL } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { filterConditions, orderOf, type Order } from './filter.ts'
import { contactConditions, type LookUp } from './lookup.ts'

export type CustomerQuery = {
  filter: CustomerFilter
  sort: CustomerSort
  lookUp: LookUp | undefined
  /** Only these; for an export of chosen rows. */
  selected?: readonly string[] | undefined
}
export type Slice = { offset: number; limit: number }

/** Finds the ids of one page, in order, and how many rows match in all, within the person's scope. What a row shows is read for the page alone,
 *  so that the cost does not grow with the partner. */
export async function findCustomers(tx: Tx, actor: Actor, query: CustomerQuery, slice: Slice): Promise<{ total: number; ids: string[] }> {
  const conditions = [
    ...filterConditions(actor, query.filter), ...(query.lookUp ? contactConditions(query.lookUp) : []),
    ...(query.selected ? [sql`c.id = any(${list(query.selected)}::uuid[])`] : []),
  ]
  const name = query.lookUp?.name
  if (name === undefined) {
    if (conditions.length > 0) await planAnew(tx)
    return await walk(tx, { actor, conditions, order: orderOf(query.sort), slice, total: isEverybody(actor, conditions) ? allOf(actor) : undefined })
  }
  const probe = await probeName(tx, actor, name)
  const where = { actor, conditions: [...conditions, nameCondition(name, probe.key)], order: orderOf(query.sort), slice }
  if (isWorthCollecting(probe, slice)) return await collect(tx, where, holdersOf(actor, name, probe))
  return await walk(tx, { ...where, total: isEverybody(actor, conditions) && probe.isWhole ? countByGram(actor, name, probe) : undefined })
}

type Find = { actor: Actor; conditions: readonly SQL[]; order: Order; slice: Slice }
type Found = { total: number; ids: string[] }

const inScope = ({ actor, conditions }: Find): SQL => every([sql`c.partner_id = ${actor.partner.id}`, customerScope(actor), ...conditions])

/** Reads in the order of an index until the page is full. @param find.total a cheaper way to the total than to count what matches. */
async function walk(tx: Tx, find: Find & { total: SQL | undefined }): Promise<Found> {
  const where = inScope(find)
  return await runFind(tx, sql`select ${find.total ?? sql`(select count(*) from customers c where ${where})`}::int as total, to_json(array(${pageOf(where, find)})) as ids`)
}

/** Reads every candidate once, and counts and sorts those that match. @param candidates a query of few ids. */
async function collect(tx: Tx, find: Find, candidates: SQL): Promise<Found> {
  const { order: { key, direction, has = sql`true`, join = sql`` }, slice: { offset, limit } } = find
  return await runFind(tx, sql`
    with found as materialized (
      select c.id, ${has} as has, ${key} as key, c.associated_at from (${candidates}) x join customers c on c.id = x.id ${join} where ${inScope(find)}
    )
    select (select count(*) from found)::int as total, to_json(array(
      select f.id from found f
       order by f.has desc, case when f.has then f.key end ${direction}, case when f.has then f.id end ${direction}, f.associated_at desc, f.id desc limit ${limit}::int offset ${offset}::int)) as ids`)
}

async function runFind(tx: Tx, query: SQL): Promise<Found> {
  const [row] = await tx.rows<Found>(query)
  return row ?? { total: 0, ids: [] }
}

function pageOf(where: SQL, { order: { key, id, direction, has, join = sql`` }, slice: { offset, limit } }: Find): SQL {
  const from = sql`customers c ${join}`
  if (!has) return sql`select c.id from ${from} where ${where} order by ${key} ${direction}, ${id} ${direction} limit ${limit}::int offset ${offset}::int`
  // Two parts, each in the order of an index: "nulls last" over both at once would sort every row.
  const end = offset + limit
  return sql`select u.id from (
    (select c.id, 0 as part, row_number() over (order by ${key} ${direction}, ${id} ${direction}) as place from ${from} where ${where} and ${has} order by ${key} ${direction}, ${id} ${direction} limit ${end}::int)
    union all
    (select c.id, 1 as part, row_number() over (order by c.associated_at desc, c.id desc) as place from customers c where ${where} and not (${has}) order by c.associated_at desc, c.id desc limit ${end}::int)
  ) u order by u.part, u.place limit ${limit}::int offset ${offset}::int`
}

const isEverybody = (actor: Actor, conditions: readonly SQL[]): boolean => seesWholePartner(actor) && conditions.length === 0
const allOf = (actor: Actor): SQL => sql`coalesce((select t.total from customer_totals t where t.partner_id = ${actor.partner.id}), 0)`

/** How many rows a value has decides the plan: one tag or pair of characters is rare, another is in every row. A plan made once for all values
 *  would read the whole table for both. Lasts to the end of the transaction. */
const replan = sql`set_config('plan_cache_mode', 'force_custom_plan', true)`
const planAnew = async (tx: Tx): Promise<void> => void (await tx.run(sql`select ${replan}`))

// ---- any part of a name ----

type Probe = {
  /** The part as names are stored for comparison. */
  key: string
  /** Its pair of characters that the fewest names have, and how many have it (up to probeMax). Empty: the part is shorter than a pair. */
  gram: string
  holders: number
  /** The part is one pair, so having the pair is having the part. */
  isWhole: boolean
  customers: number
}
const probeMax = 5000

async function probeName(tx: Tx, actor: Actor, typed: string): Promise<Probe> {
  const [row] = await tx.rows<{ key: string; gram: string | null; holders: number | null; customers: number | null }>(sql`
    with part as (select lower(normalize(${typed}::text, NFKC)) as key)
    select part.key, rare.gram, rare.holders, ${replan}, (select t.total from customer_totals t where t.partner_id = ${actor.partner.id}) as customers
      from part left join lateral (
        select p.gram, (select count(*)::int from (select 1 from customer_grams g where g.partner_id = ${actor.partner.id} and g.gram = p.gram limit ${probeMax}::int) h) as holders
          from (select distinct substr(part.key, i, 2) as gram from generate_series(1, char_length(part.key) - 1) i) p order by holders limit 1
      ) rare on true`)
  const key = row?.key ?? ''
  return { key, gram: row?.gram ?? '', holders: row?.holders ?? 0, isWhole: row?.gram === key, customers: row?.customers ?? 0 }
}

/** Few holders are collected and sorted. With many of a whole pair it is cheaper to count the pair alone and to walk the list in its order until
 *  the page is full; a longer part must be looked at in each holder anyway, for the total. */
const isWorthCollecting = ({ holders, customers, isWhole }: Probe, { offset, limit }: Slice): boolean =>
  holders < probeMax && (!isWhole || (offset + limit) * customers >= holders * holders)

/** @returns a query of the ids that hold the rarest pair, or have the whole text as tag or customer ID. */
function holdersOf(actor: Actor, typed: string, { gram }: Probe): SQL {
  const mine = sql`t.partner_id = ${actor.partner.id}`
  return sql`select g.customer_id as id from customer_grams g where g.partner_id = ${actor.partner.id} and g.gram = ${gram}
    union select t.id from customers t where ${mine} and t.tag = ${typed}
    union select t.id from customers t where ${mine} and t.number = ${numberIn(typed) ?? ''}`
}

const nameCondition = (typed: string, key: string): SQL =>
  sql`(position(${key}::text in c.name_key) > 0 or position(${key}::text in c.account_key) > 0 or c.tag = ${typed} or c.number = ${numberIn(typed) ?? ''})`

const countByGram = (actor: Actor, typed: string, { gram }: Probe): SQL => sql`(
  (select count(*) from customer_grams g where g.partner_id = ${actor.partner.id} and g.gram = ${gram})
  + (select count(*) from customers t where t.partner_id = ${actor.partner.id} and t.tag = ${typed}
      and not exists (select 1 from customer_grams g where g.partner_id = t.partner_id and g.gram = ${gram} and g.customer_id = t.id)))`

/** @returns the digits of a whole customer ID, which people also paste into the name field. */
export function numberIn(typed: string): string | undefined {
  const digits = typed.normalize('NFKC').replace(/\s/g, '')
  return /^\d{10}$/.test(digits) ? digits : undefined
}
