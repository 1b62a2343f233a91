import type { CustomerFilter, CustomerSort } from '#contract/customers.ts'
import { customerScope, seesWholePartner, type Actor } from '#server/auth/actor.ts'
import { every } from '#server/db/days.ts'
import { list, sql, type SQL } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { filterConditions, orderOf, type Order } from './filter.ts'
import { contactConditions, type LookUp } from './lookup.ts'
import { keepTotal, recallTotal, type NameTotal } from './name-totals.ts'

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
  const find = { actor, conditions, order: orderOf(query.sort), slice }
  if (name === undefined) {
    // A plan for any page reads as if it were deep in the list, so pages after the first are planned for their own place.
    if (conditions.length > 0 || slice.offset > 0) await planAnew(tx)
    return await walk(tx, find, isEverybody(find) ? { others: allOf(actor) } : {})
  }
  return await findByName(tx, find, name)
}

type Find = { actor: Actor; conditions: readonly SQL[]; order: Order; slice: Slice }
/** `names` hold the part that is looked for, others match without it. */
type Counts = { names?: SQL; others?: SQL }
type Found = { total: number; names: number; ids: string[]; /** Of the partner's names, as they were counted. */ version: string | null }

const inScope = ({ actor, conditions }: Find): SQL => every([sql`c.partner_id = ${actor.partner.id}`, customerScope(actor), ...conditions])

/** Reads in the order of an index until the page is full. @param counts cheaper ways to the total than to count what matches. */
async function walk(tx: Tx, find: Find, { names, others }: Counts): Promise<Found> {
  const where = inScope(find)
  return await runFind(tx, sql`select ${names ?? sql`0`}::int as names, ${others ?? sql`(select count(*) from customers c where ${where})`}::int as others, to_json(array(${pageOf(where, find)})) as ids, ${versionOf(find.actor)} as version`)
}

/** Reads every candidate once, and counts and sorts those that match. @param candidates a query of few ids. @param named whether a row has the part in its names. */
async function collect(tx: Tx, find: Find, candidates: SQL, named: SQL): Promise<Found> {
  const { order: { key, direction, has = sql`true`, join = sql`` }, slice: { offset, limit } } = find
  return await runFind(tx, sql`
    with found as materialized (
      select c.id, ${has} as has, ${key} as key, c.associated_at, ${named} as named from (${candidates}) x join customers c on c.id = x.id ${join} where ${inScope(find)}
    )
    select counted.*, to_json(array(
      select f.id from found f
       order by f.has desc, case when f.has then f.key end ${direction}, case when f.has then f.id end ${direction}, f.associated_at desc, f.id desc limit ${limit}::int offset ${offset}::int)) as ids, ${versionOf(find.actor)} as version
      from (select count(*) filter (where f.named)::int as names, count(*) filter (where not f.named)::int as others from found f) counted`)
}

