import * as z from 'zod/mini'
import type { ExportContent } from '#contract/exports.ts'
import { Locale, PartnerState, PartnerType, Role } from '#contract/people.ts'
import type { Actor } from '#server/auth/actor.ts'
import { permissionsOf, reachOf } from '#server/auth/permissions.ts'
import { sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'

const Kinds = z.object({ type: PartnerType, state: PartnerState, roles: z.array(Role), customRoles: z.array(z.object({ id: z.string(), name: z.string(), permissions: z.array(z.string()) })), language: Locale })
type Row = {
  account: string; partnerName: string; type: string; state: string; verificationOn: boolean; requiredOperations: string[]; timeZone: string
  login: string; name: string; roles: string[]; customRoles: unknown; language: string; extra: string[]; removed: string[]
}

/** The person in whose name a file is made, as they are now and without a session: what they may see then decides what stands in it.
 *  @returns undefined when the member is gone or disabled. */
export async function loadExporter(tx: Tx, partnerId: string, memberId: string): Promise<Actor | undefined> {
  const [row] = await tx.rows<Row>(sql`
    select p.account, p.name as "partnerName", p.type, p.state, p.verification_on as "verificationOn", p.required_operations as "requiredOperations", p.time_zone as "timeZone",
           m.login, m.name, m.roles, member_custom_roles(m.partner_id, m.custom_role_ids) as "customRoles", m.language, m.extra_permissions as extra, m.removed_permissions as removed
      from partners p join members m on m.partner_id = p.id where p.id = ${partnerId} and m.id = ${memberId} and m.state = 'ACTIVE'`)
  if (!row) return undefined
  const { type, state, roles, customRoles, language } = Kinds.parse(row)
  return {
    sessionId: '', csrf: '',
    partner: { id: partnerId, account: row.account, name: row.partnerName, type, state, verificationOn: row.verificationOn, requiredOperations: [], timeZone: row.timeZone },
    member: { id: memberId, login: row.login, name: row.name, roles, customRoles: customRoles.map(({ id, name }) => ({ id, name })), language },
    reach: reachOf({ roles, customRoles }),
    permissions: permissionsOf({ roles, customRoles, extra: row.extra, removed: row.removed }),
  }
}

/** @returns whether the person may export this list: customers and prospects need a right of their own, the whitelist is the administrators' of a subsidy partner, every other list the right to see it and the right to export. */
export function mayExport({ permissions, partner, member }: Pick<Actor, 'permissions' | 'partner' | 'member'>, content: ExportContent): boolean {
  switch (content) {
    case 'customers': return permissions.has('customer.export')
    case 'adjustments':
    case 'transactions': return permissions.has('funds.view') && permissions.has('data.export')
    case 'prospects': return permissions.has('prospect.export')
    case 'invitations':
    case 'invite-links': return permissions.has('invite.view') && permissions.has('data.export')
    case 'coupon-quotas':
    case 'coupons':
    case 'coupon-records': return permissions.has('coupon.view') && permissions.has('data.export')
    case 'incentive-statements':
    case 'incentive-lines': return permissions.has('incentive.view') && permissions.has('data.export')
    case 'members': return permissions.has('org.view') && permissions.has('data.export')
    case 'coupon-whitelist': return partner.type === 'SUBSIDY' && member.roles.includes('administrator') && permissions.has('coupon.whitelist') && permissions.has('data.export')
    case 'operation-log':
    case 'reveal-records': return permissions.has('log.view') && permissions.has('data.export')
  }
}
