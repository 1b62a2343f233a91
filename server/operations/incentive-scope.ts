import { customerScope, seesWholePartner, type Actor } from '#server/auth/actor.ts'
import { sql, type SQL } from '#server/db/query.ts'

/** Of a statement a person outside the whole partner sees the lines of the own customers, and none of it without any.
 *  @returns a condition on `incentive_statements s`: whether the person sees any of its lines. */
export const statementScope = (actor: Actor): SQL => (seesWholePartner(actor) ? sql`true`
  : sql`exists (select 1 from incentive_customer_groups l join customers c on c.partner_id = l.partner_id and c.id = l.customer_id where l.partner_id = s.partner_id and l.statement_id = s.id and l.lines > 0 and ${customerScope(actor)})`)
