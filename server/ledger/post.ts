import { randomUUID } from 'node:crypto'
import type { FundsSource } from '#contract/customers.ts'
import type { AdjustmentKind } from '#contract/funds.ts'
import { fromMinor } from '#contract/money.ts'
import type { ConfirmedBy } from '#contract/operation-log.ts'
import { brokenConstraint, sqlState } from '#server/db/errors.ts'
import { list, sql, type SQL } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { Refusal } from '#server/http/refusal.ts'
import type { Accounts } from './accounts.ts'
import { dayPart, nextNumber } from './numbers.ts'

/** Whose books, and the zone that decides on which day a movement falls. */
export type Books = { partnerId: string; /** IANA name. */ timeZone: string }

/** Who moves money and how it was confirmed; kept with the transfer for ever. */
export type Authorship = {
  /** The member; null for the vendor operator. */
  actorId: string | null
  proofId: string | null
  keyHash: string | null
  requestId: string
  confirmedBy: ConfirmedBy
  reason: string
}

export type TransferKind = 'top_up' | 'incentive' | 'own_top_up' | 'consume' | 'allocate' | 'reclaim' | CouponTransferKind
/** Of coupons and their quota; what is granted, used and lapses comes from and goes to `coupon-outside`. */
type CouponTransferKind = 'quota_grant' | 'quota_withdraw' | 'quota_issue' | 'quota_reclaim' | 'coupon_issue' | 'coupon_reclaim' | 'coupon_return' | 'coupon_lapse' | 'coupon_redeem' | 'coupon_receive'
type Move = { accountId: string; /** Minor units, signed. */ amount: bigint }
/** One line of the adjustment records, which each customer and source has once per transfer. */
export type AdjustmentLine = {
  id: string; customerId: string; accountId: string; kind: AdjustmentKind; source: FundsSource; amount: bigint
  /** What later lines of the same posting still take from the same account, so that each line states the balance at its own place. */
  later: bigint
}
type LotGrant = { id: string; customerId: string; accountId: string; sourceAccountId: string; source: FundsSource; amount: bigint; adjustmentId: string }
export type LotTaking = { lotId: string; amount: bigint; as: 'spent' | 'reclaimed'; /** Null when a customer spends: that is no adjustment. */ adjustmentId: string | null }

export type Posting = {
  books: Books
  by: Authorship
  at: Date
  kind: TransferKind
  isBatch: boolean
  /** At least those that the moves name. */
  accounts: Accounts
  /** Sum to zero. Several moves of one account become one entry. */
  moves: readonly Move[]
  adjustments?: readonly AdjustmentLine[]
  grants?: readonly LotGrant[]
  takings?: readonly LotTaking[]
}

type PostedAdjustment = { id: string; number: string; customerId: string; source: FundsSource; /** Minor units. */ amount: bigint; balanceAfter: bigint }
export type Posted = { transferId: string; /** `TX…`, or `B…` of a batch. */ number: string; adjustments: PostedAdjustment[] }

/** Writes one transfer with everything that belongs to it, in one statement: the only code that changes a balance. It locks the accounts itself, in the
 *  order of their ids, and looks at what they hold then, whatever the caller has read before.
 *  @param posting customers whose lots it takes from are locked. @returns the numbers drawn and the balances afterwards.
 *  Refuses with insufficient_funds what would take an account below its bound; nothing was written then. Throws when the moves do not sum to zero. */
export async function post(tx: Tx, posting: Posting): Promise<Posted> {
  const transferId = randomUUID()
  const moves = netByAccount(posting)
  const rows = await tx.rows<PostedRow>(statement(posting, transferId, moves)).catch((error: unknown) => {
    throw sqlState(error) === '23514' && brokenConstraint(error) === 'accounts_balance' ? new Refusal('insufficient_funds') : error
  })
  const [first] = rows
  if (first && first.available !== null) throw shortage(first.available, first.needed)
  if (!first || first.changed !== moves.length || first.taken !== (posting.takings ?? []).length) throw new Error(`transfer ${transferId} misses an account or a lot`)
  const adjustments = rows.flatMap((row) => (row.id === null ? [] : [{ id: row.id, number: row.number, customerId: row.customerId, source: row.source, amount: row.amount, balanceAfter: row.balanceAfter }]))
  return { transferId, number: first.transferNumber, adjustments }
}

