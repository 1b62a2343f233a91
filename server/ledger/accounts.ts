import { randomUUID } from 'node:crypto'
import { list, sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'

/** Accounts that a partner has once. `outside` is the world the money comes from and goes to; `coupon-outside` the same of coupons. */
export const partnerAccountKinds = ['outside', 'top-up', 'credit', 'rebate', 'coupon-outside'] as const
export type PartnerAccountKind = (typeof partnerAccountKinds)[number]
type AccountKind = PartnerAccountKind | 'customer' | 'own' | 'quota' | 'coupon'

export type Account = {
  id: string
  kind: AccountKind
  /** The customer, quota or coupon; null for an account of the partner. */
  ownerId: string | null
  currency: string
  /** Minor units. The credit account goes below zero by what is used of the limit. */
  balance: bigint
  /** How far below zero the balance may go; null: without bound. */
  overdraft: bigint | null
}

/** Accounts that this transaction has read. Money is posted only between accounts of which the caller knows currency and bound. */
export class Accounts {
  readonly #byId: ReadonlyMap<string, Account>
  constructor(accounts: readonly Account[]) {
    this.#byId = new Map(accounts.map((account) => [account.id, account]))
  }
  /** @returns the account. Throws for one that was not read: that is a fault of the program. */
  get(id: string): Account {
    const account = this.#byId.get(id)
    if (!account) throw new Error(`account ${id} was not read`)
    return account
  }
  /** @returns the partner's account of this kind. Throws as `get` does. */
  partner(kind: PartnerAccountKind): Account {
    for (const account of this.#byId.values()) if (account.kind === kind) return account
    throw new Error(`the partner's ${kind} account was not read`)
  }
}

/** Accounts whose rows this transaction holds until its end: nobody else changes their balances any more. */
export class LockedAccounts extends Accounts {}

/** @returns what may be taken from the account: its balance and the credit it may use. Minor units; throws for an account without bound. */
export function availableOf(account: Pick<Account, 'balance' | 'overdraft'>): bigint {
  if (account.overdraft === null) throw new Error('an account without bound has no available amount')
  return account.balance + account.overdraft
}

/** @param currency ISO 4217. @returns the unit of quotas and coupons: never the money's own, so that no posting turns one into the other. */
export const couponUnit = (currency = 'CNY'): string => `${currency}.coupon`

/** Opens the accounts of a new partner, all at zero and without credit. @param currency ISO 4217. */
export async function openPartnerAccounts(tx: Tx, partnerId: string, currency = 'CNY'): Promise<void> {
  await tx.run(sql`insert into accounts (partner_id, id, kind, owner_id, currency, balance, overdraft)
    select ${partnerId}::uuid, a.id, a.kind, null, case when a.kind = 'coupon-outside' then ${couponUnit(currency)}::text else ${currency}::text end, 0, case when a.kind in ('outside', 'coupon-outside') then null else 0 end
      from unnest(${list(partnerAccountKinds.map(() => randomUUID()))}::uuid[], ${list(partnerAccountKinds)}::text[]) as a(id, kind)`)
}

/** Opens the two accounts of each new customer: what was allocated, and the customer's own top-ups. To be called before the customer's row is written.
 *  @returns the ids for `customers.account_id` and `customers.own_account_id`, in the order of the customers. */
export async function openCustomerAccounts(tx: Tx, partnerId: string, customerIds: readonly string[], currency = 'CNY'): Promise<{ customerId: string; accountId: string; ownAccountId: string }[]> {
  const opened = customerIds.map((customerId) => ({ customerId, accountId: randomUUID(), ownAccountId: randomUUID() }))
  await tx.run(sql`insert into accounts (partner_id, id, kind, owner_id, currency, balance, overdraft)
    select ${partnerId}::uuid, a.id, a.kind, c.id, ${currency}, 0, 0
      from unnest(${list(customerIds)}::uuid[], ${list(opened.map((one) => one.accountId))}::uuid[], ${list(opened.map((one) => one.ownAccountId))}::uuid[]) as c(id, account_id, own_id)
     cross join lateral (values (c.account_id, 'customer'), (c.own_id, 'own')) as a(id, kind)`)
  return opened
}

const columns = sql`a.id, a.kind, a.owner_id as "ownerId", a.currency, a.balance, a.overdraft`

/** Reads accounts without locking them: `post` decides about the money itself, and so holds the partner's busy rows only at the very end. What a
 *  customer's accounts hold is certain nevertheless when the customer's row was locked before: whoever moves a customer's money does that first.
 *  @param kinds accounts of the partner. @param ids accounts of customers. */
export async function readAccounts(tx: Tx, partnerId: string, kinds: readonly PartnerAccountKind[], ids: readonly string[]): Promise<Accounts> {
  // Two plain index scans: a bitmap of both, as one condition with OR gives, would visit every dead version of a busy row again and again.
  return new Accounts(await tx.rows<Account>(sql`
    select ${columns} from accounts a where a.partner_id = ${partnerId} and a.id = any(${list(ids)}::uuid[])
    union all select ${columns} from accounts a where a.partner_id = ${partnerId} and a.owner_id is null and a.kind = any(${list(kinds)}::text[])`))
}

/** @returns the partner's own accounts, read without locking them; `readAccounts` says why that is enough. */
export const readPartnerAccounts = (tx: Tx, partnerId: string): Promise<Account[]> =>
  tx.rows<Account>(sql`select ${columns} from accounts a where a.partner_id = ${partnerId} and a.owner_id is null`)

/** As readAccounts, and locks them to the end of the transaction, in the order of their ids, so that opposite transfers queue instead of deadlocking.
 *  An operation that also needs customers locks those first. @returns their state, which nobody else can change from now on. */
export async function lockAccounts(tx: Tx, partnerId: string, kinds: readonly PartnerAccountKind[], ids: readonly string[]): Promise<LockedAccounts> {
  // FOR NO KEY UPDATE is what an UPDATE of the balance takes itself; FOR UPDATE would also hold up the foreign keys of entries elsewhere.
  return new LockedAccounts(await tx.rows<Account>(sql`select ${columns} from accounts a
    where a.partner_id = ${partnerId} and (a.id = any(${list(ids)}::uuid[]) or a.owner_id is null and a.kind = any(${list(kinds)}::text[])) order by a.id for no key update`))
}
