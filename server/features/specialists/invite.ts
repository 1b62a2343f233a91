import { randomBytes, randomUUID } from 'node:crypto'
import type { inviteSpecialist, resendSpecialist, SpecialistWay } from '#contract/specialists.ts'
import { keyedHash } from '#server/auth/secrets.ts'
import { secondsUntil, takeLimit } from '#server/db/limit.ts'
import { sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import type { Context, LogFacts, Operation } from '#server/http/context.ts'
import type { Deps } from '#server/http/deps.ts'
import { Refusal } from '#server/http/refusal.ts'
import { mailsPerAddress, specialistInvitations, specialistLinkLife } from '#server/limits.ts'
import { maskEmail, maskMobile } from '#server/masking/mask.ts'
import { normalizeEmail, normalizeMobile } from '#server/messages/contact.ts'
import { enqueueNotices } from '#server/messages/enqueue.ts'
import { hashToken } from '#server/operations/invite-tokens.ts'
import { maskDestination, presentSpecialist, resendAt } from './present.ts'
import { readSpecialist, voidLink, type SpecialistRecord } from './store.ts'

type MailDeps = Pick<Deps, 'settings' | 'secrets'>

/** Invites one person. All of it happens in `apply`, so that a refusal takes no place in the limits. */
export const inviteOperation = (deps: MailDeps): Operation<typeof inviteSpecialist, string> => ({
  permission: 'org.member', refused: 'specialist.invited',
  async prepare({ body: { way, value } }, { actor }) {
    refuseBlocked(actor.partner.state)
    const destination = clean[way](value)
    if (destination === undefined) throw new Refusal('invalid_input', { fields: [{ path: 'value', code: wrongCode[way], message: '' }] })
    return destination
  },
  async apply(destination, { body: { way, name, language } }, context) {
    const { tx, now, actor } = context
    const id = randomUUID()
    const made = await tx.run(sql`insert into specialists (partner_id, id, name, way, destination, language, state, inviter_id, invited_at, sent_at, expires_at)
      values (${actor.partner.id}::uuid, ${id}::uuid, ${name}, ${way}, ${destination}, ${language}, 'INVITED', ${actor.member.id}::uuid, ${now}::timestamptz, ${now}::timestamptz, ${endOf(now)}::timestamptz)
      on conflict (partner_id, way, lower(destination)) where state in ('INVITED','UNDER_REVIEW','BOUND') do nothing`)
    if (made === 0) throw new Refusal('conflict', { sentence: 'specialist_open' })
    return presentSpecialist(await sendLink(context, deps, await demandSpecialist(context, id)))
  },
  log: (row, destination, { body: { way } }) => factsOf('specialist.invited', row.id, { way: loggedWay[way], to: maskDestination({ way, destination }) }),
})

/** Sends a new link to somebody who has not accepted; also after the earlier one has lapsed. */
export const resendOperation = (deps: MailDeps): Operation<typeof resendSpecialist, SpecialistRecord> => ({
  permission: 'org.member', refused: 'specialist.resent',
  async prepare({ params: { id } }, context) {
    refuseBlocked(context.actor.partner.state)
    const row = await demandSpecialist(context, id, true)
    if (row.state !== 'INVITED' && row.state !== 'LAPSED') throw new Refusal('conflict', { sentence: 'specialist_closed' })
    if (resendAt(row) > context.now) throw new Refusal('too_many_requests', { sentence: 'specialist_too_soon', retryAfter: secondsUntil(resendAt(row), context.now), facts: { seconds: String(secondsUntil(resendAt(row), context.now)) } })
    return row
  },
  async apply(row, _input, context) {
    await voidLink(context.tx, context.actor.partner.id, row)
    return presentSpecialist(await sendLink(context, deps, row))
  },
  log: (row, record) => factsOf('specialist.resent', row.id, { way: loggedWay[record.way], to: maskDestination(record) }),
})

/** @returns the partner's specialist. Refuses with not_found. */
export async function demandSpecialist({ tx, now, actor }: Context, id: string, lock = false): Promise<SpecialistRecord> {
  const row = await readSpecialist(tx, now, actor.partner.id, id, lock)
  if (!row) throw new Refusal('not_found')
  return row
}

/** What the log says of a specialist; the id is what stands in every row. */
export const factsOf = (operation: LogFacts['operation'], id: string, details: NonNullable<LogFacts['details']>): LogFacts => ({ operation, objectKind: 'specialist', objectNumber: id, details })

const clean: Record<SpecialistWay, (text: string) => string | undefined> = {
  MOBILE: normalizeMobile, EMAIL: (text) => normalizeEmail(text.normalize('NFKC')), ACCOUNT: (text) => /^[^\p{Cc}\s*]{5,32}$/u.exec(text.normalize('NFKC').trim())?.[0],
}
const loggedWay: Record<SpecialistWay, string> = { MOBILE: 'mobile', EMAIL: 'email', ACCOUNT: 'accountName' }
const wrongCode: Record<SpecialistWay, string> = { MOBILE: 'mobile', EMAIL: 'email', ACCOUNT: 'account_name' }
const endOf = (now: Date): Date => new Date(now.getTime() + specialistLinkLife * 1000)

function refuseBlocked(state: string): void {
  if (state === 'FROZEN' || state === 'LEFT') throw new Refusal('invite_blocked', { sentence: 'specialist_blocked', facts: { block: 'partner_frozen' } })
}

/** Takes the places in the limits, makes the link and its message. The token exists in memory and in the sealed message only. */
async function sendLink(context: Context, deps: MailDeps, row: SpecialistRecord): Promise<SpecialistRecord> {
  const { tx, now, actor: { partner } } = context
  await takePlaces(tx, now, deps, partner.id, row)
  const messageId = randomUUID()
  // 128 random bits: short enough for the variable of a registered SMS.
  const token = randomBytes(16).toString('base64url')
  await tx.run(sql`insert into specialist_tokens (token_hash, partner_id, specialist_id) values (${hashToken(token)}, ${partner.id}::uuid, ${row.id}::uuid)`)
  const target = await targetOf(tx, row)
  if (target) {
    await enqueueNotices(tx, now, [{
      id: messageId, partnerId: partner.id, kind: 'SP-01', channel: target.channel, to: target.to, toMasked: target.channel === 'sms' ? maskMobile(target.to) : maskEmail(target.to), locale: row.language,
      params: { partner: partner.name, until: endOf(now), url: `${deps.settings.publicUrl}/specialist/${token}` },
    }])
  }
  await tx.run(sql`update specialists set sent_at = ${now}::timestamptz, expires_at = ${endOf(now)}::timestamptz, message_id = ${target ? messageId : null}::uuid where partner_id = ${partner.id} and id = ${row.id}::uuid`)
  return await demandSpecialist(context, row.id)
}

/** Refuses the hundred and first of the partner in a day, and the eleventh to one destination of all partners together. */
async function takePlaces(tx: Tx, now: Date, { secrets }: MailDeps, partnerId: string, row: SpecialistRecord): Promise<void> {
  const free = await takeLimit(tx, now, 'specialist-invitations', partnerId, specialistInvitations.window, specialistInvitations.max)
  if (free) throw new Refusal('too_many_requests', { sentence: 'specialist_limit', retryAfter: secondsUntil(free, now), facts: { until: free.toISOString(), max: String(specialistInvitations.max) } })
  const again = await takeLimit(tx, now, 'specialist-address', keyedHash(secrets, `specialist\n${row.way}\n${row.destination.toLowerCase()}`), mailsPerAddress.window, mailsPerAddress.max)
  if (again) throw new Refusal('too_many_requests', { retryAfter: secondsUntil(again, now) })
}

/** Where the link goes. A vendor account is told at its mail address, else at its number; where there is no such account nothing leaves, and nobody learns of it. */
async function targetOf(tx: Tx, { way, destination }: SpecialistRecord): Promise<{ channel: 'sms' | 'email'; to: string } | undefined> {
  if (way === 'MOBILE') return { channel: 'sms', to: destination }
  if (way === 'EMAIL') return { channel: 'email', to: destination }
  const [account] = await tx.rows<{ mobile: string | null; email: string | null }>(sql`select mobile, email from cloud_accounts where name_key = lower(normalize(${destination}, NFKC)) and password_hash is not null`)
  if (account && account.email !== null) return { channel: 'email', to: account.email }
  return account && account.mobile !== null ? { channel: 'sms', to: account.mobile } : undefined
}
