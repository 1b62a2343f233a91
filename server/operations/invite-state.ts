import { cureOf, InviteCause, type InvitationState, type InviteCure } from '#contract/invites.ts'
import { reachedMembers, type Actor } from '#server/auth/actor.ts'
import { list, sql, type SQL } from '#server/db/query.ts'

// What a prospect or an invitation is now: part of it is kept, part follows from the time and from its mail. Written once, for lists, filters,
// exports and every rule that asks.

/** The mail of an invitation under the alias `mail`, for `invitationState`. */
export const withMail = sql`left join messages mail on mail.partner_id = i.partner_id and mail.id = i.message_id`

/** @returns the state of an invitation, of `invitations i` with its mail. A link that was replaced or used stays so when its time is over. */
export const invitationState = (now: Date): SQL => sql`case
  when i.state = 'SENT' and mail.state in ('failed', 'dropped') then 'SEND_FAILED'
  when i.state in ('SENT', 'OPENED') and i.expires_at <= ${now}::timestamptz then 'EXPIRED'
  else i.state end`

/** @returns a condition that says the same as `invitationState(now) = state`, by columns that have an index. */
export function hasInvitationState(state: InvitationState, now: Date): SQL {
  const isOver = sql`coalesce(i.expires_at <= ${now}::timestamptz, false)`
  const hasFailed = sql`coalesce(mail.state in ('failed', 'dropped'), false)`
  switch (state) {
    case 'SENT': return sql`(i.state = 'SENT' and not ${isOver} and not ${hasFailed})`
    case 'SEND_FAILED': return sql`(i.state = 'SENT' and ${hasFailed})`
    case 'OPENED': return sql`(i.state = 'OPENED' and not ${isOver})`
    case 'EXPIRED': return sql`(i.state in ('SENT', 'OPENED') and ${isOver} and not (i.state = 'SENT' and ${hasFailed}))`
    case 'FAILED':
    case 'ASSOCIATED':
    case 'REVOKED':
    case 'REPLACED': return sql`i.state = ${state}`
  }
}

/** @returns the state of a prospect, of `prospects p`. */
export const prospectState = (now: Date): SQL => sql`case when p.state in ('REPORTED', 'ASSOCIATION_FAILED') and p.expires_at <= ${now}::timestamptz then 'EXPIRED' else p.state end`

/** @returns a condition on `prospects p`: it holds its number and counts against the partner's limit. */
export const isOpenProspect = (now: Date): SQL => sql`(p.state in ('UNDER_REVIEW', 'REPORTED', 'ASSOCIATION_FAILED') and (p.expires_at is null or p.expires_at > ${now}::timestamptz))`

/** @returns whose rows a person sees: all, a manager's own, or those of a director's managers.
 *  @param owners columns with the members a row belongs to. */
export function rowScope(actor: Actor, ...owners: readonly SQL[]): SQL {
  const mine = reachedMembers(actor)
  if (!mine) return sql`true`
  return sql`(${sql.join(owners.map((owner) => sql`${owner} ${mine}`), sql` or `)})`
}

/** @returns the scope of `prospects p`. */
export const prospectScope = (actor: Actor): SQL => rowScope(actor, sql`p.manager_id`, sql`p.reporter_id`)
/** @returns the scope of `invitations i`. */
export const invitationScope = (actor: Actor): SQL => rowScope(actor, sql`i.manager_id`, sql`i.inviter_id`)

const hopeless: readonly InviteCure[] = ['invite_other_account', 'ask_ecosystem_manager']
const byMail: readonly InviteCure[] = ['resend', 'resend_as_referral', 'resend_with_reminder', 'resend_after_payment', 'resend_after_cancelling']

/** Causes that something can be done about. */
export const curableCauses = list(InviteCause.options.filter((cause) => !hopeless.includes(cureOf[cause])))

/** @returns whether another mail may help against a cause. */
export const isCuredByMail = (cause: InviteCause | null): boolean => cause !== null && byMail.includes(cureOf[cause])
