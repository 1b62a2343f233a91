import type { AssociationType } from '#contract/customers.ts'
import type { LinkKind } from '#contract/invites.ts'
import type { PartnerState, PartnerType } from '#contract/people.ts'
import { raiseFence } from '#server/auth/customer-sessions.ts'
import { sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { Refusal } from '#server/http/refusal.ts'
import { hashToken } from '#server/operations/invite-tokens.ts'
import { stateOf, type Offer } from './rules.ts'

/** What a token opens, with the partner behind it. */
export type Invite = Offer & {
  tokenHash: string
  partner: Offer['partner'] & { id: string; name: string; timeZone: string }
  managerId: string | null; inviterId: string
  mail: { id: string; number: string; prospectId: string; name: string; email: string | null } | null
  link: { id: string; kind: LinkKind; label: string } | null
}
type PartnerRow = { name: string; timeZone: string; type: PartnerType; state: PartnerState; mayDevelop: boolean; mayResell: boolean; distributorLeft: boolean }
type Common = { associationType: AssociationType; managerId: string | null; inviterId: string }
type MailRow = Common & { id: string; number: string; prospectId: string; name: string; email: string | null; mobile: string; state: string; expiresAt: Date }
type LinkRow = Common & { id: string; kind: LinkKind; label: string; revokedAt: Date | null; startsAt: Date | null; endsAt: Date | null }

/** Finds what a token opens and lets the rest of the transaction see that partner's rows. @param lock holds a mail invitation to the end of the transaction:
 *  of all who use it at once one goes first. @returns undefined for a token that nobody gave out, or that is void. */
export async function findInvite(tx: Tx, token: string, lock = false): Promise<Invite | undefined> {
  const tokenHash = hashToken(token)
  const [given] = await tx.rows<{ partnerId: string; invitationId: string | null; linkId: string | null }>(sql`
    select partner_id as "partnerId", invitation_id as "invitationId", link_id as "linkId" from invite_tokens where token_hash = ${tokenHash}`)
  if (!given) return undefined
  await raiseFence(tx, given.partnerId)
  const partner = await readPartner(tx, given.partnerId)
  if (!partner) return undefined
  return given.invitationId === null ? await readLink(tx, given.linkId ?? '', { tokenHash, partner }) : await readMail(tx, given.invitationId, { tokenHash, partner }, lock)
}

type Found = Pick<Invite, 'tokenHash' | 'partner'>

async function readPartner(tx: Tx, id: string): Promise<Invite['partner'] | undefined> {
  const [row] = await tx.rows<PartnerRow>(sql`select name, time_zone as "timeZone", type, state, may_develop as "mayDevelop", may_resell as "mayResell", distributor_left as "distributorLeft" from partners where id = ${id}`)
  return row && {
    id, name: row.name, timeZone: row.timeZone, mayResell: row.mayResell,
    isBlocked: row.state === 'FROZEN' || row.state === 'LEFT' || !row.mayDevelop, distributorLeft: row.type === 'RESELLER' && row.distributorLeft,
  }
}

async function readMail(tx: Tx, id: string, found: Found, lock: boolean): Promise<Invite | undefined> {
  const [row] = await tx.rows<MailRow>(sql`
    select id, number, prospect_id as "prospectId", name, email, mobile, state, expires_at as "expiresAt", association_type as "associationType", manager_id as "managerId", inviter_id as "inviterId"
      from invitations where partner_id = ${found.partner.id} and id = ${id} ${lock ? sql`for no key update` : sql``}`)
  return row && {
    ...found, via: 'mail', associationType: row.associationType, managerId: row.managerId, inviterId: row.inviterId, mobile: row.mobile,
    isOver: ['REVOKED', 'REPLACED', 'ASSOCIATED'].includes(row.state), expiresAt: row.expiresAt, startsAt: null, endsAt: null,
    mail: { id: row.id, number: row.number, prospectId: row.prospectId, name: row.name, email: row.email }, link: null,
  }
}

async function readLink(tx: Tx, id: string, found: Found): Promise<Invite | undefined> {
  const [row] = await tx.rows<LinkRow>(sql`
    select id, kind, label, revoked_at as "revokedAt", starts_at as "startsAt", ends_at as "endsAt", association_type as "associationType", manager_id as "managerId", creator_id as "inviterId"
      from invite_links where partner_id = ${found.partner.id} and id = ${id}`)
  return row && {
    ...found, via: 'link', associationType: row.associationType, managerId: row.managerId, inviterId: row.inviterId, mobile: null,
    isOver: row.revokedAt !== null, expiresAt: null, startsAt: row.startsAt, endsAt: row.endsAt, mail: null, link: { id: row.id, kind: row.kind, label: row.label },
  }
}

/** As findInvite. Refuses with `link_closed` what cannot be used now; its facts say why, as the page's view does. @param alsoFailing lets through what an
 *  association records as its cause: an activity that is over, a partner that may not. */
export async function demandInvite(tx: Tx, now: Date, token: string, { lock = false, alsoFailing = false } = {}): Promise<Invite> {
  const invite = await findInvite(tx, token, lock)
  const state = invite ? stateOf(invite, now) : 'invalid'
  if (invite && (state === 'open' || (alsoFailing && (state === 'ended' || state === 'partner_blocked')))) return invite
  throw new Refusal('link_closed', { facts: { state } })
}
