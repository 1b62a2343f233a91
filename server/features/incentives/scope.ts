import { customerScope, seesWholePartner, type Actor } from '#server/auth/actor.ts'
import { sql, type SQL } from '#server/db/query.ts'

/** Lines of customers whom the person does not see do not exist for it, and neither do lines without customer.
 *  @returns a condition on lines or groups of a customer's lines `l`; none for whoever sees the whole partner. */
export const lineScope = (actor: Actor): SQL[] => (seesWholePartner(actor) ? []
  : [sql`exists (select 1 from customers c where c.partner_id = l.partner_id and c.id = l.customer_id and ${customerScope(actor)})`])

/** @returns a lateral source `own` of one row: how many lines of `incentive_statements s` the person sees, and their sums. For the whole partner it is what the
 *  statement keeps, otherwise what is kept of each customer. */
export const ownSums = (actor: Actor): SQL => (seesWholePartner(actor) ? sql`(select s.lines, s.net, s.frozen) own`
  : sql`(select coalesce(sum(l.lines), 0)::int as lines, coalesce(sum(l.net), 0)::bigint as net, coalesce(sum(l.net) filter (where l.freezes > 0), 0)::bigint as frozen
           from incentive_customer_groups l where l.partner_id = s.partner_id and l.statement_id = s.id and ${sql.join(lineScope(actor), sql` and `)}) own`)
