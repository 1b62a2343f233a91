import type { FundsSource } from '#contract/customers.ts'
import { list, sql } from '#server/db/query.ts'
import type { Database, Tx } from '#server/db/transaction.ts'
import { Refusal } from '#server/http/refusal.ts'
import { readAccounts } from './accounts.ts'
import { allocate, reclaim } from './adjust.ts'
import { readLotsToReclaim, takeFrom } from './lots.ts'
import type { Posted } from './post.ts'
import { consume } from './vendor.ts'

export type TestCustomer = { id: string; accountId: string }

const by = { actorId: null, proofId: null, keyHash: null, requestId: 'test', confirmedBy: 'none' as const, reason: 'test' }

/** What tests do to the books of one partner. Each call is one transaction, locked and checked as the operations of the product are. */
export function booksOf(database: Database, partnerId: string) {
  const books = { partnerId, timeZone: 'Asia/Shanghai' }
  const within = <T>(work: (tx: Tx, now: Date) => Promise<T>) => database.inTenant(partnerId, work)
  const lockCustomers = (tx: Tx, customers: readonly TestCustomer[]) =>
    tx.rows(sql`select c.id from customers c where c.partner_id = ${partnerId} and c.id = any(${list(customers.map(({ id }) => id))}::uuid[]) order by c.id for no key update`)
  return {
    within,
    /** @param amount minor units for each. Refuses with insufficient_funds. */
    give: (source: FundsSource, customers: readonly TestCustomer[], amount: bigint): Promise<Posted> => within(async (tx, now) => {
      await lockCustomers(tx, customers)
      const accounts = await readAccounts(tx, partnerId, [source], customers.map(({ accountId }) => accountId))
      return await allocate(tx, { books, by, at: now, isBatch: customers.length > 1, accounts, from: accounts.partner(source), rows: customers.map(({ id, accountId }) => ({ customerId: id, accountId, amount })) })
    }),
    /** Takes from the newest lots, or from the one named. Refuses with rows_refused when the account holds less. */
    takeBack: (customer: TestCustomer, amount: bigint, lotId: string | null = null): Promise<Posted> => within(async (tx, now) => {
      await lockCustomers(tx, [customer])
      const accounts = await readAccounts(tx, partnerId, ['top-up', 'credit'], [customer.accountId])
      if (accounts.get(customer.accountId).balance < amount) throw new Refusal('rows_refused')
      const lots = await readLotsToReclaim(tx, partnerId, [{ customerId: customer.id, amount, lotId }])
      return await reclaim(tx, { books, by, at: now, isBatch: false, accounts, rows: [{ customerId: customer.id, accountId: customer.accountId, takings: takeFrom(lots, amount) }] })
    }),
    /** Refuses with insufficient_funds. */
    spend: ({ id }: TestCustomer, amount: bigint): Promise<string | null> =>
      within((tx, now) => consume(tx, now, { books, requestId: 'test', reason: 'test', at: now, amount, customerId: id })),
    /** @returns the balances of the partner's accounts by kind, and of the customers' accounts in their order. Minor units. */
    balances: (customers: readonly TestCustomer[]) => within(async (tx) => {
      const rows = await tx.rows<{ id: string; kind: string; owned: boolean; balance: bigint }>(sql`select id, kind, owner_id is not null as owned, balance from accounts where partner_id = ${partnerId}`)
      return {
        partner: Object.fromEntries(rows.filter(({ owned }) => !owned).map(({ kind, balance }) => [kind, balance])),
        customers: customers.map(({ accountId }) => rows.find(({ id }) => id === accountId)?.balance),
      }
    }),
    /** @returns the customer's lots, oldest first. Minor units. */
    lotsOf: ({ accountId }: TestCustomer) => within((tx) => tx.rows<{ id: string; source: FundsSource; granted: bigint; spent: bigint; reclaimed: bigint; remaining: bigint }>(
      sql`select id, source, granted, spent, reclaimed, remaining from lots where partner_id = ${partnerId} and account_id = ${accountId} order by seq`)),
  }
}
