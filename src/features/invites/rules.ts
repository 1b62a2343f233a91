import type { AssociationType } from '#contract/customers.ts'
import type { Invitation, InviteCure } from '#contract/invites.ts'

type StepName = 'sent' | 'opened' | 'registered' | 'associated' | 'unfrozen'
export type Step = { name: StepName; at: 'done' | 'failed' | 'open' }

type Progress = Pick<Invitation, 'state' | 'accountNameMasked' | 'associationType' | 'openedAt' | 'registeredAt' | 'associatedAt' | 'isUnfrozen'>

/** @returns how far an invitation has come. A referral customer is never frozen, so its way ends with the association. */
export function stepsOf({ state, accountNameMasked, associationType, openedAt, registeredAt, associatedAt, isUnfrozen }: Progress): Step[] {
  const isAssociated = state === 'ASSOCIATED' || associatedAt !== null
  const reached = (name: StepName, isThere: boolean, failed = false): Step => ({ name, at: failed ? 'failed' : isThere ? 'done' : 'open' })
  return [
    reached('sent', true, state === 'SEND_FAILED'),
    reached('opened', openedAt !== null || isAssociated),
    // Somebody whose account existed before never registers, yet has passed this point, also where the association then fails.
    reached('registered', registeredAt !== null || isAssociated || (state === 'FAILED' && accountNameMasked !== null)),
    reached('associated', isAssociated, state === 'FAILED'),
    ...(associationType === 'RESALE' ? [reached('unfrozen', isAssociated && isUnfrozen)] : []),
  ]
}

/** @returns whole days, else whole hours, until an instant; 0 hours for less than one. Undefined once it is over. @param now in milliseconds. */
export function timeLeft(expiresAt: string, now: number): { unit: 'days' | 'hours'; count: number } | undefined {
  const hours = Math.floor((Date.parse(expiresAt) - now) / 3_600_000)
  if (Date.parse(expiresAt) <= now) return undefined
  return hours >= 24 ? { unit: 'days', count: Math.floor(hours / 24) } : { unit: 'hours', count: hours }
}

/** @returns whether an invitation may still be accepted, so that it can be revoked. Those through a link end with the link. */
export const isPending = ({ kind, state }: Pick<Invitation, 'kind' | 'state'>): boolean => kind === 'MAIL' && (state === 'SENT' || state === 'OPENED')

/** @returns whether another mail may be asked for now or soon. Only a mail invitation has an address to send to. */
export const isResendable = ({ kind, resendAt }: Pick<Invitation, 'kind' | 'resendAt'>): boolean => kind === 'MAIL' && resendAt !== null

/** @returns whether a new mail to the same prospect takes its place: it was revoked, by hand or because its address changed. */
export const isReplaceable = ({ kind, state, prospectId }: Pick<Invitation, 'kind' | 'state' | 'prospectId'>): boolean => kind === 'MAIL' && state === 'REVOKED' && prospectId !== null

/** @returns what the button of a cure opens. `resend`: the mail again. `link`: the person's general link, where there is no mail to repeat.
 *  `explain`: what to do, with the ways there. */
export function cureStep(cure: InviteCure, invitation: Pick<Invitation, 'kind' | 'associationType' | 'resendAt'>): { opens: 'resend' | 'link'; associationType: AssociationType } | { opens: 'explain' } {
  const repeats: readonly InviteCure[] = ['resend', 'resend_as_referral', 'resend_with_reminder', 'resend_after_payment', 'resend_after_cancelling']
  if (!repeats.includes(cure)) return { opens: 'explain' }
  const associationType = cure === 'resend_as_referral' ? 'REFERRAL' : invitation.associationType
  if (isResendable(invitation)) return { opens: 'resend', associationType }
  return invitation.kind === 'MAIL' ? { opens: 'explain' } : { opens: 'link', associationType }
}
