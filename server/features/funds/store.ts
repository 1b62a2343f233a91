import type { FundsSource } from '#contract/customers.ts'
import type { Locale } from '#contract/people.ts'
import { customerScope, reachedList, seesWholePartner, type Actor } from '#server/auth/actor.ts'
import { list, sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { Refusal } from '#server/http/refusal.ts'
import { Accounts, type Account } from '#server/ledger/accounts.ts'
import { areBooksClosed } from '#server/ledger/books.ts'

/** A customer as far as moving money needs; amounts in minor units. */
export type CustomerToMove = {
  id: string; number: string; name: string; isResale: boolean; isFrozen: boolean; accountId: string
  held: bigint; unsettled: bigint; arrears: bigint
  mobile: string | null; email: string | null; language: Locale
}
/** A locked customer with the account of what was allocated to it, which nobody else can change meanwhile. */
export type LockedCustomer = CustomerToMove & { currency: string; balance: bigint; overdraft: bigint | null }
export type CustomerFunds = CustomerToMove & { allocated: bigint; own: bigint }
export type AccountRow = { kind: 'top-up' | 'credit' | 'rebate'; id: string; balance: bigint; overdraft: bigint }
export type OpenLotRow = { id: string; number: string; accountId: string; source: FundsSource; remaining: bigint; at: Date }

const columns = sql`c.id, c.number, c.name, c.association_type = 'RESALE' as "isResale", c.state <> 'NORMAL' as "isFrozen", c.account_id as "accountId",
  c.held, c.unsettled, c.arrears, c.mobile, c.email, c.language`

/** Locks the customers to the end of the transaction, in the order of their ids, and reads what they hold behind the lock; whoever moves a customer's money
 *  locks it first. @returns them by id. Refuses with not_found when any id is unknown, foreign or outside the person's scope, without saying which, and with
 *  busy while a failed check of the books has stopped all movements. */
export async function lockCustomers(tx: Tx, actor: Actor, ids: readonly string[]): Promise<Map<string, LockedCustomer>> {
  const wanted = [...new Set(ids)].toSorted()
  const rows = await tx.rows<LockedCustomer & { areBooksClosed: boolean }>(sql`select c.id, c.number, c.name, c.is_resale as "isResale", c.is_frozen as "isFrozen", c.account_id as "accountId",
      c.held, c.unsettled, c.arrears, c.mobile, c.email, c.language, c.currency, c.balance, c.overdraft, ${areBooksClosed} as "areBooksClosed"
    from lock_customers(${actor.partner.id}::uuid, ${list(wanted)}::uuid[], ${reachedList(actor)}) c`)
  if (rows.length < wanted.length) throw new Refusal('not_found')
  if (rows.some((row) => row.areBooksClosed)) throw new Refusal('busy', { sentence: 'books_closed' })
  return new Map(rows.map((row) => [row.id, row]))
}

/** @returns the accounts of locked customers, with the partner's own. */
export const accountsOf = (customers: Iterable<LockedCustomer>, own: readonly Account[]): Accounts =>
  new Accounts([...own, ...[...customers].map(({ id, accountId, currency, balance, overdraft }) => ({ id: accountId, kind: 'customer' as const, ownerId: id, currency, balance, overdraft }))])

/** @returns the customers with what they hold now, by id. Refuses as lockCustomers does. */
export async function readCustomerFunds(tx: Tx, actor: Actor, ids: readonly string[]): Promise<Map<string, CustomerFunds>> {
  const wanted = [...new Set(ids)]
  const rows = await tx.rows<CustomerFunds>(sql`select ${columns}, a.balance as allocated, o.balance as own from customers c
      join accounts a on a.partner_id = c.partner_id and a.id = c.account_id join accounts o on o.partner_id = c.partner_id and o.id = c.own_account_id
    where c.partner_id = ${actor.partner.id} and c.id = any(${list(wanted)}::uuid[]) and ${customerScope(actor)}`)
  if (rows.length < wanted.length) throw new Refusal('not_found')
  return new Map(rows.map((row) => [row.id, row]))
}

/** @returns the partner's own accounts by kind. */
export async function readPartnerAccounts(tx: Tx, partnerId: string): Promise<Record<AccountRow['kind'], AccountRow>> {
  const rows = await tx.rows<AccountRow>(sql`select a.kind, a.id, a.balance, a.overdraft from accounts a where a.partner_id = ${partnerId} and a.owner_id is null and a.kind in ('top-up', 'credit', 'rebate')`)
  const one = (kind: AccountRow['kind']): AccountRow => {
    const row = rows.find((account) => account.kind === kind)
    if (!row) throw new Error(`the partner has no ${kind} account`)
    return row
  }
  return { 'top-up': one('top-up'), credit: one('credit'), rebate: one('rebate') }
}

/** @returns what all customers within the person's scope together still have of their allocations, in minor units. */
export async function readAllocated(tx: Tx, actor: Actor): Promise<bigint> {
  const query = seesWholePartner(actor)
    ? sql`select coalesce(sum(a.balance), 0)::bigint as sum from accounts a where a.partner_id = ${actor.partner.id} and a.kind = 'customer'`
    : sql`select coalesce(sum(a.balance), 0)::bigint as sum from customers c join accounts a on a.partner_id = c.partner_id and a.id = c.account_id where c.partner_id = ${actor.partner.id} and ${customerScope(actor)}`
  const [row] = await tx.rows<{ sum: bigint }>(query)
  return row?.sum ?? 0n
}

/** @returns the lots of these accounts that have something left, newest first. */
export async function readOpenLots(tx: Tx, partnerId: string, accountIds: readonly string[]): Promise<OpenLotRow[]> {
  return await tx.rows<OpenLotRow>(sql`select l.id, l.number, l.account_id as "accountId", l.source, l.remaining, l.at from lots l
    where l.partner_id = ${partnerId} and l.account_id = any(${list(accountIds)}::uuid[]) and l.remaining > 0 order by l.seq desc`)
}
