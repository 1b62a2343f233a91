import { BillingMode, type FeedbackState, type LineFilter, type LineSort, type NoCustomer, type StatementState } from '#contract/incentives.ts'
import type { AssociationType } from '#contract/customers.ts'
import { customerScope, seesWholePartner, type Actor } from '#server/auth/actor.ts'
import { every } from '#server/db/days.ts'
import { list, sql, type SQL } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { stateAt } from '#server/operations/incentive-payable.ts'
import { contactConditions, type LookUp } from '#server/operations/look-up.ts'
import { barLines } from './bars.ts'
import { lineScope } from './scope.ts'

/** A line in the clear; amounts in minor units. The feedback is the latest. */
export type LineRecord = {
  id: string; number: string; statementId: string; statementNumber: string; statementState: StatementState; period: string; nameZh: string; nameEn: string
  customerId: string | null; customerNumber: string | null; customerName: string | null; accountName: string | null; noCustomer: NoCustomer | null
  order: string | null; dataNumber: string; productType: string; billingMode: BillingMode; associationType: AssociationType
  baseAmount: bigint; rate: number; incentive: bigint; tax: bigint; isExcluded: boolean; exclusionReason: string | null; adjusted: bigint; adjustments: number; adjustmentReason: string | null; net: bigint
  freezes: number; managerId: string | null; managerName: string | null; reseller: string | null
  feedbackId: string | null; opinion: string | null; feedbackState: FeedbackState | null; feedbackBy: string | null; feedbackAt: Date | null; answer: string | null; answeredAt: Date | null; closedAt: Date | null
}
/** Sums of the lines: tax and adjustment without excluded ones, whose incentive is `excluded`, so that incentive − excluded − tax + adjustment = net. `bar` is what they add to the bar of the filter. */
export type LineTotals = { total: number; incentive: bigint; excluded: bigint; tax: bigint; adjustment: bigint; net: bigint; bar: bigint | null }
export type LineQuery = { filter: LineFilter; sort: LineSort; lookUp: LookUp | undefined; reseller: string | undefined; /** Only these; for an export of chosen rows. */ selected?: readonly string[] | undefined }
type Slice = { offset: number; limit: number }

const columns = (now: Date): SQL => sql`l.id, l.number, l.statement_id as "statementId", s.number as "statementNumber", ${stateAt(now)} as "statementState", to_char(s.period, 'YYYY-MM') as period, p.name_zh as "nameZh", p.name_en as "nameEn",
  l.customer_id as "customerId", c.number as "customerNumber", c.name as "customerName", c.account_name as "accountName", l.no_customer as "noCustomer", l.order_number as "order", l.data_number as "dataNumber",
  l.product_type as "productType", l.billing_mode as "billingMode", l.association_type as "associationType", l.base_amount as "baseAmount", l.rate, l.incentive, l.tax, l.is_excluded as "isExcluded", l.exclusion_reason as "exclusionReason",
  l.adjusted, l.adjustments, a.reason as "adjustmentReason", l.net, l.freezes, m.id as "managerId", m.name as "managerName", l.reseller,
  f.id as "feedbackId", f.opinion, f.state as "feedbackState", b.name as "feedbackBy", f.at as "feedbackAt", f.answer, f.answered_at as "answeredAt", f.closed_at as "closedAt"`
/** The latest adjustment and feedback are looked for only where a line says that it has one. */
const joins = sql`join incentive_statements s on s.partner_id = l.partner_id and s.id = l.statement_id join incentive_programs p on p.id = s.program_id
  left join customers c on c.partner_id = l.partner_id and c.id = l.customer_id left join members m on m.partner_id = c.partner_id and m.id = c.manager_id
  left join incentive_adjustments a on a.partner_id = l.partner_id and a.line_id = l.id and a.seq = l.adjustments and l.adjustments > 0
  left join lateral (select g.* from incentive_feedbacks g where g.partner_id = l.partner_id and g.line_id = l.id order by g.at desc, g.id limit 1) f on l.feedback_state is not null
  left join members b on b.partner_id = f.partner_id and b.id = f.member_id`

/** @returns the page asked for and the sums of all lines that match, within the person's scope. What is asked of a line itself or of its customer is summed from what its statement
 *  and its groups keep, everything else from the lines. */
export async function findLines(tx: Tx, now: Date, actor: Actor, query: LineQuery, slice: Slice): Promise<{ rows: LineRecord[]; totals: LineTotals }> {
  // How many rows a value has decides the plan; one made for any value reads the whole table for all.
  await tx.run(sql`select set_config('plan_cache_mode', 'force_custom_plan', true)`)
  const about = { statements: statementConditions(query.filter), groups: groupConditions(query.filter), customers: await findCustomers(tx, actor, query), lines: lineConditions(query) }
  const totals = await sumLines(tx, now, actor, query.filter, about)
  return { rows: totals.total === 0 ? [] : await readPage(tx, now, actor, { ...query, isFew: totals.total <= fewLines }, about, slice), totals }
}

