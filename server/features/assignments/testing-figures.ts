import { sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'

/** What happened to one customer: from this moment it is the manager's, or nobody's. In the order of time. */
export type Event = { at: Date; managerId: string | null }

const zone = 8 * 3_600_000
const startOf = (day: string): number => Date.parse(`${day}T00:00:00Z`) - zone

/** The rule of the figures, said in another way than the code says it: a day's figures belong to whoever had the customer when the day began, China time.
 *  @returns the manager; null: nobody. */
export const ownerOf = (events: readonly Event[], day: string): string | null => events.findLast(({ at }) => at.getTime() < startOf(day))?.managerId ?? null

const nobody = sql`'00000000-0000-0000-0000-000000000000'::uuid`

/** @returns kept figures of managers that differ from what customers, days and assignments add up to: none. */
export const differences = (tx: Tx, partnerId: string): Promise<unknown[]> => tx.rows(sql`
  select 'totals' as what, coalesce(k.id, t.manager_id)::text as manager from (
    select coalesce(c.manager_id, ${nobody}) as id, count(*)::int as customers, sum(c.month_expenditure)::bigint as spent from customers c where c.partner_id = ${partnerId} group by 1) k
    full join (select * from manager_totals where partner_id = ${partnerId}) t on t.manager_id = k.id
   where coalesce(k.customers, 0) <> coalesce(t.customers, 0) or coalesce(k.spent, 0) <> coalesce(t.month_expenditure, 0)
  union all
  select 'days', coalesce(k.id, t.manager_id)::text || ' ' || coalesce(k.day, t.day)::text from (
    select coalesce(a.manager_id, ${nobody}) as id, d.day, sum(d.amount)::bigint as amount from expenditure_days d
      left join assignments a on a.partner_id = d.partner_id and a.customer_id = d.customer_id and a.counts_from <= d.day and (a.counts_to is null or a.counts_to >= d.day)
     where d.partner_id = ${partnerId} group by 1, 2) k
    full join (select * from manager_days where partner_id = ${partnerId}) t on t.manager_id = k.id and t.day = k.day where coalesce(k.amount, 0) <> coalesce(t.amount, 0)`)
