import { every, inDays } from '#server/db/days.ts'
import { sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'

export type Statement = { /** Minor units: opening + in − out = closing. */ opening: bigint; in: bigint; out: bigint; closing: bigint }
/** Days in the partner's zone, YYYY-MM-DD, both included; undefined: without bound. */
export type DayRange = { from?: string | undefined; to?: string | undefined }

/** @returns what the account held before the range, what came in and went out, and what it held after. */
export async function readStatement(tx: Tx, partnerId: string, accountId: string, range: DayRange, timeZone: string): Promise<Statement> {
  const during = every(inDays(sql`e.at`, range.from, range.to, timeZone))
  const until = every(inDays(sql`e.at`, undefined, range.to, timeZone))
  // The balance, less what came later, is what the account held at the end. So the sums agree whatever order the instants have, and the whole
  // past need not be added up when only the last days are asked for.
  const [row] = await tx.rows<{ balance: bigint; in: bigint; out: bigint; later: bigint }>(sql`
    select a.balance, coalesce(s.came, 0)::bigint as "in", coalesce(s.went, 0)::bigint as "out", coalesce(s.later, 0)::bigint as later
      from accounts a cross join lateral (
        select sum(e.amount) filter (where ${during} and e.amount > 0) as came, -sum(e.amount) filter (where ${during} and e.amount < 0) as went, sum(e.amount) filter (where not (${until})) as later
          from entries e where e.partner_id = ${partnerId} and e.account_id = a.id) s
     where a.partner_id = ${partnerId} and a.id = ${accountId}`)
  if (!row) throw new Error(`account ${accountId} does not exist`)
  const closing = row.balance - row.later
  return { opening: closing - row.in + row.out, in: row.in, out: row.out, closing }
}