/** @param available what the account allows to be taken. @param needed what was to be taken. Minor units. @returns the refusal that says what is missing. */
export const shortage = (available: bigint, needed: bigint): Refusal =>
  new Refusal('insufficient_funds', { facts: { available: fromMinor(available), needed: fromMinor(needed), short: fromMinor(needed - available) } })

type PostedRow = { transferNumber: string; changed: number; taken: number; needed: bigint; available: bigint | null } & (PostedAdjustment | { id: null })

function netByAccount({ accounts, moves }: Posting): Move[] {
  const sums = new Map<string, bigint>()
  for (const { accountId, amount } of moves) sums.set(accounts.get(accountId).id, (sums.get(accountId) ?? 0n) + amount)
  const perCurrency = new Map<string, bigint>()
  for (const [id, amount] of sums) {
    const { currency } = accounts.get(id)
    perCurrency.set(currency, (perCurrency.get(currency) ?? 0n) + amount)
  }
  for (const [currency, sum] of perCurrency) if (sum !== 0n) throw new Error(`the moves in ${currency} sum to ${sum}`)
  return [...sums].filter(([, amount]) => amount !== 0n).map(([accountId, amount]) => ({ accountId, amount })).toSorted((a, b) => (a.accountId < b.accountId ? -1 : 1))
}