async function runFind(tx: Tx, query: SQL): Promise<Found> {
  const [row] = await tx.rows<Omit<Found, 'total'> & { others: number }>(query)
  return row ? { ...row, total: row.names + row.others } : { total: 0, names: 0, ids: [], version: null }
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

const isEverybody = ({ actor, conditions }: Find): boolean => seesWholePartner(actor) && conditions.length === 0
const allOf = (actor: Actor): SQL => sql`coalesce((select t.total from customer_totals t where t.partner_id = ${actor.partner.id}), 0)`
const versionOf = (actor: Actor): SQL => sql`(select t.names_version from customer_totals t where t.partner_id = ${actor.partner.id})`

/** How many rows a value has decides the plan: one tag or pair of characters is rare, another is in every row. A plan made once for all values
 *  would read the whole table for both. Lasts to the end of the transaction. */
const replan = sql`set_config('plan_cache_mode', 'force_custom_plan', true)`
const planAnew = async (tx: Tx): Promise<void> => void (await tx.run(sql`select ${replan}`))

// ---- any part of a name ----

async function findByName(tx: Tx, find: Find, typed: string): Promise<Found> {
  const { actor, slice } = find
  const known = isEverybody(find) ? recallTotal(actor.partner.id, typed) : undefined
  const probe = await probeName(tx, actor, typed, known)
  const named = holdsPart(probe.key)
  const where = { ...find, conditions: [...find.conditions, sql`(${named} or ${isWhole(typed)})`] }
  if (isWorthCollecting(probe, slice)) return keep(find, typed, probe, await collect(tx, where, holdersOf(actor, typed, probe), named))
  return keep(find, typed, probe, await walk(tx, where, isEverybody(find) ? { names: countNames(actor, probe, named), others: countOthers(actor, typed, named) } : {}))
}

/** What was counted for everybody is the next page's total. */
function keep(find: Find, typed: string, { gram, holders }: Probe, found: Found): Found {
  if (isEverybody(find) && found.version !== null) keepTotal(find.actor.partner.id, typed, { version: found.version, total: found.names, gram, holders })
  return found
}

type Probe = {
  /** The part as names are stored for comparison. */
  key: string
  /** Its pair of characters that the fewest names have, and how many have it (up to probeMax). Empty: the part is shorter than a pair. */
  gram: string
  holders: number
  customers: number
  /** How many names have the whole part, where that was counted before and no name changed. */
  total: number | undefined
}
const probeMax = 5000

async function probeName(tx: Tx, actor: Actor, typed: string, known: NameTotal | undefined): Promise<Probe> {
  const [row] = await tx.rows<{ key: string; gram: string | null; holders: number | null; customers: number | null; version: string | null }>(sql`
    with part as (select lower(normalize(${typed}::text, NFKC)) as key)
    select part.key, rare.gram, rare.holders, ${replan}, t.total as customers, t.names_version as version
      from part left join customer_totals t on t.partner_id = ${actor.partner.id} left join lateral (
        select p.gram, (select count(*)::int from (select 1 from customer_grams g where g.partner_id = ${actor.partner.id} and g.gram = p.gram limit ${probeMax}::int) h) as holders
          from (select distinct substr(part.key, i, 2) as gram from generate_series(1, char_length(part.key) - 1) i) p order by holders limit 1
      ) rare on ${known === undefined}::boolean`)
  if (known && known.version !== row?.version) return await probeName(tx, actor, typed, undefined)
  return { key: row?.key ?? '', gram: known?.gram ?? row?.gram ?? '', holders: known?.holders ?? row?.holders ?? 0, customers: row?.customers ?? 0, total: known?.total }
}

/** Few holders are collected and sorted. With many it is cheaper to walk the list in its order until the page is full, if the total is known or, for
 *  a part that is one pair, counted by the pair alone; any other part must be looked at in each holder anyway, for the total. */
function isWorthCollecting({ key, gram, holders, customers, total }: Probe, { offset, limit }: Slice): boolean {
  const found = total ?? (gram === key ? holders : undefined)
  return holders < probeMax && (found === undefined || (offset + limit) * customers >= holders * found)
}

/** @returns a query of the ids that hold the rarest pair, or have the whole text as tag or customer ID. */
function holdersOf(actor: Actor, typed: string, { gram }: Probe): SQL {
  const mine = sql`t.partner_id = ${actor.partner.id}`
  return sql`select g.customer_id as id from customer_grams g where g.partner_id = ${actor.partner.id} and g.gram = ${gram}
    union select t.id from customers t where ${mine} and t.tag = ${typed}
    union select t.id from customers t where ${mine} and t.number = ${numberIn(typed) ?? ''}`
}

const holdsPart = (key: string): SQL => sql`(position(${key}::text in c.name_key) > 0 or position(${key}::text in c.account_key) > 0)`
/** People also paste a tag or a customer ID into the name field. */
const isWhole = (typed: string): SQL => sql`(c.tag = ${typed} or c.number = ${numberIn(typed) ?? ''})`

function countNames(actor: Actor, { key, gram, total }: Probe, named: SQL): SQL {
  if (total !== undefined) return sql`${total}`
  const mine = actor.partner.id
  // Having a pair that is the whole part is having the part.
  return gram === key ? sql`(select count(*) from customer_grams g where g.partner_id = ${mine} and g.gram = ${gram})` : sql`(select count(*) from customers c where c.partner_id = ${mine} and ${named})`
}

const countOthers = (actor: Actor, typed: string, named: SQL): SQL => sql`(select count(*) from customers c where c.partner_id = ${actor.partner.id} and ${isWhole(typed)} and not ${named})`

/** @returns the digits of a whole customer ID, which people also paste into the name field. */
export function numberIn(typed: string): string | undefined {
  const digits = typed.normalize('NFKC').replace(/\s/g, '')
  return /^\d{10}$/.test(digits) ? digits : undefined
}
