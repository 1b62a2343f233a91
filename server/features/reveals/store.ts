import type { RevealField } from '#contract/reveals.ts'
import { customerScope, type Actor } from '#server/auth/actor.ts'
import { list, sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'

/** A customer's personal data in the clear. Nothing but the answer of a reveal may carry them. */
export type Subject = { id: string; number: string } & Record<RevealField, string | null>

/** @returns the customers in the person's scope, in the order of the ids; one that is unknown, foreign or out of scope is missing. */
export async function readSubjects(tx: Tx, actor: Actor, ids: readonly string[]): Promise<Subject[]> {
  const rows = await tx.rows<Subject>(sql`
    select c.id, c.number, c.name, c.account_name as "accountName", c.mobile, c.email, m.name as manager
      from customers c left join members m on m.partner_id = c.partner_id and m.id = c.manager_id
     where c.partner_id = ${actor.partner.id} and c.id = any(${list(ids)}::uuid[]) and ${customerScope(actor)}`)
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}
