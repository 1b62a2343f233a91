import type { Reply } from '#contract/endpoint.ts'
import type { getCustomer, queryCustomers } from '#contract/customers.ts'
import { amountFromMinor, fromMinor } from '#contract/money.ts'
import { presentReclaimable } from '#server/ledger/reclaimable.ts'
import { maskCompany, maskEmail, maskMobile, maskName } from '#server/masking/mask.ts'
import type { CustomerFacts, CustomerRecord } from './store.ts'

type Row = Omit<Reply<typeof queryCustomers>['items'][number], 'matched'>

/** @returns the row of a list, personal data masked. A referral customer has no balance. */
export function presentCustomer(row: CustomerRecord): Row {
  return {
    id: row.id, number: row.number, nameMasked: maskCompany(row.name), accountNameMasked: maskCompany(row.accountName),
    associationType: row.associationType, associatedAt: row.associatedAt.toISOString(),
    mobileMasked: maskMobile(row.mobile), emailMasked: maskEmail(row.email), tag: row.tag,
    manager: row.managerId === null ? null : { id: row.managerId, nameMasked: maskName(row.managerName ?? '') },
    monthExpenditure: fromMinor(row.monthExpenditure),
    balance: row.associationType === 'RESALE' ? amountFromMinor(row.balance) : null,
    budget: row.budgetType === null || row.budgetAmount === null ? null : { type: row.budgetType, amount: amountFromMinor(row.budgetAmount), usedPercent: row.budgetPercent ?? 0 },
    state: row.state, freezeCause: row.freezeCause, nextExpiry: row.nextExpiry?.toISOString() ?? null,
  }
}

/** @returns everything of a customer's page. Only resale customers hold money that can be taken back. */
export function presentDetail(row: CustomerRecord, facts: CustomerFacts, trend: readonly { month: string; amount: bigint }[], now: Date): Reply<typeof getCustomer> {
  return {
    ...presentCustomer(row),
    reclaimable: row.associationType === 'RESALE' ? presentReclaimable({ allocated: row.balance, ...facts }, now) : null,
    allocations: facts.allocations, openLots: facts.openLots,
    expenditureTrend: trend.map(({ month, amount }) => ({ month, amount: fromMinor(amount) })),
    budgetWhenUsedUp: row.budgetWhenUsedUp, asOf: now.toISOString(),
  }
}
