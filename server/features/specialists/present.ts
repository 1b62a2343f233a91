import type { Specialist } from '#contract/specialists.ts'
import { invitationWait } from '#server/limits.ts'
import { maskCompany, maskEmail, maskMobile, maskName } from '#server/masking/mask.ts'
import type { SpecialistRecord } from './store.ts'

/** @returns when the next message may leave. */
export const resendAt = ({ sentAt }: Pick<SpecialistRecord, 'sentAt'>): Date => new Date(sentAt.getTime() + invitationWait * 1000)

/** @returns what an invitation was addressed to, masked. */
export const maskDestination = ({ way, destination }: Pick<SpecialistRecord, 'way' | 'destination'>): string =>
  (way === 'MOBILE' ? maskMobile : way === 'EMAIL' ? maskEmail : maskCompany)(destination)

/** @returns the row of the list, personal data masked. */
export function presentSpecialist(row: SpecialistRecord): Specialist {
  const isOpen = row.state === 'INVITED' || row.state === 'LAPSED'
  return {
    id: row.id, nameMasked: maskName(row.name), way: row.way, mobileMasked: row.way === 'MOBILE' ? maskMobile(row.destination) : null, emailMasked: row.way === 'EMAIL' ? maskEmail(row.destination) : null, accountMasked: maskCompany(row.account),
    state: row.state, reason: row.state === 'REJECTED' ? row.reason : null, isUndelivered: row.isUndelivered, invitedBy: { id: row.inviterId, nameMasked: maskName(row.inviterName) },
    invitedAt: row.invitedAt.toISOString(), expiresAt: row.expiresAt.toISOString(), boundAt: row.boundAt?.toISOString() ?? null, resendAt: isOpen ? resendAt(row).toISOString() : null,
  }
}
