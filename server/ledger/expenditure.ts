import { sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'

export type Expenditure = { partnerId: string; /** IANA name. */ timeZone: string; customerId: string; /** Minor units. */ amount: bigint; at: Date }

/** Adds to the customer's day, China time, by which account managers' figures are counted; to the customer's month in the partner's zone, to the month-to-date figure when that is the current month, and to the used part of the budget:
 *  a one-time budget counts everything, a monthly one only the current month. @param now decides which month is current. */
export async function recordExpenditure(tx: Tx, now: Date, { partnerId, timeZone, customerId, amount, at }: Expenditure): Promise<void> {
  await tx.run(sql`
    with that_day as (
      insert into expenditure_days as d (partner_id, customer_id, day, amount) values (${partnerId}::uuid, ${customerId}::uuid, (${at}::timestamptz at time zone 'Asia/Shanghai')::date, ${amount}::bigint)
      on conflict (partner_id, customer_id, day) do update set amount = d.amount + excluded.amount
    ), added as (
      insert into expenditures as e (partner_id, customer_id, month, amount)
      values (${partnerId}::uuid, ${customerId}::uuid, date_trunc('month', ${at}::timestamptz at time zone ${timeZone}::text)::date, ${amount}::bigint)
      on conflict (partner_id, customer_id, month) do update set amount = e.amount + excluded.amount
      returning e.amount, e.month = date_trunc('month', ${now}::timestamptz at time zone ${timeZone}::text)::date as is_current
    )
    update customers c set month_expenditure = case when a.is_current then a.amount else c.month_expenditure end,
        budget_used = c.budget_used + case when c.budget_type = 'ONE_TIME' or c.budget_type = 'MONTHLY' and a.is_current then ${amount}::bigint else 0 end
      from added a where c.partner_id = ${partnerId} and c.id = ${customerId}`)
}

/** Brings the month-to-date figures into the month of `now`: to be called by a job; doing it again changes nothing. A monthly budget starts anew with the
 *  month. @returns how many customers changed. */
export async function startMonth(tx: Tx, now: Date, { partnerId, timeZone }: Pick<Expenditure, 'partnerId' | 'timeZone'>): Promise<number> {
  return await tx.run(sql`
    update customers c set month_expenditure = f.amount, budget_used = case when c.budget_type = 'MONTHLY' then f.amount else c.budget_used end
      from (select k.id, coalesce(e.amount, 0) as amount from customers k
              left join expenditures e on e.partner_id = k.partner_id and e.customer_id = k.id and e.month = date_trunc('month', ${now}::timestamptz at time zone ${timeZone}::text)::date
             where k.partner_id = ${partnerId}) f
     where c.partner_id = ${partnerId} and c.id = f.id and c.month_expenditure <> f.amount`)
}
