import type { Reply } from '#contract/endpoint.ts'
import { cureOf, type queryInvitations } from '#contract/invites.ts'
import { maskCompany, maskEmail, maskMobile, maskName } from '#server/masking/mask.ts'
import { isCuredByMail } from '#server/operations/invite-state.ts'
import { mayBeInvited, nextMailAt } from '#server/operations/invite-mails.ts'
import type { InvitationRecord } from './store.ts'

type Row = Reply<typeof queryInvitations>['items'][number]

/** States from which a mail invitation is sent again in place; a failed one needs a cause that a mail may help against. */
const resendable: readonly string[] = ['SENT', 'OPENED', 'SEND_FAILED', 'EXPIRED']

/** @returns whether the record is a mail that may be sent again, not counting its prospect. */
export const isResendable = ({ kind, prospectId, state, cause }: Pick<InvitationRecord, 'kind' | 'prospectId' | 'state' | 'cause'>): boolean =>
  kind === 'MAIL' && prospectId !== null && (resendable.includes(state) || (state === 'FAILED' && isCuredByMail(cause)))

/** @returns the row of the records, personal data masked. */
export function presentInvitation(row: InvitationRecord): Row {
  const cause = row.state === 'FAILED' ? row.cause : null
  const mayResend = isResendable(row) && row.hasEmail === true && row.prospectState !== null && mayBeInvited({ state: row.prospectState, cause: row.prospectCause })
  return {
    id: row.id, number: row.number, kind: row.kind, prospectId: row.prospectId, linkId: row.linkId,
    nameMasked: maskCompany(row.name), accountNameMasked: maskCompany(row.accountName), mobileMasked: maskMobile(row.mobile), emailMasked: maskEmail(row.email),
    associationType: row.associationType, label: row.label, invitedBy: { id: row.inviterId, nameMasked: maskName(row.inviterName) },
    sentAt: row.sentAt.toISOString(), expiresAt: instant(row.expiresAt), state: row.state, openedAt: instant(row.openedAt), registeredAt: instant(row.registeredAt), associatedAt: instant(row.associatedAt),
    isUnfrozen: row.customerState === 'NORMAL', cause, cure: cause && cureOf[cause],
    delivery: row.delivery === null || row.deliveryAt === null ? null : { state: row.delivery, attempts: row.attempts ?? 0, reason: row.reason, at: row.deliveryAt.toISOString() },
    customer: row.customerId === null || row.customerNumber === null ? null : { id: row.customerId, number: row.customerNumber },
    resendAt: mayResend ? nextMailAt(row.sentAt).toISOString() : null,
  }
}

const instant = (at: Date | null): string | null => at?.toISOString() ?? null
