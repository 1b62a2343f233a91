import { amountMaxMinor, fromMinor } from '#contract/money.ts'
import { sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { Refusal } from '#server/http/refusal.ts'
import { lockAccounts, readAccounts, type Accounts } from './accounts.ts'
import { recordExpenditure } from './expenditure.ts'
import { readLotsToSpend, takeFrom } from './lots.ts'
import { post, shortage, type Books, type TransferKind } from './post.ts'

/** A posting of the vendor operator. */
export type VendorPosting = { books: Books; requestId: string; reason: string; at: Date; /** Minor units, more than zero. */ amount: bigint }

type CustomerToPost = { associationType: 'RESALE' | 'REFERRAL'; accountId: string; ownAccountId: string }

/** Credits money that arrived for the partner. @returns the transaction number. Refuses an amount outside 0.01 to 9999999999.99. */
export const topUp = (tx: Tx, posting: VendorPosting): Promise<string> => payIn(tx, posting, 'top-up', 'top_up')

/** Credits a paid-out incentive. As topUp. */
export const postRebate = (tx: Tx, posting: VendorPosting): Promise<string> => payIn(tx, posting, 'rebate', 'incentive')

/** Credits what a customer paid in itself. Nobody but the customer has a claim on it. As topUp; refuses not_found. */
export async function customerTopUp(tx: Tx, posting: VendorPosting & { customerId: string }): Promise<string> {
  checkAmount(posting.amount)
  const { ownAccountId } = await lockCustomer(tx, posting.books.partnerId, posting.customerId)
  const accounts = await readAccounts(tx, posting.books.partnerId, ['outside'], [ownAccountId])
  return await postSimple(tx, posting, accounts, 'own_top_up', accounts.partner('outside').id, ownAccountId)
}

/** Sets how far the partner may go below zero on the credit account. @param limit minor units, zero or more.
 *  @returns the earlier limit. Refuses with conflict a limit below what is used. */
export async function setCreditLimit(tx: Tx, partnerId: string, limit: bigint): Promise<bigint> {
  if (limit < 0n || limit > amountMaxMinor) throw new Refusal('invalid_input')
  const credit = (await lockAccounts(tx, partnerId, ['credit'], [])).partner('credit')
  if (credit.balance < -limit) throw new Refusal('conflict', { sentence: 'credit_limit_below_used', facts: { used: fromMinor(-credit.balance) } })
  await tx.run(sql`update accounts set overdraft = ${limit}::bigint where partner_id = ${partnerId} and id = ${credit.id}`)
  return credit.overdraft ?? 0n
}

/** Posts settled consumption. A resale customer pays from its allocations, oldest lot first, then from its own top-ups; a referral customer pays
 *  the vendor itself, so only its expenditure is recorded.
 *  @param now the transaction's time; `posting.at` may lie before it. @returns the transaction number, null for a referral customer. Refuses not_found, and insufficient_funds when both accounts hold less. */
export async function consume(tx: Tx, now: Date, posting: VendorPosting & { customerId: string }): Promise<string | null> {
  const { books: { partnerId }, customerId, amount, at } = posting
  checkAmount(amount)
  const { associationType, accountId, ownAccountId } = await lockCustomer(tx, partnerId, customerId)
  await recordExpenditure(tx, now, { ...posting.books, customerId, amount, at })
  if (associationType === 'REFERRAL') return null
  const accounts = await readAccounts(tx, partnerId, ['outside'], [accountId, ownAccountId])
  const [allocated, own] = [accounts.get(accountId).balance, accounts.get(ownAccountId).balance]
  if (allocated + own < amount) throw shortage(allocated + own, amount)
  const fromLots = allocated < amount ? allocated : amount
  const takings = fromLots > 0n ? takeFrom(await readLotsToSpend(tx, partnerId, accountId, fromLots), fromLots) : []
  const { number } = await post(tx, {
    books: posting.books, by: authorship(posting), at, kind: 'consume', isBatch: false, accounts,
    moves: [{ accountId, amount: -fromLots }, { accountId: ownAccountId, amount: fromLots - amount }, { accountId: accounts.partner('outside').id, amount }],
    takings: takings.map(({ lot, amount: taken }) => ({ lotId: lot.id, amount: taken, as: 'spent', adjustmentId: null })),
  })
  return number
}

/** Sets facts that lower what may be reclaimed. @param facts minor units, zero or more; what is left out stays. Refuses not_found and negative facts. */
export async function setCustomerFacts(tx: Tx, partnerId: string, customerId: string, facts: { held?: bigint; unsettled?: bigint; arrears?: bigint }): Promise<void> {
  if (Object.values(facts).some((fact) => fact < 0n || fact > amountMaxMinor)) throw new Refusal('invalid_input')
  const count = await tx.run(sql`update customers set held = coalesce(${facts.held ?? null}::bigint, held), unsettled = coalesce(${facts.unsettled ?? null}::bigint, unsettled), arrears = coalesce(${facts.arrears ?? null}::bigint, arrears)
    where partner_id = ${partnerId} and id = ${customerId}`)
  if (count === 0) throw new Refusal('not_found')
}

async function payIn(tx: Tx, posting: VendorPosting, to: 'top-up' | 'rebate', kind: TransferKind): Promise<string> {
  checkAmount(posting.amount)
  const accounts = await readAccounts(tx, posting.books.partnerId, ['outside', to], [])
  return await postSimple(tx, posting, accounts, kind, accounts.partner('outside').id, accounts.partner(to).id)
}

async function postSimple(tx: Tx, posting: VendorPosting, accounts: Accounts, kind: TransferKind, from: string, to: string): Promise<string> {
  const { books, at, amount } = posting
  const { number } = await post(tx, { books, by: authorship(posting), at, kind, isBatch: false, accounts, moves: [{ accountId: from, amount: -amount }, { accountId: to, amount }] })
  return number
}

async function lockCustomer(tx: Tx, partnerId: string, customerId: string): Promise<CustomerToPost> {
  const [customer] = await tx.rows<CustomerToPost>(sql`select c.association_type as "associationType", c.account_id as "accountId", c.own_account_id as "ownAccountId"
    from customers c where c.partner_id = ${partnerId} and c.id = ${customerId} for no key update`)
  if (!customer) throw new Refusal('not_found')
  return customer
}

const authorship = ({ requestId, reason }: VendorPosting) => ({ actorId: null, proofId: null, keyHash: null, requestId, confirmedBy: 'none' as const, reason })

function checkAmount(amount: bigint): void {
  if (amount <= 0n || amount > amountMaxMinor) throw new Refusal('invalid_input')
}
