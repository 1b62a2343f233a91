import type { Locale } from '#contract/people.ts'
import { customerScope, type Actor } from '#server/auth/actor.ts'
import { list, sql, type SQL } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { Refusal } from '#server/http/refusal.ts'
import { areBooksClosed } from '#server/ledger/books.ts'
import type { LockedQuota } from '#server/operations/coupon-quotas.ts'
import type { IssueFrom, Receiver } from './rules.ts'

/** A customer that is to get a coupon, and what it is told by. */
export type Customer = Receiver & { name: string; mobile: string | null; email: string | null; language: Locale; managerId: string | null; /** Of an enterprise member on the whitelist: who gets the coupon. */ masterNumber: string | null }

const ofWhitelist: SQL = sql`left join coupon_whitelist w on w.partner_id = c.partner_id and w.account_key = c.account_key`
/** What the rules ask of `customers c`; with `ofWhitelist` and the partner's company as `o`. */
const facts = (actor: Actor): SQL => sql`c.id, c.number, c.name, c.association_type as "associationType", c.mobile, c.email, c.language, c.manager_id as "managerId", w.id is not null as "isWhitelisted",
  case when w.master_account_name is not null then coalesce((select m.number from customers m where m.partner_id = c.partner_id and m.account_key = lower(normalize(w.master_account_name, NFKC)) order by m.id limit 1), '') end as "masterNumber",
  c.account_key = lower(${actor.partner.account}) or c.name_key = lower(normalize(${actor.partner.name}, NFKC)) as "isPartner",
  c.contracting_entity is not null and c.contracting_entity is distinct from (select o.contracting_entity from companies o where o.partner_id = c.partner_id) as "isOtherEntity"`
/** Columns and source for a list of candidates. */
export const candidateSource = (actor: Actor): { columns: SQL; joins: SQL } => ({ columns: facts(actor), joins: ofWhitelist })

/** Locks the customers to the end of the transaction, in the order of their ids; quotas are locked after them. @returns them in the order asked for, doubles
 *  included. Refuses with not_found when any is unknown, foreign or outside the person's scope, and with busy while the books are closed. */
export async function lockReceivers(tx: Tx, actor: Actor, ids: readonly string[]): Promise<Customer[]> {
  const wanted = [...new Set(ids)]
  const rows = await tx.rows<Customer & { areBooksClosed: boolean }>(sql`select ${facts(actor)}, ${areBooksClosed} as "areBooksClosed" from customers c ${ofWhitelist}
    where c.partner_id = ${actor.partner.id} and c.id = any(${list(wanted)}::uuid[]) and ${customerScope(actor)} order by c.id for no key update of c`)
  if (rows.length < wanted.length) throw new Refusal('not_found')
  if (rows.some((row) => row.areBooksClosed)) throw new Refusal('busy', { sentence: 'books_closed' })
  return ids.flatMap((id) => rows.filter((row) => row.id === id))
}

/** @returns for each customer who really gets its coupon: the master account of an enterprise member on a subsidy partner's whitelist. Refuses with
 *  not_found a master that is no customer of the partner, or outside the person's scope. */
export async function readMasters(tx: Tx, actor: Actor, customers: readonly Customer[]): Promise<Customer[]> {
  if (actor.partner.type !== 'SUBSIDY') return [...customers]
  const numbers = customers.flatMap(({ masterNumber }) => (masterNumber === null ? [] : [masterNumber]))
  if (numbers.length === 0) return [...customers]
  const masters = await tx.rows<Customer>(sql`select ${facts(actor)} from customers c ${ofWhitelist} where c.partner_id = ${actor.partner.id} and c.number = any(${list(numbers)}::text[]) and ${customerScope(actor)}`)
  return customers.map((customer) => {
    if (customer.masterNumber === null) return customer
    const master = masters.find(({ number }) => number === customer.masterNumber)
    if (!master) throw new Refusal('not_found')
    return master
  })
}

/** @returns what the rules ask of a quota. */
export async function issueFromOf(tx: Tx, actor: Actor, quota: LockedQuota): Promise<IssueFrom> {
  const { partner } = actor
  const [row] = await tx.rows<{ named: boolean; id: string | null; number: string | null }>(sql`
    select exists (select 1 from customers c where c.partner_id = ${partner.id} and c.number = any(${list(quota.customerNumbers)}::text[])) as named, c.id, c.number
      from (select 1) one left join customers c on c.partner_id = ${partner.id} and c.id = ${quota.onlyCustomerId}::uuid`)
  return {
    partnerType: partner.type, invoiceRecipient: quota.invoiceRecipient, associationType: quota.associationType, customerNumbers: quota.customerNumbers,
    namesNobody: quota.customerNumbers.length > 0 && row?.named !== true,
    onlyCustomer: quota.onlyCustomerId === null ? null : { id: quota.onlyCustomerId, number: row?.number ?? '' },
  }
}
