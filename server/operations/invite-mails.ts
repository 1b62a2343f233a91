import { randomUUID } from 'node:crypto'
import type { AssociationType } from '#contract/customers.ts'
import type { RowRefusal } from '#contract/errors.ts'
import type { InvitationsSent, InviteCause } from '#contract/invites.ts'
import type { Locale } from '#contract/people.ts'
import type { ProspectState } from '#contract/prospects.ts'
import { isManager, type Actor } from '#server/auth/actor.ts'
import { keyedHash } from '#server/auth/secrets.ts'
import { secondsUntil, takeLimit } from '#server/db/limit.ts'
import { list, sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import type { Context } from '#server/http/context.ts'
import type { Deps } from '#server/http/deps.ts'
import { Refusal } from '#server/http/refusal.ts'
import { rowSentence } from '#server/http/sentences.ts'
import { dayPart, nextNumber } from '#server/ledger/numbers.ts'
import { invitationLife, invitationWait, mailsPerAddress, mailsPerPartner } from '#server/limits.ts'
import { maskCompany, maskEmail, maskMobile } from '#server/masking/mask.ts'
import { enqueueNotices } from '#server/messages/enqueue.ts'
import { inviteBlocks, partnerMailsLimit } from './invite-blocks.ts'
import { isCuredByMail, prospectScope, prospectState } from './invite-state.ts'
import { hashToken, inviteAddress, newMailToken } from './invite-tokens.ts'

/** A prospect as it stands for inviting, in the clear. */
export type Invitee = {
  id: string; name: string; mobile: string; email: string | null; managerId: string | null; state: ProspectState; cause: InviteCause | null
  /** Of its last mail invitation. */
  lastSentAt: Date | null
}
export type Ask = { prospect: Invitee; associationType: AssociationType }
type MailDeps = Pick<Deps, 'settings' | 'secrets'>

/** Holds the prospects until the end of the transaction, so that of two who invite one waits and then sees the other's mail.
 *  @returns them by id. Refuses with not_found when one of them is not in the person's scope. */
export async function lockInvitees(tx: Tx, now: Date, actor: Actor, ids: readonly string[]): Promise<Map<string, Invitee>> {
  const wanted = [...new Set(ids)]
  const held = await tx.rows(sql`select p.id from prospects p where p.partner_id = ${actor.partner.id} and p.id = any(${list(wanted)}::uuid[]) and ${prospectScope(actor)} order by p.id for no key update of p`)
  if (held.length < wanted.length) throw new Refusal('not_found')
  const rows = await tx.rows<Invitee>(sql`
    select p.id, p.name, p.mobile, p.email, p.manager_id as "managerId", ${prospectState(now)} as state, p.cause, i.sent_at as "lastSentAt"
      from prospects p left join invitations i on i.partner_id = p.partner_id and i.id = p.last_invitation_id
     where p.partner_id = ${actor.partner.id} and p.id = any(${list(wanted)}::uuid[])`)
  return new Map(rows.map((row) => [row.id, row]))
}

/** @returns whether a report allows a mail at all: it stands, or it failed for a cause that another mail may help against. */
export const mayBeInvited = ({ state, cause }: Pick<Invitee, 'state' | 'cause'>): boolean => state === 'REPORTED' || (state === 'ASSOCIATION_FAILED' && isCuredByMail(cause))

/** @returns when the next mail may leave. */
export const nextMailAt = (lastSentAt: Date): Date => new Date(lastSentAt.getTime() + invitationWait * 1000)

/** @param by `mail` also counts what blocks mail invitations only. @returns what the partner may invite as. Refuses with invite_blocked while it may not. */
export async function admitInviting({ tx, actor }: Context, by: 'mail' | 'any'): Promise<AssociationType[]> {
  const { blocked, mailBlocked, types } = await inviteBlocks(tx, actor.partner)
  const block = by === 'mail' ? mailBlocked : blocked
  if (block) throw new Refusal('invite_blocked', { facts: { block } })
  return types
}

type Reason = { row: number; code: RowRefusal['code']; facts?: Record<string, string> }

/** Checks every row, and takes the places of all mails in the limits, before anything is written.
 *  @param asks one for each row; `undefined` for a row that was refused before. @param earlier those refusals. @param types what the partner may invite as.
 *  Refuses with rows_refused, naming every row at fault, and with too_many_requests above the partner's limit of a day. */
export async function admitMails(context: Context, deps: MailDeps, asks: readonly (Ask | undefined)[], types: readonly AssociationType[], earlier: readonly Reason[] = []): Promise<Ask[]> {
  const { tx, now, actor, request } = context
  const reasons = [...earlier, ...asks.flatMap((ask, row) => ask && (refuseRow(asks, ask, row, types, now) ?? []) || [])]
  const refused = new Set(reasons.map(({ row }) => row))
  const good = asks.flatMap((ask, row) => (ask && !refused.has(row) ? [{ row, ask }] : []))
  reasons.push(...(await refuseAddresses(tx, now, deps, good)))
  if (reasons.length > 0) throw new Refusal('rows_refused', { sentence: 'invites_refused', rows: reasons.toSorted((a, b) => a.row - b.row).map((reason) => toRow(reason, request.locale)) })
  const free = await takeLimit(tx, now, partnerMailsLimit, actor.partner.id, mailsPerPartner.window, mailsPerPartner.max, good.length)
  if (free) throw new Refusal('too_many_requests', { sentence: 'invite_mail_limit', retryAfter: secondsUntil(free, now), facts: { until: free.toISOString(), max: String(mailsPerPartner.max) } })
  return good.map(({ ask }) => ask)
}

const toRow = ({ row, code, facts = {} }: Reason, locale: Locale): RowRefusal => ({ row, code, message: rowSentence(code, locale, facts) })

function refuseRow(asks: readonly (Ask | undefined)[], { prospect, associationType }: Ask, row: number, types: readonly AssociationType[], now: Date): Reason | undefined {
  const first = asks.findIndex((other) => other?.prospect.id === prospect.id)
  if (first < row) return { row, code: 'duplicate', facts: { other: String(first + 1) } }
  if (!types.includes(associationType)) return { row, code: 'no_resale' }
  if (!mayBeInvited(prospect)) return { row, code: 'not_reported' }
  if (prospect.email === null) return { row, code: 'no_email' }
  const at = prospect.lastSentAt && nextMailAt(prospect.lastSentAt)
  return at && at > now ? { row, code: 'too_soon', facts: { seconds: String(secondsUntil(at, now)) } } : undefined
}

/** Of all partners together: the address is known to the limit as a keyed hash only. In one order, so that two batches never wait for each other. */
async function refuseAddresses(tx: Tx, now: Date, { secrets }: MailDeps, rows: readonly { row: number; ask: Ask }[]): Promise<Reason[]> {
  const byHash = new Map<string, number[]>()
  for (const { row, ask: { prospect } } of rows) {
    const hash = keyedHash(secrets, prospect.email ?? '')
    byHash.set(hash, [...(byHash.get(hash) ?? []), row])
  }
  const taken = [...byHash].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(async ([hash, of]) => ({ of, free: await takeLimit(tx, now, 'invite-address', hash, mailsPerAddress.window, mailsPerAddress.max, of.length) }))
  return (await Promise.all(taken)).flatMap(({ of, free }) => (free === undefined ? [] : of.map((row): Reason => ({ row, code: 'address_limit' }))))
}

/** Whoever comes through an account manager's mail is that manager's. One with a further role also writes to prospects of others, and leaves them theirs. */
const managerOf = (actor: Actor, present: string | null): string | null => (isManager(actor) && (actor.reach === 'own' || present === null) ? actor.member.id : present)

/** Writes invitations with their mails, in the transaction of whoever asked; earlier links of the same prospects are void from then on.
 *  The token exists in memory and in the sealed mail only. @param asks as admitMails let them pass. @returns them in that order. */
export async function writeInvitations(context: Context, deps: MailDeps, asks: readonly Ask[]): Promise<InvitationsSent['items']> {
  const { tx, now, actor } = context
  const { partner, member } = actor
  const until = new Date(now.getTime() + invitationLife * 1000)
  const made = asks.map((ask) => ({ ...ask, id: randomUUID(), messageId: randomUUID(), token: newMailToken(), managerId: managerOf(actor, ask.prospect.managerId) }))
  const column = (pick: (one: (typeof made)[number]) => string | null) => list(made.map(pick))
  const ids = column(({ id }) => id)
  await voidMails(tx, partner.id, asks.map(({ prospect }) => prospect.id), 'REPLACED')
  const rows = await tx.rows<{ id: string; number: string }>(sql`
    insert into invitations (partner_id, id, number, kind, association_type, prospect_id, message_id, name, mobile, email, inviter_id, manager_id, sent_at, expires_at, state)
    select ${partner.id}::uuid, n.id, ${nextNumber('IV', 'invitation_numbers', dayPart(now, partner.timeZone))}, 'MAIL', n.type, n.prospect_id, n.message_id, n.name, n.mobile, n.email, ${member.id}::uuid, n.manager_id, ${now}::timestamptz, ${until}::timestamptz, 'SENT'
      from unnest(${ids}::uuid[], ${column(({ associationType }) => associationType)}::text[], ${column(({ prospect }) => prospect.id)}::uuid[], ${column(({ messageId }) => messageId)}::uuid[], ${column(({ prospect }) => prospect.name)}::text[],
                  ${column(({ prospect }) => prospect.mobile)}::text[], ${column(({ prospect }) => prospect.email)}::text[], ${column(({ managerId }) => managerId)}::uuid[]) with ordinality as n(id, type, prospect_id, message_id, name, mobile, email, manager_id, place)
     order by n.place returning id, number`)
  await tx.run(sql`insert into invite_tokens (token_hash, partner_id, invitation_id) select hash, ${partner.id}::uuid, id from unnest(${column(({ token }) => hashToken(token))}::text[], ${ids}::uuid[]) as n(hash, id)`)
  await tx.run(sql`update prospects p set last_invitation_id = n.id from unnest(${column(({ prospect }) => prospect.id)}::uuid[], ${ids}::uuid[]) as n(prospect_id, id) where p.partner_id = ${partner.id} and p.id = n.prospect_id`)
  await enqueueNotices(tx, now, made.map(({ prospect, associationType, messageId, token }) => ({
    id: messageId, partnerId: partner.id, kind: prospect.lastSentAt === null ? 'IN-01' as const : 'IN-02' as const, channel: 'email' as const, to: prospect.email ?? '', toMasked: maskEmail(prospect.email ?? ''), locale: member.language,
    params: { partner: partner.name, name: maskCompany(prospect.name), type: associationType, mobile: maskMobile(prospect.mobile), until }, url: inviteAddress(deps.settings, token),
  })))
  const numbers = new Map(rows.map(({ id, number }) => [id, number]))
  return made.map(({ id, prospect }) => ({ prospectId: prospect.id, invitationId: id, number: numbers.get(id) ?? '', expiresAt: until.toISOString() }))
}

/** Ends the mail invitations of prospects that still work: their links are dead and their mails, if they wait, do not leave.
 *  @returns the numbers of those that ended. */
export async function voidMails(tx: Tx, partnerId: string, prospectIds: readonly string[], state: 'REPLACED' | 'REVOKED'): Promise<string[]> {
  const ended = await tx.rows<{ id: string; number: string; messageId: string | null }>(sql`
    update invitations set state = ${state} where partner_id = ${partnerId} and prospect_id = any(${list(prospectIds)}::uuid[]) and kind = 'MAIL' and state in ('SENT', 'OPENED', 'FAILED')
    returning id, number, message_id as "messageId"`)
  await silence(tx, partnerId, ended)
  return ended.map(({ number }) => number)
}

/** What an ended invitation leaves behind: its token and a mail that waits. */
export async function silence(tx: Tx, partnerId: string, ended: readonly { id: string; messageId: string | null }[]): Promise<void> {
  if (ended.length === 0) return
  await tx.run(sql`delete from invite_tokens where partner_id = ${partnerId} and invitation_id = any(${list(ended.map(({ id }) => id))}::uuid[])`)
  await tx.run(sql`update messages set state = 'dropped', reason = 'void', sealed = null where partner_id = ${partnerId} and state = 'queued' and id = any(${list(ended.map(({ messageId }) => messageId))}::uuid[])`)
}