/** `groups`: over `l`, which is a line or a group of lines; `customers`: over one that names its customer. */
type About = { statements: SQL[]; groups: SQL[]; customers: Customers; lines: SQL[] }
/** The same in two forms: as a join, which may begin with the customers, and as a question asked of one line after the other, which leaves an index of what else is asked, and its order, as they are. */
type Customers = { joined: SQL[]; asked: SQL[] }
const withStatements = sql`join incentive_statements s on s.partner_id = l.partner_id and s.id = l.statement_id join incentive_programs p on p.id = s.program_id`

function whereOf(now: Date, actor: Actor, filter: LineFilter, { statements, groups, customers, lines }: About, form: keyof Customers): { joined: SQL; where: SQL } {
  const bar = filter.bar === undefined ? [] : [barLines(filter.bar, now).which]
  const own = filter.statementId === undefined ? [] : [sql`l.statement_id = ${filter.statementId}::uuid`]
  return { joined: statements.length > 0 || bar.length > 0 ? withStatements : sql``, where: every([sql`l.partner_id = ${actor.partner.id}`, ...own, ...statements, ...groups, ...customers[form], ...lines, ...bar]) }
}

/** @returns the smallest source that knows all of what is asked: of products per customer only the lines do. */
function sourceOfSums(filter: LineFilter, { groups, customers, lines }: About): 'statements' | 'groups' | 'customers' | 'lines' {
  if (lines.length > 0) return 'lines'
  if (customers.joined.length > 0) return isGiven(filter.productType) ? 'lines' : 'customers'
  return groups.length > 0 || filter.bar !== undefined ? 'groups' : 'statements'
}
const sums = { groups: sql`incentive_line_groups`, customers: sql`incentive_customer_groups`, lines: sql`incentive_lines` }

async function sumLines(tx: Tx, now: Date, actor: Actor, filter: LineFilter, about: About): Promise<LineTotals> {
  const source = sourceOfSums(filter, about)
  const { joined, where } = whereOf(now, actor, filter, about, source === 'lines' ? 'asked' : 'joined')
  const sumOf = (value: SQL, condition = sql`true`) => sql`coalesce(sum(${value}) filter (where ${condition}), 0)::bigint`
  const [totals] = await tx.rows<LineTotals>(source === 'statements'
    ? sql`select coalesce(sum(s.lines), 0)::int as total, ${sumOf(sql`s.performance`)} as incentive, ${sumOf(sql`s.excluded`)} as excluded, ${sumOf(sql`s.tax`)} as tax, ${sumOf(sql`s.adjusted`)} as adjustment, ${sumOf(sql`s.net`)} as net, null::bigint as bar
        from incentive_statements s where ${every([sql`s.partner_id = ${actor.partner.id}`, ...about.statements, ...(filter.statementId === undefined ? [] : [sql`s.id = ${filter.statementId}::uuid`])])}`
    : sql`select ${source === 'lines' ? sql`count(*)` : sql`coalesce(sum(l.lines), 0)`}::int as total, ${sumOf(sql`l.incentive`)} as incentive, ${sumOf(sql`l.incentive`, sql`l.is_excluded`)} as excluded, ${sumOf(sql`l.tax`, sql`not l.is_excluded`)} as tax,
        ${sumOf(sql`l.adjusted`, sql`not l.is_excluded`)} as adjustment, ${sumOf(sql`l.net`)} as net, ${filter.bar === undefined ? sql`null::bigint` : sumOf(barLines(filter.bar, now).adds)} as bar from ${sums[source]} l ${joined} where ${where}`)
  if (!totals) throw new Error('a sum over nothing is still a row')
  return totals
}

/** So few are found first and then sorted; more are met soon enough in the order of an index. The database does not know how many lines of one statement have what is asked for. */
const fewLines = 1_000

async function readPage(tx: Tx, now: Date, actor: Actor, { filter, sort, isFew }: LineQuery & { isFew: boolean }, about: About, { offset, limit }: Slice): Promise<LineRecord[]> {
  const isByPeriod = sort === 'period' || sort === '-period'
  const { joined, where } = whereOf(now, actor, filter, about, isFew && sourceOfSums(filter, about) !== 'lines' ? 'joined' : 'asked')
  const withPeriod = isByPeriod && filter.statementId === undefined ? withStatements : sql``
  const order = isByPeriod ? periodOrder(sort, filter) : sort === 'incentive' ? sql`l.incentive, l.id` : sql`l.incentive desc, l.id desc`
  // The page is cut before the joins, so that they are made for its rows only.
  const source = isFew ? sql`found l ${withPeriod}` : sql`incentive_lines l ${isByPeriod && filter.statementId === undefined ? withStatements : joined} where ${where}`
  const cut = sql`${isFew ? sql`with found as materialized (select l.* from incentive_lines l ${joined} where ${where})` : sql``} select l.*, row_number() over (order by ${order}) as place from ${source} order by ${order} limit ${limit}::int offset ${offset}::int`
  if (isFew) await tx.run(sql`select set_config('enable_seqscan', 'off', true)`)
  return await tx.rows<LineRecord>(sql`select ${columns(now)} from (${cut}) l ${joins} order by l.place`)
}

