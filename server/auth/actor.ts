import type { Locale, PartnerState, PartnerType, Permission, Role } from '#contract/people.ts'
import { sql, type SQL } from '#server/db/query.ts'
import type { CustomRoleName, Reach } from './permissions.ts'

/** Who is calling: read anew for every request, so that a permission taken away bites at once. */
export type Actor = {
  sessionId: string
  csrf: string
  partner: { id: string; account: string; name: string; type: PartnerType; state: PartnerState; verificationOn: boolean; /** For which an administrator requires an authenticator. */ requiredOperations: readonly string[]; timeZone: string }
  member: { id: string; login: string; name: string; roles: readonly Role[]; customRoles: readonly CustomRoleName[]; language: Locale }
  /** Whose customers and rows the person sees. */
  reach: Reach
  permissions: ReadonlySet<Permission>
}

/** @returns whether the person is an administrator of the partner. */
export const isAdministrator = ({ member }: Pick<Actor, 'member'>): boolean => member.roles.includes('administrator')

/** @returns whether customers can be the person's own, whatever other roles stand beside. */
export const isManager = ({ member }: Pick<Actor, 'member'>): boolean => member.roles.includes('manager')

/** @returns those whose rows a person sees, as a comparison that follows a column of member ids; undefined: everybody's. */
export function reachedMembers({ reach, member, partner }: Actor): SQL | undefined {
  switch (reach) {
    case 'partner': return undefined
    case 'own': return sql`= ${member.id}::uuid`
    case 'managers': return sql`= any (select d.id from members d where d.partner_id = ${partner.id} and d.director_id = ${member.id}::uuid)`
  }
}

/** @returns the same as a list, for a call of the database: the ids of those whose rows a person sees; null: everybody's. */
export function reachedList({ reach, member, partner }: Actor): SQL {
  switch (reach) {
    case 'partner': return sql`null::uuid[]`
    case 'own': return sql`array[${member.id}::uuid]`
    case 'managers': return sql`array(select d.id from members d where d.partner_id = ${partner.id} and d.director_id = ${member.id}::uuid)`
  }
}

/** The customers this person may see and act on: all of the partner, or a manager's own, or those of a director's managers.
 *  @param actor who asks. @returns a condition on the table `customers` under the alias `c`. */
export function customerScope(actor: Actor): SQL {
  const mine = reachedMembers(actor)
  return mine ? sql`c.manager_id ${mine}` : sql`true`
}

/** @returns whether the person's scope is the whole partner, so that totals need no counting by scope. */
export const seesWholePartner = ({ reach }: Pick<Actor, 'reach'>): boolean => reach === 'partner'
