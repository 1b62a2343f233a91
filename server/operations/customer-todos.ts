import type { CustomerTodo } from '#contract/customers.ts'
import { sql, type SQL } from '#server/db/query.ts'

/** Which customers wait for what, as conditions on the table `customers` under the alias `c`. Home counts with them and the list filters with
 *  them, so that a number and the list behind it cannot differ. */
export const todoConditions: Record<CustomerTodo, SQL> = {
  unassigned: sql`c.manager_id is null`,
  frozen_new: sql`c.freeze_cause = 'NEW_ASSOCIATION'`,
  no_balance: sql`c.association_type = 'RESALE' and exists (select 1 from accounts t where t.partner_id = c.partner_id and t.kind = 'customer' and t.balance = 0 and t.owner_id = c.id)`,
  arrears: sql`c.arrears > 0`,
  budget_used_up: sql`c.budget_percent >= 100`,
}
