import { randomUUID } from 'node:crypto'
import type { Parsed, Reply } from '#contract/endpoint.ts'
import type { resetPassword, sendResetCode } from '#contract/security.ts'
import { writeLog } from '#server/audit/write.ts'
import { hashPassword } from '#server/auth/password.ts'
import { raiseFence } from '#server/auth/customer-sessions.ts'
import { network } from '#server/auth/network.ts'
import { endEverySession } from '#server/auth/sessions.ts'
import { secondsUntil, takeLimit } from '#server/db/limit.ts'
import { sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import type { LogFacts, RequestFacts, Visitor } from '#server/http/context.ts'
import type { Deps } from '#server/http/deps.ts'
import { Refusal } from '#server/http/refusal.ts'
import { setUpAttempts } from '#server/limits.ts'
import { maskEmail, maskMobile } from '#server/masking/mask.ts'
import { enqueueNotices } from '#server/messages/enqueue.ts'
import { lockedUntil } from '#server/proofs/guard.ts'
import { compareCode, spendCode, storeCode, takeGuess, voidCodes, type CodeOf } from '#server/proofs/public-codes.ts'
import { ofTypedName, takeSlots, toResetContact } from '#server/proofs/slots.ts'
import { deliver, makeCode, told } from './deliver.ts'
import { passwordNotices, type Contacts } from '#server/auth/notices.ts'
import { refuseWeak } from './password.ts'
import { resetSubject } from './reset-subject.ts'
import { setPasswordHash, voidWaiting } from './store.ts'

type Typed = { account: string; member?: string | undefined }
type Person = Contacts & { name: string; state: string; timeZone: string; isUnified: boolean; passwordSetAt: Date | null }
/** Whoever may be meant. Nobody has random ids, so the same statements run and find nothing. */
type Meant = { partnerId: string; memberId: string; person: Person | undefined; /** Whose code counts now: active, not locked, and with a password here. */ isServed: boolean }

const nameOf = ({ secrets }: Deps, { account, member = '' }: Typed): string => resetSubject(secrets, account, member)
/** One code at a time, whichever way it went: whoever hands it in does not say which that was. */
const codeOf = (deps: Deps, typed: Typed): CodeOf => ({ purpose: 'reset', subject: nameOf(deps, typed), destination: 'any' })

/** A code opens nothing any more once a contact or the password is another one, whoever changed it: it may have gone to somebody who is not meant any more. */
const boundTo = ({ memberId, person }: Meant): string => JSON.stringify([memberId, person?.mobile, person?.mobileVerified, person?.email, person?.emailVerified, person?.passwordSetAt])

/** Sends a code for a forgotten password, if there is such a person with such a contact. Of that the answer says nothing, nor does its time: the same is
 *  read and written for everybody, limits that could tell are taken in silence, and the answer does not wait for the provider.
 *  Refuses with too_many_requests by what was typed and by the network, alike for everybody. */
export async function sendReset(deps: Deps, { body: { channel, ...typed } }: Parsed<typeof sendResetCode>, { request }: Visitor): Promise<Reply<typeof sendResetCode>> {
  await deps.database.inGlobal((tx, now) => takeSlots(tx, now, ofTypedName(nameOf(deps, typed), request.address)))
  const { meant, address, made, now } = await deps.database.inGlobal(async (tx, at) => {
    const who = await findPerson(tx, at, typed)
    const contact = contactOf(who, channel)
    const isFree = await takeSilently(tx, at, deps, who.partnerId, contact)
    const code = makeCode(deps, at)
    await storeCode(tx, at, deps.secrets, { ...codeOf(deps, typed), bound: boundTo(who) }, code)
    const masked = contact === undefined ? null : channel === 'sms' ? maskMobile(contact) : maskEmail(contact)
    await note(tx, at, deps, who, request, { operation: 'profile.reset_code', objectKind: 'member', confirmedBy: channel, result: isFree && contact !== undefined ? 'success' : 'refused', details: { ...(masked !== null && { destination: masked }), reference: code.reference } })
    return { meant: who, address: isFree ? contact : undefined, made: code, now: at }
  })
  if (address !== undefined && meant.person && deps.channels[channel]) {
    void deliver(deps, { channel, address, purpose: 'reset', locale: meant.person.language, timeZone: meant.person.timeZone, made, now })
      .catch((error: unknown) => deps.log.warn({ requestId: request.id, reason: error instanceof Error ? error.message : 'unknown' }, 'a reset code could not be sent'))
  }
  return told(made, now)
}

/** Sets a new password with the code, once. Every sign-in of the person ends, nobody is signed in by it, and every contact is told.
 *  Refuses with invalid_input, too_many_requests, code_wrong or code_expired, alike whether or not there is such a person. */
export async function reset(deps: Deps, { body: { code, password, ...typed } }: Parsed<typeof resetPassword>, { request }: Visitor): Promise<Reply<typeof resetPassword>> {
  await refuseWeak(password)
  await deps.database.inGlobal(async (tx, now) => {
    const free = await takeLimit(tx, now, 'reset.address', network(request.address), setUpAttempts.window, setUpAttempts.max)
    if (free) throw new Refusal('too_many_requests', { retryAfter: secondsUntil(free, now) })
  })
  const { guess, of } = await deps.database.inGlobal(async (tx, now) => {
    const flow = codeOf(deps, typed)
    return { guess: await takeGuess(tx, now, deps.secrets, flow), of: { ...flow, bound: boundTo(await findPerson(tx, now, typed)) } }
  })
  const wrong = compareCode(deps.secrets, of, guess, code)
  if (wrong) {
    await deps.database.inGlobal(async (tx, now) => note(tx, now, deps, await findPerson(tx, now, typed), request, { operation: 'profile.reset_wrong', objectKind: 'member', result: 'refused', details: { attempt: guess.guesses } }))
    throw wrong
  }
  const hash = await hashPassword(password)
  return await deps.database.inGlobal(async (tx, now) => {
    await spendCode(tx, deps.secrets, of, guess)
    const meant = await findPerson(tx, now, typed)
    const { partnerId, memberId, person } = meant
    if (!person || !meant.isServed || boundTo(meant) !== of.bound) throw new Refusal('code_expired')
    await tx.rows(sql`select 1 from members where partner_id = ${partnerId} and id = ${memberId} for no key update`)
    await setPasswordHash(tx, now, partnerId, memberId, hash)
    const ended = await endEverySession(tx, partnerId, memberId)
    await voidWaiting(tx, partnerId, memberId)
    await voidCodes(tx, [of.subject])
    await enqueueNotices(tx, now, passwordNotices({ id: partnerId, timeZone: person.timeZone }, person, 'reset', now))
    await note(tx, now, deps, meant, request, { operation: 'profile.reset', objectKind: 'member', details: { ended } })
    return {}
  })
}

async function findPerson(tx: Tx, now: Date, { account, member = '' }: Typed): Promise<Meant> {
  const [login] = await tx.rows<{ partnerId: string; memberId: string }>(sql`select partner_id as "partnerId", member_id as "memberId" from logins where account = ${account.trim().toLowerCase()} and login = ${member.trim().toLowerCase()}`)
  const { partnerId, memberId } = login ?? { partnerId: randomUUID(), memberId: randomUUID() }
  await raiseFence(tx, partnerId)
  const [person] = await tx.rows<Person>(sql`select m.name, m.state, m.mobile, m.email, m.mobile_verified as "mobileVerified", m.email_verified as "emailVerified", m.language, p.time_zone as "timeZone",
      (select l.password_set_at from logins l where l.partner_id = m.partner_id and l.member_id = m.id) as "passwordSetAt", exists (select 1 from identities i where i.partner_id = m.partner_id and i.member_id = m.id) as "isUnified" from members m join partners p on p.id = m.partner_id where m.partner_id = ${partnerId} and m.id = ${memberId}`)
  const locked = await lockedUntil(tx, now, partnerId, memberId)
  return { partnerId, memberId, person, isServed: person?.state === 'ACTIVE' && !person.isUnified && !locked }
}

/** @returns where the code goes; undefined where it goes nowhere. */
function contactOf({ person, isServed }: Meant, channel: 'sms' | 'email'): string | undefined {
  if (!person || !isServed) return undefined
  return (channel === 'sms' ? person.mobileVerified && person.mobile : person.emailVerified && person.email) || undefined
}

/** @param address undefined: as much is taken of limits that nobody has. @returns whether there was a slot. Nobody hears that there was none, because only a contact that exists can be used up. */
async function takeSilently(tx: Tx, now: Date, deps: Deps, partnerId: string, address: string | undefined): Promise<boolean> {
  try {
    await tx.savepoint(() => takeSlots(tx, now, toResetContact({ ...deps, ...deps.settings }, address === undefined ? undefined : { partnerId, address })))
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}

/** A known person's partner has it in its log. For an unknown one as much is written elsewhere, so that the time of the answer is the same. */
async function note(tx: Tx, now: Date, { log }: Deps, { partnerId, memberId, person }: Meant, request: RequestFacts, entry: LogFacts): Promise<void> {
  if (person) {
    await writeLog(tx, now, { partnerId, memberId, name: person.name, source: 'console' }, request, [entry])
    return
  }
  await tx.run(sql`insert into limits (name, subject, taken) values ('reset.unknown', ${network(request.address)}, array[${now}::timestamptz]) on conflict (name, subject) do update set taken = excluded.taken`)
  log.warn({ requestId: request.id }, 'a reset for an unknown account')
}
