import { randomUUID } from 'node:crypto'
import type { FundsSource } from '#contract/customers.ts'
import type { AdjustmentKind } from '#contract/funds.ts'
import { fromMinor } from '#contract/money.ts'
import type { ConfirmedBy } from '#contract/operation-log.ts'
import { detailOf, sqlState } from '#server/db/errors.ts'
import { list, sql, type SQL } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { Refusal } from '#server/http/refusal.ts'
import type { Accounts } from './accounts.ts'
import { dayPart, numberOf } from './numbers.ts'

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

/** Writes one transfer with everything that belongs to it, in one call of the database: the only code that changes a balance. It locks the accounts itself,
 *  in the order of their ids, and looks at what they hold then, whatever the caller has read before.
 *  @param posting customers whose lots it takes from are locked. @returns the numbers drawn and the balances afterwards.
 *  Refuses with insufficient_funds what would take an account below its bound; the transaction can only be undone then, to a savepoint or as a whole.
 *  Throws when the moves do not sum to zero. */
export async function post(tx: Tx, posting: Posting): Promise<Posted> {
  const transferId = randomUUID()
  const rows = await tx.rows<PostedRow>(statement(posting, transferId)).catch((error: unknown) => { throw asShortage(error) })
  const [first] = rows
  if (!first) throw new Error(`transfer ${transferId} was not answered`)
  const adjustments = rows.flatMap((row) => (row.id === null ? [] : [{ id: row.id, number: row.number, customerId: row.customerId, source: row.source, amount: row.amount, balanceAfter: row.balanceAfter }]))
  return { transferId, number: first.transferNumber, adjustments }
}

/** Drawn before: one for each adjustment, and for a batch one of its own. */
export type DrawnNumbers = { adjustments: readonly string[]; batch: string | undefined }

/** As post, with the commit, so that nobody waits for the accounts while this server thinks. Fails with PC002 what would take an account below its bound, and
 *  with PC003 when the customers' balances are not as they were read: they are locked, so that is a fault of the program.
 *  @returns the numbers and balances as they will be; undefined when too few numbers were drawn. */
export function postLast(tx: Tx, posting: Posting, drawn: DrawnNumbers): Posted | undefined {
  const { adjustments = [], books: { timeZone }, at, isBatch, accounts } = posting
  if (adjustments.length === 0 || drawn.adjustments.length < adjustments.length || (isBatch && drawn.batch === undefined)) return undefined
  const transferId = randomUUID()
  const day = dayPart(at, timeZone)
  const changes = new Map(netByAccount(posting).map(({ accountId, amount }) => [accountId, amount]))
  const lines = adjustments.map(({ id, customerId, accountId, source, amount, later }, place) => ({
    id, customerId, source, amount, number: numberOf('TX', day, drawn.adjustments[place] ?? ''), balanceAfter: accounts.get(accountId).balance + (changes.get(accountId) ?? 0n) + later,
  }))
  const number = isBatch && drawn.batch !== undefined ? numberOf('B', day, drawn.batch) : lines[0]?.number ?? ''
  tx.last(statement(posting, transferId, { numbers: [...lines.map((line) => line.number), number], afters: lines.map((line) => line.balanceAfter) }))
  return { transferId, number, adjustments: lines }
}

const shortState = 'PC002'

/** The database says what the account allows and what was needed. */
function asShortage(error: unknown): unknown {
  if (sqlState(error) !== shortState) return error
  const [available, needed] = detailOf(error).split(' ')
  return available !== undefined && needed !== undefined ? shortage(BigInt(available), BigInt(needed)) : error
}

/** @param available what the account allows to be taken. @param needed what was to be taken. Minor units. @returns the refusal that says what is missing. */
export const shortage = (available: bigint, needed: bigint): Refusal =>
  new Refusal('insufficient_funds', { facts: { available: fromMinor(available), needed: fromMinor(needed), short: fromMinor(needed - available) } })

type PostedRow = { transferNumber: string } & (PostedAdjustment | { id: null })

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

function statement(posting: Posting, transferId: string, foreseen: { numbers: readonly string[]; afters: readonly bigint[] } = { numbers: [], afters: [] }): SQL {
  const { books: { partnerId, timeZone }, by, at, kind, isBatch, adjustments = [], grants = [], takings = [] } = posting
  const moves = netByAccount(posting)
  const made = [...grants.map(({ adjustmentId, id, amount }) => ({ adjustmentId, lotId: id, amount })), ...takings].filter(({ adjustmentId }) => adjustmentId !== null)
  return sql`select transfer_number as "transferNumber", line_id as id, line_number as number, customer_id as "customerId", source, amount, balance_after as "balanceAfter" from post_transfer(
    ${partnerId}::uuid, ${transferId}::uuid, ${kind}, ${isBatch}::boolean, ${by.actorId}::uuid, ${by.proofId}::uuid, ${by.keyHash}::text, ${by.requestId}, ${by.confirmedBy}, ${by.reason}, ${at}::timestamptz, ${dayPart(at, timeZone)},
    ${list(moves.map((one) => one.accountId))}::uuid[], ${list(moves.map((one) => one.amount))}::bigint[],
    ${list(adjustments.map((one) => one.id))}::uuid[], ${list(adjustments.map((one) => one.customerId))}::uuid[], ${list(adjustments.map((one) => one.accountId))}::uuid[], ${list(adjustments.map((one) => one.kind))}::text[],
    ${list(adjustments.map((one) => one.source))}::text[], ${list(adjustments.map((one) => one.amount))}::bigint[], ${list(adjustments.map((one) => one.later))}::bigint[],
    ${list(grants.map((one) => one.id))}::uuid[], ${list(grants.map((one) => one.customerId))}::uuid[], ${list(grants.map((one) => one.accountId))}::uuid[], ${list(grants.map((one) => one.sourceAccountId))}::uuid[],
    ${list(grants.map((one) => one.source))}::text[], ${list(grants.map((one) => one.amount))}::bigint[],
    ${list(takings.map((one) => one.lotId))}::uuid[], ${list(takings.map((one) => one.amount))}::bigint[], ${list(takings.map((one) => one.as))}::text[],
    ${list(made.map((one) => one.adjustmentId))}::uuid[], ${list(made.map((one) => one.lotId))}::uuid[], ${list(made.map((one) => one.amount))}::bigint[],
    ${list(foreseen.numbers)}::text[], ${list(foreseen.afters)}::bigint[])`
}
