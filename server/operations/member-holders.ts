import type { Locale, Permission } from '#contract/people.ts'
import { permissionsOf, reachOf, type MemberRoles, type Reach, type Rights } from '#server/auth/permissions.ts'
import { sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'

/** Somebody who is told something, with the contacts that are verified. */
export type Holder = { id: string; mobile: string | null; email: string | null; language: Locale; /** Whose rows the person sees. */ reach: Reach }
type Row = Omit<Holder, 'reach'> & MemberRoles & Rights

/** @param who `or administrators`: these are told even if the permission was taken from them. @returns the active members who have this permission now, by any of their roles. */
export async function holdersOf(tx: Tx, partnerId: string, permission: Permission, who?: 'or administrators'): Promise<Holder[]> {
  const rows = await tx.rows<Row>(sql`
    select id, case when mobile_verified then mobile end as mobile, case when email_verified then email end as email, language, roles, member_custom_roles(partner_id, custom_role_ids) as "customRoles", extra_permissions as extra, removed_permissions as removed
      from members where partner_id = ${partnerId}::uuid and state = 'ACTIVE' order by id`)
  return rows.filter((member) => permissionsOf(member).has(permission) || (who !== undefined && member.roles.includes('administrator'))).map(({ id, mobile, email, language, roles, customRoles }) => ({ id, mobile, email, language, reach: reachOf({ roles, customRoles }) }))
}
