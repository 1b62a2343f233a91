import type { getMyPartner } from '#contract/acceptance.ts'
import type { AccountState, AssociationType } from '#contract/customers.ts'
import type { Reply } from '#contract/endpoint.ts'
import { amountFromMinor } from '#contract/money.ts'
import { sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'

type MyPartner = NonNullable<Reply<typeof getMyPartner>['partner']>
type Contact = { name: string; mobile: string | null; email: string | null }
type Row = { name: string; associationType: AssociationType; since: Date; number: string; state: AccountState; balance: bigint; managerId: string | null }

/** What a customer is told of its partner. People are named in full: these are the ones to call.
 *  @param accountId of the signed-in customer. @returns null where the partner has no such customer any more. */
export async function readMyPartner(tx: Tx, partnerId: string, accountId: string): Promise<MyPartner | null> {
  const [row] = await tx.rows<Row>(sql`
    select p.name, c.association_type as "associationType", c.associated_at as since, c.number, c.state, a.balance, c.manager_id as "managerId"
      from customers c join partners p on p.id = c.partner_id join accounts a on a.partner_id = c.partner_id and a.id = c.account_id
     where c.partner_id = ${partnerId} and c.id = ${accountId}`)
  if (!row) return null
  const agreements = await tx.rows<{ document: 'agreement' | 'privacy' | 'notice'; version: string; at: Date }>(sql`
    select document, version, accepted_at as at from agreements where partner_id = ${partnerId} and customer_id = ${accountId} order by accepted_at desc, document`)
  return {
    name: row.name, associationType: row.associationType, since: row.since.toISOString(), number: row.number, state: row.state,
    contact: await contactOf(tx, partnerId, row.managerId),
    // A referral customer gets no money from its partner.
    balance: row.associationType === 'RESALE' ? amountFromMinor(row.balance) : null,
    agreements: agreements.map(({ document, version, at }) => ({ document, version, acceptedAt: at.toISOString() })),
  }
}

/** The customer's account manager; without one the partner's administrator, the master account first. */
async function contactOf(tx: Tx, partnerId: string, managerId: string | null): Promise<Contact | null> {
  const [contact] = await tx.rows<Contact>(sql`
    select name, mobile, email from members where partner_id = ${partnerId} and state = 'ACTIVE' and (id = ${managerId}::uuid or 'administrator' = any(roles)) and coalesce(mobile, email) is not null
     order by id = ${managerId}::uuid desc nulls last, login = '' desc, created_at, id limit 1`)
  return contact ?? null
}
