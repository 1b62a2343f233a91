import type { ConfirmedBy, LogFilter, LoggedOperation, LogObject, LogResult, LogSource, RevealFilter } from '#contract/operation-log.ts'
import type { RevealField } from '#contract/reveals.ts'
import { customerScope, isAdministrator, type Actor } from '#server/auth/actor.ts'
import { every, inDays } from '#server/db/days.ts'
import { list, sql, type SQL } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'

export type LogRecord = {
  id: string; at: Date; operatorName: string | null; operation: LoggedOperation; objectKind: LogObject | null; objectNumber: string | null
  customerId: string | null; customerName: string | null; customerNumber: string | null
  /** Minor units. */
  amount: bigint | null
  result: LogResult; confirmedBy: ConfirmedBy; source: LogSource; requestId: string; address: string; agent: string; details: Record<string, unknown>
}
export type RevealRecordRow = { id: string; at: Date; operatorName: string | null; subjectKind: 'customer' | 'prospect' | 'invitation' | 'member' | 'specialist' | 'business' | 'whitelist' | 'reseller'; subjectId: string; subjectName: string | null; subjectNumber: string; field: RevealField; page: string }
export type Slice = { offset: number; limit: number }

/** @returns the ids of log entries, newest first, and how many match in all: the person's own, or with `log.view.all` everybody's.
 *  @param selected only these; for an export of chosen rows. */
export async function findEntries(tx: Tx, actor: Actor, filter: LogFilter, slice: Slice, selected?: readonly string[]): Promise<{ total: number; ids: string[] }> {
  const own = actor.permissions.has('log.view.all') ? [] : [sql`e.operator_id = ${actor.member.id}`]
  return await find(tx, [
    sql`e.partner_id = ${actor.partner.id}`, ...own, ...only(selected), ...inDays(sql`e.at`, filter.from, filter.to, actor.partner.timeZone),
    ...equal(sql`e.operator_id`, filter.operatorId), ...equal(sql`e.operation`, filter.operation), ...equal(sql`e.object_kind`, filter.objectKind),
    ...numbered(filter.objectNumber), ...equal(sql`e.customer_id`, filter.customerId),
    ...customerNumbered(actor, filter.customerNumber), ...equal(sql`e.result`, filter.result), ...equal(sql`e.confirmed_by`, filter.confirmedBy), ...equal(sql`e.source`, filter.source),
  ], slice)
}

/** Numbers are read aloud and pasted with blanks, full-width, in small letters; a sign-in name stays as it was written. */
function numbered(text: string | undefined): SQL[] {
  if (text === undefined || text === '') return []
  const bare = text.normalize('NFKC').replace(/\s/g, '')
  return [sql`e.object_number = any(${list([...new Set([text, bare, bare.toUpperCase(), bare.toLowerCase()])])}::text[])`]
}

/** As findEntries, for the records of reveals: administrators see all, everybody else their own. */
export async function findReveals(tx: Tx, actor: Actor, filter: RevealFilter, slice: Slice, selected?: readonly string[]): Promise<{ total: number; ids: string[] }> {
  return await find(tx, [
    ...revealsSeenBy(actor), ...only(selected), ...inDays(sql`e.at`, filter.from, filter.to, actor.partner.timeZone),
    ...equal(sql`e.operator_id`, filter.operatorId), ...customerNumbered(actor, filter.customerNumber),
  ], slice)
}

/** @param ids as findEntries gave them. @returns the entries in that order. A customer outside the person's scope is left out of them, but for those
 *  who are trusted with the whole log, who get its name and number without the id. */
export async function readEntries(tx: Tx, actor: Actor, ids: readonly string[]): Promise<LogRecord[]> {
  const told = actor.permissions.has('log.view.all') ? sql`true` : customerScope(actor)
  const rows = await tx.rows<LogRecord>(sql`
    select e.id, e.at, e.operator_name as "operatorName", e.operation, e.object_kind as "objectKind", e.object_number as "objectNumber",
           case when ${customerScope(actor)} then c.id end as "customerId", c.name as "customerName", c.number as "customerNumber", e.amount, e.result, e.confirmed_by as "confirmedBy", e.source,
           e.request_id as "requestId", e.address, e.agent, e.details
      from log_entries e left join customers c on c.partner_id = e.partner_id and c.id = e.customer_id and ${told}
     where e.partner_id = ${actor.partner.id} and e.id = any(${list(ids)}::uuid[])`)
  return inOrder(rows, ids)
}

