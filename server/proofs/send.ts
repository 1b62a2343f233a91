import { randomUUID } from 'node:crypto'
import { Summary, type ProofChannel, type SentCode } from '#contract/proofs.ts'
import type { Locale } from '#contract/people.ts'
import { writeLog } from '#server/audit/write.ts'
import type { Actor } from '#server/auth/actor.ts'
import type { Secrets } from '#server/auth/secrets.ts'
import { sql } from '#server/db/query.ts'
import type { Database, Tx } from '#server/db/transaction.ts'
import type { RequestFacts } from '#server/http/context.ts'
import { Refusal } from '#server/http/refusal.ts'
import { guessesPerProof, resendWait, sendsPerProof } from '#server/limits.ts'
import { sendWithin, type MessageChannel } from '#server/messages/channel.ts'
import { codeMessage } from '#server/messages/texts.ts'
import { newCode, newReference } from './code.ts'
import { waysOf, type Contact } from './contacts.ts'
import { codeMac } from './digest.ts'
import { lockedUntil, personLocked } from './guard.ts'
import { personKey, takeSlots, toOwnContact } from './slots.ts'
import { summaryLines } from './summary-lines.ts'

export type SendDeps = {
  database: Database
  secrets: Secrets
  channels: Partial<Record<ProofChannel, MessageChannel>>
  codeLifeSeconds: number
  sendsPerPartnerPerDay: number
}
type Caller = { actor: Actor; request: RequestFacts }
type Sent = SentCode & { sendsUsed: number; sendsMax: number; attemptsLeft: number }
type Prepared = { contact: Contact; code: string; language: Locale; summary: Summary; now: Date; sent: Sent }

/** Sends a new code for a proof to the person's own contact. The slots are taken and committed before the provider is called, so that
 *  a hundred requests at once send what one may; the code itself leaves from memory after the commit.
 *  Refuses with not_found, proof_closed, proof_locked, sends_used_up, no_channel, too_many_requests or send_failed. */
export async function sendProofCode(deps: SendDeps, caller: Caller, proofId: string, channel: ProofChannel): Promise<Sent> {
  const { actor } = caller
  const adapter = deps.channels[channel]
  const prepared = await deps.database.inTenant(actor.partner.id, (tx, now) => prepareSend(tx, now, deps, caller, proofId, channel, adapter !== undefined))
    .catch(async (error: unknown) => {
      if (error instanceof Refusal && (error.code === 'too_many_requests' || error.code === 'sends_used_up')) await logLimit(deps.database, caller, proofId, error)
      throw error
    })
  try {
    if (!adapter) throw new Refusal('no_channel')
    await sendWithin(adapter, compose(deps, actor, prepared))
  } catch {
    await noteFailure(deps.database, caller, proofId, prepared)
    throw new Refusal('send_failed', { facts: { sendsUsed: String(prepared.sent.sendsUsed) } })
  }
  return prepared.sent
}

