import type { AccountState, AssociationType, FreezeCause, MatchedField } from '#contract/customers.ts'
import { customerScope, reachedMembers, type Actor } from '#server/auth/actor.ts'
import { lastTwelveMonths } from '#server/db/days.ts'
import { list, sql, type SQL } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { numberIn } from './find.ts'
import type { LookUp } from './lookup.ts'

/** A customer as the list shows it, in the clear. Amounts in minor units. */
export type CustomerRecord = {
  id: string; number: string; name: string; accountName: string; associationType: AssociationType; associatedAt: Date; mobile: string | null; email: string | null; tag: string
  managerId: string | null; managerName: string | null; monthExpenditure: bigint; balance: bigint
  budgetType: 'MONTHLY' | 'ONE_TIME' | null; budgetAmount: bigint | null; budgetPercent: number | null; budgetWhenUsedUp: 'NOTHING' | 'FREEZE_ACCOUNT' | 'FREEZE_RESOURCES' | null
  state: AccountState; freezeCause: FreezeCause | null; nextExpiry: Date | null
  matched: MatchedField[]
}

/** Reads customers by id, in the order of the ids, within the person's scope: an id outside it is left out, like one that does not exist.
 *  @param lookUp tells which fields are marked as matching. */
export async function readCustomers(tx: Tx, actor: Actor, ids: readonly string[], lookUp?: LookUp): Promise<CustomerRecord[]> {
  if (ids.length === 0) return []
  const rows = await tx.rows<CustomerRecord>(sql`
    select c.id, c.number, c.name, c.account_name as "accountName", c.association_type as "associationType", c.associated_at as "associatedAt", c.mobile, c.email, c.tag,
           c.manager_id as "managerId", m.name as "managerName", c.month_expenditure as "monthExpenditure", a.balance,
           c.budget_type as "budgetType", c.budget_amount as "budgetAmount", c.budget_percent as "budgetPercent", c.budget_when_used_up as "budgetWhenUsedUp",
           c.state, c.freeze_cause as "freezeCause", c.next_expiry as "nextExpiry", ${matchedFields(lookUp)} as matched
      from customers c join accounts a on a.partner_id = c.partner_id and a.id = c.account_id
      left join members m on m.partner_id = c.partner_id and m.id = c.manager_id
     where c.partner_id = ${actor.partner.id} and c.id = any(${list(ids)}::uuid[]) and ${customerScope(actor)}`)
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

function matchedFields(lookUp: LookUp | undefined): SQL {
  const marks: [MatchedField, SQL][] = []
  if (lookUp?.name !== undefined) {
    const key = sql`lower(normalize(${lookUp.name}::text, NFKC))`
    marks.push(['name', sql`position(${key} in c.name_key) > 0`], ['accountName', sql`position(${key} in c.account_key) > 0`], ['number', sql`c.number = ${numberIn(lookUp.name) ?? ''}`], ['tag', sql`c.tag = ${lookUp.name}`])
  }
  // Every row that was found matches the contact: it is a condition of its own.
  if (lookUp?.mobile) marks.push(['mobile', sql`true`])
  if (lookUp?.email) marks.push(['email', sql`true`])
  if (marks.length === 0) return sql`'[]'::json`
  return sql`to_json(array_remove(array[${sql.join(marks.map(([field, condition]) => sql`case when ${condition} then ${field}::text end`), sql`, `)}], null))`
}

/** What a customer's page shows beyond its row. Amounts in minor units. */
export type CustomerFacts = { own: bigint; held: bigint; unsettled: bigint; arrears: bigint; allocations: number; openLots: number }

/** @param id of a customer whose scope was checked. */
export async function readFacts(tx: Tx, partnerId: string, id: string): Promise<CustomerFacts> {
  const [facts] = await tx.rows<CustomerFacts>(sql`
    select o.balance as own, c.held, c.unsettled, c.arrears,
           (select count(*)::int from adjustments j where j.partner_id = c.partner_id and j.customer_id = c.id and j.kind = 'allocate') as allocations,
           (select count(*)::int from lots l where l.partner_id = c.partner_id and l.account_id = c.account_id and l.remaining > 0) as "openLots"
      from customers c join accounts o on o.partner_id = c.partner_id and o.id = c.own_account_id
     where c.partner_id = ${partnerId} and c.id = ${id}`)
  if (!facts) throw new Error(`customer ${id} vanished while it was read`)
  return facts
}

/** @returns the customer's expenditure in each of the last twelve months of the partner's zone, oldest first; minor units. */
export async function readTrend(tx: Tx, now: Date, actor: Actor, id: string): Promise<{ month: string; amount: bigint }[]> {
  return await tx.rows(sql`
    select to_char(m.month, 'YYYY-MM') as month, coalesce(e.amount, 0)::bigint as amount
      from ${lastTwelveMonths(now, actor.partner.timeZone)} left join expenditures e on e.partner_id = ${actor.partner.id} and e.customer_id = ${id} and e.month = m.month
     order by m.month`)
}

/** @returns the choices of the list's filters: account managers in the person's scope, and at most 500 tags in use there. */
export async function readChoices(tx: Tx, actor: Actor): Promise<{ managers: { id: string; name: string }[]; tags: string[] }> {
  const mine = reachedMembers(actor)
  const managers = await tx.rows<{ id: string; name: string }>(sql`
    select m.id, m.name from members m where m.partner_id = ${actor.partner.id} and 'manager' = any(m.roles) and ${mine ? sql`m.id ${mine}` : sql`true`} order by m.name, m.id`)
  const tags = await tx.rows<{ tag: string }>(sql`select distinct c.tag from customers c where c.partner_id = ${actor.partner.id} and c.tag <> '' and ${customerScope(actor)} order by c.tag limit 500`)
  return { managers, tags: tags.map(({ tag }) => tag) }
}

/** Holds the row, so that the log's "before" is the tag that was replaced. @returns undefined outside the scope. */
export async function lockTag(tx: Tx, actor: Actor, id: string): Promise<{ number: string; tag: string } | undefined> {
  const [row] = await tx.rows<{ number: string; tag: string }>(sql`
    select c.number, c.tag from customers c where c.partner_id = ${actor.partner.id} and c.id = ${id} and ${customerScope(actor)} for no key update of c`)
  return row
}

export async function setTag(tx: Tx, partnerId: string, id: string, tag: string): Promise<void> {
  await tx.run(sql`update customers set tag = ${tag} where partner_id = ${partnerId} and id = ${id}`)
}
