import type { Reply } from '#contract/endpoint.ts'
import type { listLots } from '#contract/customers.ts'
import type { getAccounts, getFundsTargets, queryAdjustments, queryTransactions } from '#contract/funds.ts'
import { amountFromMinor, fromMinor } from '#contract/money.ts'
import type { Masked } from '#contract/masked.ts'
import { presentReclaimable } from '#server/ledger/reclaimable.ts'
import type { Statement } from '#server/ledger/statement.ts'
import { maskCompany, maskName } from '#server/masking/mask.ts'
import type { AdjustmentRow, LotPart } from './adjustment-store.ts'
import type { LotRow } from './lot-store.ts'
import type { AccountRow, CustomerFunds, OpenLotRow } from './store.ts'
import type { TransactionRow } from './transaction-store.ts'

type Accounts = Record<AccountRow['kind'], AccountRow>

/** Rows that no member made were made by the vendor operator, who has no name here. */
const maskOperator = (name: string | null): Masked => maskName(name ?? '*')

/** @param allocated minor units. @returns the partner's accounts; nothing is held, because what would hold money is not part of the product yet. */
export const presentAccounts = ({ 'top-up': topUp, credit, rebate }: Accounts, allocated: bigint, now: Date): Reply<typeof getAccounts> => ({
  topUp: { balance: fromMinor(topUp.balance), held: fromMinor(0n), available: fromMinor(topUp.balance) },
  credit: { limit: fromMinor(credit.overdraft), used: fromMinor(-credit.balance), available: fromMinor(credit.overdraft + credit.balance) },
  rebate: { balance: fromMinor(rebate.balance), held: fromMinor(0n), available: fromMinor(rebate.balance) },
  allocated: fromMinor(allocated), asOf: now.toISOString(),
})

/** @param lots open ones of this customer. @returns what the allocate and reclaim forms show. */
export const presentTarget = (customer: CustomerFunds, lots: readonly OpenLotRow[], now: Date): Reply<typeof getFundsTargets>['items'][number] => ({
  customerId: customer.id, number: customer.number, nameMasked: maskCompany(customer.name), isResale: customer.isResale, isFrozen: customer.isFrozen,
  balance: amountFromMinor(customer.allocated), reclaimable: presentReclaimable(customer, now),
  lots: lots.map(({ id, number, source, remaining, at }) => ({ id, number, source, remaining: amountFromMinor(remaining), at: at.toISOString() })),
})

/** @param parts lots of any adjustments; those of this row are taken. @returns one adjustment record. */
export const presentAdjustment = (row: AdjustmentRow, parts: readonly LotPart[]): Reply<typeof queryAdjustments>['items'][number] => ({
  id: row.id, number: row.number, batchNumber: row.batchNumber, at: row.at.toISOString(), kind: row.kind,
  customer: { id: row.customerId, nameMasked: maskCompany(row.customerName), number: row.customerNumber },
  source: row.source, amount: amountFromMinor(row.amount), balanceBefore: amountFromMinor(row.balanceBefore), balanceAfter: amountFromMinor(row.balanceAfter),
  lots: parts.filter(({ adjustmentId }) => adjustmentId === row.id).map(({ id, number, amount }) => ({ id, number, amount: amountFromMinor(amount) })),
  operatorMasked: maskOperator(row.operatorName),
})

/** @returns one movement. A customer outside the person's scope stands there without name, so that the figures stay whole. */
export const presentTransaction = (row: TransactionRow): Reply<typeof queryTransactions>['items'][number] => ({
  id: row.id, number: row.number, at: row.at.toISOString(), kind: row.kind,
  in: row.amount > 0n ? amountFromMinor(row.amount) : null, out: row.amount < 0n ? amountFromMinor(-row.amount) : null, balanceAfter: fromMinor(row.balanceAfter),
  counterparty: row.customers === 0 ? null : { customerId: row.customerId, nameMasked: row.customerName === null ? null : maskCompany(row.customerName), count: row.customers },
  related: row.isBatch ? { adjustmentId: null, number: row.number } : row.adjustmentNumber === null ? null : { adjustmentId: row.adjustmentId, number: row.adjustmentNumber },
  operatorMasked: row.operatorName === null ? null : maskName(row.operatorName),
})

/** @returns opening + in − out = closing. */
export const presentStatement = (statement: Statement): Reply<typeof queryTransactions>['range'] =>
  ({ opening: fromMinor(statement.opening), in: fromMinor(statement.in), out: fromMinor(statement.out), closing: fromMinor(statement.closing) })

/** @returns one lot of a customer. */
export const presentLot = (row: LotRow): Reply<typeof listLots>['items'][number] => ({
  id: row.id, number: row.number, source: row.source, granted: amountFromMinor(row.granted), spent: amountFromMinor(row.spent), reclaimed: amountFromMinor(row.reclaimed),
  remaining: amountFromMinor(row.remaining), at: row.at.toISOString(), operatorMasked: maskOperator(row.operatorName), state: row.remaining > 0n ? 'OPEN' : 'EMPTY',
})
