import type { Locale, PartnerState, PartnerType, Permission, Role } from '#contract/people.ts'
import { sql, type SQL } from '#server/db/query.ts'

/** Who is calling: read anew for every request, so that a permission taken away bites at once. */
export type Actor = {
  sessionId: string
  csrf: string
  partner: { id: string; account: string; name: string; type: PartnerType; state: PartnerState; verificationOn: boolean; timeZone: string }
  member: { id: string; login: string; name: string; role: Role; language: Locale }
  permissions: ReadonlySet<Permission>
}

/** The customers this person may see and act on: all of the partner, or a manager's own, or those of a director's managers.
 *  @param actor who asks. @returns a condition on the table `customers` under the alias `c`. */
export function customerScope(actor: Actor): SQL {
  switch (actor.member.role) {
    case 'administrator':
    case 'operator':
      return sql`true`
    case 'manager':
      return sql`c.manager_id = ${actor.member.id}`
    case 'director':
      return sql`c.manager_id = any (select m.id from members m where m.partner_id = ${actor.partner.id} and m.director_id = ${actor.member.id})`
  }
}

/** @returns whether the person's scope is the whole partner, so that totals need no counting by scope. */
export const seesWholePartner = (actor: Actor): boolean => actor.member.role === 'administrator' || actor.member.role === 'operator'
