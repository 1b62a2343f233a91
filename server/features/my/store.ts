import type { getMyPartner } from '#contract/acceptance.ts'
import type { AccountState, AssociationType } from '#contract/customers.ts'
import type { Reply } from '#contract/endpoint.ts'
import { amountFromMinor } from '#contract/money.ts'
import { sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { readBillSettings } from '#server/operations/bill-settings.ts'

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
    contact: await managerOf(tx, partnerId, row.managerId),
    contacts: await contactsOf(tx, partnerId),
    billsShown: row.associationType === 'RESALE' && (await readBillSettings(tx, partnerId)).areShown,
    // A referral customer gets no money from its partner.
    balance: row.associationType === 'RESALE' ? amountFromMinor(row.balance) : null,
    agreements: agreements.map(({ document, version, at }) => ({ document, version, acceptedAt: at.toISOString() })),
  }
}

/** The customer's account manager, where it has one who can be reached. */
async function managerOf(tx: Tx, partnerId: string, managerId: string | null): Promise<Contact | null> {
  if (managerId === null) return null
  const [contact] = await tx.rows<Contact>(sql`select name, mobile, email from members where partner_id = ${partnerId} and id = ${managerId}::uuid and state = 'ACTIVE' and coalesce(mobile, email) is not null`)
  return contact ?? null
}

/** Whom the partner names to its customers, in its order; without any the master account's verified contacts, else those of another administrator. */
async function contactsOf(tx: Tx, partnerId: string): Promise<MyPartner['contacts']> {
  const [kept] = await tx.rows<{ items: { name: string; mobile: string; email: string; remark: string }[] }>(sql`select items from customer_contacts where partner_id = ${partnerId}`)
  if (kept && kept.items.length > 0) return kept.items.map(({ name, mobile, email, remark }) => ({ name, mobile: mobile || null, email: email || null, remark }))
  const administrators = await tx.rows<Contact>(sql`
    select name, case when mobile_verified then mobile end as mobile, case when email_verified then email end as email from members
     where partner_id = ${partnerId} and state = 'ACTIVE' and 'administrator' = any(roles) and (mobile_verified and mobile is not null or email_verified and email is not null) order by login = '' desc, created_at, id limit 1`)
  return administrators.map((administrator) => ({ ...administrator, remark: '' }))
}
