import type { Reply } from '#contract/endpoint.ts'
import type { getIncentiveChoices, getIncentiveOverview, OnDeadline } from '#contract/incentives.ts'
import { fromMinor } from '#contract/money.ts'
import { reachedMembers, seesWholePartner, type Actor } from '#server/auth/actor.ts'
import { every } from '#server/db/days.ts'
import { sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import type { Context } from '#server/http/context.ts'
import { maskName } from '#server/masking/mask.ts'
import { chinaDayOf } from '#server/messages/working-days.ts'
import { stateAt } from '#server/operations/incentive-payable.ts'
import { statementScope } from '#server/operations/incentive-scope.ts'
import { readSums } from './bars.ts'
import { presentBars, presentDeadline, presentProgram } from './present.ts'
import { nextPeriod } from './rules.ts'
import { lineScope, ownSums } from './scope.ts'
import { programColumns, type ProgramRecord } from './statement-store.ts'

/** The first cards: money for whoever sees the whole partner, deadlines for everybody. */
export async function presentOverview({ tx, now, actor }: Context): Promise<Reply<typeof getIncentiveOverview>> {
  return {
    figures: seesWholePartner(actor) ? await presentFigures(tx, now, actor) : null, deadlines: await readDeadlines(tx, now, actor), nextPeriod: await readNextPeriod(tx, now, actor.partner.id),
    opportunity: await readOpportunity(tx, actor), asOf: now.toISOString(),
  }
}

async function presentFigures(tx: Tx, now: Date, actor: Actor): Promise<NonNullable<Reply<typeof getIncentiveOverview>['figures']>> {
  const { amount, ...sums } = await readSums(tx, now, actor)
  const year = `${chinaDayOf(now).slice(0, 4)}-01-01`
  const [row] = await tx.rows<{ paid: bigint }>(sql`select coalesce(sum(s.paid), 0)::bigint as paid from incentive_statements s
    where s.partner_id = ${actor.partner.id} and s.paid <> 0 and s.paid_at >= (${year}::date::timestamp at time zone 'Asia/Shanghai')`)
  return { amount: fromMinor(amount), ...presentBars(sums), frozen: fromMinor(sums.frozen), inPayment: fromMinor(sums.requested), paidThisYear: fromMinor(row?.paid ?? 0n) }
}

type DeadlineRow = { confirmUntil: Date; confirmDay: string; isProvisional: boolean; onDeadline: OnDeadline; count: number; net: bigint }

async function readDeadlines(tx: Tx, now: Date, actor: Actor): Promise<Reply<typeof getIncentiveOverview>['deadlines']> {
  const rows = await tx.rows<DeadlineRow>(sql`
    select s.confirm_until as "confirmUntil", s.confirm_day::text as "confirmDay", bool_or(s.is_provisional) as "isProvisional", p.on_deadline as "onDeadline", count(*)::int as count, sum(own.net)::bigint as net
      from incentive_statements s join incentive_programs p on p.id = s.program_id cross join lateral ${ownSums(actor)}
     where ${every([sql`s.partner_id = ${actor.partner.id}`, sql`${stateAt(now)} = 'PENDING_CONFIRMATION'`, ...(seesWholePartner(actor) ? [] : [sql`own.lines > 0`])])}
     group by s.confirm_until, s.confirm_day, p.on_deadline order by s.confirm_until, p.on_deadline limit 100`)
  return rows.map((row) => ({ ...presentDeadline(row, now), count: row.count, amount: fromMinor(row.net) }))
}

/** @returns YYYY-MM. */
export async function readNextPeriod(tx: Tx, now: Date, partnerId: string): Promise<string> {
  const [row] = await tx.rows<{ newest: string | null; lastMonth: string }>(sql`
    select (select to_char(max(s.period), 'YYYY-MM') from incentive_statements s where s.partner_id = ${partnerId}) as newest, to_char(${chinaDayOf(now)}::date - interval '1 month', 'YYYY-MM') as "lastMonth"`)
  return nextPeriod(row?.newest ?? undefined, row?.lastMonth ?? chinaDayOf(now).slice(0, 7))
}

/** Only solution providers whom the vendor marked have it, and of these the master account. */
async function readOpportunity(tx: Tx, { partner, member }: Actor): Promise<Reply<typeof getIncentiveOverview>['opportunity']> {
  const [row] = await tx.rows<{ isMarked: boolean }>(sql`select opportunity_incentive and type = 'CSP' as "isMarked" from partners where id = ${partner.id}`)
  return row?.isMarked !== true ? 'hidden' : member.login === '' ? 'shown' : 'switch'
}

/** What the filters offer. */
export async function presentChoices({ tx, actor, request }: Context): Promise<Reply<typeof getIncentiveChoices>> {
  const mine = sql`s.partner_id = ${actor.partner.id}`
  const own = statementScope(actor)
  const periods = await tx.rows<{ period: string }>(sql`select distinct to_char(s.period, 'YYYY-MM') as period from incentive_statements s where ${mine} and ${own} order by 1 desc`)
  const programs = await tx.rows<ProgramRecord>(sql`select ${programColumns} from incentive_programs p where p.id in (select s.program_id from incentive_statements s where ${mine} and ${own}) order by p.name_zh, p.id`)
  // Jumps from one product type to the next in the index, however many lines have it.
  const types = await tx.rows<{ type: string }>(sql`
    with recursive t as ((select l.product_type as type from incentive_lines l where l.partner_id = ${actor.partner.id} order by l.product_type limit 1)
      union all select (select l.product_type from incentive_lines l where l.partner_id = ${actor.partner.id} and l.product_type > t.type order by l.product_type limit 1) from t where t.type is not null)
    select t.type from t where t.type is not null and ${seesWholePartner(actor) ? sql`true` : sql`exists (select 1 from incentive_lines l where l.partner_id = ${actor.partner.id} and l.product_type = t.type and ${every(lineScope(actor))})`}`)
  const reached = reachedMembers(actor)
  const managers = await tx.rows<{ id: string; name: string }>(sql`select m.id, m.name from members m where m.partner_id = ${actor.partner.id} and 'manager' = any(m.roles) and m.state <> 'DELETED' and ${reached ? sql`m.id ${reached}` : sql`true`} order by m.login`)
  return {
    years: [...new Set(periods.map(({ period }) => Number(period.slice(0, 4))))], periods: periods.map(({ period }) => period), programs: programs.map((row) => presentProgram(row, request.locale)),
    productTypes: types.map(({ type }) => type), managers: managers.map(({ id, name }) => ({ id, nameMasked: maskName(name) })),
  }
}
