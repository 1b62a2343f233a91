import type { BarKey } from '#contract/incentives.ts'
import type { Actor } from '#server/auth/actor.ts'
import { sql, type SQL } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { stateAt } from '#server/operations/incentive-payable.ts'
import type { Sums } from './rules.ts'

/** Behind each bar the lines it is made of, over `incentive_lines l`, its statement `s` and program `p`: which they are, and what each adds. Their sum over all lines is
 *  exactly the bar; only `carried` has none, because it is what is left of all of them. */
export function barLines(key: BarKey, now: Date): { which: SQL; adds: SQL } {
  const ordinary = sql`not s.is_negative`
  const state = stateAt(now)
  switch (key) {
    case 'performance': return { which: ordinary, adds: sql`l.incentive` }
    case 'excluded': return { which: sql`${ordinary} and l.is_excluded`, adds: sql`-l.incentive` }
    case 'tax': return { which: sql`${ordinary} and not l.is_excluded and l.tax <> 0`, adds: sql`-l.tax` }
    case 'adjustments': return { which: sql`${ordinary} and not l.is_excluded and l.adjustments > 0`, adds: sql`l.adjusted` }
    case 'negative': return { which: sql`s.is_negative and ${state} not in ('ESTIMATED','PENDING_CONFIRMATION')`, adds: sql`l.net` }
    case 'lapsed': return { which: sql`${ordinary} and ${state} = 'LAPSED' and not l.is_excluded`, adds: sql`-l.net` }
    case 'frozen': return { which: sql`${ordinary} and ${state} <> 'LAPSED' and l.freezes > 0 and not l.is_excluded`, adds: sql`-l.net` }
    case 'unconfirmed': return { which: sql`${ordinary} and ${state} in ('ESTIMATED','PENDING_CONFIRMATION') and l.freezes = 0 and not l.is_excluded`, adds: sql`-l.net` }
    case 'inPayment': return { which: sql`s.requested <> 0 and l.payout_round = s.payout_round and l.freezes = 0 and not l.is_excluded`, adds: sql`-l.net` }
    case 'paid': return { which: sql`s.paid <> 0 and l.payout_round < s.payout_round and not l.is_excluded`, adds: sql`-l.net` }
    case 'carried': return { which: sql`false`, adds: sql`0` }
  }
}

/** @param which of the statements; all of the partner without it. @returns the sums behind the bars, and the net of everything whatever its state. */
export async function readSums(tx: Tx, now: Date, { partner }: Pick<Actor, 'partner'>, which: SQL = sql`true`): Promise<Sums & { amount: bigint }> {
  const sumOf = (value: SQL, condition: SQL) => sql`coalesce(sum(${value}) filter (where ${condition}), 0)::bigint`
  const ordinary = sql`not s.is_negative`
  const [sums] = await tx.rows<Sums & { amount: bigint }>(sql`
    select ${sumOf(sql`s.performance`, ordinary)} as performance, ${sumOf(sql`s.excluded`, ordinary)} as excluded, ${sumOf(sql`s.tax`, ordinary)} as tax, ${sumOf(sql`s.adjusted`, ordinary)} as adjusted,
           ${sumOf(sql`s.net`, sql`${ordinary} and s.state = 'LAPSED'`)} as lapsed, ${sumOf(sql`s.frozen`, sql`${ordinary} and s.state <> 'LAPSED'`)} as frozen,
           ${sumOf(sql`s.net - s.frozen`, sql`${ordinary} and s.state in ('ESTIMATED','PENDING_CONFIRMATION')`)} as unconfirmed,
           ${sumOf(sql`s.net`, sql`s.is_negative and s.state not in ('ESTIMATED','PENDING_CONFIRMATION')`)} as negative,
           coalesce(sum(s.requested), 0)::bigint as requested, coalesce(sum(s.paid), 0)::bigint as paid, coalesce(sum(s.net), 0)::bigint as amount
      from (select s.*, ${stateAt(now)} as state_now from incentive_statements s join incentive_programs p on p.id = s.program_id where s.partner_id = ${partner.id} and ${which}) x
      cross join lateral (select x.is_negative, x.performance, x.excluded, x.tax, x.adjusted, x.net, x.frozen, x.requested, x.paid, x.state_now as state) s`)
  if (!sums) throw new Error('a sum over nothing is still a row')
  return sums
}
