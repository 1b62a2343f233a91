import { sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'

/** `content`: the row differs from its hash. `link`: a row before it is missing or another. `head`: the last rows are missing. */
export type BrokenChain = { partnerId: string; /** The first broken row; for `head` the last one that is left. */ seq: bigint; why: 'content' | 'link' | 'head' }

/** Computes the hashes of the operation log anew, for every partner whose rows the transaction sees.
 *  @returns per partner the first row that does not fit; empty when nobody touched the log. */
export async function findBrokenChains(tx: Tx): Promise<BrokenChain[]> {
  // Recomputed by the function that the writing trigger uses, from the hash that the row before really has.
  return await tx.rows<BrokenChain>(sql`
    with chained as (
      select e.partner_id, e.seq, e.hash, e.previous_hash,
          sha256(e.previous_hash || convert_to(log_entry_text(e), 'UTF8')) as expected,
          lag(e.seq, 1, 0::bigint) over chain as seq_before, lag(e.hash, 1, sha256('partner'::bytea)) over chain as hash_before
        from log_entries e window chain as (partition by e.partner_id order by e.seq)
    ), broken as (
      select c.partner_id, c.seq, case when c.hash <> c.expected then 'content' else 'link' end as why
        from chained c where c.hash <> c.expected or c.previous_hash <> c.hash_before or c.seq <> c.seq_before + 1
      union all
      select h.partner_id, coalesce(l.seq, 0), 'head' from log_heads h
        left join lateral (select e.seq, e.hash from log_entries e where e.partner_id = h.partner_id order by e.seq desc limit 1) l on true
       where h.seq <> coalesce(l.seq, 0) or h.hash <> coalesce(l.hash, sha256('partner'::bytea))
    )
    select distinct on (b.partner_id) b.partner_id as "partnerId", b.seq, b.why from broken b order by b.partner_id, b.seq, b.why`)
}
