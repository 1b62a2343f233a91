import { couponEndsSoonDays, mayIssueKinds } from '#contract/coupons.ts'
import type { CustomerTodo } from '#contract/customers.ts'
import type { DeadlineKind } from '#contract/home.ts'
import { customerScope, isAdministrator, seesWholePartner, type Actor } from '#server/auth/actor.ts'
import { inDays, lastTwelveMonths } from '#server/db/days.ts'
import { list, sql, type SQL } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { todoConditions } from '#server/operations/customer-todos.ts'
import { statementScope } from '#server/operations/incentive-scope.ts'

/** Amounts in minor units. */
export type Figures = { total: number; resale: number; referral: number; frozen: number; monthExpenditure: bigint } & Record<CustomerTodo, number>

const todoKinds = ['unassigned', 'frozen_new', 'no_balance', 'arrears', 'budget_used_up'] as const satisfies readonly CustomerTodo[]

/** @returns how many customers of the person's scope are of which kind, and wait for what. */
export async function readFigures(tx: Tx, actor: Actor): Promise<Figures> {
  const mine = sql`c.partner_id = ${actor.partner.id} and ${customerScope(actor)}`
  const todos = todoKinds.map((kind) => (readsOtherRows(kind)
    // On its own the database joins once; inside the sum over all customers it would look at the account of each.
    ? sql`, (select count(*)::int from customers c where ${mine} and ${todoConditions[kind]}) as ${sql.identifier(kind)}`
    : sql`, count(*) filter (where ${todoConditions[kind]})::int as ${sql.identifier(kind)}`))
  const [figures] = await tx.rows<Figures>(sql`
    select count(*)::int as total, count(*) filter (where c.association_type = 'RESALE')::int as resale, count(*) filter (where c.association_type = 'REFERRAL')::int as referral,
           count(*) filter (where c.state <> 'NORMAL')::int as frozen, coalesce(sum(c.month_expenditure), 0)::bigint as "monthExpenditure" ${sql.join(todos)}
      from customers c where ${mine}`)
  if (!figures) throw new Error('a sum over nothing is still a row')
  return figures
}

const readsOtherRows = (kind: CustomerTodo): boolean => kind === 'no_balance'

/** Amounts in minor units. */
export type Month = { month: string; expenditure: bigint; allocated: bigint; reclaimed: bigint }

/** @returns the last twelve months of the partner's zone, oldest first, for the customers of the person's scope. */
export async function readMonths(tx: Tx, now: Date, actor: Actor): Promise<Month[]> {
  const { id: partnerId, timeZone } = actor.partner
  const months = lastTwelveMonths(now, timeZone)
  const monthOf = (instant: SQL) => sql`date_trunc('month', ${instant} at time zone ${timeZone}::text)::date`
  const mine = (customer: SQL) => (seesWholePartner(actor) ? sql`true` : sql`${customer} in (select c.id from customers c where c.partner_id = ${partnerId} and ${customerScope(actor)})`)
  return await tx.rows<Month>(sql`
    with spent as (
      select e.month, sum(e.amount) as amount from expenditures e
       where e.partner_id = ${partnerId} and e.month >= (${monthOf(sql`${now}::timestamptz`)} - interval '11 months')::date and ${mine(sql`e.customer_id`)} group by e.month
    ), moved as (
      select ${monthOf(sql`d.at`)} as month, sum(d.amount) filter (where d.kind = 'allocate') as allocated, sum(d.amount) filter (where d.kind <> 'allocate') as reclaimed from adjustments d
       where d.partner_id = ${partnerId} and d.at >= (${monthOf(sql`${now}::timestamptz`)} - interval '11 months') at time zone ${timeZone}::text and ${mine(sql`d.customer_id`)} group by 1
    )
    select to_char(m.month, 'YYYY-MM') as month, coalesce(spent.amount, 0)::bigint as expenditure, coalesce(moved.allocated, 0)::bigint as allocated, coalesce(moved.reclaimed, 0)::bigint as reclaimed
      from ${months} left join spent on spent.month = m.month left join moved on moved.month = m.month order by m.month`)
}

/** `coupon` is the kind of the coupons or quotas that end. */
export type Deadline = { kind: DeadlineKind; count: number; nearest: Date; coupon: string | null }
/** Frozen resources are kept for 15 days after the freeze. */
const releasedAfterDays = 15

