import { randomUUID } from 'node:crypto'
import type { Tx } from '#server/db/transaction.ts'
import type { Account, Accounts } from './accounts.ts'
import type { Taking } from './lots.ts'
import { post, postLast, type AdjustmentLine, type DrawnNumbers, type Authorship, type Books, type LotTaking, type Posted, type Posting } from './post.ts'

type Order = { books: Books; by: Authorship; at: Date; isBatch: boolean; accounts: Accounts }
export type AllocateOrder = Order & {
  /** The partner's top-up or credit account. */
  from: Account
  /** Each customer once, with the customer's account and minor units. */
  rows: readonly { customerId: string; accountId: string; amount: bigint }[]
}
export type ReclaimOrder = Order & {
  /** Each customer once, with what is taken from which lots. */
  rows: readonly { customerId: string; accountId: string; takings: readonly Taking[] }[]
}

/** Moves money from the partner to customers; each customer gets one lot that remembers the source. Everything happens or nothing.
 *  @returns the numbers and the balances afterwards, one adjustment per row in the same order. Refuses with insufficient_funds. */
export const allocate = (tx: Tx, order: AllocateOrder): Promise<Posted> => post(tx, allocation(order))

/** As allocate, with the commit; see postLast. */
export const allocateLast = (tx: Tx, order: AllocateOrder, drawn: DrawnNumbers): Posted | undefined => postLast(tx, allocation(order), drawn)

function allocation({ from, rows, ...order }: AllocateOrder): Posting {
  const { kind: source } = from
  if (source !== 'top-up' && source !== 'credit') throw new Error(`nothing is allocated from ${source}`)
  const lines = rows.map((row) => ({ ...row, id: randomUUID(), kind: 'allocate' as const, source, later: 0n }))
  return {
    ...order, kind: 'allocate', adjustments: lines,
    moves: lines.flatMap(({ accountId, amount }) => [{ accountId: from.id, amount: -amount }, { accountId, amount }]),
    grants: lines.map(({ id, customerId, accountId, amount }) => ({ id: randomUUID(), customerId, accountId, sourceAccountId: from.id, source, amount, adjustmentId: id })),
  }
}

/** Moves money from customers back to the source account of each lot. Everything happens or nothing.
 *  @returns one adjustment per customer and source, in the order of the rows. */
export const reclaim = (tx: Tx, order: ReclaimOrder): Promise<Posted> => post(tx, reclamation(order))

/** As reclaim, with the commit; see postLast. */
export const reclaimLast = (tx: Tx, order: ReclaimOrder, drawn: DrawnNumbers): Posted | undefined => postLast(tx, reclamation(order), drawn)

function reclamation({ rows, ...order }: ReclaimOrder): Posting {
  const adjustments: AdjustmentLine[] = []
  const takings: LotTaking[] = []
  for (const { customerId, accountId, takings: taken } of rows) {
    const sources = [...new Set(taken.map(({ lot }) => lot.source))]
    const lines = sources.map((source) => {
      const parts = taken.filter(({ lot }) => lot.source === source)
      return { id: randomUUID(), customerId, accountId, kind: 'reclaim' as const, source, parts, amount: sumOf(parts) }
    })
    for (const [place, { parts, ...line }] of lines.entries()) {
      adjustments.push({ ...line, later: sumOf(lines.slice(place + 1)) })
      takings.push(...parts.map(({ lot, amount }) => ({ lotId: lot.id, amount, as: 'reclaimed' as const, adjustmentId: line.id })))
    }
  }
  const moves = rows.flatMap(({ accountId, takings: taken }) => taken.flatMap(({ lot, amount }) => [{ accountId, amount: -amount }, { accountId: lot.sourceAccountId, amount }]))
  return { ...order, kind: 'reclaim', moves, adjustments, takings }
}

const sumOf = (parts: readonly { amount: bigint }[]): bigint => parts.reduce((sum, { amount }) => sum + amount, 0n)
