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
  if (name === undefined) return await runFind(tx, { actor, conditions, order: orderOf(query.sort), slice, total: isEverybody(actor, conditions) ? allOf(actor) : undefined })
  const probe = await probeName(tx, actor, name)
  const order = orderOf(query.sort)
  if (isWorthCollecting(probe, slice)) return await runFind(tx, { actor, conditions, order, slice, found: foundByName(actor, name, probe), total: isEverybody(actor, conditions) ? sql`(select count(*) from found)` : undefined })
  const total = isEverybody(actor, conditions) && probe.isWhole ? countByGram(actor, name, probe) : undefined
  return await runFind(tx, { actor, conditions: [...conditions, nameCondition(name, probe.key)], order, slice, total })
}

type Find = { actor: Actor; conditions: readonly SQL[]; order: Order; slice: Slice; /** A query of ids that may match. */ found?: SQL; /** A cheaper way to the total. */ total: SQL | undefined }

async function runFind(tx: Tx, { actor, conditions, order, slice, found, total }: Find): Promise<{ total: number; ids: string[] }> {
  const from = found ? sql`customers c join found on found.id = c.id` : sql`customers c`
  const where = every([sql`c.partner_id = ${actor.partner.id}`, customerScope(actor), ...conditions])
  const [row] = await tx.rows<{ total: number; ids: string[] }>(sql`
    ${found ? sql`with found as materialized (${found})` : sql``}
    select ${total ?? sql`(select count(*) from ${from} where ${where})`}::int as total, to_json(array(${pageOf(from, where, order, slice)})) as ids`)
  return row ?? { total: 0, ids: [] }
}

function pageOf(from: SQL, where: SQL, { key, id, direction, has, join = sql`` }: Order, { offset, limit }: Slice): SQL {
  if (!has) return sql`select c.id from ${from} ${join} where ${where} order by ${key} ${direction}, ${id} ${direction} limit ${limit}::int offset ${offset}::int`
  // Two parts, each in the order of an index: "nulls last" over both at once would sort every row.
  const end = offset + limit
  return sql`select u.id from (
    (select c.id, 0 as part, row_number() over (order by ${key} ${direction}, ${id} ${direction}) as place from ${from} ${join} where ${where} and ${has} order by ${key} ${direction}, ${id} ${direction} limit ${end}::int)
    union all
    (select c.id, 1 as part, row_number() over (order by c.associated_at desc, c.id desc) as place from ${from} where ${where} and not (${has}) order by c.associated_at desc, c.id desc limit ${end}::int)
  ) u order by u.part, u.place limit ${limit}::int offset ${offset}::int`
}

const isEverybody = (actor: Actor, conditions: readonly SQL[]): boolean => seesWholePartner(actor) && conditions.length === 0
const allOf = (actor: Actor): SQL => sql`coalesce((select t.total from customer_totals t where t.partner_id = ${actor.partner.id}), 0)`

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
    select part.key, rare.gram, rare.holders, (select t.total from customer_totals t where t.partner_id = ${actor.partner.id}) as customers
      from part left join lateral (
        select p.gram, (select count(*)::int from (select 1 from customer_grams g where g.partner_id = ${actor.partner.id} and g.gram = p.gram limit ${probeMax}::int) h) as holders
          from (select distinct substr(part.key, i, 2) as gram from generate_series(1, char_length(part.key) - 1) i) p order by holders limit 1
      ) rare on true`)
  const key = row?.key ?? ''
  return { key, gram: row?.gram ?? '', holders: row?.holders ?? 0, isWhole: row?.gram === key, customers: row?.customers ?? 0 }
}

/** Few holders are collected and sorted; with many it is cheaper to walk the list in its order until the page is full. */
const isWorthCollecting = ({ holders, customers }: Probe, { offset, limit }: Slice): boolean =>
  holders < probeMax && (offset + limit) * customers >= holders * holders

function foundByName(actor: Actor, typed: string, { key, gram, isWhole }: Probe): SQL {
  const holders = isWhole
    ? sql`select g.customer_id as id from customer_grams g where g.partner_id = ${actor.partner.id} and g.gram = ${gram}`
    : sql`select n.id from customer_grams g join customers n on n.partner_id = g.partner_id and n.id = g.customer_id
        where g.partner_id = ${actor.partner.id} and g.gram = ${gram} and (position(${key}::text in n.name_key) > 0 or position(${key}::text in n.account_key) > 0)`
  const number = numberIn(typed)
  return sql`${holders}
    union select t.id from customers t where t.partner_id = ${actor.partner.id} and t.tag = ${typed}
    ${number === undefined ? sql`` : sql`union select t.id from customers t where t.partner_id = ${actor.partner.id} and t.number = ${number}`}`
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
