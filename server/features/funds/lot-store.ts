import type { Parsed } from '#contract/endpoint.ts'
import type { FundsSource, listLots } from '#contract/customers.ts'
import { customerScope, type Actor } from '#server/auth/actor.ts'
import { inDays } from '#server/db/days.ts'
import { sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'

/** Amounts in minor units; the operator's name clear. */
export type LotRow = { id: string; number: string; source: FundsSource; granted: bigint; spent: bigint; reclaimed: bigint; remaining: bigint; at: Date; operatorName: string | null }
type Asked = Parsed<typeof listLots>['body']

const orders = { '-at': sql`l.seq desc`, at: sql`l.seq`, '-remaining': sql`l.remaining desc, l.seq desc`, remaining: sql`l.remaining, l.seq` }

/** @returns the customer's account and what is left in it, or undefined when the customer is unknown, foreign or outside the person's scope. */
export async function readAccountOf(tx: Tx, actor: Actor, customerId: string): Promise<{ id: string; balance: bigint } | undefined> {
  const [row] = await tx.rows<{ id: string; balance: bigint }>(sql`select a.id, a.balance from customers c join accounts a on a.partner_id = c.partner_id and a.id = c.account_id
    where c.partner_id = ${actor.partner.id} and c.id = ${customerId} and ${customerScope(actor)}`)
  return row
}

/** @returns the page asked for, and how many lots of the account match in all. */
export async function queryRows(tx: Tx, { partner: { id: partnerId, timeZone } }: Actor, accountId: string, { source, state, from, to, sort, page, pageSize }: Asked): Promise<{ rows: LotRow[]; total: number }> {
  const all = [sql`l.partner_id = ${partnerId}`, sql`l.account_id = ${accountId}`, ...inDays(sql`l.at`, from, to, timeZone)]
  if (source !== undefined) all.push(sql`l.source = ${source}`)
  if (state !== undefined) all.push(state === 'OPEN' ? sql`l.remaining > 0` : sql`l.remaining = 0`)
  const where = sql.join(all, sql` and `)
  const [counted] = await tx.rows<{ total: number }>(sql`select count(*)::int as total from lots l where ${where}`)
  const rows = await tx.rows<LotRow>(sql`select l.id, l.number, l.source, l.granted, l.spent, l.reclaimed, l.remaining, l.at, m.name as "operatorName"
    from lots l left join members m on m.partner_id = l.partner_id and m.id = l.operator_id where ${where} order by ${orders[sort]} limit ${pageSize} offset ${(page - 1) * pageSize}`)
  return { rows, total: counted?.total ?? 0 }
}