/** @param from @param to days within which a resource's expiry is worth a word. @returns what ends soon, within the person's scope; nothing that has no row. */
export async function readDeadlines(tx: Tx, now: Date, actor: Actor, from: string, to: string): Promise<Deadline[]> {
  const mine = sql`c.partner_id = ${actor.partner.id} and ${customerScope(actor)}`
  // The exports a person sees: their own, or all for an administrator.
  const exports = sql`x.partner_id = ${actor.partner.id} and ${isAdministrator(actor) ? sql`true` : sql`x.member_id = ${actor.member.id}`}`
  // Coupons of kinds that the partner issues: somebody else's are not its to look after.
  const ours = (kind: SQL) => sql`${kind} = any(${list([...mayIssueKinds[actor.partner.type]])}::text[])`
  const soon = sql`${now}::timestamptz + make_interval(days => ${couponEndsSoonDays}::int)`
  const rows = await tx.rows<Deadline & { nearest: Date | null }>(sql`
    select 'resources_expire' as kind, count(*)::int as count, min(c.next_expiry) as nearest, null::text as coupon from customers c where ${mine} and ${sql.join(inDays(sql`c.next_expiry`, from, to, actor.partner.timeZone), sql` and `)}
    union all
    select 'resources_released', count(*)::int, coalesce(min(c.frozen_at), ${now}::timestamptz) + make_interval(days => ${releasedAfterDays}::int), null from customers c where ${mine} and c.state = 'RESOURCES_FROZEN'
    union all
    select 'exports_expire', count(*)::int, min(x.expires_at), null from export_tasks x where ${exports} and x.state = 'COMPLETED'
    union all
    select 'coupons_end', count(*)::int, min(k.valid_until), k.kind from coupons k where k.partner_id = ${actor.partner.id} and ${ours(sql`k.kind`)} and k.state = 'ACTIVE' and k.valid_until > ${now}::timestamptz and k.valid_until <= ${soon}
       and k.customer_id in (select c.id from customers c where ${mine}) group by k.kind
    union all
    select 'quotas_end', count(*)::int, min(q.valid_to), q.kind from coupon_quotas q where q.partner_id = ${actor.partner.id} and ${ours(sql`q.kind`)} and q.withdrawn_at is null and q.left_over > 0 and q.valid_from <= ${now}::timestamptz
       and q.valid_to > ${now}::timestamptz and q.valid_to <= ${soon} group by q.kind`)
  return rows.filter(({ count, nearest }) => count > 0 && nearest !== null)
}

/** @returns how many incentive statements can be confirmed, and when the first of them no more, within the person's scope; undefined where there is none. */
export async function readStatementsToConfirm(tx: Tx, now: Date, actor: Actor): Promise<Deadline | undefined> {
  const [row] = await tx.rows<{ count: number; nearest: Date | null }>(sql`select count(*)::int as count, min(s.confirm_until) as nearest from incentive_statements s
    where s.partner_id = ${actor.partner.id} and s.state = 'PENDING_CONFIRMATION' and s.confirm_until > ${now}::timestamptz and ${statementScope(actor)}`)
  return row?.nearest ? { kind: 'incentives_end', count: row.count, nearest: row.nearest, coupon: null } : undefined
}

export type Balances = { topUp: bigint; credit: bigint; creditLimit: bigint; allocated: bigint }

/** @returns the partner's own money, and what the customers of the person's scope still have of their allocations; minor units. */
export async function readBalances(tx: Tx, actor: Actor): Promise<Balances> {
  const allocated = seesWholePartner(actor)
    ? sql`select sum(a.balance) from accounts a where a.partner_id = ${actor.partner.id} and a.kind = 'customer'`
    : sql`select sum(a.balance) from customers c join accounts a on a.partner_id = c.partner_id and a.id = c.account_id where c.partner_id = ${actor.partner.id} and ${customerScope(actor)}`
  const [row] = await tx.rows<Balances>(sql`
    select coalesce(sum(a.balance) filter (where a.kind = 'top-up'), 0)::bigint as "topUp", coalesce(sum(a.balance) filter (where a.kind = 'credit'), 0)::bigint as credit,
           coalesce(sum(a.overdraft) filter (where a.kind = 'credit'), 0)::bigint as "creditLimit", coalesce((${allocated}), 0)::bigint as allocated
      from accounts a where a.partner_id = ${actor.partner.id} and a.owner_id is null and a.kind in ('top-up', 'credit')`)
  return row ?? { topUp: 0n, credit: 0n, creditLimit: 0n, allocated: 0n }
}

/** @returns the vendor's employee who looks after the partner; not the partner's personal data, so it is shown in full. */
export async function readEcosystemManager(tx: Tx, partnerId: string): Promise<{ name: string; mobile: string; email: string } | null> {
  const [row] = await tx.rows<{ name: string | null; mobile: string | null; email: string | null }>(sql`
    select p.ecosystem_name as name, p.ecosystem_mobile as mobile, p.ecosystem_email as email from partners p where p.id = ${partnerId}`)
  return row && row.name !== null ? { name: row.name, mobile: row.mobile ?? '', email: row.email ?? '' } : null
}
