import { sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'

/** `quotas`, `coupons`: a quota's or coupon's row differs from its account. `uses`: what a coupon says was used differs from the orders. `records`: what a quota
 *  says was issued and returned differs from the operation records. `resellers`: what a reseller's quota says it has from its distributor differs from what the distributor's records say it
 *  gave. `totals`: what is kept of coupons that are alike, for lists, differs from the coupons. `sum`: the entries of a currency do not sum to zero. `balance`: an account differs from the sum of its entries. `lots`: a customer's account differs
 *  from what is left in its lots. `moves`: a lot differs from what the adjustment records say of it. */
export type Mismatch = { partnerId: string; rule: 'sum' | 'balance' | 'lots' | 'moves' | 'quotas' | 'coupons' | 'uses' | 'records' | 'resellers' | 'totals'; /** Currency, account id, number of the lot, quota or coupon, or what the coupons have in common. */ place: string; /** Minor units. */ difference: bigint }

/** Checks the books of every partner whose rows the transaction sees. @returns up to 100 places where they do not agree; empty when all is well. */
export async function findMismatches(tx: Tx): Promise<Mismatch[]> {
  return await tx.rows<Mismatch>(sql`
    select m.partner_id as "partnerId", m.rule, m.place, m.difference::bigint as difference from (
      select e.partner_id, 'sum' as rule, e.currency as place, sum(e.amount) as difference from entries e group by e.partner_id, e.currency having sum(e.amount) <> 0
      union all
      select a.partner_id, 'balance', a.id::text, a.balance - coalesce(s.total, 0)
        from accounts a left join (select e.partner_id, e.account_id, sum(e.amount) as total from entries e group by e.partner_id, e.account_id) s on s.partner_id = a.partner_id and s.account_id = a.id
       where a.balance <> coalesce(s.total, 0)
      union all
      select a.partner_id, 'lots', a.id::text, a.balance - coalesce(s.total, 0)
        from accounts a left join (select l.partner_id, l.account_id, sum(l.remaining) as total from lots l group by l.partner_id, l.account_id) s on s.partner_id = a.partner_id and s.account_id = a.id
       where a.kind = 'customer' and a.balance <> coalesce(s.total, 0)
      union all
      select l.partner_id, 'moves', l.number, l.granted + l.reclaimed - coalesce(s.total, 0)
        from lots l left join (select m.partner_id, m.lot_id, sum(m.amount) as total from lot_moves m group by m.partner_id, m.lot_id) s on s.partner_id = l.partner_id and s.lot_id = l.id
       where l.granted + l.reclaimed <> coalesce(s.total, 0)
      union all
      select q.partner_id, 'quotas', q.number, q.left_over - a.balance from coupon_quotas q join accounts a on a.partner_id = q.partner_id and a.id = q.account_id where q.left_over <> a.balance
      union all
      select k.partner_id, 'coupons', k.number, k.balance - a.balance from coupons k join accounts a on a.partner_id = k.partner_id and a.id = k.account_id where k.balance <> a.balance
      union all
      select k.partner_id, 'uses', k.number, k.used - coalesce(s.total, 0)
        from coupons k left join (select u.partner_id, u.coupon_id, sum(u.amount) as total from coupon_redemptions u group by u.partner_id, u.coupon_id) s on s.partner_id = k.partner_id and s.coupon_id = k.id
       where k.used <> coalesce(s.total, 0)
      union all
      select partner_id, 'totals', concat_ws(' ', kind, state, valid_until, quota_id), coalesce(t.balance, 0) - coalesce(k.balance, 0)
        from coupon_totals t full join (
          select partner_id, kind, coalesce(quota_id, '00000000-0000-0000-0000-000000000000') as quota_id, state, valid_until, count(*)::int as total, sum(face_value) as face_value, sum(balance) as balance from coupons group by 1, 2, 3, 4, 5
        ) k using (partner_id, kind, quota_id, state, valid_until)
       where (coalesce(t.total, 0), coalesce(t.face_value, 0), coalesce(t.balance, 0)) <> (coalesce(k.total, 0), coalesce(k.face_value, 0), coalesce(k.balance, 0))
      union all
      select q.partner_id, 'records', q.number, q.left_over - coalesce(s.left_over, 0)
        from coupon_quotas q left join (
          select r.partner_id, r.quota_id, sum(r.quota_change) as left_over, sum(-r.quota_change) filter (where r.operation in ('issued','quota_issued')) as issued from coupon_records r group by r.partner_id, r.quota_id
        ) s on s.partner_id = q.partner_id and s.quota_id = q.id
       where (q.left_over <> coalesce(s.left_over, 0) or q.issued <> coalesce(s.issued, 0)) and exists (select 1 from accounts a where a.partner_id = q.partner_id and a.id = q.account_id)
      union all
      select q.partner_id, 'resellers', q.number, q.granted - q.withdrawn - coalesce(s.given, 0)
        from coupon_quotas q left join (
          select r.partner_id, r.quota_id, r.number, sum(-r.quota_change) as given from coupon_records r where r.operation in ('quota_issued','quota_reclaimed') group by r.partner_id, r.quota_id, r.number
        ) s on s.partner_id = q.parent_partner_id and s.quota_id = q.parent_quota_id and s.number = q.number
       where q.granted - q.withdrawn <> coalesce(s.given, 0) and exists (select 1 from coupon_quotas p where p.partner_id = q.parent_partner_id and p.id = q.parent_quota_id)
      union all
      select r.partner_id, 'resellers', r.number, -r.quota_change from coupon_records r
       where r.operation = 'quota_issued' and not exists (select 1 from coupon_quotas q where q.parent_partner_id = r.partner_id and q.parent_quota_id = r.quota_id and q.number = r.number)
    ) m limit 100`)
}
