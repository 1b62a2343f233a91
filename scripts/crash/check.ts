import { createHash } from 'node:crypto'
import * as z from 'zod/mini'
import { findBrokenChains } from '#server/audit/verify.ts'
import { list, sql } from '#server/db/query.ts'
import type { Database, Tx } from '#server/db/transaction.ts'
import { findMismatches } from '#server/ledger/invariants.ts'
import type { Operation, Worker } from './load.ts'

type Done = { id: string; kind: string; key_hash: string; customer_id: string; amount: bigint }
const Answer = z.object({ transferId: z.string(), total: z.string() })
const hashKey = (key: string) => createHash('sha256').update(key).digest('hex')

/** Compares the database with what the clients know. @param topUpMinor what the partner had at the start.
 *  @returns one sentence per thing that is wrong, at most 20; empty when all is well. */
export async function check(database: Database, partnerId: string, workers: readonly Worker[], topUpMinor: bigint): Promise<string[]> {
  return await database.inSnapshot(partnerId, async (tx) => {
    await tx.raw('set local statement_timeout = 0')
    const done = await tx.rows<Done>(sql`select t.id, t.kind, t.key_hash, a.customer_id, a.amount from transfers t left join adjustments a on a.partner_id = t.partner_id and a.transfer_id = t.id
      where t.partner_id = ${partnerId} and t.kind in ('allocate', 'reclaim')
      union all select t.id, t.kind, t.key_hash, r.customer_id, r.actual from transfers t left join coupon_records r on r.partner_id = t.partner_id and r.transfer_id = t.id where t.partner_id = ${partnerId} and t.kind in ('coupon_issue', 'coupon_reclaim')`)
    const wrong = [
      ...compareOperations(done, workers.flatMap(({ operations }) => operations)),
      ...(await findMismatches(tx)).map(({ rule, place, difference }) => `the books do not agree: ${rule} ${place} ${difference}`),
      ...(await findBrokenChains(tx)).map(({ seq, why }) => `the operation log is broken at ${seq}: ${why}`),
      ...(await findHalves(tx, partnerId)),
      ...(await compareBalances(tx, partnerId, workers, done, topUpMinor)),
    ]
    return wrong.slice(0, 20)
  })
}

/** @returns how many of the operations under these keys were done. */
export const countDone = (database: Database, partnerId: string, keys: readonly string[]): Promise<number> =>
  database.inTenant(partnerId, async (tx) => (await tx.rows(sql`select 1 from transfers where partner_id = ${partnerId} and key_hash = any(${list(keys.map(hashKey))}::text[])`)).length)

/** Every acknowledged operation once and as acknowledged, every open one at most once, and nothing that nobody asked for. */
function compareOperations(done: readonly Done[], operations: readonly Operation[]): string[] {
  const byKey = Map.groupBy(done, ({ key_hash }) => key_hash)
  const wrong = operations.flatMap(({ key, kind, customer, amount, answer }) => {
    const found = byKey.get(hashKey(key)) ?? []
    byKey.delete(hashKey(key))
    const [first] = found
    if (found.length > 1) return [`${kind} under key ${key} was done ${found.length} times`]
    if (!first) return answer === undefined ? [] : [`${kind} under key ${key} was acknowledged and is lost`]
    if (first.kind !== kind || first.amount !== amount || first.customer_id !== customer.id) return [`${kind} under key ${key} was done otherwise than asked`]
    // The answer about coupons names coupons; that they are there, each with its record, is what was compared.
    return answer !== undefined && !kind.startsWith('coupon') && Answer.parse(JSON.parse(answer)).transferId !== first.id ? [`${kind} under key ${key} was acknowledged as another transfer`] : []
  })
  return [...wrong, ...[...byKey.keys()].map((hash) => `a transfer under key hash ${hash} was never asked for`)]
}

