import { randomUUID } from 'node:crypto'
import type { sendInviteCode } from '#contract/acceptance.ts'
import type { Parsed, Reply } from '#contract/endpoint.ts'
import { demandCustomer } from '#server/auth/customer-sessions.ts'
import { keyedHash } from '#server/auth/secrets.ts'
import { sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import type { Visitor } from '#server/http/context.ts'
import type { Deps } from '#server/http/deps.ts'
import { Refusal } from '#server/http/refusal.ts'
import { resendWait } from '#server/limits.ts'
import { maskMobile } from '#server/masking/mask.ts'
import { sendWithin } from '#server/messages/channel.ts'
import { inviteCodeMessage, type InvitePurpose } from '#server/messages/invite-code.ts'
import { newCode, newReference } from '#server/proofs/code.ts'
import { storeCode } from '#server/proofs/public-codes.ts'
import { takeSlots, toPublic } from '#server/proofs/slots.ts'
import { demandInvite, type Invite } from './find.ts'
import { checkReported, readMobile } from './number.ts'
import { logVisit } from './record.ts'

type Sent = Reply<typeof sendInviteCode>
type Prepared = { invite: Invite; mobile: string; purpose: InvitePurpose; code: string; sent: Sent }

/** Sends a code for one link to one number: to the one that is given, for a new account, or to the signed-in customer's own, for an association. Nothing in
 *  the answer, nor its time, hangs on whether the number is known. Slots are committed before the provider is called.
 *  Refuses with link_closed, invalid_input, not_signed_in, too_many_requests, no_channel or send_failed. */
export async function sendCodeOf(deps: Deps, { body }: Parsed<typeof sendInviteCode>, visitor: Visitor): Promise<Sent> {
  const channel = deps.channels.sms
  if (!channel) throw new Refusal('no_channel')
  const prepared = await deps.database.inGlobal((tx, now) => prepare(tx, now, deps, body, visitor))
  if (prepared instanceof Refusal) throw prepared
  const { text, template } = inviteCodeMessage({
    locale: visitor.request.locale, purpose: prepared.purpose, partner: prepared.invite.partner.name, code: prepared.code, reference: prepared.sent.reference, minutes: Math.floor(deps.settings.codeLifeSeconds / 60),
  })
  try {
    await sendWithin(channel, { id: randomUUID(), to: prepared.mobile, text, template })
  } catch {
    // The send counts; only the wait does not, because nothing arrived.
    await deps.database.inGlobal((tx) => tx.run(sql`delete from limits where name = 'send.wait.destination' and subject = ${keyedHash(deps.secrets, prepared.mobile)}`))
    throw new Refusal('send_failed')
  }
  return prepared.sent
}

async function prepare(tx: Tx, now: Date, deps: Deps, { token, mobile: typed }: Parsed<typeof sendInviteCode>['body'], visitor: Visitor): Promise<Prepared | Refusal> {
  const { request } = visitor
  const customer = typed === undefined ? await demandCustomer(tx, now, deps, visitor, 'change') : undefined
  const mobile = typed === undefined ? customer?.account.mobile ?? null : readMobile(typed)
  if (mobile === null) throw new Refusal('no_channel', { sentence: 'no_mobile' })
  const invite = await demandInvite(tx, now, token)
  const differs = await checkReported(tx, now, invite, mobile, request)
  if (differs) return differs
  await takeSlots(tx, now, toPublic({ ...deps, ...deps.settings }, invite.partner.id, mobile, request.address))
  const [code, reference, expiresAt] = [newCode(), newReference(), new Date(now.getTime() + deps.settings.codeLifeSeconds * 1000)]
  const purpose = customer ? 'accept' : 'register'
  await storeCode(tx, now, deps.secrets, { purpose, subject: invite.tokenHash, destination: mobile }, { code, reference, expiresAt })
  await logVisit(tx, now, invite, customer?.account.name ?? null, request, { operation: 'account.code_sent', confirmedBy: 'sms', details: { destination: maskMobile(mobile), reference, purpose } })
  return {
    invite, mobile, purpose, code,
    sent: { sentTo: maskMobile(mobile), reference, resendAt: new Date(now.getTime() + resendWait * 1000).toISOString(), expiresAt: expiresAt.toISOString(), now: now.toISOString() },
  }
}
