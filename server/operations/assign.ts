import { list, sql, type SQL } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'

/** Days of assignments and their figures are China time, whatever zone the partner reads. */
const figuresZone = 'Asia/Shanghai'

/** @returns the day of an instant, China time, as a date of SQL. */
export const chinaDay = (at: Date): SQL => sql`(${at}::timestamptz at time zone ${figuresZone}::text)::date`

/** What a change of the account manager is: given by a colleague, brought by an invitation, taken back, handed over, or set by the vendor. */
type AssignedBy = 'assigned' | 'invitation' | 'reclaimed' | 'handed_over' | 'vendor'

export type Wish = {
  partnerId: string
  customerIds: readonly string[]
  /** Whose they become; null: nobody's. */
  managerId: string | null
  by: AssignedBy
  /** The member who did it; null: nobody of the partner. */
  memberId: string | null
  /** YYYY-MM-DD: the last day that counts for the earlier manager, where that is not today. */
  lastDay?: string
}

/** Gives customers to a manager, or to nobody: the only place where `customers.manager_id` changes. Ends the stretch of whoever had them (its last day is
 *  today) and begins a new one (its first day is tomorrow). Customers that are so already stay as they are. Two stretches of one customer never share a
 *  day, also when a transaction that began before midnight waited for one that began after it.
 *  The caller holds the customers' rows, or is the only one who knows them. @returns how many changed hands. */
export async function assign(tx: Tx, now: Date, { partnerId, customerIds, managerId, by, memberId, lastDay }: Wish): Promise<number> {
  const wanted = list(customerIds)
  const day = lastDay === undefined ? chinaDay(now) : sql`${lastDay}::date`
  const ended = await tx.rows<{ id: string }>(sql`
    update assignments set ended_at = ${now}::timestamptz, counts_to = greatest(${day}, counts_from - 1), ended_how = ${by === 'assigned' || by === 'invitation' ? 'changed' : by}, ended_by_id = ${memberId}::uuid
     where partner_id = ${partnerId} and customer_id = any(${wanted}::uuid[]) and ended_at is null and manager_id is distinct from ${managerId}::uuid returning customer_id as id`)
  const changed = await tx.rows<{ id: string }>(sql`update customers set manager_id = ${managerId}::uuid where partner_id = ${partnerId} and id = any(${wanted}::uuid[]) and manager_id is distinct from ${managerId}::uuid returning id`)
  if (managerId === null || changed.length === 0) return changed.length
  const hadOne = new Set(ended.map(({ id }) => id))
  await tx.run(sql`
    insert into assignments (partner_id, id, customer_id, manager_id, assigned_at, counts_from, how, by_id)
    select ${partnerId}::uuid, gen_random_uuid(), c.id, ${managerId}::uuid, ${now}::timestamptz, greatest(${day}, h.counted) + 1, c.how, ${memberId}::uuid
      from unnest(${list(changed.map(({ id }) => id))}::uuid[], ${list(changed.map(({ id }) => (by === 'assigned' && hadOne.has(id) ? 'changed' : by)))}::text[]) as c(id, how)
      left join (select a.customer_id, max(a.counts_to) as counted from assignments a where a.partner_id = ${partnerId} and a.customer_id = any(${wanted}::uuid[]) group by a.customer_id) h on h.customer_id = c.id`)
  return changed.length
}
