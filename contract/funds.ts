import * as z from 'zod/mini'
import { FundsSource, Reclaimable } from './customers.ts'
import { endpoint } from './endpoint.ts'
import { batchMax } from './limits.ts'
import { Masked } from './masked.ts'
import { Amount, Figure, PositiveAmount } from './money.ts'
import { Day, Id, Instant, listOf, pageFields } from './page.ts'

export const getAccounts = endpoint({
  method: 'GET', path: '/api/funds/accounts',
  response: z.object({
    topUp: z.object({ balance: Figure, held: Figure, available: Figure }),
    credit: z.object({ limit: Figure, used: Figure, available: Figure }),
    rebate: z.object({ balance: Figure, held: Figure, available: Figure }),
    /** What all customers together still have of their allocations, within the person's scope. */
    allocated: Figure,
    asOf: Instant,
  }),
})

const items = <T extends z.ZodMiniType>(item: T) => z.array(item).check(z.minLength(1, 'rows_min'), z.maxLength(batchMax, 'rows_max'))

/** One adjustment as the result of an operation: number and balance of each customer afterwards. */
export const AdjustmentResult = z.object({ id: Id, number: z.string(), customerId: Id, amount: Amount, balance: Amount })
export const AdjustmentsDone = z.object({
  transferId: Id, batchNumber: z.nullable(z.string()), total: Amount, count: z.int(), adjustments: z.array(AdjustmentResult),
})
export type AdjustmentsDone = z.infer<typeof AdjustmentsDone>

export const allocateFunds = endpoint({
  method: 'POST', path: '/api/funds/allocations', proof: 'funds.allocate', idempotent: true,
  body: z.strictObject({ from: FundsSource, items: items(z.strictObject({ customerId: Id, amount: PositiveAmount })) }),
  response: AdjustmentsDone,
})

export const reclaimFunds = endpoint({
  method: 'POST', path: '/api/funds/reclaims', proof: 'funds.reclaim', idempotent: true,
  body: z.strictObject({
    items: items(z.strictObject({ customerId: Id, amount: PositiveAmount, /** One open lot; without it newest first. */ lotId: z.optional(Id) })),
  }),
  response: AdjustmentsDone,
})

/** What the allocate and reclaim forms show for the chosen customers, in the order asked for. */
export const getFundsTargets = endpoint({
  method: 'POST', path: '/api/funds/targets/query', reads: true,
  body: z.strictObject({ customerIds: items(Id) }),
  response: z.object({
    items: z.array(z.object({
      customerId: Id, number: z.string(), nameMasked: Masked, isResale: z.boolean(), isFrozen: z.boolean(), balance: Amount, reclaimable: Reclaimable,
      lots: z.array(z.object({ id: Id, number: z.string(), source: FundsSource, remaining: Amount, at: Instant })),
    })),
    available: z.object({ topUp: Figure, credit: Figure }),
  }),
})

export const AdjustmentKind = z.enum(['allocate', 'reclaim', 'reclaim_disassociation', 'reclaim_switch'])
export type AdjustmentKind = z.infer<typeof AdjustmentKind>
export const Adjustment = z.object({
  id: Id, number: z.string(), batchNumber: z.nullable(z.string()), at: Instant, kind: AdjustmentKind,
  customer: z.object({ id: Id, nameMasked: Masked, number: z.string() }),
  source: FundsSource, amount: Amount, balanceBefore: Amount, balanceAfter: Amount,
  lots: z.array(z.object({ id: Id, number: z.string(), amount: Amount })),
  operatorMasked: Masked,
})
export type Adjustment = z.infer<typeof Adjustment>
export const AdjustmentSort = z.enum(['-at', 'at', '-amount', 'amount'])
export const AdjustmentFilter = z.strictObject({
  /** Full transaction or batch number. */
  number: z.optional(z.string().check(z.trim(), z.maxLength(40))),
  customerId: z.optional(Id), customerNumber: z.optional(z.string().check(z.trim(), z.regex(/^[0-9 ]{1,20}$/, 'number'))),
  kind: z.optional(AdjustmentKind), source: z.optional(FundsSource), from: z.optional(Day), to: z.optional(Day), operatorId: z.optional(Id),
})
export type AdjustmentFilter = z.infer<typeof AdjustmentFilter>
/** Any part of the counterparty's name: personal, so never in an address. */
export const Counterparty = z.string().check(z.trim(), z.minLength(2, 'name_part'), z.maxLength(64, 'name_part'))
export const queryAdjustments = endpoint({
  method: 'POST', path: '/api/funds/adjustments/query', reads: true,
  body: z.strictObject({
    ...pageFields, sort: z._default(AdjustmentSort, '-at'), filter: z._default(AdjustmentFilter, {}),
    counterparty: z.optional(Counterparty),
  }),
  response: listOf(Adjustment),
})
export const getAdjustment = endpoint({
  method: 'GET', path: '/api/funds/adjustments/:id', params: z.strictObject({ id: Id }),
  response: z.object({
    ...Adjustment.shape, transferId: Id, requestId: z.string(), confirmedBy: z.enum(['sms', 'email', 'click', 'none']),
    /** The other rows of the same batch. */
    siblings: z.array(Adjustment),
  }),
})

export const PartnerAccount = z.enum(['top-up', 'credit', 'rebate'])
export type PartnerAccount = z.infer<typeof PartnerAccount>
export const TransactionKind = z.enum(['top_up', 'allocate', 'reclaim', 'refund', 'incentive', 'repayment', 'withdrawal', 'correction'])
export type TransactionKind = z.infer<typeof TransactionKind>
export const Transaction = z.object({
  id: Id, number: z.string(), at: Instant, kind: TransactionKind, in: z.nullable(Amount), out: z.nullable(Amount), balanceAfter: Figure,
  counterparty: z.nullable(z.object({ customerId: z.nullable(Id), nameMasked: z.nullable(Masked), count: z.int() })),
  /** The adjustment, or the batch, that this movement belongs to. */
  related: z.nullable(z.object({ adjustmentId: z.nullable(Id), number: z.string() })),
  operatorMasked: z.nullable(Masked),
})
export type Transaction = z.infer<typeof Transaction>
export const TransactionFilter = z.strictObject({
  account: z._default(PartnerAccount, 'top-up'),
  kind: z.optional(TransactionKind), direction: z.optional(z.enum(['in', 'out'])), from: z.optional(Day), to: z.optional(Day),
  amountMin: z.optional(Amount), amountMax: z.optional(Amount), number: z.optional(z.string().check(z.trim(), z.maxLength(40))),
})
export type TransactionFilter = z.infer<typeof TransactionFilter>
export const queryTransactions = endpoint({
  method: 'POST', path: '/api/funds/transactions/query', reads: true,
  body: z.strictObject({ ...pageFields, filter: z._default(TransactionFilter, { account: 'top-up' }) }),
  response: z.object({
    ...listOf(Transaction).shape,
    /** Opening + in − out = closing, for the chosen range and account, whatever the other filters. */
    range: z.object({ opening: Figure, in: Figure, out: Figure, closing: Figure }),
  }),
})
