import type { InviteBlock, InviteCure } from '#contract/invites.ts'
import type { Prospect, ProspectState } from '#contract/prospects.ts'
import { serverNow } from '#src/lib/clock.ts'

/** Who asks: the person's right to send, and what blocks mails at present. */
export type Sender = { maySend: boolean; block: InviteBlock | null }

/** Why a prospect cannot be invited now. `seconds` until it can, where only time is missing. */
export type WhyNot = { key: 'no_send' | 'blocked' | 'under_review' | 'not_reported' | 'no_email' | 'not_by_mail' | 'not_now' } | { key: 'wait'; seconds: number }

const invitable: readonly ProspectState[] = ['REPORTED', 'ASSOCIATION_FAILED']

/** @param now milliseconds by the server's clock. @returns undefined when a mail may be sent now. */
export function whyNotInvite(row: Pick<Prospect, 'state' | 'emailMasked' | 'inviteAt'>, { maySend, block }: Sender, now: number): WhyNot | undefined {
  if (!maySend) return { key: 'no_send' }
  if (block) return { key: 'blocked' }
  if (row.state === 'UNDER_REVIEW') return { key: 'under_review' }
  if (!invitable.includes(row.state)) return { key: 'not_reported' }
  if (row.emailMasked === null) return { key: 'no_email' }
  if (row.inviteAt === null) return { key: row.state === 'ASSOCIATION_FAILED' ? 'not_by_mail' : 'not_now' }
  const seconds = Math.ceil((Date.parse(row.inviteAt) - now) / 1000)
  return seconds > 0 ? { key: 'wait', seconds } : undefined
}

/** @returns whether only time is missing until the next mail, so that its reason counts down. */
export const isWaiting = (row: Pick<Prospect, 'inviteAt'>): boolean => row.inviteAt !== null && Date.parse(row.inviteAt) > serverNow()

export type RowAct =
  | { at: 'invite' | 'resend' | 'edit_email' | 'report_again' | 'none' }
  | { at: 'cure'; cure: InviteCure }
  | { at: 'view_customer'; customerId: string }

/** What the row offers first: the next step towards an association. A mail that did not arrive is cured at its address. */
export function mainAct(row: Pick<Prospect, 'state' | 'cure' | 'customer' | 'lastInvitation'>): RowAct {
  switch (row.state) {
    case 'ASSOCIATED': return row.customer ? { at: 'view_customer', customerId: row.customer.id } : { at: 'none' }
    case 'EXPIRED': case 'REJECTED': return { at: 'report_again' }
    case 'UNDER_REVIEW': return { at: 'invite' }
    case 'ASSOCIATION_FAILED': return row.cure ? { at: 'cure', cure: row.cure } : { at: 'resend' }
    case 'REPORTED': return { at: row.lastInvitation === null ? 'invite' : row.lastInvitation.state === 'SEND_FAILED' ? 'edit_email' : 'resend' }
  }
}

/** @returns whether the mail address may still be added or changed. */
export const hasOpenReport = (state: ProspectState): boolean => state === 'UNDER_REVIEW' || invitable.includes(state)

/** @returns whether a link is on its way that a new address makes void. */
export const hasPendingLink = (row: Pick<Prospect, 'lastInvitation'>): boolean => row.lastInvitation?.state === 'SENT' || row.lastInvitation?.state === 'OPENED'

/** @param at ISO 8601. @param now milliseconds. @returns whole days that are still left, 0 on the last one; undefined once it is over. */
export function daysLeft(at: string, now: number): number | undefined {
  const rest = Date.parse(at) - now
  return rest > 0 ? Math.floor(rest / 86_400_000) : undefined
}

/** Cures that end in sending the mail again; the others are explained. */
export const isResendCure = (cure: InviteCure): boolean => cure.startsWith('resend') || cure === 'invite_by_mail'
