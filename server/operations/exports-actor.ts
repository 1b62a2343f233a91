import * as z from 'zod/mini'
import type { ExportContent } from '#contract/exports.ts'
import { Locale, PartnerState, PartnerType, Role } from '#contract/people.ts'
import type { Actor } from '#server/auth/actor.ts'
import { permissionsOf } from '#server/auth/permissions.ts'
import { sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'

const Kinds = z.object({ type: PartnerType, state: PartnerState, role: Role, language: Locale })
type Row = {
  account: string; partnerName: string; type: string; state: string; verificationOn: boolean; timeZone: string
  login: string; name: string; role: string; language: string; extra: string[]; removed: string[]
}

/** The person in whose name a file is made, as they are now and without a session: what they may see then decides what stands in it.
 *  @returns undefined when the member is gone or disabled. */
export async function loadExporter(tx: Tx, partnerId: string, memberId: string): Promise<Actor | undefined> {
  const [row] = await tx.rows<Row>(sql`
    select p.account, p.name as "partnerName", p.type, p.state, p.verification_on as "verificationOn", p.time_zone as "timeZone",
           m.login, m.name, m.role, m.language, m.extra_permissions as extra, m.removed_permissions as removed
      from partners p join members m on m.partner_id = p.id where p.id = ${partnerId} and m.id = ${memberId} and m.state = 'ACTIVE'`)
  if (!row) return undefined
  const { type, state, role, language } = Kinds.parse(row)
  return {
    sessionId: '', csrf: '',
    partner: { id: partnerId, account: row.account, name: row.partnerName, type, state, verificationOn: row.verificationOn, timeZone: row.timeZone },
    member: { id: memberId, login: row.login, name: row.name, role, language },
    permissions: permissionsOf(role, row.extra, row.removed),
  }
}

/** @returns whether the person may export this list: customers and prospects need a right of their own, every other list the right to see it and the right to export. */
export function mayExport({ permissions }: Pick<Actor, 'permissions'>, content: ExportContent): boolean {
  switch (content) {
    case 'customers': return permissions.has('customer.export')
    case 'adjustments':
    case 'transactions': return permissions.has('funds.view') && permissions.has('data.export')
    case 'prospects': return permissions.has('prospect.export')
    case 'invitations':
    case 'invite-links': return permissions.has('invite.view') && permissions.has('data.export')
    case 'operation-log':
    case 'reveal-records': return permissions.has('log.view') && permissions.has('data.export')
  }
}
