import type { PaymentFilter, PaymentSort, PaymentState } from '#contract/incentive-payments.ts'
import type { PayoutOption, ProgramKind } from '#contract/incentives.ts'
import { every } from '#server/db/days.ts'
import { sql, type SQL } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'

export type PaymentRow = {
  id: string; number: string; at: Date; state: PaymentState; stateAt: Date; option: PayoutOption; quarter: string | null; total: bigint; payout: bigint; statements: number; periodFrom: string; periodTo: string
  operatorName: string | null; reason: string | null; isInvoiceOwed: boolean; listPublishedAt: Date | null; dueAt: Date | null; arrivedAs: string | null; paidToId: string | null; steps: { state: PaymentState; at: string }[]
}
const columns = sql`r.id, r.number, r.at, r.state, r.state_at as "stateAt", r.option, r.quarter, r.total, r.payout, to_char(r.period_from, 'YYYY-MM') as "periodFrom", to_char(r.period_to, 'YYYY-MM') as "periodTo", m.name as "operatorName", r.reason,
  r.is_invoice_owed as "isInvoiceOwed", r.list_published_at as "listPublishedAt", r.due_at as "dueAt", r.arrived_as as "arrivedAs", r.paid_to_id as "paidToId",
  (select count(*)::int from payment_items i where i.partner_id = r.partner_id and i.request_id = r.id) as statements,
  (select coalesce(json_agg(json_build_object('state', f.state, 'at', to_char(f.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by f.seq), '[]') from (
     select distinct on (p.state) p.state, p.at, p.seq from payment_steps p where p.partner_id = r.partner_id and p.request_id = r.id order by p.state, p.seq) f) as steps`
const from = sql`payment_requests r left join members m on m.partner_id = r.partner_id and m.id = r.operator_id`
const orders: Record<PaymentSort, SQL> = { '-at': sql`r.at desc, r.id desc`, at: sql`r.at, r.id` }

/** @param timeZone in which the days of the filter are. @returns one page of the partner's requests that match, and how many match in all. */
export async function findPayments(tx: Tx, { partnerId, timeZone }: { partnerId: string; timeZone: string }, { filter, sort }: { filter: PaymentFilter; sort: PaymentSort }, page: { offset: number; limit: number }): Promise<{ rows: PaymentRow[]; total: number }> {
  const is = (column: SQL, value: string | undefined): SQL[] => (value === undefined ? [] : [sql`${column} = ${value}`])
  const where = every([
    sql`r.partner_id = ${partnerId}`, ...is(sql`r.state`, filter.state), ...is(sql`r.option`, filter.option), ...is(sql`r.number`, filter.number?.toUpperCase()),
    ...(filter.period === undefined ? [] : [sql`r.period_from <= ${`${filter.period}-01`}::date and r.period_to >= ${`${filter.period}-01`}::date`]),
    ...(filter.from === undefined ? [] : [sql`r.at >= ${filter.from}::date::timestamp at time zone ${timeZone}::text`]), ...(filter.to === undefined ? [] : [sql`r.at < (${filter.to}::date + 1)::timestamp at time zone ${timeZone}::text`]),
    ...(filter.quarterly === undefined ? [] : [sql`(r.quarter is not null) = ${filter.quarterly}::boolean`]),
  ])
  const rows = await tx.rows<PaymentRow>(sql`select ${columns} from ${from} where ${where} order by ${orders[sort]} limit ${page.limit}::int offset ${page.offset}::int`)
  const [counted] = await tx.rows<{ total: number }>(sql`select count(*)::int as total from payment_requests r where ${where}`)
  return { rows, total: counted?.total ?? 0 }
}

/** @returns the partner's request with this id. */
export async function readPayment(tx: Tx, partnerId: string, id: string): Promise<PaymentRow | undefined> {
  const [row] = await tx.rows<PaymentRow>(sql`select ${columns} from ${from} where r.partner_id = ${partnerId} and r.id = ${id}::uuid`)
  return row
}

export type ItemRow = { id: string; number: string; period: string; programZh: string; programEn: string; programKind: ProgramKind; options: PayoutOption[]; isNegative: boolean; amount: bigint }
/** @returns what a request holds, negative incentives last. */
export const readItems = (tx: Tx, partnerId: string, requestId: string): Promise<ItemRow[]> => tx.rows<ItemRow>(sql`
  select s.id, s.number, to_char(s.period, 'YYYY-MM') as period, p.name_zh as "programZh", p.name_en as "programEn", p.kind as "programKind", p.payout_options as options, s.is_negative as "isNegative", i.amount
    from payment_items i join incentive_statements s on s.partner_id = i.partner_id and s.id = i.statement_id join incentive_programs p on p.id = s.program_id
   where i.partner_id = ${partnerId} and i.request_id = ${requestId}::uuid order by s.is_negative, s.period, s.number`)

export type StepRow = { state: PaymentState; at: Date; reason: string | null; by: 'member' | 'vendor' | 'system'; memberName: string | null }
/** @returns every step of a request, oldest first. */
export const readSteps = (tx: Tx, partnerId: string, requestId: string): Promise<StepRow[]> => tx.rows<StepRow>(sql`
  select p.state, p.at, p.reason, p.by, m.name as "memberName" from payment_steps p left join members m on m.partner_id = p.partner_id and m.id = p.member_id where p.partner_id = ${partnerId} and p.request_id = ${requestId}::uuid order by p.seq`)

export type BankRow = { id: string; accountName: string; bankMasked: string; bankName: string }
/** @returns the account that a bank transfer goes to, or went to. */
export async function readBank(tx: Tx, partnerId: string, paidToId: string | null): Promise<BankRow | undefined> {
  const [row] = await tx.rows<BankRow>(sql`select s.id, s.account_name as "accountName", s.bank_masked as "bankMasked", s.bank_name as "bankName" from business_submissions s
    where s.partner_id = ${partnerId} and s.id = coalesce(${paidToId}::uuid, (select b.certified_id from businesses b where b.partner_id = ${partnerId}))`)
  return row
}

export type ProjectRow = { id: string; period: string; state: string; net: bigint; payable: bigint; frozen: bigint; isFailed: boolean }
/** @param stateAt, payableAt expressions over `s` and `p`. @returns every project statement of the partner that is not below zero. */
export const readProjects = (tx: Tx, partnerId: string, { stateAt, payableAt }: { stateAt: SQL; payableAt: SQL }): Promise<ProjectRow[]> => tx.rows<ProjectRow>(sql`
  select s.id, to_char(s.period, 'YYYY-MM') as period, ${stateAt} as state, s.net, ${payableAt} as payable, s.frozen,
         exists (select 1 from payment_items i join payment_requests r on r.partner_id = i.partner_id and r.id = i.request_id where i.partner_id = s.partner_id and i.statement_id = s.id and r.state = 'PAYMENT_FAILED') as "isFailed"
    from incentive_statements s join incentive_programs p on p.id = s.program_id where s.partner_id = ${partnerId} and p.kind = 'project' and not s.is_negative order by s.period desc, s.number`)

/** @returns the latest request of each quarter. */
export const readQuarterRequests = (tx: Tx, partnerId: string): Promise<{ id: string; number: string; state: PaymentState; option: PayoutOption; quarter: string }[]> => tx.rows(sql`
  select distinct on (r.quarter) r.id, r.number, r.state, r.option, r.quarter from payment_requests r where r.partner_id = ${partnerId} and r.quarter is not null order by r.quarter, r.at desc, r.id desc`)
