import type { Parsed, Reply } from '#contract/endpoint.ts'
import type { changeContact, sendContactCode } from '#contract/security.ts'
import { writeLog } from '#server/audit/write.ts'
import { openIfOurs, seal } from '#server/auth/seal.ts'
import { endSessions } from '#server/auth/sessions.ts'
import { takeLimit } from '#server/db/limit.ts'
import type { Tx } from '#server/db/transaction.ts'
import type { Caller } from '#server/http/context.ts'
import type { Deps } from '#server/http/deps.ts'
import { Refusal } from '#server/http/refusal.ts'
import { proofLife, sendsPerProof } from '#server/limits.ts'
import { isMask, maskEmail, maskMobile } from '#server/masking/mask.ts'
import { isMainlandMobile, normalizeEmail, normalizeMobile } from '#server/messages/contact.ts'
import { enqueueNotices } from '#server/messages/enqueue.ts'
import { storeCode, voidCodes } from '#server/proofs/public-codes.ts'
import { takeSlots, toNewContact } from '#server/proofs/slots.ts'
import { deliver, makeCode, told } from './deliver.ts'
import { authorOf, withCode } from './guess.ts'
import { freeWait, refuseLocked } from './identity.ts'
import { contactNotices, type Kind } from '#server/auth/notices.ts'
import { resetSubject } from './reset-subject.ts'
import { findForm, isContactTaken, keepValue, lockPartner, lockPerson, setContact, takeForm, voidWaiting } from './store.ts'

const channels = { mobile: 'sms', email: 'email' } as const
const mask = (change: Kind, value: string) => (change === 'mobile' ? maskMobile(value) : maskEmail(value))
const field = (code: string): Refusal => new Refusal('invalid_input', { fields: [{ path: 'value', code, message: '' }] })
const gone = (): Refusal => new Refusal('conflict', { sentence: 'opening_gone' })

/** @returns the contact in the one form that is kept. Refuses with masked_value what was copied from the screen, and with invalid_input anything that is
 *  no mobile number of the mainland or mail address. */
function readValue(change: Kind, typed: string): string {
  if (isMask(typed)) throw new Refusal('masked_value', { fields: [{ path: 'value', code: 'invalid', message: '' }] })
  const value = change === 'mobile' ? normalizeMobile(typed) : normalizeEmail(typed)
  if (value === undefined || (change === 'mobile' && !isMainlandMobile(value))) throw field(change)
  return value
}

/** Sends the code of step 3 to the new contact, which is kept encrypted until the code comes back. Slots are taken before it is looked up whether a
 *  colleague has the contact, so that this is no way to try numbers.
 *  Refuses with conflict where no form is open, invalid_input, proof_locked, sends_used_up, too_many_requests, no_channel or send_failed. */
export async function sendContact(deps: Deps, { body: { change, value: typed } }: Parsed<typeof sendContactCode>, caller: Caller): Promise<Reply<typeof sendContactCode>> {
  const { actor, request } = caller
  const member = { partnerId: actor.partner.id, memberId: actor.member.id }
  const channel = channels[change]
  const value = readValue(change, typed)
  const prepared = await deps.database.inTenant(member.partnerId, async (tx, now) => {
    await refuseLocked(tx, now, actor)
    const form = await findForm(tx, now, actor, change)
    if (!form) throw gone()
    if (!deps.channels[channel]) throw new Refusal('no_channel')
    const person = await lockPerson(tx, actor)
    if (!person) throw new Refusal('not_signed_in')
    if (person[change] === value) throw field('same')
    if (await takeLimit(tx, now, 'send.contact', `${actor.sessionId}:${change}`, proofLife, sendsPerProof)) throw new Refusal('sends_used_up')
    await takeSlots(tx, now, toNewContact({ ...deps, ...deps.settings }, member, value, request.address))
    if (await isContactTaken(tx, actor, change, value)) return field('contact_taken')
    const made = makeCode(deps, now, form.openUntil)
    await storeCode(tx, now, deps.secrets, { purpose: `contact:${change}`, subject: actor.sessionId, destination: value }, made)
    await keepValue(tx, actor, change, seal(value))
    await writeLog(tx, now, authorOf(actor), request, [{ operation: 'profile.contact_code', objectKind: 'member', confirmedBy: channel, details: { changed: change, destination: mask(change, value), reference: made.reference } }])
    return { made, now, language: person.language }
  })
  if (prepared instanceof Refusal) throw prepared
  const { made, now, language } = prepared
  try {
    await deliver(deps, { channel, address: value, purpose: `new-${change}`, locale: language, timeZone: actor.partner.timeZone, made, now })
  } catch {
    await freeWait(deps, member, 'send.wait.contact')
    throw new Refusal('send_failed')
  }
  return { channel, sentTo: mask(change, value), ...told(made, now) }
}

/** Changes the contact. The old one is told, the person's other sign-ins end, and whatever waited for a confirmation is void.
 *  Refuses with conflict where no form is open any more, code_wrong, code_expired, proof_locked, not_signed_in or invalid_input. */
export async function change(deps: Deps, { body: { change: kind, code } }: Parsed<typeof changeContact>, caller: Caller): Promise<Reply<typeof changeContact>> {
  const { actor } = caller
  return await withCode(deps, caller, code, async (tx, now) => {
    const form = await findForm(tx, now, actor, kind)
    const destination = form?.sealedValue && openIfOurs(form.sealedValue)
    if (!destination) throw gone()
    return { purpose: `contact:${kind}`, subject: actor.sessionId, destination }
    // What the code was sent to, whatever is kept by now.
  }, (tx, now, { destination }) => replace(tx, now, deps, caller, kind, destination))
}

async function replace(tx: Tx, now: Date, { secrets }: Deps, { actor, request }: Caller, kind: Kind, value: string): Promise<Reply<typeof changeContact>> {
  const { partner, member, sessionId } = actor
  await lockPartner(tx, partner.id)
  const before = await lockPerson(tx, actor)
  if (!before) throw new Refusal('not_signed_in')
  if (await isContactTaken(tx, actor, kind, value)) throw field('contact_taken')
  if (!await takeForm(tx, now, actor, kind) || !await setContact(tx, actor, kind, before[kind], value)) throw gone()
  const endedSignIns = await endSessions(tx, partner.id, member.id, { except: sessionId })
  await voidWaiting(tx, partner.id, member.id)
  await voidCodes(tx, [sessionId, resetSubject(secrets, partner.account, member.login)])
  await enqueueNotices(tx, now, contactNotices(partner, before, kind, now))
  const old = before[kind]
  await writeLog(tx, now, authorOf(actor), request, [{
    operation: 'profile.contact', objectKind: 'member', confirmedBy: channels[kind], details: { ...(old !== null && { [`${kind}Before`]: mask(kind, old) }), [`${kind}After`]: mask(kind, value), ended: endedSignIns },
  }])
  return { masked: mask(kind, value), endedSignIns }
}
