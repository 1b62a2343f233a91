import type { AccountStateFilter, CustomerFilter, CustomerSort } from '#contract/customers.ts'
import { toMinor, type Amount } from '#contract/money.ts'
import type { Actor } from '#server/auth/actor.ts'
import { inDays } from '#server/db/days.ts'
import { sql, type SQL } from '#server/db/query.ts'
import { todoConditions } from '#server/operations/customer-todos.ts'

/** @returns the filter as conditions on `customers c`; none for an empty filter. Days are those of the partner's zone. */
export function filterConditions(actor: Actor, filter: CustomerFilter): SQL[] {
  const { timeZone } = actor.partner
  return [
    ...(filter.number === undefined ? [] : [numberCondition(filter.number.replaceAll(' ', ''))]),
    ...(filter.associationType === undefined ? [] : [sql`c.association_type = ${filter.associationType}`]),
    ...(filter.manager === undefined ? [] : [filter.manager === 'unassigned' ? sql`c.manager_id is null` : sql`c.manager_id = ${filter.manager}`]),
    ...(filter.tag === undefined ? [] : [sql`position(${filter.tag}::text in c.tag) > 0`]),
    ...(filter.state === undefined ? [] : [stateCondition(filter.state)]),
    ...(filter.todo === undefined ? [] : [todoConditions[filter.todo]]),
    ...inDays(sql`c.associated_at`, filter.associatedFrom, filter.associatedTo, timeZone),
    ...inDays(sql`c.next_expiry`, filter.expiryFrom, filter.expiryTo, timeZone),
    ...balanceCondition(filter.balanceMin, filter.balanceMax),
    ...between(sql`c.month_expenditure`, minorOf(filter.monthExpenditureMin), minorOf(filter.monthExpenditureMax)),
    ...between(sql`c.budget_percent`, filter.budgetUsedMin, filter.budgetUsedMax),
  ]
}

/** How the list is ordered. Rows without the key (`has` is false) come last in either direction, newest association first. */
export type Order = { key: SQL; id: SQL; direction: SQL; has?: SQL; join?: SQL }

/** @returns the order of a sort value; the id breaks ties, so that paging neither drops nor repeats a row. */
export function orderOf(sort: CustomerSort): Order {
  const direction = sort.startsWith('-') ? sql`desc` : sql`asc`
  const id = sql`c.id`
  switch (sort) {
    case '-associatedAt':
    case 'associatedAt':
      return { key: sql`c.associated_at`, id, direction }
    case '-monthExpenditure':
    case 'monthExpenditure':
      return { key: sql`c.month_expenditure`, id, direction }
    case '-budgetUsed':
    case 'budgetUsed':
      return { key: sql`c.budget_percent`, id, direction, has: sql`c.budget_percent is not null` }
    case 'nextExpiry':
    case '-nextExpiry':
      return { key: sql`c.next_expiry`, id, direction, has: sql`c.next_expiry is not null` }
    case '-balance':
    case 'balance':
      // Ordered by the account's own columns, which an index holds in this order.
      return {
        key: sql`b.balance`, id: sql`b.owner_id`, direction, has: sql`c.association_type = 'RESALE'`,
        join: sql`join accounts b on b.partner_id = c.partner_id and b.kind = 'customer' and b.owner_id = c.id`,
      }
  }
}

/** A customer ID has ten digits; fewer are a part of it. */
const numberCondition = (digits: string): SQL => (digits.length >= 10 ? sql`c.number = ${digits}` : sql`position(${digits}::text in c.number) > 0`)

function stateCondition(state: AccountStateFilter): SQL {
  if (state === 'frozen') return sql`c.state in ('ACCOUNT_FROZEN', 'RESOURCES_FROZEN')`
  return state === 'frozen_automatically' ? sql`c.freeze_cause in ('NEW_ASSOCIATION', 'BUDGET', 'PARTNER_STATE')` : sql`c.state = ${state}`
}

/** Referral customers have no balance, not a balance of zero. */
function balanceCondition(min: Amount | undefined, max: Amount | undefined): SQL[] {
  const bounds = between(sql`f.balance`, minorOf(min), minorOf(max))
  if (bounds.length === 0) return []
  return [sql`c.association_type = 'RESALE' and exists (select 1 from accounts f where f.partner_id = c.partner_id and f.kind = 'customer' and f.owner_id = c.id and ${sql.join(bounds, sql` and `)})`]
}

const minorOf = (amount: Amount | undefined): bigint | undefined => (amount === undefined ? undefined : toMinor(amount))

const between = (column: SQL, min: bigint | number | undefined, max: bigint | number | undefined): SQL[] => [
  ...(min === undefined ? [] : [sql`${column} >= ${min}::bigint`]),
  ...(max === undefined ? [] : [sql`${column} <= ${max}::bigint`]),
]
