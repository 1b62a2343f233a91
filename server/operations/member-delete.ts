import { endEverySession } from '#server/auth/sessions.ts'
import { sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import type { HeldMember } from './members.ts'

/** Deletes a held member for good: every way to sign in or to confirm, the contacts and the roles are gone. The name stays for records that show it masked, and the login
 *  name stays taken, so that nobody is ever mistaken for somebody else. Managers of a director have none any more. */
export async function deleteMemberForGood(tx: Tx, partnerId: string, { id }: Pick<HeldMember, 'id'>): Promise<void> {
  const of = sql`partner_id = ${partnerId}::uuid and member_id = ${id}::uuid`
  await endEverySession(tx, partnerId, id)
  await removeAuthenticators(tx, partnerId, id)
  for (const table of [sql`set_ups`, sql`openings`, sql`identities`, sql`logins`, sql`preferences`, sql`views`]) {
    // oxlint-disable-next-line no-await-in-loop -- a few, inside one transaction with one connection
    await tx.run(sql`delete from ${table} where ${of}`)
  }
  await tx.run(sql`update members set director_id = null where partner_id = ${partnerId}::uuid and director_id = ${id}::uuid`)
  await tx.run(sql`update members set state = 'DELETED', roles = '{}', custom_role_ids = '{}', role_since = '{}', extra_permissions = '{}', removed_permissions = '{}', director_id = null, department = '',
      mobile = null, email = null, mobile_verified = false, email_verified = false, awaits_password = false, last_channel = null
    where partner_id = ${partnerId}::uuid and id = ${id}::uuid`)
}

/** Removes every authenticator of a member, and what waits for one. @returns how many there were. */
export async function removeAuthenticators(tx: Tx, partnerId: string, memberId: string): Promise<number> {
  await tx.run(sql`delete from challenges where partner_id = ${partnerId}::uuid and member_id = ${memberId}::uuid`)
  return await tx.run(sql`delete from authenticators where partner_id = ${partnerId}::uuid and member_id = ${memberId}::uuid`)
}