/** @param ids as findReveals gave them. @returns the records in that order. */
export async function readReveals(tx: Tx, actor: Actor, ids: readonly string[]): Promise<RevealRecordRow[]> {
  const rows = await tx.rows<RevealRecordRow>(sql`
    select e.id, e.at, e.operator_name as "operatorName", e.object_kind as "subjectKind", coalesce(c.id, p.id, i.id, m.id, s.id, b.id, r.id, case when e.object_kind = 'whitelist' then e.object_number::uuid end) as "subjectId", coalesce(c.name, p.name, i.name, m.name, s.name, b.company_name, r.name, w.name) as "subjectName", coalesce(c.number, i.number, m.login, r.account, '') as "subjectNumber",
           e.details->>'field' as field, e.details->>'page' as page
      from log_entries e left join customers c on c.partner_id = e.partner_id and c.id = e.customer_id
      left join prospects p on p.partner_id = e.partner_id and e.object_kind = 'prospect' and p.id = case when e.object_kind = 'prospect' then e.object_number::uuid end
      left join invitations i on i.partner_id = e.partner_id and e.object_kind = 'invitation' and i.number = e.object_number
      left join members m on m.partner_id = e.partner_id and e.object_kind = 'member' and m.login = e.object_number
      left join specialists s on s.partner_id = e.partner_id and e.object_kind = 'specialist' and s.id = case when e.object_kind = 'specialist' then e.object_number::uuid end
      left join business_submissions b on b.partner_id = e.partner_id and e.object_kind = 'business' and b.id = case when e.object_kind = 'business' then e.object_number::uuid end
      left join partners r on e.object_kind = 'reseller' and r.account = e.object_number
      left join coupon_whitelist w on w.partner_id = e.partner_id and e.object_kind = 'whitelist' and w.id = case when e.object_kind = 'whitelist' then e.object_number::uuid end
     where e.partner_id = ${actor.partner.id} and e.id = any(${list(ids)}::uuid[])`)
  return inOrder(rows, ids)
}

/** @returns per operator whose reveals the person may see: how many different subjects this month, and on the day with the most. Days and month are the partner's. */
export async function summarizeReveals(tx: Tx, now: Date, actor: Actor): Promise<{ operatorName: string | null; subjects: number; largestDay: number }[]> {
  const { timeZone } = actor.partner
  return await tx.rows(sql`
    with seen as (
      select e.operator_id, e.operator_name, coalesce(e.customer_id::text, e.object_number) as subject, (e.at at time zone ${timeZone}::text)::date as day from log_entries e
       where ${every(revealsSeenBy(actor))} and e.at >= date_trunc('month', ${now}::timestamptz at time zone ${timeZone}::text) at time zone ${timeZone}::text
    ), days as (select operator_id, day, count(distinct subject)::int as subjects from seen group by operator_id, day)
    select max(s.operator_name) as "operatorName", count(distinct s.subject)::int as subjects, (select max(d.subjects) from days d where d.operator_id = s.operator_id)::int as "largestDay"
      from seen s group by s.operator_id order by subjects desc, s.operator_id`)
}

/** @returns the members whose entries the person may see, for the filter. */
export async function readOperators(tx: Tx, actor: Actor): Promise<{ id: string; name: string }[]> {
  const own = actor.permissions.has('log.view.all') ? sql`true` : sql`m.id = ${actor.member.id}`
  return await tx.rows(sql`select m.id, m.name from members m where m.partner_id = ${actor.partner.id} and ${own} order by m.name, m.id`)
}

async function find(tx: Tx, conditions: readonly SQL[], { offset, limit }: Slice): Promise<{ total: number; ids: string[] }> {
  const where = every(conditions)
  const [row] = await tx.rows<{ total: number; ids: string[] }>(sql`
    select (select count(*)::int from log_entries e where ${where}) as total,
           to_json(array(select e.id from log_entries e where ${where} order by e.seq desc limit ${limit}::int offset ${offset}::int)) as ids`)
  return row ?? { total: 0, ids: [] }
}

const revealsSeenBy = (actor: Actor): SQL[] => [
  sql`e.partner_id = ${actor.partner.id}`, sql`e.operation = 'data.reveal'`,
  ...(isAdministrator(actor) ? [] : [sql`e.operator_id = ${actor.member.id}`]),
]

const only = (ids: readonly string[] | undefined): SQL[] => (ids === undefined ? [] : [sql`e.id = any(${list(ids)}::uuid[])`])

const equal = (column: SQL, value: string | undefined): SQL[] => (value === undefined ? [] : [sql`${column} = ${value}`])

const customerNumbered = (actor: Actor, number: string | undefined): SQL[] => (number === undefined ? []
  : [sql`e.customer_id = any(select c.id from customers c where c.partner_id = ${actor.partner.id} and c.number = ${number.replaceAll(' ', '')})`])

function inOrder<T extends { id: string }>(rows: readonly T[], ids: readonly string[]): T[] {
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}
