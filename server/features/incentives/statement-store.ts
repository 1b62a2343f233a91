import type { OnDeadline, PayoutOption, ProgramKind, StatementFilter, StatementSort, StatementState } from '#contract/incentives.ts'
import type { AssociationType } from '#contract/customers.ts'
import { seesWholePartner, type Actor } from '#server/auth/actor.ts'
import { every } from '#server/db/days.ts'
import { list, sql, type SQL } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { payableAt, stateAt } from '#server/operations/incentive-payable.ts'
import { lineScope, ownSums } from './scope.ts'

export type ProgramRecord = { programId: string; nameZh: string; nameEn: string; kind: ProgramKind; programType: AssociationType | null; onDeadline: OnDeadline; payoutOptions: PayoutOption[] }
/** A statement in the clear; amounts in minor units, those of the lines within the person's scope. */
export type StatementRecord = ProgramRecord & {
  id: string; number: string; period: string; isNegative: boolean; state: StatementState; lines: number; net: bigint; frozen: bigint; requested: bigint; paid: bigint; payable: bigint
  confirmUntil: Date | null; confirmDay: string | null; isProvisional: boolean; confirmedAt: Date | null; confirmedByName: string | null; confirmedAmount: bigint | null
  open: number; answered: number; closed: number
}
export type StatementQuery = { filter: StatementFilter; sort: StatementSort; /** Only these; for an export of chosen rows. */ selected?: readonly string[] | undefined }
type Slice = { offset: number; limit: number }

export const programColumns = sql`p.id as "programId", p.name_zh as "nameZh", p.name_en as "nameEn", p.kind, p.association_type as "programType", p.on_deadline as "onDeadline", p.payout_options as "payoutOptions"`

const columns = (now: Date): SQL => sql`s.id, s.number, to_char(s.period, 'YYYY-MM') as period, s.is_negative as "isNegative", ${stateAt(now)} as state, own.lines, own.net, own.frozen, s.requested, s.paid, ${payableAt(now)} as payable,
  s.confirm_until as "confirmUntil", s.confirm_day::text as "confirmDay", s.is_provisional as "isProvisional", case when s.state = 'PENDING_CONFIRMATION' and ${stateAt(now)} = 'CONFIRMED' then s.confirm_until else s.confirmed_at end as "confirmedAt",
  m.name as "confirmedByName", case when s.state = 'PENDING_CONFIRMATION' and ${stateAt(now)} = 'CONFIRMED' then s.net else s.confirmed_amount end as "confirmedAmount", ${programColumns}`

const source = (actor: Actor): SQL => sql`incentive_statements s join incentive_programs p on p.id = s.program_id cross join lateral ${ownSums(actor)}`

const orders: Record<StatementSort, SQL> = {
  '-period': sql`s.period desc, s.id desc`, period: sql`s.period, s.id`, '-amount': sql`own.net desc, s.id desc`, amount: sql`own.net, s.id`,
  confirmUntil: sql`s.confirm_until nulls last, s.id`, '-confirmUntil': sql`s.confirm_until desc nulls last, s.id desc`,
}

/** @returns the page asked for, how many statements match within the person's scope, and their net together. */
export async function findStatements(tx: Tx, now: Date, actor: Actor, query: StatementQuery, { offset, limit }: Slice): Promise<{ rows: StatementRecord[]; total: number; net: bigint }> {
  const where = every(conditions(now, actor, query))
  const [counted] = await tx.rows<{ total: number; net: bigint }>(sql`select count(*)::int as total, coalesce(sum(own.net), 0)::bigint as net from ${source(actor)} where ${where}`)
  const rows = await tx.rows<StatementRecord>(sql`${withFeedback(actor, sql`select ${columns(now)} from ${source(actor)} left join members m on m.partner_id = s.partner_id and m.id = s.confirmed_by_id
    where ${where} order by ${orders[query.sort]} limit ${limit}::int offset ${offset}::int`)}`)
  return { rows, total: counted?.total ?? 0, net: counted?.net ?? 0n }
}

/** @returns these statements, in the order of their months; ones outside the person's scope are missing. */
export const readStatements = (tx: Tx, now: Date, actor: Actor, ids: readonly string[]): Promise<StatementRecord[]> =>
  tx.rows<StatementRecord>(withFeedback(actor, sql`select ${columns(now)} from ${source(actor)} left join members m on m.partner_id = s.partner_id and m.id = s.confirmed_by_id
    where ${every([...inScope(actor), sql`s.id = any(${list(ids)}::uuid[])`])} order by s.period, s.number`))

/** The feedback of the page's rows, counted after the page is cut. */
function withFeedback(actor: Actor, page: SQL): SQL {
  const mine = seesWholePartner(actor) ? sql`true` : sql`exists (select 1 from incentive_lines l where l.partner_id = f.partner_id and l.id = f.line_id and ${every(lineScope(actor))})`
  return sql`select s.*, k.* from (${page}) s cross join lateral (select count(*) filter (where f.state = 'OPEN')::int as open, count(*) filter (where f.state = 'ANSWERED')::int as answered, count(*) filter (where f.state = 'CLOSED')::int as closed
    from incentive_feedbacks f where f.partner_id = ${actor.partner.id} and f.statement_id = s.id and ${mine}) k`
}

const inScope = (actor: Actor): SQL[] => [sql`s.partner_id = ${actor.partner.id}`, ...(seesWholePartner(actor) ? [] : [sql`own.lines > 0`])]

function conditions(now: Date, actor: Actor, { filter, selected }: StatementQuery): SQL[] {
  const all = inScope(actor)
  if (filter.year !== undefined) all.push(sql`s.period between ${`${filter.year}-01-01`}::date and ${`${filter.year}-12-31`}::date`)
  if (filter.period !== undefined) all.push(sql`s.period = ${`${filter.period}-01`}::date`)
  if (filter.programId !== undefined) all.push(sql`s.program_id = ${filter.programId}::uuid`)
  if (filter.kind !== undefined) all.push(sql`p.kind = ${filter.kind}`)
  if (filter.onDeadline !== undefined) all.push(sql`p.on_deadline = ${filter.onDeadline}`)
  if (filter.state !== undefined) all.push(sql`${stateAt(now)} = ${filter.state}`)
  // A program for both types has statements with lines of either.
  if (filter.associationType !== undefined) all.push(sql`(p.association_type = ${filter.associationType} or p.association_type is null)`)
  if (filter.productType !== undefined && filter.productType !== '') all.push(sql`exists (select 1 from incentive_lines l where l.partner_id = s.partner_id and l.statement_id = s.id and l.product_type = ${filter.productType} and ${every(lineScope(actor))})`)
  if (filter.number !== undefined && filter.number !== '') all.push(sql`s.number = ${filter.number.toUpperCase()}`)
  if (filter.isFrozen !== undefined) all.push(filter.isFrozen ? sql`own.frozen > 0` : sql`own.frozen = 0`)
  if (filter.todo === 'confirm') all.push(sql`${stateAt(now)} = 'PENDING_CONFIRMATION'`)
  if (filter.todo === 'request') all.push(sql`${payableAt(now)} <> 0`)
  if (selected) all.push(sql`s.id = any(${list(selected)}::uuid[])`)
  return all
}
