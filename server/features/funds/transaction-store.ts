import type { TransactionFilter, TransactionKind } from '#contract/funds.ts'
import { toMinor } from '#contract/money.ts'
import { customerScope, seesWholePartner, type Actor } from '#server/auth/actor.ts'
import { inDays } from '#server/db/days.ts'
import { list, sql, type SQL } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'

/** One movement of an account; amounts in minor units, names clear. */
export type TransactionRow = {
  id: string; number: string; kind: TransactionKind; isBatch: boolean; at: Date; amount: bigint; balanceAfter: bigint; operatorName: string | null
  /** Customers on the other side; 0 for none. */
  customers: number
  /** Only when it is one customer and within the person's scope. */
  customerId: string | null; customerName: string | null; adjustmentId: string | null; adjustmentNumber: string | null
}

/** @param accountId of the partner's account that `filter.account` names. @returns the page asked for, newest first, and how many movements match in all. */
export async function queryRows(tx: Tx, actor: Actor, accountId: string, { filter, page, pageSize, selected }: { filter: TransactionFilter; page: number; pageSize: number; /** Only these; for an export of chosen rows. */ selected?: readonly string[] | undefined }): Promise<{ rows: TransactionRow[]; total: number }> {
  const partnerId = actor.partner.id
  const matching = sql`entries e join transfers t on t.partner_id = e.partner_id and t.id = e.transfer_id where ${sql.join([...conditions(actor, accountId, filter), ...(selected ? [sql`t.id = any(${list(selected)}::uuid[])`] : [])], sql` and `)}`
  const [counted] = await tx.rows<{ total: number }>(sql`select count(*)::int as total from ${matching}`)
  const rows = await tx.rows<TransactionRow>(sql`
    select p.id, p.number, p.kind, p.is_batch as "isBatch", p.at, p.amount, p.balance_after as "balanceAfter", m.name as "operatorName",
        coalesce(o.customers, 0)::int as customers, c.id as "customerId", c.name as "customerName", case when c.id is not null then o.adjustment_id end as "adjustmentId", o.adjustment_number as "adjustmentNumber"
      from (select e.seq, e.at, e.amount, e.balance_after, t.id, t.number, t.kind, t.is_batch, t.actor_id from ${matching} order by e.seq desc limit ${pageSize} offset ${(page - 1) * pageSize}) p
      left join members m on m.partner_id = ${partnerId} and m.id = p.actor_id
      left join lateral (
        select count(distinct d.customer_id) as customers, (array_agg(d.customer_id))[1] as customer_id, (array_agg(d.id order by d.seq))[1] as adjustment_id, (array_agg(d.number order by d.seq))[1] as adjustment_number
          from adjustments d where d.partner_id = ${partnerId} and d.transfer_id = p.id and d.source = ${filter.account}) o on true
      left join customers c on c.partner_id = ${partnerId} and o.customers = 1 and c.id = o.customer_id and ${seesWholePartner(actor) ? sql`true` : customerScope(actor)}
     order by p.seq desc`)
  return { rows, total: counted?.total ?? 0 }
}

function conditions(actor: Actor, accountId: string, filter: TransactionFilter): SQL[] {
  const partnerId = actor.partner.id
  const all = [sql`e.partner_id = ${partnerId}`, sql`e.account_id = ${accountId}`, ...inDays(sql`e.at`, filter.from, filter.to, actor.partner.timeZone)]
  if (filter.kind !== undefined) all.push(sql`t.kind = ${filter.kind}`)
  if (filter.direction !== undefined) all.push(filter.direction === 'in' ? sql`e.amount > 0` : sql`e.amount < 0`)
  if (filter.amountMin !== undefined) all.push(sql`abs(e.amount) >= ${toMinor(filter.amountMin)}::bigint`)
  if (filter.amountMax !== undefined) all.push(sql`abs(e.amount) <= ${toMinor(filter.amountMax)}::bigint`)
  if (filter.number !== undefined && filter.number !== '') {
    const number = filter.number.toUpperCase()
    all.push(sql`t.id in (select t.id from transfers t where t.partner_id = ${partnerId} and t.number = ${number}
      union all select d.transfer_id from adjustments d where d.partner_id = ${partnerId} and d.number = ${number})`)
  }
  return all
}