const periodOrder = (sort: LineSort, { statementId }: LineFilter): SQL =>
  (statementId !== undefined ? sql`l.seq` : sort === 'period' ? sql`s.period, s.id, l.seq` : sql`s.period desc, s.id desc, l.seq`)

/** @returns the line, or undefined when it is unknown, foreign or of a customer outside the person's scope. */
export async function readLine(tx: Tx, now: Date, actor: Actor, id: string): Promise<LineRecord | undefined> {
  const [row] = await tx.rows<LineRecord>(sql`select ${columns(now)} from incentive_lines l ${joins} where ${every([sql`l.partner_id = ${actor.partner.id}`, sql`l.id = ${id}::uuid`, ...lineScope(actor)])}`)
  return row
}

function statementConditions(filter: LineFilter): SQL[] {
  return [
    ...(filter.period === undefined ? [] : [sql`s.period = ${`${filter.period}-01`}::date`]), ...(filter.programId === undefined ? [] : [sql`s.program_id = ${filter.programId}::uuid`]),
    ...(isGiven(filter.statementNumber) ? [sql`s.number = ${filter.statementNumber.toUpperCase()}`] : []),
  ]
}

const isGiven = (text: string | undefined): text is string => text !== undefined && text !== ''

/** What is asked of a line itself: each means the same on a group of lines. */
function groupConditions(filter: LineFilter): SQL[] {
  return [
    ...(isGiven(filter.productType) ? [sql`l.product_type = ${filter.productType}`] : []), ...(filter.associationType === undefined ? [] : [sql`l.association_type = ${filter.associationType}`]),
    // With the type alone: any of the modes, so that the index of both is of use.
    ...(filter.billingMode !== undefined ? [sql`l.billing_mode = ${filter.billingMode}`] : filter.associationType !== undefined ? [sql`l.billing_mode = any(${list(BillingMode.options)}::text[])`] : []), ...(filter.isFrozen === undefined ? [] : [filter.isFrozen ? sql`l.freezes > 0` : sql`l.freezes = 0`]),
    ...(filter.feedbackState === undefined ? [] : [filter.feedbackState === 'none' ? sql`l.feedback_state is null` : sql`l.feedback_state = ${filter.feedbackState}`]),
  ]
}

/** What only a line itself knows. */
function lineConditions({ filter, reseller, selected }: LineQuery): SQL[] {
  const all: SQL[] = []
  if (isGiven(filter.order)) all.push(sql`l.order_number = ${filter.order}`)
  if (isGiven(filter.dataNumber)) all.push(sql`l.data_number = ${filter.dataNumber}`)
  if (reseller !== undefined) all.push(sql`strpos(l.reseller_key, (select lower(normalize(${reseller}::text, NFKC)))) > 0`)
  if (selected) all.push(sql`l.id = any(${list(selected)}::uuid[])`)
  return all
}

const fewCustomers = 100

/** Whoever is looked up or seen is found first: a query for some customers by their ids looks at their lines only, a join may read all of a large statement for them.
 *  @returns the conditions on the customers of lines, within the person's scope. */
async function findCustomers(tx: Tx, actor: Actor, { filter, lookUp }: LineQuery): Promise<Customers> {
  const about = [
    ...(filter.customerNumber === undefined ? [] : [sql`c.number = ${filter.customerNumber.replaceAll(' ', '')}`]), ...(lookUp ? contactConditions(lookUp) : []), ...(lookUp?.name === undefined ? [] : [named(lookUp.name)]),
    ...(filter.managerId === undefined ? [] : [filter.managerId === 'unassigned' ? sql`c.manager_id is null` : sql`c.manager_id = ${filter.managerId}::uuid`]), ...(seesWholePartner(actor) ? [] : [customerScope(actor)]),
  ]
  const one = filter.customerId === undefined ? [] : [sql`l.customer_id = ${filter.customerId}::uuid`]
  if (about.length === 0) return { joined: one, asked: one }
  const customers = sql`select c.id from customers c where ${every([sql`c.partner_id = ${actor.partner.id}`, ...about])}`
  const found = await tx.rows<{ id: string }>(sql`${customers} limit ${fewCustomers + 1}::int`)
  const these = found.length > fewCustomers ? sql`l.customer_id in (${customers})` : sql`l.customer_id = any(${list(found.map(({ id }) => id))}::uuid[])`
  return { joined: [...one, these], asked: [...one, sql`(${these}) is true`] }
}

/** Any part of the name or account name; people also paste a whole customer ID. */
const named = (part: string): SQL => sql`(strpos(c.name_key, (select lower(normalize(${part}::text, NFKC)))) > 0 or strpos(c.account_key, (select lower(normalize(${part}::text, NFKC)))) > 0 or c.number = ${part.normalize('NFKC').replace(/\s/g, '')})`