/** What belongs to one operation is there with it, and nothing of it without it. */
async function findHalves(tx: Tx, partnerId: string): Promise<string[]> {
  const rows = await tx.rows<{ what: string; id: string }>(sql`
    with moved as (select t.*, a.id as adjustment_id, a.number as adjustment_number, a.amount from transfers t left join adjustments a on a.partner_id = t.partner_id and a.transfer_id = t.id
      where t.partner_id = ${partnerId} and t.kind in ('allocate', 'reclaim'))
    select 'two entries' as what, m.id::text as id from moved m where (select count(*) from entries e where e.partner_id = m.partner_id and e.transfer_id = m.id) <> 2
    union all select 'one adjustment', m.id::text from moved m group by m.id having count(m.adjustment_id) <> 1
    union all select 'its lots', m.id::text from moved m where m.amount is distinct from (select sum(l.amount) from lot_moves l where l.partner_id = m.partner_id and l.adjustment_id = m.adjustment_id)
    union all select 'one row of the log', m.id::text from moved m left join (select object_number, count(*) as rows from log_entries where partner_id = ${partnerId} and operation in ('funds.allocate', 'funds.reclaim') and result = 'success' group by 1) l on l.object_number = m.adjustment_number where l.rows is distinct from 1
    union all select 'its used proof', m.id::text from moved m left join proofs p on p.partner_id = m.partner_id and p.id = m.proof_id where p.state is distinct from 'used'
    union all select 'its request key', m.id::text from moved m left join request_keys k on k.partner_id = m.partner_id and encode(sha256(convert_to(k.key, 'UTF8')), 'hex') = m.key_hash where k.status is distinct from 200 or (k.body::jsonb ->> 'transferId') is distinct from m.id::text
    union all select 'a transfer for the used proof', p.id::text from proofs p where p.partner_id = ${partnerId} and p.state = 'used' and not exists (select from transfers t where t.partner_id = p.partner_id and t.proof_id = p.id)
    union all select 'a transfer for the request key', k.key from request_keys k where k.partner_id = ${partnerId} and not exists (select from transfers t where t.partner_id = k.partner_id and t.key_hash = encode(sha256(convert_to(k.key, 'UTF8')), 'hex'))
    union all select 'an adjustment for the row of the log', l.object_number from log_entries l where l.partner_id = ${partnerId} and l.operation in ('funds.allocate', 'funds.reclaim') and not exists (select from adjustments a where a.partner_id = l.partner_id and a.number = l.object_number)
    union all select 'one record, its used proof and its request key of coupons', t.id::text from transfers t left join proofs p on p.partner_id = t.partner_id and p.id = t.proof_id
      left join request_keys k on k.partner_id = t.partner_id and encode(sha256(convert_to(k.key, 'UTF8')), 'hex') = t.key_hash where t.partner_id = ${partnerId} and t.kind in ('coupon_issue', 'coupon_reclaim')
       and (p.state is distinct from 'used' or k.status is distinct from 200 or (select count(*) from coupon_records r where r.partner_id = t.partner_id and r.transfer_id = t.id) <> 1)
    union all select 'one row of the log for each movement of coupons', count(*)::text from log_entries where partner_id = ${partnerId} and operation in ('coupon.issue', 'coupon.reclaim') and result = 'success'
      having count(*) <> (select count(*) from transfers t where t.partner_id = ${partnerId} and t.kind in ('coupon_issue', 'coupon_reclaim'))
    union all select 'used and returned are the face value', k.number from coupons k where k.partner_id = ${partnerId} and k.face_value <> k.balance + k.used + k.returned
    union all select 'two messages for each transfer', count(*)::text from messages where partner_id = ${partnerId} and kind in ('FU-04', 'FU-05') having count(*) <> 2 * (select count(*) from moved)`)
  return rows.map(({ what, id }) => `missing: ${what} (${id})`)
}

/** Balances are what the acknowledged operations make of them; an open operation may have been done or not. */
async function compareBalances(tx: Tx, partnerId: string, workers: readonly Worker[], done: readonly Done[], topUpMinor: bigint): Promise<string[]> {
  const doneKeys = new Set(done.map(({ key_hash }) => key_hash))
  const expected = new Map<string, bigint>()
  for (const { customers, balances, open } of workers) {
    for (const { id, accountId } of customers) {
      const late = open && open.customer.id === id && (open.kind === 'allocate' || open.kind === 'reclaim') && doneKeys.has(hashKey(open.key)) ? (open.kind === 'allocate' ? open.amount : -open.amount) : 0n
      expected.set(accountId, (balances.get(id) ?? 0n) + late)
    }
  }
  const accounts = await tx.rows<{ id: string; kind: string; balance: bigint }>(sql`select id, kind, balance from accounts where partner_id = ${partnerId}`)
  const allocated = [...expected.values()].reduce((sum, balance) => sum + balance, 0n)
  return accounts.flatMap(({ id, kind, balance }) => {
    const wanted = kind === 'customer' ? expected.get(id) : kind === 'top-up' ? topUpMinor - allocated : undefined
    return wanted === undefined || wanted === balance ? [] : [`the ${kind} account ${id} holds ${balance} instead of ${wanted}`]
  })
}