async function prepareSend(tx: Tx, now: Date, deps: SendDeps, { actor, request }: Caller, proofId: string, channel: ProofChannel, hasAdapter: boolean): Promise<Prepared> {
  const partnerId = actor.partner.id
  const [proof] = await tx.rows<{ state: string; needs: string; needs_authenticator: boolean; digest: string; summary: unknown; guesses: number; sends: number; expires_at: Date }>(sql`
    select state, needs, needs_authenticator, digest, summary, guesses, sends, expires_at from proofs
     where partner_id = ${partnerId} and id = ${proofId} and member_id = ${actor.member.id} and session_id = ${actor.sessionId} for update`)
  if (!proof) throw new Refusal('not_found')
  if (proof.state === 'locked') throw new Refusal('proof_locked', { sentence: 'attempts_used_up', attemptsLeft: 0 })
  if (proof.state !== 'open' || proof.needs !== 'code' || proof.expires_at <= now) throw new Refusal('proof_closed', { sentence: proof.state === 'used' ? 'proof_used' : 'proof_expired', facts: { why: proof.state === 'used' ? 'used' : 'expired' } })
  if (proof.needs_authenticator) throw new Refusal('no_channel', { sentence: 'authenticator_needed' })
  const locked = await lockedUntil(tx, now, partnerId, actor.member.id)
  if (locked) throw personLocked(locked, now)
  const { all, language } = await waysOf(tx, actor)
  const contact = all.find((candidate) => candidate.channel === channel)
  if (!contact || !hasAdapter) throw new Refusal('no_channel')
  if (proof.sends >= sendsPerProof) throw new Refusal('sends_used_up')
  await takeSlots(tx, now, toOwnContact(deps, { partnerId, memberId: actor.member.id }, contact.address))
  const [code, reference] = [newCode(), newReference()]
  const expiresAt = new Date(Math.min(now.getTime() + deps.codeLifeSeconds * 1000, proof.expires_at.getTime()))
  await tx.run(sql`update proofs set sends = sends + 1, code_mac = ${codeMac(deps.secrets, proofId, proof.digest, code)}, code_channel = ${channel}, code_reference = ${reference},
    code_sent_to = ${contact.masked}, code_sent_at = ${now}, code_expires_at = ${expiresAt} where partner_id = ${partnerId} and id = ${proofId}`)
  await tx.run(sql`update members set last_channel = ${channel} where partner_id = ${partnerId} and id = ${actor.member.id}`)
  await writeLog(tx, now, author(actor), request, [{
    operation: 'proof.sent', objectKind: 'proof', objectNumber: proofId, confirmedBy: channel,
    details: { destination: contact.masked, reference, send: proof.sends + 1, digest: proof.digest.slice(0, 16) },
  }])
  return {
    contact, code, language, now, summary: Summary.parse(proof.summary),
    sent: {
      channel, sentTo: contact.masked, reference, sentAt: now.toISOString(), expiresAt: expiresAt.toISOString(), resendAt: new Date(now.getTime() + resendWait * 1000).toISOString(),
      sendsUsed: proof.sends + 1, sendsMax: sendsPerProof, attemptsLeft: guessesPerProof - proof.guesses,
    },
  }
}

function compose({ codeLifeSeconds }: SendDeps, actor: Actor, { contact, code, language, summary, sent, now }: Prepared) {
  // What only the execution can know stands among the notes: the message says what is expected.
  const expected = summary.notes.find((note) => note.kind === 'expected')
  const items = summary.items.length > 0 ? summary.items : (expected?.items ?? [])
  const [first] = items
  const payee = first && items.length === 1 ? `${first.nameMasked} (ID ..${first.idTail})` : undefined
  const text = codeMessage({
    locale: language, operation: summary.operation, total: summary.total ?? expected?.total ?? null, count: summary.count, ...(payee !== undefined && { payee }), code, reference: sent.reference,
    minutes: Math.floor(codeLifeSeconds / 60), requestedAt: now, timeZone: actor.partner.timeZone, lines: summaryLines(summary, language),
  })
  const id = randomUUID()
  return contact.channel === 'sms' ? { id, to: contact.address, text: text.sms, template: text.template } : { id, to: contact.address, subject: text.subject, text: text.mail }
}

async function noteFailure(database: Database, { actor, request }: Caller, proofId: string, prepared: Prepared): Promise<void> {
  await database.inTenant(actor.partner.id, async (tx, now) => {
    // The send counts, but the person may try the other channel at once.
    await tx.run(sql`delete from limits where name = 'send.wait.person' and subject = ${personKey({ partnerId: actor.partner.id, memberId: actor.member.id })}`)
    await writeLog(tx, now, author(actor), request, [{
      operation: 'proof.send_failed', objectKind: 'proof', objectNumber: proofId, result: 'failed', confirmedBy: prepared.contact.channel, details: { destination: prepared.contact.masked },
    }])
  })
}

async function logLimit(database: Database, { actor, request }: Caller, proofId: string, refusal: Refusal): Promise<void> {
  await database.inTenant(actor.partner.id, (tx, now) => writeLog(tx, now, author(actor), request, [{
    operation: 'proof.limit', objectKind: 'proof', objectNumber: proofId, result: 'refused', details: { limit: refusal.more.facts?.['limit'] ?? refusal.code },
  }]))
}

const author = (actor: Actor) => ({ partnerId: actor.partner.id, memberId: actor.member.id, name: actor.member.name, source: 'console' as const })
