import type { FreezeReason } from '#contract/incentives.ts'
import { seesWholePartner, type Actor } from '#server/auth/actor.ts'
import { every } from '#server/db/days.ts'
import { sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { lineScope } from './scope.ts'

export type FreezeRecord = {
  id: string; statementId: string; statementNumber: string; period: string; cause: FreezeReason; explanation: string; customerId: string | null; customerNumber: string | null; customerName: string | null
  lines: number; amount: bigint; frozenAt: Date; releasesOn: string | null; releasedAt: Date | null
}

/** @returns a page of what is or was frozen, newest first. Of a freeze the person sees the lines of the own customers, and none without any. */
export async function findFreezes(tx: Tx, actor: Actor, { statementId, state }: { statementId?: string | undefined; state?: 'frozen' | 'released' | undefined }, { offset, limit }: { offset: number; limit: number }): Promise<{ rows: FreezeRecord[]; total: number }> {
  // As they are now: a line that was adjusted meanwhile counts with its new net.
  const own = sql`(select count(*)::int as lines, coalesce(sum(l.net), 0)::bigint as amount from incentive_frozen_lines h join incentive_lines l on l.partner_id = h.partner_id and l.id = h.line_id where h.partner_id = f.partner_id and h.freeze_id = f.id and ${every(lineScope(actor))}) own`
  const where = every([
    sql`f.partner_id = ${actor.partner.id}`, ...(statementId === undefined ? [] : [sql`f.statement_id = ${statementId}::uuid`]), ...(state === undefined ? [] : [state === 'frozen' ? sql`f.released_at is null` : sql`f.released_at is not null`]),
    ...(seesWholePartner(actor) ? [] : [sql`own.lines > 0`]),
  ])
  const [counted] = await tx.rows<{ total: number }>(sql`select count(*)::int as total from incentive_freezes f cross join lateral ${own} where ${where}`)
  const rows = await tx.rows<FreezeRecord>(sql`
    select f.id, s.id as "statementId", s.number as "statementNumber", to_char(s.period, 'YYYY-MM') as period, f.cause, f.explanation, c.id as "customerId", c.number as "customerNumber", c.name as "customerName",
           own.lines, own.amount, f.frozen_at as "frozenAt", f.releases_on::text as "releasesOn", f.released_at as "releasedAt"
      from incentive_freezes f cross join lateral ${own} join incentive_statements s on s.partner_id = f.partner_id and s.id = f.statement_id left join customers c on c.partner_id = f.partner_id and c.id = f.customer_id
     where ${where} order by f.frozen_at desc, f.id desc limit ${limit}::int offset ${offset}::int`)
  return { rows, total: counted?.total ?? 0 }
}
