import type { Reply } from '#contract/endpoint.ts'
import { cureOf } from '#contract/invites.ts'
import type { queryProspects } from '#contract/prospects.ts'
import { maskCompany, maskEmail, maskMobile, maskName } from '#server/masking/mask.ts'
import { mayBeInvited, nextMailAt } from '#server/operations/invite-mails.ts'
import type { ProspectRecord } from './store.ts'

type Row = Reply<typeof queryProspects>['items'][number]

/** @returns the row of a list, personal data masked. */
export function presentProspect(row: ProspectRecord): Row {
  const cause = row.state === 'ASSOCIATION_FAILED' ? row.cause : null
  return {
    id: row.id, nameMasked: maskCompany(row.name), mobileMasked: maskMobile(row.mobile), emailMasked: maskEmail(row.email),
    state: row.state, cause, cure: cause && cureOf[cause], rejectReason: row.rejectReason,
    reportedAt: row.reportedAt.toISOString(), expiresAt: row.expiresAt?.toISOString() ?? null,
    lastInvitation: lastInvitation(row),
    manager: row.managerId === null ? null : { id: row.managerId, nameMasked: maskName(row.managerName ?? '') },
    reporter: { id: row.reporterId, nameMasked: maskName(row.reporterName) },
    customer: row.customerId === null || row.customerNumber === null ? null : { id: row.customerId, number: row.customerNumber },
    inviteAt: row.email !== null && mayBeInvited(row) ? (row.sentAt ? nextMailAt(row.sentAt) : row.reportedAt).toISOString() : null,
  }
}

function lastInvitation(row: ProspectRecord): Row['lastInvitation'] {
  const { invitationId: id, invitationNumber: number, invitationState: state, associationType, sentAt, invitationExpiresAt } = row
  if (id === null || number === null || state === null || associationType === null || sentAt === null) return null
  return { id, number, state, associationType, sentAt: sentAt.toISOString(), expiresAt: invitationExpiresAt?.toISOString() ?? null }
}