// Always the same text, whatever there is to post, so that the database plans it once. `allowed` has no row when an account would fall below its bound:
// then none of the parts writes anything. The constraint on accounts stands behind it.
function statement({ books: { partnerId, timeZone }, by, at, kind, isBatch, adjustments = [], grants = [], takings = [] }: Posting, transferId: string, moves: readonly Move[]): SQL {
  const day = dayPart(at, timeZone)
  const made = [...grants.map(({ adjustmentId, id, amount }) => ({ adjustmentId, lotId: id, amount })), ...takings].filter(({ adjustmentId }) => adjustmentId !== null)
  return sql`
  with held as materialized (
    select a.id, a.currency, a.balance + a.overdraft as available, m.amount
      from unnest(${list(moves.map((one) => one.accountId))}::uuid[], ${list(moves.map((one) => one.amount))}::bigint[]) as m(account_id, amount)
      join accounts a on a.partner_id = ${partnerId} and a.id = m.account_id
     order by a.id for no key update of a
  ), allowed as materialized (
    select 1 where not exists (select 1 from held h where h.available + h.amount < 0)
  ), line as materialized (
    select u.*, ${nextNumber('TX', 'transaction_numbers', day)} as number
      from unnest(${list(adjustments.map((one) => one.id))}::uuid[], ${list(adjustments.map((one) => one.customerId))}::uuid[], ${list(adjustments.map((one) => one.accountId))}::uuid[], ${list(adjustments.map((one) => one.kind))}::text[],
        ${list(adjustments.map((one) => one.source))}::text[], ${list(adjustments.map((one) => one.amount))}::bigint[], ${list(adjustments.map((one) => one.later))}::bigint[])
        with ordinality as u(id, customer_id, account_id, kind, source, amount, later, place) where exists (select 1 from allowed)
  ), head as materialized (
    select case when ${isBatch}::boolean then ${nextNumber('B', 'batch_numbers', day)}
      else coalesce((select number from line where place = 1), ${nextNumber('TX', 'transaction_numbers', day)}) end as number from allowed
  ), transfer as (
    insert into transfers (partner_id, id, number, kind, is_batch, actor_id, proof_id, key_hash, request_id, confirmed_by, reason, at)
    select ${partnerId}::uuid, ${transferId}::uuid, head.number, ${kind}, ${isBatch}::boolean, ${by.actorId}::uuid, ${by.proofId}::uuid, ${by.keyHash}::text, ${by.requestId}, ${by.confirmedBy}, ${by.reason}, ${at}::timestamptz from head
    returning number
  ), changed as (
    update accounts a set balance = a.balance + h.amount from held h where a.partner_id = ${partnerId} and a.id = h.id and exists (select 1 from allowed)
    returning a.id, a.currency, a.balance, h.amount
  ), entered as (
    insert into entries (partner_id, transfer_id, account_id, currency, amount, balance_after, at)
    select ${partnerId}::uuid, ${transferId}::uuid, c.id, c.currency, c.amount, c.balance, ${at}::timestamptz from changed c
  ), adjusted as (
    insert into adjustments (partner_id, id, number, transfer_id, batch_number, customer_id, kind, source, amount, balance_before, balance_after, operator_id, at)
    select ${partnerId}::uuid, l.id, l.number, ${transferId}::uuid, case when ${isBatch}::boolean then head.number end, l.customer_id, l.kind, l.source, l.amount,
        c.balance + l.later - case when l.kind = 'allocate' then l.amount else -l.amount end, c.balance + l.later, ${by.actorId}::uuid, ${at}::timestamptz
      from line l join changed c on c.id = l.account_id cross join head order by l.place
    returning id, number, customer_id, source, amount, balance_after, seq
  ), granted as (
    insert into lots (partner_id, id, number, customer_id, account_id, source_account_id, source, transfer_id, operator_id, granted, spent, reclaimed, remaining, at)
    select ${partnerId}::uuid, g.id, ${nextNumber('LT', 'lot_numbers', day)}, g.customer_id, g.account_id, g.source_account_id, g.source, ${transferId}::uuid, ${by.actorId}::uuid, g.amount, 0, 0, g.amount, ${at}::timestamptz
      from unnest(${list(grants.map((one) => one.id))}::uuid[], ${list(grants.map((one) => one.customerId))}::uuid[], ${list(grants.map((one) => one.accountId))}::uuid[], ${list(grants.map((one) => one.sourceAccountId))}::uuid[],
        ${list(grants.map((one) => one.source))}::text[], ${list(grants.map((one) => one.amount))}::bigint[]) as g(id, customer_id, account_id, source_account_id, source, amount) where exists (select 1 from allowed)
  ), taken as (
    update lots l set remaining = l.remaining - t.amount, spent = l.spent + case when t.way = 'spent' then t.amount else 0 end, reclaimed = l.reclaimed + case when t.way = 'reclaimed' then t.amount else 0 end
      from unnest(${list(takings.map((one) => one.lotId))}::uuid[], ${list(takings.map((one) => one.amount))}::bigint[], ${list(takings.map((one) => one.as))}::text[]) as t(lot_id, amount, way)
     where l.partner_id = ${partnerId} and l.id = t.lot_id and exists (select 1 from allowed)
    returning l.id
  ), moved as (
    insert into lot_moves (partner_id, adjustment_id, lot_id, amount)
    select ${partnerId}::uuid, m.adjustment_id, m.lot_id, m.amount
      from unnest(${list(made.map((one) => one.adjustmentId))}::uuid[], ${list(made.map((one) => one.lotId))}::uuid[], ${list(made.map((one) => one.amount))}::bigint[]) as m(adjustment_id, lot_id, amount) where exists (select 1 from allowed)
  )
  select (select number from transfer) as "transferNumber", (select count(*)::int from changed) as changed, (select count(*)::int from taken) as taken, s.available, -s.amount as needed,
      a.id, a.number, a.customer_id as "customerId", a.source, a.amount, a.balance_after as "balanceAfter"
    from (select 1) one left join lateral (select h.available, h.amount from held h where h.available + h.amount < 0 order by h.id limit 1) s on true left join adjusted a on true order by a.seq`
}
